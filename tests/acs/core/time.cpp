// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/time.hpp>

#include "support/catch.hpp"
#include "support/effort.hpp"
#include "support/string_sink.hpp"

#include <ctime>
#include <string>
#include <utility>

namespace test_core_time {

namespace {

using acs::wall_time;

template <std::size_t N, class Writer>
constexpr bool writes(char const (&expected)[N], Writer writer) {
    std::array<char, 40> room{};
    acs::span_sink out{room};
    writer(out);
    return out.view() == std::string_view(expected, N - 1);
}
static_assert(writes("2023-10-26T10:22:32Z", [](auto& out) { acs::write_iso8601({1698315752}, out); }));
static_assert(writes("Thu, 26 Oct 2023 10:22:32 GMT", [](auto& out) { acs::write_http_date({1698315752}, out); }));
static_assert(writes("1970-01-01T00:00:00Z", [](auto& out) { acs::write_iso8601({0}, out); }));
static_assert(writes("9999-12-31T23:59:59Z", [](auto& out) { acs::write_iso8601({253402300799}, out); }));
static_assert(writes("Sun, 06 Nov 1994 08:49:37 GMT", [](auto& out) { acs::write_http_date({784111777}, out); }));  // RFC 9110, 5.6.7
static_assert(*acs::parse_iso8601("2023-10-26T10:22:32Z") == wall_time{1698315752});
static_assert(*acs::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == wall_time{784111777});
static_assert(!acs::parse_iso8601("2023-02-29T00:00:00Z"));

static_assert(acs::writable({0}) && acs::writable({253402300799}) && !acs::writable({-1}) && !acs::writable({253402300800}));
static_assert(wall_time{1} < wall_time{2} && acs::tick{2} > acs::tick{1} && acs::tick{} == acs::tick{0});

static_assert(acs::shift({5}, -7) == wall_time{-2} && acs::distance({5}, {-2}) == -7);
static_assert(acs::shift({INT64_MAX}, 1) == wall_time{INT64_MIN} && acs::shift({INT64_MIN}, -1) == wall_time{INT64_MAX});
static_assert(acs::distance({INT64_MIN}, {INT64_MAX}) == -1 && acs::distance({INT64_MAX}, {INT64_MIN}) == 1);

std::string by_libc(std::int64_t seconds, char const* format) {
    std::time_t const t = static_cast<std::time_t>(seconds);
    std::tm fields{};
    gmtime_r(&t, &fields);
    char text[64];
    return {text, std::strftime(text, sizeof text, format, &fields)};
}

bool same_as_libc(std::int64_t seconds) {
    if (!std::in_range<std::time_t>(seconds)) return true;  // of 32 bits, where the C library knows no later date than 2038
    std::string const iso = by_libc(seconds, "%Y-%m-%dT%H:%M:%SZ");
    std::string const http = by_libc(seconds, "%a, %d %b %Y %H:%M:%S GMT");
    wall_time const t{seconds};
    return acs_tests::written([t](auto& out) { acs::write_iso8601(t, out); }) == iso &&
           acs_tests::written([t](auto& out) { acs::write_http_date(t, out); }) == http && acs::parse_iso8601(iso) == t &&
           acs::parse_http_date(http) == t;
}

std::string replaced(std::string text, std::size_t offset, std::string_view part) { return text.replace(offset, part.size(), part); }

}  // namespace

TEST_CASE("dates agree with the C library on every fifth day from 1970 to 9999", "[core]") {
    std::int64_t failures = 0;
    for (std::int64_t s = 0; s <= 253'402'300'799; s += acs_tests::thinned * (5 * 86'400 + 1)) failures += same_as_libc(s) ? 0 : 1;
    CHECK(failures == 0);
}

TEST_CASE("dates agree with the C library around every end of a year and of a February", "[core][exhaustive]") {
    std::int64_t failures = 0;
    for (int year = 1970; year <= 9999; ++year)
        for (char const* day : {"-01-01T00:00:00Z", "-03-01T00:00:00Z"}) {
            auto const t = acs::parse_iso8601(std::to_string(year) + day);
            REQUIRE(t);
            if (t->seconds > 0) failures += same_as_libc(t->seconds - 1) ? 0 : 1;
            failures += same_as_libc(t->seconds) ? 0 : 1;
        }
    CHECK(failures == 0);
}

TEST_CASE("every second of a day is written and read", "[core][exhaustive]") {
    int failures = 0;
    for (std::int64_t s = 0; s < 86'400; ++s) failures += same_as_libc(1'709'164'800 + s) ? 0 : 1;  // 2024-02-29
    CHECK(failures == 0);
}

