// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any text as the checkpoint of a job, and the job that goes on from it: the first two bytes choose the job, the rest is the text.
#include <acs/exchange/budget.hpp>
#include <dataworks/workflow/checkpoint.hpp>
#include <dataworks/workflow/job.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"

namespace fuzz_checkpoint {

namespace {

using fuzz::require;

constexpr acs::moment now{.wall = {1'698'315'752}, .now = {1'000'000'000}, .random = {1, 2, 3}};

std::string text_of(dataworks::checkpoint const& c) {
    return fuzz::written([&](auto& out) { dataworks::write_checkpoint(c, out); });
}

/// A job sends what the checkpoint allows, or says why not; what it saves is a checkpoint that can be read.
template <class Plan>
void check_resume(Plan const& plan, dataworks::checkpoint const& c) {
    std::array<std::uint32_t, 8> log;
    acs::call_budget budget{{.per_second = 2, .per_day = 8}, log};
    dataworks::restore(budget, c, now);
    acs::nobody const signer;
    acs::request_buffer<2048> memory;
    acs::endpoint const to{.host = "h.example"};
    dataworks::job job{plan, to, signer, memory, {.budget = &budget}};
    acs::step const s = job.resume(c, now);
    require(job.has_begun() && s == job.due() && s.what != acs::action::done && s.what != acs::action::refresh);
    require(job.resume(c, now) == s && job.start(now) == s);  // once only
    if (s.what == acs::action::send) {
        require(c.kind == Plan::kind);
        bool const finishes = job.progress().phase == dataworks::job_phase::finishing;
        std::string_view const action = job.request().action;
        require(finishes == (action == Plan::operation::head.action));
        // What may have run and is not known again by a token is not sent again.
        if (finishes && c.may_have_run) require(Plan::kind == dataworks::job_kind::creating);
    }
    if (s.what == acs::action::failed) require(job.error().code != acs::errc::none && job.most_calls(now.now) == 0);
    dataworks::checkpoint const saved = job.save(now);
    if (c.kind == Plan::kind) require(!c.may_have_run || saved.may_have_run || s.what == acs::action::failed || saved.phase != c.phase);
    std::string const text = text_of(saved);
    auto const again = dataworks::read_checkpoint(text);
    if (s.what != acs::action::failed) require(again && text_of(*again) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    bool const batch = in.coin(), updating = in.coin();
    fuzz::owned_text const text(in.rest());
    auto const read = dataworks::read_checkpoint(text.view());
    if (!read) {
        acs::failure const& f = read.error();
        require(f.code != acs::errc::none && f.origin == acs::origin::caller && f.offset <= text.view().size());
        return 0;
    }
    std::string const again = text_of(*read);
    require(again.size() < 400);
    auto const same = dataworks::read_checkpoint(again);
    require(same && text_of(*same) == again);
    std::string_view const type = batch ? dataworks::task_type::di_offline : dataworks::task_type::di_realtime;
    if (updating)
        check_resume(dataworks::changed_sync_task{.project_id = 1,
                                                  .task_type = type,
                                                  .task_id = 2,
                                                  .file_id = 3,
                                                  .source_and_target = "{}",
                                                  .task_content = "{}",
                                                  .task_param = "{}"},
                     *read);
    else
        check_resume(
            dataworks::new_sync_task{
                .project_id = 1, .task_type = type, .task_name = "n", .source_and_target = "{}", .task_content = "{}", .task_param = "{}"},
            *read);
    return 0;
}

}  // namespace fuzz_checkpoint
