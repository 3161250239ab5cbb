// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_SCAN_HPP
#define ACS_JSON_SCAN_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <string_view>
#include <type_traits>

// Strings are most of every large text, so they are looked at a machine word at a time; where code has to be small, by bytes.
namespace acs::inline ACS_ABI::json_scan {

using word = std::size_t;

inline constexpr word ones = ~word{0} / 0xFF;
inline constexpr word highs = ones << 7;

[[nodiscard]] constexpr word load(char const* p) noexcept {
    std::array<char, sizeof(word)> bytes{};
    copy_n(p, sizeof(word), bytes.data());
    return std::bit_cast<word>(bytes);
}

constexpr void store(word w, char* p) noexcept {
    auto const bytes = std::bit_cast<std::array<char, sizeof(word)>>(w);
    copy_n(bytes.data(), sizeof(word), p);
}

/// Has the high bit of each byte set that equals `c`. Above the first match in memory order (little-endian) there may be false ones.
[[nodiscard]] constexpr word equal_bytes(word w, char c) noexcept {
    word const x = w ^ ones * static_cast<unsigned char>(c);
    return (x - ones) & ~x & highs;
}

/// Has the high bit of each byte set that cannot stand for itself in a string: controls, quote, backslash, and all that is not ASCII.
/// False ones as above.
[[nodiscard]] constexpr word special_bytes(word w) noexcept {
    return ((((w - ones * 0x20) & ~w) | w) & highs) | equal_bytes(w, '"') | equal_bytes(w, '\\');
}

/// Whether the first mark is no false one.
inline constexpr bool marks_are_exact = std::endian::native == std::endian::little;

/// Which byte is the first marked one. Pre: marks_are_exact, and there is one.
[[nodiscard]] constexpr int first_mark(word marks) noexcept { return std::countr_zero(marks) / 8; }

[[nodiscard]] constexpr bool is_plain(char c) noexcept { return static_cast<unsigned char>(c) - 0x20U < 0x60U && c != '"' && c != '\\'; }

/// What a backslash and this byte stand for; NUL if that is no escape. `u` is none: it does not stand alone.
[[nodiscard]] constexpr char escaped(char c) noexcept {
    if constexpr (ACS_SMALL_CODE) {
        for (char const* pair = "b\bf\fn\nr\rt\t\"\"\\\\//"; *pair != '\0'; pair += 2)
            if (*pair == c) return pair[1];
        return '\0';
    }
    constexpr std::string_view from_b("\b\0\0\0\f\0\0\0\0\0\0\0\n\0\0\0\r\0\t", 't' - 'b' + 1);
    std::size_t const i = static_cast<unsigned char>(c) - std::size_t{'b'};
    if (i < from_b.size()) return from_b[i];
    return c == '"' || c == '\\' || c == '/' ? c : '\0';
}

/// The first byte in [p, end) that is not plain ASCII text in a string.
[[nodiscard]] constexpr char const* skip_plain(char const* p, char const* end) noexcept {
    if (!ACS_SMALL_CODE && !std::is_constant_evaluated()) {
        for (; static_cast<std::size_t>(end - p) >= sizeof(word); p += sizeof(word))
            if (word const marks = special_bytes(load(p)); marks != 0) {
                if (marks_are_exact) return p + first_mark(marks);
                break;
            }
    }
    while (p != end && is_plain(*p)) ++p;
    return p;
}

/// The first backslash in [p, end).
[[nodiscard]] constexpr char const* find_backslash(char const* p, char const* end) noexcept {
    if (!ACS_SMALL_CODE && !std::is_constant_evaluated()) {
        for (; static_cast<std::size_t>(end - p) >= sizeof(word); p += sizeof(word))
            if (word const marks = equal_bytes(load(p), '\\'); marks != 0) {
                if (marks_are_exact) return p + first_mark(marks);
                break;
            }
    }
    while (p != end && *p != '\\') ++p;
    return p;
}

// With 64-bit words all of a word's escapes are found together; smaller machines take them one by one, which is less code.
inline constexpr bool takes_words = sizeof(word) == 8 && marks_are_exact;

/// Has a 1 in each byte that equals `c`, and no false ones.
[[nodiscard]] constexpr word exactly_equal(word w, char c) noexcept {
    word const x = w ^ ones * static_cast<unsigned char>(c);
    return (~(((x & ~highs) + ~highs) | x) & highs) >> 7;
}

/// The same, but false ones may be behind the first byte that is not ASCII.
[[nodiscard]] constexpr word equal_ascii(word w, char c) noexcept {
    return (~((w ^ ones * static_cast<unsigned char>(c)) + ~highs) & highs) >> 7;
}

/// Of a word's backslashes, marked by ones, those that begin an escape: in a run of them every other one, from the first on. `carry` is 1
/// if the first byte is escaped by the one before, and becomes that for the next word.
[[nodiscard]] constexpr word escaping(word backslashes, word& carry) noexcept {
    constexpr word even = ones / 0x101;
    word const live = backslashes & ~carry;
    word const bytes = live * 0xFF;
    // The sum carries through each run that begins at an even place, and clears it.
    word const from_even = bytes & ~(bytes + (live & ~(live << 8) & even));
    word const found = live & (from_even ^ ~even);
    carry = found >> 8 * (sizeof(word) - 1);
    return found;
}

/// Skips whole words, as skip_text; true if it came to such a byte.
[[nodiscard]] constexpr bool skip_words(char const*& p, char const* end) noexcept {
    word carry = 0;
    for (; static_cast<std::size_t>(end - p) >= sizeof(word); p += sizeof(word)) {
        word const w = load(p);
        word const backslashes = equal_ascii(w, '\\');
        word const quotes = equal_ascii(w, '"');
        word stop = ((~(w + ones * 0x60) | w) & highs) >> 7;  // controls, and what is not ASCII
        if ((backslashes | quotes | stop | carry) == 0) continue;
        word const was = carry;
        word const behind = escaping(backslashes, carry) << 8 | was;
        stop |= quotes & ~behind;
        for (word others = behind & ~(backslashes | quotes); others != 0; others &= others - 1)
            if (escaped(p[first_mark(others)]) == '\0') {
                stop |= others;
                break;
            }
        if (stop != 0) {
            int const at = first_mark(stop);
            p += at - static_cast<int>(behind >> 8 * at & 1);
            return true;
        }
    }
    p -= carry;
    return false;
}

/// The first byte in [p, end) that ends the string, or needs a closer look: a quote, a control, what is not ASCII, a backslash that begins
/// anything but an escape of one letter (on small machines, any), or `end`. Sets `any_escape` if it came to a backslash.
[[nodiscard]] constexpr char const* skip_text(char const* p, char const* end, bool& any_escape) noexcept {
    for (bool first = true;; first = false) {
        p = skip_plain(p, end);
        if (ACS_SMALL_CODE) return p;  // who looks closer knows those escapes, too
        if (end - p < 2 || *p != '\\') return p;
        any_escape = true;
        if (takes_words && first && !std::is_constant_evaluated()) {
            if (skip_words(p, end)) return p;
            continue;
        }
        if (escaped(p[1]) == '\0') return p;
        p += 2;
    }
}

}  // namespace acs::inline ACS_ABI::json_scan

#endif
