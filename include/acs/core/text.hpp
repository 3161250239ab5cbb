// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_TEXT_HPP
#define ACS_CORE_TEXT_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/sink.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

// ASCII only, no locale. The slicing here never throws: `string_view::substr` would pull the exception machinery into firmware.
namespace acs::inline ACS_ABI {

/// Constant texts are written "..."sv, which has their size: of others g++ counts the bytes one by one.
using namespace std::string_view_literals;

/// The text without its first `n` bytes. Pre: n <= text.size().
[[nodiscard]] constexpr std::string_view skip(std::string_view text, std::size_t n) noexcept {
    ACS_ASSERT(n <= text.size());
    return {text.data() + n, text.size() - n};
}

/// The first `n` bytes of the text. Pre: n <= text.size().
[[nodiscard]] constexpr std::string_view first(std::string_view text, std::size_t n) noexcept {
    ACS_ASSERT(n <= text.size());
    return {text.data(), n};
}

[[nodiscard]] constexpr char to_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Of either case.
[[nodiscard]] constexpr bool is_letter(char c) noexcept { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Three-way comparison of the lower-cased texts in byte order: < 0, 0, > 0.
[[nodiscard]] constexpr int compare_ignoring_case(std::string_view a, std::string_view b) noexcept {
    std::size_t const common = a.size() < b.size() ? a.size() : b.size();
    for (std::size_t i = 0; i < common; ++i) {
        auto const x = static_cast<unsigned char>(to_lower(a[i]));
        auto const y = static_cast<unsigned char>(to_lower(b[i]));
        if (x != y) return x < y ? -1 : 1;
    }
    return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

/// Whether as many bytes are equal when they are lower-cased.
[[nodiscard]] ACS_OUTLINE constexpr bool equal_ignoring_case(char const* a, char const* b, std::size_t size) noexcept {
    for (std::size_t i = 0; i < size; ++i)
        if (a[i] != b[i] && ((a[i] ^ b[i]) != 0x20 || !is_letter(a[i]))) return false;
    return true;
}

[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && equal_ignoring_case(a.data(), b.data(), a.size());
}

[[nodiscard]] constexpr bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) noexcept {
    return text.size() >= prefix.size() && equal_ignoring_case(first(text, prefix.size()), prefix);
}

/// A byte in each place of a machine word.
[[nodiscard]] constexpr std::size_t in_each_byte(unsigned char c) noexcept { return ~std::size_t{0} / 0xFF * c; }

/// Not 0 if a byte of the word is below `c`. Pre: c <= 0x80.
[[nodiscard]] constexpr std::size_t bytes_below(std::size_t word, unsigned char c) noexcept {
    return (word - in_each_byte(c)) & ~word & in_each_byte(0x80);
}

/// How many bytes at the front of the text make up machine words that pass a test: where to begin looking closer. None in constant
/// expressions, and none where code has to be small.
template <class Test>
[[nodiscard]] constexpr std::size_t skip_words(std::string_view text, Test passes) noexcept {
    std::size_t i = 0;
    if (std::is_constant_evaluated() || sizeof(std::size_t) < 8 || text.size() < sizeof(std::size_t)) return i;
    std::size_t const last = text.size() - sizeof(std::size_t);
    char const* data = text.data();
#if defined(__GNUC__)
    __asm__("" : "+r"(data));  // hidden from g++, which else warns of words that constants are too short for
#endif
    auto const passes_at = [&](std::size_t at) {
        std::array<char, sizeof(std::size_t)> bytes;
        copy_n(data + at, bytes.size(), bytes.data());
        return passes(std::bit_cast<std::size_t>(bytes));
    };
    for (; i < last; i += sizeof(std::size_t))
        if (!passes_at(i)) return i;
    return passes_at(last) ? text.size() : i;  // the last word overlaps the one before
}

/// Offset of the first upper-case letter; `text.size()` if there is none.
[[nodiscard]] constexpr std::size_t find_upper(std::string_view text) noexcept {
    // From `@` to `_` bit 5 is 0 and bit 6 is 1: so are those of no byte else below 0x80.
    std::size_t i = skip_words(text, [](std::size_t word) { return (~word >> 5 & word >> 6 & in_each_byte(1)) == 0; });
    while (i < text.size() && text[i] == to_lower(text[i])) ++i;
    return i;
}

/// Writes text lower-cased, a letter at a time: names of headers are short.
template <sink S>
ACS_OUTLINE constexpr void write_lower(char const* text, std::size_t size, S& out) noexcept {
    for (char const* const end = text + size; text != end; ++text) write_char(to_lower(*text), out);
}

/// Writes text lower-cased.
template <sink S>
constexpr void write_lower(std::string_view text, S& out) noexcept {
    if constexpr (ACS_SMALL_CODE) return write_lower(text.data(), text.size(), out);
    std::size_t const plain = find_upper(text);
    out.write(first(text, plain));
    for (char const c : skip(text, plain)) {
        char const lower = to_lower(c);
        out.write({&lower, 1});
    }
}

/// Space, tab, CR, LF, vertical tab, form feed.
[[nodiscard]] constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

[[nodiscard]] ACS_OUTLINE constexpr std::string_view trim(char const* text, std::size_t size) noexcept {
    for (; size != 0 && is_space(*text); ++text) --size;
    while (size != 0 && is_space(text[size - 1])) --size;
    return {text, size};
}
[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
    if (!ACS_SMALL_CODE && !text.empty() && text.front() > ' ' && text.back() > ' ') return text;  // as most are
    return trim(text.data(), text.size());
}

/// Offset of the first byte that must not stand in a header or request line (CR, LF, NUL); `text.size()` if there is none.
[[nodiscard]] ACS_OUTLINE constexpr std::size_t find_forbidden(char const* data, std::size_t size) noexcept {
    std::string_view const text(data, size);
    std::size_t i = skip_words(text, [](std::size_t word) { return bytes_below(word, '\r' + 1) == 0; });
    while (i < text.size() && text[i] != '\r' && text[i] != '\n' && text[i] != '\0') ++i;
    return i;
}
[[nodiscard]] constexpr std::size_t find_forbidden(std::string_view text) noexcept { return find_forbidden(text.data(), text.size()); }

#if !ACS_SMALL_CODE

/// `00` to `99` in a row.
inline constexpr std::array<char, 200> two_digits = [] {
    std::array<char, 200> text{};
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('0' + (i % 2 == 0 ? i / 20 : i / 2 % 10));
    return text;
}();

#endif

/// Overwrites two bytes with the digits of a number below 100.
constexpr void put_two_digits(std::uint32_t value, char* out) noexcept {
#if !ACS_SMALL_CODE
    copy_n(two_digits.data() + std::size_t{2} * value, 2, out);
    return;
#endif
    std::uint32_t const tens = (value * 103) >> 10;  // exact below 179
    out[0] = static_cast<char>('0' + tens);
    out[1] = static_cast<char>('0' + value - tens * 10);
}

/// 10 to the power of each index; 0 for that of 0, which nobody asks for.
inline constexpr std::array<std::uint64_t, 20> powers_of_ten = [] {
    std::array<std::uint64_t, 20> table{0, 10};
    for (std::size_t i = 2; i < table.size(); ++i) table[i] = table[i - 1] * 10;
    return table;
}();

/// How many decimal digits a number has.
[[nodiscard]] constexpr std::size_t count_digits(std::uint64_t value) noexcept {
    // 1233 / 4096 is the logarithm of 2: that many, or one more.
    std::size_t const count = static_cast<std::size_t>(64 - std::countl_zero(value)) * 1233 >> 12;
    return count + (value >= powers_of_ten[count] ? 1U : 0U);
}

/// Overwrites what is before `end` with the decimal digits of a number; where they begin. Pre: room for them.
constexpr char* put_digits(std::uint64_t value, char* end) noexcept {
    auto const put = [&end](std::uint32_t pair) { put_two_digits(pair, end -= 2); };
    for (; value >= 10'000; value /= 10'000) {
        auto const four = static_cast<std::uint32_t>(value % 10'000);
        put(four % 100);
        put(four / 100);
    }
    auto rest = static_cast<std::uint32_t>(value);
    if (rest >= 100) {
        put(rest % 100);
        rest /= 100;
    }
    if (rest >= 10)
        put(rest);
    else
        *--end = static_cast<char>('0' + rest);
    return end;
}

/// The decimal digits of a number, held in place.
class decimal {
public:
    static constexpr std::size_t max_size = 20;  ///< `-9223372036854775808`

    constexpr explicit decimal(std::int64_t value) noexcept {
        std::uint64_t rest = value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
        if constexpr (!ACS_SMALL_CODE) {
            begin_ = static_cast<std::size_t>(put_digits(rest, text_.data() + max_size) - text_.data());
            if (value < 0) text_[--begin_] = '-';
            return;
        }
        // 64-bit division costs firmware 700 bytes: 16 bits at a time it is 32-bit work, as on paper.
        auto high = static_cast<std::uint32_t>(rest >> 32);
        auto low = static_cast<std::uint32_t>(rest);
        std::size_t at = max_size;
        do {
            std::uint32_t const upper = high % 10 << 16 | low >> 16;
            std::uint32_t const lower = upper % 10 << 16 | (low & 0xFFFFU);
            high /= 10;
            low = upper / 10 << 16 | lower / 10;
            text_[--at] = static_cast<char>('0' + lower % 10);
        } while ((high | low) != 0);
        if (value < 0) text_[--at] = '-';
        begin_ = at;
    }

    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text_.data() + begin_, max_size - begin_}; }

private:
    std::array<char, max_size> text_;  // from `begin_` on
    std::size_t begin_{max_size};
};

/// The number that decimal digits state, or the largest one if they state more; 0 for anything else.
[[nodiscard]] ACS_OUTLINE constexpr std::uint32_t parse_count(char const* text, std::size_t size) noexcept {
    std::uint32_t value = 0;
    for (char const* const end = text + size; text != end; ++text) {
        if (!is_digit(*text)) return 0;
        std::uint64_t const next = std::uint64_t{value} * 10 + static_cast<std::uint32_t>(*text - '0');
        value = next > 0xFFFF'FFFF ? 0xFFFF'FFFF : static_cast<std::uint32_t>(next);
    }
    return value;
}

/// Reads an optional minus and decimal digits, nothing else. Empty if malformed or out of range.
[[nodiscard]] constexpr std::optional<std::int64_t> parse_integer(std::string_view text) noexcept {
    bool const negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return {};
    std::uint64_t const limit = negative ? std::uint64_t{1} << 63 : (std::uint64_t{1} << 63) - 1;
    std::uint64_t value = 0;
    for (char const c : text) {
        if (!is_digit(c)) return {};
        auto const digit = static_cast<unsigned>(c - '0');
        if (value > 922'337'203'685'477'580 || value * 10 > limit - digit) return {};
        value = value * 10 + digit;
    }
    return negative ? static_cast<std::int64_t>(std::uint64_t{0} - value) : static_cast<std::int64_t>(value);
}

}  // namespace acs::inline ACS_ABI

#endif
