// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_CREDENTIALS_HPP
#define ACS_SIGNING_CREDENTIALS_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>

#include <cstddef>
#include <string_view>

namespace acs::inline ACS_ABI {

/// An access key, or session credentials (STS) if there is a token. Views only: the texts stay the caller's, who keeps them alive
/// and wipes them; the library never prints them.
struct credentials {
    std::string_view access_key_id{};      ///< sent in the clear
    std::string_view access_key_secret{};  ///< never sent
    std::string_view security_token{};     ///< session credentials only
};

/// A bearer token in place of a signature (protocol 1.4, 2.7).
struct bearer_token {
    std::string_view token{};  ///< sent in the clear
};

/// No credentials: for operations that allow it (protocol 1.5, 2.7).
struct anonymous {};

/// Whether the text may stand in a header: `forbidden_character` with the offset if not.
[[nodiscard]] constexpr verdict check_header_text(std::string_view where, std::string_view text) noexcept {
    std::size_t const offset = find_forbidden(text);
    if (offset != text.size()) return refuse(errc::forbidden_character, where, offset);
    return {};
}

/// Whether the credentials can sign: each empty part and each forbidden character has an error of its own.
[[nodiscard]] constexpr verdict check_credentials(std::string_view const& access_key_id, bool has_secret,
                                                              std::string_view const& token) noexcept {
    std::string_view where = "access_key_id";
    errc code = errc::missing_access_key;
    std::size_t offset = 0;
    if (!access_key_id.empty()) {
        code = errc::forbidden_character;
        offset = find_forbidden(access_key_id);
        if (!has_secret) {
            code = errc::missing_secret;
            where = "access_key_secret";
            offset = 0;
        } else if (offset == access_key_id.size()) {
            where = "security_token";
            offset = find_forbidden(token);
            if (offset == token.size()) return {};
        }
    }
    return refuse(code, where, offset);
}

}  // namespace acs::inline ACS_ABI

#endif
