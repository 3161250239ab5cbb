// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_WORKFLOW_PACE_HPP
#define DATAWORKS_WORKFLOW_PACE_HPP

#include <acs/core/config.hpp>
#include <acs/core/time.hpp>

#include <algorithm>
#include <cstdint>

namespace dataworks::inline ACS_ABI {

/// When a job asks how far the service is, and until when. The defaults make about 30 calls in half an hour.
struct job_pace {
    std::uint32_t first_wait_ms = 3'000;      ///< before the first question
    std::uint32_t growth_percent = 150;       ///< each wait in percent of the one before; 100: always the same
    std::uint32_t max_wait_ms = 60'000;       ///< where growing stops
    std::uint32_t deadline_ms = 30 * 60'000;  ///< the whole job from its first start on, waits included; 0: none

    /// The wait that follows a wait.
    [[nodiscard]] constexpr std::uint32_t after(std::uint32_t wait_ms) const noexcept {
        std::uint64_t const grown = std::uint64_t{wait_ms} * std::max(growth_percent, std::uint32_t{100}) / 100;
        return std::max(static_cast<std::uint32_t>(std::min<std::uint64_t>(grown, max_wait_ms)), shortest());
    }

    /// The first wait.
    [[nodiscard]] constexpr std::uint32_t first() const noexcept { return std::max(std::min(first_wait_ms, max_wait_ms), shortest()); }

    /// At most how many questions go before `ms` are over, if the next one goes at once and `wait_ms` is the wait behind it.
    [[nodiscard]] constexpr std::uint64_t most_questions(std::uint64_t ms, std::uint32_t wait_ms) const noexcept {
        std::uint64_t asked = 0;
        for (;;) {
            if (ms == 0) return asked;
            std::uint32_t const next = after(wait_ms);
            if (next == wait_ms) return asked + (ms - 1) / wait_ms + 1;
            ++asked;
            ms -= std::min<std::uint64_t>(ms, wait_ms);
            wait_ms = next;
        }
    }

private:
    [[nodiscard]] static constexpr std::uint32_t shortest() noexcept { return 100; }
};

}  // namespace dataworks::inline ACS_ABI

#endif
