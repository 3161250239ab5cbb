// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A job of the first kind or the second: the first bytes choose it and its options, each byte that follows is an input, or the end of the
// process: then another one goes on from the checkpoint that was stored before the step. Nothing is created or changed twice.
#include <dataworks/workflow/checkpoint.hpp>
#include <dataworks/workflow/job.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "fuzz/machine.hpp"

namespace fuzz_job {

namespace {

using fuzz::require;

std::string stored(auto const& job, acs::moment const& now) {
    return fuzz::written([&](auto& out) { dataworks::write_checkpoint(job.save(now), out); });
}

/// What is said of a job that is over, or goes on, holds.
template <class Job>
void check_progress(Job const& job, fuzz::world const& world) {
    acs::action const due = job.due().what;
    dataworks::job_progress const p = job.progress();
    require(p.next.has_value() == (due == acs::action::wait) && (!p.process_id || *p.process_id != 0));
    if (job.is_over()) require(job.most_calls(world.now.now) == 0 && !job.holds_answer());
    dataworks::leftover const left = job.left_running();
    require(!left || due == acs::action::failed);
    // What may have been created or changed is told.
    bool task = false;
    for (auto const& [action, log] : world.actions)
        task = task || (log.may_have_run && (action == "CreateDISyncTask" || action == "UpdateDISyncTask"));
    if (left.task) require(task);
}

template <class Plan>
void check(Plan const& plan, fuzz::input& in) {
    constexpr std::array<std::uint32_t, 6> times{0, 1, 100, 5'000, 120'000, 30 * 60'000};
    fuzz::world world;
    acs::exchange_options options;
    options.retry.max_attempts = static_cast<std::uint16_t>(in.below(4));
    options.retry.deadline_ms = times[in.below(times.size())];  // says nothing here
    dataworks::job_pace const pace{.first_wait_ms = times[in.below(times.size())],
                                   .growth_percent = in.below(3) * 100,
                                   .max_wait_ms = times[in.below(times.size())],
                                   .deadline_ms = times[in.below(times.size())]};
    world.per_second = in.below(4);
    world.per_day = in.below(8);
    bool const has_budget = in.coin();
    if (!has_budget) world.per_second = world.per_day = 0;

    fuzz::signer const signer{acs::credentials{"testid", "testsecret", "token"}};
    auto const once = [](std::string_view action) { return action == "UpdateDISyncTask"; };
    auto const calls = [](auto const& j) { return j.progress().calls; };
    std::string checkpoint;
    std::uint64_t const began = world.now.now.ms;
    for (bool goes_on = true; goes_on && !in.empty();) {
        acs::call_budget budget{{.per_second = world.per_second, .per_day = world.per_day}, world.log};
        options.budget = has_budget ? &budget : nullptr;
        acs::request_buffer<4096> memory;
        dataworks::job job{plan, acs::endpoint{.host = "h.example"}, signer, memory, options, pace};
        fuzz::driver drive(job, world, calls, once);
        std::uint64_t most = job.most_calls(world.now.now);
        if (checkpoint.empty()) {
            drive.begin([&](acs::moment const& now) { return job.start(now); });
        } else {
            auto const from = dataworks::read_checkpoint(checkpoint);
            require(from.has_value());
            dataworks::restore(budget, *from, world.now);
            drive.begin([&](acs::moment const& now) { return job.resume(*from, now); });
            most = UINT64_MAX;  // its deadline is known only now
        }
        bool const started = !world.sends.empty();
        checkpoint = stored(job, world.now);
        for (goes_on = false; !in.empty() && !goes_on;) {
            goes_on = drive.next(in) && started && !job.is_over();
            if (goes_on) break;
            require(calls(job) <= most);
            check_progress(job, world);
            if (!job.is_over()) {
                checkpoint = stored(job, world.now);
                require(dataworks::read_checkpoint(checkpoint).has_value());
            }
        }
        if (goes_on) drive.crash();
    }
    // A second more for each process: wall time is in whole ones.
    if (!world.sends.empty() && pace.deadline_ms != 0) require(world.sends.back() < began + pace.deadline_ms + 2000);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    unsigned const kind = in.byte();
    std::string_view const type = (kind & 1U) != 0 ? dataworks::task_type::di_offline : dataworks::task_type::di_realtime;
    if ((kind & 2U) != 0)
        check(dataworks::changed_sync_task{.project_id = 1,
                                           .task_type = type,
                                           .task_id = 2,
                                           .file_id = 3,
                                           .source_and_target = "{}",
                                           .task_content = "{}",
                                           .task_param = "{}"},
              in);
    else
        check(
            dataworks::new_sync_task{
                .project_id = 1, .task_type = type, .task_name = "n", .source_and_target = "{}", .task_content = "{}", .task_param = "{}"},
            in);
    return 0;
}

}  // namespace fuzz_job
