// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/explain/by_code.hpp>

#include <acs/explain/explain.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/refused.hpp"

namespace test_explain_by_code {

using namespace acs_tests;
using acs::signature_style;

TEST_CASE("Rows of codes are sorted, each with a cause", "[explain]") {
    for (std::size_t i = 0; i < acs::code_causes.size(); ++i) {
        if (i != 0) CHECK(acs::code_causes[i - 1].code < acs::code_causes[i].code);
        CHECK(acs::code_causes[i].why != acs::cause::none);
    }
}

TEST_CASE("Codes of the gateway mean what the protocol says", "[explain]") {
    struct row {
        std::string_view code, why;
    };
    signed_call const call(signature_style::acs3);
    for (row const& r : {row{"InvalidTimeStamp.Expired", "clock"},
                         row{"IllegalTimestamp", "clock"},
                         row{"InvalidTimeStamp.Format", "date_form"},
                         row{"SignatureNonceUsed", "nonce_used"},
                         row{"InvalidAccessKeyId.NotFound", "key_unknown"},
                         row{"InvalidAccessKeyId.Inactive", "key_inactive"},
                         row{"InvalidSecurityToken.Expired", "token_expired"},
                         row{"InvalidSecurityToken.Malformed", "token_wrong"},
                         row{"InvalidSecurityToken.MismatchWithAccessKey", "token_wrong"},
                         row{"MissingSecurityToken", "token_not_sent"},
                         row{"InvalidAction.NotFound", "endpoint"},
                         row{"InvalidApi.NotFound", "endpoint"},
                         row{"InvalidVersion", "endpoint"},
                         row{"NoSuchVersion", "endpoint"},
                         row{"InvalidProduct.NotFound", "endpoint"},
                         row{"InvalidProtocol.NeedSsl", "plain_http"},
                         row{"UnsupportedHTTPMethod", "wrong_method"},
                         row{"Forbidden", "permission"},
                         row{"Forbidden.RAM", "permission"},
                         row{"NoPermission", "permission"},
                         row{"NoPermission.Other", "permission"},
                         row{"Forbidden.Access", "permission"},
                         row{"Forbidden.AccessKeyDisabled", "key_inactive"},
                         row{"IncompleteSignature", "incomplete"},
                         row{"SignatureDoesNotMatch", "no_echo"},
                         row{"Throttling.User", "none"},
                         row{"InternalError", "none"},
                         row{"ForbiddenFruit", "none"},
                         row{"", "none"}}) {
        INFO(r.code);
        acs::explanation const e = acs::explain(call.made(), mismatch("Something.", r.code));
        CHECK(name(e.why) == r.why);
        CHECK(e.part == acs::text_part::none);
        CHECK(words(e).empty() == (r.why == "none"));
        CHECK_FALSE(shows_canary(words(e), {canary_id, canary_secret, canary_token}));
    }
}

TEST_CASE("What no service refused is not explained", "[explain]") {
    signed_call const call(signature_style::acs3);
    for (acs::origin const by : {acs::origin::none, acs::origin::caller, acs::origin::transport}) {
        acs::failure f = mismatch("x");
        f.origin = by;
        CHECK(acs::explain(call.made(), f).why == acs::cause::none);
    }
}

TEST_CASE("A clock that is off is told by how much, in both directions", "[explain]") {
    for (signature_style const style : {signature_style::acs3, signature_style::rpc, signature_style::roa}) {
        signed_call const call(style);  // dated 2023-10-26T10:22:32Z
        struct row {
            std::string_view date;
            std::int64_t ahead;
            std::string_view said;
        };
        for (row const& r : {row{"Thu, 26 Oct 2023 09:22:32 GMT", 3600, "3600 seconds ahead of the service's clock."},
                             row{"Thu, 26 Oct 2023 10:52:33 GMT", -1801, "1801 seconds behind the service's clock."},
                             row{"Thu, 26 Oct 2023 10:22:32 GMT", 0, "0 seconds ahead"}}) {
            std::array<acs::field, 2> const fields{{{"Server", "x"}, {"Date", r.date}}};
            acs::explanation const e = acs::explain(call.made(), mismatch("", "InvalidTimeStamp.Expired"), {.fields = fields});
            CHECK(e.knows_clock);
            CHECK(e.ahead_seconds == r.ahead);
            CHECK(words(e).find(r.said) != std::string::npos);
        }
        for (std::string_view const date : {"", "yesterday", "Thursday, 26-Oct-23 09:22:32 GMT"}) {
            std::array<acs::field, 1> const fields{{{"date", date}}};
            acs::explanation const e = acs::explain(call.made(), mismatch("", "IllegalTimestamp"), {.fields = fields});
            CHECK_FALSE(e.knows_clock);
            CHECK(words(e).find("clock") != std::string::npos);
        }
    }
    // A request whose own date can't be read.
    std::array<acs::field, 1> const ours{{{"x-acs-date", "yesterday"}}}, theirs{{{"date", "Thu, 26 Oct 2023 09:22:32 GMT"}}};
    acs::explanation const e = acs::explain({.fields = ours}, mismatch("", "IllegalTimestamp"), {.fields = theirs});
    CHECK(name(e.why) == "clock");
    CHECK_FALSE(e.knows_clock);
}

TEST_CASE("A session key without its token is told from an unknown key", "[explain]") {
    acs::param none[1]{};
    acs::call const any{.action = "DoIt", .version = "1", .params = std::span(none).first(0)};
    acs::endpoint const to{.host = "h.example"};
    auto const why = [&](auto const& signer) {
        acs::request_buffer<2048, 16, 16> memory;
        auto const made = acs::prepare(any, to, signer, vector_moment, memory);
        REQUIRE(made);
        return std::string(name(acs::explain(*made, mismatch("", "InvalidAccessKeyId.NotFound")).why));
    };
    CHECK(why(acs::acs3_hmac_sha256({"STS.abc", "s", {}})) == "token_not_sent");
    CHECK(why(acs::acs3_hmac_sha256({"STS.abc", "s", "t"})) == "key_unknown");
    CHECK(why(acs::acs3_hmac_sha256({"LTAI5t", "s", {}})) == "key_unknown");
    CHECK(why(acs::rpc_hmac_sha1({"STS.abc", "s", {}})) == "token_not_sent");
    CHECK(why(acs::rpc_hmac_sha1({"STS.abc", "s", "t"})) == "key_unknown");
    CHECK(why(acs::rpc_hmac_sha1({"LTAI5t", "s", {}})) == "key_unknown");
    CHECK(why(acs::rpc_hmac_sha1({"STS", "s", {}})) == "key_unknown");  // shorter than what begins a session's
    CHECK(why(acs::rpc_hmac_sha1({"STS.", "s", {}})) == "key_unknown");
}

TEST_CASE("Of ROA 1.0 the key is in the authorization, whatever that is cut to", "[explain]") {
    acs::call const any{.action = "DoIt", .version = "1", .style = acs::api_style::roa, .path = "/v1"};
    auto const why = [&](std::string_view id, std::string_view token) {
        acs::request_buffer<2048, 16, 16> memory;
        auto const made =
            acs::prepare(any, acs::endpoint{.host = "h.example"}, acs::roa_hmac_sha1({id, "s", token}), vector_moment, memory);
        REQUIRE(made);
        return std::string(name(acs::explain(*made, mismatch("", "InvalidAccessKeyId.NotFound")).why));
    };
    CHECK(why("STS.abc", {}) == "token_not_sent");
    CHECK(why("STS.abc", "t") == "key_unknown");
    CHECK(why("LTAI5t", {}) == "key_unknown");
    for (std::string_view const said : {"acs", "a", "acs "}) {
        std::array<acs::field, 1> const fields{{{"authorization", said}}};
        CHECK(name(acs::explain({.fields = fields}, mismatch("", "InvalidAccessKeyId.NotFound")).why) == "key_unknown");
    }
}

TEST_CASE("How a request is signed is told by its authorization, else by its parameters", "[explain]") {
    std::array<acs::param, 1> const params{{{"SignatureMethod", "HMAC-SHA1"}}};
    auto const style = [](std::string_view said, std::span<acs::param const> with) {
        std::array<acs::field, 1> const fields{{{"Authorization", said}}};
        return acs::style_of({.fields = fields, .params = with});
    };
    CHECK(style("ACS3-HMAC-SHA256 Credential=a", {}) == signature_style::acs3);
    CHECK(style("acs a:b", {}) == signature_style::roa);
    CHECK(style("Bearer abcdef", {}) == signature_style::none);
    CHECK(style("Bearer abcdef", params) == signature_style::rpc);  // the caller's own, for a proxy
    CHECK(acs::style_of({.params = params}) == signature_style::rpc);
}

TEST_CASE("A wrong endpoint is told with host and action, a denied access with what has to be allowed", "[explain]") {
    signed_call const call(signature_style::acs3);
    std::string const said = words(acs::explain(call.made(), mismatch("", "InvalidVersion")));
    CHECK(said.find("api.example.com") != std::string::npos);
    CHECK(said.find("DoIt") != std::string::npos);

    acs::failure denied = mismatch("User not authorized to operate on the specified resource.", "Forbidden.RAM");
    denied.service.access_denied_detail = R"({"PolicyType":"AccountLevelIdentityBasedPolicy","AuthAction":"dataworks:CreateDISyncTask"})";
    acs::explanation const e = acs::explain(call.made(), denied);
    CHECK(e.detail == "dataworks:CreateDISyncTask");
    CHECK(words(e).find("The action that has to be allowed is dataworks:CreateDISyncTask.") == 0);
    // Details alone are enough, and what is no action is not shown.
    denied.service.code = "Other";
    CHECK(acs::explain(call.made(), denied).why == acs::cause::permission);
    std::string const leaking = R"({"AuthAction":")" + std::string(canary_token.substr(4, 9)) + R"("})";
    std::array<std::string_view, 6> const details{
        "{", "[]", R"({"AuthAction":1})", R"({"AuthAction":"a b"})", R"({"AuthAction":"\u001b"})", leaking};
    for (std::string_view const detail : details) {
        denied.service.access_denied_detail = detail;
        CHECK(acs::explain(call.made(), denied).detail.empty());
        CHECK(words(acs::explain(call.made(), denied)).find("by its code alone") != std::string::npos);
    }
}

TEST_CASE("Unsigned requests are explained by code alone", "[explain]") {
    acs::call const any{.action = "DoIt", .version = "1"};
    acs::request_buffer<2048, 16, 16> memory;
    auto const made = acs::prepare(any, acs::endpoint{.host = "h.example"}, acs::bearer_token{canary_token}, vector_moment, memory);
    REQUIRE(made);
    acs::explanation const e = acs::explain(*made, mismatch("server string to sign is:POST&%2F&", "SignatureDoesNotMatch"));
    CHECK(e.style == signature_style::none);
    CHECK(name(e.why) == "no_echo");
}

}  // namespace test_explain_by_code
