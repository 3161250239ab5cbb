// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_HISTORY_HPP
#define ACS_CORE_HISTORY_HPP

#include <acs/core/config.hpp>

#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Why a call that failed was not tried again.
enum class end_reason : std::uint8_t {
    none,            ///< it was one request, which nobody undertook to repeat
    final,           ///< repeating would not help
    may_have_run,    ///< the operation may have been carried out, and is not safe to repeat
    attempts,        ///< as often as the policy allows
    deadline,        ///< the next attempt would come too late
    budget,          ///< the call budget is spent until after the deadline
    remedy_used,     ///< the same refusal after the one remedy for it: another nonce, a corrected clock, new credentials
    no_server_time,  ///< the clock is refused, and the answer carries no date to believe
    no_credentials,  ///< the caller has no new credentials
    cancelled,       ///< the caller gave up
};

[[nodiscard]] constexpr std::string_view message(end_reason why) noexcept {
    switch (why) {
        case end_reason::none: return "not tried again";
        case end_reason::final: return "trying again would not help";
        case end_reason::may_have_run: return "not tried again, since it may have run";
        case end_reason::attempts: return "no attempts left";
        case end_reason::deadline: return "no time left";
        case end_reason::budget: return "no calls left in the budget";
        case end_reason::remedy_used: return "refused again after the one remedy for it";
        case end_reason::no_server_time: return "the answer carries no date to set the clock by";
        case end_reason::no_credentials: return "no new credentials";
        case end_reason::cancelled: return "cancelled";
    }
    return "unknown";
}

/// What a call went through, over all of its attempts.
struct history {
    std::uint32_t waited_ms{};  ///< between attempts, as it was planned
    std::uint16_t attempts{};   ///< requests that were sent, or may have been
    bool may_have_run{};        ///< whether any of them may have been carried out
    end_reason why{};           ///< why there was no further one
};

}  // namespace acs::inline ACS_ABI

#endif
