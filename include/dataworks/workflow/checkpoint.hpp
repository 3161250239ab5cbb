// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_WORKFLOW_CHECKPOINT_HPP
#define DATAWORKS_WORKFLOW_CHECKPOINT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/json/find.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>
#include <acs/json/writer.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/exchange/client_token.hpp>
#include <dataworks/workflow/pace.hpp>
#include <dataworks/workflow/plan.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dataworks::inline ACS_ABI {

/// Which call of a job is due.
enum class job_phase : std::uint8_t {
    generating,  ///< GenerateDISyncTaskConfigFor...
    asking,      ///< QueryDISyncTaskConfigProcessResult
    finishing,   ///< CreateDISyncTask or UpdateDISyncTask
};

inline constexpr std::array<std::string_view, 3> job_phase_names{"generating", "asking", "finishing"};
[[nodiscard]] constexpr std::string_view name(job_phase p) noexcept { return job_phase_names[static_cast<std::size_t>(p)]; }

/// All that another process needs, beside the plan, to go on with a job: ids and tokens, nothing secret, never `TaskContent`. A plain
/// value; store it before a step is carried out.
struct checkpoint {
    job_kind kind{};
    job_phase phase{};
    bool may_have_run{};        ///< the call of that phase may have been carried out already
    std::int64_t process_id{};  ///< from the phase `asking` on; 0: none
    acs::client_token generation_token{};
    acs::client_token finish_token{};
    acs::wall_time started{};  ///< the first start, by the clock that says `saved`; the deadline counts from it
    acs::wall_time saved{};    ///< when this was made
    std::uint32_t spent{};     ///< calls in the 24 hours before, by the job's budget; see `restore`
};

/// Writes a checkpoint as one JSON object, of less than 400 bytes.
template <acs::sink S>
constexpr void write_checkpoint(checkpoint const& c, S& out) noexcept {
    acs::json_writer json(out);
    auto const text = [&json](std::string_view name, std::string_view value) {
        json.name(name);
        json.string(value);
    };
    auto const number = [&json](std::string_view name, std::int64_t value) {
        json.name(name);
        json.integer(value);
    };
    json.begin_object();
    text("job", c.kind == job_kind::creating ? "creating" : "updating");
    text("phase", name(c.phase));
    json.name("may_have_run");
    json.boolean(c.may_have_run);
    number("process_id", c.process_id);
    text("generation_token", c.generation_token.view());
    text("finish_token", c.finish_token.view());
    number("started", c.started.seconds);
    number("saved", c.saved.seconds);
    number("spent", c.spent);
    json.end_object();
}

/// Reads what `write_checkpoint` wrote. errc::malformed_text naming the member that is missing or makes no sense; errors of JSON.
[[nodiscard]] constexpr acs::result<checkpoint> read_checkpoint(std::string_view text) noexcept {
    checkpoint c{};
    acs::failure wrong{};
    auto const member = [&](std::string_view name, acs::json_kind kind) {
        auto const found = acs::find_json(text, name);
        if (found && found->kind == kind) return found->text;
        if (wrong.code == acs::errc::none) wrong = acs::refuse(acs::errc::malformed_text, name);
        return std::string_view();
    };
    auto const number = [&](std::string_view name, std::int64_t max) {
        auto const value = acs::parse_integer(member(name, acs::json_kind::number));
        if (value && *value >= 0 && *value <= max) return *value;
        if (wrong.code == acs::errc::none) wrong = acs::refuse(acs::errc::malformed_text, name);
        return std::int64_t{0};
    };
    auto const token = [&](std::string_view name) {
        std::string_view const digits = member(name, acs::json_kind::string);
        auto const read = acs::client_token::parse(digits);
        if ((digits.empty() || read.view() != digits) && wrong.code == acs::errc::none)
            wrong = acs::refuse(acs::errc::malformed_text, name);
        return read;
    };
    constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999
    auto const whole = acs::find_json(text, {});
    if (!whole) return whole.error();
    std::size_t const end = whole->offset + whole->text.size();
    if (!acs::trim(acs::skip(text, end)).empty()) return acs::refuse(acs::errc::trailing_text, "json", end);

    std::string_view const job = member("job", acs::json_kind::string);
    std::string_view const phase = member("phase", acs::json_kind::string);
    std::string_view const ran = member("may_have_run", acs::json_kind::boolean);
    c.kind = job == "updating" ? job_kind::updating : job_kind::creating;
    for (std::size_t i = 0; i < job_phase_names.size(); ++i)
        if (phase == job_phase_names[i]) c.phase = static_cast<job_phase>(i);
    c.may_have_run = ran == "true";
    c.process_id = number("process_id", process_ids.max);
    c.generation_token = token("generation_token");
    c.finish_token = token("finish_token");
    c.started.seconds = number("started", last_second);
    c.saved.seconds = number("saved", last_second);
    c.spent = static_cast<std::uint32_t>(number("spent", UINT32_MAX));

    if (wrong.code == acs::errc::none && job != "creating" && job != "updating") wrong = acs::refuse(acs::errc::malformed_text, "job");
    if (wrong.code == acs::errc::none && phase != name(c.phase)) wrong = acs::refuse(acs::errc::malformed_text, "phase");
    if (wrong.code == acs::errc::none && c.phase == job_phase::asking && c.process_id == 0)
        wrong = acs::refuse(acs::errc::malformed_text, "process_id");
    if (wrong.code != acs::errc::none) return wrong;
    return c;
}

/// Enters the calls that the other process made into the budget of this one, once and before any call: as if all of them had been made
/// when the checkpoint was. Of several jobs that share a budget, the checkpoint that was stored last knows the calls of all.
constexpr void restore(acs::call_budget& budget, checkpoint const& c, acs::moment const& now) noexcept {
    // A second more than that counts, since wall time is in whole ones.
    std::uint64_t const age = seconds_between(c.saved, now.wall);
    budget.restore(c.spent, age > 1 ? acs::smaller<std::uint64_t>(age - 1, UINT32_MAX) * 1000 : 0, now.now);
}

}  // namespace dataworks::inline ACS_ABI

#endif
