// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/verify.hpp>

#include "support/catch.hpp"
#include "support/reference_signing.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test_testing_verify {

namespace reference = acs_tests::reference;
using acs::testing::parse_authorization;
using acs::testing::received;
using acs::testing::refusal;

namespace {

std::string code(std::optional<refusal> const& r) { return r ? r->code : "accepted"; }

/// A request with the signature that OpenSSL makes.
received acs3_request(std::string const& algorithm, EVP_MD const* md, std::string const& body, std::string const& secret = "secret") {
    received r;
    r.method = "POST";
    r.target = "/v1/a%2Fb?b=%26&a=";
    r.path = "/v1/a%2Fb";
    r.query = {{"b", "&"}, {"a", ""}};
    r.body = body;
    std::string const hash = reference::hex(reference::digest(md, body));
    reference::headers const sent{{"host", "h.example"},
                                  {"content-type", "text/plain"},
                                  {"user-agent", "any"},
                                  {"x-acs-action", "Do"},
                                  {"x-acs-content-sha256", hash},
                                  {"x-acs-date", "2023-10-26T10:22:32Z"},
                                  {"x-acs-signature-nonce", "n"},
                                  {"x-acs-version", "1"}};
    for (auto const& [name, value] : sent) r.fields.emplace_back(name, value);
    std::string const said = reference::acs3_authorization(
        algorithm, md, [&](std::string const& text) { return reference::hmac(md, secret, text); }, "id", r.method, r.path, r.query, sent,
        body);
    r.fields.emplace_back("Authorization", said);
    return r;
}

std::optional<refusal> verify(received const& r, std::string_view secret = "secret") {
    auto const said = parse_authorization(r.field_of("authorization"));
    REQUIRE(said);
    return acs::testing::verify_acs3(r, *said, secret);
}

std::string& value_of(received& r, std::string_view name) {
    return std::find_if(r.fields.begin(), r.fields.end(), [&](auto const& f) { return f.first == name; })->second;
}

received rpc_request(std::string const& method = "POST", std::string const& secret = "secret") {
    received r;
    r.method = method;
    r.path = "/";
    r.query = {{"Version", "1"}, {"Action", "Do"}, {"SignatureMethod", "HMAC-SHA1"}, {"SignatureVersion", "1.0"}};
    if (method == "POST") r.form = {{"B", "a b*~"}, {"A", ""}};
    reference::pairs all = r.query;
    all.insert(all.end(), r.form.begin(), r.form.end());
    r.query.emplace_back("Signature", reference::rpc_signature(secret, method, all));
    return r;
}

}  // namespace

TEST_CASE("An authorization header is read in its three parts", "[testing]") {
    auto const said = parse_authorization("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=0a");
    REQUIRE(said);
    CHECK(said->algorithm == "ACS3-HMAC-SHA256");
    CHECK(said->access_key_id == "id");
    CHECK(said->signed_headers == "host;x-acs-date");
    CHECK(said->signature == "0a");
}

