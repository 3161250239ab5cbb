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

/// The method as it stands in the request line.
[[nodiscard]] constexpr std::string_view name(method m) noexcept {
    constexpr std::string_view names = "GET POST PUT PATCH DELETE HEAD ";
    auto before = static_cast<unsigned>(m);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] != ' ') continue;
        if (before-- == 0) return {names.data() + begin, i - begin};
        begin = i + 1;
    }
    return {};
}

}  // namespace acs::inline ACS_ABI

#endif
