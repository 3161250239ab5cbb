// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_ENVIRONMENT_HPP
#define ACS_HOSTED_ENVIRONMENT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/signing/credentials.hpp>

#include <cstdlib>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The credentials that the environment holds: `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for session
/// credentials, `ALIBABA_CLOUD_SECURITY_TOKEN` (protocol 8.6). They view the environment, which must not be changed while they are in
/// use. errc::missing_credentials, where `where` is the variable that is not set or empty.
[[nodiscard]] inline result<credentials> credentials_from_environment() noexcept {
    constexpr auto id_name = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    constexpr auto secret_name = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    char const* const id = std::getenv(id_name);
    char const* const secret = std::getenv(secret_name);
    char const* const token = std::getenv("ALIBABA_CLOUD_SECURITY_TOKEN");
    if (id == nullptr || *id == '\0') return refuse(errc::missing_credentials, id_name);
    if (secret == nullptr || *secret == '\0') return refuse(errc::missing_credentials, secret_name);
    return credentials{id, secret, token != nullptr ? std::string_view(token) : std::string_view()};
}

}  // namespace acs::inline ACS_ABI

#endif
