// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_VECTORS_HPP
#define ACS_CORE_VECTORS_HPP

#include <acs/core/config.hpp>
#include <acs/core/cpu.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Text looked at 16 bytes at a time, where every CPU can. Names and values are mostly shorter than that: what there is of them is loaded by
// two loads that overlap, and nothing is read beyond.
namespace acs::inline ACS_ABI {

#if ACS_CPU_VECTORS

/// 16 bytes; what compares as true is all ones.
using text_vector = std::uint8_t __attribute__((vector_size(16)));

namespace vectors {

template <class T>
[[nodiscard, gnu::always_inline]] inline T load(char const* at) noexcept {
    T value;
    __builtin_memcpy(&value, at, sizeof(value));
    return value;
}

/// Text of 1 to 16 bytes, some of them more than once.
[[nodiscard, gnu::always_inline]] inline text_vector load_short(char const* text, std::size_t size) noexcept {
    using longs = std::uint64_t __attribute__((vector_size(16)));
    if (size >= 8) return std::bit_cast<text_vector>(longs{load<std::uint64_t>(text), load<std::uint64_t>(text + size - 8)});
    std::uint64_t word = 0;
    if (size >= 4) {
        word = load<std::uint32_t>(text) | std::uint64_t{load<std::uint32_t>(text + size - 4)} << 32;
    } else {
        auto const byte = [text](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(text[i])}; };
        word = (byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16 | byte(0) << 24) * 0x1'0000'0001U;
    }
    return std::bit_cast<text_vector>(longs{word, word});
}

[[nodiscard, gnu::always_inline]] inline bool all(text_vector passes) noexcept {
#if ACS_CPU_X86
    using chars = char __attribute__((vector_size(16)));
    return __builtin_ia32_pmovmskb128(std::bit_cast<chars>(passes)) == 0xFFFF;
#else
    using longs = std::uint64_t __attribute__((vector_size(16)));
    auto const halves = std::bit_cast<longs>(passes);
    return (halves[0] & halves[1]) == ~std::uint64_t{0};
#endif
}

/// Which bytes are within a range.
[[nodiscard, gnu::always_inline]] inline text_vector between(text_vector v, unsigned char from, unsigned char to) noexcept {
    // Signed, since x86 compares nothing else: the range is moved to where numbers begin.
    using signed_bytes = signed char __attribute__((vector_size(16)));
    auto const moved = std::bit_cast<signed_bytes>(v - static_cast<std::uint8_t>(from - 128));
    return std::bit_cast<text_vector>(moved < static_cast<signed char>(to - from - 127));
}

/// Which bytes are letters or digits of ASCII.
[[nodiscard, gnu::always_inline]] inline text_vector alphanumeric(text_vector v) noexcept {
    return between(v | 0x20, 'a', 'z') | between(v, '0', '9');
}

}  // namespace vectors

/// How many bytes at the front of the text make up vectors that pass a test: where to begin looking closer.
template <class Test>
[[nodiscard]] inline std::size_t skip_vectors(std::string_view text, Test passes) noexcept {
    constexpr std::size_t width = sizeof(text_vector);
    std::size_t const size = text.size();
    if (size < width) return size != 0 && vectors::all(passes(vectors::load_short(text.data(), size))) ? size : 0;
    std::size_t i = 0;
    for (; i < size - width; i += width)
        if (!vectors::all(passes(vectors::load<text_vector>(text.data() + i)))) return i;
    return vectors::all(passes(vectors::load<text_vector>(text.data() + size - width))) ? size : i;  // which overlaps the one before
}

#endif

}  // namespace acs::inline ACS_ABI

#endif
