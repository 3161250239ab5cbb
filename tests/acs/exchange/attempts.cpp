// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/attempts.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace test_exchange_attempts {

using acs::action;
using acs::advice;
using acs::attempts;
using acs::effect;
using acs::end_reason;
using acs::error_class;
using acs::remedy;
using acs::step;
using acs::tick;

namespace {

constexpr tick never{UINT64_MAX};
constexpr advice fault{error_class::server, remedy::backoff, true, true};
constexpr advice throttled{error_class::throttling, remedy::backoff, true};
constexpr advice expired{error_class::clock, remedy::correct_clock, true};
constexpr advice old_token{error_class::auth, remedy::refresh_credentials, true};
constexpr advice used_nonce{error_class::signature, remedy::new_nonce, true, true};
constexpr advice refused{error_class::request, remedy::none};

constexpr acs::moment at(std::uint64_t ms) { return {.wall = {1'700'000'000 + static_cast<std::int64_t>(ms / 1000)}, .now = {ms}}; }

constexpr acs::failure asking(std::uint32_t wait_ms) {
    acs::failure f{};
    f.wait_ms = wait_ms;
    return f;
}

constexpr attempts begun(acs::retry_policy const& policy, tick deadline, acs::call_budget* budget = nullptr) {
    attempts a(policy, budget, 0);
    a.begin_until(deadline);
    return a;
}

constexpr step sending(std::uint32_t timeout_ms) { return {action::send, timeout_ms, {}}; }
constexpr step waiting(std::uint64_t until) { return {action::wait, 0, {until}}; }
constexpr step over{action::failed, 0, {}};

/// Two attempts and what is between, checked by the compiler.
constexpr bool two_attempts() {
    attempts a = begun({.max_attempts = 2}, {10'000});
    if (a.permit({100}) != sending(9900) || a.history().attempts != 0) return false;
    if (a.sent({100}) != sending(9900) || a.due() != sending(9900)) return false;
    if (a.fail({}, fault, effect::reads, {}, at(200)) != waiting(450) || a.due() != waiting(450)) return false;
    if (a.permit({450}) != sending(9550) || a.sent({450}) != sending(9550)) return false;
    if (a.fail({}, fault, effect::reads, {}, at(500)) != over || a.due() != over) return false;
    acs::history const& h = a.history();
    return h.attempts == 2 && h.waited_ms == 250 && h.may_have_run && h.why == end_reason::attempts && a.calls() == 2;
}
static_assert(two_attempts());

constexpr std::array server_date{acs::field{"date", "Tue, 14 Nov 2023 23:13:20 GMT"}};  // 1 700 003 600

}  // namespace

TEST_CASE("an attempt may go until the deadline, and takes no longer", "[exchange]") {
    attempts a = begun({.attempt_timeout_ms = 3000}, {10'000});
    CHECK(a.permit({0}) == sending(3000));
    CHECK(a.permit({7000}) == sending(3000));
    CHECK(a.permit({7001}) == sending(2999));
    CHECK(a.permit({9999}) == sending(1));
    CHECK(a.permit({10'000}) == over);
    CHECK(a.history().why == end_reason::deadline);
    CHECK(begun({.attempt_timeout_ms = 0}, never).permit({5}) == sending(0));
    CHECK(begun({.attempt_timeout_ms = 0}, {5 + 7'000'000'000}).permit({5}) == sending(0));  // longer than the field can say
    CHECK(begun({.attempt_timeout_ms = 0}, {5 + 4'000'000'000}).permit({5}) == sending(4'000'000'000));
    CHECK(begun({.attempt_timeout_ms = UINT32_MAX}, never).permit({5}) == sending(0));
    CHECK(begun({}, {0}).permit({0}) == over);
}

TEST_CASE("an attempt that goes later than it was permitted, past the deadline, has no time left, not all there is", "[exchange]") {
    attempts a = begun({.attempt_timeout_ms = 0}, {10'000});
    CHECK(a.permit({9999}) == sending(1));
    CHECK(a.sent({10'000}) == sending(1));
    CHECK(a.sent({10'007}) == sending(1));
}

TEST_CASE("a wait that the service asks for is kept, as far as the policy lets it", "[exchange]") {
    auto const wait = [](std::uint32_t asked, std::uint32_t longest) {
        attempts a = begun({.max_asked_wait_ms = longest}, never);
        a.sent({0});
        return a.fail(asking(asked), throttled, effect::once, {}, at(1000)).until.ms - 1000;
    };
    CHECK(wait(1, 60'000) == 1);
    CHECK(wait(1500, 60'000) == 1500);
    CHECK(wait(60'000, 60'000) == 60'000);
    CHECK(wait(60'001, 60'000) == 60'000);
    CHECK(wait(UINT32_MAX, 60'000) == 60'000);
    CHECK(wait(UINT32_MAX, UINT32_MAX) == UINT32_MAX);
    CHECK(wait(0, 60'000) == 250);
    CHECK(wait(1500, 0) == 250);  // no asked wait is taken: ours
}

TEST_CASE("a wait ends before the deadline, or is not begun", "[exchange]") {
    for (std::uint64_t const deadline : {1998U, 1999U, 2000U, 2001U, 2002U}) {
        attempts a = begun({}, {deadline});
        a.sent({0});
        step const s = a.fail(asking(1000), throttled, effect::once, {}, at(1000));
        CHECK(s == (deadline > 2000 ? waiting(2000) : over));
        CHECK(a.history().waited_ms == (deadline > 2000 ? 1000 : 0));
        CHECK(a.history().why == (deadline > 2000 ? end_reason::none : end_reason::deadline));
    }
    // At the end of time nothing overflows.
    attempts a = begun({}, never);
    a.sent({UINT64_MAX - 10});
    CHECK(a.fail(asking(1000), throttled, effect::once, {}, at(UINT64_MAX - 10)) == over);
}

TEST_CASE("attempts are counted against the policy, whatever repeats them", "[exchange]") {
    for (std::uint16_t max = 0; max <= 5; ++max)
        for (advice const& what : {fault, used_nonce, expired, old_token}) {
            attempts a = begun({.max_attempts = max}, never);
            std::uint16_t made = 0;
            bool remedied = false;
            do {
                a.sent({1000});
                ++made;
                step const s = a.fail({}, remedied ? fault : what, effect::reads, server_date, at(1000));
                remedied = true;
                if (s.what == action::failed) break;
            } while (made < 20);
            CHECK(made == std::max<std::uint16_t>(max, 1));
            CHECK(a.history().attempts == made);
            CHECK(a.history().why == end_reason::attempts);
        }
}

TEST_CASE("each remedy is used once in a call, and again in the next", "[exchange]") {
    attempts a = begun({.max_attempts = 20}, never);
    for (int call = 0; call < 2; ++call) {
        for (advice const& what : {used_nonce, expired, old_token}) {
            a.sent({0});
            CHECK(a.fail({}, what, effect::reads, server_date, at(0)).what ==
                  (what.how == remedy::refresh_credentials ? action::refresh : action::send));
        }
        for (advice const& what : {used_nonce, expired, old_token}) {
            a.sent({0});
            CHECK(a.fail({}, what, effect::reads, server_date, at(0)) == over);
            CHECK(a.history().why == end_reason::remedy_used);
        }
        CHECK(a.history().attempts == 6);
        a.begin_until(never);
        CHECK(a.history().attempts == 0);
        CHECK(a.history().why == end_reason::none);
    }
    CHECK(a.calls() == 12);
}

TEST_CASE("what is learnt of the clock adds up, and outlives the call", "[exchange]") {
    attempts a({}, nullptr, 100);
    a.begin_until(never);
    CHECK(a.corrected(at(0)).wall.seconds == 1'700'000'100);
    CHECK(a.corrected(at(7000)).now == tick{7000});
    a.sent({0});
    CHECK(a.fail({}, expired, effect::once, server_date, at(0)).what == action::send);
    CHECK(a.clock_offset() == 3600);
    CHECK(a.corrected(at(5000)).wall.seconds == 1'700'003'605);
    a.begin_until(never);
    CHECK(a.clock_offset() == 3600);
    // A date is not taken from an answer that does not complain of ours.
    constexpr std::array other{acs::field{"date", "Tue, 14 Nov 2023 20:00:00 GMT"}};
    a.sent({0});
    a.fail({}, fault, effect::reads, other, at(0));
    CHECK(a.clock_offset() == 3600);
    // Any offset can be given; what makes no sense is refused when a request is made.
    attempts const wild({}, nullptr, INT64_MAX);
    CHECK(wild.corrected(at(0)).wall.seconds == static_cast<std::int64_t>(std::uint64_t{INT64_MAX} + 1'700'000'000));
}

TEST_CASE("the clock is not set by an answer without a date to believe", "[exchange]") {
    for (auto const* date : {"", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 14 Nov 2064 22:13:20 GMT"}) {
        std::array const fields{acs::field{"date", date}};
        attempts a = begun({}, never);
        a.sent({0});
        CHECK(a.fail({}, expired, effect::reads, fields, at(0)) == over);
        CHECK(a.history().why == end_reason::no_server_time);
        CHECK(a.clock_offset() == 0);
    }
}

TEST_CASE("a budget delays an attempt, or ends the call if that takes beyond its deadline", "[exchange]") {
    std::array<std::uint32_t, 2> log{};
    acs::call_budget budget{{.per_second = 1, .per_day = 2}, log};
    attempts a = begun({}, {5000}, &budget), b = begun({}, {5000}, &budget);
    CHECK(a.permit({0}) == sending(5000));
    CHECK(a.permit({0}) == sending(5000));  // asking spends nothing
    a.sent({0});
    CHECK(b.permit({0}) == waiting(1000));
    CHECK(b.history().waited_ms == 1000);
    CHECK(b.permit({1000}) == sending(4000));
    b.sent({1000});
    CHECK(budget.spent({1000}) == 2);
    CHECK(a.permit({2000}) == over);
    CHECK(a.history().why == end_reason::budget);
    CHECK(begun({}, {1000 + 86'400'000}, &budget).permit({2000}) == waiting(86'400'000));
    CHECK(begun({}, {86'400'000}, &budget).permit({2000}) == over);
    acs::call_budget none({}, {});
    CHECK(begun({}, never, &none).permit({0}) == over);
}

TEST_CASE("waits add up as they were planned, and never beyond their type", "[exchange]") {
    attempts a = begun({}, never);
    a.wait({300}, {100});
    a.wait({250}, {300});  // over already
    CHECK(a.history().waited_ms == 200);
    a.wait({200'000'000}, {0});
    CHECK(a.history().waited_ms == 200'000'200);
    a.wait(never, {0});
    CHECK(a.history().waited_ms == UINT32_MAX);
    a.wait({10}, {0});
    CHECK(a.history().waited_ms == UINT32_MAX);
}

TEST_CASE("what may have run stays so, and the failure says it", "[exchange]") {
    using acs::delivery;
    auto const told = [](attempts const& a, delivery how_far) {
        acs::failure f{};
        f.delivery = how_far;
        a.tell(f);
        CHECK(f.history.attempts == a.history().attempts);
        return f.delivery;
    };
    attempts a = begun({.max_attempts = 9}, never);
    a.sent({0});
    a.fail({}, throttled, effect::once, {}, at(0));
    CHECK_FALSE(a.history().may_have_run);
    CHECK(told(a, delivery::not_sent) == delivery::not_sent);
    a.sent({0});
    a.fail({}, fault, effect::reads, {}, at(0));
    a.sent({0});
    a.fail({}, refused, effect::reads, {}, at(0));
    CHECK(a.history().may_have_run);
    CHECK(a.history().why == end_reason::final);
    CHECK(told(a, delivery::not_sent) == delivery::unknown);
    CHECK(told(a, delivery::unknown) == delivery::unknown);
    CHECK(told(a, delivery::answered) == delivery::answered);
    a.begin_until(never);
    CHECK_FALSE(a.history().may_have_run);
}

TEST_CASE("a call that is cancelled may have run if an attempt was on its way", "[exchange]") {
    attempts fresh = begun({}, never), sent = fresh, waits = fresh, asks = fresh;
    CHECK(fresh.cancel() == over);
    CHECK_FALSE(fresh.history().may_have_run);
    sent.sent({0});
    CHECK(sent.cancel() == over);
    CHECK(sent.history().may_have_run);
    waits.sent({0});
    waits.fail({}, throttled, effect::once, {}, at(0));
    CHECK(waits.cancel() == over);
    CHECK_FALSE(waits.history().may_have_run);
    asks.sent({0});
    asks.fail({}, old_token, effect::once, {}, at(0));
    CHECK(asks.cancel() == over);
    CHECK_FALSE(asks.history().may_have_run);
    for (attempts const* a : {&fresh, &sent, &waits, &asks}) CHECK(a->history().why == end_reason::cancelled);
}

}  // namespace test_exchange_attempts
