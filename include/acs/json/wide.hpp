// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_WIDE_HPP
#define ACS_JSON_WIDE_HPP

#include <acs/core/config.hpp>
#include <acs/core/cpu.hpp>
#include <acs/json/block.hpp>
#include <acs/json/escape.hpp>
#include <acs/json/scan.hpp>

#include <cstddef>
#include <cstdint>

// What most of a large string is, on a CPU that looks at 64 bytes by one instruction, and takes some of them out by another: text in
// ASCII, and escapes of one letter. All else is left to the blocks of two vectors.
namespace acs::inline ACS_ABI::json_vector {

#if ACS_CPU_X86

#define ACS_WIDE_TARGET "avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vbmi,avx512vbmi2"
#define ACS_WIDE_CODE [[gnu::target(ACS_WIDE_TARGET)]]
#define ACS_WIDE_PART [[gnu::target(ACS_WIDE_TARGET), gnu::always_inline]]

using wide_bytes [[gnu::vector_size(64)]] = char;

/// A bit for each byte that equals `c`.
ACS_WIDE_PART inline std::uint64_t wide_equal(wide_bytes const& b, char c) noexcept {
    auto found = static_cast<std::uint64_t>(__builtin_ia32_cmpb512_mask(b, wide_bytes{} + c, 0, ~std::uint64_t{0}));
    // Else g++ makes what is masked by the last block's carry a part of the comparison, and each block waits for that.
    __asm__("" : "+r"(found));
    return found;
}

/// A bit for each control character, and for each byte that is not ASCII.
ACS_WIDE_PART inline std::uint64_t wide_others(wide_bytes const& b) noexcept {
    return static_cast<std::uint64_t>(__builtin_ia32_cmpb512_mask(b, wide_bytes{} + ' ', 1, ~std::uint64_t{0}));
}

/// The bytes in `which` replaced by what they stand for behind a backslash, 0 where nothing may stand so alone. Pre: those are ASCII.
ACS_WIDE_PART inline wide_bytes wide_translate(wide_bytes const& b, std::uint64_t which) noexcept {
    struct halves {
        alignas(64) char low[64]{}, high[64]{};
    };
    static constexpr halves letters = [] {
        halves all;
        for (std::size_t i = 0; i < 64; ++i) {
            all.low[i] = json_scan::escaped(static_cast<char>(i));
            all.high[i] = json_scan::escaped(static_cast<char>(64 + i));
        }
        return all;
    }();
    wide_bytes low, high;
    __builtin_memcpy(&low, letters.low, sizeof low);
    __builtin_memcpy(&high, letters.high, sizeof high);
#if defined(__clang__)
    return __builtin_ia32_selectb_512(which, __builtin_ia32_vpermi2varqi512(low, b, high), b);
#else
    return __builtin_ia32_vpermi2varqi512_mask(low, b, high, which);
#endif
}

/// Behind whole blocks of a string that are plain text and such escapes; sets `escaped` if there was a backslash. Pre: p is where a
/// character begins.
ACS_WIDE_CODE inline char const* skip_wide(char const* p, char const* end, bool& escaped) noexcept {
    std::uint64_t carry = 0, any = 0;
    for (; static_cast<std::size_t>(end - p) >= block_size; p += block_size) {
        wide_bytes b;
        __builtin_memcpy(&b, p, sizeof b);
        std::uint64_t next = carry;
        std::uint64_t const backslashes = wide_equal(b, '\\');
        std::uint64_t const behind = escaping(backslashes, next) << 1 | carry;
        std::uint64_t const odd = wide_equal(wide_translate(b, behind), '\0') & behind;
        if ((wide_others(b) | odd | (wide_equal(b, '"') & ~behind)) != 0) break;
        any |= backslashes;
        carry = next;
    }
    escaped = escaped || any != 0;
    return p - carry;
}

/// Unescapes whole blocks of [from, end) up to one with a \u escape, and moves both; as `unescape`, which does the rest.
ACS_WIDE_CODE inline void unescape_wide(char const*& from, char const* end, char*& out) noexcept {
    char const* p = from;
    char* to = out;
    std::uint64_t carry = 0;
    for (; static_cast<std::size_t>(end - p) >= block_size; p += block_size) {
        wide_bytes b;
        __builtin_memcpy(&b, p, sizeof b);
        std::uint64_t next = carry;
        std::uint64_t const left_out = escaping(wide_equal(b, '\\'), next);
        std::uint64_t const behind = left_out << 1 | carry;
        if ((wide_equal(b, 'u') & behind) != 0) break;
        wide_bytes const kept = __builtin_ia32_compressqi512_mask(wide_translate(b, behind), wide_bytes{}, ~left_out);
        __builtin_memcpy(to, &kept, sizeof kept);
        to += block_size - static_cast<std::size_t>(__builtin_popcountll(left_out));
        carry = next;
    }
    if (carry != 0 && *p == 'u') {  // the backslash may be overwritten, and is not looked at
        --p;
        to = json_text::unescape_units(p, end, to);
    } else if (carry != 0) {
        *to++ = json_scan::escaped(*p++);
    }
    from = p;
    out = to;
}

#undef ACS_WIDE_CODE
#undef ACS_WIDE_PART
#undef ACS_WIDE_TARGET

#endif

}  // namespace acs::inline ACS_ABI::json_vector

#endif
