// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/text.hpp>

#include "support/catch.hpp"

#include <cctype>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

namespace test_core_text {

namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

static_assert(acs::decimal(0).view() == "0");
static_assert(acs::decimal(lowest).view() == "-9223372036854775808");
static_assert(acs::decimal(highest).view() == "9223372036854775807");
static_assert(*acs::parse_integer("-9223372036854775808") == lowest);
static_assert(*acs::parse_integer("9223372036854775807") == highest);
static_assert(!acs::parse_integer("9223372036854775808"));
static_assert(!acs::parse_integer("-9223372036854775809"));
static_assert(acs::trim(" \t a b\r\n") == "a b");
static_assert(acs::skip("abc", 1) == "bc" && acs::first("abc", 1) == "a" && acs::skip("abc", 3).empty());
static_assert(acs::find_forbidden("abc") == 3 && acs::find_forbidden("a\rb") == 1 && acs::find_forbidden(std::string_view("\0", 1)) == 0);

bool both_ways(std::int64_t value) {
    std::string const text = std::to_string(value);
    auto const back = acs::parse_integer(text);
    return acs::decimal(value).view() == text && back && *back == value;
}

}  // namespace

TEST_CASE("decimal and parse_integer are exact around every power of ten and of two", "[core]") {
    std::uint64_t power = 1;
    for (int i = 0; i < 19; ++i, power *= 10)
        for (std::int64_t d = -2; d <= 2; ++d) {
            CAPTURE(power, d);
            CHECK(both_ways(static_cast<std::int64_t>(power) + d));
            CHECK(both_ways(-static_cast<std::int64_t>(power) + d));
        }
    for (int i = 0; i < 63; ++i)
        for (std::int64_t d = -1; d <= 1; ++d) {
            std::int64_t const two = static_cast<std::int64_t>(std::uint64_t{1} << i);
            CHECK(both_ways(two + d));
            CHECK(both_ways(-two + d));
        }
    CHECK(both_ways(lowest));
    CHECK(both_ways(lowest + 1));
    CHECK(both_ways(highest));
}

TEST_CASE("decimal agrees with the standard library on random numbers of every size", "[core]") {
    std::mt19937_64 random(1);
    bool same = true;
    for (int i = 0; i < 200'000; ++i) same = same && both_ways(static_cast<std::int64_t>(random() >> (i % 64)));
    CHECK(same);
}

TEST_CASE("parse_integer refuses everything but digits after an optional minus", "[core]") {
    for (char const* text : {"", "-", "+1", " 1", "1 ", "1.0", "1e2", "--1", "0x1", "9223372036854775808", "-9223372036854775809",
                             "18446744073709551616", "99999999999999999999", "92233720368547758070"}) {
        CAPTURE(text);
        CHECK_FALSE(acs::parse_integer(text).has_value());
    }
    CHECK(*acs::parse_integer("007") == 7);
    CHECK(*acs::parse_integer("-0") == 0);
    CHECK(*acs::parse_integer("00000000000000000000000000009") == 9);
}

TEST_CASE("letters and space are those of ASCII, whatever the byte", "[core]") {
    for (int i = 0; i < 256; ++i) {
        auto const c = static_cast<char>(i);
        CAPTURE(i);
        CHECK(acs::to_lower(c) == (i < 128 ? static_cast<char>(std::tolower(i)) : c));
        CHECK(acs::is_digit(c) == (i >= '0' && i <= '9'));
        CHECK(acs::is_space(c) == (i < 128 && std::isspace(i) != 0));
        CHECK((acs::find_forbidden({&c, 1}) == 0) == (i == 0 || i == 10 || i == 13));
    }
}

TEST_CASE("comparison without case orders bytes as unsigned and prefixes first", "[core]") {
    CHECK(acs::compare_ignoring_case("Host", "hOST") == 0);
    CHECK(acs::compare_ignoring_case("a", "B") < 0);
    CHECK(acs::compare_ignoring_case("B", "a") > 0);
    CHECK(acs::compare_ignoring_case("x-acs-a", "X-ACS") > 0);
    CHECK(acs::compare_ignoring_case("", "a") < 0);
    CHECK(acs::compare_ignoring_case("z", "\xC3\xA9") < 0);
    CHECK(acs::compare_ignoring_case("_", "A") < 0);  // lower-cased first: '_' < 'a'
    CHECK(acs::equal_ignoring_case("Content-Type", "content-type"));
    CHECK_FALSE(acs::equal_ignoring_case("a", "ab"));
    CHECK_FALSE(acs::equal_ignoring_case("[", "{"));  // as far apart as letters of either case
    CHECK_FALSE(acs::equal_ignoring_case("@", "`"));
    CHECK(acs::starts_with_ignoring_case("X-Acs-Date", "x-acs-"));
    CHECK_FALSE(acs::starts_with_ignoring_case("x-ac", "x-acs-"));
}

TEST_CASE("trim takes white space off both ends only", "[core]") {
    CHECK(acs::trim("") == "");
    CHECK(acs::trim(" \t\r\n\v\f") == "");
    CHECK(acs::trim("a  b") == "a  b");
    CHECK(acs::trim("  a") == "a");
    CHECK(acs::trim("a  ") == "a");
}

TEST_CASE("what is looked for a word at a time is found at every place, whatever stands around it", "[core][exhaustive]") {
    for (int byte = 0; byte < 256; ++byte)
        for (std::size_t size = 1; size <= 20; ++size)
            for (std::size_t at = 0; at < size; ++at)
                for (char const around : {'a', '\x7f', '\x80', '\xff', '\x0e'}) {
                    std::string text(size, around);
                    char const c = static_cast<char>(byte);
                    text[at] = c;
                    bool const forbidden = c == '\r' || c == '\n' || c == '\0';
                    bool const upper = c >= 'A' && c <= 'Z';
                    REQUIRE(acs::find_forbidden(text) == (forbidden ? at : size));
                    REQUIRE(acs::find_upper(text) == (upper ? at : size));
                }
}

TEST_CASE("two digits of every number below 100", "[core]") {
    for (std::uint32_t n = 0; n < 100; ++n) {
        std::string text = "##";
        acs::put_two_digits(n, text.data());
        CHECK(text == std::string(n < 10 ? "0" : "") + std::to_string(n));
    }
}

}  // namespace test_core_text
