// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/errors.hpp>

#include <acs/error/classify.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/error_rows.hpp"

namespace test_dataworks_errors {

using acs_tests::error_row;
using acs_tests::refusal_by_service;

namespace {

void check_row(error_row const& row, std::uint16_t status) {
    acs::advice const a = acs::advise(refusal_by_service(row.code, status), dataworks::error_codes);
    INFO(row.code << " at " << status);
    CHECK(a.what == row.what);
    CHECK(a.how == row.how);
    CHECK(a.retry == row.retry);
}

}  // namespace

TEST_CASE("every documented code has its class, remedy and retry at each status that it is documented with", "[dataworks]") {
    std::size_t checked = 0;
    for (char const* const section : {"gateway", "dataworks"})
        for (error_row const& row : acs_tests::error_rows(section)) {
            for (std::uint16_t const status : row.statuses) check_row(row, status);
            if (row.statuses.empty()) check_row(row, 400);
            ++checked;
        }
    CHECK(checked == 50 + 128);
}

TEST_CASE("a code means the same at any other status: business failures come at 200, and many refusals at 500", "[dataworks]") {
    for (char const* const section : {"gateway", "dataworks"})
        for (error_row const& row : acs_tests::error_rows(section))
            for (int const status : {200, 400, 401, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504})
                check_row(row, static_cast<std::uint16_t>(status));
}

TEST_CASE("codes whose status is not their class are judged by the code", "[dataworks]") {
    std::string const file = acs_tests::file_text("api/errors.json");
    std::vector<error_row> const rows = acs_tests::error_rows("dataworks");
    int i = 0;
    for (;; ++i) {
        std::string_view const code = acs_tests::json_at(file, "statusIsNotTheClass." + std::to_string(i)).text;
        if (code.empty()) break;
        auto const row = std::find_if(rows.begin(), rows.end(), [&](error_row const& r) { return r.code == code; });
        INFO(code);
        REQUIRE(row != rows.end());
        CHECK(row->what != acs::error_class::server);
        CHECK_FALSE(acs::advise(refusal_by_service(code, 500), dataworks::error_codes).retry);
    }
    CHECK(i == 17);
}

TEST_CASE("the codes of the service are sorted, documented, and none is there twice", "[dataworks]") {
    std::vector<error_row> const rows = acs_tests::error_rows("dataworks");
    for (std::size_t i = 0; i < dataworks::error_codes.size(); ++i) {
        std::string_view const code = dataworks::error_codes[i].code;
        INFO(code);
        if (i != 0) CHECK(dataworks::error_codes[i - 1].code < code);
        CHECK(std::any_of(rows.begin(), rows.end(), [&](error_row const& r) { return r.code == code; }));
    }
}

TEST_CASE("of every code in the table the gateway's table and the rules would say something else", "[dataworks]") {
    for (acs::code_row const& row : dataworks::error_codes) {
        bool otherwise = false;
        for (int status = 200; status < 600; ++status) {
            acs::advice const a = acs::advise(refusal_by_service(row.code, static_cast<std::uint16_t>(status)));
            otherwise = otherwise || a.what != row.what || a.how != row.how || a.retry != row.retry;
        }
        INFO(row.code);
        CHECK(otherwise);
    }
}

TEST_CASE("a code of the service that nobody documented is judged by its family, then by the status", "[dataworks]") {
    auto const of = [](std::string_view code, std::uint16_t status) {
        return acs::advise(refusal_by_service(code, status), dataworks::error_codes);
    };
    CHECK(of("Invalid.Tenant.Unknown", 500).what == acs::error_class::request);
    CHECK(of("Forbidden.Unknown", 500).what == acs::error_class::permission);
    CHECK(of("InternalError.Unknown", 400).what == acs::error_class::server);
    CHECK(of("Unknown.Code", 500).what == acs::error_class::server);
    CHECK(of("Unknown.Code", 200).what == acs::error_class::request);
}

}  // namespace test_dataworks_errors
