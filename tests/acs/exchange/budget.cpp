// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/budget.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "support/allocations.hpp"

namespace test_exchange_budget {

using acs::budget_limits;
using acs::call_budget;
using acs::tick;

namespace {

constexpr std::uint64_t second = 1000, day = 86'400'000;
constexpr tick never{UINT64_MAX};

/// The same, as slowly as can be: every call there ever was, and every millisecond from now on until one will do.
struct model {
    budget_limits limits{};
    std::vector<std::uint64_t> calls{};

    [[nodiscard]] bool is_free(std::uint64_t at) const {
        auto const within = [&](std::uint64_t window) {
            return std::count_if(calls.begin(), calls.end(), [&](std::uint64_t c) { return c <= at && at - c < window; });
        };
        if (limits.per_second != 0 && within(second) >= limits.per_second) return false;
        return limits.per_day == 0 || within(day) < limits.per_day;
    }
    /// Free times begin where a call of the past falls out of a window.
    [[nodiscard]] std::uint64_t next(std::uint64_t now) const {
        if (is_free(now)) return now;
        std::uint64_t best = UINT64_MAX;
        for (std::uint64_t const c : calls)
            for (std::uint64_t const window : {second, day})
                if (c + window > now && c + window < best && is_free(c + window)) best = c + window;
        return best;
    }
    [[nodiscard]] std::uint32_t spent(std::uint64_t now) const {
        return static_cast<std::uint32_t>(
            std::count_if(calls.begin(), calls.end(), [&](std::uint64_t c) { return c <= now && now - c < day; }));
    }
    /// As soon as it may, again and again: nobody makes more.
    [[nodiscard]] std::uint64_t most(std::uint64_t now, std::uint64_t until) const {
        model greedy = *this;
        std::uint64_t made = 0;
        for (std::uint64_t at = greedy.next(now); at <= until; at = greedy.next(at), ++made) greedy.calls.push_back(at);
        return made;
    }
};

/// Ten calls in two seconds at a budget of two a second and three a day: checked by the compiler.
constexpr bool right_in_constants() {
    std::array<std::uint32_t, 3> log{};
    call_budget budget{{.per_second = 2, .per_day = 3}, log};
    if (budget.next({0}) != tick{0}) return false;
    budget.take({0});
    if (budget.next({10}) != tick{10}) return false;
    budget.take({10});
    if (budget.next({20}) != tick{1000} || budget.next({1000}) != tick{1000}) return false;
    budget.take({1000});
    return budget.next({1005}) == tick{day} && budget.spent({1005}) == 3 && budget.most({1005}, {day}) == 1 && budget.spent({day}) == 2;
}
static_assert(right_in_constants());

/// Runs budget and model side by side: looks at each time, and calls where `calls_at` says so and it may.
template <class CallsAt>
void compare(budget_limits const& limits, std::size_t log_size, std::vector<std::uint64_t> const& times, CallsAt const& calls_at) {
    std::vector<std::uint32_t> log(log_size, 0xDEADBEEF);
    call_budget budget(limits, log);
    model slow{limits};
    for (std::size_t i = 0; i < times.size(); ++i) {
        std::uint64_t const now = times[i];
        std::uint64_t const due = slow.next(now);
        tick const told = budget.next({now});
        bool const counts = limits.per_day == 0 || budget.spent({now}) == slow.spent(now);
        if (told.ms != due || !counts) {  // assertions take longer than all the rest
            INFO("look " << i << " at " << now << ", " << limits.per_second << " a second, " << limits.per_day << " a day");
            REQUIRE(told.ms == due);
            REQUIRE(counts);
        }
        if (due == now && calls_at(i)) {
            budget.take({now});
            slow.calls.push_back(now);
        }
    }
}

}  // namespace

TEST_CASE("a budget agrees with a list of all calls, for every way to call in small domains", "[exchange]") {
    // Eight looks, 0, 250, 499, 500 or 1000 ms apart, and calls at each of them that may.
    constexpr std::array<std::uint64_t, 5> gaps{0, 250, 499, 501, 1000};
    for (std::uint32_t per_second = 0; per_second <= 3; ++per_second)
        for (std::uint32_t per_day : {0U, 2U, 4U}) {
            budget_limits const limits{per_second, per_day};
            for (std::uint32_t pattern = 0; pattern < 5 * 5 * 5 * 5 * 5; ++pattern) {
                std::vector<std::uint64_t> times{7};
                for (std::uint32_t left = pattern, i = 0; i < 5; ++i, left /= 5) times.push_back(times.back() + gaps[left % 5]);
                compare(limits, 4, times, [](std::size_t) { return true; });
            }
        }
}

TEST_CASE("a budget agrees with a list of all calls, over days and at random", "[exchange]") {
    std::mt19937_64 random(20201118);
    for (int round = 0; round < 300; ++round) {
        budget_limits const limits{static_cast<std::uint32_t>(random() % 4), static_cast<std::uint32_t>(random() % 7)};
        // Any beginning: that of the clock, or shortly before 32 bits of milliseconds are over.
        std::uint64_t now = round % 3 == 0 ? 0 : round % 3 == 1 ? (std::uint64_t{1} << 32) - random() % (2 * day) : random() >> 8;
        std::vector<std::uint64_t> times;
        for (int i = 0; i < 60; ++i) {
            times.push_back(now);
            std::uint64_t const by = random() % 6;
            now += by < 2 ? random() % 400 : by < 3 ? second - 1 + random() % 3 : by < 5 ? random() % (day / 4) : day - 1 + random() % 3;
        }
        std::uint64_t const chosen = random();
        INFO("round " << round);
        compare(limits, std::max<std::size_t>({limits.per_second, limits.per_day, 1}), times,
                [&](std::size_t i) { return (chosen >> (i % 64) & 1) != 0; });
    }
}

TEST_CASE("a budget is never exceeded in any second or day, whoever calls as soon as it may", "[exchange]") {
    for (std::uint64_t const begin : {std::uint64_t{0}, (std::uint64_t{1} << 32) - 3 * day / 2}) {
        std::array<std::uint32_t, 100> log{};
        call_budget budget({}, log);
        std::vector<std::uint64_t> calls;
        std::uint64_t now = begin;
        while (now < begin + 3 * day) {
            tick const free = budget.next({now});
            if (free.ms == now) {
                budget.take(free);
                calls.push_back(now);
            }
            now = std::max(free.ms, now + (calls.size() % 7 == 0 ? 130 : 0));
        }
        CHECK(calls.size() == 300);
        for (std::size_t i = 0; i + 5 < calls.size(); ++i) REQUIRE(calls[i + 5] - calls[i] >= second);
        for (std::size_t i = 0; i + 100 < calls.size(); ++i) REQUIRE(calls[i + 100] - calls[i] >= day);
    }
}

TEST_CASE("calls of long ago do not seem young when the counter comes round", "[exchange]") {
    for (std::uint64_t const pause : {day, 2 * day, std::uint64_t{1} << 32, (std::uint64_t{1} << 32) + 500, std::uint64_t{3} << 32}) {
        std::array<std::uint32_t, 2> log{};
        call_budget budget{{.per_second = 1, .per_day = 2}, log};
        budget.take({1000});
        budget.take({2000});
        CHECK(budget.next({2000 + pause}) == tick{2000 + pause});
        CHECK(budget.spent({2000 + pause}) == 0);
    }
}

TEST_CASE("A budget without a log lets nothing go, whichever limit it has, and counts to the end of time", "[exchange]") {
    for (budget_limits const limits : {budget_limits{1, 0}, budget_limits{0, 1}, budget_limits{5, 100}, budget_limits{0, 0}}) {
        call_budget none{limits, {}};
        bool const limited = limits.per_second != 0 || limits.per_day != 0;
        CHECK(none.next({5}) == (limited ? never : tick{5}));
    }
    std::vector<std::uint32_t> log(5'000);
    call_budget large{{.per_second = 5'000, .per_day = 0}, log};
    CHECK(large.most({0}, {UINT64_MAX}) == UINT64_MAX);
    CHECK(large.most({0}, {1'000}) >= 5'000);
    CHECK(large.most({0}, {1'000}) <= 10'000);
}

TEST_CASE("moments that come out of order do not make a budget forget", "[exchange]") {
    // Two callers read the clock; the later reading arrives first.
    std::array<std::uint32_t, 2> log{};
    call_budget budget{{.per_second = 1, .per_day = 2}, log};
    budget.take({5000});
    CHECK(budget.next({4990}) == tick{6000});
    CHECK(budget.spent({4000}) == 1);
    CHECK(budget.next({6000}) == tick{6000});
    // A call by an earlier reading counts as made by the later one.
    CHECK(budget.next({5999}) == tick{5999});
    budget.take({5999});
    CHECK(budget.spent({6000}) == 2);
    CHECK(budget.next({6000}) == tick{5000 + day});
}

TEST_CASE("most() is what the fastest caller makes of one limit, and no less than that of two", "[exchange]") {
    std::mt19937_64 random(7);
    for (int round = 0; round < 3000; ++round) {
        bool const both = round % 3 == 2;
        budget_limits const limits{round % 3 != 1 ? static_cast<std::uint32_t>(1 + random() % 3) : 0,
                                   round % 3 != 0 ? static_cast<std::uint32_t>(1 + random() % 4) : 0};
        std::array<std::uint32_t, 4> log{};
        call_budget budget(limits, log);
        model slow{limits};
        std::uint64_t const scale = limits.per_day != 0 && !both ? day : second;
        std::uint64_t now = random() % (2 * day);
        for (int i = 0; i < 6; ++i) {
            now += random() % (scale / 2);
            if (budget.next({now}) != tick{now}) continue;
            budget.take({now});
            slow.calls.push_back(now);
        }
        std::uint64_t const until = now + (random() % 4 == 0 ? scale : random() % (3 * scale));
        std::uint64_t const fastest = slow.most(now, until), told = budget.most({now}, {until});
        INFO("round " << round << ": " << limits.per_second << " and " << limits.per_day);
        if (both)
            CHECK(told >= fastest);
        else
            CHECK(told == fastest);
    }
}

TEST_CASE("most() at its ends", "[exchange]") {
    std::array<std::uint32_t, 100> log{};
    call_budget basic({}, log);
    CHECK(basic.most({500}, {500}) == 5);
    CHECK(basic.most({500}, {499}) == 0);
    CHECK(basic.most({500}, {500 + day - 1}) == 100);
    CHECK(basic.most({500}, {500 + day}) == 200);
    CHECK(basic.most({0}, never) > 1'000'000);
    call_budget free({.per_second = 0, .per_day = 0}, {});
    CHECK(free.most({0}, never) == UINT64_MAX);
    CHECK(free.most({0}, {0}) == UINT64_MAX);
    call_budget one({.per_second = 1, .per_day = 0}, log);
    CHECK(one.most({0}, never) == UINT64_MAX / second + 1);
}

TEST_CASE("calls of another process count as made at its end", "[exchange]") {
    std::array<std::uint32_t, 100> log{};
    SECTION("most of the day is left") {
        call_budget budget({}, log);
        budget.restore(97, 10'000, {4000});  // longer ago than this clock runs
        CHECK(budget.spent({4000}) == 97);
        CHECK(budget.next({4000}) == tick{4000});
        for (std::uint64_t i = 0; i < 3; ++i) budget.take({4000 + i});
        CHECK(budget.next({4003}) == tick{4000 + day - 10'000});
    }
    SECTION("a moment ago") {
        call_budget budget({}, log);
        budget.restore(5, 300, {4000});
        CHECK(budget.next({4000}) == tick{4700});
    }
    SECTION("yesterday") {
        call_budget budget({}, log);
        budget.restore(100, day, {4000});
        CHECK(budget.spent({4000}) == 0);
        CHECK(budget.next({4000}) == tick{4000});
        budget.restore(100, UINT64_MAX, {4000});
        CHECK(budget.spent({4000}) == 0);
    }
    SECTION("a millisecond less") {
        call_budget budget({}, log);
        budget.restore(100, day - 1, {4000});
        CHECK(budget.next({4000}) == tick{4001});
    }
    SECTION("more than there is room for") {
        call_budget budget({}, log);
        budget.restore(UINT32_MAX, 1000, {4000});
        CHECK(budget.spent({4000}) == 100);
        CHECK(budget.next({4000}) == tick{3000 + day});
    }
    SECTION("without a log") {
        call_budget budget({}, {});
        budget.restore(3, 1000, {4000});
        CHECK(budget.spent({4000}) == 0);
        CHECK(budget.next({4000}) == never);
    }
}

TEST_CASE("a smaller log lowers the limits to its size", "[exchange]") {
    std::array<std::uint32_t, 2> log{};
    call_budget budget({}, log);
    budget.take({0});
    CHECK(budget.next({0}) == tick{0});
    budget.take({0});
    CHECK(budget.next({0}) == tick{day});
    CHECK(budget.most({0}, {day}) == 2);
    call_budget none({}, {});
    CHECK(none.next({0}) == never);
    CHECK(none.most({0}, never) == 0);
    call_budget unlimited({.per_second = 0, .per_day = 0}, {});
    unlimited.take({5});
    CHECK(unlimited.next({5}) == tick{5});
}

TEST_CASE("no time overflows at the end of time", "[exchange]") {
    std::array<std::uint32_t, 1> log{};
    call_budget budget{{.per_second = 1, .per_day = 1}, log};
    tick const late{UINT64_MAX - 10};
    budget.take(late);
    CHECK(budget.next(late) == never);
}

TEST_CASE("a budget takes no memory from the heap", "[exchange]") {
    std::array<std::uint32_t, 100> log{};
    acs_tests::no_allocations watch;
    call_budget budget({}, log);
    for (std::uint64_t i = 0; i < 300; ++i)
        if (budget.next({i * 100}) == tick{i * 100}) budget.take({i * 100});
    bool const good = budget.spent({30'000}) == 100;
    watch.check();
    CHECK(good);
}

}  // namespace test_exchange_budget
