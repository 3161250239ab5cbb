// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/machine.hpp>

#include <acs/error/service_error.hpp>
#include <acs/exchange/judge.hpp>
#include <acs/message/reply.hpp>
#include <acs/operation/call.hpp>
#include <acs/signing/unsigned.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace test_exchange_machine {

using acs::action;
using acs::errc;
using acs::step;

namespace {

constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr acs::nobody first{}, second{};

/// The least of a machine: what `machine` says that it needs, and nothing else.
class least : public acs::machine<least, acs::nobody> {
    using base = acs::machine<least, acs::nobody>;
    friend base;

public:
    constexpr explicit least(acs::request_memory const& memory, acs::exchange_options const& options = {}, std::string_view action = "Act")
        : base(host, first, memory, options), action_(action) {}

    constexpr step start(acs::moment const& now) noexcept {
        if (!base::begin()) return base::due();
        base::begin_call(acs::later(now.now, 10'000));
        return base::send(now);
    }
    constexpr step on_reply(acs::reply const& answer, acs::moment const& now) noexcept {
        if (base::due().what != action::send) return base::due();
        return answer.status == 200 ? base::attempts().done() : base::fail(acs::answer_failure(answer), answer.fields, now);
    }
    constexpr step give_up() noexcept { return base::fail_for_good(acs::refuse(errc::outcome_unknown), acs::end_reason::may_have_run); }

    std::vector<std::int64_t>* dates{};

private:
    constexpr acs::result<acs::request> make(acs::moment const& now) const noexcept {
        if (dates != nullptr) dates->push_back(now.wall.seconds);
        return base::make(acs::call{action_, "2020-05-18"}, now, {});
    }
    [[nodiscard]] constexpr acs::effect repeating() const noexcept { return acs::effect::reads; }
    [[nodiscard]] constexpr std::span<acs::code_row const> codes() const noexcept { return {}; }

    std::string_view action_;
};

constexpr acs::moment at(std::uint64_t ms) { return {.wall = {1'700'000'000 + static_cast<std::int64_t>(ms / 1000)}, .now = {ms}}; }

constexpr acs::failure lost(errc code = errc::receive_failed, acs::delivery how_far = acs::delivery::unknown) {
    acs::failure f{};
    f.code = code;
    f.origin = acs::origin::transport;
    f.delivery = how_far;
    return f;
}

template <class Machine>
concept takes_temporary_credentials = requires(Machine& m) {
    m.on_credentials(acs::nobody{}, acs::moment{});
};
static_assert(!takes_temporary_credentials<least>);

/// The least machine in a constant expression.
constexpr bool least_runs() {
    acs::request_buffer<512, 16, 4> memory;
    least m(memory);
    if (m.has_begun() || m.is_over() || m.holds_answer() || m.due().what != action::wait) return false;
    if (m.start(at(0)) != step{action::send, 10'000, {}} || !m.has_begun()) return false;
    if (m.on_lost(lost(), at(1)) != step{action::wait, 0, {251}} || m.error().code != errc::receive_failed) return false;
    if (m.on_tick(at(251)).what != action::send) return false;
    return m.on_reply({200, {}, {}}, at(260)).what == action::done && m.is_over() && m.history().attempts == 2;
}
static_assert(least_runs());

}  // namespace

TEST_CASE("the failure that a wait or a refresh follows can be looked at, and so can the request once it is sent", "[exchange]") {
    acs::request_buffer<> memory;
    least m(memory);
    m.start(at(0));
    CHECK(acs::find_field(m.request().fields, "x-acs-action") == "Act");
    m.on_lost(lost(errc::connect_failed, acs::delivery::not_sent), at(10));
    CHECK(m.error().code == errc::connect_failed);
    m.on_tick(at(260));
    CHECK(acs::find_field(m.request().fields, "x-acs-action") == "Act");
    std::string body = R"({"Code":"InvalidSecurityToken.Expired"})";
    CHECK(m.on_reply({400, {}, body}, at(270)).what == action::refresh);
    CHECK(m.error().service.code == "InvalidSecurityToken.Expired");
    CHECK(m.on_credentials(second, at(280)).what == action::send);
    CHECK(acs::find_field(m.request().fields, "x-acs-action") == "Act");
}

TEST_CASE("the failure can be looked at when signing again has to wait for the budget", "[exchange]") {
    std::array<std::uint32_t, 2> log{};
    acs::call_budget budget{{.per_second = 1, .per_day = 2}, log};
    acs::request_buffer<> memory;
    least m(memory, {.budget = &budget});
    m.start(at(0));
    std::string body = R"({"Code":"SignatureNonceUsed"})";
    CHECK(m.on_reply({400, {}, body}, at(10)) == step{action::wait, 0, {1000}});
    CHECK(m.error().service.code == "SignatureNonceUsed");
    CHECK(m.cancel().what == action::failed);
    CHECK(m.error().code == errc::cancelled);
}

TEST_CASE("a request that can't be made ends the call, also if attempts were made before", "[exchange]") {
    acs::request_buffer<> memory;
    least m(memory, {.clock_offset = 0}, "Bad Action\n");
    CHECK(m.start(at(0)).what == action::failed);
    CHECK(m.error().origin == acs::origin::caller);
    CHECK(m.error().history.attempts == 0);
    CHECK(m.error().history.why == acs::end_reason::final);
    CHECK(m.error().delivery == acs::delivery::not_sent);

    least late(memory);
    late.start(at(0));
    late.on_lost(lost(), at(10));
    acs::moment never_set = at(260);
    never_set.wall = {-1};
    CHECK(late.on_tick(never_set).what == action::failed);
    CHECK(late.error().code == errc::invalid_time);
    CHECK(late.error().history.attempts == 1);
    CHECK(late.error().delivery == acs::delivery::unknown);  // the first may have run
}

TEST_CASE("a call that can't be made spends nothing of the budget", "[exchange]") {
    std::array<std::uint32_t, 2> log{};
    acs::call_budget budget{{.per_second = 1, .per_day = 2}, log};
    acs::request_buffer<> memory;
    least m(memory, {.budget = &budget}, "Bad Action\n");
    m.start(at(0));
    CHECK(budget.spent({0}) == 0);
}

TEST_CASE("calls that share a budget keep it together", "[exchange]") {
    std::array<std::uint32_t, 100> log{};
    acs::call_budget budget{{.per_second = 2, .per_day = 100}, log};
    std::array<acs::request_buffer<>, 5> memory;
    std::vector<least> calls;
    for (auto& m : memory) calls.emplace_back(m, acs::exchange_options{.budget = &budget});
    std::vector<std::uint64_t> sent;
    std::vector<std::uint64_t> sends_of(calls.size());
    for (std::uint64_t ms = 0; ms < 9000; ms += 10)
        for (std::size_t i = 0; i < calls.size(); ++i) {
            if (calls[i].is_over()) continue;
            step s = calls[i].has_begun() ? calls[i].on_tick(at(ms)) : calls[i].start(at(ms));
            while (s.what == action::send) {
                sent.push_back(ms);
                ++sends_of[i];
                s = calls[i].on_lost(lost(), at(ms));
            }
        }
    for (std::size_t i = 0; i + 2 < sent.size(); ++i) CHECK(sent[i + 2] - sent[i] >= 1000);
    CHECK(sent.size() >= 10);
    CHECK(budget.spent({9000}) == sent.size());
    for (std::size_t i = 0; i < calls.size(); ++i) CHECK(calls[i].history().attempts == sends_of[i]);
}

TEST_CASE("what is made of a moment has the server's time", "[exchange]") {
    acs::request_buffer<> memory;
    std::vector<std::int64_t> dates;
    least m(memory, {.clock_offset = -50});
    m.dates = &dates;
    m.start(at(0));
    std::string body = R"({"Code":"IllegalTimestamp"})";
    std::array const fields{acs::field{"date", "Tue, 14 Nov 2023 23:13:20 GMT"}};
    CHECK(m.on_reply({400, fields, body}, at(0)).what == action::send);
    m.on_lost(lost(), at(1000));
    m.on_tick(at(9000));
    CHECK(dates == std::vector<std::int64_t>{1'699'999'950, 1'700'003'600, 1'700'003'609});
    CHECK(m.clock_offset() == 3600);
}

TEST_CASE("an end that a machine decides on lasts, with its reason", "[exchange]") {
    acs::request_buffer<> memory;
    least m(memory);
    m.start(at(0));
    CHECK(m.give_up().what == action::failed);
    CHECK(m.error().code == errc::outcome_unknown);
    CHECK(m.error().history.why == acs::end_reason::may_have_run);
    CHECK(m.on_lost(lost(), at(10)).what == action::failed);
    CHECK(m.cancel().what == action::failed);
    CHECK(m.error().code == errc::outcome_unknown);
}

TEST_CASE("any inputs in any order: the step returned is the one that is due, and what is over stays so", "[exchange]") {
    std::mt19937 random(3);
    for (int round = 0; round < 3000; ++round) {
        acs::request_buffer<> memory;
        std::array<std::uint32_t, 8> log{};
        acs::call_budget budget{{.per_second = 3, .per_day = 8}, log};
        least m(memory, {.budget = round % 2 != 0 ? &budget : nullptr});
        std::uint64_t ms = 0, planned = 0;
        std::uint16_t sends = 0;
        for (int i = 0; i < 25; ++i) {
            ms += random() % 3 == 0 ? random() % 1500 : 0;
            step const before = m.due();
            bool const was_over = m.is_over();
            std::string body = random() % 4 == 0 ? R"({"Code":"Forbidden"})" : random() % 3 == 0 ? R"({"Code":"SignatureNonceUsed"})" : "";
            std::uint16_t const status = random() % 8 == 0 ? 200 : body.empty() ? 503 : 400;
            unsigned const what = static_cast<unsigned>(random() % 16);
            step const s = what < 4            ? m.on_reply({status, {}, body}, at(ms))
                           : what < 6          ? m.on_lost(lost(), at(ms))
                           : what < 12         ? m.on_tick(at(ms))
                           : what < 13         ? m.start(at(ms))
                           : what < 14         ? m.on_credentials(second, at(ms))
                           : what < 15         ? m.on_no_credentials()
                           : random() % 4 == 0 ? m.cancel()
                                               : m.due();
            REQUIRE(s == m.due());
            if (was_over) REQUIRE(s == before);
            REQUIRE(m.history().attempts - sends <= 1);
            bool const is_new = m.history().attempts != sends;
            sends = m.history().attempts;
            if (is_new) REQUIRE(s.what == action::send);
            REQUIRE(m.history().waited_ms >= planned);
            planned = m.history().waited_ms;
            if (s.what == action::send) REQUIRE_FALSE(m.request().target.empty());
            if (s.what == action::failed) REQUIRE(m.error().history.why != acs::end_reason::none);
            if (s.what == action::done || s.what == action::failed) REQUIRE(m.is_over());
        }
    }
}

}  // namespace test_exchange_machine
