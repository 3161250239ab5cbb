// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/judge.hpp>

#include "support/catch.hpp"

#include <cstddef>

namespace test_exchange_judge {

using acs::advice;
using acs::effect;
using acs::end_reason;
using acs::error_class;
using acs::remedies;
using acs::remedy;
using acs::ruling;
using kind = acs::ruling::kind;

namespace {

constexpr bool is(ruling const& r, kind what, end_reason why = end_reason::none) { return r.what == what && r.why == why; }

constexpr advice throttled{error_class::throttling, remedy::backoff, true};
constexpr advice fault{error_class::server, remedy::backoff, true, true};
constexpr advice expired{error_class::clock, remedy::correct_clock, true};

static_assert(is(acs::judge(throttled, effect::once, {}, false), kind::wait));
static_assert(is(acs::judge(fault, effect::reads, {}, false), kind::wait));
static_assert(is(acs::judge(fault, effect::repeatable, {}, false), kind::wait));
static_assert(is(acs::judge(fault, effect::once, {}, false), kind::give_up, end_reason::may_have_run));
static_assert(is(acs::judge(expired, effect::once, {}, true), kind::sign_again));
static_assert(is(acs::judge(expired, effect::once, {}, false), kind::give_up, end_reason::no_server_time));
static_assert(is(acs::judge(expired, effect::once, {.clock = true}, true), kind::give_up, end_reason::remedy_used));

/// The rules of protocol 6.2 once more, as properties of the whole.
void check(advice const& a, effect of, remedies const& tried, bool server_time) {
    ruling const r = acs::judge(a, of, tried, server_time);
    bool const gives_up = r.what == kind::give_up;
    INFO("how " << static_cast<int>(a.how) << ", retry " << a.retry << ", may have run " << a.may_have_run << ", effect "
                << static_cast<int>(of) << ", tried " << tried.nonce << tried.clock << tried.credentials << ", time " << server_time);
    // A reason is given when, and only when, it gives up; limits are not its business.
    CHECK(gives_up == (r.why != end_reason::none));
    CHECK((r.why == end_reason::none || r.why == end_reason::final || r.why == end_reason::may_have_run ||
           r.why == end_reason::remedy_used || r.why == end_reason::no_server_time));
    // What can do harm, or can't help, is not done.
    if (!a.retry) CHECK(r.why == end_reason::final);
    if (a.retry && a.may_have_run && of == effect::once) CHECK(r.why == end_reason::may_have_run);
    if (r.why == end_reason::may_have_run) CHECK((a.retry && a.may_have_run && of == effect::once));
    // What is safe is done as the remedy says, each remedy once.
    if (!a.retry || (a.may_have_run && of == effect::once)) return;
    switch (a.how) {
        case remedy::backoff: CHECK(r.what == kind::wait); break;
        case remedy::new_nonce: CHECK(r.what == (tried.nonce ? kind::give_up : kind::sign_again)); break;
        case remedy::correct_clock: CHECK(r.what == (tried.clock || !server_time ? kind::give_up : kind::sign_again)); break;
        case remedy::refresh_credentials: CHECK(r.what == (tried.credentials ? kind::give_up : kind::refresh)); break;
        default: CHECK(r.why == end_reason::final);
    }
}

}  // namespace

TEST_CASE("of every advice, effect and history there is one ruling, by the rules", "[exchange]") {
    std::size_t checked = 0;
    for (int how = 0; how <= static_cast<int>(remedy::quota); ++how)
        for (bool const retry : {false, true})
            for (bool const may_have_run : {false, true})
                for (effect const of : {effect::reads, effect::repeatable, effect::once})
                    for (unsigned tried = 0; tried < 8; ++tried)
                        for (bool const server_time : {false, true}) {
                            advice const a{error_class::server, static_cast<remedy>(how), retry, may_have_run};
                            check(a, of, {(tried & 1) != 0, (tried & 2) != 0, (tried & 4) != 0}, server_time);
                            ++checked;
                        }
    CHECK(checked == 9 * 2 * 2 * 3 * 8 * 2);
}

TEST_CASE("a ruling does not depend on the class of the failure", "[exchange]") {
    for (int what = 0; what <= static_cast<int>(error_class::caller); ++what)
        for (int how = 0; how <= static_cast<int>(remedy::quota); ++how) {
            ruling const r = acs::judge({static_cast<error_class>(what), static_cast<remedy>(how), true}, effect::once, {}, true);
            ruling const s = acs::judge({error_class::auth, static_cast<remedy>(how), true}, effect::once, {}, true);
            CHECK(is(r, s.what, s.why));
        }
}

}  // namespace test_exchange_judge
