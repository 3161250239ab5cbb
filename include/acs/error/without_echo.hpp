// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_WITHOUT_ECHO_HPP
#define ACS_ERROR_WITHOUT_ECHO_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace acs::inline ACS_ABI {

/// A message of the service without the request that some of its errors repeat: that holds the access key id and any token (protocol 5).
[[nodiscard]] constexpr std::string_view without_echo(std::string_view message) noexcept {
    constexpr std::array<std::string_view, 3> labels{"server StringToSign is", "server CanonicalRequest is", "server string to sign is"};
    for (std::string_view const label : labels)
        if (std::size_t const at = message.find(label); at != std::string_view::npos) message = first(message, at);
    return message;
}

}  // namespace acs::inline ACS_ABI

#endif