TEST_CASE("fields of a date make a time up to the end of the year 9999", "[core]") {
    CHECK(acs::calendar::join({.year = 9999, .month = 12, .day = 31, .hour = 23, .minute = 59, .second = 59}) == wall_time{253402300799});
    CHECK_FALSE(acs::calendar::join({.year = 10000, .month = 1, .day = 1}).has_value());
}

TEST_CASE("ISO 8601 is read strictly", "[core]") {
    std::string const good = "2024-02-29T23:59:59Z";
    REQUIRE(acs::parse_iso8601(good));
    for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(acs::parse_iso8601(good.substr(0, size)).has_value());
    CHECK_FALSE(acs::parse_iso8601(good + " ").has_value());
    CHECK_FALSE(acs::parse_iso8601(" " + good).has_value());
    for (std::size_t i = 0; i < good.size(); ++i)
        for (int c = 0; c < 256; ++c) {
            bool const digit = c >= '0' && c <= '9';
            bool const may = acs::is_digit(good[i]) ? digit : c == good[i];
            if (!may) CHECK_FALSE(acs::parse_iso8601(replaced(good, i, std::string(1, static_cast<char>(c)))).has_value());
        }
    for (char const* bad :
         {"2023-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2024-02-30T00:00:00Z",   "2024-00-10T00:00:00Z",      "2024-13-10T00:00:00Z",
          "2024-01-00T00:00:00Z", "2024-01-32T00:00:00Z", "2024-04-31T00:00:00Z",   "2024-06-31T00:00:00Z",      "2024-09-31T00:00:00Z",
          "2024-11-31T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",   "2024-01-01T00:00:60Z",      "1969-12-31T23:59:59Z",
          "0000-01-01T00:00:00Z", "2024-01-01t00:00:00z", "2024-01-01T00:00:00.0Z", "2024-01-01T00:00:00+00:00", "2024-01-01 00:00:00Z"}) {
        CAPTURE(bad);
        CHECK_FALSE(acs::parse_iso8601(bad).has_value());
    }
    for (char const* fine : {"2000-02-29T00:00:00Z", "2024-01-31T00:00:00Z", "2024-03-31T00:00:00Z", "2024-05-31T00:00:00Z",
                             "2024-07-31T00:00:00Z", "2024-08-31T00:00:00Z", "2024-10-31T00:00:00Z", "2024-12-31T00:00:00Z"}) {
        CAPTURE(fine);
        CHECK(acs::parse_iso8601(fine).has_value());
    }
}

TEST_CASE("an HTTP date is an IMF-fixdate whose weekday is a name, right or not", "[core]") {
    std::string const good = "Thu, 26 Oct 2023 10:22:32 GMT";
    REQUIRE(acs::parse_http_date(good));
    for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(acs::parse_http_date(good.substr(0, size)).has_value());
    for (char const* name : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"})
        CHECK(acs::parse_http_date(replaced(good, 0, name)) == wall_time{1698315752});
    for (char const* bad : {"T1u, 26 Oct 2023 10:22:32 GMT",   "T{u, 26 Oct 2023 10:22:32 GMT", "Thx, 26 Oct 2023 10:22:32 GMT",
                            "thu, 26 Oct 2023 10:22:32 GMT",   "huF, 26 Oct 2023 10:22:32 GMT", "Thu, 26 oct 2023 10:22:32 GMT",
                            "Thu, 26 Okt 2023 10:22:32 GMT",   "Thu, 26 ctN 2023 10:22:32 GMT", "Thu, 26 Oct 2023 10:22:32 UTC",
                            "Thu, 26 Oct 2023 10:22:32 +0000", "Thu, 6 Oct 2023 10:22:32 GMT",  "Thu, 32 Oct 2023 10:22:32 GMT",
                            "Thu, 00 Oct 2023 10:22:32 GMT",   "Thu, 26 Oct 1969 10:22:32 GMT", "Thu, 26 Oct 2023 24:22:32 GMT",
                            "Thu, 26 Oct 2023 10:60:32 GMT",   "Thu, 26 Oct 2023 10:22:60 GMT", "Thursday, 26-Oct-23 10:22:32 GMT",
                            "Thu Oct 26 10:22:32 2023",        "Fri, 29 Feb 2023 10:22:32 GMT"}) {
        CAPTURE(bad);
        CHECK_FALSE(acs::parse_http_date(bad).has_value());
    }
}

}  // namespace test_core_time
