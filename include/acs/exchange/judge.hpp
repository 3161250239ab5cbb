// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_JUDGE_HPP
#define ACS_EXCHANGE_JUDGE_HPP

#include <acs/core/config.hpp>
#include <acs/core/history.hpp>
#include <acs/error/classify.hpp>
#include <acs/error/codes.hpp>

#include <cstdint>

namespace acs::inline ACS_ABI {

/// What repeating an operation does.
enum class effect : std::uint8_t {
    reads,       ///< nothing: it changes nothing
    repeatable,  ///< nothing: it carries a client token, by which the service knows it again
    once,        ///< it may be carried out a second time
};

/// Remedies that are worth one try in a call.
struct remedies {
    bool nonce{};        ///< signed again with another nonce
    bool clock{};        ///< signed again by the server's clock
    bool credentials{};  ///< signed again with new credentials
};

/// What becomes of a call after a failed attempt, if attempts and time are left.
struct ruling {
    enum class kind : std::uint8_t {
        give_up,     ///< `why` says why
        wait,        ///< then try again
        sign_again,  ///< try again at once
        refresh,     ///< try again with new credentials
    };
    kind what{};
    end_reason why{};
};

/// The rules of protocol 6.2, as a pure function. `tried`: remedies of this call so far; `server_time`: whether the answer has a date to
/// set the clock by.
[[nodiscard]] constexpr ruling judge(advice const& a, effect of, remedies const& tried, bool server_time) noexcept {
    using kind = ruling::kind;
    if (!a.retry) return {kind::give_up, end_reason::final};
    if (a.may_have_run && of == effect::once) return {kind::give_up, end_reason::may_have_run};
    switch (a.how) {
        case remedy::backoff: return {kind::wait};
        case remedy::new_nonce:
            if (tried.nonce) return {kind::give_up, end_reason::remedy_used};
            return {kind::sign_again};
        case remedy::correct_clock:
            if (tried.clock) return {kind::give_up, end_reason::remedy_used};
            if (!server_time) return {kind::give_up, end_reason::no_server_time};
            return {kind::sign_again};
        case remedy::refresh_credentials:
            if (tried.credentials) return {kind::give_up, end_reason::remedy_used};
            return {kind::refresh};
        case remedy::none:
        case remedy::maybe_later:
        case remedy::other_region:
        case remedy::daily_limit:
        case remedy::quota: break;
    }
    return {kind::give_up, end_reason::final};
}

}  // namespace acs::inline ACS_ABI

#endif
