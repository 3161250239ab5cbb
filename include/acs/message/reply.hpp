// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_REPLY_HPP
#define ACS_MESSAGE_REPLY_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// An HTTP answer as a transport hands it over. The body is mutable: typed decoding unescapes strings in place.
struct reply {
    std::uint16_t status{};           ///< HTTP status
    std::span<field const> fields{};  ///< header fields in the order received
    std::span<char> body{};           ///< the whole body, with any transfer coding taken off
};

/// The wait that `x-acs-retry-after` asks for, in milliseconds; 0 if it is absent, malformed or not positive (protocol 4.5). A wait
/// that does not fit saturates.
[[nodiscard]] constexpr std::uint32_t retry_after_ms(std::span<field const> const& fields) noexcept {
    constexpr std::string_view name = "x-acs-retry-after"sv;
    std::string_view const text = find_field(fields, name);
    return parse_count(text.data(), text.size());
}

}  // namespace acs::inline ACS_ABI

#endif
