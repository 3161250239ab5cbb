// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_MAC_HPP
#define ACS_SIGNING_MAC_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/text.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

template <class M>
concept names_hasher = hasher<typename M::hasher>;

template <class M>
concept names_algorithm = requires {
    { M::algorithm } -> std::convertible_to<std::string_view>;
};

template <class M>
concept has_max_size = requires { typename std::integral_constant<std::size_t, M::max_size>; };

template <class M>
concept has_size = requires(M const& m) {
    { m.size() } noexcept -> std::same_as<std::size_t>;
};

template <class M>
concept has_mac = requires(M const& m, std::string_view text, std::span<std::uint8_t> out) {
    { m.mac(text, out) } noexcept -> std::same_as<bool>;
};

/// A key that authenticates the string to sign of ACS3 (protocol 2.3): an HMAC of ours, an RSA key of a crypto library, a key that never
/// leaves a secure element or a key service.
///
/// - `hasher`: the hash of the body and of the canonical request that goes with it;
/// - `algorithm`: the method's name, such as `ACS3-RSA-SHA256`;
/// - `max_size`: the most bytes a signature of this method can have;
/// - `size() const noexcept`: how many it has with this key, at most `max_size`;
/// - `mac(std::string_view text, std::span<std::uint8_t> out) const noexcept -> bool`: signs the text into exactly `size()` bytes;
///   false if the key could not, which becomes errc::signing_failed.
///
/// `check_mac<M>()` says in words what a type lacks.
template <class M>
concept mac = names_hasher<M> && names_algorithm<M> && has_max_size<M> && has_size<M> && has_mac<M>;

/// A mac that also takes text which it may overwrite, behind which are `padding_room` bytes: nothing is copied then (`pads_in_place`).
template <class M>
concept mac_in_place = mac<M> && requires(M const& m, char* text, std::size_t size, std::span<std::uint8_t> out) {
    typename std::integral_constant<std::size_t, M::padding_room>;
    { m.mac(text, size, out) } noexcept -> std::same_as<bool>;
};

/// A mac that never fails, and whose signatures always have one size: whoever lays out room of that size has nothing to check.
template <class M>
concept sure_mac = mac<M> && requires { requires M::is_sure; };

/// Fails to compile with a sentence for the first thing that keeps `M` from being a mac.
template <class M>
consteval bool check_mac() {
    static_assert(names_hasher<M>, "a mac needs: using hasher = a type that models acs::hasher (see check_hasher)");
    static_assert(names_algorithm<M>, "a mac needs: static constexpr std::string_view algorithm");
    static_assert(has_max_size<M>, "a mac needs: static constexpr std::size_t max_size (in bytes)");
    static_assert(has_size<M>, "a mac needs: std::size_t size() const noexcept");
    static_assert(has_mac<M>, "a mac needs: bool mac(std::string_view text, std::span<std::uint8_t> out) const noexcept");
    return true;
}

/// The method's name for HMAC over a hasher of ours.
template <hasher H>
inline constexpr std::string_view acs3_hmac_algorithm{};
template <>
inline constexpr std::string_view acs3_hmac_algorithm<sha256> = "ACS3-HMAC-SHA256"sv;
template <>
inline constexpr std::string_view acs3_hmac_algorithm<sm3> = "ACS3-HMAC-SM3"sv;

/// An access key's secret, made ready for HMAC. Keeps the key state and not the secret; wiped at its end.
template <hasher H>
class hmac_mac {
public:
    using hasher = H;
    static constexpr std::string_view algorithm = acs3_hmac_algorithm<H>;
    static constexpr std::size_t max_size = H::digest_size;
    static constexpr bool is_sure = true;

    constexpr explicit hmac_mac(std::string_view secret) noexcept : key_(secret) {}

    [[nodiscard]] constexpr std::size_t size() const noexcept { return max_size; }

    [[nodiscard]] constexpr bool mac(std::string_view text, std::span<std::uint8_t> out) const noexcept {
        hmac<H> h(key_);
        h.update(text);
        typename H::digest const code = h.finish();
        copy_n(code.data(), code.size(), out.data());
        return true;
    }

    /// The same of text that may be overwritten, behind which is room (`pads_in_place`).
    static constexpr std::size_t padding_room = acs::padding_room<hmac<H>>;
    [[nodiscard]] constexpr bool mac(char* text, std::size_t size, std::span<std::uint8_t> out) const noexcept
        requires(padding_room != 0)
    {
        hmac<H> h(key_);
        typename H::digest const code = h.finish(text, size);
        copy_n(code.data(), code.size(), out.data());
        return true;
    }

private:
    hmac_key<H> key_;
};

}  // namespace acs::inline ACS_ABI

#endif
