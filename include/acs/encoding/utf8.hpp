// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ENCODING_UTF8_HPP
#define ACS_ENCODING_UTF8_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

namespace utf8 {

/// The size of the well-formed sequence at the front of the text; 0 if there is none (Unicode, table 3-7: no overlong forms, no surrogates,
/// nothing above U+10FFFF). Pre: the text is not empty.
[[nodiscard]] constexpr std::size_t sequence(std::string_view text) noexcept {
    auto const byte = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    std::uint8_t const lead = byte(0);
    if (lead < 0x80) return 1;
    std::size_t const size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (size == 0 || text.size() < size) return 0;
    // Only the second byte's range depends on the first byte.
    std::uint8_t const low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    std::uint8_t const high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < low || byte(1) > high) return 0;
    for (std::size_t i = 2; i < size; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    return size;
}

/// Writes a scalar value and returns its size, 1 to 4. Pre: room for 4 bytes.
constexpr std::size_t put(char32_t code, char* out) noexcept {
    if constexpr (ACS_SMALL_CODE) {
        if (code < 0x80) {
            out[0] = static_cast<char>(code);
            return 1;
        }
        unsigned const size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        for (unsigned i = size - 1; i != 0; --i, code >>= 6) out[i] = static_cast<char>(0x80 | (code & 0x3F));
        out[0] = static_cast<char>(0xF00U >> size | code);
        return size;
    }
    auto const tail = [code](unsigned shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) {
        out[0] = static_cast<char>(code);
        return 1;
    }
    if (code < 0x800) {
        out[0] = static_cast<char>(0xC0 | code >> 6);
        out[1] = tail(0);
        return 2;
    }
    if (code < 0x10000) {
        out[0] = static_cast<char>(0xE0 | code >> 12);
        out[1] = tail(6);
        out[2] = tail(0);
        return 3;
    }
    out[0] = static_cast<char>(0xF0 | code >> 18);
    out[1] = tail(12);
    out[2] = tail(6);
    out[3] = tail(0);
    return 4;
}

}  // namespace utf8

/// The size of a byte order mark.
inline constexpr std::size_t whole_mark = 3;

/// How much of a byte order mark the text begins with.
[[nodiscard]] ACS_OUTLINE constexpr std::size_t mark_size(char const* text, std::size_t size) noexcept {
    std::size_t n = 0;
    for (std::uint32_t left = 0xBFBBEF; left != 0 && n < size && static_cast<std::uint8_t>(text[n]) == (left & 0xFF); left >>= 8) ++n;
    return n;
}

/// Offset of the first byte of the first sequence that is not UTF-8, a truncated one at the end included; `text.size()` if there is none.
[[nodiscard]] constexpr std::size_t find_invalid_utf8(std::string_view text) noexcept {
    std::size_t i = 0;
    while (i < text.size()) {
        // ASCII in groups: the high bits of eight bytes are looked at together.
        if (text.size() - i >= 8) {
            char const* const p = text.data() + i;
            unsigned const any = static_cast<std::uint8_t>(p[0] | p[1] | p[2] | p[3] | p[4] | p[5] | p[6] | p[7]);
            if (any < 0x80) {
                i += 8;
                continue;
            }
        }
        std::size_t const size = utf8::sequence({text.data() + i, text.size() - i});
        if (size == 0) return i;
        i += size;
    }
    return i;
}

/// Writes a code point as UTF-8 and returns its size, 1 to 4. What is no scalar value (a surrogate, above U+10FFFF) becomes U+FFFD.
/// Pre: room for 4 bytes.
constexpr std::size_t put_utf8(char32_t code, char* out) noexcept {
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
    return utf8::put(code, out);
}

}  // namespace acs::inline ACS_ABI

#endif
