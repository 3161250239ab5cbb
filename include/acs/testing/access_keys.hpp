// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_ACCESS_KEYS_HPP
#define ACS_TESTING_ACCESS_KEYS_HPP

#include <acs/core/config.hpp>
#include <acs/core/time.hpp>
#include <acs/crypto/secure.hpp>
#include <acs/testing/verify.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acs::testing::inline ACS_ABI {

/// The access keys that a gateway knows, session credentials among them, which may expire.
class access_keys {
public:
    /// A key of the same id is replaced.
    void know(access_key key, std::optional<wall_time> expires) {
        std::string const id = key.id;
        keys_.insert_or_assign(id, entry{std::move(key), expires});
    }

    /// Why the service would not listen to whoever names that key and token; none if it would, and then `secret` is the key's.
    [[nodiscard]] std::optional<refusal> check(std::string_view id, std::string_view token, wall_time now, std::string_view& secret) const {
        auto const found = keys_.find(id);
        if (found == keys_.end()) return refusal{404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."};
        auto const& [key, expires] = found->second;
        if (!equal_constant_time(token, std::string_view(key.security_token)))
            return token.empty()
                       ? refusal{400, "MissingSecurityToken", "SecurityToken is mandatory for this action."}
                       : refusal{400, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatch with the AccessKey."};
        if (expires && now >= *expires) return refusal{400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."};
        secret = key.secret;
        return {};
    }

private:
    struct entry {
        access_key key{};
        std::optional<wall_time> expires{};
    };

    std::map<std::string, entry, std::less<>> keys_{};
};

}  // namespace acs::testing::inline ACS_ABI

#endif
