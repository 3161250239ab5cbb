// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/encoding/utf8.hpp>

#include "support/catch.hpp"

#include <iconv.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace test_encoding_utf8 {

namespace {

using namespace std::string_view_literals;

static_assert(acs::find_invalid_utf8("") == 0);
static_assert(acs::find_invalid_utf8("plain ASCII of some size") == 24);
static_assert(acs::find_invalid_utf8("\xE4\xB8\xAD\xF0\x9F\x98\x80\xC3\xA9") == 9);
static_assert(acs::find_invalid_utf8("ab\xED\xA0\x80") == 2);

constexpr bool written_in_constants() {
    std::array<char, 4> room{};
    return acs::put_utf8(0x4E2D, room.data()) == 3 && std::string_view(room.data(), 3) == "\xE4\xB8\xAD" &&
           acs::put_utf8(0xD800, room.data()) == 3 && std::string_view(room.data(), 3) == "\xEF\xBF\xBD";
}
static_assert(written_in_constants());

/// The size of the sequence at the front by RFC 3629, section 3: decoded first, then asked whether it is the shortest form of a
/// scalar value. 0 if it is none.
std::size_t reference(std::string_view text) {
    if (text.empty()) return 0;
    auto const lead = static_cast<unsigned char>(text[0]);
    std::size_t const size = (lead & 0x80) == 0 ? 1 : (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : (lead & 0xF8) == 0xF0 ? 4 : 0;
    if (size == 0 || text.size() < size) return 0;
    std::uint32_t code = size == 1 ? lead : lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) != 0x80) return 0;
        code = code << 6 | (byte & 0x3FU);
    }
    std::size_t const shortest = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    bool const scalar = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    return scalar && size == shortest ? size : 0;
}

std::size_t first_invalid(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        std::size_t const size = reference(text.substr(i));
        if (size == 0) break;
        i += size;
    }
    return i;
}

bool same(std::string_view text) { return acs::find_invalid_utf8(text) == first_invalid(text); }

std::string put(char32_t code) {
    std::array<char, 5> room;
    room.fill('#');
    std::size_t const size = acs::put_utf8(code, room.data());
    for (std::size_t i = size; i < room.size(); ++i)
        if (room[i] != '#') return "wrote beyond its size";
    return {room.data(), size};
}

}  // namespace

TEST_CASE("find_invalid_utf8 is right for all texts of one, two and three bytes", "[encoding]") {
    bool good = true;
    std::string text(3, '\0');
    for (unsigned n = 0; n < 1U << 24; ++n) {
        for (unsigned i = 0; i < 3; ++i) text[i] = static_cast<char>(n >> (8 * i) & 0xFF);
        good = good && same(text);
        if (n < 1U << 16) good = good && same(std::string_view(text).substr(0, 2));
        if (n < 1U << 8) good = good && same(std::string_view(text).substr(0, 1));
    }
    CHECK(good);
}

TEST_CASE("find_invalid_utf8 is right for all of four bytes with any lead, any second byte and the limits of the others", "[encoding]") {
    constexpr std::string_view limits = "\x00\x41\x7F\x80\x81\x8F\x90\x9F\xA0\xBE\xBF\xC0\xC2\xE0\xF0\xF4\xFF"sv;
    bool good = true;
    for (unsigned a = 0xC0; a < 0x100; ++a)
        for (unsigned b = 0; b < 0x100; ++b)
            for (char const c : limits)
                for (char const d : limits) {
                    std::string const text{static_cast<char>(a), static_cast<char>(b), c, d};
                    good = good && same(text) && same(text + "abcdefgh");
                }
    CHECK(good);
}

TEST_CASE("find_invalid_utf8 points to the first byte of the sequence, at any place among ASCII", "[encoding]") {
    for (std::size_t before = 0; before <= 40; ++before)
        for (std::size_t behind = 0; behind <= 20; ++behind) {
            std::string const front(before, 'a'), back(behind, 'b');
            for (std::string_view const bad : {"\x80"sv, "\xBF"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC3"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv,
                                               "\xEF\xBF"sv, "\xF0\x8F\xBF\xBF"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFF"sv,
                                               "\xF0\x9F\x98"sv, "\xF8\x88\x80\x80\x80"sv})
                REQUIRE(acs::find_invalid_utf8(front + std::string(bad) + back) == before);
            for (std::string_view const well : {"\xC2\x80"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv, "\xF0\x90\x80\x80"sv,
                                                "\xF4\x8F\xBF\xBF"sv, "\xEF\xBB\xBF"sv, "\0"sv}) {
                std::string const text = front + std::string(well) + back;
                REQUIRE(acs::find_invalid_utf8(text) == text.size());
                REQUIRE(acs::find_invalid_utf8(text + "\xFF") == text.size());
            }
        }
}

TEST_CASE("A sequence that is cut off is invalid wherever it is cut", "[encoding]") {
    std::string const text = "ab\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80z";
    for (std::size_t size = 0; size <= text.size(); ++size) {
        std::string const cut = text.substr(0, size);  // memory of its own, which ends there
        bool const whole = size <= 2 || size == 4 || size == 7 || size >= 11;
        CHECK((acs::find_invalid_utf8(cut) == size) == whole);
        CHECK(same(cut));
    }
}

TEST_CASE("find_invalid_utf8 is right on random mixtures", "[encoding]") {
    std::mt19937_64 random(1);
    bool good = true;
    for (int i = 0; i < 50'000; ++i) {
        std::string text;
        for (std::uint64_t n = random() % 12; n > 0; --n) {
            std::uint64_t const kind = random() % 16;
            if (kind == 0)
                text += static_cast<char>(random() & 0xFF);
            else if (kind < 8)
                text += std::string(random() % 12, 'a');
            else
                text += put(static_cast<char32_t>(random() % 0x110000 >> random() % 16));
        }
        good = good && same(text);
    }
    CHECK(good);
}

TEST_CASE("put_utf8 writes every scalar value as iconv does", "[encoding]") {
    std::vector<std::uint32_t> codes;
    std::string ours;
    bool good = true;
    for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
        if (code >= 0xD800 && code <= 0xDFFF) continue;
        codes.push_back(code);
        std::string const one = put(code);
        good = good && reference(one) == one.size();
        ours += one;
    }
    CHECK(good);
    CHECK(acs::find_invalid_utf8(ours) == ours.size());

    iconv_t const conversion = iconv_open("UTF-8", "WCHAR_T");
    REQUIRE(conversion != reinterpret_cast<iconv_t>(-1));
    STATIC_REQUIRE(sizeof(wchar_t) == 4);
    std::string theirs(ours.size() + 16, '\0');
    char* in = reinterpret_cast<char*>(codes.data());
    char* out = theirs.data();
    std::size_t in_left = 4 * codes.size(), out_left = theirs.size();
    std::size_t const failed = iconv(conversion, &in, &in_left, &out, &out_left);
    iconv_close(conversion);
    REQUIRE(failed == 0);
    theirs.resize(theirs.size() - out_left);
    CHECK((ours == theirs));
}

TEST_CASE("put_utf8 writes U+FFFD for what is no scalar value", "[encoding]") {
    bool good = true;
    for (char32_t code = 0xD800; code <= 0xDFFF; ++code) good = good && put(code) == "\xEF\xBF\xBD";
    CHECK(good);
    for (std::uint32_t const code : {0x110000U, 0x1FFFFFU, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFFU}) CHECK(put(code) == "\xEF\xBF\xBD");
}

}  // namespace test_encoding_utf8
