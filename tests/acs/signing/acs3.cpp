// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/acs3.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_signing_acs3 {

using acs::errc;
using acs_tests::check_every_size;
using acs_tests::draft_parts;
using acs_tests::refusal_of;
using acs_tests::signed_draft;

namespace {

constexpr acs::credentials test_key{"testid", "testsecret"};
constexpr acs::credentials session{"testid", "testsecret", "CAIShwF1q6Ft5B2yfSjIr5bSEsj4g+7wrJCL/tf3Vg=="};
constexpr std::string_view no_body = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

constexpr std::string_view field_of(acs::draft const& d, std::string_view name) { return acs::find_field(d.fields.items(), name); }

template <class Signer>
constexpr bool authorizes(Signer const& signer, draft_parts const& parts, std::string_view target, std::string_view authorization) {
    return signed_draft(signer, parts,
                        [&](acs::draft const& d) { return d.target == target && field_of(d, "authorization") == authorization; });
}

// The documented example, whole and by its parts.
constexpr std::array run_instances{acs::param{"ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"},
                                   acs::param{"RegionId", "cn-shanghai"}};
constexpr draft_parts documented{
    .head = {"RunInstances", "2014-05-26"}, .to = {.host = "ecs.cn-shanghai.aliyuncs.com"}, .params = run_instances};
constexpr acs::credentials documented_key{"YourAccessKeyId", "YourAccessKeySecret"};
static_assert(authorizes(acs::acs3_hmac_sha256(documented_key), documented,
                         "/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
                         "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
                         "x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"));

constexpr std::array documented_fields{acs::field{"host", "ecs.cn-shanghai.aliyuncs.com"},
                                       acs::field{"x-acs-action", "RunInstances"},
                                       acs::field{"x-acs-content-sha256", no_body},
                                       acs::field{"x-acs-date", "2023-10-26T10:22:32Z"},
                                       acs::field{"x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"},
                                       acs::field{"x-acs-version", "2014-05-26"}};
static_assert(acs::sign(acs::acs3_hmac_sha256(documented_key), {"POST", "/", run_instances, documented_fields, no_body}) ==
              "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");

// The official client's SM3: vectors acs3-hmac-sm3-sts and acs3-hmac-sm3-json-body.
constexpr std::array a_1{acs::param{"A", "1"}};
static_assert(
    authorizes(acs::acs3_hmac_sm3(session), {.params = a_1}, "/?A=1",
               "ACS3-HMAC-SM3 Credential=testid,SignedHeaders=host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;"
               "x-acs-security-token;x-acs-signature-nonce;x-acs-version,"
               "Signature=0552c289fd1d819eeb6f0ecbab018aef1549e3cfafbc6be311ea660663c53ffa"));
static_assert(
    authorizes(acs::acs3_hmac_sm3(test_key),
               {.bytes = "{\"Name\":\"\xE6\xB5\x8B\xE8\xAF\x95\",\"List\":[1,2]}", .content_type = "application/json; charset=utf-8"}, "/",
               "ACS3-HMAC-SM3 Credential=testid,SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;"
               "x-acs-signature-nonce;x-acs-version,Signature=16d4224492e85dce921a7404a8405170a8b8e04ec89b52a90ce441af0f47009d"));

// Vector acs3-header-trim: a header of the caller's is signed trimmed.
constexpr std::array padded{acs::field{"x-acs-custom", "  padded\t"}};
static_assert(
    authorizes(acs::acs3_hmac_sha256(test_key), {.extra_fields = padded, .bytes = "{}", .content_type = " application/json "}, "/",
               "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-custom;"
               "x-acs-date;x-acs-signature-nonce;x-acs-version,"
               "Signature=35dd90ec4c59cc982762af7f72d45efbc2c103e761014cbc3759220d713f55f9"));

constexpr std::array mixed{acs::param{"a", "1"}, acs::param{"b", "x y", acs::place::form}, acs::param{"c", "", acs::place::form},
                           acs::param{"d", ""}};

/// A key that fails when it is asked to, and otherwise signs 5 bytes of at most 8.
struct fake_key {
    using hasher = acs::sha256;
    static constexpr std::string_view algorithm = "ACS3-FAKE";
    static constexpr std::size_t max_size = 8;

