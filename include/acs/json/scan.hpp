// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_SCAN_HPP
#define ACS_JSON_SCAN_HPP

#include <acs/core/config.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <string_view>
#include <type_traits>

// Strings are most of every large text, so they are looked at a machine word at a time.
namespace acs::inline ACS_ABI::json_scan {

using word = std::size_t;

inline constexpr word ones = ~word{0} / 0xFF;
inline constexpr word highs = ones << 7;

[[nodiscard]] constexpr word load(char const* p) noexcept {
    std::array<char, sizeof(word)> bytes{};
    std::copy_n(p, sizeof(word), bytes.data());
    return std::bit_cast<word>(bytes);
}

constexpr void store(word w, char* p) noexcept {
    auto const bytes = std::bit_cast<std::array<char, sizeof(word)>>(w);
    std::copy_n(bytes.data(), sizeof(word), p);
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
    constexpr std::string_view from_b("\b\0\0\0\f\0\0\0\0\0\0\0\n\0\0\0\r\0\t", 't' - 'b' + 1);
    std::size_t const i = static_cast<unsigned char>(c) - std::size_t{'b'};
    if (i < from_b.size()) return from_b[i];
    return c == '"' || c == '\\' || c == '/' ? c : '\0';
}

/// The first byte in [p, end) that is not plain ASCII text in a string.
[[nodiscard]] constexpr char const* skip_plain(char const* p, char const* end) noexcept {
    if (!std::is_constant_evaluated()) {
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
    if (!std::is_constant_evaluated()) {
        for (; static_cast<std::size_t>(end - p) >= sizeof(word); p += sizeof(word))
            if (word const marks = equal_bytes(load(p), '\\'); marks != 0) {
                if (marks_are_exact) return p + first_mark(marks);
                break;
            }
    }
    while (p != end && *p != '\\') ++p;
    return p;
}

}  // namespace acs::inline ACS_ABI::json_scan

#endif
