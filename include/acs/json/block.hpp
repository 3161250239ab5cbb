// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_BLOCK_HPP
#define ACS_JSON_BLOCK_HPP

#include <acs/core/config.hpp>
#include <acs/core/cpu.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

// 64 bytes of text in the CPU's vectors: questions are answered by a bit of a word for each byte.
namespace acs::inline ACS_ABI::json_vector {

/// The least text that is looked at so.
inline constexpr std::size_t block_size = 64;

#if ACS_CPU_X86

// Compiled for instructions that the program's other code may not use: called only where the CPU was seen to have them.
#define ACS_VECTOR_CODE [[gnu::target("avx2,bmi,bmi2,popcnt")]]
#define ACS_VECTOR_PART [[gnu::target("avx2,bmi,bmi2,popcnt"), gnu::always_inline]]

using bytes [[gnu::vector_size(32)]] = char;
using signed_bytes [[gnu::vector_size(32)]] = signed char;
using pairs [[gnu::vector_size(32)]] = std::uint16_t;
using words [[gnu::vector_size(32)]] = std::uint32_t;
using longs [[gnu::vector_size(32)]] = std::uint64_t;
using few_bytes [[gnu::vector_size(16)]] = char;
using few_signed_bytes [[gnu::vector_size(16)]] = signed char;
using few_longs [[gnu::vector_size(16)]] = std::uint64_t;

/// Where in the 16 bytes at `p` the first is that cannot stand for itself in a string; 16 if there is none. Every CPU has what it
/// takes: most strings are short, and end here.
[[nodiscard]] inline int find_special(char const* p) noexcept {
    few_bytes b;
    __builtin_memcpy(&b, p, sizeof b);
    auto const found = (b == '"') | (b == '\\') | (reinterpret_cast<few_signed_bytes>(b) < ' ');
    return std::countr_zero(static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<few_bytes>(found))) | 1U << 16);
}

/// 64 bytes of text.
struct block {
    bytes low, high;
};

ACS_VECTOR_PART inline void load(char const* p, block& b) noexcept {
    __builtin_memcpy(&b.low, p, 32);
    __builtin_memcpy(&b.high, p + 32, 32);
}

/// The high bit of each byte.
ACS_VECTOR_PART inline std::uint64_t high_bits(bytes const& low, bytes const& high) noexcept {
    auto const half = static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(high));
    return std::uint64_t{half} << 32 | static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(low));
}

/// A bit for each byte that equals `c`.
ACS_VECTOR_PART inline std::uint64_t equal(block const& b, char c) noexcept {
    return high_bits(reinterpret_cast<bytes>(b.low == c), reinterpret_cast<bytes>(b.high == c));
}

/// A bit for each byte below `c`; below all others are those that are not ASCII.
ACS_VECTOR_PART inline std::uint64_t below(block const& b, signed char c) noexcept {
    return high_bits(reinterpret_cast<bytes>(reinterpret_cast<signed_bytes>(b.low) < c),
                     reinterpret_cast<bytes>(reinterpret_cast<signed_bytes>(b.high) < c));
}

/// Not zero where a byte may stand behind a backslash alone: two tables, by each half of a byte, have a bit in common for these.
ACS_VECTOR_PART inline bytes are_letters(bytes b) noexcept {
    constexpr char two = 1, five = 2, six = 4, seven = 8;  // which upper half goes with it
    constexpr bytes by_low{0, 0, two | six | seven, 0, seven, 0, six, 0, 0, 0, 0, 0, five, 0, six, two,
                           0, 0, two | six | seven, 0, seven, 0, six, 0, 0, 0, 0, 0, five, 0, six, two};
    constexpr bytes by_high{0, 0, two, 0, 0, five, six, seven, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, two, 0, 0, five, six, seven};
    bytes const high = reinterpret_cast<bytes>(reinterpret_cast<pairs>(b) >> 4) & 15;
    return __builtin_ia32_pshufb256(by_low, b) & __builtin_ia32_pshufb256(by_high, high);
}

/// A bit for each byte that may not.
ACS_VECTOR_PART inline std::uint64_t no_letters(block const& b) noexcept {
    return high_bits(reinterpret_cast<bytes>(are_letters(b.low) == 0), reinterpret_cast<bytes>(are_letters(b.high) == 0));
}

