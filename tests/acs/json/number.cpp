// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/number.hpp>

#include "support/catch.hpp"
#include "support/effort.hpp"
#include "support/string_sink.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <string_view>

namespace test_json_number {

namespace {

struct short_text {
    std::array<char, 40> text{};
    std::size_t size{};
    constexpr void write(std::string_view piece) noexcept {
        for (char const c : piece) text[size++] = c;
    }
};

constexpr bool writes(double value, std::string_view expected) {
    short_text out;
    acs::write_double(value, out);
    return std::string_view(out.text.data(), out.size) == expected;
}

constexpr bool reads(std::string_view text, double expected) {
    auto const value = acs::parse_double(text);
    return value && std::bit_cast<std::uint64_t>(*value) == std::bit_cast<std::uint64_t>(expected);
}

static_assert(reads("0", 0.0) && reads("-0", -0.0) && reads("-0.0e9", -0.0) && reads("1", 1.0) && reads("0.1", 0.1) &&
              reads("-2.5E+3", -2500.0));
static_assert(reads("9007199254740993", 9007199254740992.0) &&
              reads("9007199254740993.00000000000000000000000000000000001", 9007199254740994.0));
static_assert(reads("1.7976931348623157e308", std::numeric_limits<double>::max()) &&
              reads("1.7976931348623158079372e308", std::numeric_limits<double>::max()));
static_assert(!acs::parse_double("1.7976931348623158079373e308") && !acs::parse_double("1e309") &&
              !acs::parse_double("-1e999999999999999999999"));
static_assert(reads("5e-324", 5e-324) && reads("2.4703282292062327208e-324", 0.0) && reads("2.4703282292062327209e-324", 5e-324));
static_assert(reads("2.2250738585072011e-308", 2.2250738585072011e-308) && reads("-1e-999999999999999999999", -0.0) &&
              reads("0e999999999999999999999", 0.0));
static_assert(!acs::parse_double("") && !acs::parse_double("-") && !acs::parse_double("01") && !acs::parse_double("+1") &&
              !acs::parse_double(".5"));
static_assert(!acs::parse_double("1.") && !acs::parse_double("1e") && !acs::parse_double("1e+") && !acs::parse_double(" 1") &&
              !acs::parse_double("1 "));
static_assert(!acs::parse_double("0x1") && !acs::parse_double("inf") && !acs::parse_double("nan") && !acs::parse_double("1.5.5"));

static_assert(writes(0.0, "0") && writes(-0.0, "-0") && writes(1.0, "1") && writes(-1.5, "-1.5") && writes(0.1, "0.1") &&
              writes(0.1 + 0.2, "0.30000000000000004"));
static_assert(writes(1e20, "100000000000000000000") && writes(1e21, "1e+21") && writes(1.5e300, "1.5e+300") &&
              writes(123456789012345680000.0, "123456789012345680000"));
static_assert(writes(0.000001, "0.000001") && writes(1e-7, "1e-7") && writes(1.5e-7, "1.5e-7") && writes(0.00001234, "0.00001234"));
static_assert(writes(5e-324, "5e-324") && writes(std::numeric_limits<double>::max(), "1.7976931348623157e+308") &&
              writes(9007199254740993.0, "9007199254740992"));
static_assert(writes(std::numeric_limits<double>::infinity(), "null") && writes(std::numeric_limits<double>::quiet_NaN(), "null"));

std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

/// Whether the standard library reads the text as the same double, or refuses it as too large where we do.
bool same_as_strtod(std::string const& text) {
    double const peer = std::strtod(text.c_str(), nullptr);
    auto const ours = acs::parse_double(text);
    return std::isinf(peer) ? !ours : ours && bits_of(*ours) == bits_of(peer);
}

/// Whether it reads back as the same double, and its digits are those of the standard library's shortest text.
bool round_trips(double value) {
    std::string const text = acs_tests::written([value](auto& out) { acs::write_double(value, out); });
    auto const back = acs::parse_double(text);
    std::array<char, 64> peer{};
    auto const end = std::to_chars(peer.data(), peer.data() + peer.size(), value, std::chars_format::scientific).ptr;
    // Digits without sign, point, exponent and the zeros at either end.
    auto const digits = [](std::string_view t) {
        std::string d;
        for (char const c : t.substr(0, t.find('e')))
            if (c >= '0' && c <= '9' && (c != '0' || !d.empty())) d += c;
        while (!d.empty() && d.back() == '0') d.pop_back();
        return d;
    };
    return back && bits_of(*back) == bits_of(value) && digits(text) == digits({peer.data(), static_cast<std::size_t>(end - peer.data())});
}

}  // namespace

TEST_CASE("random doubles of every size are written shortest and read back", "[json]") {
    std::mt19937_64 random(7);
    for (int i = 0; i < 100000 / acs_tests::thinned; ++i) {
        double const value = std::bit_cast<double>(random());
        if (!std::isfinite(value) || round_trips(value)) continue;
        CAPTURE(bits_of(value));
        FAIL();
    }
}

TEST_CASE("powers of two, of ten, and their neighbours are written shortest and read back", "[json]") {
    for (int exponent = -1074; exponent < 1024; ++exponent) {
        double const power = std::ldexp(1.0, exponent);
        bool right = round_trips(power) && round_trips(-power);
        if (exponent > -1074) right = right && round_trips(std::nextafter(power, 0.0));
        right = right && round_trips(std::nextafter(power, 1e308));
        CAPTURE(exponent);
        if (!right) FAIL();
    }
    for (int exponent = -323; exponent <= 308; ++exponent) {
        double const power = std::strtod(("1e" + std::to_string(exponent)).c_str(), nullptr);
        bool const right = round_trips(power) && round_trips(std::nextafter(power, 0.0)) && round_trips(std::nextafter(power, 1e308));
        CAPTURE(exponent);
        if (!right) FAIL();
    }
    for (std::int64_t i = 1; i < 20000; ++i)
        if (!round_trips(static_cast<double>(i)) || !round_trips(static_cast<double>(i) / 1000)) FAIL(i);
}

TEST_CASE("texts of any length and exponent read as the nearest double", "[json]") {
    std::mt19937_64 random(11);
    for (int i = 0; i < 30000; ++i) {
        std::string text = random() % 2 != 0 ? "-" : "";
        std::size_t const before = random() % 20, behind = random() % 30;
        text += static_cast<char>('1' + random() % 9);
        for (std::size_t n = 0; n < before; ++n) text += static_cast<char>('0' + random() % 10);
        if (behind != 0) text += '.';
        for (std::size_t n = 0; n < behind; ++n) text += static_cast<char>('0' + random() % 10);
        if (random() % 4 != 0) text += "e" + std::to_string(static_cast<int>(random() % 700) - 360);
        if (same_as_strtod(text)) continue;
        CAPTURE(text);
        FAIL();
    }
}

TEST_CASE("texts halfway between two doubles, and a digit more, are told apart", "[json]") {
    std::mt19937_64 random(13);
    for (int i = 0; i < 1500 / acs_tests::thinned; ++i) {
        double value = std::bit_cast<double>(random() & ~(std::uint64_t{1} << 63));
        if (i % 3 == 0) value = std::bit_cast<double>(random() >> 12);  // subnormal
        if (!std::isfinite(value) || value > 1e300) continue;
        // The middle has one bit more than a double, and at most 767 digits: long double holds it, printf prints it exactly.
        long double const middle = (static_cast<long double>(value) + static_cast<long double>(std::nextafter(value, 1e308))) / 2;
        std::array<char, 1200> text{};
        int const size = std::snprintf(text.data(), text.size(), "%.780Le", middle);
        std::string const whole(text.data(), static_cast<std::size_t>(size));
        std::size_t const e = whole.find('e');
        std::string const digits = whole.substr(0, e), exponent = whole.substr(e);
        std::string below = digits;
        std::size_t last = below.find_last_not_of("0.");
        --below[last];
        for (std::string const& t :
             {digits + exponent, digits + "1" + exponent, digits + std::string(3000, '0') + "1" + exponent, below + "9" + exponent}) {
            if (same_as_strtod(t)) continue;
            CAPTURE(t, bits_of(value));
            FAIL();
        }
    }
}

TEST_CASE("zeros by the thousand move the point and nothing else", "[json]") {
    std::string const zeros(5000, '0');
    CHECK(reads("0." + zeros + "15e5001", 1.5));
    CHECK(reads("15" + zeros + "e-5001", 1.5));
    CHECK(reads("0." + zeros + "1", 0.0));
    CHECK(reads("0." + zeros, 0.0));
    CHECK_FALSE(acs::parse_double("1" + zeros));
    CHECK(reads("1" + zeros + "e-5308", 1e-308));
    CHECK(reads("0." + zeros + "00001234567890123456789012345678901234567890e5004", 0.1234567890123456789));
}

}  // namespace test_json_number
