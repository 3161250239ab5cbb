// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/body.hpp>

#include <array>
#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/string_sink.hpp"

namespace test_message_body {

using acs::place;

namespace {

/// Everything there is, in pieces of these sizes in turn; bytes beside the room must stay.
std::string read_all(acs::request_body const& body, std::span<std::size_t const> sizes) {
    acs::body_reader reader(body);
    std::string text;
    for (std::size_t turn = 0;; ++turn) {
        std::size_t const size = sizes[turn % sizes.size()];
        std::string room(size + 2, '\x5A');
        std::size_t const n = reader.read({room.data() + 1, size});
        REQUIRE(n <= size);
        CHECK(room.front() == '\x5A');
        CHECK(room.back() == '\x5A');
        text.append(room, 1, n);
        if (n == 0 && size != 0) return text;
        if (n < size) {  // less than the room is the end
            CHECK(reader.read({room.data(), room.size()}) == 0);
            return text;
        }
    }
}

std::string all_of(acs::request_body const& body) {
    return acs_tests::written([&](auto& out) { body.write_to(out); });
}

/// One truth: written, counted, and read in pieces of every size.
void check_body(acs::request_body const& body, std::string const& expected) {
    CHECK(all_of(body) == expected);
    CHECK(body.size() == expected.size());
    CHECK(body.empty() == expected.empty());
    for (std::size_t size = 1; size <= expected.size() + 2; ++size) {
        std::array const sizes{size};
        REQUIRE(read_all(body, sizes) == expected);
        std::array const uneven{size, std::size_t{1}, std::size_t{0}, std::size_t{2}};
        REQUIRE(read_all(body, uneven) == expected);
    }
}

constexpr std::array form{acs::param{"Query", "1"},
                          acs::param{"Name", "a b+c*~", place::form},
                          acs::param{"Empty", "", place::form},
                          acs::param{"\xE4\xB8\xAD", "\xE6\x96\x87/\r\n", place::form},
                          acs::param{"Query2", "&=%"},
                          acs::param{"&=%", "&=%", place::form}};
constexpr std::string_view encoded = "Name=a%20b%2Bc%2A~&Empty=&%E4%B8%AD=%E6%96%87%2F%0D%0A&%26%3D%25=%26%3D%25";

constexpr bool reads_in_constant_expressions() {
    acs::body_reader reader{acs::request_body(std::span<acs::param const>(form))};
    std::array<char, 7> room{};
    for (std::size_t at = 0; at < encoded.size();) {
        std::size_t const n = reader.read(room);
        if (n == 0 || std::string_view(room.data(), n) != acs::first(acs::skip(encoded, at), n)) return false;
        at += n;
    }
    return reader.read(room) == 0;
}

}  // namespace

TEST_CASE("no body is empty, and so is one of no bytes", "[message]") {
    check_body({}, "");
    check_body(acs::request_body(std::string_view()), "");
    check_body(acs::request_body(std::string_view("")), "");
    check_body(acs::request_body(std::span<acs::param const>()), "");
    STATIC_REQUIRE(acs::request_body().empty());
}

TEST_CASE("bytes are sent as they are", "[message]") {
    check_body(acs::request_body("x"), "x");
    check_body(acs::request_body("{\"a\": \"b c\"}\r\n"), "{\"a\": \"b c\"}\r\n");
    std::string every;
    for (int byte = 0; byte < 256; ++byte) every.push_back(static_cast<char>(byte));
    check_body(acs::request_body(std::string_view(every)), every);
}

TEST_CASE("a form holds the parameters that travel in it, in their order, encoded", "[message]") {
    check_body(acs::request_body(std::span<acs::param const>(form)), std::string(encoded));
    STATIC_REQUIRE(acs::request_body(std::span<acs::param const>(form)).size() == encoded.size());
    STATIC_REQUIRE(reads_in_constant_expressions());
}

TEST_CASE("parameters of the query alone make no body", "[message]") {
    check_body(acs::request_body(std::span(form).first(1)), "");
    check_body(acs::request_body(std::span(form).subspan(4, 1)), "");
}

TEST_CASE("empty names and values keep their signs", "[message]") {
    constexpr std::array one{acs::param{"", "", place::form}};
    check_body(acs::request_body(std::span<acs::param const>(one)), "=");
    constexpr std::array three{acs::param{"", "", place::form}, acs::param{"", "", place::form}, acs::param{"a", "", place::form}};
    check_body(acs::request_body(std::span<acs::param const>(three)), "=&=&a=");
}

TEST_CASE("long runs that need no encoding, and that need nothing else, in pieces of every size", "[message]") {
    std::string const plain(70, 'x'), marks(70, '%'), mixed = plain + marks + plain;
    std::string three;
    for (std::size_t i = 0; i < marks.size(); ++i) three += "%25";
    std::array const params{acs::param{plain, marks, place::form}, acs::param{marks, mixed, place::form}};
    check_body(acs::request_body(std::span<acs::param const>(params)), plain + "=" + three + "&" + three + "=" + plain + three + plain);
}

TEST_CASE("random forms read in random pieces are what is written whole", "[message]") {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::vector<std::string> texts;
        for (int i = 0; i < 8; ++i) {
            std::string text;
            for (std::size_t n = random() % 40; n > 0; --n)
                text.push_back(random() % 3 == 0 ? static_cast<char>(random() % 256) : static_cast<char>('a' + random() % 26));
            texts.push_back(text);
        }
        std::vector<acs::param> params;
        for (std::size_t i = 0; i < 8; i += 2) params.push_back({texts[i], texts[i + 1], random() % 4 == 0 ? place::query : place::form});
        acs::request_body const body{std::span<acs::param const>(params)};
        std::vector<std::size_t> sizes;
        for (int i = 0; i < 5; ++i) sizes.push_back(1 + random() % 20);
        REQUIRE(read_all(body, sizes) == all_of(body));
        CHECK(body.size() == all_of(body).size());
    }
}

