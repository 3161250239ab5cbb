// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ENCODING_PERCENT_HPP
#define ACS_ENCODING_PERCENT_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/core/vectors.hpp>
#include <acs/encoding/hex.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

// Percent-encoding as the signatures define it (protocol 0.1): `A-Z a-z 0-9 - _ . ~` stay, every other byte becomes `%XX` with upper-case
// hex digits. Bytes are bytes: no locale, NUL is `%00`.
namespace acs::inline ACS_ABI {

namespace percent {

/// What a byte may be, as bits.
inline constexpr std::uint8_t unreserved = 1;  // stays as it is
inline constexpr std::uint8_t of_label = 2;    // stands in the name of a host, between the dots

#if ACS_SMALL_CODE

/// The bits of a byte.
[[nodiscard]] ACS_OUTLINE constexpr unsigned kind_of(char c) noexcept {
    char const lower = to_lower(c);
    if (is_digit(c) || (lower >= 'a' && lower <= 'z') || c == '-' || c == '_') return unreserved | of_label;
    return c == '.' || c == '~' ? unreserved : 0U;
}

#else

/// The bits of each byte.
inline constexpr std::array<std::uint8_t, 256> kinds = [] {
    std::array<std::uint8_t, 256> table{};
    for (char const c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"sv)
        table[static_cast<unsigned char>(c)] = unreserved | of_label;
    table['.'] = table['~'] = unreserved;
    return table;
}();

[[nodiscard]] constexpr unsigned kind_of(char c) noexcept { return kinds[static_cast<unsigned char>(c)]; }

#endif

[[nodiscard]] constexpr bool is(std::uint8_t kind, char c) noexcept { return (kind_of(c) & kind) != 0; }

inline constexpr std::string_view digits = "0123456789ABCDEF"sv;

/// Runs of at least this size are passed on as they are; shorter ones are cheaper to copy with what stands between them.
inline constexpr std::size_t long_run = 32;

#if ACS_CPU_VECTORS
/// Which bytes stay as they are.
[[nodiscard, gnu::always_inline]] inline text_vector stay(text_vector v) noexcept {
    auto const letter = vectors::between(v | 0x20, 'a', 'z');
    auto const digit = vectors::between(v, '-', '9') & ~static_cast<text_vector>(v == '/');
    return letter | digit | static_cast<text_vector>(v == '_') | static_cast<text_vector>(v == '~');
}
#endif

/// How many bytes at the front of the text stay as they are.
[[nodiscard]] constexpr std::size_t run(std::string_view text) noexcept {
    std::size_t n = 0;
#if ACS_CPU_VECTORS
    if (!std::is_constant_evaluated()) n = skip_vectors(text, [](text_vector v) noexcept { return stay(v); });
#endif
    // Four at a time, as long as all of them stay.
    for (; text.size() - n >= 4; n += 4)
        if ((kind_of(text[n]) & kind_of(text[n + 1]) & kind_of(text[n + 2]) & kind_of(text[n + 3]) & unreserved) == 0) break;
    while (n < text.size() && is(unreserved, text[n])) ++n;
    return n;
}

/// Each byte encoded, and behind that the size. A KiB, which firmware does without.
inline constexpr std::array<std::array<char, 4>, 256> encodings = [] {
    std::array<std::array<char, 4>, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        bool const stays = is(unreserved, static_cast<char>(byte));
        table[byte] = {stays ? static_cast<char>(byte) : '%', digits[byte >> 4], digits[byte & 15U], stays ? '\1' : '\3'};
    }
    return table;
}();

/// Encodes the whole text once (`Width` 3: `%XX`) or twice (`Width` 5: `%25XX`); returns the size. Pre: room for `Width * text.size()`.
/// Every byte costs the same few instructions without a branch: in text where every tenth byte is reserved, a mispredicted
/// branch for each of these costs more than all the rest.
template <std::size_t Width>
constexpr std::size_t put(std::string_view text, char* out) noexcept {
    static_assert(Width == 3 || Width == 5);
    std::size_t size = 0;
    if constexpr (Width == 3 && !ACS_SMALL_CODE) {
        for (; text.size() > 1; text.remove_prefix(1)) {
            auto const& encoded = encodings[static_cast<unsigned char>(text.front())];
            copy_n(encoded.data(), encoded.size(), out + size);  // one byte too many, in the room of those that follow
            size += static_cast<std::size_t>(encoded.back());
        }
    }
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const stays = is(unreserved, c);
        out[size] = stays ? c : '%';
        if constexpr (Width == 5) {
            out[size + 1] = '2';
            out[size + 2] = '5';
        }
        out[size + Width - 2] = digits[byte >> 4];
        out[size + Width - 1] = digits[byte & 15U];
        size += stays ? 1 : Width;
    }
    return size;
}

/// Of eight bytes of encoded text, bit 7 of each that is `%`, `&` or `=`: `%` and `&` are below all that is unreserved.
[[nodiscard]] constexpr std::uint64_t marks_of(std::uint64_t word) noexcept {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101;
    // No byte has bit 7, so that no sum goes over into the next.
    std::uint64_t const not_below = word + ones * (0x80 - '-');
    std::uint64_t const not_equal = (word ^ ones * '=') + ones * 0x7F;
    return ~(not_below & not_equal) & ones << 7;
}

/// Encodes the front of a text that is encoded already; returns the size. Pre: room for `3 * front + 8`.
constexpr std::size_t put_again(std::string_view text, std::size_t front, char* out) noexcept {
    std::size_t size = 0;
    std::size_t i = 0;
    if constexpr (sizeof(std::size_t) == 8 && std::endian::native == std::endian::little) {
        // Eight bytes are copied at a time, and once more what follows a mark: that may be eight bytes from beyond.
        while (!std::is_constant_evaluated() && front - i >= 8 && text.size() - i >= 16) {
            char const* const from = text.data() + i;
            std::array<char, 8> bytes;
            copy_n(from, bytes.size(), bytes.data());
            copy_n(bytes.data(), bytes.size(), out + size);
            for (auto marks = marks_of(std::bit_cast<std::uint64_t>(bytes)); marks != 0; marks &= marks - 1) {
                auto const n = static_cast<std::size_t>(std::countr_zero(marks)) / 8;
                copy_n(encodings[static_cast<unsigned char>(from[n])].data(), 4, out + size + n);
                size += 2;
                copy_n(from + n + 1, 8, out + size + n + 1);
            }
            i += 8;
            size += 8;
        }
    }
    return size + put<3>(skip(first(text, front), i), out + size);
}

/// Writes the encoded text, byte by byte.
template <std::size_t Width, sink S>
ACS_OUTLINE constexpr void write_small(std::string_view const& text, S& out) noexcept {
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        char last = c;
        if (!is(unreserved, last)) {
            write_char('%', out);
            if constexpr (Width == 5) out.write("25");
            write_char(hex_character(byte >> 4, 'A'), out);
            last = hex_character(byte & 15U, 'A');
        }
        write_char(last, out);
    }
}

