// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/server_clock.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace test_exchange_server_clock {

namespace {

constexpr std::int64_t ours = 1'700'000'000;  // Tue, 14 Nov 2023 22:13:20 GMT

constexpr std::optional<std::int64_t> learnt(std::string_view date, std::int64_t now = ours) {
    std::array const fields{acs::field{"server", "Tengine"}, acs::field{"Date", date}};
    return acs::learn_clock_offset(fields, {now});
}

static_assert(learnt("Tue, 14 Nov 2023 22:13:20 GMT") == 0);
static_assert(learnt("Tue, 14 Nov 2023 22:30:00 GMT") == 1000);
static_assert(learnt("Tue, 14 Nov 2023 21:56:40 GMT") == -1000);
static_assert(acs::learn_clock_offset({}, {ours}) == std::nullopt);

}  // namespace

TEST_CASE("a date is believed from the version of the API on, and for a generation", "[exchange]") {
    CHECK(learnt("Mon, 18 May 2020 00:00:00 GMT") == 1'589'760'000 - ours);
    CHECK_FALSE(learnt("Sun, 17 May 2020 23:59:59 GMT"));
    CHECK(learnt("Sat, 01 Jan 2050 00:00:00 GMT") == 2'524'608'000 - ours);
    CHECK_FALSE(learnt("Sat, 01 Jan 2050 00:00:01 GMT"));
    CHECK_FALSE(learnt("Thu, 01 Jan 1970 00:00:00 GMT"));
    CHECK_FALSE(learnt("Fri, 14 Nov 2064 22:13:20 GMT"));
}

TEST_CASE("no date is learnt from what is none", "[exchange]") {
    for (std::string const date :
         {"", "now", "1700000000", "2023-11-14T22:13:20Z", "Tue, 14 Nov 2023 22:13:20", "Tue, 31 Feb 2023 22:13:20 GMT",
          "Tuesday, 14-Nov-23 22:13:20 GMT", "Tue Nov 14 22:13:20 2023", "Tue, 14 Nov 2023 22:13:20 CET"}) {
        INFO(date);
        CHECK_FALSE(learnt(date));
    }
}

TEST_CASE("our own clock may say anything", "[exchange]") {
    // 2023-11-14T22:13:20Z seen from a clock that starts at 0, and from the ends of its type, where the difference wraps.
    CHECK(learnt("Tue, 14 Nov 2023 22:13:20 GMT", 0) == ours);
    CHECK(learnt("Tue, 14 Nov 2023 22:13:20 GMT", -5) == ours + 5);
    for (std::int64_t const now : {INT64_MIN, INT64_MIN + 1, INT64_MAX}) {
        auto const offset = learnt("Tue, 14 Nov 2023 22:13:20 GMT", now);
        REQUIRE(offset);
        CHECK(static_cast<std::uint64_t>(now) + static_cast<std::uint64_t>(*offset) == std::uint64_t{ours});
    }
}

}  // namespace test_exchange_server_clock
