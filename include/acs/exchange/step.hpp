// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_STEP_HPP
#define ACS_EXCHANGE_STEP_HPP

#include <acs/core/config.hpp>
#include <acs/core/time.hpp>

#include <cstdint>

namespace acs::inline ACS_ABI {

/// What a machine wants of its caller.
enum class action : std::uint8_t {
    send,     ///< carry `request()`, once; then tell `on_reply` or `on_lost`
    wait,     ///< tell `on_tick` when it is time
    refresh,  ///< get new session credentials; then tell `on_credentials` or `on_no_credentials`
    done,     ///< the reply is there; nothing more to do
    failed,   ///< the failure is there; nothing more to do
};

/// The next step. Each input of a machine returns one, and nothing else is ever left to do.
struct step {
    action what{};
    std::uint32_t timeout_ms{};  ///< `send`: how long this attempt may take before it is better lost; 0: as long as it likes
    tick until{};                ///< `wait`: when it is time; an earlier `on_tick` is harmless

    /// How long to wait from `now` on, in milliseconds.
    [[nodiscard]] constexpr std::uint64_t wait_ms(tick now) const noexcept { return until > now ? until.ms - now.ms : 0; }

    friend constexpr bool operator==(step const&, step const&) noexcept = default;
};

}  // namespace acs::inline ACS_ABI

#endif
