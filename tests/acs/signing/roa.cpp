// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/roa.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_signing_roa {

using acs::errc;
using acs_tests::check_every_size;
using acs_tests::draft_parts;
using acs_tests::refusal_of;
using acs_tests::signed_draft;

namespace {

constexpr acs::credentials test_key{"testid", "testsecret"};

constexpr bool authorizes(draft_parts const& parts, std::string_view target, std::string_view authorization) {
    return signed_draft(acs::roa_hmac_sha1(test_key), parts, [&](acs::draft const& d) {
        return d.target == target && acs::find_field(d.fields.items(), "authorization") == authorization;
    });
}

// The documented example cannot be verified (protocol 7.37); these are the official client's: vectors client-roa-v2-get, -post and
// roa-post.
constexpr std::array provider{acs::field{"x-acs-credentials-provider", "static_ak"}};
constexpr std::array md5{acs::field{"content-md5", "LP54yxk8n7KqF1PPgbJizw=="}};
constexpr std::array query{acs::param{"name", "n1"}, acs::param{"z", "2"}};
static_assert(authorizes({.head = {"DescribeClusters", "2015-12-15", acs::method::get, acs::api_style::roa, "/clusters"},
                          .to = {.host = "cs.aliyuncs.com"},
                          .extra_fields = provider,
                          .params = query},
                         "/clusters?name=n1&z=2", "acs testid:6CxNXJ13I2e2y3HMVfzuJKGqOSw="));
static_assert(authorizes({.head = {"CreateCluster", "2015-12-15", acs::method::post, acs::api_style::roa, "/clusters"},
                          .to = {.host = "cs.aliyuncs.com"},
                          .extra_fields = provider,
                          .bytes = "{\"name\":\"\xE4\xB8\xAD\"}",
                          .content_type = "application/json; charset=utf-8"},
                         "/clusters", "acs testid:ceEH+RRUN4hyM9wBaMNdNHTJS+g="));
static_assert(authorizes({.head = {"", "2015-12-15", acs::method::post, acs::api_style::roa, "/clusters"},
                          .to = {.host = "cs.aliyuncs.com"},
                          .extra_fields = md5,
                          .bytes = "{}",
                          .content_type = "application/json; charset=utf-8"},
                         "/clusters", "acs testid:TJ+DmxpCXwBNaL3v7iGy1RzmhlU="));

constexpr acs::call_head roa_head{"A", "1", acs::method::put, acs::api_style::roa, "/a b/%2F"};

}  // namespace

TEST_CASE("ROA 1.0 sends every header of a call once", "[signing]") {
    acs::credentials const session{"testid", "testsecret", "token"};
    draft_parts const parts{.head = roa_head, .user_agent = "agent", .params = query};
    CHECK(signed_draft(acs::roa_hmac_sha1(session), parts, [](acs::draft const& d) {
        std::string names;
        for (acs::field const& f : d.fields.items()) names.append(f.name).append(" ");
        CHECK(names ==
              "accept date host x-acs-accesskey-id x-acs-action x-acs-security-token x-acs-signature-method x-acs-signature-nonce "
              "x-acs-signature-version x-acs-version user-agent authorization ");
        CHECK(acs::find_field(d.fields.items(), "date") == "Thu, 26 Oct 2023 10:22:32 GMT");
        return d.target == "/a%20b/%2F?name=n1&z=2";
    }));
}

TEST_CASE("ROA 1.0 refuses an RPC operation and empty credentials", "[signing]") {
    CHECK(refusal_of(acs::roa_hmac_sha1(test_key), {}).code == errc::invalid_path);
    CHECK(refusal_of(acs::roa_hmac_sha1({"", "s"}), {.head = roa_head}).code == errc::missing_access_key);
    CHECK(refusal_of(acs::roa_hmac_sha1({"i", ""}), {.head = roa_head}).code == errc::missing_secret);
    CHECK(refusal_of(acs::roa_hmac_sha1({"i", "s", "\n"}), {.head = roa_head}).code == errc::forbidden_character);
    for (std::string_view const name : {"x-acs-signature-method", "date", "X-Acs-Version"}) {
        std::array const extra{acs::field{name, "x"}};
        CHECK(refusal_of(acs::roa_hmac_sha1(test_key), {.head = roa_head, .extra_fields = extra}).code == errc::reserved_name);
    }
}

TEST_CASE("ROA 1.0 in memory of every size", "[signing]") {
    constexpr std::array extra{acs::field{"content-md5", "m"}, acs::field{"x-acs-region-id", "cn-shanghai"}};
    draft_parts const parts{.head = roa_head, .user_agent = "agent", .extra_fields = extra, .params = query};
    check_every_size(acs::roa_hmac_sha1({"testid", "testsecret", "token"}), parts);
    check_every_size(acs::roa_hmac_sha1(test_key), {.head = roa_head, .bytes = "{}", .content_type = "application/json"});
}

}  // namespace test_signing_roa
