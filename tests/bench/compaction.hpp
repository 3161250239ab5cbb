// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The limit of the decoding rows: a text is moved from one place to another without its backslashes, sixteen bytes at a time. Nothing is
// validated, no escape is looked at; whoever unescapes this text has to do at least this much.
#ifndef ACS_TESTS_BENCH_COMPACTION_HPP
#define ACS_TESTS_BENCH_COMPACTION_HPP

#if defined(__x86_64__) && defined(__GNUC__)
#define ACS_BENCH_WITH_COMPACTION 1
#include <immintrin.h>
#else
#define ACS_BENCH_WITH_COMPACTION 0
#endif

#include <array>
#include <cstddef>
#include <cstdint>

namespace acs_bench {

#if ACS_BENCH_WITH_COMPACTION

/// For each set of bytes to be dropped among eight, where the others come from.
inline constexpr auto kept_bytes = [] {
    std::array<std::array<std::uint8_t, 8>, 256> table{};
    for (std::size_t mask = 0; mask < table.size(); ++mask) {
        std::size_t n = 0;
        for (std::uint8_t i = 0; i < 8; ++i)
            if ((mask >> i & 1U) == 0) table[mask][n++] = i;
    }
    return table;
}();

/// Writes the text without its backslashes to `out`, where there is room for 16 bytes more, and returns its size.
__attribute__((target("ssse3,popcnt"))) inline std::size_t drop_backslashes(char const* text, std::size_t size, char* out) {
    char* const begin = out;
    __m128i const backslash = _mm_set1_epi8('\\');
    std::size_t i = 0;
    for (; i + 16 <= size; i += 16) {
        __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text + i));
        auto const mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, backslash)));
        if (mask == 0) {
            _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
            out += 16;
            continue;
        }
        unsigned const low = mask & 0xFFU;
        unsigned const high = mask >> 8;
        __m128i const front = _mm_loadl_epi64(reinterpret_cast<__m128i const*>(kept_bytes[low].data()));
        __m128i const back = _mm_loadl_epi64(reinterpret_cast<__m128i const*>(kept_bytes[high].data()));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_shuffle_epi8(bytes, front));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(out + 8 - _mm_popcnt_u32(low)), _mm_shuffle_epi8(_mm_srli_si128(bytes, 8), back));
        out += 16 - _mm_popcnt_u32(mask);
    }
    for (; i < size; ++i)
        if (text[i] != '\\') *out++ = text[i];
    return static_cast<std::size_t>(out - begin);
}

#endif

}  // namespace acs_bench

#endif
