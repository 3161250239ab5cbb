// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_WORKFLOW_JOB_HPP
#define DATAWORKS_WORKFLOW_JOB_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/result.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/time.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/reply.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/signer.hpp>
#include <acs/signing/unsigned.hpp>
#include <acs/error/codes.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/exchange/client_token.hpp>
#include <acs/exchange/judge.hpp>
#include <acs/exchange/kinds.hpp>
#include <acs/exchange/machine.hpp>
#include <acs/exchange/policy.hpp>
#include <acs/exchange/step.hpp>
#include <dataworks/errors.hpp>
#include <dataworks/sync_task_config.hpp>
#include <dataworks/task.hpp>
#include <dataworks/workflow/checkpoint.hpp>
#include <dataworks/workflow/pace.hpp>
#include <dataworks/workflow/plan.hpp>
#include <dataworks/workflow/progress.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dataworks::inline ACS_ABI {

/// A job as a state machine: a plan's configuration is generated, asked for until it is ready, and the task created or changed with it;
/// batch tasks (`DI_OFFLINE`) are created or changed at once. Inputs, steps and lifetimes are those of `acs::exchange`, and each call is
/// tried again by the same rules, but that the deadline is the job's, and the client tokens are the plan's or its own, not the options'.
///
///     dataworks::job job{dataworks::new_sync_task{...}, endpoint, signer, memory, {}, {.first_wait_ms = 5000}};
///     for (acs::step s = job.start(now());;) switch (s.what) { ... }
///
/// The answer that brings `TaskContent` is sent on from where it lies: while `holds_answer()`, leave the last answer alone and receive
/// the next ones elsewhere.
///
/// To survive the end of the process, store `save()` before carrying out each step but the last (a job that could not be resumed has
/// nothing to save), and `resume` from it. Nothing is generated or created twice: the client tokens are part of it. UpdateDISyncTask knows
/// none, so a job that was interrupted while it was under way ends as errc::outcome_unknown.
template <class Plan, acs::signer Signer>
class job : public acs::machine<job<Plan, Signer>, Signer> {
    using base = acs::machine<job, Signer>;
    friend base;

public:
    using reply_type = typename Plan::operation::reply;
    /// How many answers it looks at, at one time: one that holds the configuration, and one that says what came of sending it.
    static constexpr std::size_t boxes = 2;

    constexpr job(Plan const& plan, acs::endpoint const& to, Signer const& who, acs::request_memory const& memory,
                  acs::exchange_options const& options = {}, job_pace const& pace = {}) noexcept
        : base(to, who, memory, without_token(options)), plan_(plan), pace_(pace), phase_(first_phase()), content_(plan.task_content) {}
    job(Plan const&, acs::endpoint const&, Signer const&&, acs::request_memory const&, acs::exchange_options const& = {},
        job_pace const& = {}) = delete;

    /// Begins the job.
    constexpr acs::step start(acs::moment const& now) noexcept {
        if (!base::begin()) return base::due();
        begin_job(now, now.wall, now.wall);
        acs::moment other = now;
        for (std::size_t i = 0; i < now.random.size(); ++i) other.random[i] = now.random[now.random.size() - 1 - i];
        generation_token_ = acs::client_token(now);
        finish_token_ = acs::client_token(other);
        base::begin_call(deadline_);
        return base::send(now);
    }

    /// Goes on with a job that another process began, with the same plan. A configuration that was ready is asked for again.
    /// errc::outcome_unknown if the last call may have run and can't be repeated; errc::malformed_text for a checkpoint of another job.
    constexpr acs::step resume(checkpoint const& from, acs::moment const& now) noexcept {
        if (!base::begin()) return base::due();
        begin_job(now, from.started, from.saved);
        base::begin_call(deadline_);
        if (!is_of_this_job(from)) return base::fail_for_good(acs::refuse(acs::errc::malformed_text, "checkpoint"), acs::end_reason::final);
        generation_token_ = from.generation_token;
        finish_token_ = from.finish_token;
        phase_ = from.phase;
        if (from.process_id != 0) process_id_ = from.process_id;
        ran_before_ = from.may_have_run && phase_ != job_phase::asking;
        if (phase_ == job_phase::finishing && ran_before_ && repeating() == acs::effect::once) {
            acs::failure f = acs::refuse(acs::errc::outcome_unknown, Plan::operation::head.action);
            f.delivery = acs::delivery::unknown;
            return base::fail_for_good(f, acs::end_reason::may_have_run);
        }
        if (phase_ == job_phase::finishing && !is_batch(plan_)) phase_ = job_phase::asking;
        return base::send(now);
    }

