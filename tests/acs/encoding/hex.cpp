// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/encoding/hex.hpp>

#include <acs/core/bounded_text.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"
#include "support/string_sink.hpp"

namespace test_encoding_hex {

namespace {

constexpr bool both_ways_in_constants() {
    std::array<std::uint8_t, 4> const bytes{0x00, 0x9F, 0xA0, 0xFF};
    acs::bounded_text<8> text;
    acs::hex_encode(bytes, text);
    std::array<std::uint8_t, 4> back{};
    auto const size = acs::hex_decode(text.view(), back);
    return text == "009fa0ff" && size && *size == 4 && back == bytes && acs::hex_digit('F') == 15 && acs::hex_digit('g') == 16;
}
static_assert(both_ways_in_constants());

using bytes = std::vector<std::uint8_t>;

std::string encoded(bytes const& b) {
    return acs_tests::written([&](auto& out) { acs::hex_encode(b, out); });
}

/// The digit's value by its place in the alphabet; 16 for others.
unsigned digit(char c) {
    std::size_t const lower = std::string_view("0123456789abcdef").find(c);
    std::size_t const upper = std::string_view("0123456789ABCDEF").find(c);
    return static_cast<unsigned>(lower < 16 ? lower : upper < 16 ? upper : 16);
}

}  // namespace

TEST_CASE("hex_digit knows exactly 22 bytes", "[encoding]") {
    for (int i = 0; i < 256; ++i) CHECK(acs::hex_digit(static_cast<char>(i)) == digit(static_cast<char>(i)));
}

TEST_CASE("Hex is two lower-case digits a byte, for every byte and every size", "[encoding]") {
    for (unsigned i = 0; i < 256; ++i) {
        char expected[8];
        static_cast<void>(std::snprintf(expected, sizeof expected, "%02x", i));
        CHECK(encoded({static_cast<std::uint8_t>(i)}) == expected);
    }
    for (std::size_t size = 0; size <= 200; ++size) {
        bytes all(size);
        std::string expected;
        for (std::size_t i = 0; i < size; ++i) {
            all[i] = static_cast<std::uint8_t>(i * 7 + 1);
            expected += "0123456789abcdef"[all[i] / 16];
            expected += "0123456789abcdef"[all[i] % 16];
        }
        REQUIRE(encoded(all) == expected);
        std::vector<char> behind(2 * size + 1);
        acs::put_hex_behind('\n', all, behind.data());
        REQUIRE(std::string(behind.begin(), behind.end()) == '\n' + expected);
        bytes back(size);
        auto const done = acs::hex_decode(expected, back);
        REQUIRE(done);
        REQUIRE(*done == size);
        REQUIRE(back == all);
    }
}

TEST_CASE("hex_decode reads every two digits, and refuses every other two bytes at the right one", "[encoding]") {
    bool good = true;
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) {
            std::string const text{static_cast<char>(a), static_cast<char>(b)};
            unsigned const high = digit(text[0]), low = digit(text[1]);
            std::array<std::uint8_t, 1> room{0x5A};
            auto const done = acs::hex_decode(text, room);
            if (high < 16 && low < 16)
                good = good && done && *done == 1 && room[0] == high * 16 + low;
            else
                good = good && !done && done.error().code == acs::errc::malformed_text && done.error().where == "hex" &&
                       done.error().offset == (high > 15 ? 0U : 1U) && room[0] == 0x5A;
        }
    CHECK(good);
}

TEST_CASE("hex_decode says where an odd text ends and how much room it takes, and leaves the room alone", "[encoding]") {
    std::array<std::uint8_t, 4> const before{1, 2, 3, 4};
    std::array<std::uint8_t, 4> room = before;
    auto const odd = acs::hex_decode("abc", room);
    REQUIRE_FALSE(odd);
    CHECK(odd.error().code == acs::errc::malformed_text);
    CHECK(odd.error().offset == 3);
    auto const bad_and_odd = acs::hex_decode("ab-", room);
    REQUIRE_FALSE(bad_and_odd);
    CHECK(bad_and_odd.error().offset == 2);
    auto const prefixed = acs::hex_decode("0x12", room);
    REQUIRE_FALSE(prefixed);
    CHECK(prefixed.error().offset == 1);
    auto const long_one = acs::hex_decode("0102030405", room);
    REQUIRE_FALSE(long_one);
    CHECK(long_one.error().code == acs::errc::no_space);
    CHECK(long_one.error().needed == 5);
    CHECK(room == before);

    auto const shorter = acs::hex_decode("FFee", room);
    REQUIRE(shorter);
    CHECK(*shorter == 2);
    CHECK(room == std::array<std::uint8_t, 4>{0xFF, 0xEE, 3, 4});
    auto const none = acs::hex_decode("", {});
    REQUIRE(none);
    CHECK(*none == 0);
}

TEST_CASE("Hex allocates nothing", "[encoding]") {
    std::array<std::uint8_t, 100> room{};
    acs::count_sink out;
    bool done = false;
    {
        acs_tests::no_allocations const none;
        acs::hex_encode(room, out);
        done = acs::hex_decode("00ff", room).has_value();
    }
    CHECK(done);
    CHECK(out.needed() == 200);
}

}  // namespace test_encoding_hex
