// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_VECTOR_HPP
#define ACS_JSON_VECTOR_HPP

#include <acs/core/config.hpp>
#include <acs/core/cpu.hpp>
#include <acs/json/escape.hpp>
#include <acs/json/scan.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

// Strings with the CPU's vector instructions, 32 bytes at a time. Each function goes as far as it can in whole blocks and leaves the rest,
// and all that is rare, to the portable code, which says what is right: both find the same places and write the same bytes.
namespace acs::inline ACS_ABI::json_vector {

/// The least text that is looked at so.
inline constexpr std::size_t block_size = 32;

#if ACS_CPU_X86

// Compiled for instructions that the program's other code may not use: called only where the CPU was seen to have them.
#define ACS_VECTOR_CODE [[gnu::target("avx2,bmi,bmi2,popcnt")]]
#define ACS_VECTOR_PART [[gnu::target("avx2,bmi,bmi2,popcnt"), gnu::always_inline]]

using block [[gnu::vector_size(32)]] = char;
using half_block [[gnu::vector_size(16)]] = char;
using pairs [[gnu::vector_size(32)]] = std::uint16_t;
using halves [[gnu::vector_size(16)]] = std::uint64_t;
using quarters [[gnu::vector_size(32)]] = std::uint64_t;
using words [[gnu::vector_size(32)]] = std::uint32_t;

ACS_VECTOR_PART inline block load(char const* p) noexcept {
    block b;
    __builtin_memcpy(&b, p, sizeof b);
    return b;
}

/// A bit for each byte that equals `c`.
ACS_VECTOR_PART inline std::uint32_t equal(block b, char c) noexcept {
    return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(reinterpret_cast<block>(b == c)));
}

/// A bit for each byte below a space, and for each that is not ASCII.
ACS_VECTOR_PART inline std::uint32_t below_space(block b) noexcept {
    using signed_block [[gnu::vector_size(32)]] = signed char;
    return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(reinterpret_cast<block>(reinterpret_cast<signed_block>(b) < ' ')));
}

/// A bit for each byte from `a` to the end of ASCII.
ACS_VECTOR_PART inline std::uint32_t letters_of(block b) noexcept {
    using signed_block [[gnu::vector_size(32)]] = signed char;
    return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(reinterpret_cast<block>(reinterpret_cast<signed_block>(b) >= 'a')));
}

/// A bit for each byte that may stand behind a backslash alone: two tables, by each half of a byte, have a bit in common for these.
ACS_VECTOR_PART inline std::uint32_t letters_of_escapes(block b) noexcept {
    constexpr char two = 1, five = 2, six = 4, seven = 8;  // which upper half goes with it
    constexpr block by_low{0, 0, two | six | seven, 0, seven, 0, six, 0, 0, 0, 0, 0, five, 0, six, two,
                           0, 0, two | six | seven, 0, seven, 0, six, 0, 0, 0, 0, 0, five, 0, six, two};
    constexpr block by_high{0, 0, two, 0, 0, five, six, seven, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, two, 0, 0, five, six, seven};
    block const high = reinterpret_cast<block>(reinterpret_cast<pairs>(b) >> 4) & 15;
    return ~equal(__builtin_ia32_pshufb256(by_low, b) & __builtin_ia32_pshufb256(by_high, high), 0);
}

/// Of a block's backslashes those that begin an escape. In a run of them it is every other one, from the first on; `carry` is 1 if the
/// first byte of the block is escaped by the one before, and becomes that for the next block.
ACS_VECTOR_PART inline std::uint32_t escaping(std::uint32_t backslashes, std::uint32_t& carry) noexcept {
    constexpr std::uint32_t even = 0x5555'5555;
    std::uint32_t const live = backslashes & ~carry;
    // The sum carries through each run that begins at an even place, and clears it.
    std::uint32_t const from_even = live & ~(live + (live & ~(live << 1) & even));
    // Whether the run at the end is odd does not depend on how the block began, unless it is all of the block.
    if (live != ~0U) carry = static_cast<std::uint32_t>(std::countl_one(live)) & 1U;
    return live & (from_even ^ ~even);
}

/// As json_scan::skip_text. Pre: the block that ends at `end` may be read.
ACS_VECTOR_CODE inline char const* skip_text(char const* p, char const* end, bool& escaped) noexcept {
    std::uint32_t carry = 0;
    std::uint32_t any = 0;
    for (;; p += block_size) {
        auto const left = static_cast<std::size_t>(end - p);
        std::uint32_t beyond = 0;  // how many bytes of the block lie before p: the last one overlaps
        std::uint32_t stop = 0;
        if (left < block_size) {
            if (left == 0) {
                escaped = escaped || any != 0;
                return end - carry;
            }
            beyond = static_cast<std::uint32_t>(block_size - left);
            stop = 1U << left;
        }
        block const b = load(p - beyond);
        std::uint32_t const backslashes = equal(b, '\\') >> beyond;
        std::uint32_t const quotes = equal(b, '"') >> beyond;
        stop |= below_space(b) >> beyond;
        std::uint32_t behind = 0;
        if ((backslashes | carry) != 0) {
            std::uint32_t const was = carry;
            behind = escaping(backslashes, carry) << 1 | was;
            stop |= behind & ~(letters_of_escapes(b) >> beyond);
        }
        stop |= quotes & ~behind;
        if (stop != 0) {
            auto const at = static_cast<unsigned>(std::countr_zero(stop));
            any |= backslashes & ((1U << at) - 1);
            escaped = escaped || any != 0;
            return p + at - (behind >> at & 1);
        }
        any |= backslashes;
    }
}

