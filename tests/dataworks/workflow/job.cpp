// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/workflow/job.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/job_driver.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test_dataworks_workflow_job {

using acs::action;
using acs_tests::creating;
using acs_tests::creating_batch;
using acs_tests::job_clock;
using acs_tests::job_process;
using acs_tests::updating;
using acs_tests::updating_batch;
using dataworks::job_phase;
namespace t = acs::testing;

namespace {

using creating_process = job_process<dataworks::new_sync_task>;
using updating_process = job_process<dataworks::changed_sync_task>;

constexpr std::string_view generated = R"({"Success":true,"RequestId":"r","Data":{"Status":"true","ProcessId":10}})";

/// Hands a job an answer with that body.
template <class Process>
acs::step answer(Process& p, job_clock& clock, std::string& body, std::uint16_t status = 200) {
    return p.job.on_reply({status, {}, body}, clock.now());
}

/// What a job says to the answer to its first call.
struct verdict_on_answer {
    action what{};
    acs::errc code{};
    acs::origin origin{};
    std::string where{}, message{}, request_id{};
    bool generation{};
    std::optional<std::int64_t> process_id{};
};

template <class Process>
verdict_on_answer said(Process& p, acs::step const& s) {
    verdict_on_answer v{.what = s.what};
    if (s.what == action::failed || (s.what == action::wait && p.job.history().attempts != 0)) {
        acs::failure const& f = p.job.error();
        v = {s.what,
             f.code,
             f.origin,
             std::string(f.where),
             std::string(f.service.message),
             std::string(f.service.request_id),
             p.job.left_running().generation,
             p.job.left_running().process_id};
    }
    return v;
}

verdict_on_answer after_generating(std::string body) {
    job_clock clock;
    creating_process p(creating);
    REQUIRE(p.job.start(clock.now()).what == action::send);
    return said(p, answer(p, clock, body));
}

template <class Process, class Plan>
verdict_on_answer after_asking(Plan const& plan, std::string body) {
    job_clock clock;
    Process p(plan);
    p.job.start(clock.now());
    std::string first(generated);
    acs::step const s = answer(p, clock, first);
    REQUIRE(s.what == action::wait);
    clock.pass(s.wait_ms({clock.ms}));
    REQUIRE(p.job.on_tick(clock.now()).what == action::send);
    return said(p, answer(p, clock, body));
}

/// A process with its first call answered `so` that the next one is due: at the phase, before its first request.
template <class Process>
void advance_to(Process& p, t::gateway& g, job_clock& clock, job_phase phase) {
    p.job.start(clock.now());
    while (p.job.progress().phase != phase || p.job.due().what != action::send) p.carry_out(g, clock);
}

}  // namespace

TEST_CASE("What generating answers, and what that comes to", "[workflow]") {
    auto const data = [](std::string const& text) { return R"({"Success":true,"RequestId":"r","Data":)" + text + "}"; };
    CHECK(after_generating(std::string(generated)).what == action::wait);
    CHECK(after_generating(data(R"({"ProcessId":"10"})")).what == action::wait);
    CHECK(after_generating(data(R"({"ProcessId":10,"Status":"success","Message":"x"})")).what == action::wait);
    CHECK(after_generating(data(R"({"ProcessId":9999999999999999})")).what == action::wait);

    auto const failed = after_generating(data(R"({"ProcessId":10,"Status":"fail","Message":"no such table"})"));
    CHECK(failed.what == action::failed);
    CHECK(acs::name(failed.code) == "process_failed");
    CHECK(failed.origin == acs::origin::service);
    CHECK(failed.message == "no such table");
    CHECK(failed.request_id == "r");
    CHECK_FALSE(failed.generation);

    // Accepted, but without an id to ask with: the service's fault, and a process may be under way.
    for (char const* const text : {"null", "{}", R"({"Status":"true"})", R"({"ProcessId":null})", R"({"ProcessId":0,"Status":"true"})",
                                   R"({"ProcessId":-10})", R"({"ProcessId":10000000000000000})"}) {
        INFO(text);
        auto const v = after_generating(data(text));
        CHECK(v.what == action::failed);
        CHECK(acs::name(v.code) == "process_failed");
        CHECK(v.origin == acs::origin::service);
        CHECK(v.where == "ProcessId");
        CHECK(v.generation);
    }
    CHECK(acs::name(after_generating(R"({"RequestId":"r"})").code) == "process_failed");
    CHECK(acs::name(after_generating(R"({"RequestId":"r","Success":false,"ErrorCode":"X","ErrorMessage":"y"})").code) == "service_refused");
}

