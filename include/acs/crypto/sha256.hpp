// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_SHA256_HPP
#define ACS_CRYPTO_SHA256_HPP

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

/// The compression function of SHA-256 (FIPS 180-4, 6.2.2).
struct sha256_compression {
    using state = std::array<std::uint32_t, 8>;

    static constexpr state initial{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

    static constexpr std::array<std::uint32_t, 64> k{
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
        0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
        0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
        0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
        0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
        0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

    static constexpr void compress(state& s, char const* blocks, std::size_t count) noexcept {
        if (!std::is_constant_evaluated() && accelerated::try_sha256(s, blocks, count, k.data())) return;
        compress_portable(s, blocks, count);
        if (!std::is_constant_evaluated()) wipe_stack<compression_stack>();  // the text may be a key
    }

    /// `w`: the schedule, of which each round needs only the last 16 words. `word_of` gives the first 16. Stands before whoever calls it:
    /// else clang has no body for it in constant expressions.
    template <class WordOf>
    ACS_ALWAYS_INLINE static constexpr void rounds(state& s, block_words& w, WordOf word_of) noexcept {
        auto [a, b, c, d, e, f, g, h] = s;
        for (std::size_t t = 0; t < 64; ++t) {
            std::uint32_t& word = w[t % 16];
            if (t < 16) {
                word = word_of(t);
            } else {
                std::uint32_t const w15 = w[(t + 1) % 16];
                std::uint32_t const w2 = w[(t + 14) % 16];
                word += (std::rotr(w15, 7) ^ std::rotr(w15, 18) ^ w15 >> 3) + w[(t + 9) % 16] +
                        (std::rotr(w2, 17) ^ std::rotr(w2, 19) ^ w2 >> 10);
            }
            std::uint32_t const t1 = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + (g ^ (e & (f ^ g))) + k[t] + word;
            std::uint32_t const t2 = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) | (c & (a | b)));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        state const end{a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < s.size(); ++i) s[i] += end[i];
    }

    ACS_NOINLINE static constexpr void compress_portable(state& s, char const* blocks, std::size_t count) noexcept {
        for (; count != 0; --count, blocks += 64) {
            block_words w;
            rounds(s, w, [blocks](std::size_t t) { return load_big_endian(blocks + 4 * t); });
        }
    }

    /// Compresses a block of words, which give way to those of the schedule.
    ACS_OUTLINE static constexpr void mix(state& s, block_words& w) noexcept {
        rounds(s, w, [&w](std::size_t t) { return w[t]; });
    }
};

/// SHA-256 (FIPS 180-4). A hasher.
class sha256 : public hash_of<sha256_compression> {};

static_assert(check_hasher<sha256>());

}  // namespace acs::inline ACS_ABI

#endif
