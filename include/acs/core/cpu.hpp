// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_CPU_HPP
#define ACS_CORE_CPU_HPP

#include <acs/core/config.hpp>

#include <cstdint>

// Which of the CPU's optional instructions there are, asked at run time: programs are built for the oldest machine they run on, and
// should be fast on the newest. Compilers' own means need a constructor before main, a library, or say nothing of SHA.
//
// ACS_CPU_X86 and ACS_CPU_ARM64 are 1 where code for these instructions can be compiled, else 0; ACS_PORTABLE makes both 0.
#if !defined(ACS_PORTABLE) && defined(__GNUC__) && defined(__x86_64__)
#define ACS_CPU_X86 1
#else
#define ACS_CPU_X86 0
#endif
#if !defined(ACS_PORTABLE) && defined(__GNUC__) && defined(__aarch64__) && defined(__linux__) && !defined(__AARCH64EB__)
#define ACS_CPU_ARM64 1
#else
#define ACS_CPU_ARM64 0
#endif

// 1 where every CPU has vectors of 16 bytes, for which the compilers' own notation does.
#if !defined(ACS_PORTABLE) && defined(__GNUC__) && (defined(__x86_64__) || (defined(__aarch64__) && !defined(__AARCH64EB__)))
#define ACS_CPU_VECTORS 1
#else
#define ACS_CPU_VECTORS 0
#endif

namespace acs::inline ACS_ABI {

/// Instructions that a CPU may have, as bits of a mask.
enum class cpu : std::uint32_t {
    asked = 1,   ///< set in every mask that was asked for
    sha = 2,     ///< SHA-1 and SHA-256
    vector = 4,  ///< byte shuffles and masks: x86: SSE 4.1, AVX2, BMI1/2 and POPCNT, with the system's support
    wide = 8,    ///< the same of 64 bytes, and bytes taken out: x86: AVX-512 F, BW, VBMI and VBMI2, with the system's support
};

#if ACS_CPU_X86 || ACS_CPU_ARM64

namespace cpu_features {

#if ACS_CPU_X86

struct cpuid_registers {
    std::uint32_t a{}, b{}, c{}, d{};
};

inline cpuid_registers cpuid(std::uint32_t leaf) noexcept {
    cpuid_registers r;
    __asm__("cpuid" : "=a"(r.a), "=b"(r.b), "=c"(r.c), "=d"(r.d) : "0"(leaf), "2"(0));
    return r;
}

/// Which registers the system saves when it switches threads.
inline std::uint32_t saved_registers() noexcept {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

inline std::uint32_t ask() noexcept {
    auto const bit = [](std::uint32_t word, int n) { return (word >> n & 1U) != 0; };
    auto mask = static_cast<std::uint32_t>(cpu::asked);
    if (cpuid(0).a < 7) return mask;
    cpuid_registers const basic = cpuid(1);
    cpuid_registers const extended = cpuid(7);
    bool const sse41 = bit(basic.c, 9) && bit(basic.c, 19);  // and SSSE3
    if (sse41 && bit(extended.b, 29)) mask |= static_cast<std::uint32_t>(cpu::sha);
    std::uint32_t const saved = bit(basic.c, 27) ? saved_registers() : 0;
    bool const avx = bit(basic.c, 28) && (saved & 6U) == 6;
    bool const bits = bit(basic.c, 23) && bit(extended.b, 3) && bit(extended.b, 8);
    if (!(sse41 && avx && bits && bit(extended.b, 5))) return mask;
    mask |= static_cast<std::uint32_t>(cpu::vector);
    bool const avx512 = bit(extended.b, 16) && bit(extended.b, 30) && bit(extended.c, 1) && bit(extended.c, 6);
    if (avx512 && (saved & 0xE6U) == 0xE6) mask |= static_cast<std::uint32_t>(cpu::wide);
    return mask;
}

#else

// Declared here under a name of our own: <sys/auxv.h> has it, which not every system does.
unsigned long getauxval(unsigned long) noexcept __asm__("getauxval");

inline std::uint32_t ask() noexcept {
    constexpr unsigned long hwcap = 16;
    constexpr unsigned long sha1_and_sha2 = 1UL << 5 | 1UL << 6;
    auto mask = static_cast<std::uint32_t>(cpu::asked) | static_cast<std::uint32_t>(cpu::vector);  // NEON is never missing
    if ((getauxval(hwcap) & sha1_and_sha2) == sha1_and_sha2) mask |= static_cast<std::uint32_t>(cpu::sha);
    return mask;
}

#endif

/// The library's only static: what was asked once; 0: nothing yet. Threads that ask at the same time find the same. Read and written by
/// the compilers' atomic builtins, since <atomic> is half as large as everything else that the library includes.
inline constinit std::uint32_t known = 0;

}  // namespace cpu_features

/// Whether this CPU has these instructions. Asked at the first call, remembered from then on. Not for constant expressions.
[[nodiscard]] inline bool has(cpu instructions) noexcept {
    std::uint32_t mask = __atomic_load_n(&cpu_features::known, __ATOMIC_RELAXED);
    if (mask == 0) {
        mask = cpu_features::ask();
        __atomic_store_n(&cpu_features::known, mask, __ATOMIC_RELAXED);
    }
    return (mask & static_cast<std::uint32_t>(instructions)) != 0;
}

#else

/// Whether this CPU has these instructions: none that we could use.
[[nodiscard]] constexpr bool has(cpu) noexcept { return false; }

#endif

}  // namespace acs::inline ACS_ABI

#endif
