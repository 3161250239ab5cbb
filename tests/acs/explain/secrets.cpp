// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/explain/secrets.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"

TEST_CASE("Secrets are found in parameters, headers, target and authorization", "[explain]") {
    std::array<acs::param, 3> const params{{{"AccessKeyId", "ParameterId"}, {"SecurityToken", "ParameterToken"}, {"Plain", "PlainValue"}}};
    std::array<acs::field, 3> const fields{
        {{"x-acs-security-token", "HeaderToken"},
         {"Authorization", "ACS3-HMAC-SHA256 Credential=CredentialId,SignedHeaders=host;x-acs-date,Signature=0123456789abcdef"},
         {"x-plain", "PlainHeader"}}};
    acs::request const made{.target = "/?A=1&Signature=TargetSignature", .fields = fields, .params = params};
    acs::request_secrets const secrets(made, "TheSecretItself");
    for (std::string const secret : {"ParameterId", "ParameterToken", "HeaderToken", "CredentialId", "0123456789abcdef", "TargetSignature",
                                     "TheSecretItself", "aramete", "9abcdef"}) {
        INFO(secret);
        bool const whole = secret.size() >= 8;
        CHECK(secrets.may_show(secret) != whole);
        CHECK(secrets.may_show("x" + secret + "x") != whole);
        if (whole) CHECK_FALSE(secrets.may_show(secret.substr(0, 8)));
    }
    for (std::string_view const plain : {"PlainValue", "PlainHeader", "SignedHeaders", "x-acs-date", "host"})
        CHECK(secrets.may_show(plain));

    std::array<acs::field, 1> const roa{{{"authorization", "acs KeyIdOfRoa:SignatureOfRoa="}}};
    acs::request_secrets const of_roa({.fields = roa}, {});
    CHECK_FALSE(of_roa.may_show("KeyIdOfRoa"));
    CHECK_FALSE(of_roa.may_show("SignatureOfRoa"));
}

TEST_CASE("Short secrets count whole, and what is too short to be one does not", "[explain]") {
    acs::request_secrets const four({}, "abcd");
    CHECK_FALSE(four.may_show("xabcdx"));
    CHECK(four.may_show("abcx"));
    CHECK(acs::request_secrets({}, "abc").may_show("xabcx"));
}

TEST_CASE("Where there are more secrets than are remembered, no name is shown", "[explain]") {
    std::string const values = "1111aaaa2222bbbb3333cccc4444dddd5555eeee6666ffff7777gggg";
    std::array<acs::param, 14> params{};
    for (std::size_t i = 0; i < params.size(); ++i) params[i] = {"SecurityToken", std::string_view(values).substr(4 * i, 4)};
    acs::request_secrets const all({.params = params}, {});
    for (acs::param const& p : params) CHECK_FALSE(all.may_show(p.value));
    CHECK_FALSE(all.may_show("plain"));
    CHECK(acs::request_secrets({.params = std::span(params).first(11)}, {}).may_show("plain"));
}

TEST_CASE("Only plain names are shown", "[explain]") {
    acs::request_secrets const none({}, {});
    for (std::string_view const name : {"A", "Tag.1.Key", "x-acs-date", "a_b", "dataworks:Create*", "0"}) CHECK(none.may_show(name));
    for (std::string_view const name : {"", " ", "a b", "a%20b", "a\n", "a/b", "<a>", "\xC3\xA4", "a\x7F", "`a`"})
        CHECK_FALSE(none.may_show(name));
    CHECK(none.may_show(std::string(64, 'a')));
    CHECK_FALSE(none.may_show(std::string(65, 'a')));
}
