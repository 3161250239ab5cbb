// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_KEPT_CREDENTIALS_HPP
#define ACS_SIGNING_KEPT_CREDENTIALS_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/result.hpp>
#include <acs/crypto/secure.hpp>
#include <acs/signing/credentials.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Credentials that are held in place: those that come in an answer, which does not stay. Wiped when they are replaced, and at the end.
/// `Token` bounds the security token, whose size the service does not promise; today's have about 1000 bytes.
template <std::size_t Token = 2048>
class kept_credentials {
public:
    static constexpr std::size_t max_id = 128;
    static constexpr std::size_t max_secret = 128;
    static constexpr std::size_t max_token = Token;

    constexpr kept_credentials() noexcept = default;
    kept_credentials(kept_credentials const&) = delete;  // there is one copy, which is wiped
    kept_credentials& operator=(kept_credentials const&) = delete;
    constexpr ~kept_credentials() { clear(); }

    /// Replaces what is held, all of it or nothing. errc::no_space, where `where` is the text that is too long.
    [[nodiscard]] constexpr result<void> keep(credentials const& who) noexcept {
        if (who.access_key_id.size() > max_id) return refuse_space("AccessKeyId", who.access_key_id.size());
        if (who.access_key_secret.size() > max_secret) return refuse_space("AccessKeySecret", who.access_key_secret.size());
        if (who.security_token.size() > max_token) return refuse_space("SecurityToken", who.security_token.size());
        put(who.access_key_id, id_, id_size_);
        put(who.access_key_secret, secret_, secret_size_);
        put(who.security_token, token_, token_size_);
        return {};
    }

    /// Forgets what is held.
    constexpr void clear() noexcept {
        put({}, id_, id_size_);
        put({}, secret_, secret_size_);
        put({}, token_, token_size_);
    }

    [[nodiscard]] constexpr bool empty() const noexcept { return id_size_ == 0; }

    /// What is held. Views this object, until it is replaced.
    [[nodiscard]] constexpr credentials view() const noexcept {
        return {{id_.data(), id_size_}, {secret_.data(), secret_size_}, {token_.data(), token_size_}};
    }

private:
    static constexpr void put(std::string_view text, std::span<char> to, std::size_t& size) noexcept {
        copy_n(text.data(), text.size(), to.data());
        if (size > text.size()) wipe(to.subspan(text.size(), size - text.size()));
        size = text.size();
    }

    std::array<char, max_id> id_{};
    std::array<char, max_secret> secret_{};
    std::array<char, max_token> token_{};
    std::size_t id_size_{};
    std::size_t secret_size_{};
    std::size_t token_size_{};
};

static_assert(sizeof(kept_credentials<>) <= 2048 + 128 + 128 + 32);

}  // namespace acs::inline ACS_ABI

#endif
