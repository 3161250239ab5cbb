// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/encoding/percent.hpp>

#include <acs/core/bounded_text.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdio>
#include <random>
#include <span>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/string_sink.hpp"

namespace test_encoding_percent {

namespace {

template <std::size_t Size>
constexpr acs::bounded_text<Size> encoded(std::string_view text) {
    acs::bounded_text<Size> out;
    acs::percent_encode(text, out);
    return out;
}
static_assert(encoded<16>("a b").view() == "a%20b");
static_assert(encoded<16>("").empty());

constexpr bool every_way_in_constants() {
    acs::bounded_text<32> twice, path, decoded;
    acs::percent_encode_twice("a:b", twice);
    acs::percent_encode_path("/a b/%2F", path);
    return twice == "a%253Ab" && path == "/a%20b/%2F" && acs::percent_decode("%41+%2b", true, decoded) == acs::errc::none &&
           decoded == "A +" && acs::find_malformed_percent("ab%4") == 2 && acs::percent_encoded_size("a b") == 5;
}
static_assert(every_way_in_constants());

constexpr bool again_in_constants() {
    acs::bounded_text<32> again;
    acs::percent_encode_again("a=%20&b=1", again);
    return again == "a%3D%2520%26b%3D1";
}
static_assert(again_in_constants());

/// Protocol 0.1, byte by byte.
bool stays(char c) {
    return std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~").find(c) != std::string_view::npos;
}

std::string escape(char c) {
    char text[8];
    static_cast<void>(std::snprintf(text, sizeof text, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c))));
    return text;
}

std::string reference(std::string_view text) {
    std::string all;
    for (char const c : text) all += stays(c) ? std::string(1, c) : escape(c);
    return all;
}

std::string once(std::string_view text) {
    return acs_tests::written([&](auto& out) { acs::percent_encode(text, out); });
}
std::string twice(std::string_view text) {
    return acs_tests::written([&](auto& out) { acs::percent_encode_twice(text, out); });
}
std::string path(std::string_view text) {
    return acs_tests::written([&](auto& out) { acs::percent_encode_path(text, out); });
}

bool is_hex(char c) { return std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos; }
bool is_escape(std::string_view at) { return at.size() >= 3 && at[0] == '%' && is_hex(at[1]) && is_hex(at[2]); }

std::string path_reference(std::string_view text) {
    std::string all;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const n = is_escape(text.substr(i)) ? 3 : 1;
        bool const kept = n == 3 || text[i] == '/';
        all += kept ? std::string(text.substr(i, n)) : reference(text.substr(i, 1));
        i += n;
    }
    return all;
}

struct decoding {
    acs::errc code{};
    std::string text{};
};

decoding decoded(std::string_view text, bool plus_is_space = false) {
    acs_tests::string_sink out;
    acs::errc const code = acs::percent_decode(text, plus_is_space, out);
    return {code, out.text};
}

/// Whether every operation does what the references say, and back.
bool right(std::string const& text) {
    std::string const expected = reference(text);
    decoding const back = decoded(expected), form = decoded(expected, true);
    return once(text) == expected && acs::percent_encoded_size(text) == expected.size() && twice(text) == reference(expected) &&
           path(text) == path_reference(text) && back.code == acs::errc::none && back.text == text && form.text == text &&
           acs::find_malformed_percent(expected) == expected.size();
}

template <class Use>
void for_each_pair_of_bytes(Use use) {
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) use(static_cast<char>(a), static_cast<char>(b));
}

std::string text_of(std::mt19937_64& random, std::string_view letters, std::size_t size) {
    std::string text(size, '\0');
    for (char& c : text) c = letters[random() % letters.size()];
    return text;
}

}  // namespace

TEST_CASE("Only letters, digits and - _ . ~ stay", "[encoding]") {
    std::size_t unreserved = 0;
    for (int i = 0; i < 256; ++i) {
        char const c = static_cast<char>(i);
        CHECK(acs::is_unreserved(c) == stays(c));
        unreserved += acs::is_unreserved(c) ? 1U : 0U;
    }
    CHECK(unreserved == 66);
}

