// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ENCODING_HEX_HPP
#define ACS_ENCODING_HEX_HPP

#include <acs/core/config.hpp>
#include <acs/core/cpu.hpp>
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
#include <type_traits>

namespace acs::inline ACS_ABI {

/// The value of a hex digit of either case; 16 for any other byte.
[[nodiscard]] constexpr unsigned hex_digit(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    auto const letter = static_cast<unsigned>((c | 0x20) - 'a');
    return letter < 6 ? letter + 10 : 16U;
}

/// The digit of a value below 16. `ten`: that of 10.
[[nodiscard]] constexpr char hex_character(unsigned value, char ten) noexcept {
    return static_cast<char>(value < 10 ? '0' + value : static_cast<unsigned>(ten) - 10 + value);
}

#if ACS_CPU_VECTORS

/// The digits of 16 bytes.
struct hex_vectors {
    using vector = std::uint8_t __attribute__((vector_size(16)));

    constexpr hex_vectors() noexcept = default;
    explicit hex_vectors(std::uint8_t const* bytes) noexcept {
        // What compares as true is all ones: from `9` to `a` is a step of 39 more.
        auto const digit = [](vector v) { return v + '0' + (static_cast<vector>(v > 9) & ('a' - '9' - 1)); };
        vector v;
        __builtin_memcpy(&v, bytes, sizeof(v));
        vector const high = digit(v >> 4);
        vector const low = digit(v & 15);
        front = __builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        back = __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }

    /// Overwrites 32 bytes.
    void put(char* out) const noexcept {
        __builtin_memcpy(out, &front, sizeof(front));
        __builtin_memcpy(out + sizeof(front), &back, sizeof(back));
    }

    /// Makes way for the end of `last`, which becomes what had to make way here.
    void shift(vector& last) noexcept {
        // Each shuffle is one instruction on any CPU, since half of it is zeros.
        auto const behind = [](vector old, vector v) {
            return __builtin_shufflevector(vector{}, v, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30) |
                   __builtin_shufflevector(old, vector{}, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
        };
        vector const end = back;
        back = behind(front, back);
        front = behind(last, front);
        last = end;
    }

    vector front{}, back{};
};

#endif

/// Overwrites the front of `out` with two lower-case hex digits a byte. Pre: room for them.
ACS_OUTLINE constexpr void put_hex(std::uint8_t const* data, std::size_t size, char* out) noexcept {
    std::span<std::uint8_t const> const bytes(data, size);
    std::size_t i = 0;
#if ACS_CPU_VECTORS
    if (!std::is_constant_evaluated())
        for (; bytes.size() - i >= 16; i += 16, out += 32) hex_vectors(bytes.data() + i).put(out);
#endif
    for (; i < bytes.size(); ++i) {
        unsigned const byte = bytes[i];  // which what is written might be, as far as the compiler knows
        *out++ = hex_character(byte >> 4, 'a');
        *out++ = hex_character(byte & 15U, 'a');
    }
}

constexpr void put_hex(std::span<std::uint8_t const> bytes, char* out) noexcept { put_hex(bytes.data(), bytes.size(), out); }

/// The same behind another character. Pre: room for that, too. Behind a text of 16 bytes, as what ACS3 signs is, the stores are those
/// that the next hash loads: of a load from several stores the CPU makes a wait.
constexpr void put_hex_behind(char before, std::span<std::uint8_t const> bytes, char* out) noexcept {
#if ACS_CPU_VECTORS
    if (!std::is_constant_evaluated() && bytes.size() % 16 == 0) {
        auto last = hex_vectors::vector{} + static_cast<std::uint8_t>(before);
        for (std::size_t i = 0; i < bytes.size(); i += 16, out += 32) {
            hex_vectors digits(bytes.data() + i);
            digits.shift(last);
            digits.put(out);
        }
        *out = static_cast<char>(last[15]);
        return;
    }
#endif
    *out = before;
    put_hex(bytes, out + 1);
}

/// Writes two lower-case hex digits a byte.
template <sink S>
constexpr void hex_encode(std::span<std::uint8_t const> bytes, S& out) noexcept {
    std::array<char, 64> piece;
    while (!bytes.empty()) {
        std::size_t const n = smaller(bytes.size(), piece.size() / 2);
        put_hex(bytes.first(n), piece.data());
        out.write({piece.data(), 2 * n});
        bytes = bytes.last(bytes.size() - n);
    }
}

/// Reads hex digits of either case into the front of `room` and returns how many bytes that makes. errc::malformed_text with the offset
/// of the first byte that is no digit, or of the end if their number is odd; errc::no_space with the bytes needed. Then `room` is
/// unchanged.
[[nodiscard]] constexpr result<std::size_t> hex_decode(std::string_view text, std::span<std::uint8_t> room) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (hex_digit(text[i]) > 15) return refuse(errc::malformed_text, "hex", i);
    if (text.size() % 2 != 0) return refuse(errc::malformed_text, "hex", text.size());
    std::size_t const size = text.size() / 2;
    if (size > room.size()) return refuse_space("hex", size);
    for (std::size_t i = 0; i < size; ++i) room[i] = static_cast<std::uint8_t>(hex_digit(text[2 * i]) << 4 | hex_digit(text[2 * i + 1]));
    return size;
}

}  // namespace acs::inline ACS_ABI

#endif
