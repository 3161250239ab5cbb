// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_ACCELERATED_HPP
#define ACS_CRYPTO_ACCELERATED_HPP

#include <acs/core/config.hpp>
#include <acs/core/cpu.hpp>
#include <acs/crypto/block_vectors.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

// SHA-1 and SHA-256 by the CPU's own instructions, four rounds a turn. The loops are not unrolled: each turn waits for the one before, and
// meanwhile moving the schedule along by a register costs nothing. Compilers' builtins and assembler: the headers that give these
// instructions names take longer to compile than the rest of the library.
namespace acs::inline ACS_ABI::accelerated {

using sha1_state = std::array<std::uint32_t, 5>;
using sha256_state = std::array<std::uint32_t, 8>;

#if ACS_CPU_X86

#define ACS_SHA_INSTRUCTIONS gnu::target("sha,sse4.1")

using signed_words = int __attribute__((vector_size(16)));

[[gnu::always_inline]] inline signed_words as_signed(words w) noexcept { return std::bit_cast<signed_words>(w); }
[[gnu::always_inline]] inline words as_words(signed_words w) noexcept { return std::bit_cast<words>(w); }

/// Four big-endian words, the first in the lowest lane.
[[ACS_SHA_INSTRUCTIONS]] inline words load_big_endian(char const* at) noexcept {
    bytes const b = std::bit_cast<bytes>(load(at));
    return std::bit_cast<words>(__builtin_shufflevector(b, b, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

/// The same with the first in the highest lane, as the instructions for SHA-1 have it.
[[ACS_SHA_INSTRUCTIONS]] inline words load_reversed(char const* at) noexcept {
    bytes const b = std::bit_cast<bytes>(load(at));
    return std::bit_cast<words>(__builtin_shufflevector(b, b, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}

struct sha256_registers {
    words abef, cdgh;
};

[[ACS_SHA_INSTRUCTIONS]] inline void sha256_turn(sha256_registers& r, words w, std::uint32_t const* k) noexcept {
    words const m = w + load(k);
    r.cdgh = as_words(__builtin_ia32_sha256rnds2(as_signed(r.cdgh), as_signed(r.abef), as_signed(m)));
    words const high = __builtin_shufflevector(m, m, 2, 3, 2, 3);
    r.abef = as_words(__builtin_ia32_sha256rnds2(as_signed(r.abef), as_signed(r.cdgh), as_signed(high)));
}

[[ACS_SHA_INSTRUCTIONS]] inline void sha256(sha256_state& s, char const* blocks, std::size_t count, std::uint32_t const* k) noexcept {
    words const abcd = load(s.data());
    words const efgh = load(s.data() + 4);
    sha256_registers r{__builtin_shufflevector(abcd, efgh, 5, 4, 1, 0), __builtin_shufflevector(abcd, efgh, 7, 6, 3, 2)};
    for (; count != 0; --count, blocks += 64) {
        sha256_registers const before = r;
        words w0 = load_big_endian(blocks);
        words w1 = load_big_endian(blocks + 16);
        words w2 = load_big_endian(blocks + 32);
        words w3 = load_big_endian(blocks + 48);
        for (std::size_t t = 0; t < 48; t += 4) {
            sha256_turn(r, w0, k + t);
            words const mixed = as_words(__builtin_ia32_sha256msg1(as_signed(w0), as_signed(w1)));
            words const next = mixed + __builtin_shufflevector(w2, w3, 1, 2, 3, 4);
            w0 = w1;
            w1 = w2;
            w2 = w3;
            w3 = as_words(__builtin_ia32_sha256msg2(as_signed(next), as_signed(w3)));
        }
        sha256_turn(r, w0, k + 48);
        sha256_turn(r, w1, k + 52);
        sha256_turn(r, w2, k + 56);
        sha256_turn(r, w3, k + 60);
        r.abef += before.abef;
        r.cdgh += before.cdgh;
    }
    words const first = __builtin_shufflevector(r.abef, r.cdgh, 3, 2, 7, 6);
    words const second = __builtin_shufflevector(r.abef, r.cdgh, 1, 0, 5, 4);
    __builtin_memcpy(s.data(), &first, sizeof(first));
    __builtin_memcpy(s.data() + 4, &second, sizeof(second));
}

struct sha1_registers {
    words abcd;    // a in the highest lane
    words before;  // abcd of four rounds ago, whose a becomes e
    words w0, w1, w2, w3;
};

/// Four rounds, with what they add and the function they share: `Which` is 0 to 3. `e` is that of the first, with the words added.
template <int Which>
[[ACS_SHA_INSTRUCTIONS]] inline void sha1_turn(sha1_registers& r, words e) noexcept {
    r.before = r.abcd;
    r.abcd = as_words(__builtin_ia32_sha1rnds4(as_signed(r.abcd), as_signed(e), Which));
}

/// e, which is the a of four rounds ago turned by 30 bits, and words added.
[[ACS_SHA_INSTRUCTIONS]] inline words sha1_e(sha1_registers const& r, words w) noexcept {
    return as_words(__builtin_ia32_sha1nexte(as_signed(r.before), as_signed(w)));
}

/// Moves the schedule along by a register.
[[ACS_SHA_INSTRUCTIONS]] inline void sha1_schedule(sha1_registers& r) noexcept {
    words const mixed = as_words(__builtin_ia32_sha1msg1(as_signed(r.w0), as_signed(r.w1))) ^ r.w2;
    r.w0 = r.w1;
    r.w1 = r.w2;
    r.w2 = r.w3;
    r.w3 = as_words(__builtin_ia32_sha1msg2(as_signed(mixed), as_signed(r.w3)));
}

template <int Which, int Turns>
[[ACS_SHA_INSTRUCTIONS]] inline void sha1_turns(sha1_registers& r) noexcept {
    for (int turn = 0; turn < Turns; ++turn) {
        sha1_turn<Which>(r, sha1_e(r, r.w0));
        sha1_schedule(r);
    }
}

[[ACS_SHA_INSTRUCTIONS]] inline void sha1(sha1_state& s, char const* blocks, std::size_t count) noexcept {
    words const stored = load(s.data());
    words abcd = __builtin_shufflevector(stored, stored, 3, 2, 1, 0);
    words e{0, 0, 0, s[4]};
    for (; count != 0; --count, blocks += 64) {
        sha1_registers r{
            abcd, {}, load_reversed(blocks), load_reversed(blocks + 16), load_reversed(blocks + 32), load_reversed(blocks + 48)};
        sha1_turn<0>(r, e + r.w0);
        sha1_schedule(r);
        sha1_turns<0, 4>(r);
        sha1_turns<1, 5>(r);
        sha1_turns<2, 5>(r);
        sha1_turns<3, 1>(r);
        // The last sixteen words are there already.
        sha1_turn<3>(r, sha1_e(r, r.w0));
        sha1_turn<3>(r, sha1_e(r, r.w1));
        sha1_turn<3>(r, sha1_e(r, r.w2));
        sha1_turn<3>(r, sha1_e(r, r.w3));
        e = sha1_e(r, e);
        abcd += r.abcd;
    }
    words const back = __builtin_shufflevector(abcd, abcd, 3, 2, 1, 0);
    __builtin_memcpy(s.data(), &back, sizeof(back));
    s[4] = e[3];
}

#undef ACS_SHA_INSTRUCTIONS

#elif ACS_CPU_ARM64

[[gnu::always_inline]] inline words load_big_endian(char const* at) noexcept {
    bytes const b = std::bit_cast<bytes>(load(at));
    return std::bit_cast<words>(__builtin_shufflevector(b, b, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

inline void sha256(sha256_state& s, char const* blocks, std::size_t count, std::uint32_t const* k) noexcept {
    words abcd = load(s.data());
    words efgh = load(s.data() + 4);
    for (; count != 0; --count, blocks += 64) {
        words const abcd_before = abcd;
        words const efgh_before = efgh;
        words w0 = load_big_endian(blocks);
        words w1 = load_big_endian(blocks + 16);
        words w2 = load_big_endian(blocks + 32);
        words w3 = load_big_endian(blocks + 48);
        for (std::size_t t = 0; t < 64; t += 4) {
            words const m = w0 + load(k + t);
            words const old = abcd;
            __asm__(".arch_extension sha2\n\tsha256h %q0, %q1, %2.4s" : "+w"(abcd) : "w"(efgh), "w"(m));
            __asm__(".arch_extension sha2\n\tsha256h2 %q0, %q1, %2.4s" : "+w"(efgh) : "w"(old), "w"(m));
            words next = w0;
            __asm__(".arch_extension sha2\n\tsha256su0 %0.4s, %1.4s" : "+w"(next) : "w"(w1));
            __asm__(".arch_extension sha2\n\tsha256su1 %0.4s, %1.4s, %2.4s" : "+w"(next) : "w"(w2), "w"(w3));
            w0 = w1;
            w1 = w2;
            w2 = w3;
            w3 = next;
        }
        abcd += abcd_before;
        efgh += efgh_before;
    }
    __builtin_memcpy(s.data(), &abcd, sizeof(abcd));
    __builtin_memcpy(s.data() + 4, &efgh, sizeof(efgh));
}

inline void sha1(sha1_state& s, char const* blocks, std::size_t count) noexcept {
    words abcd = load(s.data());
    std::uint32_t e = s[4];
    for (; count != 0; --count, blocks += 64) {
        words const abcd_before = abcd;
        std::uint32_t const e_before = e;
        words w0 = load_big_endian(blocks);
        words w1 = load_big_endian(blocks + 16);
        words w2 = load_big_endian(blocks + 32);
        words w3 = load_big_endian(blocks + 48);
        for (int turn = 0; turn < 20; ++turn) {
            constexpr std::array<std::uint32_t, 4> k{0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
            std::uint32_t const add = k[static_cast<std::size_t>(turn / 5)];
            words const m = w0 + words{add, add, add, add};
            std::uint32_t const a = abcd[0];
            if (turn < 5)
                __asm__(".arch_extension sha2\n\tsha1c %q0, %s1, %2.4s" : "+w"(abcd) : "w"(e), "w"(m));
            else if (turn >= 10 && turn < 15)
                __asm__(".arch_extension sha2\n\tsha1m %q0, %s1, %2.4s" : "+w"(abcd) : "w"(e), "w"(m));
            else
                __asm__(".arch_extension sha2\n\tsha1p %q0, %s1, %2.4s" : "+w"(abcd) : "w"(e), "w"(m));
            e = std::rotl(a, 30);
            words next = w0;
            __asm__(".arch_extension sha2\n\tsha1su0 %0.4s, %1.4s, %2.4s" : "+w"(next) : "w"(w1), "w"(w2));
            __asm__(".arch_extension sha2\n\tsha1su1 %0.4s, %1.4s" : "+w"(next) : "w"(w3));
            w0 = w1;
            w1 = w2;
            w2 = w3;
            w3 = next;
        }
        abcd += abcd_before;
        e += e_before;
    }
    __builtin_memcpy(s.data(), &abcd, sizeof(abcd));
    s[4] = e;
}

#endif

/// Compresses whole blocks if the CPU can, and says whether it did. `k` are the 64 constants of SHA-256.
[[nodiscard]] inline bool try_sha256(sha256_state& s, char const* blocks, std::size_t count, std::uint32_t const* k) noexcept {
#if ACS_CPU_X86 || ACS_CPU_ARM64
    if (!has(cpu::sha)) return false;
    sha256(s, blocks, count, k);
    return true;
#else
    return static_cast<void>(s), static_cast<void>(blocks), static_cast<void>(count), static_cast<void>(k), false;
#endif
}

[[nodiscard]] inline bool try_sha1(sha1_state& s, char const* blocks, std::size_t count) noexcept {
#if ACS_CPU_X86 || ACS_CPU_ARM64
    if (!has(cpu::sha)) return false;
    sha1(s, blocks, count);
    return true;
#else
    return static_cast<void>(s), static_cast<void>(blocks), static_cast<void>(count), false;
#endif
}

}  // namespace acs::inline ACS_ABI::accelerated

#endif
