// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_NUMBER_HPP
#define ACS_JSON_NUMBER_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/json/big_uint.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

// Doubles, both ways, in exact integer arithmetic: no rounding mode, no table and no floating-point unit has a say in it. It is not fast,
// and linked only where a double is read or written.
namespace acs::inline ACS_ABI {

static_assert(std::numeric_limits<double>::is_iec559 && sizeof(double) == 8, "acs needs IEEE 754 doubles");

namespace decimal_double {

/// A number's text, taken apart: (-1)^negative * digits * 10^exponent.
struct parts {
    // A value halfway between two doubles has at most 767 digits. Of more, all that matters is whether any is not zero: then a 1 stands
    // last.
    static constexpr std::size_t max_digits = 770;

    bool negative{};
    bool more{};  // whether a digit that was left out is not zero
    std::size_t size{};
    std::int64_t exponent{};
    // 771 digits, or while parsing up to 5^1101, the divisor of the smallest doubles, and a bit.
    big_uint<84> digits{};

    constexpr void push(char c) noexcept {
        if (size == max_digits) {
            ++exponent;
            more = more || c != '0';
        } else if (size != 0 || c != '0') {
            digits.multiply_add(10, static_cast<std::uint32_t>(c - '0'));
            ++size;
        }
    }

    /// Takes a text of JSON's number grammar apart; false for any other.
    constexpr bool read(std::string_view text) noexcept {
        char const* p = text.data();
        char const* const end = p + text.size();
        auto const take = [&p, end](char c) {
            bool const found = p != end && *p == c;
            if (found) ++p;
            return found;
        };
        auto const digits_from = [&p, end](char const* from) {
            while (p != end && is_digit(*p)) ++p;
            return p != from;
        };
        negative = take('-');
        char const* from = p;
        if (!take('0') && !digits_from(from)) return false;
        for (; from != p; ++from) push(*from);
        if (take('.')) {
            from = p;
            if (!digits_from(from)) return false;
            for (; from != p; ++from, --exponent) push(*from);
        }
        if (take('e') || take('E')) {
            bool const below = take('-');
            if (!below) take('+');
            from = p;
            if (!digits_from(from)) return false;
            std::int64_t written = 0;
            for (; from != p; ++from)
                if (written < std::numeric_limits<std::int64_t>::max() / 100) written = written * 10 + (*from - '0');
            exponent += below ? -written : written;
        }
        if (more) {
            digits.multiply_add(10, 1);
            ++size;
            --exponent;
        }
        return p == end;
    }
};

/// errc::wrong_type, errc::number_out_of_range, or none and the double nearest to the text, ties to even.
[[nodiscard]] constexpr errc parse(std::string_view text, double& value) noexcept {
    parts number;
    if (!number.read(text)) return errc::wrong_type;
    std::uint64_t const sign = std::uint64_t{number.negative} << 63;
    std::int64_t const magnitude = number.exponent + static_cast<std::int64_t>(number.size);  // below 10^magnitude
    if (number.size == 0 || magnitude < -330) {
        value = std::bit_cast<double>(sign);
        return errc::none;
    }
    if (magnitude > 310) return errc::number_out_of_range;

    // value = above / below * 2^binary; then above / below is brought into [1, 2).
    auto& above = number.digits;
    big_uint<84> below(1);
    above.multiply_by_power_of_five(number.exponent);
    below.multiply_by_power_of_five(-number.exponent);
    std::int64_t binary = number.exponent;
    std::int64_t const shift = below.bit_size() - above.bit_size();
    above.shift_left(shift);
    below.shift_left(-shift);
    binary -= shift;
    if (above.compare(below) < 0) {
        above.shift_left(1);
        --binary;
    }

    constexpr std::int64_t least = -1022;
    std::int64_t const precision = binary >= least ? 53 : 53 - (least - binary);
    if (precision < 0) {
        value = std::bit_cast<double>(sign);
        return errc::none;
    }
    std::uint64_t quotient = 0;
    for (std::int64_t i = 0; i < precision; ++i) {
        bool const one = above.compare(below) >= 0;
        if (one) above.subtract(below);
        quotient = quotient * 2 + one;
        above.shift_left(1);
    }
    int const rest = above.compare(below);
    if (rest > 0 || (rest == 0 && quotient % 2 != 0)) ++quotient;
    // The hidden bit, and a carry out of rounding, add themselves to the exponent.
    std::uint64_t const bits = (binary >= least ? static_cast<std::uint64_t>(binary - least) << 52 : 0) + quotient;
    if (bits >= std::uint64_t{0x7FF} << 52) return errc::number_out_of_range;
    value = std::bit_cast<double>(sign | bits);
    return errc::none;
}

/// The shortest digits that read back as the same double, nearest to it among those: 0.d1d2d3... * 10^point.
struct shortest {
    using integer = big_uint<40>;

    std::array<char, 17> digits{};
    std::size_t size{};
    int point{};