    /// The answer, of whatever status, to the request that was due.
    constexpr acs::step on_reply(acs::reply const& answer, acs::moment const& now, std::span<std::byte> = {}) noexcept {
        if (base::due().what != acs::action::send) return base::due();
        switch (phase_) {
            case job_phase::generating:
                return take<typename Plan::generation>(answer, now, [&](auto const& reply) {
                    process_id_ = reply.data.process_id;
                    phase_ = job_phase::asking;
                    ran_before_ = false;
                    return ask_later(now.now);
                });
            case job_phase::asking:
                return take<query_di_sync_task_config_process_result>(answer, now, [&](auto const& reply) {
                    ++questions_;
                    if (phase_of(reply) == phase::done) return use_content(reply, answer, now);
                    wait_ms_ = pace_.after(wait_ms_);
                    return ask_later(now.now);
                });
            case job_phase::finishing: break;
        }
        return take<typename Plan::operation>(answer, now, [&](auto const& reply) {
            reply_ = reply;
            return base::attempts().done();
        });
    }

    /// Its answers hold no arrays.
    [[nodiscard]] static constexpr std::size_t arrays_size(acs::reply const&) noexcept { return 0; }

    /// The reply to the last call. Pre: `done`. Its texts view the answer.
    [[nodiscard]] constexpr reply_type const& reply() const noexcept { return reply_; }

    /// Whether the configuration that is being sent lies in the last answer to the questions.
    [[nodiscard]] constexpr bool holds_answer() const noexcept {
        return phase_ == job_phase::finishing && !is_batch(plan_) && !base::is_over();
    }

    /// How far the job is.
    [[nodiscard]] constexpr job_progress progress() const noexcept {
        bool const waits = base::due().what == acs::action::wait;
        return {phase_,
                base::history().attempts,
                questions_,
                base::attempts().calls(),
                {status_.data(), status_size_},
                process_id_,
                waits ? std::optional(base::due().until) : std::nullopt};
    }

    /// What goes on at the service, or may, although the job is over.
    [[nodiscard]] constexpr leftover left_running() const noexcept {
        if (base::due().what != acs::action::failed) return {};
        bool const ended = base::error().code == acs::errc::process_failed;
        bool const ran = base::history().may_have_run || ran_before_;
        return {.process_id = phase_ == job_phase::asking && !ended ? process_id_ : std::nullopt,
                .generation = phase_ == job_phase::generating && ran,
                .task = phase_ == job_phase::finishing ? ran : phase_ == job_phase::asking && ran_before_};
    }

    /// At most how many calls the job makes from now until its deadline, by its pace, its attempts and its budget.
    [[nodiscard]] constexpr std::uint64_t most_calls(acs::tick now) const noexcept {
        if (base::is_over()) return 0;
        acs::tick const end = base::has_begun() ? deadline_ : acs::later(now, pace_.deadline_ms != 0 ? pace_.deadline_ms : UINT64_MAX);
        if (end <= now) return 0;
        bool const asks = !is_batch(plan_) && phase_ != job_phase::finishing;
        std::uint64_t const questions = asks ? pace_.most_questions(end.ms - now.ms, base::has_begun() ? wait_ms_ : pace_.first()) : 0;
        std::uint64_t const others = asks && phase_ == job_phase::generating ? 2 : 1;
        std::uint64_t const attempts = acs::larger<std::uint16_t>(base::attempts().policy().max_attempts, 1);
        std::uint64_t const most = questions >= UINT64_MAX / attempts - others ? UINT64_MAX : (questions + others) * attempts;
        acs::call_budget* const budget = base::attempts().budget();
        return budget != nullptr ? acs::smaller(most, budget->most(now, end)) : most;
    }

    /// All that another process needs to go on from the step that is due. To be stored before that step is carried out; of a job that is
    /// done it repeats the last call, if that is safe.
    [[nodiscard]] constexpr checkpoint save(acs::moment const& now) const noexcept {
        acs::call_budget* const budget = base::attempts().budget();
        acs::action const due = base::due().what;
        bool const ran = base::history().may_have_run || due == acs::action::send || due == acs::action::done;
        return {.kind = Plan::kind,
                .phase = phase_ == job_phase::asking && ran_before_ ? job_phase::finishing : phase_,
                .may_have_run = ran || ran_before_,
                .process_id = process_id_.value_or(0),
                .generation_token = generation_token_,
                .finish_token = finish_token_,
                .started = pace_.start(now, deadline_, job_started_),
                .saved = now.wall,
                .spent = budget != nullptr ? budget->spent(now.now) : base::attempts().calls()};
    }

private:
    [[nodiscard]] static constexpr acs::exchange_options without_token(acs::exchange_options options) noexcept {
        options.prepare.client_token = {};
        return options;
    }
    [[nodiscard]] constexpr job_phase first_phase() const noexcept {
        return is_batch(plan_) ? job_phase::finishing : job_phase::generating;
    }

