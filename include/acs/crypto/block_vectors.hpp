// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_BLOCK_VECTORS_HPP
#define ACS_CRYPTO_BLOCK_VECTORS_HPP

#include <acs/core/config.hpp>
#include <acs/core/cpu.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

// A block's end, stored in those vectors that compressing it loads: of a load from several stores the CPU makes a wait until all that came
// before is done. Each does it where there are vectors, and says so.
namespace acs::inline ACS_ABI::accelerated {

using block = std::array<char, 64>;

#if ACS_CPU_VECTORS

using words = std::uint32_t __attribute__((vector_size(16)));
using bytes = std::uint8_t __attribute__((vector_size(16)));

[[gnu::always_inline]] inline words load(void const* at) noexcept {
    words w;
    __builtin_memcpy(&w, at, sizeof(w));
    return w;
}

#endif

/// Puts the bit that ends the text behind `used` bytes, and zeros behind that, to the end of the block.
[[nodiscard]] inline bool pad(block& text, std::size_t used) noexcept {
#if ACS_CPU_VECTORS
    bytes place{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    bytes const end = bytes{} + static_cast<std::uint8_t>(used);
    for (char* at = text.data(); at != text.data() + text.size(); at += 16, place += 16) {
        bytes const old = std::bit_cast<bytes>(load(at));
        bytes const padded = (old & std::bit_cast<bytes>(place < end)) | (std::bit_cast<bytes>(place == end) & 0x80);
        __builtin_memcpy(at, &padded, sizeof(padded));
    }
    return true;
#else
    return static_cast<void>(text), static_cast<void>(used), false;
#endif
}

/// Overwrites the last eight bytes of the block with a number in big-endian order.
[[nodiscard]] inline bool put_length(block& text, std::uint64_t bits) noexcept {
#if ACS_CPU_VECTORS
    using halves = std::uint64_t __attribute__((vector_size(16)));
    char* const at = text.data() + text.size() - 16;
    auto last = std::bit_cast<halves>(load(at));
    last[1] = __builtin_bswap64(bits);
    __builtin_memcpy(at, &last, sizeof(last));
    return true;
#else
    return static_cast<void>(text), static_cast<void>(bits), false;
#endif
}

/// Overwrites the front of `out` with words in big-endian order, as many as fill vectors; how many that are.
template <std::size_t N, class Byte>
[[nodiscard]] inline std::size_t store_words(std::array<std::uint32_t, N> const& from, Byte* out) noexcept {
#if ACS_CPU_VECTORS
    for (std::size_t i = 0; i < N / 4 * 4; i += 4) {
        words const w = load(from.data() + i);
        words const turned = w << 24 | (w & 0xFF00) << 8 | (w >> 8 & 0xFF00) | w >> 24;  // a shuffle takes instructions that not all have
        __builtin_memcpy(out + 4 * i, &turned, sizeof(turned));
    }
    return N / 4 * 4;
#else
    return static_cast<void>(from), static_cast<void>(out), 0;
#endif
}

/// Overwrites the front of a block with words in big-endian order, a vector at a time as well.
template <std::size_t N>
[[nodiscard]] inline bool put_words(std::array<std::uint32_t, N> const& from, block& text) noexcept {
#if ACS_CPU_VECTORS
    std::size_t const whole = store_words(from, text.data());
    if (whole == N) return true;
    words last = load(text.data() + 4 * whole);
    for (std::size_t i = whole; i < N; ++i) last[i - whole] = __builtin_bswap32(from[i]);
    __builtin_memcpy(text.data() + 4 * whole, &last, sizeof(last));
    return true;
#else
    return static_cast<void>(from), static_cast<void>(text), false;
#endif
}

}  // namespace acs::inline ACS_ABI::accelerated

#endif