TEST_CASE("a copied reader goes on from where it was, a new one from the beginning", "[message]") {
    acs::request_body const body{std::span<acs::param const>(form)};
    for (std::size_t at = 0; at <= encoded.size(); ++at) {
        acs::body_reader reader(body);
        std::string room(encoded.size() + 1, '\0');
        REQUIRE(reader.read({room.data(), at}) == at);
        acs::body_reader copy = reader;
        REQUIRE(reader.read({room.data(), room.size()}) == encoded.size() - at);
        CHECK(room.substr(0, encoded.size() - at) == encoded.substr(at));
        REQUIRE(copy.read({room.data(), room.size()}) == encoded.size() - at);
        CHECK(room.substr(0, encoded.size() - at) == encoded.substr(at));
    }
}

TEST_CASE("bytes are written in one piece, however many", "[message]") {
    std::string const bytes(10'000, 'b');
    acs_tests::string_sink out;
    acs::request_body(std::string_view(bytes)).write_to(out);
    CHECK(out.text == bytes);
    CHECK(out.pieces == 1);
}

TEST_CASE("a room of no bytes takes none, before, within and after", "[message]") {
    acs::body_reader reader{acs::request_body("ab")};
    std::array<char, 4> room{};
    CHECK(reader.read({}) == 0);
    CHECK(reader.read(std::span(room).first(1)) == 1);
    CHECK(reader.read({}) == 0);
    CHECK(reader.read(room) == 1);
    CHECK(reader.read({}) == 0);
    CHECK(reader.read(room) == 0);
    CHECK(reader.read(room) == 0);
}

TEST_CASE("reading a long form byte by byte takes time in proportion to its size, and no memory", "[message]") {
    std::string const long_text(1 << 20, 'x');
    std::array const params{acs::param{"a", long_text, place::form}};
    acs::request_body const body{std::span<acs::param const>(params)};
    std::size_t size = 0;
    acs_tests::no_allocations watch;
    acs::body_reader reader(body);
    for (std::array<char, 1> room{}; reader.read(room) != 0;) ++size;
    watch.check();
    CHECK(size == long_text.size() + 2);
}

}  // namespace test_message_body