/// Writes the encoded text in few pieces, so that a sink that is a hash is not called for three bytes at a time.
template <std::size_t Width, sink S>
constexpr void write(std::string_view text, S& out) noexcept {
    std::array<char, 384> piece;
    constexpr std::size_t block = piece.size() / Width;
    while (!text.empty()) {
        std::size_t const n = run(text);
        if (n >= long_run || n == text.size()) {
            out.write(first(text, n));
            text.remove_prefix(n);
            continue;
        }
        std::string_view const part = first(text, text.size() < block ? text.size() : block);
        out.write({piece.data(), put<Width>(part, piece.data())});
        text.remove_prefix(part.size());
    }
}

}  // namespace percent

/// Whether the byte stands for itself in encoded text: `A-Z a-z 0-9 - _ . ~`.
[[nodiscard]] constexpr bool is_unreserved(char c) noexcept { return percent::is(percent::unreserved, c); }

/// How many bytes `percent_encode` writes.
[[nodiscard]] constexpr std::size_t percent_encoded_size(std::string_view text) noexcept {
    std::size_t size = 0;
    for (char const c : text) size += is_unreserved(c) ? 1U : 3U;
    return size;
}

/// Writes `pct(text)` (protocol 0.1).
template <sink S>
constexpr void percent_encode(std::string_view const& text, S& out) noexcept {
    if constexpr (ACS_SMALL_CODE)
        percent::write_small<3>(text, out);
    else
        percent::write<3>(text, out);
}

