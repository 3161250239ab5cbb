// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The check of a string, in blocks and in words: the same verdict at the same byte.
#include <acs/json/string.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace test_json_string {

namespace {

using acs::errc;

struct verdict {
    errc code{};
    std::size_t at{};
    bool escaped{};
    bool operator==(verdict const&) const = default;
};

/// `begin` says how large the text is: with none, no blocks are taken.
constexpr verdict check(char const* begin, std::string_view text) {
    verdict v;
    char const* p = text.data();
    v.code = acs::json_text::check(begin, p, text.data() + text.size(), v.escaped);
    v.at = static_cast<std::size_t>(p - text.data());
    return v;
}

constexpr verdict check(std::string_view text) { return check(text.data(), text); }

static_assert(check("plain\"") == verdict{errc::none, 5, false});
static_assert(check("\\n\\u0041\\ud83d\\ude00\xC3\xA9\"") == verdict{errc::none, 22, true});
static_assert(check("a\\x\"") == verdict{errc::malformed_json, 2, true});
static_assert(check("a\\ude00\"") == verdict{errc::malformed_json, 1, true});
static_assert(check("a\xC3\"") == verdict{errc::invalid_utf8, 1, false});
static_assert(check("a\n\"") == verdict{errc::malformed_json, 1, false});
static_assert(check("a\\u00") == verdict{errc::truncated_json, 5, true});

/// In memory of exactly the text's size.
verdict agree(std::string_view text) {
    std::unique_ptr<char[]> const memory(new char[text.size()]);
    std::copy(text.begin(), text.end(), memory.get());
    std::string_view const exact(memory.get(), text.size());
    verdict const blocks = check(exact);
    verdict const words = check(memory.get() + text.size(), exact);
    if (blocks != words) {
        CAPTURE(std::string(text), blocks.at, words.at, acs::name(blocks.code), acs::name(words.code), blocks.escaped, words.escaped);
        FAIL("blocks and words do not agree");
    }
    return blocks;
}

}  // namespace

TEST_CASE("escapes and sequences, good, bad and cut, at every place around the borders", "[json]") {
    struct example {
        std::string_view text;
        errc code;
        std::size_t at;
    };
    static constexpr std::array<example, 22> examples{{{"\\u0041", errc::none, 6},
                                                       {"\\uFFFf", errc::none, 6},
                                                       {"\\uD83D\\uDE00", errc::none, 12},
                                                       {"\\u0041\\n\\u00e9\\\\", errc::none, 16},
                                                       {"\\u004g", errc::malformed_json, 5},
                                                       {"\\uG041", errc::malformed_json, 2},
                                                       {"\\u00:1", errc::malformed_json, 4},
                                                       {"\\uDE00", errc::malformed_json, 0},
                                                       {"\\u0041\\uDE00", errc::malformed_json, 6},
                                                       {"\\uD83Dx", errc::malformed_json, 6},
                                                       {"\\uD83D\\n", errc::malformed_json, 7},
                                                       {"\\uD83D\\u0041", errc::malformed_json, 6},
                                                       {"\\uD83D\\uD83D", errc::malformed_json, 6},
                                                       {"\\x", errc::malformed_json, 1},
                                                       {"\\U0041", errc::malformed_json, 1},
                                                       {"\\\x80", errc::malformed_json, 1},
                                                       {"\\\x1F", errc::malformed_json, 1},
                                                       {"\xC3\xA9", errc::none, 2},
                                                       {"\xE6\x95\xB0\xF0\x9F\x98\x80", errc::none, 7},
                                                       {"\xE6\x95x", errc::invalid_utf8, 0},
                                                       {"\xED\xA0\x80", errc::invalid_utf8, 0},
                                                       {"\xC3\xA9\xC0\x80", errc::invalid_utf8, 2}}};
    for (example const& e : examples)
        for (std::size_t at = 0; at < 140; ++at)
            for (std::size_t const after : {0U, 1U, 50U, 70U}) {
                std::string text(at, 'a');
                text.append(e.text).append(after, 'b').append("\"");
                verdict const v = agree(text);
                bool const right = v.code == e.code && v.at == (e.code == errc::none ? text.size() - 1 : at + e.at) &&
                                   v.escaped == (e.text.find('\\') < (e.code == errc::none ? e.text.size() : e.at + 1));
                if (!right) {
                    CAPTURE(std::string(e.text), at, after, acs::name(v.code), v.at, v.escaped);
                    FAIL();
                }
                for (std::size_t size = at; size < at + e.text.size(); ++size) agree(std::string_view(text).substr(0, size));
            }
}

TEST_CASE("every prefix of a string is truncated, at its end", "[json]") {
    std::string const text = "0123\\\"56\\\\89\\u0041\\ud83d\\ude00\xE6\x95\xB0\xF0\x9F\x98\x80 abc\\n" + std::string(60, 'x') +
                             "\\\"\\\"\\\"\xC3\xA9\\\\\\\\\\u00e9" + std::string(50, '\\') + "\"";
    CHECK(agree(text).code == errc::none);
    for (std::size_t size = 0; size < text.size(); ++size) {
        verdict const v = agree(std::string_view(text).substr(0, size));
        CAPTURE(size, v.at, acs::name(v.code));
        CHECK((v.code == errc::truncated_json && v.at == size));
    }
}

TEST_CASE("damaged strings are refused at the same byte", "[json]") {
    static constexpr std::array<std::string_view, 15> parts{
        "a",  "bcdefgh",          "\\\"",       "\\\\",        "\\n", "\\u00e9", "\\ud83d\\ude00", "\xC3\xA9", "\xE6\x95\xB0", "\x1F", "\"",
        "\\", "\xF0\x9F\x98\x80", "0123456789", "\xED\x80\x80"};
    std::mt19937 random(11);
    for (int i = 0; i < 30000; ++i) {
        std::string text;
        for (auto n = random() % 60; n != 0; --n) text += parts[random() % 64 == 0 ? random() % parts.size() : random() % 9];
        for (auto n = random() % 3; n != 0 && !text.empty(); --n) text[random() % text.size()] = static_cast<char>(random());
        agree(text);
    }
}

}  // namespace test_json_string
