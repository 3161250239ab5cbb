// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_STRING_HPP
#define ACS_JSON_STRING_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/json/escape.hpp>
#include <acs/json/scan.hpp>
#include <acs/json/vector.hpp>

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

/// The escapes of one UTF-16 unit, or of the two of a surrogate pair, at `p`.
constexpr errc check_unit(char const*& p, char const* end) noexcept {
    for (bool second = false;; second = true) {
        char const* const backslash = p++;
        if (p == end) return errc::truncated_json;
        if (*p != 'u') return errc::malformed_json;
        ++p;
        unsigned unit = 0;
        for (int i = 0; i < 4; ++i, ++p) {
            if (p == end) return errc::truncated_json;
            unsigned const digit = hex_digit(*p);
            if (digit > 15) return errc::malformed_json;
            unit = unit * 16 + digit;
        }
        // A low surrogate stands behind a high one, and nowhere else.
        if (is_low_surrogate(unit) != second) {
            p = backslash;
            return errc::malformed_json;
        }
        if (!is_high_surrogate(unit)) return errc::none;
        if (p == end) return errc::truncated_json;
        if (*p != '\\') return errc::malformed_json;
    }
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
    } while (p != end && static_cast<unsigned char>(*p) >= 0x80);
    return errc::none;
}

/// Moves `at` to the quote that ends the string in which it is, or to the error; sets `escaped` if a backslash is passed. The whole text is
/// [begin, end). Errors as `json_reader::next`.
ACS_OUTLINE constexpr errc check(char const* begin, char const*& at, char const* end, bool& escaped) noexcept {
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
            if (behind != p)
                p = behind;
            else
                code = check_unit(p, end);
        } else {
            code = static_cast<unsigned char>(*p) < 0x20 ? errc::malformed_json : check_sequences(p, end);
        }
    }
    at = p;
    return code;
}

}  // namespace acs::inline ACS_ABI::json_text

#endif
