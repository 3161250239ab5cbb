// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_SECRET_NAME_HPP
#define ACS_MESSAGE_SECRET_NAME_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>

#include <array>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Parameters, header fields and members of replies whose value is a secret, or tells whose key it is (protocol 5).
inline constexpr std::array<std::string_view, 12> secret_names{"AccessKeyId"sv,
                                                               "AccessKeySecret"sv,
                                                               "Authorization"sv,
                                                               "BearerToken"sv,
                                                               "OIDCToken"sv,
                                                               "SecurityToken"sv,
                                                               "Signature"sv,
                                                               "x-acs-accesskey-id"sv,
                                                               "x-acs-bearer-token"sv,
                                                               "x-acs-signature"sv,
                                                               "x-acs-zero-trust-idtoken"sv,
                                                               "x-acs-security-token"sv};

/// Whether the value of a parameter, header field or member of that name is never to be shown or stored.
[[nodiscard]] constexpr bool is_secret_name(std::string_view name) noexcept {
    for (std::string_view const one : secret_names)
        if (equal_ignoring_case(name, one)) return true;
    return false;
}

}  // namespace acs::inline ACS_ABI

#endif