TEST_CASE("The encoding is the one that the protocol prints", "[encoding]") {
    CHECK(once(" ") == "%20");
    CHECK(once("+*/%") == "%2B%2A%2F%25");
    CHECK(once("!'()") == "%21%27%28%29");
    CHECK(once(std::string_view("\0", 1)) == "%00");
    CHECK(once("\xE4\xB8\xAD") == "%E4%B8%AD");
    CHECK(once("\x7F\x80\xFF") == "%7F%80%FF");
    CHECK(twice("2023-10-26T10:22:32Z") == "2023-10-26T10%253A22%253A32Z");
}

TEST_CASE("Encoding, twice, of a path, and decoding are right for all texts of one and two bytes", "[encoding]") {
    bool good = right("");
    for (int a = 0; a < 256; ++a) good = good && right(std::string(1, static_cast<char>(a)));
    for_each_pair_of_bytes([&](char a, char b) { good = good && right({a, b}); });
    CHECK(good);
}

TEST_CASE("Encoding is right for every size around the blocks it works in", "[encoding]") {
    std::mt19937_64 random(1);
    for (std::size_t size = 0; size <= 300; ++size) {
        INFO("size " << size);
        REQUIRE(right(std::string(size, 'a')));
        REQUIRE(right(std::string(size, ' ')));
        for (std::string_view const letters : {"abcdefgh ", "ab  ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%"})
            REQUIRE(right(text_of(random, letters, size)));
    }
}

TEST_CASE("Runs of any size before, between and behind reserved bytes are right", "[encoding]") {
    bool good = true;
    for (std::size_t before = 0; before <= 70; ++before)
        for (std::size_t behind = 0; behind <= 70; ++behind)
            good = good && right(std::string(before, 'a') + "/" + std::string(behind, 'b')) &&
                   right("&" + std::string(before, 'a') + "=&" + std::string(behind, 'b'));
    CHECK(good);
}