/// For each set of bytes to leave out of eight: which to take instead.
inline constexpr std::array<std::uint64_t, 256> kept_bytes = [] {
    std::array<std::uint64_t, 256> table{};
    for (unsigned left_out = 0; left_out < 256; ++left_out)
        for (unsigned i = 0, to = 0; i < 8; ++i)
            if ((left_out >> i & 1) == 0) table[left_out] |= std::uint64_t{i} << 8 * to++;
    return table;
}();

/// Writes the half of a block without the bytes in `left_out`.
ACS_VECTOR_PART inline void pack(half_block b, std::uint32_t left_out, char* to) noexcept {
    halves const which{kept_bytes[left_out & 0xFF], kept_bytes[left_out >> 8 & 0xFF] | 0x0808'0808'0808'0808};
    auto const kept = reinterpret_cast<halves>(__builtin_ia32_pshufb128(b, reinterpret_cast<half_block>(which)));
    std::uint64_t const low = kept[0], high = kept[1];
    __builtin_memcpy(to, &low, 8);
    __builtin_memcpy(to + 8 - __builtin_popcount(left_out & 0xFF), &high, 8);
}

/// The letters in `which` replaced by what they stand for behind a backslash.
ACS_VECTOR_PART inline block translate(block b, std::uint32_t which) noexcept {
    constexpr block controls{0, '\b', 0, '\f', 0, 0, 0, '\n', 0, '\r', '\t', 0, 0, 0, 0, 0,
                             0, '\b', 0, '\f', 0, 0, 0, '\n', 0, '\r', '\t', 0, 0, 0, 0, 0};  // by the letter's bits 1 to 4
    constexpr block spread{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3};
    constexpr quarters bits{0x8040'2010'0804'0201, 0x8040'2010'0804'0201, 0x8040'2010'0804'0201, 0x8040'2010'0804'0201};
    block const control = __builtin_ia32_pshufb256(controls, reinterpret_cast<block>(reinterpret_cast<pairs>(b) >> 1) & 15);
    words const copies = words{} + which;
    block const bit = reinterpret_cast<block>(bits);
    block const here = __builtin_ia32_pshufb256(reinterpret_cast<block>(copies), spread) & bit;
    auto const mask = reinterpret_cast<block>(here == bit);
    return (b & ~mask) | (control & mask);
}

/// Unescapes whole blocks of [from, end) to `out`, which may be the same memory, at `from` or before: nothing is overwritten that is still
/// to be read. Moves both; leaves less than a block, which begins with no escaped byte. Pre: checked text.
ACS_VECTOR_CODE inline void unescape(char const*& from, char const* end, char*& out) noexcept {
    char const* p = from;
    char* to = out;
    std::uint32_t carry = 0;
    while (static_cast<std::size_t>(end - p) >= block_size) {
        block b = load(p);
        std::uint32_t const backslashes = equal(b, '\\');
        if ((backslashes | carry) == 0) {
            __builtin_memcpy(to, &b, sizeof b);
            p += block_size;
            to += block_size;
            continue;
        }
        std::uint32_t const was = carry;
        std::uint32_t left_out = escaping(backslashes, carry);
        std::uint32_t const behind = left_out << 1 | was;
        std::uint32_t const units = equal(b, 'u') & behind;
        if (units != 0) left_out |= 0U - (units & (0U - units));  // the first and all that follows it
        // Until eight bytes have been left out, whole words would overwrite what is still to be read behind the unit.
        if (units != 0 && p - to < 8) {
            for (int i = 0; (units >> i & 1) == 0; ++i)
                if ((left_out >> i & 1) == 0) *to++ = (behind >> i & 1) != 0 ? json_scan::escaped(p[i]) : p[i];
        } else {
            if (std::uint32_t const letters = behind & ~left_out & letters_of(b); letters != 0) b = translate(b, letters);
            auto const q = reinterpret_cast<quarters>(b);
            pack(reinterpret_cast<half_block>(halves{q[0], q[1]}), left_out, to);
            pack(reinterpret_cast<half_block>(halves{q[2], q[3]}), left_out >> 16, to + 16 - __builtin_popcount(left_out & 0xFFFF));
            to += 32 - __builtin_popcount(left_out);
        }
        if (units == 0) {
            p += block_size;
            continue;
        }
        p += std::countr_zero(units) - 1;
        do to += json_text::unescape_unit(p, to);
        while (end - p >= 2 && p[0] == '\\' && p[1] == 'u');
        carry = 0;
    }
    if (carry != 0) {
        if (*p == 'u') {
            --p;
            to += json_text::unescape_unit(p, to);
        } else {
            *to++ = json_scan::escaped(*p++);
        }
    }
    from = p;
    out = to;
}

#undef ACS_VECTOR_CODE
#undef ACS_VECTOR_PART

/// Whether a text of this size can be looked at so, and the CPU is able to.
[[nodiscard]] inline bool may_take(std::size_t size) noexcept { return size >= block_size && has(cpu::vector); }

#else

// Never called: they say what there is.
inline char const* skip_text(char const* p, char const*, bool&) noexcept { return p; }
inline void unescape(char const*&, char const*, char*&) noexcept {}
[[nodiscard]] constexpr bool may_take(std::size_t) noexcept { return false; }

#endif

}  // namespace acs::inline ACS_ABI::json_vector

#endif
