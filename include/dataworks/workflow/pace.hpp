// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_WORKFLOW_PACE_HPP
#define DATAWORKS_WORKFLOW_PACE_HPP

#include <acs/core/config.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/time.hpp>
#include <acs/exchange/policy.hpp>

#include <cstdint>

namespace dataworks::inline ACS_ABI {

/// From one time to a later one; 0 if it is not later.
[[nodiscard]] constexpr std::uint64_t seconds_between(acs::wall_time from, acs::wall_time to) noexcept {
    return to > from ? static_cast<std::uint64_t>(to.seconds) - static_cast<std::uint64_t>(from.seconds) : 0;
}

/// When a job asks how far the service is, and until when. The defaults make about 40 calls in half an hour.
struct job_pace {
    std::uint32_t first_wait_ms = 3'000;      ///< before the first question
    std::uint32_t growth_percent = 150;       ///< each wait in percent of the one before; 100: always the same
    std::uint32_t max_wait_ms = 60'000;       ///< where growing stops
    std::uint32_t deadline_ms = 30 * 60'000;  ///< the whole job from its first start on, waits included; 0: none

    /// The wait that follows a wait.
    [[nodiscard]] constexpr std::uint32_t after(std::uint32_t wait_ms) const noexcept {
        // wait_ms * growth / 100, exactly, by 32-bit divisions: one of 64 bits costs firmware 700 bytes.
        std::uint32_t const growth = acs::larger(growth_percent, std::uint32_t{100}), part = growth % 100;
        std::uint64_t const grown = std::uint64_t{wait_ms} * (growth / 100) + wait_ms / 100 * part + wait_ms % 100 * part / 100;
        return acs::larger(static_cast<std::uint32_t>(acs::smaller<std::uint64_t>(grown, max_wait_ms)), shortest());
    }

    /// The first wait.
    [[nodiscard]] constexpr std::uint32_t first() const noexcept {
        return acs::larger(acs::smaller(first_wait_ms, max_wait_ms), shortest());
    }

    /// At most how many questions go before `ms` are over, if the next one goes at once and `wait_ms` is the wait behind it.
    [[nodiscard]] constexpr std::uint64_t most_questions(std::uint64_t ms, std::uint32_t wait_ms) const noexcept {
        std::uint64_t asked = 0;
        for (;;) {
            if (ms == 0) return asked;
            std::uint32_t const next = after(wait_ms);
            if (next == wait_ms) return asked + (ms - 1) / wait_ms + 1;
            ++asked;
            ms -= acs::smaller<std::uint64_t>(ms, wait_ms);
            wait_ms = next;
        }
    }

    /// When a job ends that was first started then, by the wall clock. What had passed when it was `seen` last has passed, even if the
    /// clock was set back since.
    [[nodiscard]] constexpr acs::tick deadline(acs::moment const& now, acs::wall_time started, acs::wall_time seen) const noexcept {
        if (deadline_ms == 0) return {UINT64_MAX};
        std::uint64_t const passed = seconds_between(started, acs::larger(now.wall, seen));
        std::uint64_t const passed_ms = acs::smaller<std::uint64_t>(passed, deadline_ms) * 1000;
        return acs::later(now.now, deadline_ms - acs::smaller<std::uint64_t>(passed_ms, deadline_ms));
    }

    /// When a job that ends then was first started, by the wall clock as it goes now: `known`, unless the clock was set since.
    [[nodiscard]] constexpr acs::wall_time start(acs::moment const& now, acs::tick end, acs::wall_time known) const noexcept {
        if (deadline_ms == 0) return known;
        std::uint64_t const left = end > now.now ? end.ms - now.now.ms : 0;
        auto const passed_ms = static_cast<std::uint32_t>(deadline_ms - acs::smaller<std::uint64_t>(left, deadline_ms));
        // In whole seconds: rounded up once it is over, or what was cut off would be time again.
        std::int64_t const passed = passed_ms / 1000 + (left == 0 && passed_ms % 1000 != 0 ? 1 : 0);
        acs::wall_time const then{now.wall.seconds > passed ? now.wall.seconds - passed : 0};
        return seconds_between(then, known) <= 1 && seconds_between(known, then) <= 1 ? known : then;
    }

private:
    [[nodiscard]] static constexpr std::uint32_t shortest() noexcept { return 100; }
};

}  // namespace dataworks::inline ACS_ABI

#endif