/// Writes `pct(pct(text))` in one pass: what the RPC 1.0 string to sign carries (protocol 1.3).
template <sink S>
constexpr void percent_encode_twice(std::string_view const& text, S& out) noexcept {
    if constexpr (ACS_SMALL_CODE)
        percent::write_small<5>(text, out);
    else
        percent::write<5>(text, out);
}

/// Writes `pct(text)` of a text that is encoded already, such as a query: of all that it can hold, only `%`, `&` and `=` are not
/// unreserved.
template <sink S>
constexpr void percent_encode_again(std::string_view encoded, S& out) noexcept {
    constexpr std::size_t block = ACS_SMALL_CODE ? 32 : 128;
    constexpr std::size_t size = 3 * block + 8;
    std::array<char, size> piece;
    while (!encoded.empty()) {
        std::size_t const front = encoded.size() < block ? encoded.size() : block;
        char* to = nullptr;
        if constexpr (sink_in_memory<S> && !ACS_SMALL_CODE) to = out.next(size);
        if (to == nullptr) {
            out.write({piece.data(), percent::put_again(encoded, front, piece.data())});
        } else if constexpr (sink_in_memory<S>) {
            out.wrote(percent::put_again(encoded, front, to));
        }
        encoded.remove_prefix(front);
    }
}

/// Writes a path: `/` and every well-formed `%XX` (either case) stay as they are, the rest is encoded. Encoding twice changes nothing.
template <sink S>
constexpr void percent_encode_path(std::string_view path, S& out) noexcept {
    auto const escape = [](std::string_view at) {
        return at.size() >= 3 && at[0] == '%' && hex_digit(at[1]) < 16 && hex_digit(at[2]) < 16;
    };
    while (!path.empty()) {
        std::size_t n = 0;
        while (n < path.size()) {
            if (is_unreserved(path[n]) || path[n] == '/')
                ++n;
            else if (escape(skip(path, n)))
                n += 3;
            else
                break;
        }
        if (n != 0) out.write(first(path, n));
        path.remove_prefix(n);
        if (path.empty()) return;
        percent_encode(first(path, 1), out);
        path.remove_prefix(1);
    }
}

/// Offset of the first `%` that two hex digits do not follow; `text.size()` if there is none.
[[nodiscard]] constexpr std::size_t find_malformed_percent(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '%') {
            if (text.size() - i < 3 || hex_digit(text[i + 1]) > 15 || hex_digit(text[i + 2]) > 15) return i;
            i += 2;
        }
    return text.size();
}

/// Writes the text with each `%XX` (either case) replaced by its byte, and each `+` by a space if `plus_is_space` (form bodies of
/// other writers); any other byte stays. errc::malformed_text: nothing was written, and `find_malformed_percent` says where it is wrong.
template <sink S>
[[nodiscard]] constexpr errc percent_decode(std::string_view text, bool plus_is_space, S& out) noexcept {
    if (find_malformed_percent(text) != text.size()) return errc::malformed_text;
    while (!text.empty()) {
        std::size_t n = 0;
        while (n < text.size() && text[n] != '%' && (text[n] != '+' || !plus_is_space)) ++n;
        if (n != 0) out.write(first(text, n));
        text.remove_prefix(n);
        if (text.empty()) break;
        bool const plus = text[0] == '+';
        char const byte = plus ? ' ' : static_cast<char>(hex_digit(text[1]) << 4 | hex_digit(text[2]));
        out.write({&byte, 1});
        text.remove_prefix(plus ? 1 : 3);
    }
    return errc::none;
}

template <sink S>
[[nodiscard]] constexpr errc percent_decode(std::string_view text, S& out) noexcept {
    return percent_decode(text, false, out);
}

}  // namespace acs::inline ACS_ABI

#endif
