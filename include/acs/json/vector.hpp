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

// Strings with the CPU's vector instructions, 64 bytes at a time: a bit of a word for each. The portable code says what is right; both find
// the same places and write the same bytes, and all that is rare is left to it.
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

/// A bit for each `u` before four hex digits, if they are no surrogate, or of a whole pair of them.
ACS_VECTOR_PART inline std::uint64_t units(block const& b, std::uint64_t backslashes) noexcept {
    block lower = b;
    lower.low |= ' ';
    lower.high |= ' ';
    std::uint64_t const letters = ~below(lower, 'a') & below(lower, 'g');
    std::uint64_t const hex = letters | (~below(b, '0') & below(b, '9' + 1));
    std::uint64_t const all = equal(b, 'u') & hex >> 1 & hex >> 2 & hex >> 3 & hex >> 4;
    std::uint64_t const surrogates = all & equal(lower, 'd') >> 1 & ~below(b, '8') >> 2;  // from D8 on
    if (surrogates == 0) return all;
    std::uint64_t const second = surrogates & ~below(lower, 'c') >> 2;  // from DC on; a pair is `ud83d\ude00`
    std::uint64_t const firsts = surrogates & ~second & backslashes >> 5 & second >> 6;
    return (all & ~surrogates) | firsts | firsts << 6;
}

/// A bit for each byte of a UTF-8 sequence of two or three, but for those that begin with E0 or ED, whose second byte may not be any.
/// `cut`: the first bytes that belong to a sequence of the block before, which becomes that for the next.
ACS_VECTOR_PART inline std::uint64_t sequences(block const& b, std::size_t before, std::uint64_t& cut) noexcept {
    auto const bound = [](int byte) { return static_cast<signed char>(byte - 0x100); };
    std::uint64_t const more = below(b, bound(0xC0)) >> before;
    std::uint64_t const two = (below(b, bound(0xE0)) & ~below(b, bound(0xC2))) >> before;
    std::uint64_t const three = (below(b, bound(0xF0)) & ~below(b, bound(0xE1)) & ~equal(b, '\xED')) >> before;
    // What follows the block is taken for well, and looked at in the next.
    std::uint64_t const second = more >> 1 | std::uint64_t{1} << 63;
    std::uint64_t const third = more >> 2 | std::uint64_t{3} << 62;
    std::uint64_t const good_three = three & second & third;
    std::uint64_t const good = (two & second) | good_three;
    std::uint64_t const found = good | good << 1 | good_three << 2 | (cut & more);
    cut = good >> 63 | good_three >> 62 | (good_three >> 63) << 1;
    return found;
}

/// As json_scan::skip_text, but goes on behind what it knows: the usual \u escapes and UTF-8 sequences. Pre: the block that ends at `end`
/// may be read, and p is where a character begins.
ACS_VECTOR_CODE inline char const* skip_text(char const* p, char const* end, bool& escaped) noexcept {
    std::uint64_t carry = 0;
    std::uint64_t cut = 0;
    std::uint64_t any = 0;
    block b;
    for (;;) {
        auto const left = static_cast<std::size_t>(end - p);
        std::size_t before = 0;
        std::uint64_t stop = 0;
        if (left < block_size) {
            if (left == 0) break;
            before = block_size - left;  // the last block overlaps what was seen
            stop = std::uint64_t{1} << left;
        }
        load(p - before, b);
        std::uint64_t const all_backslashes = equal(b, '\\');
        std::uint64_t const backslashes = all_backslashes >> before;
        std::uint64_t const was = carry;
        std::uint64_t const behind = escaping(backslashes, carry) << 1 | was;
        std::uint64_t odd = no_letters(b) >> before & behind;
        if (odd != 0) odd &= ~(units(b, all_backslashes) >> before);
        std::uint64_t others = below(b, ' ') >> before;
        if ((others | cut) != 0) {
            std::uint64_t const wanted = cut;
            std::uint64_t const known = sequences(b, before, cut);
            if ((wanted & ~known) != 0) {
                cut = wanted;
                carry = 0;
                break;
            }
            others &= ~known;
        }
        stop |= others | odd | (equal(b, '"') >> before & ~behind);
        if (stop == 0) {
            any |= backslashes;
            p += block_size;
            continue;
        }
        int const at = std::countr_zero(stop);
        any |= backslashes & ((stop & (0U - stop)) - 1);
        char const* const q = p + at - (behind >> at & 1);
        // A unit that the end of the block cuts is looked at again.
        if (q == p || q == end || *q != '\\') {
            p = q;
            carry = cut = 0;
            break;
        }
        p = q;
        carry = cut = 0;
    }
    escaped = escaped || any != 0;
    p -= carry;
    if (cut != 0)
        do --p;
        while (static_cast<unsigned char>(*p) < 0xC0);
    return p;
}