TEST_CASE("Texts go to the sink in few pieces, or byte by byte where code is small", "[encoding]") {
    std::string const long_run(10'000, 'a'), all_reserved(9'600, ' ');
    acs_tests::string_sink out;
    acs::percent_encode(long_run, out);
    CHECK(out.pieces == (ACS_SMALL_CODE ? 10'000 : 1));
    out = {};
    acs::percent_encode(all_reserved, out);
    CHECK(out.pieces == (ACS_SMALL_CODE ? 28'800 : 75));
    out = {};
    acs::percent_encode("", out);
    CHECK(out.pieces == 0);
}

TEST_CASE("Encoding writes exactly into its room, and counts what does not fit", "[encoding]") {
    std::string const text = "name=a b/c" + std::string(40, 'x') + "\xE4\xB8\xAD";
    std::string const expected = reference(text);
    for (std::size_t size = 0; size <= expected.size() + 1; ++size) {
        std::string room(size, '#');
        acs::span_sink out(room);
        acs::percent_encode(text, out);
        CHECK(out.fits() == (size >= expected.size()));
        CHECK(out.needed() == expected.size());
        if (out.fits()) CHECK(out.view() == expected);
    }
}

TEST_CASE("A path keeps its slashes and well-formed escapes of either case", "[encoding]") {
    CHECK(path("/") == "/");
    CHECK(path("/a//b/") == "/a//b/");
    CHECK(path("/%2f/%2F/%C3%a9") == "/%2f/%2F/%C3%a9");
    CHECK(path("/%") == "/%25");
    CHECK(path("/%4") == "/%254");
    CHECK(path("/%4g") == "/%254g");
    CHECK(path("/%%41") == "/%25%41");
    CHECK(path("/%%%41%") == "/%25%25%41%25");
    CHECK(path("/a+b*c?d#e") == "/a%2Bb%2Ac%3Fd%23e");
    CHECK(path("/../.") == "/../.");
}

TEST_CASE("Of three bytes, exactly a percent sign and two hex digits are an escape", "[encoding]") {
    bool good = true;
    for_each_pair_of_bytes([&](char a, char b) {
        std::string const text{'%', a, b};
        good = good && path(text) == path_reference(text);
        bool const well_formed = is_hex(a) && is_hex(b);
        decoding const d = decoded(text);
        good = good && (acs::find_malformed_percent(text) == (well_formed ? 3U : 0U));
        good = good && (d.code == (well_formed ? acs::errc::none : acs::errc::malformed_text));
        good = good && d.text.size() == (well_formed ? 1U : 0U);
        if (well_formed) good = good && static_cast<unsigned char>(d.text[0]) == std::stoul(text.substr(1), nullptr, 16);
    });
    CHECK(good);
}

TEST_CASE("Encoding a path twice changes nothing", "[encoding]") {
    std::mt19937_64 random(2);
    bool good = true;
    for (int i = 0; i < 100'000; ++i) {
        std::string const text = text_of(random, "%%%2fFgG/ a", random() % 12);
        std::string const encoded_path = path(text);
        good = good && encoded_path == path_reference(text) && path(encoded_path) == encoded_path;
        good = good && decoded(encoded_path).code == acs::errc::none;
    }
    CHECK(good);
}

TEST_CASE("Decoding refuses a percent sign that stands alone, says where, and writes nothing", "[encoding]") {
    struct {
        std::string_view text;
        std::size_t offset;
    } const cases[] = {{"%", 0}, {"a%", 1}, {"%4", 0}, {"ab%41%", 5}, {"%41%4", 3}, {"%zz", 0}, {"%%41", 0}, {"%4%41", 0}, {"%41%g1", 3}};
    for (auto const& c : cases) {
        INFO(c.text);
        CHECK(acs::find_malformed_percent(c.text) == c.offset);
        for (bool const plus : {false, true}) {
            decoding const d = decoded(c.text, plus);
            CHECK(d.code == acs::errc::malformed_text);
            CHECK(d.text.empty());
        }
    }
}

TEST_CASE("Decoding passes any other byte on, and takes plus for a space only where it is asked to", "[encoding]") {
    for (int i = 0; i < 256; ++i) {
        char const c = static_cast<char>(i);
        if (c == '%') continue;
        CHECK(decoded({&c, 1}).text == std::string(1, c));
        CHECK(decoded({&c, 1}, true).text == (c == '+' ? " " : std::string(1, c)));
    }
    CHECK(decoded("a+b%2B+%20", true).text == "a b+  ");
    CHECK(decoded("a+b%2B+%20", false).text == "a+b++ ");
    CHECK(decoded("%2541").text == "%41");
    CHECK(decoded("%e4%B8%aD").text == "\xE4\xB8\xAD");
    CHECK(decoded("%00").text == std::string(1, '\0'));
    CHECK(decoded("").code == acs::errc::none);
    acs_tests::string_sink out;
    CHECK(acs::percent_decode("a+%41", out) == acs::errc::none);
    CHECK(out.text == "a+A");
}

TEST_CASE("Percent-encoding allocates nothing", "[encoding]") {
    std::string const text = "a b" + std::string(500, 'x') + "/%2F";
    acs::count_sink out;
    acs::errc code{};
    {
        acs_tests::no_allocations const none;
        acs::percent_encode(text, out);
        acs::percent_encode_twice(text, out);
        acs::percent_encode_path(text, out);
        code = acs::percent_decode(text, out);
    }
    CHECK(code == acs::errc::none);
}

TEST_CASE("encoding again is encoding what is encoded already", "[encoding]") {
    std::mt19937_64 random(5);
    constexpr std::string_view some = "abyzAZ019-_.~%&=2F";
    for (int round = 0; round < 3'000; ++round) {
        std::string query(random() % 300, '\0');
        for (char& c : query) c = some[random() % (round % 3 == 0 ? some.size() : 12)];
        if (round % 3 == 1)
            for (std::size_t i = random() % 9; i < query.size(); i += 1 + random() % 20) query[i] = "%&="[random() % 3];
        std::string const once = acs_tests::written([&](auto& out) { acs::percent_encode(query, out); });
        REQUIRE(acs_tests::written([&](auto& out) { acs::percent_encode_again(query, out); }) == once);
    }
}

TEST_CASE("a run ends at each byte that needs encoding, wherever it stands", "[encoding]") {
    for (int byte = 0; byte < 256; ++byte)
        for (std::size_t size = 1; size <= 12; ++size)
            for (std::size_t at = 0; at < size; ++at) {
                std::string text(size, 'a');
                text[at] = static_cast<char>(byte);
                bool const stays = acs::is_unreserved(static_cast<char>(byte));
                REQUIRE(acs::percent::run(text) == (stays ? size : at));
            }
}

}  // namespace test_encoding_percent
