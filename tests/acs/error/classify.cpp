// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/error/classify.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/error_rows.hpp"

namespace test_error_classify {

using acs::errc;
using acs::error_class;
using acs::remedy;
using acs_tests::refusal_by_service;

namespace {

constexpr acs::advice of(std::string_view code, int status, std::uint32_t wait_ms = 0) {
    return acs::advise(refusal_by_service(code, static_cast<std::uint16_t>(status), wait_ms));
}

constexpr bool is(acs::advice const& a, error_class what, remedy how) {
    bool const waits = how == remedy::backoff || how == remedy::new_nonce;
    bool const mends = how == remedy::correct_clock || how == remedy::refresh_credentials;
    return a.what == what && a.how == how && a.retry == (waits || mends);
}

constexpr acs::failure without_answer(errc code, acs::origin whose, acs::delivery how_far) {
    acs::failure f{};
    f.code = code;
    f.origin = whose;
    f.delivery = how_far;
    f.status = how_far == acs::delivery::answered ? 200 : 0;
    return f;
}

constexpr std::array statuses{200, 201, 299, 400, 401, 403, 404, 408, 409, 418, 429, 499, 500, 501, 502, 503, 504, 505, 599};

}  // namespace

TEST_CASE("every documented code of the gateway has its class, remedy and retry, with its own statuses and with any other", "[error]") {
    std::vector<acs_tests::error_row> const rows = acs_tests::error_rows("gateway");
    REQUIRE(rows.size() == 50);
    for (acs_tests::error_row const& row : rows) {
        std::vector<std::uint16_t> all = row.statuses;
        for (int const status : statuses) all.push_back(static_cast<std::uint16_t>(status));
        for (std::uint16_t const status : all) {
            acs::advice const a = of(row.code, status);
            INFO(row.code << " at " << status);
            CHECK(a.what == row.what);
            CHECK(a.how == row.how);
            CHECK(a.retry == row.retry);
        }
    }
}

TEST_CASE("codes begin with their family, whatever the status", "[error]") {
    for (int const status : statuses) {
        INFO(status);
        CHECK(is(of("Throttling", status), error_class::throttling, remedy::backoff));
        CHECK(is(of("Throttling.Unknown.Kind", status), error_class::throttling, remedy::backoff));
        CHECK(is(of("InternalError", status), error_class::server, remedy::backoff));
        CHECK(is(of("InternalError.Unknown", status), error_class::server, remedy::backoff));
        CHECK(is(of("Forbidden.Unknown", status), error_class::permission, remedy::none));
        CHECK(is(of("InvalidUnknown", status), error_class::request, remedy::none));
        CHECK(is(of("MissingUnknown", status), error_class::request, remedy::none));
        CHECK(is(of("ParamUnknown", status), error_class::request, remedy::none));
    }
}

TEST_CASE("a code of no known family is judged by the status", "[error]") {
    for (std::string_view const code : {"", "HTTP.xxx", "Unknown", "Throttl", "throttling", "XThrottling", "Internal"}) {
        CHECK(is(of(code, 429), error_class::throttling, remedy::backoff));
        for (int const status : {500, 502, 503, 504}) CHECK(is(of(code, status), error_class::server, remedy::backoff));
        for (int const status : {501, 505, 507, 599}) CHECK(is(of(code, status), error_class::server, remedy::none));
        CHECK(is(of(code, 401), error_class::auth, remedy::none));
        CHECK(is(of(code, 403), error_class::permission, remedy::none));
        CHECK(is(of(code, 404), error_class::not_found, remedy::none));
        for (int const status : {200, 400, 402, 405, 409, 413, 422, 499}) CHECK(is(of(code, status), error_class::request, remedy::none));
        for (int const status : {301, 302, 307, 308, 399}) CHECK(is(of(code, status), error_class::request, remedy::none));
    }
    STATIC_REQUIRE(is(of("HTTP.502", 502), error_class::server, remedy::backoff));
}

TEST_CASE("a wait that the service asks for is throttling whatever its code or status says", "[error]") {
    for (std::string_view const code : {"Throttling.User", "InternalError", "Forbidden.RAM", "InvalidParameter", "SignatureDoesNotMatch",
                                        "SignatureNonceUsed", "InvalidTimeStamp.Expired", "ServiceUnavailable", "HTTP.502", ""})
        for (int const status : statuses) {
            acs::advice const a = of(code, status, 1500);
            INFO(code << " at " << status);
            CHECK(is(a, error_class::throttling, remedy::backoff));
            CHECK(a.wait_ms == 1500);
            CHECK_FALSE(a.may_have_run);
        }
}

TEST_CASE("no wait fills a quota that is used up", "[error]") {
    CHECK(is(of("Throttling.Api.Risk", 429, 1500), error_class::throttling, remedy::daily_limit));
    CHECK(is(of("Throttling.Resource", 429, 1500), error_class::throttling, remedy::quota));
    CHECK(of("Throttling.Resource", 429, 1500).wait_ms == 1500);
}

TEST_CASE("a refused call may have run if the server failed, or if its nonce arrived before", "[error]") {
    CHECK(of("InternalError", 500).may_have_run);
    CHECK(of("ServiceUnavailable", 503).may_have_run);
    CHECK(of("HTTP.504", 504).may_have_run);
    CHECK(of("RequestTimeout", 408).may_have_run);
    CHECK(of("", 501).may_have_run);
    CHECK(of("SignatureNonceUsed", 400).may_have_run);
    for (std::string_view const code : {"Throttling.User", "Forbidden.RAM", "InvalidParameter", "SignatureDoesNotMatch", "IllegalTimestamp",
                                        "InvalidSecurityToken.Expired", "InvalidAccessKeyId.NotFound"})
        for (int const status : statuses) CHECK_FALSE(of(code, status).may_have_run);
}

TEST_CASE("rows of the product come before those of the gateway, and before the rules", "[error]") {
    constexpr std::array rows{acs::code_row{"InternalError", error_class::request, remedy::none},
                              acs::code_row{"SystemBusy", error_class::throttling, remedy::quota},
                              acs::code_row{"My.Code", error_class::server, remedy::backoff, true}};
    auto const with_rows = [&](std::string_view code, std::uint16_t status) { return acs::advise(refusal_by_service(code, status), rows); };
    CHECK(is(with_rows("InternalError", 500), error_class::request, remedy::none));
    CHECK(is(with_rows("SystemBusy", 503), error_class::throttling, remedy::quota));
    CHECK(is(with_rows("My.Code", 400), error_class::server, remedy::backoff));
    CHECK(with_rows("My.Code", 400).may_have_run);
    CHECK(is(with_rows("InternalError.Other", 500), error_class::server, remedy::backoff));
    CHECK(is(with_rows("UnknownError", 400), error_class::server, remedy::backoff));
}

TEST_CASE("what the caller did wrong is not tried again", "[error]") {
    for (errc const code : {errc::no_space, errc::invalid_parameters, errc::invalid_host, errc::no_array_space, errc::missing_secret})
        for (acs::delivery const how_far : {acs::delivery::not_sent, acs::delivery::unknown, acs::delivery::answered}) {
            acs::advice const a = acs::advise(without_answer(code, acs::origin::caller, how_far));
            CHECK(is(a, error_class::caller, remedy::none));
            // A reply that the caller had no memory for is one of a call that ran.
            CHECK(a.may_have_run == (how_far != acs::delivery::not_sent));
        }
}

TEST_CASE("a failure on the way may be tried again; it cannot have run if nothing was sent", "[error]") {
    for (errc const code : {errc::resolve_failed, errc::connect_failed, errc::tls_failed, errc::send_failed, errc::receive_failed,
                            errc::timed_out, errc::transport_failed})
        for (acs::delivery const how_far : {acs::delivery::not_sent, acs::delivery::unknown, acs::delivery::answered}) {
            acs::advice const a = acs::advise(without_answer(code, acs::origin::transport, how_far));
            CHECK(is(a, error_class::transport, remedy::backoff));
            CHECK(a.may_have_run == (how_far != acs::delivery::not_sent));
        }
    for (errc const code : {errc::insecure_transport, errc::cancelled, errc::reply_too_large, errc::request_too_large, errc::redirected}) {
        acs::advice const a = acs::advise(without_answer(code, acs::origin::transport, acs::delivery::unknown));
        CHECK(is(a, error_class::transport, remedy::none));
        CHECK(a.may_have_run);
    }
}

TEST_CASE("an answer that cannot be read may be tried again if it was garbled, and the call has run", "[error]") {
    for (errc const code :
         {errc::truncated_json, errc::malformed_json, errc::invalid_utf8, errc::trailing_text, errc::empty_reply, errc::unexpected_body}) {
        acs::advice const a = acs::advise(without_answer(code, acs::origin::service, acs::delivery::answered));
        CHECK(is(a, error_class::server, remedy::backoff));
        CHECK(a.may_have_run);
    }
    for (errc const code : {errc::wrong_type, errc::number_out_of_range, errc::json_too_deep, errc::unsupported_encoding}) {
        acs::advice const a = acs::advise(without_answer(code, acs::origin::service, acs::delivery::answered));
        CHECK(is(a, error_class::server, remedy::none));
        CHECK(a.may_have_run);
    }
}

TEST_CASE("a refusal in an encoding that nobody took off is still a refusal", "[error]") {
    auto const encoded = [](std::uint16_t status) {
        acs::failure f = refusal_by_service("HTTP", status);
        f.code = errc::unsupported_encoding;
        return acs::advise(f);
    };
    CHECK(is(encoded(429), error_class::throttling, remedy::backoff));
    CHECK(is(encoded(503), error_class::server, remedy::backoff));
    CHECK(is(encoded(403), error_class::permission, remedy::none));
    CHECK_FALSE(encoded(403).may_have_run);
    for (std::uint16_t const status : {std::uint16_t{100}, std::uint16_t{199}, std::uint16_t{300}}) {  // of any status but 2xx
        CHECK(is(encoded(status), error_class::request, remedy::none));
        CHECK_FALSE(encoded(status).may_have_run);
    }
    for (std::uint16_t const status : {std::uint16_t{200}, std::uint16_t{299}}) {
        CHECK(is(encoded(status), error_class::server, remedy::none));
        CHECK(encoded(status).may_have_run);
    }
}

TEST_CASE("there is something to say of every advice", "[error]") {
    for (int what = 0; what <= static_cast<int>(error_class::caller); ++what)
        for (int how = 0; how <= static_cast<int>(remedy::quota); ++how)
            for (bool const may_have_run : {false, true}) {
                acs::advice const a{static_cast<error_class>(what), static_cast<remedy>(how), false, may_have_run};
                CHECK_FALSE(acs::hint(a).empty());
            }
    CHECK(acs::hint(of("InternalError", 500)).find("client token") != std::string_view::npos);
    CHECK(acs::hint(of("Throttling", 400)).find("client token") == std::string_view::npos);
    CHECK(acs::hint({static_cast<error_class>(255), remedy::none}).empty());
}

TEST_CASE("advice takes no memory", "[error]") {
    acs_tests::no_allocations watch;
    bool const again = of("Throttling.User", 400).retry;
    bool const said = !acs::hint(of("Unknown", 418)).empty();
    watch.check();
    CHECK(again);
    CHECK(said);
}

}  // namespace test_error_classify
