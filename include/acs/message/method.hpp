// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_METHOD_HPP
#define ACS_MESSAGE_METHOD_HPP

#include <acs/core/config.hpp>

#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// HTTP methods that the service's operations use.
enum class method : std::uint8_t { get, post, put, patch, delete_, head };

/// The method as it stands in the request line; a NUL follows, for interfaces of C.
[[nodiscard]] constexpr std::string_view name(method m) noexcept {
    switch (m) {
        case method::get: return "GET";
        case method::post: return "POST";
        case method::put: return "PUT";
        case method::patch: return "PATCH";
        case method::delete_: return "DELETE";
        case method::head: return "HEAD";
    }
    return "";
}

}  // namespace acs::inline ACS_ABI

#endif
