// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_STRING_HPP
#define ACS_JSON_STRING_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/json/escape.hpp>
#include <acs/json/scan.hpp>
#include <acs/json/vector.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

// The inside of a string, checked: most of every large text.
namespace acs::inline ACS_ABI::json_text {

/// The first byte in [p, end) that may be special, looking at a few bytes only: most strings end there.
[[nodiscard]] constexpr char const* skip_plain(char const* p, char const* end) noexcept {
    if (ACS_CPU_X86 == 0 || std::is_constant_evaluated()) return p;
    for (int i = 0; i < 2 && end - p >= 16; ++i) {
        int const n = json_vector::find_special(p);
        p += n;
        if (n < 16) break;
    }
    return p;
}

/// Reads what stands at `p`, a byte or an escape, be it the two of a surrogate pair: writes what it stands for to `out`, which may be the
/// same memory, and moves `p` behind. How many bytes that makes, 1 to 4; 0 if it is an escape at fault, and `p` where. What checks a text
/// and what unescapes it call the same function: the one throws away what is written, the other knows that all is well.
ACS_OUTLINE constexpr std::size_t read_one(char const*& p, char const* end, char* out) noexcept {
    *out = *p++;
    if (*out != '\\') return 1;
    std::uint32_t code = 0;  // one unit, or two in a row
    for (int place = 1; p != end; ++place) {
        char const c = *p;
        if (place > 1) {
            unsigned const digit = hex_digit(c);
            if (digit > 15) return 0;
            code = code << 4 | digit;
        } else if (c != (place == 0 ? '\\' : 'u')) {
            *out = code == 0 ? json_scan::escaped(c) : '\0';
            if (*out == '\0') return 0;
            ++p;
            return 1;
        }
        ++p;
        if (place != 5) continue;
        // A low surrogate stands behind a high one, and nowhere else.
        std::uint32_t const high = code >> 16;
        if (is_low_surrogate(code & 0xFFFF) != (high != 0)) {
            p -= 6;
            return 0;
        }
        if (high != 0) code = joined(high, code);
        if (!is_high_surrogate(code)) return utf8::put(code, out);
        place = -1;
    }
    return 0;
}

/// Behind all units from `p` on that are as they should be, each looked at as a whole.
[[nodiscard]] constexpr char const* skip_units(char const* p, char const* end) noexcept {
    auto const unit_at = [end](char const* q) -> std::uint32_t {
        constexpr std::uint32_t none = 0x10000;
        if (end - q < 6 || q[0] != '\\' || q[1] != 'u') return none;
        std::uint32_t const digits = four_bytes(q + 2);
        return are_hex_digits(digits) ? hex_value(digits) : none;
    };
    for (;;) {
        std::uint32_t const unit = unit_at(p);
        if (unit > 0xFFFF || is_low_surrogate(unit)) return p;
        bool const pair = is_high_surrogate(unit);
        if (pair && !is_low_surrogate(unit_at(p + 6))) return p;
        p += pair ? 12 : 6;
    }
}

/// The multi-byte UTF-8 sequences from `p` on (Unicode, table 3-7). One cut off by the end of the text is truncated, if it began well.
constexpr errc check_sequences(char const*& p, char const* end) noexcept {
    do {
        auto const lead = static_cast<unsigned char>(*p);
        if (lead < 0xC2 || lead > 0xF4) return errc::invalid_utf8;
        int const more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        // Only the second byte's range depends on the first byte.
        unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        char const* q = p + 1;
        for (int i = 0; i < more; ++i, ++q, low = 0x80, high = 0xBF) {
            if (q == end) {
                p = end;
                return errc::truncated_json;
            }
            auto const byte = static_cast<unsigned char>(*q);
            if (byte < low || byte > high) return errc::invalid_utf8;
        }
        p = q;
    } while (!ACS_SMALL_CODE && p != end && static_cast<unsigned char>(*p) >= 0x80);
    return errc::none;
}

/// Moves `at` to the quote that ends the string in which it is, or to the error; sets `escaped` if a backslash is passed. The whole text is
/// [begin, end). Errors as `json_reader::next`.
constexpr errc check(char const* begin, char const*& at, char const* end, bool& escaped) noexcept {
    char const* p = at;
    errc code = errc::none;
    while (code == errc::none) {
        if (!std::is_constant_evaluated() && json_vector::may_take(static_cast<std::size_t>(end - begin))) {
            p = json_vector::skip_text(p, end, escaped);
        } else {
            p = json_scan::skip_text(p, end, escaped);
        }
        if (p == end) {
            code = errc::truncated_json;
        } else if (*p == '"') {
            break;
        } else if (*p == '\\') {
            escaped = true;
            // Small machines have to do with the careful way.
            char const* const behind = json_scan::takes_words ? skip_units(p, end) : p;
            if (behind != p) {
                p = behind;
                continue;
            }
            std::array<char, 4> nobody_reads_it{};
            if (read_one(p, end, nobody_reads_it.data()) == 0) code = p == end ? errc::truncated_json : errc::malformed_json;
        } else {
            code = static_cast<unsigned char>(*p) < 0x20 ? errc::malformed_json : check_sequences(p, end);
        }
    }
    at = p;
    return code;
}

}  // namespace acs::inline ACS_ABI::json_text

#endif
