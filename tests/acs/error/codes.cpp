// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/error/codes.hpp>

#include <acs/error/classify.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/catch.hpp"
#include "support/error_rows.hpp"

TEST_CASE("the codes of the gateway are sorted, and none is there twice", "[error]") {
    for (std::size_t i = 1; i < acs::gateway_codes.size(); ++i) CHECK(acs::gateway_codes[i - 1].code < acs::gateway_codes[i].code);
}

TEST_CASE("of every code in the table the rules would say something else, with one status or another", "[error]") {
    for (acs::code_row const& row : acs::gateway_codes) {
        bool otherwise = false;
        for (int status = 200; status < 600; ++status) {
            acs::code_row const rule = acs::classify::by_rule(row.code, static_cast<std::uint16_t>(status));
            otherwise = otherwise || rule.what != row.what || rule.how != row.how || rule.retry != row.retry;
        }
        INFO(row.code);
        CHECK(otherwise);
    }
}

TEST_CASE("the codes in the table are documented", "[error]") {
    std::vector<acs_tests::error_row> rows = acs_tests::error_rows("gateway");
    for (acs_tests::error_row const& row : acs_tests::error_rows("dataworks")) rows.push_back(row);
    for (acs::code_row const& row : acs::gateway_codes) {
        INFO(row.code);
        CHECK(std::any_of(rows.begin(), rows.end(), [&](acs_tests::error_row const& r) { return r.code == row.code; }));
    }
}

TEST_CASE("a row can be repeated exactly if its remedy is one that a client can apply", "[error]") {
    using acs::remedy;
    for (acs::code_row const& row : acs::gateway_codes) {
        bool const applicable = row.how == remedy::backoff || row.how == remedy::new_nonce || row.how == remedy::correct_clock ||
                                row.how == remedy::refresh_credentials;
        INFO(row.code);
        CHECK(row.retry == applicable);
    }
}
