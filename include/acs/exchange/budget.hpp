// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_BUDGET_HPP
#define ACS_EXCHANGE_BUDGET_HPP

#include <acs/core/config.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/time.hpp>
#include <acs/exchange/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace acs::inline ACS_ABI {

/// How many calls an account may make (service page: quotas; api/errors.json). The defaults are those of a Basic edition.
struct budget_limits {
    std::uint32_t per_second = 5;  ///< in any 1000 ms; 0: no limit
    std::uint32_t per_day = 100;   ///< in any 24 hours; 0: no limit
};

/// A log of calls, from which it tells when the next one may go: never more than the limits in any second or day, however these are laid.
/// One budget serves every machine that spends from the same account; not for use by two threads at once.
///
/// Memory: a slot of 4 bytes for each call that may fall into one window, which is the larger of the two limits. A smaller log
/// lowers the limits to its size.
///
///     std::array<std::uint32_t, 100> log;
///     acs::call_budget budget{{.per_second = 5, .per_day = 100}, log};
class call_budget {
public:
    static constexpr std::uint32_t second_ms = 1000;
    static constexpr std::uint32_t day_ms = 86'400'000;

    /// `log` has to outlive the budget; its content does not matter.
    constexpr call_budget(budget_limits const& limits, std::span<std::uint32_t> log) noexcept : log_(log), limits_(limits) {
        std::size_t const most = smaller<std::size_t>(log.size(), UINT32_MAX);
        auto const lower = [most](std::uint32_t limit) { return static_cast<std::uint32_t>(smaller<std::size_t>(limit, most)); };
        if (limits_.per_second != 0) limits_.per_second = lower(limits_.per_second);
        if (limits_.per_day != 0) limits_.per_day = lower(limits_.per_day);
        no_room_ = most == 0 && (limits.per_second != 0 || limits.per_day != 0);
    }

    /// When the next call may go: `now`, or a later time; the end of time if never.
    [[nodiscard]] constexpr tick next(tick now) noexcept {
        if (no_room_) return {UINT64_MAX};
        tick const at = look(now);
        tick const second = window_opens(limits_.per_second, second_ms, at);
        tick const day = window_opens(limits_.per_day, day_ms, at);
        tick const free = larger(second, day);
        return free == at ? now : free;
    }

    /// Enters a call. Pre: `next(now) == now`.
    constexpr void take(tick now) noexcept { enter(look(now)); }

    /// Enters calls of another process, before any other: `calls` of which the last was made `age_ms` ago. Counts them all as made then.
    constexpr void restore(std::uint32_t calls, std::uint64_t age_ms, tick now) noexcept {
        if (age_ms >= day_ms) return;
        // A tick may begin at 0; the log only holds its lowest 32 bits, so times before that are no trouble.
        tick const then{look(now).ms - age_ms};
        for (std::uint32_t i = 0; i < calls && i < log_.size(); ++i) enter(then);
    }

    /// How many calls were made in the last 24 hours, as far as they count.
    [[nodiscard]] constexpr std::uint32_t spent(tick now) noexcept {
        static_cast<void>(look(now));
        return count_;
    }

    /// At most how many calls may go from now until then, both included.
    [[nodiscard]] constexpr std::uint64_t most(tick now, tick until) noexcept {
        if (no_room_ || until < now) return 0;
        tick const at = look(now), end = larger(at, until);
        return smaller(most_in(limits_.per_second, second_ms, at, end), most_in(limits_.per_day, day_ms, at, end));
    }

private:
    /// How many milliseconds ago the call was made that lies `back` calls back; 1: the latest.
    [[nodiscard]] constexpr std::uint32_t age(std::uint32_t back, tick now) const noexcept {
        std::size_t const size = log_.size();
        return static_cast<std::uint32_t>(now.ms) - log_[(head_ + size - back) % size];
    }

    // A day is far less than 2^32 ms. Whatever is older is forgotten before it could seem young again: at each look, and all at once if
    // nobody looked for a day. Returns the latest time that anybody saw: of two readings of the clock, the later may be told first.
    constexpr tick look(tick now) noexcept {
        tick const at = larger(now, looked_);
        if (at.ms - looked_.ms >= day_ms) count_ = 0;
        looked_ = at;
        while (count_ != 0 && age(count_, at) >= day_ms) --count_;
        return at;
    }

    constexpr void enter(tick at) noexcept {
        if (log_.empty()) return;
        log_[head_] = static_cast<std::uint32_t>(at.ms);
        head_ = head_ + 1 < log_.size() ? head_ + 1 : 0;
        if (count_ < log_.size()) ++count_;
    }

    [[nodiscard]] constexpr tick window_opens(std::uint32_t limit, std::uint32_t window, tick now) const noexcept {
        if (limit == 0 || count_ < limit) return now;
        std::uint32_t const since = age(limit, now);
        return since >= window ? now : later(now, window - since);
    }

    [[nodiscard]] constexpr std::uint64_t most_in(std::uint32_t limit, std::uint32_t window, tick now, tick until) const noexcept {
        if (limit == 0) return UINT64_MAX;
        std::uint64_t const span = until.ms - now.ms;
        std::uint64_t const whole = span / window;
        auto const rest = static_cast<std::uint32_t>(span % window);
        if (whole >= UINT64_MAX / limit - 1) return UINT64_MAX;
        std::uint32_t held = 0;  // that will still count when the first, shorter part is over
        while (held < count_ && held < limit && age(held + 1, now) < window - rest) ++held;
        return whole * limit + (limit - held);
    }

    std::span<std::uint32_t> log_;
    budget_limits limits_;
    tick looked_{};
    std::size_t head_{};
    std::uint32_t count_{};  // entries that are younger than a day, or fewer if the log is full
    bool no_room_{};
};

}  // namespace acs::inline ACS_ABI

#endif