TEST_CASE("What a question answers, and what that comes to", "[workflow]") {
    auto const data = [](std::string const& text) { return R"({"Success":true,"RequestId":"r","Data":)" + text + "}"; };
    for (char const* const text : {"null", "{}", R"({"Status":null})", R"({"Status":""})", R"({"Status":"running"})",
                                   R"({"Status":"SUCCESS"})", R"({"Status":"true"})", R"({"TaskContent":"x"})",
                                   R"({"Status":"a status that is longer than thirty-two bytes are"})", R"({"Message":"x is invalid"})"}) {
        INFO(text);
        CHECK(after_asking<creating_process>(creating, data(text)).what == action::wait);
    }
    CHECK(after_asking<creating_process>(creating, data(R"({"Status":"success","TaskContent":"x"})")).what == action::send);
    CHECK(after_asking<creating_process>(creating, data(R"({"Status":"success","Message":"y","TaskContent":" "})")).what == action::send);

    auto const failed = after_asking<creating_process>(creating, data(R"({"Status":"fail","Message":"no","TaskContent":"x"})"));
    CHECK(failed.what == action::failed);
    CHECK(acs::name(failed.code) == "process_failed");
    CHECK(failed.message == "no");
    CHECK_FALSE(failed.process_id);

    // Ready, but empty: neither kind of task is made of that.
    for (char const* const text :
         {R"({"Status":"success"})", R"({"Status":"success","TaskContent":null})", R"({"Status":"success","TaskContent":""})"})
        for (auto const& v : {after_asking<creating_process>(creating, data(text)), after_asking<updating_process>(updating, data(text))}) {
            INFO(text);
            CHECK(v.what == action::failed);
            CHECK(acs::name(v.code) == "process_failed");
            CHECK(v.origin == acs::origin::service);
            CHECK(v.where == "TaskContent");
            CHECK(v.request_id == "r");
        }
}

TEST_CASE("What the last call answers, and what that comes to", "[workflow]") {
    auto const after = [](std::string body) {
        job_clock clock;
        creating_process p(creating_batch);
        REQUIRE(p.job.start(clock.now()).what == action::send);
        return said(p, answer(p, clock, body));
    };
    CHECK(after(R"({"Success":true,"Data":{"FileId":7,"Status":"success"}})").what == action::done);
    CHECK(after(R"({"Success":true,"Data":{"FileId":7}})").what == action::done);
    auto const failed = after(R"({"Success":true,"RequestId":"r","Data":{"Status":"fail","Message":"no such folder"}})");
    CHECK(failed.what == action::failed);
    CHECK(acs::name(failed.code) == "process_failed");
    CHECK(failed.message == "no such folder");
}

TEST_CASE("Tokens differ from phase to phase and stay the same from attempt to attempt", "[workflow]") {
    auto g = acs_tests::job_gateway();
    for (char const* const action : {"GenerateDISyncTaskConfigForCreating", "CreateDISyncTask"})
        g.answers().then(action, t::throttle(10)).then(action, t::error(503, "ServiceUnavailable")).then(action, t::success());
    job_clock clock;
    creating_process p(creating);
    p.job.start(clock.now());
    REQUIRE(p.run(g, clock).what == action::done);
    std::vector<std::string> tokens, nonces;
    for (t::seen const& s : g.record()) {
        if (auto const token = s.request.param_of("ClientToken")) tokens.emplace_back(*token);
        nonces.emplace_back(s.request.field_of("x-acs-signature-nonce"));
    }
    REQUIRE(tokens.size() == 6);
    CHECK(tokens[0].size() == 32);
    CHECK(tokens[0] == tokens[1]);
    CHECK(tokens[0] == tokens[2]);
    CHECK(tokens[3] != tokens[0]);
    CHECK(tokens[3] == tokens[4]);
    CHECK(tokens[3] == tokens[5]);
    for (std::string const& nonce : nonces) CHECK((nonce != tokens[0] && nonce != tokens[3]));

    // One token in the options would be the same for two calls, which are two things to the service.
    auto g3 = acs_tests::job_gateway();
    creating_process given(creating, {.prepare = {.client_token = "one for all"}});
    given.job.start(clock.now());
    REQUIRE(given.run(g3, clock).what == action::done);
    CHECK(acs_tests::last_param(g3, "GenerateDISyncTaskConfigForCreating", "ClientToken").size() == 32);
    CHECK(acs_tests::last_param(g3, "CreateDISyncTask", "ClientToken").size() == 32);

    // A plan's own come first.
    auto plan = creating;
    plan.generation_token = "mine to generate";
    plan.client_token = "mine to create";
    auto g2 = acs_tests::job_gateway();
    creating_process own(plan);
    own.job.start(clock.now());
    REQUIRE(own.run(g2, clock).what == action::done);
    CHECK(acs_tests::last_param(g2, "GenerateDISyncTaskConfigForCreating", "ClientToken") == "mine to generate");
    CHECK(acs_tests::last_param(g2, "CreateDISyncTask", "ClientToken") == "mine to create");
}