    bool works = true;

    [[nodiscard]] constexpr std::size_t size() const noexcept { return 5; }
    [[nodiscard]] constexpr bool mac(std::string_view text, std::span<std::uint8_t> out) const noexcept {
        for (std::uint8_t& byte : out) byte = 0xA5;
        return works && out.size() == 5 && text.starts_with("ACS3-FAKE\n") && text.size() == 10 + 64;
    }
};

}  // namespace

TEST_CASE("ACS3 sends every header of a call once, in order", "[signing]") {
    draft_parts const parts{.user_agent = "agent", .params = mixed};
    CHECK(signed_draft(acs::acs3_hmac_sha256(session), parts, [](acs::draft const& d) {
        std::string names;
        for (acs::field const& f : d.fields.items()) names.append(f.name).append(" ");
        CHECK(names ==
              "content-type host x-acs-accesskey-id x-acs-action x-acs-content-sha256 x-acs-date x-acs-security-token "
              "x-acs-signature-nonce x-acs-version accept authorization user-agent ");
        CHECK(d.target == "/?a=1&d=");
        CHECK(field_of(d, "content-type") == "application/x-www-form-urlencoded");
        CHECK(field_of(d, "host") == "dataworks.cn-shanghai.aliyuncs.com");
        CHECK(field_of(d, "x-acs-accesskey-id") == "testid");
        CHECK(field_of(d, "x-acs-action") == "GetProject");
        // hashlib.sha256(b'b=x%20y&c=')
        CHECK(field_of(d, "x-acs-content-sha256") == "350a9fd62b6773f748ca5224f52ae719b00dd5f64ac947345be863c8b1feba7e");
        CHECK(field_of(d, "x-acs-date") == "2023-10-26T10:22:32Z");
        CHECK(field_of(d, "x-acs-signature-nonce") == "3156853299f313e23d1673dc12e1703d");
        CHECK(field_of(d, "x-acs-version") == "2020-05-18");
        CHECK(field_of(d, "accept") == "application/json");
        CHECK(field_of(d, "user-agent") == "agent");
        return true;
    }));
}

TEST_CASE("A header that is not signed changes nothing of what is", "[signing]") {
    // With it, a request is made of its headers; without, the common ones are known beforehand.
    constexpr std::array other{acs::field{"x-other", "1"}};
    constexpr std::array query{acs::param{"a", "1"}, acs::param{"b c", "x/y"}, acs::param{"d", ""}};
    auto const made = [](acs::credentials const& who, draft_parts const& parts) {
        std::string all;
        REQUIRE(signed_draft(acs::acs3_hmac_sha256(who), parts, [&](acs::draft const& d) {
            all.append(d.target).append("\n");
            for (acs::field const& f : d.fields.items())
                if (f.name != "x-other") all.append(f.name).append(":").append(f.value).append("\n");
            return true;
        }));
        return all;
    };
    for (acs::credentials const& who : {test_key, session, acs::credentials{" id ", "secret", "\t token "}})
        for (acs::call_head const& head : {acs::call_head{"GetProject", "2020-05-18"}, acs::call_head{"\tGet ", " 2020 ", acs::method::get},
                                           acs::call_head{"", "v", acs::method::put, acs::api_style::roa, "/a b/c"},
                                           acs::call_head{"A", "v", acs::method::delete_, acs::api_style::roa, ""}})
            for (std::size_t n = 0; n <= query.size(); ++n) {
                draft_parts parts{.head = head, .user_agent = "agent", .params = std::span(query).first(n)};
                std::string const plain = made(who, parts);
                parts.extra_fields = other;
                REQUIRE(made(who, parts) == plain);
            }
}