TEST_CASE("An authorization header with a part missing, empty, or out of order is not well-formed", "[testing]") {
    constexpr std::string_view whole = "A Credential=i,SignedHeaders=h,Signature=s";
    REQUIRE(parse_authorization(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(parse_authorization(whole.substr(0, size)));
    for (std::string_view const text :
         {" Credential=i,SignedHeaders=h,Signature=s", "A  Credential=i,SignedHeaders=h,Signature=s",
          "A Credential=,SignedHeaders=h,Signature=s", "A Credential=i,SignedHeaders=,Signature=s",
          "A Credential=i, SignedHeaders=h, Signature=s", "A SignedHeaders=h,Credential=i,Signature=s",
          "A credential=i,SignedHeaders=h,Signature=s", "A Credential=i;SignedHeaders=h;Signature=s", "acs id:signature"}) {
        INFO(text);
        CHECK_FALSE(parse_authorization(text));
    }
}

TEST_CASE("Signatures made with OpenSSL hold, by SHA-256 and SM3, with a body and without", "[testing]") {
    for (std::string const body : {"", "a=1", "not a form % at all"}) {
        CHECK(code(verify(acs3_request("ACS3-HMAC-SHA256", EVP_sha256(), body))) == "accepted");
        CHECK(code(verify(acs3_request("ACS3-HMAC-SM3", EVP_sm3(), body))) == "accepted");
        CHECK(code(verify(acs3_request("ACS3-HMAC-SHA256", EVP_sha256(), body), "Secret")) == "SignatureDoesNotMatch");
        CHECK(code(verify(acs3_request("ACS3-HMAC-SM3", EVP_sm3(), body), "secret ")) == "SignatureDoesNotMatch");
    }
    // One method's name with the other's hash.
    CHECK(code(verify(acs3_request("ACS3-HMAC-SM3", EVP_sha256(), ""))) == "SignatureDoesNotMatch");
    for (std::string const other : {"ACS3-RSA-SHA256", "ACS4-HMAC-SHA256", "acs3-hmac-sha256", "ACS3-HMAC-SHA25"})
        CHECK(code(verify(acs3_request(other, EVP_sha256(), ""))) == "InvalidSignatureMethod");
}

TEST_CASE("Headers may come in any order and case, with white space around their values", "[testing]") {
    received r = acs3_request("ACS3-HMAC-SHA256", EVP_sha256(), "b");
    std::reverse(r.fields.begin(), r.fields.end());
    for (auto& [name, value] : r.fields) {
        if (!name.empty()) name[0] = static_cast<char>(name[0] & ~0x20);
        value = " \t" + value + " ";
    }
    CHECK(code(verify(r)) == "accepted");
    // Names in `SignedHeaders` are put in order too.
    received java = acs3_request("ACS3-HMAC-SHA256", EVP_sha256(), "b");
    std::string& said = value_of(java, "Authorization");
    std::size_t const at = said.find("content-type;host;");
    REQUIRE(at != std::string::npos);
    said.replace(at, 18, "host;content-type;");
    CHECK(code(verify(java)) == "accepted");
}

TEST_CASE("Whatever is changed in what a signature covers is found", "[testing]") {
    received const good = acs3_request("ACS3-HMAC-SHA256", EVP_sha256(), "body");
    auto const changed = [&](auto change) {
        received r = good;
        change(r);
        return code(verify(r));
    };
    CHECK(changed([](received& r) { r.method = "GET"; }) == "SignatureDoesNotMatch");
    for (std::size_t i = 1; i < good.path.size(); ++i)
        CHECK(changed([i](received& r) { r.path[i] ^= 1; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query[0].first = "B"; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query[1].second = " "; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query.emplace_back("c", ""); }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query.pop_back(); }) == "SignatureDoesNotMatch");
    for (std::size_t i = 0; i < good.body.size(); ++i)
        CHECK(changed([i](received& r) { r.body[i] ^= 1; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.body += '\0'; }) == "SignatureDoesNotMatch");
    for (auto const& sent : good.fields) {
        std::string const& name = sent.first;
        std::string const& value = sent.second;
        if (name == "Authorization") continue;
        INFO(name);
        bool const covered = name != "user-agent";
        CHECK(changed([&](received& r) { value_of(r, name) += "x"; }) == (covered ? "SignatureDoesNotMatch" : "accepted"));
        CHECK(changed([&](received& r) { std::erase_if(r.fields, [&](auto const& f) { return f.first == name; }); }) ==
              (covered ? "IncompleteSignature" : "accepted"));
        CHECK(changed([&](received& r) { r.fields.emplace_back(name, value); }) == (covered ? "SignatureDoesNotMatch" : "accepted"));
    }
    std::string const& said = good.fields.back().second;
    for (std::size_t i = said.size() - 64; i < said.size(); ++i)
        CHECK(changed([i](received& r) { r.fields.back().second[i] ^= 1; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.fields.back().second.pop_back(); }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.fields.back().second += '0'; }) == "SignatureDoesNotMatch");
}

