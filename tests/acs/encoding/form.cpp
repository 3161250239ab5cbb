// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/encoding/form.hpp>

#include <acs/core/bounded_text.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/effort.hpp"
#include "support/string_sink.hpp"

namespace test_encoding_form {

namespace {

constexpr bool both_in_constants() {
    acs::bounded_text<32> whole, pulled;
    acs::write_form_pair("a b", "c&d", false, whole);
    acs::form_pair_reader reader("a b", "c&d", false);
    std::array<char, 2> room{};
    while (!reader.at_end()) pulled.write({room.data(), reader.read(room)});
    return whole == "&a%20b=c%26d" && pulled == whole.view();
}
static_assert(both_in_constants());
static_assert(acs::form_pair_reader().at_end());

struct pair {
    std::string name;
    std::string value;
    bool first{};

    [[nodiscard]] std::string written() const {
        return acs_tests::written([&](auto& out) { acs::write_form_pair(name, value, first, out); });
    }
    [[nodiscard]] acs::form_pair_reader reader() const { return {name, value, first}; }
};

/// Protocol 0.5 over protocol 0.1, byte by byte.
std::string reference(pair const& p) {
    std::string text = p.first ? "" : "&";
    auto const add = [&](std::string_view part) {
        for (char const c : part) {
            auto const byte = static_cast<unsigned char>(c);
            bool const alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (alnum || c == '-' || c == '_' || c == '.' || c == '~')
                text += c;
            else
                text.append("%").append(1, "0123456789ABCDEF"[byte / 16]).append(1, "0123456789ABCDEF"[byte % 16]);
        }
    };
    add(p.name);
    text += '=';
    add(p.value);
    return text;
}

/// Reads `n` bytes into memory of exactly that size.
std::string read(acs::form_pair_reader& reader, std::size_t n) {
    std::string room(n, '#');
    std::size_t const done = reader.read(room);
    REQUIRE(done <= n);
    room.resize(done);
    return room;
}

/// All of it, in pieces of one size; every piece but the last one is full.
std::string in_pieces(acs::form_pair_reader reader, std::size_t n) {
    std::string all;
    while (!reader.at_end()) {
        std::string const piece = read(reader, n);
        all += piece;
        if (piece.size() < n && !reader.at_end()) return "a piece that is not full";
    }
    if (!read(reader, n).empty()) return "something after the end";
    return all;
}

/// Whether the pair is written right, and read as it is written however it is split.
bool right(pair const& p) {
    std::string const expected = reference(p);
    bool good = p.written() == expected;
    for (std::size_t n = 1; n <= std::min<std::size_t>(expected.size() + 1, 12); ++n) good = good && in_pieces(p.reader(), n) == expected;
    return good && in_pieces(p.reader(), expected.size() + 1) == expected && in_pieces(p.reader(), 4096) == expected;
}

}  // namespace

TEST_CASE("A pair is pct(name)=pct(value), with & before all but the first", "[encoding]") {
    CHECK(pair{"Name", "a b", true}.written() == "Name=a%20b");
    CHECK(pair{"Name", "a b", false}.written() == "&Name=a%20b");
    CHECK(pair{"Name", "", true}.written() == "Name=");
    CHECK(pair{"", "", true}.written() == "=");
    CHECK(pair{"", "", false}.written() == "&=");
    CHECK(pair{"a=b", "c&d+e", true}.written() == "a%3Db=c%26d%2Be");
    CHECK(pair{"\xE4\xB8\xAD", std::string(1, '\0'), true}.written() == "%E4%B8%AD=%00");
}

TEST_CASE("Pairs are written and read right for all names and values of one byte and all values of two", "[encoding]") {
    bool good = true;
    for (int a = 0; a < 256; ++a) {
        std::string const one(1, static_cast<char>(a));
        for (bool const is_first : {false, true}) {
            good = good && right({one, "", is_first}) && right({"", one, is_first}) && right({one, one, is_first});
        }
        for (int b = a % acs_tests::thinned; b < 256; b += acs_tests::thinned)
            good = good && right({"n", {static_cast<char>(a), static_cast<char>(b)}, false});
    }
    CHECK(good);
}

TEST_CASE("A pair is read the same for every split in two and in three", "[encoding]") {
    for (pair const& p : {pair{"Tag.1.Key", "a b/\xE4\xB8\xAD%25", false}, pair{"", "", false}, pair{"n", "   ", true},
                          pair{"   ", std::string(40, 'x') + " " + std::string(33, 'y'), true}, pair{std::string(50, 'n'), "v", false}}) {
        std::string const expected = reference(p);
        for (std::size_t a = 0; a <= expected.size(); ++a) {
            acs::form_pair_reader first = p.reader();
            CHECK_FALSE(first.at_end());
            std::string const front = read(first, a);
            REQUIRE(front == expected.substr(0, a));
            REQUIRE(first.at_end() == (a == expected.size()));
            for (std::size_t b = 0; a + b <= expected.size(); ++b) {
                acs::form_pair_reader second = first;  // a copy goes on from there, and the original is where it was
                REQUIRE(read(second, b) == expected.substr(a, b));
                REQUIRE(second.at_end() == (a + b == expected.size()));
                REQUIRE(read(second, expected.size()) == expected.substr(a + b));
                REQUIRE(second.at_end());
                REQUIRE(read(second, 3).empty());
            }
        }
    }
}

TEST_CASE("A pair is read the same in random pieces, for texts of any size", "[encoding]") {
    std::mt19937_64 random(1);
    for (int i = 0; i < 3000; ++i) {
        auto const text = [&](std::size_t size) {
            std::string_view const letters = random() % 2 == 0 ? "abcdefghijklmnopqrstuvwxyz " : "ab /";
            std::string made(size, '\0');
            for (char& c : made) c = letters[random() % letters.size()];
            return made;
        };
        pair const p{text(random() % 80), text(random() % 300), random() % 2 == 0};
        std::string const expected = reference(p);
        REQUIRE(p.written() == expected);
        acs::form_pair_reader reader = p.reader();
        std::string all;
        std::size_t const most = 1 + random() % 120;
        while (!reader.at_end()) {
            std::size_t const n = random() % (most + 1);
            std::string const piece = read(reader, n);
            REQUIRE((piece.size() == n || reader.at_end()));
            all += piece;
        }
        REQUIRE(all == expected);
    }
}

TEST_CASE("A reader without a pair is at its end, and one with an empty pair is not", "[encoding]") {
    acs::form_pair_reader none;
    CHECK(none.at_end());
    CHECK(read(none, 8).empty());
    acs::form_pair_reader empty({}, {}, true);
    CHECK_FALSE(empty.at_end());
    CHECK(read(empty, 0).empty());
    CHECK_FALSE(empty.at_end());
    CHECK(read(empty, 8) == "=");
    CHECK(empty.at_end());
}

TEST_CASE("Reading takes time in proportion to what is read, in pieces of any size", "[encoding]") {
    // Four mebibytes of one run: were the rest of it looked through at every call, this would not end.
    pair const p{"n", std::string(1 << 22, 'a'), true};
    for (std::size_t const n : {3U, 31U, 33U}) {
        acs::form_pair_reader reader = p.reader();
        std::array<char, 64> room{};
        std::size_t size = 0;
        while (!reader.at_end()) size += reader.read(std::span(room).first(n));
        CHECK(size == p.value.size() + 2);
    }
}

TEST_CASE("Forms allocate nothing", "[encoding]") {
    std::string const value(500, ' ');
    acs::count_sink out;
    std::size_t read_bytes = 0;
    {
        acs_tests::no_allocations const none;
        acs::write_form_pair("name", value, false, out);
        acs::form_pair_reader reader("name", value, false);
        std::array<char, 7> room{};
        while (!reader.at_end()) read_bytes += reader.read(room);
    }
    CHECK(out.needed() == 1506);
    CHECK(read_bytes == 1506);
}

}  // namespace test_encoding_form
