// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// ROA 1.0 at the gateway, against signatures that OpenSSL makes.
#include <acs/testing/verify.hpp>

#include <acs/operation/prepare.hpp>
#include <acs/signing/roa.hpp>
#include <acs/testing/gateway.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/reference_signing.hpp"
#include "support/wire.hpp"

namespace test_testing_verify_roa {

namespace reference = acs_tests::reference;
using acs::testing::parse_roa_authorization;
using acs::testing::received;
using acs::testing::refusal;

namespace {

std::string code(std::optional<refusal> const& r) { return r ? r->code : "accepted"; }

received roa_request(std::string const& secret = "secret") {
    received r;
    r.method = "PUT";
    r.path = "/v1/a%2Fb";
    r.query = {{"b", "x y&"}, {"a", ""}};
    r.body = "{}";
    reference::headers const sent{{"accept", "application/json"},
                                  {"content-type", "application/json"},
                                  {"date", "Thu, 26 Oct 2023 10:22:32 GMT"},
                                  {"host", "h.example"},
                                  {"x-acs-note", "a\tb"},
                                  {"x-acs-signature-nonce", "n"},
                                  {"x-acs-version", "1"}};
    for (auto const& [name, value] : sent) r.fields.emplace_back(name, value);
    r.fields.emplace_back("Authorization", reference::roa_authorization("id", secret, r.method, r.path, r.query, sent));
    return r;
}

std::optional<refusal> verify(received const& r, std::string_view secret = "secret") {
    auto const said = parse_roa_authorization(r.field_of("authorization"));
    REQUIRE(said);
    return acs::testing::verify_roa(r, *said, secret);
}

}  // namespace

TEST_CASE("A ROA 1.0 authorization header is read in its two parts", "[testing]") {
    auto const said = parse_roa_authorization("acs some:id:c2lnbg==");
    REQUIRE(said);
    CHECK(said->access_key_id == "some:id");
    CHECK(said->signature == "c2lnbg==");
    for (std::string_view const text :
         {"", "acs", "acs ", "acs :", "acs :x", "acs id:", "acs id", "ACS id:x", "acsid:x", "ACS3-HMAC-SHA256 Credential=a"})
        CHECK_FALSE(parse_roa_authorization(text));
}

TEST_CASE("ROA 1.0 signatures made with OpenSSL hold, in any order of headers and parameters", "[testing]") {
    received r = roa_request();
    CHECK(code(verify(r)) == "accepted");
    CHECK(code(verify(r, "Secret")) == "SignatureDoesNotMatch");
    CHECK(code(verify(r, "secret&")) == "SignatureDoesNotMatch");
    std::reverse(r.fields.begin(), r.fields.end());
    std::reverse(r.query.begin(), r.query.end());
    CHECK(code(verify(r)) == "accepted");
    r.body = "another";  // which only a content-md5 would cover
    CHECK(code(verify(r)) == "accepted");
}

TEST_CASE("Whatever is changed in what a ROA 1.0 signature covers is found", "[testing]") {
    auto const changed = [&](auto change) {
        received r = roa_request();
        change(r);
        return code(verify(r));
    };
    CHECK(changed([](received& r) { r.method = "POST"; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.path += "/"; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query[0].second = "x y"; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query.pop_back(); }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.fields.emplace_back("content-md5", "x"); }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.fields.emplace_back("x-acs-more", ""); }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.fields.back().second.back() ^= 1; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.fields.emplace_back("user-agent", "any"); }) == "accepted");
    received const good = roa_request();
    for (auto const& sent : good.fields) {
        std::string const& name = sent.first;
        if (name == "Authorization") continue;
        bool const covered = name != "host";
        INFO(name);
        CHECK(changed([&](received& r) { std::erase_if(r.fields, [&](auto const& f) { return f.first == name; }); }) ==
              (covered ? "SignatureDoesNotMatch" : "accepted"));
    }
}

TEST_CASE("A refused ROA 1.0 signature is answered with the server's string to sign, its line ends real", "[testing]") {
    auto const refused = verify(roa_request("another"));
    REQUIRE(refused);
    CHECK(refused->status == 400);
    CHECK(refused->message ==
          "Specified signature is not matched with our calculation. server string to sign is:"
          "PUT\napplication/json\n\napplication/json\nThu, 26 Oct 2023 10:22:32 GMT\n"
          "x-acs-note:a b\nx-acs-signature-nonce:n\nx-acs-version:1\n/v1/a%2Fb?a&b=x y&");
}

TEST_CASE("The gateway checks date, key, token, signature and nonce of ROA 1.0, and knows no path", "[testing]") {
    std::array<acs::param, 1> const params{{{"Name", "a b"}}};
    acs::call const any{.version = "2020-05-18", .params = params, .verb = acs::method::put, .style = acs::api_style::roa, .path = "/v1/a"};
    acs::endpoint const to{.host = "h.example"};
    auto const made = [&](acs::credentials const& who) { return acs_tests::wire_of(any, to, acs::roa_hmac_sha1(who)); };
    acs::testing::gateway gateway{{"id", "secret", "token"}};
    auto const said = [&](acs_tests::wire_request const& w) { return acs_tests::verdict(acs_tests::handle(gateway, w)); };
    CHECK(said(made({"id", "secret", "token"})) == "404 InvalidApi.NotFound");
    CHECK(said(made({"id", "secret", "token"})) == "400 SignatureNonceUsed");
    CHECK(said(made({"id", "Secret", "token"})) == "400 SignatureDoesNotMatch");
    CHECK(said(made({"other", "secret", "token"})) == "404 InvalidAccessKeyId.NotFound");
    CHECK(said(made({"id", "secret", "other"})) == "400 InvalidSecurityToken.MismatchWithAccessKey");
    CHECK(said(made({"id", "secret", {}})) == "400 MissingSecurityToken");
    acs_tests::wire_request w = made({"id", "secret", "token"});
    w.value("date") = "yesterday";
    CHECK(said(w) == "400 InvalidTimeStamp.Format");
    w.erase("date");
    CHECK(said(w) == "400 InvalidTimeStamp.Format");
    gateway.set_time({acs_tests::vector_moment.wall.seconds + 901});
    CHECK(said(made({"id", "secret", "token"})) == "400 InvalidTimeStamp.Expired");
}

}  // namespace test_testing_verify_roa
