// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_SHA1_HPP
#define ACS_CRYPTO_SHA1_HPP

#include <acs/core/config.hpp>
#include <acs/crypto/accelerated.hpp>
#include <acs/crypto/block_hash.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/secure.hpp>
#include <acs/crypto/small_hash.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// The compression function of SHA-1 (FIPS 180-4, 6.1.2).
struct sha1_compression {
    using state = std::array<std::uint32_t, 5>;

    static constexpr state initial{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

    static constexpr void compress(state& s, char const* blocks, std::size_t count) noexcept {
        if (!std::is_constant_evaluated() && accelerated::try_sha1(s, blocks, count)) return;
        compress_portable(s, blocks, count);
        if (!std::is_constant_evaluated()) wipe_stack<compression_stack>();  // the text may be a key
    }

    /// `w`: the schedule, of which each round needs only the last 16 words. `word_of` gives the first 16. Stands before whoever calls it:
    /// else clang has no body for it in constant expressions.
    template <class WordOf>
    ACS_ALWAYS_INLINE static constexpr void rounds(state& s, block_words& w, WordOf word_of) noexcept {
        auto [a, b, c, d, e] = s;
        for (std::size_t t = 0; t < 80; ++t) {
            std::uint32_t& word = w[t % 16];
            if (t < 16)
                word = word_of(t);
            else
                word = std::rotl(word ^ w[(t + 2) % 16] ^ w[(t + 8) % 16] ^ w[(t + 13) % 16], 1);
            std::uint32_t mixed = 0;
            if (t < 20)
                mixed = (d ^ (b & (c ^ d))) + 0x5a827999;
            else if (t < 40)
                mixed = (b ^ c ^ d) + 0x6ed9eba1;
            else if (t < 60)
                mixed = ((b & c) | (d & (b | c))) + 0x8f1bbcdc;
            else
                mixed = (b ^ c ^ d) + 0xca62c1d6;
            std::uint32_t const next = std::rotl(a, 5) + mixed + e + word;
            e = d;
            d = c;
            c = std::rotl(b, 30);
            b = a;
            a = next;
        }
        s[0] += a;
        s[1] += b;
        s[2] += c;
        s[3] += d;
        s[4] += e;
    }

    ACS_NOINLINE static constexpr void compress_portable(state& s, char const* blocks, std::size_t count) noexcept {
        for (; count != 0; --count, blocks += 64) {
            block_words w{};
            rounds(s, w, [blocks](std::size_t t) { return load_big_endian(blocks + 4 * t); });
        }
    }

    /// Compresses a block of words, which give way to those of the schedule.
    ACS_OUTLINE static constexpr void mix(state& s, block_words& w) noexcept {
        rounds(s, w, [&w](std::size_t t) { return w[t]; });
    }
};

/// SHA-1 (FIPS 180-4). A hasher. Only for HMAC-SHA1, which the RPC and ROA 1.0 signatures need; as a hash of its own it is broken.
class sha1 : public hash_of<sha1_compression> {};

static_assert(check_hasher<sha1>());

}  // namespace acs::inline ACS_ABI

#endif
