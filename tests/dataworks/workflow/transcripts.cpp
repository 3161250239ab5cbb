// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What the service says, and what a job does, step by step: in constant expressions, and as text from scripts of the gateway.
#include <dataworks/workflow/job.hpp>

#include "support/catch.hpp"
#include "support/job_driver.hpp"

#include <acs/signing/rpc.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace test_dataworks_workflow_transcripts {

using acs::action;
namespace t = acs::testing;

namespace {

/// A step that a job is to take, and what comes back if it sends.
struct line {
    action what{};
    std::uint64_t wait_ms{};  ///< `wait`
    std::string_view call{};  ///< `send`
    std::uint16_t status{};   ///< of the answer; 0: there is none, and the request certainly did not leave
    std::string_view body{};
};

constexpr line main_flow[] = {
    {action::send, 0, "GenerateDISyncTaskConfigForCreating", 200, R"({"Data":{"ProcessId":10,"Status":"true"},"Success":true})"},
    {action::wait, 3'000},
    {action::send, 0, "QueryDISyncTaskConfigProcessResult", 200, R"({"Data":{"Status":"running"},"Success":true})"},
    {action::wait, 4'500},
    {action::send, 0, "QueryDISyncTaskConfigProcessResult", 200,
     R"({"Data":{"Status":"success","TaskContent":"{\"type\":\"job\"}"},"Success":true})"},
    {action::send, 0, "CreateDISyncTask", 200, R"({"Data":{"FileId":1000001,"Status":"success"},"Success":true})"},
    {action::done},
};

constexpr line flow_with_faults[] = {
    {action::send, 0, "GenerateDISyncTaskConfigForUpdating", 0, {}},
    {action::wait, 250},  // half of 500 ms, and nothing drawn
    {action::send, 0, "GenerateDISyncTaskConfigForUpdating", 503, R"({"Code":"Busy"})"},
    {action::wait, 500},
    {action::send, 0, "GenerateDISyncTaskConfigForUpdating", 200, R"({"Data":{"ProcessId":10}})"},
    {action::wait, 3'000},
    {action::send, 0, "QueryDISyncTaskConfigProcessResult", 200, R"({"Data":{"Status":"success","TaskCo)"},
    {action::wait, 250},
    {action::send, 0, "QueryDISyncTaskConfigProcessResult", 200, R"({"Data":{"Status":"success","TaskContent":"{}"}})"},
    {action::send, 0, "UpdateDISyncTask", 500, R"({"Code":"InternalError"})"},
    {action::failed},  // it may have run, and carries no token
};

/// Plays a transcript; whether the job takes exactly these steps. `use(job)` looks at the job in the end.
template <class Plan, class Use>
constexpr bool plays(Plan const& plan, std::span<line const> lines, Use use) {
    constexpr acs::rpc_nobody nobody{};
    acs::request_buffer<1024, 16, 16> memory{};
    std::array<std::array<char, 128>, 2> boxes{};
    acs::moment now{.wall = {1'700'000'000}, .now = {7}};
    dataworks::job<Plan, acs::rpc_nobody> job(plan, acs::endpoint{.host = "dataworks.example"}, nobody, memory);
    job.start(now);
    for (line const& l : lines) {
        acs::step const s = job.due();
        if (s.what != l.what) return false;
        ++now.random[15];
        if (s.what == action::wait) {
            if (s.wait_ms(now.now) != l.wait_ms) return false;
            now.now = s.until;
            job.on_tick(now);
        } else if (s.what == action::send) {
            if (job.request().action != l.call) return false;
            auto& box = boxes[job.holds_answer() ? 1 : 0];
            std::copy_n(l.body.data(), l.body.size(), box.data());
            acs::failure lost{};
            lost.code = acs::errc::connect_failed;
            lost.origin = acs::origin::transport;
            l.status != 0 ? job.on_reply({l.status, {}, {box.data(), l.body.size()}}, now) : job.on_lost(lost, now);
        }
    }
    return use(job);
}

constexpr bool creates() {
    return plays(acs_tests::creating, main_flow, [](auto const& job) {
        return job.reply().data.file_id == 1'000'001 && job.progress().calls == 4 && job.progress().questions == 2 && !job.left_running();
    });
}
constexpr bool stops_before_harm() {
    return plays(acs_tests::updating, flow_with_faults, [](auto const& job) {
        return job.history().why == acs::end_reason::may_have_run && job.error().service.code == "InternalError" &&
               job.left_running().task && job.progress().calls == 6;
    });
}
static_assert(creates());
static_assert(stops_before_harm());

/// The steps of a job as text, where the gateway answers from a script.
template <class Plan>
std::string transcript(Plan const& plan, std::string_view script, acs::exchange_options options = {}) {
    auto g = acs_tests::job_gateway();
    t::script lines;
    auto const wrong = t::script::parse(script, {}, lines);
    REQUIRE_FALSE(wrong);
    g.answers() = lines;
    acs_tests::job_clock clock;
    options.retry.first_wait_ms = 1;  // waits of a millisecond leave nothing to chance
    options.retry.max_wait_ms = 1;
    acs_tests::job_process<Plan> p(plan, options);
    p.job.start(clock.now());
    std::string text = "\n";
    for (acs::step s = p.job.due();; s = p.carry_out(g, clock)) {
        switch (s.what) {
            case action::send: text.append("send ").append(p.job.request().action).append("\n"); break;
            case action::wait: text += "wait " + std::to_string(s.wait_ms({clock.ms})) + " ms\n"; break;
            case action::refresh: text += "refresh\n"; break;
            case action::done: return text += "done\n";
            case action::failed: {
                acs::failure const& f = p.job.error();
                text.append("failed: ").append(acs::name(f.code));
                if (!f.service.code.empty()) text.append(" ").append(f.service.code);
                return text.append(", ").append(message(p.job.history().why)).append("\n");
            }
        }
    }
}

}  // namespace

TEST_CASE("Whole jobs run in constant expressions, and here", "[workflow]") {
    CHECK(creates());
    CHECK(stops_before_harm());
}

TEST_CASE("Transcript: a task is created", "[workflow]") {
    CHECK(transcript(acs_tests::creating, R"(
QueryDISyncTaskConfigProcessResult: pending
QueryDISyncTaskConfigProcessResult: pending
QueryDISyncTaskConfigProcessResult: success
)") == R"(
send GenerateDISyncTaskConfigForCreating
wait 3000 ms
send QueryDISyncTaskConfigProcessResult
wait 4500 ms
send QueryDISyncTaskConfigProcessResult
wait 6750 ms
send QueryDISyncTaskConfigProcessResult
send CreateDISyncTask
done
)");
}

TEST_CASE("Transcript: a batch task is created at once", "[workflow]") {
    CHECK(transcript(acs_tests::creating_batch, "") == R"(
send CreateDISyncTask
done
)");
}

TEST_CASE("Transcript: a task is changed, by a service that is busy", "[workflow]") {
    CHECK(transcript(acs_tests::updating, R"(
GenerateDISyncTaskConfigForUpdating: throttle 1500
GenerateDISyncTaskConfigForUpdating: success
QueryDISyncTaskConfigProcessResult: html 502
QueryDISyncTaskConfigProcessResult: success
UpdateDISyncTask: throttle 700
UpdateDISyncTask: success
)") == R"(
send GenerateDISyncTaskConfigForUpdating
wait 1500 ms
send GenerateDISyncTaskConfigForUpdating
wait 3000 ms
send QueryDISyncTaskConfigProcessResult
wait 1 ms
send QueryDISyncTaskConfigProcessResult
send UpdateDISyncTask
wait 700 ms
send UpdateDISyncTask
done
)");
}

TEST_CASE("Transcript: creating is repeated where its answer is lost, since it carries a token", "[workflow]") {
    CHECK(transcript(acs_tests::creating_batch, R"(
reset after
stall
cut 20
success
)") == R"(
send CreateDISyncTask
wait 1 ms
send CreateDISyncTask
wait 1 ms
send CreateDISyncTask
wait 1 ms
send CreateDISyncTask
done
)");
}

TEST_CASE("Transcript: changing is not, since it carries none", "[workflow]") {
    CHECK(transcript(acs_tests::updating_batch, "reset after") == R"(
send UpdateDISyncTask
failed: receive_failed, not tried again, since it may have run
)");
    CHECK(transcript(acs_tests::updating_batch, "error 400 SignatureNonceUsed") == R"(
send UpdateDISyncTask
failed: service_refused SignatureNonceUsed, not tried again, since it may have run
)");
}

TEST_CASE("Transcript: what is refused for good ends the job", "[workflow]") {
    CHECK(transcript(acs_tests::creating, "fail no such table") == R"(
send GenerateDISyncTaskConfigForCreating
failed: process_failed, trying again would not help
)");
    CHECK(transcript(acs_tests::creating, "error 403 Forbidden.Access") == R"(
send GenerateDISyncTaskConfigForCreating
failed: service_refused Forbidden.Access, trying again would not help
)");
    CHECK(transcript(acs_tests::creating, R"(
GenerateDISyncTaskConfigForCreating: success
QueryDISyncTaskConfigProcessResult: unsuccessful
)") == R"(
send GenerateDISyncTaskConfigForCreating
wait 3000 ms
send QueryDISyncTaskConfigProcessResult
wait 1 ms
send QueryDISyncTaskConfigProcessResult
wait 1 ms
send QueryDISyncTaskConfigProcessResult
wait 1 ms
send QueryDISyncTaskConfigProcessResult
failed: service_refused InternalError.System, no attempts left
)");
}

TEST_CASE("Transcript: a token that has expired is renewed, or the job ends", "[workflow]") {
    CHECK(transcript(acs_tests::creating, "error 400 InvalidSecurityToken.Expired") == R"(
send GenerateDISyncTaskConfigForCreating
refresh
failed: service_refused InvalidSecurityToken.Expired, no new credentials
)");
}

TEST_CASE("Transcript: a budget that is used up", "[workflow]") {
    std::array<std::uint32_t, 3> log{};
    acs::call_budget budget{{.per_second = 2, .per_day = 3}, log};
    CHECK(transcript(acs_tests::creating, "GenerateDISyncTaskConfigForCreating: success\npending", {.budget = &budget}) == R"(
send GenerateDISyncTaskConfigForCreating
wait 3000 ms
send QueryDISyncTaskConfigProcessResult
wait 4500 ms
send QueryDISyncTaskConfigProcessResult
wait 6750 ms
failed: timed_out, no calls left in the budget
)");
}

}  // namespace test_dataworks_workflow_transcripts
