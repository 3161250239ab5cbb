// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Jobs driven step by step against the gateway, on a clock of their own, so that they can be stopped at each.
#ifndef ACS_TESTS_SUPPORT_JOB_DRIVER_HPP
#define ACS_TESTS_SUPPORT_JOB_DRIVER_HPP

#include <acs/client/reply_buffer.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/json/find.hpp>
#include <acs/json/value.hpp>
#include <acs/testing/gateway.hpp>
#include <dataworks/workflow/checkpoint.hpp>
#include <dataworks/workflow/job.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/string_sink.hpp"

namespace acs_tests {

inline constexpr dataworks::new_sync_task creating{.project_id = 10000,
                                                   .task_name = "new",
                                                   .source_and_target = R"({"reader":"m","writer":"h"})",
                                                   .task_param = R"({"FileFolderPath":"x"})"};
inline constexpr dataworks::changed_sync_task updating{.project_id = 10000,
                                                       .task_id = 1000001,
                                                       .file_id = 1000001,
                                                       .source_and_target = R"({"reader":"m","writer":"h"})",
                                                       .task_param = R"({"ResourceGroup":"r"})"};
inline constexpr dataworks::new_sync_task creating_batch{
    .project_id = 10000, .task_type = "DI_OFFLINE", .task_name = "batch", .task_content = R"({"type":"job"})"};
inline constexpr dataworks::changed_sync_task updating_batch{
    .project_id = 10000, .task_type = "DI_OFFLINE", .file_id = 1000001, .task_content = R"({"type":"job"})"};

inline constexpr acs::credentials job_key{"testid", "testsecret"};
inline constexpr acs::endpoint job_host{.host = "dataworks.cn-shanghai.aliyuncs.com"};

/// A gateway that serves the five operations.
inline acs::testing::gateway job_gateway() {
    acs::testing::gateway g;
    g.serve<dataworks::generate_di_sync_task_config_for_creating, dataworks::generate_di_sync_task_config_for_updating,
            dataworks::query_di_sync_task_config_process_result, dataworks::create_di_sync_task, dataworks::update_di_sync_task>();
    return g;
}

/// Moments, of which no two are alike.
struct job_clock {
    std::int64_t wall = 1'700'000'000;
    std::uint64_t ms = 5'000;
    std::uint64_t drawn = 0;

    acs::moment now() {
        acs::moment m{.wall = {wall}, .now = {ms}};
        std::uint64_t x = ++drawn * 0x9E37'79B9'7F4A'7C15U;
        for (std::size_t i = 0; i < m.random.size(); ++i) {
            x ^= x >> 29;
            x *= 0xBF58'476D'1CE4'E5B9U;
            m.random[i] = static_cast<std::uint8_t>(x >> 56);
        }
        return m;
    }
    void pass(std::uint64_t by_ms) {
        wall = wall + static_cast<std::int64_t>((ms + by_ms) / 1000 - ms / 1000);
        ms += by_ms;
    }
};

/// A checkpoint as it is stored.
inline std::string stored(dataworks::checkpoint const& c) {
    return written([&](auto& out) { dataworks::write_checkpoint(c, out); });
}

/// One process that works on a job: the job, and its memory.
template <class Plan>
struct job_process {
    acs::acs3_hmac_sha256 who{job_key};
    acs::request_buffer<8192> memory{};
    std::array<acs::reply_buffer<4096>, 2> boxes{};
    dataworks::job<Plan, acs::acs3_hmac_sha256> job;

    explicit job_process(Plan const& plan, acs::exchange_options const& options = {}, dataworks::job_pace const& pace = {})
        : job(plan, job_host, who, memory, options, pace) {}

    /// Carries the request that is due; whether there is an answer, and which box has it.
    acs::result<void> carry(acs::testing::gateway& g) {
        auto& box = boxes[job.holds_answer() ? 1 : 0];
        return g.perform(job.request(), box);
    }
    acs::step take(acs::result<void> const& carried, acs::moment const& now) {
        auto& box = boxes[job.holds_answer() ? 1 : 0];
        return carried ? job.on_reply(box.answer(), now) : job.on_lost(carried.error(), now);
    }
    /// Carries out the step that is due.
    acs::step carry_out(acs::testing::gateway& g, job_clock& clock) {
        acs::step const s = job.due();
        switch (s.what) {
            case acs::action::send: {
                auto const carried = carry(g);
                clock.pass(50);
                return take(carried, clock.now());
            }
            case acs::action::wait: clock.pass(s.wait_ms({clock.ms})); return job.on_tick(clock.now());
            case acs::action::refresh: return job.on_no_credentials();
            case acs::action::done:
            case acs::action::failed: break;
        }
        return s;
    }
    acs::step run(acs::testing::gateway& g, job_clock& clock) {
        acs::step s = job.due();
        for (int steps = 0; s.what != acs::action::done && s.what != acs::action::failed; ++steps) {
            REQUIRE(steps < 10'000);
            s = carry_out(g, clock);
        }
        return s;
    }
};

/// A parameter of the last request that the gateway saw for an action; `-` if there was none.
inline std::string last_param(acs::testing::gateway const& g, std::string_view action, std::string_view name) {
    std::string found = "-";
    for (acs::testing::seen const& s : g.record())
        if (s.action == action) found = std::string(s.request.param_of(name).value_or("-"));
    return found;
}

/// The `TaskContent` of the documented sample.
inline std::string documented_content() {
    auto const token = acs::find_json(acs::testing::samples::query_result, "Data.TaskContent");
    REQUIRE(token);
    std::string text(token->text);
    text.resize(acs::json_unescape(text, text.data()));
    return text;
}

}  // namespace acs_tests

#endif
