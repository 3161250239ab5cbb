// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/encoding/base64.hpp>

#include <acs/core/bounded_text.hpp>

#include "support/catch.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"
#include "support/string_sink.hpp"

namespace test_encoding_base64 {

namespace {

constexpr bool both_ways_in_constants() {
    std::array<std::uint8_t, 5> const bytes{'f', 'o', 'o', 'b', 'a'};
    acs::bounded_text<8> text;
    acs::base64_encode(bytes, text);
    std::array<std::uint8_t, 5> back{};
    auto const size = acs::base64_decode(text.view(), back);
    return text == "Zm9vYmE=" && size && *size == 5 && back == bytes && acs::base64_encoded_size(5) == 8;
}
static_assert(both_ways_in_constants());

using bytes = std::vector<std::uint8_t>;

bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

std::string encoded(bytes const& b) {
    return acs_tests::written([&](auto& out) { acs::base64_encode(b, out); });
}

std::string by_openssl(bytes const& b) {
    std::string text(b.size() / 3 * 4 + 5, '\0');
    int const size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), b.data(), static_cast<int>(b.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

/// Whether a text encodes and decodes as OpenSSL says.
bool right(bytes const& b) {
    std::string const expected = by_openssl(b);
    bytes room(b.size() + 3, 0x5A);
    auto const size = acs::base64_decode(expected, room);
    if (encoded(b) != expected || acs::base64_encoded_size(b.size()) != expected.size() || !size || *size != b.size()) return false;
    for (std::size_t i = b.size(); i < room.size(); ++i)
        if (room[i] != 0x5A) return false;
    room.resize(b.size());
    return room == b;
}

int letter(char c) {
    std::size_t const at = std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").find(c);
    return at < 64 ? static_cast<int>(at) : -1;
}

/// Whether more text can make this well-formed (or nothing more is needed): RFC 4648, sections 3.2, 3.5 and 4, spelt out.
bool may_go_on(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (letter(text[i]) >= 0) continue;
        if (text[i] != '=' || text.size() - i > 4 - i % 4 || i % 4 < 2) return false;
        for (std::size_t j = i; j < text.size(); ++j)
            if (text[j] != '=') return false;
        return (letter(text[i - 1]) & (i % 4 == 2 ? 15 : 3)) == 0;
    }
    return true;
}
bool well_formed(std::string_view text) { return text.size() % 4 == 0 && may_go_on(text); }

/// Whether the refusal of a text points to where it goes wrong: to a byte from which on nothing can follow what stands before, to the
/// letter before padding whose unused bits are set, or to the end if more text would do.
bool right_offset(std::string_view text, std::size_t offset) {
    if (offset > text.size() || !may_go_on(text.substr(0, offset))) return false;
    if (offset == text.size()) return true;
    if (!may_go_on(text.substr(0, offset + 1))) return !(text[offset] == '=' && offset % 4 >= 2 && letter(text[offset - 1]) >= 0);
    return text.size() > offset + 1 && text[offset + 1] == '=' && letter(text[offset]) >= 0 && !may_go_on(text.substr(0, offset + 2));
}

/// Whether a text is accepted or refused as it should be.
bool judged(std::string_view text) {
    std::array<std::uint8_t, 12> room{};
    room.fill(0x5A);
    auto const size = acs::base64_decode(text, room);
    if (well_formed(text)) return size && encoded({room.begin(), room.begin() + static_cast<std::ptrdiff_t>(*size)}) == text;
    for (std::uint8_t const byte : room)
        if (byte != 0x5A) return false;
    return !size && size.error().code == acs::errc::malformed_text && size.error().where == "base64" &&
           right_offset(text, size.error().offset);
}

}  // namespace

TEST_CASE("Base64 gives the texts of RFC 4648, section 10", "[encoding]") {
    CHECK(encoded(bytes_of("")).empty());
    CHECK(encoded(bytes_of("f")) == "Zg==");
    CHECK(encoded(bytes_of("fo")) == "Zm8=");
    CHECK(encoded(bytes_of("foo")) == "Zm9v");
    CHECK(encoded(bytes_of("foob")) == "Zm9vYg==");
    CHECK(encoded(bytes_of("fooba")) == "Zm9vYmE=");
    CHECK(encoded(bytes_of("foobar")) == "Zm9vYmFy");
    CHECK(encoded({0xFB, 0xFF, 0xBF}) == "+/+/");
}

TEST_CASE("Base64 agrees with OpenSSL on all inputs of one and two bytes", "[encoding]") {
    bool good = true;
    for (unsigned a = 0; a < 256; ++a) {
        good = good && right({static_cast<std::uint8_t>(a)});
        for (unsigned b = 0; b < 256; ++b) good = good && right({static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)});
    }
    CHECK(good);
}

