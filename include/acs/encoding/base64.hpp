// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ENCODING_BASE64_HPP
#define ACS_ENCODING_BASE64_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Base64 of RFC 4648 section 4: the alphabet with `+` and `/`, always padded, no line breaks.
namespace acs::inline ACS_ABI {

namespace base64 {

inline constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"sv;

/// The six bits that a letter stands for; 64 for any byte that is no letter.
[[nodiscard]] constexpr std::uint32_t value(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
    return c == '+' ? 62U : c == '/' ? 63U : 64U;
}

}  // namespace base64

/// How many bytes `base64_encode` writes for `n` bytes.
[[nodiscard]] constexpr std::size_t base64_encoded_size(std::size_t n) noexcept { return n / 3 * 4 + (n % 3 != 0 ? 4 : 0); }

/// Overwrites the front of `out` with Base64, padding included. Pre: room for it.
constexpr void put_base64(std::span<std::uint8_t const> bytes, char* out) noexcept {
    auto const put = [&out](std::uint32_t group) {
        out[0] = base64::alphabet[group >> 18];
        out[1] = base64::alphabet[group >> 12 & 63U];
        out[2] = base64::alphabet[group >> 6 & 63U];
        out[3] = base64::alphabet[group & 63U];
        out += 4;
    };
    std::size_t const left = bytes.size() % 3;
    std::size_t i = 0;
    for (; i != bytes.size() - left; i += 3) put(std::uint32_t{bytes[i]} << 16 | std::uint32_t{bytes[i + 1]} << 8 | bytes[i + 2]);
    if (left == 0) return;
    put(std::uint32_t{bytes[i]} << 16 | (left == 2 ? std::uint32_t{bytes[i + 1]} << 8 : 0U));
    out[-1] = '=';
    if (left == 1) out[-2] = '=';
}

/// Writes Base64 with padding.
template <sink S>
constexpr void base64_encode(std::span<std::uint8_t const> bytes, S& out) noexcept {
    std::array<char, 64> piece;
    while (!bytes.empty()) {
        std::size_t const n = smaller(bytes.size(), piece.size() / 4 * 3);
        put_base64(bytes.first(n), piece.data());
        out.write({piece.data(), base64_encoded_size(n)});
        bytes = bytes.last(bytes.size() - n);
    }
}

/// Reads Base64 into the front of `room` and returns how many bytes that makes. Strict: padding is required, white space is refused, and so
/// are unused bits that are not zero, so that no two texts mean the same bytes. errc::malformed_text with the offset of the first
/// byte at fault, or of the end if text is missing; errc::no_space with the bytes needed. Then `room` is unchanged.
[[nodiscard]] constexpr result<std::size_t> base64_decode(std::string_view text, std::span<std::uint8_t> room) noexcept {
    std::size_t letters = 0;
    while (letters < text.size() && base64::value(text[letters]) < 64) ++letters;
    std::size_t const extra = letters % 4;
    std::size_t const padding = extra == 0 ? 0 : 4 - extra;
    // The bits of the last letter that no byte takes: four of two letters, two of three.
    std::uint32_t const unused = extra == 2 ? 15U : extra == 3 ? 3U : 0U;
    if (extra == 1) return refuse(errc::malformed_text, "base64", letters);
    bool const ends_here = extra != 0 && letters < text.size() && text[letters] == '=';
    if (ends_here && (base64::value(text[letters - 1]) & unused) != 0) return refuse(errc::malformed_text, "base64", letters - 1);
    for (std::size_t i = letters; i < text.size(); ++i)
        if (i >= letters + padding || text[i] != '=') return refuse(errc::malformed_text, "base64", i);
    if (text.size() != letters + padding) return refuse(errc::malformed_text, "base64", text.size());

    std::size_t const size = text.size() / 4 * 3 - padding;
    if (size > room.size()) return refuse_space("base64", size);
    std::size_t done = 0;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < letters; ++i) {
        bits = bits << 6 | base64::value(text[i]);
        if (i % 4 != 0) room[done++] = static_cast<std::uint8_t>(bits >> (6 - i % 4 * 2));
    }
    return size;
}

}  // namespace acs::inline ACS_ABI

#endif
