// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_METHOD_HPP
#define ACS_MESSAGE_METHOD_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// HTTP methods that the service's operations use.
enum class method : std::uint8_t { get, post, put, patch, delete_, head };

/// The method as it stands in the request line; a NUL follows, for interfaces of C.
[[nodiscard]] constexpr std::string_view name(method m) noexcept {
    // The size of each, and the name.
    char const* at = "\3GET\0\4POST\0\3PUT\0\5PATCH\0\6DELETE\0\4HEAD\0";
    for (auto left = static_cast<unsigned>(m); left != 0 && *at != '\0'; --left) at += *at + 2;
    return {at + 1, static_cast<std::size_t>(*at)};
}

}  // namespace acs::inline ACS_ABI

#endif