TEST_CASE("Base64 agrees with OpenSSL on random inputs of every size", "[encoding]") {
    std::mt19937_64 random(1);
    for (std::size_t size = 0; size <= 300; ++size)
        for (int i = 0; i < 5; ++i) {
            bytes b(size);
            for (std::uint8_t& byte : b) byte = static_cast<std::uint8_t>(random());
            INFO("size " << size);
            REQUIRE(right(b));
        }
}

TEST_CASE("base64_decode accepts exactly what base64_encode writes, and says where other texts go wrong", "[encoding]") {
    // All texts of up to two bytes, all last groups with one and two padding bytes, and all of up to nine bytes of a few kinds.
    bool good = judged("");
    for (int a = 0; a < 256; ++a) {
        std::string one{static_cast<char>(a)};
        good = good && judged(one) && judged("AAAA" + one) && judged(one + "AAA");
        for (int b = 0; b < 256; ++b) {
            std::string const two{static_cast<char>(a), static_cast<char>(b)};
            good = good && judged(two) && judged(two + "==") && judged("AA" + two) && judged("Zm9v" + two + "==");
            good = good && judged("A" + two + "=");
        }
    }
    CHECK(good);
    std::string_view const kinds = "AB/=- ";
    for (std::size_t size = 0; size <= 6; ++size) {
        std::size_t count = 1;
        for (std::size_t i = 0; i < size; ++i) count *= kinds.size();
        for (std::size_t n = 0; n < count; ++n) {
            std::string text;
            for (std::size_t rest = n; text.size() < size; rest /= kinds.size()) text += kinds[rest % kinds.size()];
            if (!judged(text)) FAIL_CHECK("'" << text << "'");
        }
    }
}

TEST_CASE("base64_decode refuses the other alphabet, line breaks and padding too much or too little", "[encoding]") {
    struct {
        std::string_view text;
        std::size_t offset;
    } const cases[] = {
        {"-_-_", 0},      {"Zm9v\nYmFy", 4}, {"Zm9v ", 4},  {" Zm9v", 0}, {"Zg", 2},      {"Zg=", 3},   {"Zm8", 3},   {"Zg===", 4},
        {"Zm9v=", 4},     {"====", 0},       {"Z===", 1},   {"=", 0},     {"Zg==Zg==", 4}, {"Zh==", 1}, {"Zm9=", 2},  {"Zh=x", 1},
        {"Zg=x", 3},      {"Zh=", 1},        {"Zh", 2},     {"Z", 1},     {"Zm9vY", 5},    {"Zg=g", 3}, {"Zh!", 2},
    };
    for (auto const& c : cases) {
        INFO(c.text);
        std::array<std::uint8_t, 16> room{};
        auto const size = acs::base64_decode(c.text, room);
        REQUIRE_FALSE(size);
        CHECK(size.error().code == acs::errc::malformed_text);
        CHECK(size.error().offset == c.offset);
    }
}

TEST_CASE("base64_decode needs exactly the room it says", "[encoding]") {
    for (std::string_view const text : {"Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmFy"}) {
        std::size_t needed = text.size() / 4 * 3;
        for (char const c : text) needed -= c == '=' ? 1U : 0U;
        for (std::size_t size = 0; size <= needed + 1; ++size) {
            bytes room(size, 0x5A);
            auto const done = acs::base64_decode(text, room);
            CHECK(done.has_value() == (size >= needed));
            if (done) continue;
            CHECK(done.error().code == acs::errc::no_space);
            CHECK(done.error().needed == needed);
            CHECK(room == bytes(size, 0x5A));
        }
    }
}

TEST_CASE("base64_encoded_size does not overflow before its result does", "[encoding]") {
    std::size_t const most = SIZE_MAX / 4 * 3;
    CHECK(acs::base64_encoded_size(most) == SIZE_MAX / 4 * 4);
    CHECK(acs::base64_encoded_size(0) == 0);
}

TEST_CASE("Base64 allocates nothing", "[encoding]") {
    std::array<std::uint8_t, 100> room{};
    acs::count_sink out;
    bool done = false;
    {
        acs_tests::no_allocations const none;
        acs::base64_encode(room, out);
        done = acs::base64_decode("Zm9v", room).has_value();
    }
    CHECK(done);
    CHECK(out.needed() == 136);
}

}  // namespace test_encoding_base64
