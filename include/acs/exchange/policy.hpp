// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_POLICY_HPP
#define ACS_EXCHANGE_POLICY_HPP

#include <acs/core/config.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/time.hpp>

#include <cstddef>
#include <cstdint>

namespace acs::inline ACS_ABI {

/// How often, how soon and for how long a call is tried. Milliseconds throughout.
struct retry_policy {
    std::uint16_t max_attempts = 4;             ///< the first included; 1: never again
    std::uint32_t first_wait_ms = 500;          ///< before the second attempt; doubles from attempt to attempt
    std::uint32_t max_wait_ms = 20'000;         ///< where doubling stops
    std::uint32_t max_asked_wait_ms = 60'000;   ///< the longest wait that the service may ask for (protocol 4.5)
    std::uint32_t attempt_timeout_ms = 30'000;  ///< advice for the transport, see `step::timeout_ms`; 0: none
    std::uint32_t deadline_ms = 120'000;        ///< the whole call, waits included; 0: none
};

/// No repeating at all.
inline constexpr retry_policy single_attempt{.max_attempts = 1};

/// A number from 0 to `max` drawn from the entropy of a moment, which then must not become a nonce.
[[nodiscard]] constexpr std::uint32_t draw(moment const& now, std::uint32_t max) noexcept {
    std::uint64_t drawn = 0;
    for (std::size_t i = 0; i < 4; ++i) drawn = drawn << 8 | now.random[i];
    return static_cast<std::uint32_t>(drawn * (std::uint64_t{max} + 1) >> 32);
}

/// The wait before the next attempt, after `attempts` of them: doubles, up to the maximum, of which the upper half is left to chance, so
/// that clients which failed together do not come back together (equal jitter).
[[nodiscard]] constexpr std::uint32_t backoff_ms(retry_policy const& policy, std::uint16_t attempts, moment const& now) noexcept {
    std::uint32_t wait = smaller(policy.first_wait_ms, policy.max_wait_ms);
    for (std::uint16_t i = 1; i < attempts && wait < policy.max_wait_ms; ++i)
        wait = wait > policy.max_wait_ms / 2 ? policy.max_wait_ms : wait * 2;
    return wait - wait / 2 + draw(now, wait / 2);
}

/// `t` and `ms` later; the end of time if that lies beyond.
[[nodiscard]] constexpr tick later(tick t, std::uint64_t ms) noexcept { return {ms > UINT64_MAX - t.ms ? UINT64_MAX : t.ms + ms}; }

}  // namespace acs::inline ACS_ABI

#endif
