// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_VALUE_HPP
#define ACS_JSON_VALUE_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/json/escape.hpp>
#include <acs/json/number.hpp>
#include <acs/json/scan.hpp>
#include <acs/json/unescape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// From the raw text of a token, which the reader has checked, to its value.
namespace acs::inline ACS_ABI {

namespace json_text {

/// Whether the raw text stands for `plain`. Pre: checked text.
[[nodiscard]] constexpr bool equals(std::string_view const& raw, char const* plain, std::size_t size) noexcept {
    char const* const plain_end = plain + size;
    for (char const *p = raw.data(), *const end = p + raw.size(); p != end;) {
        std::array<char, 4> piece{};
        std::size_t const n = read_one(p, end, piece.data());
        for (std::size_t i = 0; i < n; ++i)
            if (plain == plain_end || *plain++ != piece[i]) return false;
    }
    return plain == plain_end;
}

}  // namespace json_text

/// Whether the raw text of a name or string token stands for `plain`; `escaped` as the token has it. Takes no memory, however long they
/// are. Pre: the text is a token's, or checked like one.
[[nodiscard]] constexpr bool json_equals(std::string_view const& raw, bool escaped, std::string_view plain) noexcept {
    if (ACS_SMALL_CODE) return json_text::equals(raw, plain.data(), plain.size());
    return escaped ? json_text::equals(raw, plain.data(), plain.size()) : raw == plain;
}

/// As `read_integer`; a `value` that was not read is as it was.
[[nodiscard]] constexpr errc parse_json_integer(std::string_view text, std::int64_t& value) noexcept {
    std::string_view const digits = skip(text, text.size() > 1 && text.front() == '-' ? 1 : 0);
    bool well_formed = !digits.empty() && (digits.front() != '0' || digits.size() == 1);
    for (char const c : digits) well_formed = well_formed && is_digit(c);
    if (!well_formed) return errc::wrong_type;
    std::optional<std::int64_t> const parsed = parse_integer(text);
    if (!parsed) return errc::number_out_of_range;
    value = *parsed;
    return errc::none;
}

/// The exact value of a number's text: JSON's grammar without fraction and exponent. errc::wrong_type for any other text, `1.0` and `1e2`
/// included; errc::number_out_of_range if it does not fit.
[[nodiscard]] constexpr result<std::int64_t> read_integer(std::string_view text) noexcept {
    std::int64_t value = 0;
    if (errc const code = parse_json_integer(text, value); code != errc::none) return refuse(code, "number");
    return value;
}

/// The double nearest to a number's text; ties to even. errc::wrong_type if the text is no JSON number, errc::number_out_of_range if it is
/// above the largest double; what is too small becomes zero.
[[nodiscard]] constexpr result<double> read_double(std::string_view text) noexcept {
    double value = 0;
    if (errc const code = decimal_double::parse(text, value); code != errc::none) return refuse(code, "number");
    return value;
}

}  // namespace acs::inline ACS_ABI

#endif
