// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Unescaping in blocks, in words and byte by byte, in place and beside, is the same.
#include <acs/json/unescape.hpp>

#include <acs/json/reader.hpp>

#include "support/catch.hpp"
#include "support/without.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace test_json_unescape {

namespace {

/// What a text is made of, and what each piece stands for.
struct piece {
    std::string_view raw, plain;
};
constexpr std::array<piece, 13> pieces{{{"a", "a"},
                                        {"u", "u"},
                                        {"\\\"", "\""},
                                        {"\\\\", "\\"},
                                        {"\\/", "/"},
                                        {"\\n", "\n"},
                                        {"\\b\\f\\r\\t", "\b\f\r\t"},
                                        {"\xC3\xA9", "\xC3\xA9"},
                                        {"\xE2\xAE\xA2", "\xE2\xAE\xA2"},
                                        {"\\u0041", "A"},
                                        {"\\u00e9", "\xC3\xA9"},
                                        {"\\u20AC", "\xE2\x82\xAC"},
                                        {"\\ud83d\\uDE00", "\xF0\x9F\x98\x80"}}};

constexpr bool unescapes(std::string_view raw, std::string_view plain) {
    std::array<char, 64> from{}, beside{};
    std::copy(raw.begin(), raw.end(), from.begin());
    std::size_t const size = acs::json_unescape({from.data(), raw.size()}, beside.data());
    bool const same = acs::json_unescape({from.data(), raw.size()}, from.data()) == size && size == plain.size();
    return same && std::string_view(from.data(), size) == plain && std::string_view(beside.data(), size) == plain;
}
static_assert(unescapes("", "") && unescapes("0123456789abcdef\\n\\u0041\\\\", "0123456789abcdef\nA\\"));
static_assert(unescapes("\\ud83d\\ude00", "\xF0\x9F\x98\x80"));

struct text {
    std::string raw{}, plain{};
    void append(piece const& p) {
        raw += p.raw;
        plain += p.plain;
    }
    void fill(std::size_t n) {
        raw.append(n, 'x');
        plain.append(n, 'x');
    }
};

using memory = std::unique_ptr<char[]>;

/// Memory of exactly this size, so that the sanitizer sees what lies behind it.
memory copy_of(std::string_view raw) {
    memory m(new char[raw.size()]);
    std::copy(raw.begin(), raw.end(), m.get());
    return m;
}

/// Words first, whatever the CPU has; the rest is less than a word.
std::size_t by_words(std::string_view raw, char* out) noexcept {
    char const* p = raw.data();
    char* to = out;
    if (acs::json_scan::takes_words) acs::json_text::unescape_words(p, raw.data() + raw.size(), to);
    auto const left = static_cast<std::size_t>(raw.data() + raw.size() - p);
    return static_cast<std::size_t>(to - out) + acs::json_unescape({p, left}, to);
}

/// In blocks of two vectors at most.
std::size_t in_halves(std::string_view raw, char* out) noexcept {
    acs_tests::without const less(acs::cpu::wide);
    return acs::json_unescape(raw, out);
}

void check(text const& t) {
    for (auto* const unescape : {&acs::json_unescape, &in_halves, &by_words}) {
        memory const in_place = copy_of(t.raw);
        memory const beside = copy_of(t.raw);
        memory const from = copy_of(t.raw);
        std::size_t const size = unescape({in_place.get(), t.raw.size()}, in_place.get());
        bool const same = unescape({from.get(), t.raw.size()}, beside.get()) == size && std::string_view(beside.get(), size) == t.plain;
        if (same && std::string_view(in_place.get(), size) == t.plain) continue;
        CAPTURE(t.raw, t.plain, same, size, std::string(in_place.get(), size), unescape == by_words, unescape == in_halves);
        FAIL("not what it stands for");
    }
}

}  // namespace

TEST_CASE("three pieces at every place around the borders, with more or nothing behind them", "[json]") {
    for (std::size_t n = 0; n < pieces.size() * pieces.size() * pieces.size(); ++n)
        for (std::size_t const at : {0U, 1U, 6U, 7U, 8U, 30U, 56U, 58U, 60U, 61U, 62U, 63U, 64U, 65U, 120U, 126U, 127U})
            for (std::size_t const after : {0U, 1U, 3U, 9U, 70U}) {
                text t;
                t.fill(at);
                t.append(pieces[n % 13]);
                t.append(pieces[n / 13 % 13]);
                t.append(pieces[n / 169]);
                t.fill(after);
                check(t);
            }
}

TEST_CASE("a piece again and again, from every place on", "[json]") {
    for (piece const& p : pieces)
        for (std::size_t at = 0; at < 72; ++at)
            for (std::size_t n = 0; n < 80; n += n < 20 ? 1 : 7) {
                text t;
                t.fill(at);
                for (std::size_t i = 0; i < n; ++i) t.append(p);
                check(t);
                t.fill(1 + n % 5);
                check(t);
            }
}

TEST_CASE("letters in every lane are translated, and their like that are not escaped are left alone", "[json]") {
    for (std::size_t at = 0; at < 140; ++at)
        for (piece const& p : {piece{"\\b", "\b"}, piece{"\\f", "\f"}, piece{"\\n", "\n"}, piece{"\\r", "\r"}, piece{"\\t", "\t"},
                               piece{"\\/", "/"}, piece{"\\\"", "\""}, piece{"\\\\", "\\"}}) {
            text t;
            for (std::size_t i = 0; i < 150; ++i) {
                if (i == at) t.append(p);
                char const c = "bfnrtu/"[i % 7];
                t.raw += c;
                t.plain += c;
            }
            check(t);
        }
}

TEST_CASE("any text of such pieces", "[json]") {
    std::mt19937 random(7);
    for (int i = 0; i < 20000; ++i) {
        text t;
        auto const size = random() % 60;
        auto const kinds = 1 + random() % pieces.size();
        for (unsigned k = 0; k < size; ++k) {
            t.append(pieces[random() % kinds]);
            if (random() % 4 == 0) t.fill(random() % 20);
        }
        check(t);
        std::string const json = '"' + t.raw + '"';
        std::size_t offset = 0;
        REQUIRE(acs::check_json(json, offset) == acs::errc::none);
    }
}

}  // namespace test_json_unescape
