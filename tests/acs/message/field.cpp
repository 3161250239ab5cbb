// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/field.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "support/catch.hpp"

namespace test_message_field {

namespace {

constexpr std::array fields{acs::field{"Content-Type", " text/xml\t"}, acs::field{"x-acs-request-id", "first"},
                            acs::field{"X-ACS-Request-Id", "second"}, acs::field{"Empty", ""}, acs::field{"blank", " \r\n "}};

}  // namespace

TEST_CASE("a field is found by its name in any case; of several the first counts", "[message]") {
    STATIC_REQUIRE(acs::find_field(fields, "X-Acs-Request-ID") == "first");
    CHECK(acs::find_field(fields, "content-type") == "text/xml");
    CHECK(acs::find_field(fields, "content-type").data() == fields[0].value.data() + 1);
    CHECK(acs::find_field(std::span(fields).subspan(2), "x-acs-request-id") == "second");
}

TEST_CASE("a field that is not there has null data, an empty one has not", "[message]") {
    CHECK(acs::find_field(fields, "content-typ").data() == nullptr);
    CHECK(acs::find_field(fields, "content-type ").data() == nullptr);
    CHECK(acs::find_field(fields, "").data() == nullptr);
    CHECK(acs::find_field({}, "host").data() == nullptr);
    CHECK(acs::find_field(fields, "empty").data() != nullptr);
    CHECK(acs::find_field(fields, "empty").empty());
    CHECK(acs::find_field(fields, "BLANK").data() != nullptr);
    CHECK(acs::find_field(fields, "BLANK").empty());
}

TEST_CASE("fields stand in byte order of their lower-case names: - before digits before _ before letters", "[message]") {
    constexpr std::array ordered{acs::field{"X-ACS-A"},     acs::field{"x-acs-a-b"}, acs::field{"x-acs-A1"}, acs::field{"x-acs-a_b"},
                                 acs::field{"X-ACS-aB"},    acs::field{"x-acs-b"},   acs::field{"x-acs_a"},  acs::field{"x-acs\x7F"},
                                 acs::field{"x-acs\xC3\xA4"}};
    for (std::size_t a = 0; a < ordered.size(); ++a)
        for (std::size_t b = 0; b < ordered.size(); ++b) CHECK((ordered[a] < ordered[b]) == (a < b));
    STATIC_REQUIRE(acs::field{"A"} < acs::field{"b"});
    STATIC_REQUIRE(acs::field{"a"} < acs::field{"B"});
}

TEST_CASE("of one name the trimmed values count, in byte order and with their case", "[message]") {
    STATIC_REQUIRE(acs::field{"A", "1"} < acs::field{"a", "2"});
    CHECK_FALSE(acs::field{"A", " 1"} < acs::field{"a", "1 "});
    CHECK_FALSE(acs::field{"a", "1 "} < acs::field{"A", " 1"});
    CHECK(acs::field{"a", " Z"} < acs::field{"a", "a"});
    CHECK(acs::field{"a", "\tz"} < acs::field{"a", " \xC3\xA4"});
    CHECK(acs::field{"a", ""} < acs::field{"a", "0"});
}

}  // namespace test_message_field