TEST_CASE("no body and an empty body hash alike", "[signing]") {
    auto const hash_of = [](draft_parts const& parts) {
        std::string hash;
        REQUIRE(signed_draft(acs::acs3_hmac_sha256(test_key), parts, [&](acs::draft const& d) {
            hash = field_of(d, "x-acs-content-sha256");
            return true;
        }));
        return hash;
    };
    CHECK(hash_of({}) == no_body);
    CHECK(hash_of({.bytes = ""}) == no_body);
    CHECK(hash_of({.bytes = "a"}) == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
}

TEST_CASE("ROA: method, path and an action that may be missing", "[signing]") {
    draft_parts const parts{.head = {"", "2015-12-15", acs::method::delete_, acs::api_style::roa, "/clusters/a%2Fb c"}};
    CHECK(signed_draft(acs::acs3_hmac_sha256(test_key), parts, [](acs::draft const& d) {
        CHECK(d.target == "/clusters/a%2Fb%20c");
        CHECK(field_of(d, "x-acs-action").data() == nullptr);
        return true;
    }));
}

TEST_CASE("a key of the caller's signs with its own size", "[signing]") {
    CHECK(signed_draft(acs::acs3<fake_key>("testid", fake_key{}), {}, [](acs::draft const& d) {
        return field_of(d, "authorization") ==
               "ACS3-FAKE Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
               "x-acs-signature-nonce;x-acs-version,Signature=a5a5a5a5a5";
    }));
}

TEST_CASE("a signature is written into exactly its size, or not at all", "[signing]") {
    acs::acs3<fake_key> const signer("testid", fake_key{});
    std::string room(12, '#');
    for (std::size_t const size : {0U, 9U, 11U, 12U}) CHECK_FALSE(signer.sign_into({}, std::span(room).first(size)));
    CHECK(room == std::string(12, '#'));
    CHECK(signer.sign_into({}, std::span(room).first(10)));
    CHECK(room == "a5a5a5a5a5##");
}

TEST_CASE("a key that fails is signing_failed, and nothing is sent", "[signing]") {
    for (draft_parts const& parts : {draft_parts{}, draft_parts{.bytes = "{}", .content_type = "application/json"}}) {
        acs::failure const f = refusal_of(acs::acs3<fake_key>("testid", fake_key{false}), parts);
        CHECK(f.code == errc::signing_failed);
        CHECK(f.where == "ACS3-FAKE");
    }
    CHECK(acs::sign(acs::acs3<fake_key>("testid", fake_key{false}), {}).empty());
}

#if !ACS_SMALL_CODE
TEST_CASE("A moment that no date can say is refused, even where the draft was not checked", "[signing]") {
    for (std::string_view const bytes : {std::string_view(), std::string_view("{}", 2)}) {
        std::array<acs::field, 24> fields{};
        std::array<char, 4096> text{};
        draft_parts const parts{.now = {.wall = {-1}}, .bytes = bytes};
        acs::draft d = acs_tests::draft_of(parts, {fields, {}, text});
        acs::verdict const ok = acs::acs3_hmac_sha256(test_key).apply(d);
        REQUIRE_FALSE(ok);
        CHECK(ok.error().code == errc::invalid_time);
        CHECK(ok.error().where == "moment");
    }
}
#endif

TEST_CASE("ACS3 refuses empty credentials, and line ends in them", "[signing]") {
    CHECK(refusal_of(acs::acs3_hmac_sha256({"", "secret"}), {}).code == errc::missing_access_key);
    CHECK(refusal_of(acs::acs3_hmac_sm3({"id", ""}), {}).code == errc::missing_secret);
    CHECK(refusal_of(acs::acs3<fake_key>("", fake_key{}), {}).code == errc::missing_access_key);
    CHECK(refusal_of(acs::acs3_hmac_sha256({"i\nd", "secret"}), {}).code == errc::forbidden_character);
    CHECK(refusal_of(acs::acs3_hmac_sha256({"id", "secret", std::string_view("\0", 1)}), {}).where == "security_token");
}

TEST_CASE("ACS3 in memory of every size", "[signing]") {
    constexpr std::array extra{acs::field{"X-Acs-Region-Id", "cn-shanghai"}, acs::field{"x-trace", "1"}};
    draft_parts const full{.user_agent = "agent", .extra_fields = extra, .params = mixed};
    check_every_size(acs::acs3_hmac_sha256(session), full);
    check_every_size(acs::acs3_hmac_sm3(test_key), {.bytes = "{}", .content_type = "application/json"});
    check_every_size(acs::acs3<fake_key>("testid", fake_key{}), {.params = mixed});
}

}  // namespace test_signing_acs3
