// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_EMPTY_HASH_HPP
#define ACS_SIGNING_EMPTY_HASH_HPP

#include <acs/core/config.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/crypto/hasher.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// A hasher that works in constant expressions, as ours do; one that drives an accelerator does not.
template <class H>
concept constant_hasher = hasher<H> && requires {
    typename std::integral_constant<std::size_t, hash<H>("").size()>;
};

/// The hash of no body, which most calls have: it saves them a compression.
template <constant_hasher H>
inline constexpr std::array<char, 2 * H::digest_size> empty_hash = [] {
    std::array<char, 2 * H::digest_size> text{};
    put_hex(hash<H>(""), text.data());
    return text;
}();

template <constant_hasher H>
inline constexpr std::string_view empty_hash_text{empty_hash<H>.data(), empty_hash<H>.size()};

}  // namespace acs::inline ACS_ABI

#endif
