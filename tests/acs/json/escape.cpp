// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/escape.hpp>

#include <acs/encoding/hex.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstdint>

namespace test_json_escape {

using acs::json_text::are_hex_digits;
using acs::json_text::four_bytes;
using acs::json_text::hex_value;

static_assert(hex_value(four_bytes("12aF")) == 0x12AF && hex_value(four_bytes("0000")) == 0 && hex_value(four_bytes("FfFf")) == 0xFFFF);
static_assert(are_hex_digits(four_bytes("09af")) && !are_hex_digits(four_bytes("09ag")) && !are_hex_digits(four_bytes("/9af")));

TEST_CASE("every byte in each of four places is a hex digit or none", "[json]") {
    for (std::size_t at = 0; at < 4; ++at)
        for (int byte = 0; byte < 256; ++byte)
            for (char const other : {'0', '9', 'A', 'f'}) {
                std::array<char, 4> text{other, other, other, other};
                text[at] = static_cast<char>(byte);
                std::uint32_t const four = four_bytes(text.data());
                bool const good = acs::hex_digit(text[at]) < 16;
                std::uint32_t value = 0;
                for (char const c : text) value = value * 16 + acs::hex_digit(c);
                if (are_hex_digits(four) == good && (!good || hex_value(four) == value)) continue;
                CAPTURE(at, byte, other);
                FAIL();
            }
}

TEST_CASE("every unit is written as UTF-8, alone or as half of a pair", "[json]") {
    std::array<char, 4> out{};
    char const* p = "\\u0041\\uD83d\\ude00\\u20ac";
    CHECK((acs::json_text::unescape_unit(p, out.data()) == 1 && out[0] == 'A'));
    CHECK((acs::json_text::unescape_unit(p, out.data()) == 4 && out == std::array<char, 4>{'\xF0', '\x9F', '\x98', '\x80'}));
    CHECK((acs::json_text::unescape_unit(p, out.data()) == 3 && out[2] == '\xAC'));
    CHECK(*p == '\0');
}

}  // namespace test_json_escape