TEST_CASE("Body hash and body have to agree, whatever was signed", "[testing]") {
    // A client that signs the hash of another body.
    received r = acs3_request("ACS3-HMAC-SHA256", EVP_sha256(), "body");
    r.body = "other";
    CHECK(code(verify(r)) == "SignatureDoesNotMatch");
    // A client that sends another hash than it signs in the last line.
    reference::headers sent;
    for (auto const& [name, value] : r.fields) sent[name] = value;
    sent.erase("Authorization");
    sent["x-acs-content-sha256"] = std::string(64, '0');
    value_of(r, "x-acs-content-sha256") = std::string(64, '0');
    value_of(r, "Authorization") = reference::acs3_authorization(
        "ACS3-HMAC-SHA256", EVP_sha256(), [](std::string const& text) { return reference::hmac(EVP_sha256(), "secret", text); }, "id",
        r.method, r.path, r.query, sent, r.body);
    CHECK(code(verify(r)) == "SignatureDoesNotMatch");
}

TEST_CASE("A signature that leaves out a header it has to cover is incomplete", "[testing]") {
    received const good = acs3_request("ACS3-HMAC-SHA256", EVP_sha256(), "");
    for (std::string const name : {"host;", "x-acs-action;", "x-acs-content-sha256;", "x-acs-date;", "x-acs-signature-nonce;"}) {
        received r = good;
        std::string& said = r.fields.back().second;
        said.erase(said.find(name), name.size());
        INFO(name);
        CHECK(code(verify(r)) == "IncompleteSignature");
        CHECK(verify(r)->status == 400);
        CHECK(verify(r)->message.rfind("The request signature does not conform to Aliyun standards. ", 0) == 0);
    }
    received named = good;
    std::string& said = named.fields.back().second;
    said.insert(said.find("host;"), "not-sent;");
    CHECK(code(verify(named)) == "IncompleteSignature");
}

TEST_CASE("A refused ACS3 signature is answered with what the service calculated from", "[testing]") {
    received r = acs3_request("ACS3-HMAC-SHA256", EVP_sha256(), "body", "another secret");
    auto const refused = verify(r);
    REQUIRE(refused);
    std::string const canonical =
        "POST\n/v1/a%2Fb\na=&b=%26\n"
        "content-type:text/plain\nhost:h.example\nx-acs-action:Do\n"
        "x-acs-content-sha256:230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5\n"
        "x-acs-date:2023-10-26T10:22:32Z\nx-acs-signature-nonce:n\nx-acs-version:1\n\n"
        "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version\n"
        "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5";
    std::string const to_sign = "ACS3-HMAC-SHA256\n" + reference::hex(reference::digest(EVP_sha256(), canonical));
    CHECK(refused->status == 400);
    CHECK(refused->code == "SignatureDoesNotMatch");
    CHECK(refused->message == "Specified signature does not match our calculation. server StringToSign is [" + to_sign +
                                  "] server CanonicalRequest is [" + canonical + "]");
}

TEST_CASE("RPC 1.0 signatures made with OpenSSL hold, for GET and POST", "[testing]") {
    for (std::string const method : {"GET", "POST"}) {
        CHECK(code(acs::testing::verify_rpc(rpc_request(method), "secret")) == "accepted");
        CHECK(code(acs::testing::verify_rpc(rpc_request(method), "secret&")) == "SignatureDoesNotMatch");
        received r = rpc_request(method);
        r.method = method == "GET" ? "POST" : "GET";
        CHECK(code(acs::testing::verify_rpc(r, "secret")) == "SignatureDoesNotMatch");
    }
    received moved = rpc_request();  // the service merges query and form
    moved.form.insert(moved.form.end(), moved.query.begin(), moved.query.end());
    moved.query.clear();
    CHECK(code(acs::testing::verify_rpc(moved, "secret")) == "accepted");
}