/// Of a block's backslashes those that begin an escape: in a run of them every other one, from the first on. `carry` is 1 if the first byte
/// of the block is escaped by the one before, and becomes that for the next block.
ACS_VECTOR_PART inline std::uint64_t escaping(std::uint64_t backslashes, std::uint64_t& carry) noexcept {
    constexpr std::uint64_t even = 0x5555'5555'5555'5555;
    std::uint64_t const live = backslashes & ~carry;
    // The sum carries through each run that begins at an even place, and clears it.
    std::uint64_t const from_even = live & ~(live + (live & ~(live << 1) & even));
    std::uint64_t const found = live & (from_even ^ ~even);
    carry = found >> 63;
    return found;
}

/// For each set of bytes to leave out of eight: which to take instead.
inline constexpr std::array<std::uint64_t, 256> kept_bytes = [] {
    std::array<std::uint64_t, 256> table{};
    for (unsigned left_out = 0; left_out < 256; ++left_out) {
        std::uint64_t kept = 0;
        for (unsigned i = 8; i-- != 0;)
            if ((left_out >> i & 1) == 0) kept = kept << 8 | i;
        table[left_out] = kept;
    }
    return table;
}();

/// Writes 16 bytes without those in `left_out`, and up to 16 in all.
ACS_VECTOR_PART inline void pack(std::uint64_t low, std::uint64_t high, std::uint64_t left_out, char* to) noexcept {
    few_longs which{kept_bytes[left_out & 0xFF], kept_bytes[left_out >> 8 & 0xFF]};
    which |= few_longs{0, 0x0808'0808'0808'0808};
    auto const kept = reinterpret_cast<few_longs>(
        __builtin_ia32_pshufb128(reinterpret_cast<few_bytes>(few_longs{low, high}), reinterpret_cast<few_bytes>(which)));
    std::uint64_t const first = kept[0], second = kept[1];
    __builtin_memcpy(to, &first, 8);
    __builtin_memcpy(to + 8 - __builtin_popcountll(left_out & 0xFF), &second, 8);
}

/// Writes a block without the bytes in `left_out`: up to 64 bytes, of which it returns how many count. No word is written farther behind
/// `to` than it lies in the block.
ACS_VECTOR_PART inline std::size_t pack(block const& b, std::uint64_t left_out, char* to) noexcept {
    auto const low = reinterpret_cast<longs>(b.low);
    auto const high = reinterpret_cast<longs>(b.high);
    pack(low[0], low[1], left_out, to);
    pack(low[2], low[3], left_out >> 16, to + 16 - __builtin_popcountll(left_out & 0xFFFF));
    pack(high[0], high[1], left_out >> 32, to + 32 - __builtin_popcountll(left_out & 0xFFFF'FFFF));
    pack(high[2], high[3], left_out >> 48, to + 48 - __builtin_popcountll(left_out & 0xFFFF'FFFF'FFFF));
    return static_cast<std::size_t>(64 - __builtin_popcountll(left_out));
}

/// The letters in `which` replaced by what they stand for behind a backslash.
ACS_VECTOR_PART inline void translate(bytes& b, std::uint32_t which) noexcept {
    constexpr bytes controls{0, '\b', 0, '\f', 0, 0, 0, '\n', 0, '\r', '\t', 0, 0, 0, 0, 0,
                             0, '\b', 0, '\f', 0, 0, 0, '\n', 0, '\r', '\t', 0, 0, 0, 0, 0};  // by the letter's bits 1 to 4
    constexpr bytes spread{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3};
    constexpr longs each{0x8040'2010'0804'0201, 0x8040'2010'0804'0201, 0x8040'2010'0804'0201, 0x8040'2010'0804'0201};
    bytes const control = __builtin_ia32_pshufb256(controls, reinterpret_cast<bytes>(reinterpret_cast<pairs>(b) >> 1) & 15);
    bytes const bit = reinterpret_cast<bytes>(each);
    words const copies = words{} + which;
    auto const mask = reinterpret_cast<bytes>((__builtin_ia32_pshufb256(reinterpret_cast<bytes>(copies), spread) & bit) == bit);
    b = (b & ~mask) | (control & mask);
}

/// Unescapes a block but for its \u escapes.
ACS_VECTOR_PART inline void translate(block& b, std::uint64_t behind) noexcept {
    std::uint64_t const letters = behind & ~below(b, 'a');
    if (letters == 0) return;
    translate(b.low, static_cast<std::uint32_t>(letters));
    translate(b.high, static_cast<std::uint32_t>(letters >> 32));
}

#endif

}  // namespace acs::inline ACS_ABI::json_vector

#endif
