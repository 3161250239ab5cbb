// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/value.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <acs/json/reader.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>

namespace test_json_value {

namespace {

constexpr bool unescapes(std::string_view raw, std::string_view plain) {
    std::array<char, 80> memory{};
    std::size_t i = 0;
    for (char const c : raw) memory[i++] = c;
    std::size_t const size = acs::json_unescape({memory.data(), raw.size()}, memory.data());
    return std::string_view(memory.data(), size) == plain && acs::json_equals(raw, raw.find('\\') != raw.npos, plain);
}

static_assert(unescapes("", "") && unescapes("plain", "plain") && unescapes("a\\\\b", "a\\b") &&
              unescapes("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"));
static_assert(unescapes("\\u0041\\u00e9\\u20AC\\ud83d\\ude00", "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") &&
              unescapes("\\u0000", std::string_view("\0", 1)));
static_assert(unescapes("0123456789012345678901234567890123456789\\n\\n0123456789012345",
                        "0123456789012345678901234567890123456789\n\n0123456789012345"));

static_assert(acs::json_equals("Data", false, "Data") && !acs::json_equals("Data", false, "data") &&
              !acs::json_equals("Dat", false, "Data"));
static_assert(acs::json_equals("D\\u0061ta", true, "Data") && !acs::json_equals("D\\u0061ta", true, "Dat") &&
              !acs::json_equals("D\\u0061t", true, "Data"));
static_assert(!acs::json_equals("\\u00e9", true, "\xC3") && !acs::json_equals("\\u00e9", true, "\xC3\xA8") &&
              !acs::json_equals("\\n", true, ""));

static_assert(*acs::read_integer("0") == 0 && *acs::read_integer("-0") == 0 && *acs::read_integer("42") == 42);
static_assert(*acs::read_integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
static_assert(*acs::read_integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
static_assert(*acs::read_double("-2.5e-3") == -0.0025);

acs::errc integer_error(std::string_view text) { return acs::read_integer(text).error().code; }
acs::errc double_error(std::string_view text) { return acs::read_double(text).error().code; }

std::string unescaped(std::string_view raw) {
    // Exactly as large as the text: what is written or read outside is seen by the sanitizer.
    std::unique_ptr<char[]> const memory(new char[raw.size()]);
    std::copy(raw.begin(), raw.end(), memory.get());
    std::size_t const size = acs::json_unescape({memory.get(), raw.size()}, memory.get());
    return {memory.get(), size};
}

}  // namespace

TEST_CASE("texts that are no integers are told from integers that do not fit", "[json]") {
    for (auto const text : {"9223372036854775808", "-9223372036854775809", "18446744073709551616", "100000000000000000000000000"})
        CHECK(integer_error(text) == acs::errc::number_out_of_range);
    for (auto const text :
         {"", "-", "1.0", "1e2", "1E2", "0.5", "01", "-01", "00", "+1", " 1", "1 ", "0x1", "1a", "--1", "true", "9999999999999999999999.5"})
        CHECK(integer_error(text) == acs::errc::wrong_type);
    CHECK(integer_error(std::string_view()) == acs::errc::wrong_type);
    for (auto const text : {"1e309", "-1e309", "1e99999999999999999999"}) CHECK(double_error(text) == acs::errc::number_out_of_range);
    for (auto const text : {"", "-", "1.", ".5", "01", "1e", "inf", "NaN", "true", "1,5"})
        CHECK(double_error(text) == acs::errc::wrong_type);
}

TEST_CASE("every UTF-16 escape becomes what another parser makes of it", "[json]") {
    for (unsigned unit = 0; unit < 0x10000; ++unit) {
        if (unit >= 0xD800 && unit < 0xE000) continue;
        std::array<char, 16> raw{};
        std::snprintf(raw.data(), raw.size(), unit % 2 != 0 ? "\\u%04x" : "\\u%04X", unit);
        std::string const peer = nlohmann::json::parse("\"" + std::string(raw.data()) + "\"").get<std::string>();
        if (unescaped(raw.data()) == peer && acs::json_equals(raw.data(), true, peer)) continue;
        CAPTURE(unit);
        FAIL();
    }
}

TEST_CASE("random strings, in place and into other memory, become what another parser makes of them", "[json]") {
    static constexpr std::array<std::string_view, 16> pieces{
        "a",       "bc",      "0123456", "01234567890123456789", "\\n",      "\\\"",         "\\\\", "\\/",
        "\\u0041", "\\u00e9", "\\u20ac", "\\uD83D\\uDE00",       "\xC3\xA9", "\xE2\x82\xAC", "\x7F", "\xF0\x9F\x98\x80"};
    std::mt19937 random(3);
    for (int i = 0; i < 20000; ++i) {
        std::string raw;
        for (auto n = random() % 12; n != 0; --n) raw += pieces[random() % pieces.size()];
        std::string const peer = nlohmann::json::parse("\"" + raw + "\"").get<std::string>();
        bool const escaped = raw.find('\\') != raw.npos;

        acs::json_token token;
        std::string const text = "\"" + raw + "\"";
        acs::json_reader json(text);
        bool right = json.next(token) == acs::errc::none && token.text == raw && token.escaped == escaped;

        std::unique_ptr<char[]> const other(new char[raw.size()]);
        std::size_t const size = acs::json_unescape(raw, other.get());
        right = right && std::string_view(other.get(), size) == peer && unescaped(raw) == peer;
        right = right && acs::json_equals(raw, escaped, peer) && !acs::json_equals(raw, escaped, peer + "x");
        right = right && (peer.empty() || !acs::json_equals(raw, escaped, peer.substr(1)));
        if (right) continue;
        CAPTURE(raw);
        FAIL();
    }
}

TEST_CASE("values are read without memory", "[json]") {
    std::array<char, 13> text{'a', '\\', 'u', '0', '0', 'e', '9', '\\', 'n', 'b', 'c', 'd', 'e'};
    acs_tests::no_allocations none;
    bool const equal = acs::json_equals({text.data(), text.size()}, true, "a\xC3\xA9\nbcde");
    std::size_t const size = acs::json_unescape({text.data(), text.size()}, text.data());
    double const number = *acs::read_double("1.25e-300");
    none.check();
    CHECK((equal && size == 8 && number == 1.25e-300));
}

}  // namespace test_json_value