    /// Steele and White's algorithm. Pre: bits of a positive finite double.
    constexpr explicit shortest(std::uint64_t bits) noexcept {
        std::uint64_t const fraction = bits & ((std::uint64_t{1} << 52) - 1);
        auto const biased = static_cast<int>(bits >> 52);
        std::uint64_t const mantissa = biased != 0 ? fraction | std::uint64_t{1} << 52 : fraction;
        int const exponent = (biased != 0 ? biased : 1) - 1075;
        bool const even = mantissa % 2 == 0;                // then the ends of its interval round to it too
        bool const lopsided = fraction == 0 && biased > 1;  // the next double below is only half as far

        // rest / scale is the value, low and high / scale the halves of the gaps below and above.
        integer rest(mantissa), scale(1), low(1), high(1);
        int const up = exponent > 0 ? exponent : 0;
        rest.shift_left(up + 1 + lopsided);
        low.shift_left(up);
        high.shift_left(up + lopsided);
        scale.shift_left((exponent < 0 ? -exponent : 0) + 1 + lopsided);

        // An estimate of the decimal point that is never too high; log10(2) = 0.30103.
        int const top = 63 - std::countl_zero(mantissa) + exponent;
        point = top >= 0 ? top * 30102 / 100000 : -((-top * 30104 + 99999) / 100000);
        for (int i = 0; i < point; ++i) scale.multiply_add(10, 0);
        for (int i = point; i < 0; ++i) times_ten(rest, low, high);
        for (; reaches(rest, high, scale, even); ++point) scale.multiply_add(10, 0);

        for (bool more = true; more;) {
            times_ten(rest, low, high);
            char digit = '0';
            for (; rest.compare(scale) >= 0; rest.subtract(scale)) ++digit;
            int const below = rest.compare(low);
            bool const may_stop_low = below < 0 || (below == 0 && even);
            bool const may_stop_high = reaches(rest, high, scale, even);
            more = !may_stop_low && !may_stop_high;
            if (may_stop_high) {
                bool round_up = true;
                if (may_stop_low) {
                    integer twice = rest;
                    twice.shift_left(1);
                    int const half = twice.compare(scale);
                    round_up = half > 0 || (half == 0 && (digit - '0') % 2 != 0);
                }
                if (round_up) ++digit;
            }
            digits[size++] = digit;
        }
    }

private:
    static constexpr void times_ten(integer& a, integer& b, integer& c) noexcept {
        a.multiply_add(10, 0);
        b.multiply_add(10, 0);
        c.multiply_add(10, 0);
    }

    static constexpr bool reaches(integer const& rest, integer const& high, integer const& scale, bool even) noexcept {
        integer sum = rest;
        sum.add(high);
        int const order = sum.compare(scale);
        return order > 0 || (order == 0 && even);
    }
};

}  // namespace decimal_double

/// The double nearest to a number's text, ties to even. Empty if the text is no JSON number, or lies above the largest double; what is
/// too small becomes zero, and keeps its sign.
[[nodiscard]] constexpr std::optional<double> parse_double(std::string_view text) noexcept {
    double value = 0;
    if (decimal_double::parse(text, value) != errc::none) return {};
    return value;
}

/// Writes the shortest text that reads back as the same double, as JavaScript does: `1`, `0.1`, `1e+21`, `1.5e-7`; `-0` keeps its sign.
/// JSON has no infinities and no NaN: they become `null`.
template <sink S>
constexpr void write_double(double value, S& out) noexcept {
    auto const bits = std::bit_cast<std::uint64_t>(value);
    std::uint64_t const magnitude = bits & ~(std::uint64_t{1} << 63);
    if (magnitude >= std::uint64_t{0x7FF} << 52) {
        out.write("null");
        return;
    }
    if (bits != magnitude) out.write("-");
    if (magnitude == 0) {
        out.write("0");
        return;
    }

    decimal_double::shortest const number(magnitude);
    constexpr std::string_view zeros = "0000000000000000000000"sv;
    std::string_view const digits(number.digits.data(), number.size);
    int const size = static_cast<int>(number.size);
    int const point = number.point;
    if (point > 21 || point <= -6) {
        out.write(first(digits, 1));
        if (size > 1) out.write(".");
        out.write(skip(digits, 1));
        out.write(point > 0 ? "e+" : "e");
        out.write(decimal(point - 1).view());
    } else if (point <= 0) {
        out.write("0.");
        out.write(first(zeros, static_cast<std::size_t>(-point)));
        out.write(digits);
    } else if (point < size) {
        out.write(first(digits, static_cast<std::size_t>(point)));
        out.write(".");
        out.write(skip(digits, static_cast<std::size_t>(point)));
    } else {
        out.write(digits);
        out.write(first(zeros, static_cast<std::size_t>(point - size)));
    }
}

}  // namespace acs::inline ACS_ABI

#endif
