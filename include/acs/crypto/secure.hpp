// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_SECURE_HPP
#define ACS_CRYPTO_SECURE_HPP

#include <acs/core/config.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// Overwrites memory with zeros. Unlike a plain fill it is done even where nobody reads the memory again.
template <class Byte>
    requires(sizeof(Byte) == 1 && !std::is_const_v<Byte>)
constexpr void wipe(Byte* memory, std::size_t size) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < size; ++i) memory[i] = Byte{};
        return;
    }
    Byte volatile* const bytes = memory;
    for (std::size_t i = 0; i < size; ++i) bytes[i] = Byte{};
}
template <class Byte, std::size_t Extent>
    requires(sizeof(Byte) == 1 && !std::is_const_v<Byte>)
constexpr void wipe(std::span<Byte, Extent> memory) noexcept {
    wipe(memory.data(), memory.size());
}

/// Overwrites an object, and that at its end: what the bytes make up then is no value of its type.
inline void wipe_bytes(void* object, std::size_t size) noexcept {
#if defined(__GNUC__)
    if (!ACS_SMALL_CODE && size >= 32 && size <= 128) {
        // Some words at a time, the last of which may overlap: what compilers make of a memset that is so short takes ten times as long.
        auto* bytes = static_cast<unsigned char*>(object);
        unsigned char* const last = bytes + (size - 32);
        for (; bytes < last; bytes += 32) {
            __builtin_memset(bytes, 0, 32);
            __asm__ volatile("" : : "r"(bytes) : "memory");
        }
        object = last;
        size = 32;
    }
    __builtin_memset(object, 0, size);
    __asm__ volatile("" : : "r"(object) : "memory");  // which may read the zeros, as far as the compiler knows
#else
    wipe(static_cast<unsigned char*>(object), size);
#endif
}

template <std::size_t Size>
ACS_NOINLINE inline void wipe_own_stack() noexcept {
    unsigned char room[Size];
    wipe_bytes(room, Size);
}

/// Overwrites the stack below whoever calls this, where a function that was called before has left what it worked with.
template <std::size_t Size>
inline void wipe_stack() noexcept {
    wipe_own_stack<Size>();
#if defined(__GNUC__)
    __asm__ volatile("");  // or the caller may jump there last, with a stack that is shorter than it was
#endif
}

/// Puts a plain object back to its default value in the same way: key states, credentials' copies. Copies elsewhere are not found.
template <class T>
    requires(std::is_trivially_copyable_v<T> && std::default_initializable<T>)
constexpr void wipe_object(T& object) noexcept {
    if (std::is_constant_evaluated()) {
        object = T{};
        return;
    }
    // Read through a volatile, the function could be any as far as the compiler knows: the call can't be left out. (A pointer to the
    // object instead of one to a function does not do: g++ knows what it points to, and leaves the store out.)
    void (*const volatile reset)(T&) noexcept = [](T& o) noexcept { o = T{}; };
    reset(object);
}

/// Whether the texts are equal, in a time that depends on their sizes only and not on where they differ: for comparing signatures.
[[nodiscard]] constexpr bool equal_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned>(static_cast<unsigned char>(b[i]));
    return difference == 0;
}

[[nodiscard]] constexpr bool equal_constant_time(std::span<std::uint8_t const> a, std::span<std::uint8_t const> b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
    return difference == 0;
}

}  // namespace acs::inline ACS_ABI

#endif
