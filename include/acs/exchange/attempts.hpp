// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_ATTEMPTS_HPP
#define ACS_EXCHANGE_ATTEMPTS_HPP

#include <acs/core/config.hpp>
#include <acs/core/history.hpp>
#include <acs/core/result.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/time.hpp>
#include <acs/message/field.hpp>
#include <acs/error/classify.hpp>
#include <acs/error/codes.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/exchange/judge.hpp>
#include <acs/exchange/policy.hpp>
#include <acs/exchange/server_clock.hpp>
#include <acs/exchange/step.hpp>

#include <cstdint>
#include <span>

namespace acs::inline ACS_ABI {

/// The attempts of one call: when the next one goes, and when there is none. It knows no operation and holds no message; `exchange` and the
/// jobs of a service are built on it.
class attempts {
public:
    /// `budget`, if any, has to outlive this. `clock_offset`: seconds to add to the wall time of every moment.
    constexpr attempts(retry_policy const& policy, call_budget* budget, std::int64_t clock_offset) noexcept
        : policy_(policy), budget_(budget), clock_offset_(clock_offset) {}

    /// Begins a call. What was learnt of the server's clock stays. Next: `permit`.
    constexpr void begin_until(tick deadline) noexcept {
        deadline_ = deadline;
        history_ = {};
        tried_ = {};
    }

    /// Whether an attempt may go now: `send`; `wait` until the budget has a call left; `failed`, then `history` says why.
    constexpr step permit(tick now) noexcept {
        if (now >= deadline_) return end(end_reason::deadline);
        tick const free = budget_ != nullptr ? budget_->next(now) : now;
        if (free != now) return free < deadline_ ? wait(free, now) : end(end_reason::budget);
        return {action::send, timeout(now), {}};
    }

    /// The attempt that was permitted goes: it counts from here on.
    constexpr step sent(tick now) noexcept {
        if (budget_ != nullptr) budget_->take(now);
        ++history_.attempts;
        ++calls_;
        return now_ = {action::send, timeout(now), {}};
    }

    /// Takes in a failed attempt: `wait`, `refresh`, `failed`, or `send`, which asks for `permit`. `fields`: of the answer, if there was
    /// one.
    constexpr step fail(failure const& f, advice const& a, effect of, std::span<field const> fields, moment const& now) noexcept {
        history_.may_have_run = history_.may_have_run || a.may_have_run;
        auto const offset = learn_clock_offset(fields, corrected(now).wall);
        ruling const ruled = judge(a, of, tried_, offset.has_value());
        if (ruled.what == ruling::kind::give_up) return end(ruled.why);
        if (history_.attempts >= policy_.max_attempts) return end(end_reason::attempts);
        switch (ruled.what) {
            case ruling::kind::give_up: break;
            case ruling::kind::refresh: tried_.credentials = true; return now_ = {action::refresh, 0, {}};
            case ruling::kind::sign_again:
                if (a.how == remedy::correct_clock) {
                    tried_.clock = true;
                    clock_offset_ = sum(clock_offset_, *offset);
                } else {
                    tried_.nonce = true;
                }
                return now_ = {action::send, 0, {}};
            case ruling::kind::wait: break;
        }
        std::uint32_t const asked = smaller(f.wait_ms, policy_.max_asked_wait_ms);
        tick const until = later(now.now, asked != 0 ? asked : backoff_ms(policy_, history_.attempts, now));
        if (until >= deadline_) return end(end_reason::deadline);
        return wait(until, now.now);
    }

    /// Waits beyond what attempts take, such as those between two questions of a job.
    constexpr step wait(tick until, tick now) noexcept {
        std::uint64_t const ms = until > now ? until.ms - now.ms : 0;
        history_.waited_ms = ms > UINT32_MAX - history_.waited_ms ? UINT32_MAX : history_.waited_ms + static_cast<std::uint32_t>(ms);
        return now_ = {action::wait, 0, until};
    }

    constexpr step done() noexcept { return now_ = {action::done, 0, {}}; }
    constexpr step end(end_reason why) noexcept {
        history_.why = why;
        return now_ = {action::failed, 0, {}};
    }

    /// The caller gives up. An attempt that is under way may have run.
    constexpr step cancel() noexcept {
        history_.may_have_run = history_.may_have_run || now_.what == action::send;
        return end(end_reason::cancelled);
    }

    /// The step that is due.
    [[nodiscard]] constexpr step due() const noexcept { return now_; }
    [[nodiscard]] constexpr acs::history const& history() const noexcept { return history_; }
    /// Attempts of every call so far.
    [[nodiscard]] constexpr std::uint32_t calls() const noexcept { return calls_; }
    [[nodiscard]] constexpr tick deadline() const noexcept { return deadline_; }
    [[nodiscard]] constexpr std::int64_t clock_offset() const noexcept { return clock_offset_; }
    [[nodiscard]] constexpr retry_policy const& policy() const noexcept { return policy_; }
    [[nodiscard]] constexpr call_budget* budget() const noexcept { return budget_; }

    /// The moment by the server's clock, as far as it is known.
    [[nodiscard]] constexpr moment corrected(moment now) const noexcept {
        now.wall.seconds = sum(now.wall.seconds, clock_offset_);
        return now;
    }

    /// Adds to a failure what the call went through.
    constexpr void tell(failure& f) const noexcept {
        f.history = history_;
        if (f.delivery == delivery::not_sent && history_.may_have_run) f.delivery = delivery::unknown;
    }

private:
    /// Wraps: a time that makes no sense is refused when a request is prepared.
    [[nodiscard]] static constexpr std::int64_t sum(std::int64_t a, std::int64_t b) noexcept {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
    }

    [[nodiscard]] constexpr std::uint32_t timeout(tick now) const noexcept {
        std::uint64_t const left = deadline_ > now ? deadline_.ms - now.ms : 1;
        std::uint64_t const most = policy_.attempt_timeout_ms != 0 ? policy_.attempt_timeout_ms : UINT32_MAX;
        std::uint64_t const least = smaller(left, most);
        return least == UINT32_MAX ? 0 : static_cast<std::uint32_t>(least);
    }

    retry_policy policy_;
    call_budget* budget_;
    std::int64_t clock_offset_;
    tick deadline_{};
    step now_{action::wait, 0, {}};
    acs::history history_{};
    std::uint32_t calls_{};
    remedies tried_{};
};

}  // namespace acs::inline ACS_ABI

#endif