TEST_CASE("Whatever is changed in what an RPC 1.0 signature covers is found", "[testing]") {
    received const good = rpc_request();
    auto const changed = [&](auto change) {
        received r = good;
        change(r);
        return code(acs::testing::verify_rpc(r, "secret"));
    };
    CHECK(changed([](received& r) { r.query[0].second = "2"; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query[0].first = "version"; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.form[0].second = "a+b*~"; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.form.pop_back(); }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query.emplace_back("A", ""); }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query[2].second = "HMAC-SHA256"; }) == "InvalidSignatureMethod");
    CHECK(changed([](received& r) { r.query[3].second = "1.1"; }) == "InvalidSignatureMethod");
    CHECK(changed([](received& r) { r.query[2].first = "Other"; }) == "InvalidSignatureMethod");
    CHECK(changed([](received& r) { r.query.back().second[0] ^= 1; }) == "SignatureDoesNotMatch");
    CHECK(changed([](received& r) { r.query.back().second.clear(); }) == "IncompleteSignature");
    CHECK(changed([](received& r) { r.query.pop_back(); }) == "IncompleteSignature");
    CHECK(changed([](received& r) { r.query.back().second.erase(4); }) == "IncompleteSignature");
    CHECK(changed([](received& r) { r.query.back().second[3] = '!'; }) == "IncompleteSignature");
    CHECK(changed([](received& r) { r.query.back().second.pop_back(); }) == "IncompleteSignature");
    CHECK(changed([](received& r) { r.query.back().second += "AAAA"; }) == "IncompleteSignature");
}

TEST_CASE("A refused RPC 1.0 signature is answered with the server's string to sign", "[testing]") {
    std::string const to_sign =
        "POST&%2F&A%3D%26Action%3DDo%26B%3Da%2520b%252A~%26SignatureMethod%3DHMAC-SHA1%26SignatureVersion%3D1.0%26Version%3D1";
    auto const refused = acs::testing::verify_rpc(rpc_request(), "wrong");
    REQUIRE(refused);
    CHECK(refused->status == 400);
    CHECK(refused->message == "Specified signature is not matched with our calculation. server string to sign is:" + to_sign);
    received incomplete = rpc_request();
    incomplete.query.pop_back();
    auto const refused_too = acs::testing::verify_rpc(incomplete, "secret");
    REQUIRE(refused_too);
    CHECK(refused_too->message ==
          "The request signature does not conform to Aliyun standards. server string to sign is:" + to_sign);
}

TEST_CASE("A date may be 15 minutes off in both directions, to the second", "[testing]") {
    acs::wall_time const now = *acs::parse_iso8601("2023-10-26T10:22:32Z");
    auto const off = [now](std::int64_t seconds) {
        return code(acs::testing::verify_date("2023-10-26T10:22:32Z", {now.seconds + seconds}));
    };
    for (std::int64_t const seconds : {-900, -899, -1, 0, 1, 899, 900}) CHECK(off(seconds) == "accepted");
    for (std::int64_t const seconds : {-901, 901, -86'400, 86'400}) CHECK(off(seconds) == "InvalidTimeStamp.Expired");
    for (std::string_view const date : {"", "2023-10-26 10:22:32", "2023-10-26T10:22:32", "2023-13-26T10:22:32Z",
                                        "Thu, 26 Oct 2023 10:22:32 GMT", "1698315752", "2023-10-26T10:22:32Z "}) {
        INFO(date);
        CHECK(code(acs::testing::verify_date(date, now)) == "InvalidTimeStamp.Format");
    }
    auto const expired = acs::testing::verify_date("2023-10-26T10:22:32Z", {});
    REQUIRE(expired);
    CHECK(expired->status == 400);
    CHECK(expired->message == "Specified time stamp or date value is expired.");
}

}  // namespace test_testing_verify
