// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A job that is interrupted at any step, once or twice, and goes on in another process from what was stored.
#include <dataworks/workflow/job.hpp>

#include "support/catch.hpp"
#include "support/job_driver.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test_dataworks_workflow_resume {

using acs::action;
using acs_tests::creating;
using acs_tests::creating_batch;
using acs_tests::job_clock;
using acs_tests::job_process;
using acs_tests::stored;
using acs_tests::updating;
using acs_tests::updating_batch;
namespace t = acs::testing;

namespace {

/// Where the process dies: at the step of that number, after the job was last started or resumed.
struct interruption {
    std::size_t step{};
    bool carried{};  ///< a request goes out, and its answer is never seen
};

/// What became of a job, through all of its processes.
struct outcome {
    action what{};
    acs::errc code{};
    acs::end_reason why{};
    std::optional<std::int64_t> file_id{};
    std::size_t generated{}, finished{};
    std::string content{};
    dataworks::leftover left{};
    std::size_t interruptions{};  ///< that took place
    std::size_t steps{};          ///< of the last process
    bool update_was_due{};        ///< a process died when a call that can't be repeated was due, or done
};

template <class Plan>
outcome live(Plan const& plan, std::vector<interruption> const& deaths, void (*script)(t::gateway&)) {
    constexpr bool creates = Plan::kind == dataworks::job_kind::creating;
    std::string const content = acs_tests::documented_content();
    auto g = acs_tests::job_gateway();
    script(g);
    job_clock clock;
    outcome o;
    std::string saved;
    for (std::size_t life = 0;; ++life) {
        job_process<Plan> process(plan);
        auto& job = process.job;
        if (life == 0) {
            job.start(clock.now());
        } else {
            auto const read = dataworks::read_checkpoint(saved);
            REQUIRE(read);
            job.resume(*read, clock.now());
        }
        bool died = false;
        for (o.steps = 0; !died; ++o.steps) {
            REQUIRE(o.steps < 100);
            acs::step const s = job.due();
            saved = stored(job.save(clock.now()));
            bool const tells = saved.size() >= 400 || saved.find("steps") != std::string::npos || saved.find("type") != std::string::npos ||
                               saved.find("reader") != std::string::npos || saved.find("test") != std::string::npos;
            if (tells) FAIL_CHECK(saved);  // neither content nor keys, nor what was asked for
            if (life < deaths.size() && deaths[life].step == o.steps) {
                if (s.what == action::send && deaths[life].carried) static_cast<void>(process.carry(g));
                bool const ending = job.progress().phase == dataworks::job_phase::finishing;
                o.update_was_due = o.update_was_due || (!creates && ending && (s.what == action::send || s.what == action::done));
                ++o.interruptions;
                died = true;
            } else if (s.what == action::done || s.what == action::failed) {
                o.what = s.what;
                if (s.what == action::failed) {
                    o.code = job.error().code;
                    o.why = job.history().why;
                    o.left = job.left_running();
                } else if constexpr (creates) {
                    o.file_id = job.reply().data.file_id;
                }
                o.generated = g.executed(Plan::generation::head.action);
                o.finished = g.executed(Plan::operation::head.action);
                o.content = acs_tests::last_param(g, Plan::operation::head.action, "TaskContent");
                return o;
            } else {
                process.carry_out(g, clock);
            }
        }
        clock.pass(3'000);
    }
}

void plain(t::gateway& g) {
    std::string const ask = "QueryDISyncTaskConfigProcessResult";
    g.answers().then(ask, t::pending()).then(ask, t::pending()).then(ask, t::success());
}

/// Every call of a job is lost, refused or garbled once, on either side of being carried out.
void hard(t::gateway& g) {
    std::string const ask = "QueryDISyncTaskConfigProcessResult";
    for (std::string const action : {"GenerateDISyncTaskConfigForCreating", "GenerateDISyncTaskConfigForUpdating", "CreateDISyncTask"})
        g.answers().then(action, t::reset_after()).then(action, t::throttle(700)).then(action, t::cut(40)).then(action, t::success());
    g.answers().then("UpdateDISyncTask", t::throttle(700)).then("UpdateDISyncTask", t::success());
    g.answers().then(ask, t::pending()).then(ask, t::html(502)).then(ask, t::pending()).then(ask, t::success());
}

template <class Plan>
void check(outcome const& o, Plan const& plan, std::vector<interruption> const& deaths) {
    std::string where;
    for (interruption const& d : deaths) where += std::to_string(d.step) + (d.carried ? "+ " : " ");
    INFO("interrupted at " << where);
    constexpr bool creates = Plan::kind == dataworks::job_kind::creating;
    CHECK(o.generated == (dataworks::is_batch(plan) ? 0U : o.generated == 0 ? 0U : 1U));
    if (o.update_was_due) {
        CHECK(o.what == action::failed);
        CHECK(acs::name(o.code) == "outcome_unknown");
        CHECK(o.why == acs::end_reason::may_have_run);
        CHECK(o.left.task);
        CHECK(o.finished <= 1);
        return;
    }
    CHECK(o.what == action::done);
    CHECK(o.generated == (dataworks::is_batch(plan) ? 0U : 1U));
    CHECK(o.finished == 1);
    CHECK(o.content == (dataworks::is_batch(plan) ? std::string(plan.task_content) : acs_tests::documented_content()));
    if (creates) CHECK(o.file_id == 1000001);
}

/// Interrupts a job once at every step, and twice at every two; of the long ones at every second one, with both requests on their way.
template <class Plan>
void interrupt_everywhere(Plan const& plan, void (*script)(t::gateway&)) {
    bool const is_long = script == hard;
    outcome const whole = live(plan, {}, script);
    check(whole, plan, {});
    std::size_t cases = 0;
    for (std::size_t step = 0; step < whole.steps + 1; ++step)
        for (bool const carried : {false, true}) {
            std::vector<interruption> deaths{{step, carried}};
            outcome const once = live(plan, deaths, script);
            if (once.interruptions == 0) continue;
            check(once, plan, deaths);
            ++cases;
            if (is_long && (!carried || step % 2 != 0)) continue;
            for (std::size_t next = 0; next < once.steps + 1; ++next)
                for (bool const again : {false, true}) {
                    if (is_long && !again) continue;
                    std::vector<interruption> two{{step, carried}, {next, again}};
                    outcome const twice = live(plan, two, script);
                    if (twice.interruptions < 2) continue;
                    check(twice, plan, two);
                    ++cases;
                }
        }
    CHECK(cases >= 2 * whole.steps);
}

}  // namespace

TEST_CASE("A creating job that is interrupted anywhere creates once", "[workflow]") { interrupt_everywhere(creating, plain); }
TEST_CASE("An updating job that is interrupted anywhere updates at most once", "[workflow]") { interrupt_everywhere(updating, plain); }
TEST_CASE("A batch job that is interrupted anywhere creates once", "[workflow]") { interrupt_everywhere(creating_batch, plain); }
TEST_CASE("A changing batch job that is interrupted anywhere updates at most once", "[workflow]") {
    interrupt_everywhere(updating_batch, plain);
}
TEST_CASE("The same where calls fail, creating", "[workflow]") { interrupt_everywhere(creating, hard); }
TEST_CASE("The same where calls fail, updating", "[workflow]") { interrupt_everywhere(updating, hard); }
TEST_CASE("The same where calls fail, creating a batch task", "[workflow]") { interrupt_everywhere(creating_batch, hard); }
TEST_CASE("The same where calls fail, changing a batch task", "[workflow]") { interrupt_everywhere(updating_batch, hard); }

TEST_CASE("An update that may have run is never sent again, however often it is resumed", "[workflow]") {
    auto g = acs_tests::job_gateway();
    job_clock clock;
    job_process<dataworks::changed_sync_task> first(updating_batch);
    REQUIRE(first.job.start(clock.now()).what == action::send);
    std::string saved = stored(first.job.save(clock.now()));
    static_cast<void>(first.carry(g));
    for (int i = 0; i < 3; ++i) {
        job_process<dataworks::changed_sync_task> next(updating_batch);
        auto const s = next.job.resume(*dataworks::read_checkpoint(saved), clock.now());
        REQUIRE(s.what == action::failed);
        CHECK(acs::name(next.job.error().code) == "outcome_unknown");
        CHECK(next.job.error().delivery == acs::delivery::unknown);
        CHECK(next.job.error().where == "UpdateDISyncTask");
        CHECK(next.job.left_running().task);
        saved = stored(next.job.save(clock.now()));
    }
    CHECK(g.executed("UpdateDISyncTask") == 1);
}

TEST_CASE("A resumed job that fails before its last call still says that the task may exist", "[workflow]") {
    auto g = acs_tests::job_gateway();
    job_clock clock;
    job_process<dataworks::new_sync_task> first(creating);
    first.job.start(clock.now());
    while (first.job.progress().phase != dataworks::job_phase::finishing) first.carry_out(g, clock);
    std::string saved = stored(first.job.save(clock.now()));
    static_cast<void>(first.carry(g));
    REQUIRE(g.executed("CreateDISyncTask") == 1);

    g.answers().then("QueryDISyncTaskConfigProcessResult", t::fail("expired"));
    for (int i = 0; i < 2; ++i) {  // the second one from what the first one stored
        job_process<dataworks::new_sync_task> next(creating);
        REQUIRE(next.job.resume(*dataworks::read_checkpoint(saved), clock.now()).what == action::send);
        saved = stored(next.job.save(clock.now()));
        CHECK(next.run(g, clock).what == action::failed);
        CHECK(acs::name(next.job.error().code) == "process_failed");
        CHECK(next.job.left_running().task);
        CHECK_FALSE(next.job.left_running().process_id);
    }
}

TEST_CASE("A resumed job that fails while it generates still says that a process may have been started", "[workflow]") {
    auto g = acs_tests::job_gateway();
    job_clock clock;
    job_process<dataworks::new_sync_task> first(creating);
    first.job.start(clock.now());
    std::string saved = stored(first.job.save(clock.now()));
    static_cast<void>(first.carry(g));
    for (int i = 0; i < 2; ++i) {
        job_process<dataworks::new_sync_task> next(creating);
        next.job.resume(*dataworks::read_checkpoint(saved), clock.now());
        saved = stored(next.job.save(clock.now()));
        acs::failure refused{};
        refused.code = acs::errc::tls_failed;
        refused.origin = acs::origin::transport;
        for (acs::step s = next.job.due(); s.what != action::failed; s = next.job.due()) {
            if (s.what == action::wait) clock.pass(s.wait_ms({clock.ms}));
            s.what == action::send ? next.job.on_lost(refused, clock.now()) : next.job.on_tick(clock.now());
        }
        CHECK(next.job.left_running().generation);
    }
}

TEST_CASE("A configuration that reads otherwise when it is asked for again creates nothing twice", "[workflow]") {
    auto g = acs_tests::job_gateway();
    std::string const ask = "QueryDISyncTaskConfigProcessResult";
    g.answers().then(ask, t::success(R"({"a":1})")).then(ask, t::success(R"({"a": 1})"));
    job_clock clock;
    job_process<dataworks::new_sync_task> first(creating);
    first.job.start(clock.now());
    while (first.job.progress().phase != dataworks::job_phase::finishing) first.carry_out(g, clock);
    std::string const saved = stored(first.job.save(clock.now()));
    static_cast<void>(first.carry(g));

    job_process<dataworks::new_sync_task> next(creating);
    next.job.resume(*dataworks::read_checkpoint(saved), clock.now());
    CHECK(next.run(g, clock).what == action::failed);
    CHECK(next.job.error().service.code == "IdempotentParameterMismatch");
    CHECK(next.job.left_running().task);
    CHECK(g.executed("CreateDISyncTask") == 1);
}

TEST_CASE("A job that failed for want of memory, attempts or budget goes on where it is resumed with more", "[workflow]") {
    for (bool const creates : {true, false}) {
        auto g = acs_tests::job_gateway();
        job_clock clock;
        auto const go_on = [&](auto const& plan) {
            using process = job_process<std::remove_cvref_t<decltype(plan)>>;
            // Memory for every call but a changing one, whose target holds the configuration.
            acs::acs3_hmac_sha256 const who{acs_tests::job_key};
            acs::request_buffer<1024> small;
            std::array<acs::reply_buffer<4096>, 2> boxes;
            dataworks::job job(plan, acs_tests::job_host, who, acs::request_memory(small));
            for (acs::step s = job.start(clock.now()); s.what == action::send || s.what == action::wait; s = job.due()) {
                auto& box = boxes[job.holds_answer() ? 1 : 0];
                if (s.what == action::wait) clock.pass(s.wait_ms({clock.ms}));
                if (s.what == action::wait)
                    job.on_tick(clock.now());
                else if (g.perform(job.request(), box))
                    job.on_reply(box.answer(), clock.now());
            }
            if (!creates) {
                REQUIRE(job.due().what == action::failed);
                CHECK(acs::name(job.error().code) == "no_space");
                CHECK(job.error().needed > 1024);
                CHECK_FALSE(job.left_running());
            }
            dataworks::checkpoint from = job.save(clock.now());

            // One attempt, which is refused.
            process impatient(plan, {.retry = {.max_attempts = 1}});
            impatient.job.resume(from, clock.now());
            std::string body = R"({"Code":"Throttling.User"})";
            if (impatient.job.on_reply({429, {}, body}, clock.now()).what == action::failed)
                CHECK(impatient.job.history().why == acs::end_reason::attempts);
            from = impatient.job.save(clock.now());

            // A budget for one call.
            std::array<std::uint32_t, 1> log{};
            acs::call_budget budget{{.per_second = 0, .per_day = 1}, log};
            process poor(plan, {.budget = &budget});
            poor.job.resume(from, clock.now());
            REQUIRE(poor.run(g, clock).what == action::failed);
            CHECK(poor.job.history().why == acs::end_reason::budget);
            from = poor.job.save(clock.now());

            process last(plan);
            last.job.resume(from, clock.now());
            CHECK(last.run(g, clock).what == action::done);
        };
        creates ? go_on(creating) : go_on(updating);
        CHECK(g.executed("GenerateDISyncTaskConfigForCreating") == (creates ? 1U : 0U));
        CHECK(g.executed("GenerateDISyncTaskConfigForUpdating") == (creates ? 0U : 1U));
        CHECK(g.executed(creates ? "CreateDISyncTask" : "UpdateDISyncTask") == 1);
    }
}

TEST_CASE("The deadline counts from the first start, through every process", "[workflow]") {
    dataworks::job_pace const pace{.deadline_ms = 600'000};
    auto const resumed = [&](std::int64_t stopped_after, std::int64_t resumed_after) {
        job_clock clock;
        job_process<dataworks::new_sync_task> first(creating, {}, pace);
        first.job.start(clock.now());
        clock.pass(static_cast<std::uint64_t>(stopped_after) * 1000);
        auto const c = first.job.save(clock.now());
        job_clock other{.wall = job_clock{}.wall + resumed_after, .ms = 77, .drawn = 1000};
        job_process<dataworks::new_sync_task> next(creating, {.retry = {.attempt_timeout_ms = 0}}, pace);
        return next.job.resume(c, other.now());
    };
    // The advice for the attempt is what is left, if nothing else limits it.
    CHECK(resumed(0, 0).timeout_ms == 600'000);
    CHECK(resumed(10, 10).timeout_ms == 590'000);
    CHECK(resumed(10, 500).timeout_ms == 100'000);
    CHECK(resumed(10, 599).timeout_ms == 1'000);
    CHECK(resumed(10, 600).what == action::failed);
    CHECK(resumed(10, 1'000'000).what == action::failed);
    // Set back meanwhile: what had passed when the checkpoint was made has passed.
    CHECK(resumed(200, 10).timeout_ms == 400'000);
    CHECK(resumed(200, -1'000'000).timeout_ms == 400'000);
    CHECK(resumed(700, 0).what == action::failed);
}

TEST_CASE("A wall clock that is set while a job runs moves its start along", "[workflow]") {
    dataworks::job_pace const pace{.deadline_ms = 600'000};
    acs::exchange_options const options{.retry = {.attempt_timeout_ms = 0}};
    // Ran for 100 s, in which the clock was set; then another process for 100 s, in which it was set again; then a third one.
    auto const left = [&](std::int64_t set, std::int64_t set_again) {
        job_clock clock;
        auto const run = [&](job_process<dataworks::new_sync_task> const& p, std::int64_t by) {
            clock.pass(100'000);
            clock.wall += by;
            std::string const text = stored(p.job.save(clock.now()));
            auto const c = dataworks::read_checkpoint(text);
            REQUIRE(c);
            return *c;
        };
        job_process<dataworks::new_sync_task> first(creating, options, pace), next(creating, options, pace), last(creating, options, pace);
        first.job.start(clock.now());
        dataworks::checkpoint const from_first = run(first, set);
        REQUIRE(next.job.resume(from_first, clock.now()).what == action::send);
        dataworks::checkpoint const from_next = run(next, set_again);
        return last.job.resume(from_next, clock.now()).timeout_ms;
    };
    for (std::int64_t const set : {0, -3'600, 3'600, -86'400, 800'000'000, -1'600'000'000})
        for (std::int64_t const again : {0, -3'600, 3'600, -86'400}) {
            INFO(set << " " << again);
            CHECK(left(set, again) == 400'000);
        }
}

TEST_CASE("Clocks that make no sense end a resumed job, and overflow nothing", "[workflow]") {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
    for (std::int64_t const started : {least, std::int64_t{0}, most})
        for (std::int64_t const saved : {least, std::int64_t{0}, most})
            for (std::int64_t const wall : {least, std::int64_t{0}, most})
                for (std::uint32_t const deadline : {0U, 1U, UINT32_MAX}) {
                    job_clock clock;
                    job_process<dataworks::new_sync_task> p(creating, {}, {.deadline_ms = deadline});
                    p.job.start(clock.now());
                    auto c = p.job.save(clock.now());
                    c.started = {started};
                    c.saved = {saved};
                    clock.wall = wall;
                    job_process<dataworks::new_sync_task> next(creating, {}, {.deadline_ms = deadline});
                    acs::step const s = next.job.resume(c, clock.now());
                    bool const over = deadline != 0 && (saved > started || wall > started);
                    bool const good = !over && wall == 0;
                    INFO(started << " " << saved << " " << wall << " " << deadline);
                    CHECK(s.what == (good ? action::send : action::failed));
                }
}

TEST_CASE("A checkpoint of another job, or without what is needed, is refused", "[workflow]") {
    auto g = acs_tests::job_gateway();
    job_clock clock;
    job_process<dataworks::new_sync_task> p(creating);
    p.job.start(clock.now());
    dataworks::checkpoint const generating = p.job.save(clock.now());
    p.carry_out(g, clock);
    dataworks::checkpoint const asking = p.job.save(clock.now());
    REQUIRE(asking.phase == dataworks::job_phase::asking);

    auto const refused = [&](auto const& plan, dataworks::checkpoint c) {
        job_process<std::remove_cvref_t<decltype(plan)>> other(plan);
        if (other.job.resume(c, clock.now()).what != action::failed) return false;
        CHECK(acs::name(other.job.error().code) == "malformed_text");
        CHECK(other.job.error().where == "checkpoint");
        CHECK_FALSE(other.job.left_running());
        return true;
    };
    CHECK_FALSE(refused(creating, generating));
    CHECK_FALSE(refused(creating, asking));
    CHECK(refused(updating, generating));
    CHECK(refused(updating, asking));
    CHECK(refused(creating_batch, generating));
    CHECK(refused(creating_batch, asking));

    auto const changed = [](dataworks::checkpoint c, auto change) {
        change(c);
        return c;
    };
    CHECK(refused(creating, changed(asking, [](auto& c) { c.process_id = 0; })));
    CHECK(refused(creating, changed(asking, [](auto& c) { c.process_id = -1; })));
    CHECK(refused(creating, changed(asking, [](auto& c) { c.process_id = 10'000'000'000'000'000; })));
    CHECK_FALSE(refused(creating, changed(asking, [](auto& c) { c.process_id = 9'999'999'999'999'999; })));
    CHECK(refused(creating, changed(asking, [](auto& c) { c.finish_token = {}; })));
    CHECK(refused(creating, changed(generating, [](auto& c) { c.generation_token = {}; })));
    CHECK(refused(creating, changed(generating, [](auto& c) { c.process_id = 10; })));
    // A batch task is no real-time one, whatever the phase.
    CHECK(refused(creating_batch, changed(asking, [](auto& c) { c.phase = dataworks::job_phase::finishing; })));
    CHECK(refused(creating, changed(generating, [](auto& c) { c.phase = dataworks::job_phase::finishing; })));
    CHECK(refused(creating, dataworks::checkpoint{}));
}

TEST_CASE("A job that has begun is not resumed again, whatever the checkpoint says", "[workflow]") {
    job_clock clock;
    job_process<dataworks::new_sync_task> other(creating);
    other.job.start(clock.now());
    dataworks::checkpoint const from = other.job.save(clock.now());

    job_process<dataworks::new_sync_task> p(creating);
    acs::step const due = p.job.start(clock.now());
    std::string const before = stored(p.job.save(clock.now()));
    clock.pass(7'000);
    CHECK(p.job.resume(from, clock.now()) == due);
    CHECK(p.job.resume(dataworks::checkpoint{}, clock.now()) == due);
    CHECK(p.job.start(clock.now()) == due);
    CHECK(p.job.history().attempts == 1);
    auto const read = dataworks::read_checkpoint(before);
    REQUIRE(read);
    CHECK(p.job.save(clock.now()).generation_token.view() == read->generation_token.view());
}

TEST_CASE("A job that was resumed counts what went before in its budget", "[workflow]") {
    auto g = acs_tests::job_gateway();
    g.answers().then("QueryDISyncTaskConfigProcessResult", t::pending());
    job_clock clock;
    std::array<std::uint32_t, 6> log{};
    acs::call_budget budget{{.per_second = 2, .per_day = 6}, log};
    job_process<dataworks::new_sync_task> first(creating, {.budget = &budget});
    first.job.start(clock.now());
    while (first.job.progress().calls < 4) first.carry_out(g, clock);
    std::string const saved = stored(first.job.save(clock.now()));
    CHECK(saved.find("\"spent\":4") != std::string::npos);

    clock.pass(30'000);
    std::array<std::uint32_t, 6> other_log{};
    acs::call_budget other{{.per_second = 2, .per_day = 6}, other_log};
    auto const c = dataworks::read_checkpoint(saved);
    REQUIRE(c);
    dataworks::restore(other, *c, clock.now());
    CHECK(other.spent({clock.ms}) == 4);
    job_process<dataworks::new_sync_task> next(creating, {.budget = &other});
    next.job.resume(*c, clock.now());
    CHECK(next.job.save(clock.now()).spent == 5);
    CHECK(next.run(g, clock).what == action::failed);
    CHECK(next.job.history().why == acs::end_reason::budget);
    CHECK(g.record().size() == 5);  // the call that was due when the first process ended counts, although it was not made
}

}  // namespace test_dataworks_workflow_resume
