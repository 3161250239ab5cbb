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
namespace acs::inline ACS_ABI {

class string_checker {
public:
    /// `begin` is where the text begins, in which the string stands.
    constexpr string_checker(char const* begin, char const* at, char const* end) noexcept : begin_(begin), at_(at), end_(end) {}

    /// Reads up to the closing quote, or to the error. Errors as `json_reader::next`.
    constexpr errc run() noexcept {
        for (;;) {
            skip_text();
            if (at_ == end_) return errc::truncated_json;
            if (*at_ == '"') return errc::none;
            errc code = errc::malformed_json;  // a control character
            if (*at_ == '\\') {
                escaped_ = true;
                code = read_escape();
            } else if (static_cast<unsigned char>(*at_) >= 0x20) {
                code = read_sequences();
            }
            if (code != errc::none) return code;
        }
    }

    [[nodiscard]] constexpr char const* at() const noexcept { return at_; }
    /// Whether there is a backslash.
    [[nodiscard]] constexpr bool escaped() const noexcept { return escaped_; }

private:
    /// To the first byte that ends the string, or needs a closer look.
    constexpr void skip_text() noexcept {
        if (!std::is_constant_evaluated() && json_vector::may_take(static_cast<std::size_t>(end_ - begin_))) {
            at_ = json_vector::skip_text(at_, end_, escaped_);
            return;
        }
        at_ = json_scan::skip_text(at_, end_, escaped_);
    }

    /// The escapes of one UTF-16 unit, or of the two of a surrogate pair.
    constexpr errc read_escape() noexcept {
        if (fast_units()) return errc::none;
        for (bool second = false;; second = true) {
            char const* const backslash = at_++;
            if (at_ == end_) return errc::truncated_json;
            if (*at_ != 'u') return errc::malformed_json;
            ++at_;
            unsigned unit = 0;
            for (int i = 0; i < 4; ++i, ++at_) {
                if (at_ == end_) return errc::truncated_json;
                unsigned const digit = hex_digit(*at_);
                if (digit > 15) return errc::malformed_json;
                unit = unit * 16 + digit;
            }
            // A low surrogate stands behind a high one, and nowhere else.
            if (json_text::is_low_surrogate(unit) != second) {
                at_ = backslash;
                return errc::malformed_json;
            }
            if (!json_text::is_high_surrogate(unit)) return errc::none;
            if (at_ == end_) return errc::truncated_json;
            if (*at_ != '\\') return errc::malformed_json;
        }
    }

    /// Passes all units that are as they should be; false if the first is not.
    constexpr bool fast_units() noexcept {
        // Not for small machines, where the careful way has to do.
        if (sizeof(json_scan::word) < 8) return false;
        char const* p = at_;
        auto const unit_at = [this](char const* q) -> std::uint32_t {
            constexpr std::uint32_t none = 0x10000;
            if (end_ - q < 6 || q[0] != '\\' || q[1] != 'u') return none;
            std::uint32_t const digits = json_text::four_bytes(q + 2);
            return json_text::are_hex_digits(digits) ? json_text::hex_value(digits) : none;
        };
        for (;;) {
            std::uint32_t const unit = unit_at(p);
            if (unit > 0xFFFF || json_text::is_low_surrogate(unit)) break;
            bool const pair = json_text::is_high_surrogate(unit);
            if (pair && !json_text::is_low_surrogate(unit_at(p + 6))) break;
            p += pair ? 12 : 6;
        }
        bool const any = p != at_;
        at_ = p;
        return any;
    }

    /// The multi-byte UTF-8 sequences from here on (Unicode, table 3-7). One cut off by the end of the text is truncated, if it began well.
    constexpr errc read_sequences() noexcept {
        do {
            auto const lead = static_cast<unsigned char>(*at_);
            if (lead < 0xC2 || lead > 0xF4) return errc::invalid_utf8;
            int const more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
            // Only the second byte's range depends on the first byte.
            unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            char const* p = at_ + 1;
            for (int i = 0; i < more; ++i, ++p, low = 0x80, high = 0xBF) {
                if (p == end_) {
                    at_ = end_;
                    return errc::truncated_json;
                }
                auto const byte = static_cast<unsigned char>(*p);
                if (byte < low || byte > high) return errc::invalid_utf8;
            }
            at_ = p;
        } while (at_ != end_ && static_cast<unsigned char>(*at_) >= 0x80);
        return errc::none;
    }

    char const* begin_;
    char const* at_;
    char const* end_;
    bool escaped_{};
};

}  // namespace acs::inline ACS_ABI

#endif