TEST_CASE("Progress tells phase, attempts, status, calls and when it goes on", "[workflow]") {
    auto g = acs_tests::job_gateway();
    std::string const ask = "QueryDISyncTaskConfigProcessResult";
    g.answers().then(ask, t::pending()).then(ask, t::throttle(4000)).then(ask, t::success());
    job_clock clock;
    creating_process p(creating, {}, {.first_wait_ms = 2000, .growth_percent = 200, .max_wait_ms = 60'000});

    auto const told = [&](job_phase phase, unsigned attempts, unsigned questions, unsigned calls, std::string_view status, bool has_id,
                          std::optional<std::uint64_t> in) {
        dataworks::job_progress const now = p.job.progress();
        CHECK(now.phase == phase);
        CHECK(now.attempts == attempts);
        CHECK(now.questions == questions);
        CHECK(now.calls == calls);
        CHECK(now.status == status);
        CHECK(now.process_id.has_value() == has_id);
        CHECK(now.next.has_value() == in.has_value());
        if (now.next && in) CHECK(now.next->ms - clock.ms == *in);
    };
    p.job.start(clock.now());
    told(job_phase::generating, 1, 0, 1, "", false, {});
    p.carry_out(g, clock);
    told(job_phase::asking, 0, 0, 1, "true", true, 2000);
    p.carry_out(g, clock);
    told(job_phase::asking, 1, 0, 2, "true", true, {});
    p.carry_out(g, clock);
    told(job_phase::asking, 0, 1, 2, "running", true, 4000);
    p.carry_out(g, clock);
    p.carry_out(g, clock);
    told(job_phase::asking, 1, 1, 3, "running", true, 4000);  // as the service asked
    CHECK(acs::name(p.job.error().code) == "service_refused");
    p.carry_out(g, clock);
    told(job_phase::asking, 2, 1, 4, "running", true, {});
    p.carry_out(g, clock);
    told(job_phase::finishing, 1, 2, 5, "success", true, {});
    CHECK(p.carry_out(g, clock).what == action::done);
    told(job_phase::finishing, 1, 2, 5, "success", true, {});

    // A batch task has one phase, which is the first.
    creating_process batch(creating_batch);
    CHECK(batch.job.progress().phase == job_phase::finishing);
    CHECK(creating_process(creating).job.progress().phase == job_phase::generating);
}

TEST_CASE("A status of any length is told, up to 32 bytes of it", "[workflow]") {
    std::string const status = "abcdefghijklmnopqrstuvwxyz0123456789";
    for (std::size_t size = 0; size <= status.size(); ++size) {
        job_clock clock;
        creating_process p(creating);
        p.job.start(clock.now());
        std::string body = R"({"Data":{"ProcessId":10,"Status":")" + status.substr(0, size) + "\"}}";
        answer(p, clock, body);
        body.assign(body.size(), '*');  // the status views the job, not the answer
        CHECK(p.job.progress().status == std::string_view(status).substr(0, std::min<std::size_t>(size, 32)));
    }
}

TEST_CASE("Cancelling stops the waiting, and says what is left running", "[workflow]") {
    struct expected {
        job_phase phase{};
        bool sending{};
        bool id{}, generation{}, task{};
    };
    for (expected const& e :
         {expected{job_phase::generating, true, false, true, false}, expected{job_phase::generating, false, false, false, false},
          expected{job_phase::asking, true, true, false, false}, expected{job_phase::asking, false, true, false, false},
          expected{job_phase::finishing, true, false, false, true}, expected{job_phase::finishing, false, false, false, false}}) {
        INFO(name(e.phase) << (e.sending ? " sending" : " waiting"));
        auto g = acs_tests::job_gateway();
        job_clock clock;
        creating_process p(creating);
        advance_to(p, g, clock, e.phase);
        if (!e.sending) {  // refused for now, so nothing ran
            std::string body = R"({"Code":"Throttling.User","Message":"m","RequestId":"r"})";
            REQUIRE(answer(p, clock, body, 429).what == action::wait);
        }
        acs::step const s = p.job.cancel();
        CHECK(s.what == action::failed);
        CHECK(acs::name(p.job.error().code) == "cancelled");
        CHECK(p.job.history().why == acs::end_reason::cancelled);
        CHECK((p.job.error().delivery == acs::delivery::unknown) == e.sending);
        dataworks::leftover const left = p.job.left_running();
        CHECK(left.process_id.has_value() == e.id);
        CHECK(left.generation == e.generation);
        CHECK(left.task == e.task);
        CHECK(static_cast<bool>(left) == (e.id || e.generation || e.task));
        // It stays over, whatever comes in.
        std::string late(generated);
        CHECK(answer(p, clock, late) == s);
        CHECK(p.job.on_tick(clock.now()) == s);
        CHECK(p.job.on_lost({}, clock.now()) == s);
        CHECK(p.job.cancel() == s);
        CHECK(p.job.start(clock.now()) == s);
        CHECK_FALSE(p.job.holds_answer());
        CHECK(p.job.most_calls({clock.ms}) == 0);
    }

    // After an attempt that may have run, waiting for the next one.
    auto g = acs_tests::job_gateway();
    job_clock clock;
    creating_process p(creating);
    advance_to(p, g, clock, job_phase::finishing);
    g.answers().then("CreateDISyncTask", t::reset_after());
    REQUIRE(p.carry_out(g, clock).what == action::wait);
    p.job.cancel();
    CHECK(p.job.left_running().task);

    // Before it began, and when it is done.
    creating_process unused(creating);
    CHECK(unused.job.cancel().what == action::failed);
    CHECK_FALSE(unused.job.left_running());
    creating_process whole(creating);
    auto g2 = acs_tests::job_gateway();
    whole.job.start(clock.now());
    REQUIRE(whole.run(g2, clock).what == action::done);
    CHECK(whole.job.cancel().what == action::done);
    CHECK_FALSE(whole.job.left_running());
}

TEST_CASE("A used-up budget is told at once, whatever asks for the next attempt", "[workflow]") {
    std::array<std::uint32_t, 1> log{};
    auto const spent_on = [&](std::string body, std::uint16_t status) {
        acs::call_budget budget{{.per_second = 0, .per_day = 1}, log};
        job_clock clock;
        creating_process p(creating, {.budget = &budget});
        REQUIRE(p.job.start(clock.now()).what == action::send);
        std::vector<acs::field> const fields{{"date", "Tue, 14 Nov 2023 22:13:20 GMT"}};
        acs::step s = p.job.on_reply({status, fields, body}, clock.now());
        while (s.what == action::wait) {
            clock.pass(s.wait_ms({clock.ms}));
            s = p.job.on_tick(clock.now());
        }
        CHECK(s.what == action::failed);
        CHECK(p.job.history().why == acs::end_reason::budget);
        return std::string(acs::name(p.job.error().code)) + " " + std::string(p.job.error().service.code);
    };
    CHECK(spent_on(R"({"Code":"Throttling.User"})", 429) == "service_refused Throttling.User");
    CHECK(spent_on(R"({"Code":"InvalidTimeStamp.Expired"})", 400) == "service_refused InvalidTimeStamp.Expired");
    CHECK(spent_on(R"({"Code":"SignatureNonceUsed"})", 400) == "service_refused SignatureNonceUsed");
    CHECK(spent_on(std::string(generated), 200) == "timed_out ");  // nothing was sent of the next call

    acs::call_budget budget{{.per_second = 0, .per_day = 1}, log};
    job_clock clock;
    creating_process first(creating, {.budget = &budget}), second(creating, {.budget = &budget});
    CHECK(first.job.start(clock.now()).what == action::send);
    CHECK(second.job.most_calls({clock.ms}) == 0);
    CHECK(second.job.start(clock.now()).what == action::failed);
    CHECK(second.job.history().why == acs::end_reason::budget);
    CHECK(second.job.error().delivery == acs::delivery::not_sent);
}

TEST_CASE("A refusal that is remedied at once still waits for the budget, and tells what it was", "[workflow]") {
    std::array<std::uint32_t, 8> log{};
    acs::call_budget budget{{.per_second = 1, .per_day = 0}, log};
    job_clock clock;
    creating_process p(creating, {.budget = &budget});
    p.job.start(clock.now());
    clock.pass(300);
    std::string body = R"({"Code":"SignatureNonceUsed"})";
    acs::step const s = answer(p, clock, body, 400);
    REQUIRE(s.what == action::wait);
    CHECK(s.wait_ms({clock.ms}) == 700);
    CHECK(p.job.error().service.code == "SignatureNonceUsed");
    clock.pass(700);
    CHECK(p.job.on_tick(clock.now()).what == action::send);
}

TEST_CASE("Two jobs that share a Basic account's 100 calls a day make 100", "[workflow]") {
    auto g = acs_tests::job_gateway();
    g.answers().then("QueryDISyncTaskConfigProcessResult", t::pending());
    std::array<std::uint32_t, 100> log{};
    acs::call_budget budget{{}, log};
    job_clock clock;
    dataworks::job_pace const pace{.first_wait_ms = 5'000, .growth_percent = 100, .deadline_ms = 12 * 3'600'000};
    creating_process a(creating, {.budget = &budget}, pace), b(creating, {.budget = &budget}, pace);
    a.job.start(clock.now());
    b.job.start(clock.now());
    CHECK(a.job.most_calls({clock.ms}) == 98);
    int turns = 0;
    while (!a.job.is_over() || !b.job.is_over()) {
        REQUIRE(++turns < 1000);
        creating_process& next = b.job.is_over() || (!a.job.is_over() && turns % 2 == 0) ? a : b;
        next.carry_out(g, clock);
    }
    CHECK(g.record().size() == 100);
    CHECK(a.job.history().why == acs::end_reason::budget);
    CHECK(b.job.history().why == acs::end_reason::budget);
    CHECK(a.job.left_running().process_id == 10);
}

TEST_CASE("The deadline ends a job while it waits, sends or asks", "[workflow]") {
    auto const ended = [](std::uint32_t deadline_ms) {
        auto g = acs_tests::job_gateway();
        g.answers().then("QueryDISyncTaskConfigProcessResult", t::pending());
        job_clock clock;
        creating_process p(creating, {}, {.first_wait_ms = 1000, .growth_percent = 100, .deadline_ms = deadline_ms});
        std::uint64_t const begun = clock.ms;
        p.job.start(clock.now());
        acs::step const s = p.run(g, clock);
        CHECK(s.what == action::failed);
        CHECK(p.job.history().why == acs::end_reason::deadline);
        CHECK(acs::name(p.job.error().code) == "timed_out");
        CHECK(clock.ms - begun <= deadline_ms + 50);
        CHECK(p.job.left_running().process_id == 10);
        return p.job.progress().questions;
    };
    // An answer takes 50 ms: questions go at 1050, 2100, 3150 and so on.
    CHECK(ended(1'050) == 0);
    CHECK(ended(1'051) == 1);
    CHECK(ended(2'100) == 1);
    CHECK(ended(10'000) == 9);

    // Its attempts are advised to end by then, and a ready configuration that comes too late is not used.
    auto g = acs_tests::job_gateway();
    job_clock clock;
    creating_process p(creating, {}, {.first_wait_ms = 1000, .deadline_ms = 2'000});
    advance_to(p, g, clock, job_phase::asking);
    CHECK(p.job.due().timeout_ms == 950);
    auto const carried = p.carry(g);
    clock.pass(950);
    CHECK(p.take(carried, clock.now()).what == action::failed);
    CHECK(p.job.history().why == acs::end_reason::deadline);
    CHECK_FALSE(p.job.left_running());
}

TEST_CASE("No call goes once the deadline is over, and without one there is no limit to them", "[workflow]") {
    job_clock clock;
    creating_process p(creating, {}, {.deadline_ms = 2'000});
    p.job.start(clock.now());
    CHECK(p.job.most_calls({clock.ms + 1'999}) > 0);
    for (std::uint64_t const after : {2'000U, 2'001U, 1'000'000U}) CHECK(p.job.most_calls({clock.ms + after}) == 0);

    // As many questions as can be asked to the end of time, each as often as can be: more than there are numbers.
    dataworks::job_pace const endless{.growth_percent = 100, .deadline_ms = 0};
    creating_process persistent(creating, {.retry = {.max_attempts = UINT16_MAX}}, endless);
    CHECK(persistent.job.most_calls({0}) == UINT64_MAX);
    creating_process once(creating, {.retry = {.max_attempts = 1}}, endless);
    CHECK(once.job.most_calls({0}) == (UINT64_MAX - 1) / 3'000 + 1 + 2);
}

TEST_CASE("New session credentials are asked for once, in any phase", "[workflow]") {
    for (job_phase const phase : {job_phase::generating, job_phase::asking, job_phase::finishing}) {
        auto g = acs_tests::job_gateway();
        job_clock clock;
        creating_process p(creating);
        advance_to(p, g, clock, phase);
        std::string body = R"({"Code":"InvalidSecurityToken.Expired"})";
        REQUIRE(answer(p, clock, body, 400).what == action::refresh);
        acs::acs3_hmac_sha256 const other{acs_tests::job_key};
        REQUIRE(p.job.on_credentials(other, clock.now()).what == action::send);
        CHECK(p.run(g, clock).what == action::done);

        creating_process q(creating);
        advance_to(q, g, clock, phase);
        body = R"({"Code":"InvalidSecurityToken.Expired"})";
        REQUIRE(answer(q, clock, body, 400).what == action::refresh);
        CHECK(q.job.on_no_credentials().what == action::failed);
        CHECK(q.job.history().why == acs::end_reason::no_credentials);
        CHECK(q.job.error().service.code == "InvalidSecurityToken.Expired");
    }
}

TEST_CASE("A job learns the server's clock once, for all of its calls", "[workflow]") {
    auto g = acs_tests::job_gateway();
    job_clock clock;
    g.set_time({clock.wall + 7'200});
    creating_process p(creating);
    p.job.start(clock.now());
    CHECK(p.carry_out(g, clock).what == action::send);
    CHECK(p.job.clock_offset() >= 7'199);
    CHECK(p.job.clock_offset() <= 7'200);
    g.set_time({clock.wall + 7'200});
    CHECK(p.run(g, clock).what == action::done);
    std::size_t refused = 0;
    for (t::seen const& s : g.record()) refused += s.verdict == "InvalidTimeStamp.Expired" ? 1U : 0U;
    CHECK(refused == 1);
}

namespace {

/// Takes what is written in memory that was there before.
struct fixed_sink {
    std::vector<char> room;
    std::size_t size{};
    void write(std::string_view text) noexcept {
        std::size_t const fits = std::min(text.size(), room.size() - size);
        std::copy_n(text.data(), fits, room.data() + size);
        size += fits;
    }
};

/// The value of a parameter in a query or form, decoded without the library's help.
std::string value_of(std::string_view pairs, std::string const& name) {
    std::string found;
    std::size_t at = pairs.find(name + "=");
    if (at == std::string_view::npos) return "-";
    auto const digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'A' + 10); };
    for (at += name.size() + 1; at < pairs.size() && pairs[at] != '&'; ++at) {
        if (pairs[at] != '%') {
            found += pairs[at];
            continue;
        }
        found += static_cast<char>(digit(pairs[at + 1]) * 16 + digit(pairs[at + 2]));
        at += 2;
    }
    return found;
}

/// Carries a configuration from the answer to the last request; `quoted` is its text between the quotes of JSON.
template <class Plan>
void carries(Plan const& plan, std::string const& quoted, std::string const& content) {
    std::string first(generated), last = R"({"Success":true,"Data":{"Status":"success","FileId":7}})";
    std::string ready = R"({"Success":true,"Data":{"Status":"success","TaskContent":")" + quoted + R"("},"RequestId":"r"})";
    std::vector<acs::field> fields(16);
    std::vector<acs::param> params(24);
    std::vector<char> text(4096 + 3 * content.size());
    fixed_sink out{std::vector<char>(3 * content.size() + 100)};
    acs::acs3_hmac_sha256 const who{acs_tests::job_key};
    std::string_view held;
    bool done = false;
    job_clock clock;
    std::size_t const before = acs_tests::allocation_count();
    dataworks::job<Plan, acs::acs3_hmac_sha256> job(plan, acs_tests::job_host, who, acs::request_memory{fields, params, text});
    job.start(clock.now());
    job.on_reply({200, {}, first}, clock.now());
    clock.pass(3000);
    job.on_tick(clock.now());
    if (job.on_reply({200, {}, ready}, clock.now()).what == action::send && job.holds_answer()) {
        job.request().body.write_to(out);
        for (acs::param const& p : job.request().params)
            if (p.name == "TaskContent") held = p.value;
        done = job.on_reply({200, {}, last}, clock.now()).what == action::done;
    }
    std::size_t const after = acs_tests::allocation_count();
    CHECK(after - before == 0);
    REQUIRE(done);
    // It was sent from where it lay in the answer.
    CHECK((held.data() >= ready.data() && held.data() + held.size() <= ready.data() + ready.size()));
    constexpr bool creates = Plan::kind == dataworks::job_kind::creating;
    std::string const sent(creates ? std::string_view(out.room.data(), out.size) : std::string_view(text.data(), text.size()));
    bool const same = value_of(sent, "TaskContent") == content;
    CHECK(same);
}

}  // namespace

TEST_CASE("TaskContent goes from the answer into the request byte for byte, without the heap", "[workflow]") {
    auto const check = [](std::string const& quoted, std::string const& content) {
        carries(creating, quoted, content);
        carries(updating, quoted, content);
    };
    std::string const sample = acs_tests::documented_content();
    REQUIRE(sample.size() == 992);
    std::string_view const body = t::samples::query_result;
    std::size_t const at = body.find("\"TaskContent\": \"") + 16;
    check(std::string(body.substr(at, body.find("\"\n", at) - at)), sample);

    using namespace std::string_view_literals;
    std::string_view const unescaped = "\"\\/\b\f\n\r\tA\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80\0\x1F\x7F %&=+;"sv;
    check(R"(\"\\\/\b\f\n\r\t\u0041\u00e9\u4E2D\ud83d\uDE00\u0000\u001f)"
          "\x7F %&=+;",
          std::string(unescaped));

    std::string quoted, content;
    std::uint32_t x = 12345;
    while (content.size() < 1'048'576) {
        x = x * 1'664'525 + 1'013'904'223;
        char const c = static_cast<char>(32 + (x >> 24) % 95);
        content += c;
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    check(quoted, content);
}

TEST_CASE("What a job costs in memory", "[workflow]") {
    using signer = acs::acs3_hmac_sha256;
    std::printf("a creating job takes %zu bytes beside plan (%zu) and reply (%zu), an updating one %zu beside %zu and %zu\n",
                dataworks::job_overhead<dataworks::new_sync_task, signer>, sizeof(dataworks::new_sync_task),
                sizeof(dataworks::create_di_sync_task::reply), dataworks::job_overhead<dataworks::changed_sync_task, signer>,
                sizeof(dataworks::changed_sync_task), sizeof(dataworks::update_di_sync_task::reply));
    STATIC_REQUIRE(dataworks::job_overhead<dataworks::new_sync_task, signer> <= 1024);
    STATIC_REQUIRE(dataworks::job_overhead<dataworks::changed_sync_task, signer> <= 1024);
    STATIC_REQUIRE(sizeof(dataworks::checkpoint) <= 128);
    STATIC_REQUIRE(sizeof(acs::call_budget) <= 64);
}

}  // namespace test_dataworks_workflow_job
