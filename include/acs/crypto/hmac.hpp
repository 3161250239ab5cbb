// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_HMAC_HPP
#define ACS_CRYPTO_HMAC_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/secure.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

template <hasher H>
class hmac;

/// A key made ready (RFC 2104): the inner and the outer hash, each with its padded key already in. Built once, it saves two of
/// the compressions of every HMAC after that. Holds everything it takes to sign; the text of the key is not kept. Wiped at its end.
template <hasher H>
class hmac_key {
public:
    /// The key is `key` and `suffix` in a row, of any size: signatures of old end their keys in `&`, and secrets need not be copied for it.
    constexpr explicit hmac_key(std::string_view key, std::string_view suffix = {}) noexcept {
        std::array<char, H::block_size> block{};
        if (key.size() <= block.size() && suffix.size() <= block.size() - key.size()) {
            copy_n(key.data(), key.size(), block.data());
            copy_n(suffix.data(), suffix.size(), block.data() + key.size());
        } else {
            inner_.update(key);
            inner_.update(suffix);
            typename H::digest digest = inner_.finish();
            inner_ = H{};
            for (std::size_t i = 0; i < digest.size(); ++i) block[i] = static_cast<char>(digest[i]);
            wipe(digest.data(), digest.size());
        }
        for (char& c : block) c = static_cast<char>(c ^ 0x36);
        inner_.update(std::string_view(block.data(), block.size()));
        for (char& c : block) c = static_cast<char>(c ^ 0x36 ^ 0x5c);
        outer_.update(std::string_view(block.data(), block.size()));
        wipe(block.data(), block.size());
    }

    constexpr hmac_key(hmac_key const&) noexcept = default;
    constexpr hmac_key& operator=(hmac_key const&) noexcept = default;

    constexpr ~hmac_key() {
        wipe_state(inner_);
        wipe_state(outer_);
    }

private:
    friend class hmac<H>;

    /// A hasher that owns more than plain bytes wipes itself in its destructor, or cannot.
    static constexpr void wipe_state(H& h) noexcept {
        if constexpr (std::is_trivially_copyable_v<H>) {
            if (!std::is_constant_evaluated()) wipe_bytes(&h, sizeof(h));
        }
    }

    H inner_{};
    H outer_{};
};

/// HMAC over any hasher (RFC 2104), itself driven like one. The key has to outlive it. Wiped at its end.
template <hasher H>
class hmac {
public:
    using digest = typename H::digest;

    constexpr explicit hmac(hmac_key<H> const& key) noexcept : key_(&key), hasher_(key.inner_) {}
    hmac(hmac_key<H> const&&) = delete;

    constexpr hmac(hmac const&) noexcept = default;
    constexpr hmac& operator=(hmac const&) noexcept = default;
    constexpr ~hmac() { hmac_key<H>::wipe_state(hasher_); }

    /// Authenticates text on. Pre: finish() was not called.
    constexpr void update(std::string_view text) noexcept { hasher_.update(text); }

    /// The code of everything so far. Once, as the last call.
    [[nodiscard]] constexpr digest finish() noexcept {
        if constexpr (!ACS_SMALL_CODE && requires { hasher_.finish_behind(key_->outer_); }) {
            return hasher_.finish_behind(key_->outer_);
        } else {
            digest const inner = hasher_.finish();
            hasher_ = key_->outer_;
            update_with(hasher_, inner);
            return hasher_.finish();
        }
    }

    /// The same behind a last piece of text, which the hasher pads where it lies (`pads_in_place`).
    static constexpr std::size_t padding_room = acs::padding_room<H>;
    [[nodiscard]] constexpr digest finish(char* last, std::size_t size) noexcept
        requires requires(H& h) { h.finish_behind(h, last, size); }
    {
        return hasher_.finish_behind(key_->outer_, last, size);
    }

private:
    hmac_key<H> const* key_;
    H hasher_;
};

/// The code of one text under a key that is used once.
template <hasher H>
[[nodiscard]] constexpr typename H::digest hmac_digest(std::string_view key, std::string_view text) noexcept {
    hmac_key<H> const ready(key);
    hmac<H> h(ready);
    h.update(text);
    return h.finish();
}

}  // namespace acs::inline ACS_ABI

#endif
