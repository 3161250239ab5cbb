// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_SERVER_CLOCK_HPP
#define ACS_EXCHANGE_SERVER_CLOCK_HPP

#include <acs/core/config.hpp>
#include <acs/core/time.hpp>
#include <acs/message/field.hpp>

#include <cstdint>
#include <optional>
#include <span>

namespace acs::inline ACS_ABI {

/// Dates of a server outside of these are taken for a fault of its own: from the version of the API on, and for a generation.
inline constexpr wall_time first_credible{1'589'760'000};  // 2020-05-18T00:00:00Z
inline constexpr wall_time last_credible{2'524'608'000};   // 2050-01-01T00:00:00Z

/// By how many seconds the server's clock is ahead of ours, from the `date` of its answer. Empty if there is none, or none to believe: a
/// clock that was never set says 1970.
[[nodiscard]] constexpr std::optional<std::int64_t> learn_clock_offset(std::span<field const> fields, wall_time ours) noexcept {
    auto const theirs = parse_http_date(find_field(fields, "date"));
    if (!theirs || *theirs < first_credible || *theirs > last_credible) return {};
    return distance(ours, *theirs);
}

}  // namespace acs::inline ACS_ABI

#endif
