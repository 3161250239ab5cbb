// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_SM3_HPP
#define ACS_CRYPTO_SM3_HPP

#include <acs/core/config.hpp>
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

/// The compression function of SM3 (GB/T 32905-2016, 5.3).
struct sm3_compression {
    using state = std::array<std::uint32_t, 8>;

    static constexpr state initial{0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e};

    static constexpr void compress(state& s, char const* blocks, std::size_t count) noexcept {
        compress_portable(s, blocks, count);
        if (!std::is_constant_evaluated()) wipe_stack<compression_stack>();  // the text may be a key
    }

    ACS_NOINLINE static constexpr void compress_portable(state& s, char const* blocks, std::size_t count) noexcept {
        for (; count != 0; --count, blocks += 64) {
            block_words w = load_words(blocks);
            mix(s, w);
        }
    }

    /// Compresses a block, whose words give way to those of the message expansion: before round t, to the words t to t + 15 of it.
    ACS_OUTLINE static constexpr void mix(state& s, block_words& w) noexcept {
        auto [a, b, c, d, e, f, g, h] = s;
        std::uint32_t constant = 0x79cc4519;  // rotated by one in each round
        for (std::size_t t = 0; t < 64; ++t) {
            bool const early = t < 16;
            if (t == 16) constant = std::rotl(std::uint32_t{0x7a879d8a}, 16);
            std::uint32_t& word = w[t % 16];
            std::uint32_t const a12 = std::rotl(a, 12);
            std::uint32_t const ss1 = std::rotl(a12 + e + constant, 7);
            std::uint32_t const tt1 = (early ? a ^ b ^ c : (a & b) | (c & (a | b))) + d + (ss1 ^ a12) + (word ^ w[(t + 4) % 16]);
            std::uint32_t const tt2 = (early ? e ^ f ^ g : g ^ (e & (f ^ g))) + h + ss1 + word;
            std::uint32_t const x = word ^ w[(t + 7) % 16] ^ std::rotl(w[(t + 13) % 16], 15);
            word = x ^ std::rotl(x, 15) ^ std::rotl(x, 23) ^ std::rotl(w[(t + 3) % 16], 7) ^ w[(t + 10) % 16];
            constant = std::rotl(constant, 1);
            d = c;
            c = std::rotl(b, 9);
            b = a;
            a = tt1;
            h = g;
            g = std::rotl(f, 19);
            f = e;
            e = tt2 ^ std::rotl(tt2, 9) ^ std::rotl(tt2, 17);
        }
        s[0] ^= a;
        s[1] ^= b;
        s[2] ^= c;
        s[3] ^= d;
        s[4] ^= e;
        s[5] ^= f;
        s[6] ^= g;
        s[7] ^= h;
    }
};

/// SM3 (GB/T 32905-2016). A hasher.
class sm3 : public hash_of<sm3_compression> {};

static_assert(check_hasher<sm3>());

}  // namespace acs::inline ACS_ABI

#endif