/// For each set of bytes to leave out of eight: which to take instead.
inline constexpr std::array<std::uint64_t, 256> kept_bytes = [] {
    std::array<std::uint64_t, 256> table{};
    for (unsigned left_out = 0; left_out < 256; ++left_out)
        for (unsigned i = 0, to = 0; i < 8; ++i)
            if ((left_out >> i & 1) == 0) table[left_out] |= std::uint64_t{i} << 8 * to++;
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

/// Unescapes [from, end) to `out`, which may be the same memory, at `from` or before: nothing is overwritten that is still to be read.
/// Moves both; may leave something at the end, which begins with no escaped byte. Pre: checked text, a block at least.
ACS_VECTOR_CODE inline void unescape(char const*& from, char const* end, char*& out) noexcept {
    char const* p = from;
    char* to = out;
    std::uint64_t carry = 0;
    block b;
    // In place, all is where it belongs up to the first backslash.
    for (; p == to && static_cast<std::size_t>(end - p) >= block_size; p += block_size, to += block_size) {
        load(p, b);
        if (equal(b, '\\') != 0) break;
    }
    while (static_cast<std::size_t>(end - p) >= block_size) {
        load(p, b);
        std::uint64_t const was = carry;
        std::uint64_t left_out = escaping(equal(b, '\\'), carry);
        std::uint64_t const behind = left_out << 1 | was;
        if (behind == 0 && carry == 0) {
            __builtin_memcpy(to, &b.low, 32);
            __builtin_memcpy(to + 32, &b.high, 32);
            p += block_size;
            to += block_size;
            continue;
        }
        std::uint64_t const units = equal(b, 'u') & behind;
        if (units == 0) {
            translate(b, behind);
            to += pack(b, left_out, to);
            p += block_size;
            continue;
        }
        left_out |= 0U - (units & (0U - units));  // the first and all that follows it
        // Until eight bytes have been left out, whole words would overwrite what is still to be read behind the unit.
        if (p - to < 8) {
            for (int i = 0; (units >> i & 1) == 0; ++i)
                if ((left_out >> i & 1) == 0) *to++ = (behind >> i & 1) != 0 ? json_scan::escaped(p[i]) : p[i];
        } else {
            translate(b, behind & ~left_out);
            to += pack(b, left_out, to);
        }
        char const* unit = p + std::countr_zero(units) - 1;
        to = json_text::unescape_units(unit, end, to);
        p = unit;
        carry = 0;
    }
    if (carry != 0) {
        if (*p == 'u') {
            char const* unit = p - 1;
            to = json_text::unescape_units(unit, end, to);
            p = unit;
        } else {
            *to++ = json_scan::escaped(*p++);
        }
    }
    if (p != end) {
        // The last block overlaps what is done; it may be packed only beside, since words would be written beyond the end.
        auto const before = block_size - static_cast<std::size_t>(end - p);
        load(end - block_size, b);
        carry = 0;
        std::uint64_t const left_out = escaping(equal(b, '\\') >> before << before, carry);
        std::uint64_t const behind = left_out << 1;
        if ((equal(b, 'u') & behind) == 0) {
            std::array<char, block_size> packed;
            translate(b, behind);
            std::size_t const size = pack(b, left_out | ((std::uint64_t{1} << before) - 1), packed.data());
            __builtin_memcpy(to, packed.data(), size);
            to += size;
            p = end;
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
[[nodiscard]] constexpr int find_special(char const*) noexcept { return 0; }
inline char const* skip_text(char const* p, char const*, bool&) noexcept { return p; }
inline void unescape(char const*&, char const*, char*&) noexcept {}
[[nodiscard]] constexpr bool may_take(std::size_t) noexcept { return false; }

#endif

}  // namespace acs::inline ACS_ABI::json_vector

#endif
