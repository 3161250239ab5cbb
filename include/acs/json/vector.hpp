// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_VECTOR_HPP
#define ACS_JSON_VECTOR_HPP

#include <acs/core/config.hpp>
#include <acs/core/cpu.hpp>
#include <acs/json/block.hpp>
#include <acs/json/escape.hpp>
#include <acs/json/scan.hpp>
#include <acs/json/wide.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

// Strings in blocks, where the CPU can. The portable code says what is right; both find the same places and write the same bytes, and
// what is rare is left to it.
namespace acs::inline ACS_ABI::json_vector {

#if ACS_CPU_X86

/// A bit for each `u` of `behind`, the escaped bytes, before four hex digits, if they are no surrogate, or of a whole pair of them.
/// `before`: how many bytes of the block are left out.
ACS_VECTOR_PART inline std::uint64_t units(block const& b, std::size_t before, std::uint64_t behind) noexcept {
    block lower = b;
    lower.low |= ' ';
    lower.high |= ' ';
    std::uint64_t const letters = ~below(lower, 'a') & below(lower, 'g');
    std::uint64_t const hex = (letters | (~below(b, '0') & below(b, '9' + 1))) >> before;
    std::uint64_t const all = equal(b, 'u') >> before & behind & hex >> 1 & hex >> 2 & hex >> 3 & hex >> 4;
    std::uint64_t const surrogates = all & equal(lower, 'd') >> before >> 1 & ~below(b, '8') >> before >> 2;  // from D8 on
    if (surrogates == 0) return all;
    std::uint64_t const second = surrogates & ~below(lower, 'c') >> before >> 2;  // from DC on; a pair is `ud83d\ude00`
    std::uint64_t const first = surrogates & ~second & second >> 6;
    return (all & ~surrogates) | first | first << 6;
}

/// A bit for each byte that may continue a UTF-8 sequence.
ACS_VECTOR_PART inline std::uint64_t continuations(block const& b) noexcept { return below(b, -0x40); }

/// A bit for each byte of a UTF-8 sequence of two or three, but for those that begin with E0 or ED, whose second byte may not be any.
/// `cut`: how the block before ended: the first bytes of this one that belong to its last sequence. Becomes that for the next.
ACS_VECTOR_PART inline std::uint64_t sequences(block const& b, std::size_t before, std::uint64_t more, std::uint64_t& cut) noexcept {
    std::uint64_t const two = (below(b, 0xE0 - 0x100) & ~below(b, 0xC2 - 0x100)) >> before;
    std::uint64_t const three = (below(b, 0xF0 - 0x100) & ~below(b, 0xE1 - 0x100) & ~equal(b, '\xED')) >> before;
    // What follows the block is taken for good, and looked at with the next.
    std::uint64_t const second = more >> 1 | std::uint64_t{1} << 63;
    std::uint64_t const third = more >> 2 | std::uint64_t{3} << 62;
    std::uint64_t const whole_three = three & second & third;
    std::uint64_t const whole = (two & second) | whole_three;
    std::uint64_t const found = whole | whole << 1 | whole_three << 2 | cut;
    cut = whole >> 63 | whole_three >> 62 | whole_three >> 63 << 1;
    return found;
}

/// As json_scan::skip_text, but goes on behind what it knows: the usual \u escapes and UTF-8 sequences. Pre: the block that ends at `end`
/// may be read, and p is where a character begins.
ACS_VECTOR_CODE inline char const* skip_text(char const* p, char const* end, bool& escaped) noexcept {
    if (has(cpu::wide)) p = skip_wide(p, end, escaped);
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
        std::uint64_t const backslashes = equal(b, '\\') >> before;
        std::uint64_t const was = carry;
        std::uint64_t const behind = escaping(backslashes, carry) << 1 | was;
        std::uint64_t odd = no_letters(b) >> before & behind;
        if (odd != 0) odd &= ~units(b, before, behind);
        std::uint64_t others = below(b, ' ') >> before;
        if ((others | cut) != 0) {
            std::uint64_t const more = continuations(b) >> before;
            if ((cut & ~more) != 0) {
                carry = 0;
                break;
            }
            others &= ~sequences(b, before, more, cut);
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
    if (cut != 0) {  // back to where that sequence begins
        do --p;
        while (static_cast<unsigned char>(*p) < 0xC0);
    }
    return p;
}

/// Unescapes [from, end) to `out`, which may be the same memory, at `from` or before: nothing is overwritten that is still to be read.
/// Moves both; may leave something at the end, which begins with no escaped byte. Pre: checked text, a block at least.
ACS_VECTOR_CODE inline void unescape(char const*& from, char const* end, char*& out) noexcept {
    if (has(cpu::wide)) unescape_wide(from, end, out);
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
    // The last block overlaps what is done. Less than a word would be written beyond the end.
    if (auto const left = static_cast<std::size_t>(end - p); left >= 8) {
        std::size_t const before = block_size - left;
        load(end - block_size, b);
        carry = 0;
        std::uint64_t const left_out = escaping(equal(b, '\\') >> before << before, carry);
        std::uint64_t const behind = left_out << 1;
        if ((equal(b, 'u') & behind) == 0) {
            translate(b, behind);
            to += pack(b, left_out | ((std::uint64_t{1} << before) - 1), to);
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
