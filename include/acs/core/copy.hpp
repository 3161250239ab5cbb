// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_COPY_HPP
#define ACS_CORE_COPY_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// Copies plain objects as they lie in memory, between which nothing overlaps. Not for constant expressions.
inline void copy_bytes(void const* from, std::size_t size, void* to) noexcept {
#if defined(__GNUC__)
    __builtin_memcpy(to, from, size);
#else
    for (std::size_t i = 0; i < size; ++i) static_cast<unsigned char*>(to)[i] = static_cast<unsigned char const*>(from)[i];
#endif
}

/// Copies plain objects, between which nothing overlaps. What std::copy_n is, without the ten thousand lines of <algorithm>.
template <class T>
constexpr void copy_n(T const* from, std::size_t count, T* to) noexcept {
    static_assert(std::is_trivially_copyable_v<T>);
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < count; ++i) to[i] = from[i];
    } else if (count != 0) {
        copy_bytes(from, count * sizeof(T), to);
    }
}

/// Fills memory with zeros.
constexpr void fill_zeros(char* to, std::size_t size) noexcept {
#if defined(__GNUC__)
    if (!std::is_constant_evaluated()) {
        if (size != 0) __builtin_memset(to, 0, size);
        return;
    }
#endif
    for (std::size_t i = 0; i < size; ++i) to[i] = 0;
}

/// Copies text that is mostly short, from memory to memory that does not overlap. What is signed is made of dozens of pieces of 1 to 40
/// bytes, for each of which a call of memcpy costs more than the copying. Pre: room for the text.
ACS_ALWAYS_INLINE constexpr void copy_text(std::string_view text, char* to) noexcept {
    if (std::is_constant_evaluated()) {
        copy_n(text.data(), text.size(), to);
        return;
    }
#if defined(__GNUC__)
    // Machines of 32 bits have little memory for code as well. Not copy_n: that would link memmove beside memcpy.
    if constexpr (sizeof(std::size_t) < 8) {
        if (!text.empty()) __builtin_memcpy(to, text.data(), text.size());
        return;
    }
    // Two copies of a fixed size, which may overlap one another, are any size between.
    std::size_t n = text.size();
    char const* from = text.data();
    if (__builtin_constant_p(n) && n != 0) {
        __builtin_memcpy(to, from, n);
        return;
    }
    // What they point to is hidden from the compiler, which else warns of sizes that texts in such small memory never have.
    __asm__("" : "+r"(from), "+r"(to));
    if (n <= 16) {
        if (n >= 8) {
            __builtin_memcpy(to, from, 8);
            __builtin_memcpy(to + n - 8, from + n - 8, 8);
        } else if (n >= 4) {
            __builtin_memcpy(to, from, 4);
            __builtin_memcpy(to + n - 4, from + n - 4, 4);
        } else if (n != 0) {
            to[0] = from[0];
            to[n / 2] = from[n / 2];
            to[n - 1] = from[n - 1];
        }
    } else if (n <= 32) {
        __builtin_memcpy(to, from, 16);
        __builtin_memcpy(to + n - 16, from + n - 16, 16);
    } else if (n <= 64) {
        __builtin_memcpy(to, from, 32);
        __builtin_memcpy(to + n - 32, from + n - 32, 32);
    } else if (n <= 128) {
        __builtin_memcpy(to, from, 64);
        __builtin_memcpy(to + n - 64, from + n - 64, 64);
    } else {
        __asm__("" : "+r"(n));  // the same of its size
        __builtin_memcpy(to, from, n);
    }
#else
    copy_n(text.data(), text.size(), to);
#endif
}

}  // namespace acs::inline ACS_ABI

#endif
