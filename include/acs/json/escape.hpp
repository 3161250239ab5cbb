// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_ESCAPE_HPP
#define ACS_JSON_ESCAPE_HPP

#include <acs/core/config.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/utf8.hpp>

#include <cstddef>
#include <cstdint>

// The escapes of UTF-16 units: four hex digits at once, each in a byte of a word.
namespace acs::inline ACS_ABI::json_text {

/// Four bytes, the first one lowest.
[[nodiscard]] constexpr std::uint32_t four_bytes(char const* p) noexcept {
    auto const byte = [p](int i) { return std::uint32_t{static_cast<unsigned char>(p[i])} << 8 * i; };
    return byte(0) | byte(1) | byte(2) | byte(3);
}

/// Whether all four are hex digits of either case.
[[nodiscard]] constexpr bool are_hex_digits(std::uint32_t bytes) noexcept {
    constexpr std::uint32_t each = 0x0101'0101;
    // A sum reaches the high bit of its byte where that is no less than a bound, and never the next byte.
    std::uint32_t const low = bytes & each * 0x7F;
    std::uint32_t const lower = low | each * 0x20;
    std::uint32_t const digits = (low + each * (0x80 - '0')) & ~(low + each * (0x80 - '9' - 1));
    std::uint32_t const letters = (lower + each * (0x80 - 'a')) & ~(lower + each * (0x80 - 'f' - 1));
    return ((digits | letters) & ~bytes & each * 0x80) == each * 0x80;
}

/// The value of four hex digits.
[[nodiscard]] constexpr std::uint32_t hex_value(std::uint32_t digits) noexcept {
    std::uint32_t const values = (digits & 0x0F0F'0F0F) + (digits >> 6 & 0x0101'0101) * 9;
    std::uint32_t const joined = values << 4 | values >> 8;  // by two, in the lowest byte and two above
    return (joined & 0xFF) << 8 | (joined >> 16 & 0xFF);
}

/// That of the four hex digits at `p`.
[[nodiscard]] constexpr std::uint32_t unit_at(char const* p) noexcept { return hex_value(four_bytes(p)); }

[[nodiscard]] constexpr bool is_high_surrogate(std::uint32_t unit) noexcept { return unit >> 10 == 0xD800 >> 10; }
[[nodiscard]] constexpr bool is_low_surrogate(std::uint32_t unit) noexcept { return unit >> 10 == 0xDC00 >> 10; }

/// What a high and a low surrogate stand for.
[[nodiscard]] constexpr std::uint32_t joined(std::uint32_t high, std::uint32_t low) noexcept {
    return 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
}

/// Writes what the `\uXXXX` at `p` stands for, or the two of a surrogate pair, in UTF-8, and moves `p` behind. All of it is read before
/// anything is written. Pre: checked text; its backslash need not be there any more.
constexpr std::size_t unescape_unit(char const*& p, char* out) noexcept {
    std::uint32_t code = unit_at(p + 2);
    p += 6;
    if (is_high_surrogate(code)) {
        code = joined(code, unit_at(p + 2));
        p += 6;
    }
    return utf8::put(code, out);
}

/// Writes what this and all units behind it stand for, moves `p` behind, and returns the end of what was written. Pre: as above.
constexpr char* unescape_units(char const*& from, char const* end, char* to) noexcept {
    char const* p = from;
    do to += unescape_unit(p, to);
    while (end - p >= 2 && p[0] == '\\' && p[1] == 'u');
    from = p;
    return to;
}

}  // namespace acs::inline ACS_ABI::json_text

#endif