    constexpr void begin_job(acs::moment const& now, acs::wall_time first_start, acs::wall_time saved) noexcept {
        job_started_ = first_start;
        deadline_ = pace_.deadline(now, first_start, saved);
        wait_ms_ = pace_.first();
    }

    [[nodiscard]] constexpr bool is_of_this_job(checkpoint const& c) const noexcept {
        if (c.kind != Plan::kind || c.generation_token.view().empty() || c.finish_token.view().empty()) return false;
        if (is_batch(plan_)) return c.phase == job_phase::finishing && c.process_id == 0;
        return c.phase == job_phase::generating ? c.process_id == 0 : c.process_id >= process_ids.min && c.process_id <= process_ids.max;
    }

    [[nodiscard]] constexpr acs::result<acs::request> make(acs::moment const& now) const noexcept {
        switch (phase_) {
            case job_phase::generating: return base::make(plan_.generate(), now, generation_token_.view());
            case job_phase::asking:
                return base::make(
                    query_di_sync_task_config_process_result{
                        .project_id = plan_.project_id, .task_type = plan_.task_type, .async_process_id = process_id_},
                    now, {});
            case job_phase::finishing: break;
        }
        return base::make(plan_.finish(content_), now, finish_token_.view());
    }
    [[nodiscard]] constexpr acs::effect repeating() const noexcept {
        if (phase_ == job_phase::generating) return acs::effect::repeatable;
        return phase_ == job_phase::asking ? acs::effect::reads : acs::effect_of(plan_.finish(content_), true);
    }
    [[nodiscard]] static constexpr std::span<acs::code_row const> codes() noexcept { return error_codes; }

    /// Decodes the answer to a call and goes on with `next(reply)`, unless it failed, in either of two ways.
    template <class Op, class Next>
    constexpr acs::step take(acs::reply const& answer, acs::moment const& now, Next next) noexcept {
        auto const decoded = acs::decode<Op>(answer);
        if (!decoded) return base::fail(decoded.error(), answer.fields, now);
        std::string_view const said = decoded->data.status;
        status_size_ = static_cast<std::uint8_t>(acs::smaller(said.size(), status_.size()));
        acs::copy_n(said.data(), status_size_, status_.data());
        if (phase_of(*decoded) != phase::failed) return next(*decoded);
        if (phase_ != job_phase::generating || said == status::fail) return not_carried_out(*decoded, answer, {});
        ran_before_ = true;  // accepted, but without an id to ask with
        return not_carried_out(*decoded, answer, "ProcessId");
    }

    /// `lacks`: what the reply should have brought.
    constexpr acs::step not_carried_out(auto const& reply, acs::reply const& answer, std::string_view lacks) noexcept {
        acs::failure f = acs::undecodable(answer, acs::errc::process_failed);
        f.where = lacks;
        f.service.request_id = reply.request_id;
        f.service.message = reply.data.message;
        return base::fail_for_good(f, acs::end_reason::final);
    }

    constexpr acs::step ask_later(acs::tick now) noexcept {
        base::begin_call(deadline_);
        acs::tick const until = acs::later(now, wait_ms_);
        return until < deadline_ ? base::attempts().wait(until, now) : base::finish(base::attempts().end(acs::end_reason::deadline));
    }

    constexpr acs::step use_content(auto const& reply, acs::reply const& answer, acs::moment const& now) noexcept {
        if (reply.data.task_content.empty()) return not_carried_out(reply, answer, "TaskContent");
        content_ = reply.data.task_content;
        phase_ = job_phase::finishing;
        base::begin_call(deadline_);
        return base::send(now);
    }

    Plan plan_;
    job_pace pace_;
    job_phase phase_;
    bool ran_before_{};  // the call of phase `generating`, or in the phases after it the last one, may have run in another process
    std::uint8_t status_size_{};
    acs::client_token generation_token_{};
    acs::client_token finish_token_{};
    acs::wall_time job_started_{};
    acs::tick deadline_{};
    std::optional<std::int64_t> process_id_{};
    std::string_view content_;
    std::array<char, 32> status_{};
    std::uint32_t wait_ms_{};
    std::uint32_t questions_{};
    reply_type reply_{};
};

/// What a job takes beside its plan and reply.
template <class Plan, acs::signer Signer>
inline constexpr std::size_t job_overhead = sizeof(job<Plan, Signer>) - sizeof(Plan) - sizeof(typename Plan::operation::reply);
static_assert(job_overhead<new_sync_task, acs::nobody> <= 1024 && job_overhead<changed_sync_task, acs::nobody> <= 1024);

}  // namespace dataworks::inline ACS_ABI

#endif
