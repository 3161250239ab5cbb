// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Blocks, words and a reference that knows neither find the same places.
#include <acs/json/vector.hpp>

#include <acs/json/scan.hpp>

#include "support/catch.hpp"
#include "support/without.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace test_json_vector {

namespace {

struct stop {
    std::size_t at{};
    bool escaped{};
};

/// Whether both are the same place. Of a backslash there, it is all one whether it is said to be passed.
bool same(stop a, stop b, std::string_view text) {
    return a.at == b.at && (a.escaped == b.escaped || (a.at < text.size() && text[a.at] == '\\'));
}

bool is_more(std::string_view text, std::size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; }

/// The unit whose escape stands there; above 0xFFFF if there is none.
unsigned unit(std::string_view text, std::size_t at) {
    if (at > text.size() || text.size() - at < 6 || text[at] != '\\' || text[at + 1] != 'u') return 0x10000;
    unsigned value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        std::size_t const digit = std::string_view("0123456789abcdefABCDEF").find(text[i]);
        if (digit == std::string_view::npos) return 0x10000;
        value = value * 16 + static_cast<unsigned>(digit < 16 ? digit : digit - 6);
    }
    return value;
}

/// How many bytes blocks go on behind what words stop at.
std::size_t known(std::string_view text, std::size_t at) {
    unsigned char const c = static_cast<unsigned char>(text[at]);
    if (c >= 0xC2 && c < 0xF0 && c != 0xE0 && c != 0xED && is_more(text, at + 1)) return c < 0xE0 ? 2 : is_more(text, at + 2) ? 3 : 0;
    unsigned const first = unit(text, at);
    if (first < 0xD800 || (first >= 0xE000 && first <= 0xFFFF)) return 6;
    return first < 0xDC00 && unit(text, at + 6) >= 0xDC00 && unit(text, at + 6) < 0xE000 ? 12 : 0;
}

/// Byte by byte.
stop right(std::string_view text, bool blocks) {
    stop s;
    while (s.at < text.size()) {
        unsigned char const c = static_cast<unsigned char>(text[s.at]);
        std::size_t size = c < 0x20 || c >= 0x80 || c == '"' ? 0 : 1;
        if (c == '\\') {
            bool const known_letter = s.at + 1 < text.size() && std::string_view("\"\\/bfnrt").find(text[s.at + 1]) != text.npos;
            size = known_letter && (blocks || !ACS_SMALL_CODE) ? 2 : 0;
        }
        if (size == 0 && blocks) size = known(text, s.at);
        if (size == 0) break;
        s.escaped = s.escaped || c == '\\';
        s.at += size;
    }
    return s;
}

/// In words and in blocks, the text in memory of exactly its size.
void agree_here(std::string_view text, std::size_t from) {
    std::unique_ptr<char[]> const memory(new char[text.size()]);
    std::copy_n(text.data(), text.size(), memory.get());
    char const* const end = memory.get() + text.size();
    std::string_view const part = text.substr(from);
    for (bool const in_blocks : {false, true}) {
        if (in_blocks && !acs::json_vector::may_take(text.size())) return;
        stop s;
        char const* const at = in_blocks ? acs::json_vector::skip_text(memory.get() + from, end, s.escaped)
                                         : acs::json_scan::skip_text(memory.get() + from, end, s.escaped);
        s.at = static_cast<std::size_t>(at - memory.get()) - from;
        stop const wanted = right(part, in_blocks);
        if (same(s, wanted, part)) continue;
        CAPTURE(std::string(text), from, in_blocks, wanted.at, wanted.escaped, s.at, s.escaped);
        FAIL("not the right place");
    }
}

/// The same with instructions for 64 bytes and without.
void agree(std::string_view text, std::size_t from = 0) {
    agree_here(text, from);
    if (!acs::has(acs::cpu::wide)) return;
    acs_tests::without const less(acs::cpu::wide);
    agree_here(text, from);
}

}  // namespace

TEST_CASE("every byte in every lane, alone and behind a backslash", "[json]") {
    for (std::size_t const size : {63U, 64U, 65U, 127U, 128U, 150U})
        for (std::size_t at = 0; at < size; ++at)
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(size, 'a');
                text[at] = static_cast<char>(byte);
                agree(text);
                if (at != 0) text[at - 1] = '\\';
                agree(text);
            }
}

TEST_CASE("runs of backslashes of every length across every border", "[json]") {
    for (std::size_t at = 0; at < 70; ++at)
        for (std::size_t run = 0; run < 140; ++run)
            for (char const last : {'"', 'n', 'u', 'a', '\x80'}) {
                std::string text(at, 'a');
                text.append(run, '\\').append(1, last);
                agree(text);
                text.append(40, 'b');
                agree(text);
            }
}

TEST_CASE("all small mixtures of special bytes at every place and before every end", "[json]") {
    std::string_view const alphabet("a\\\"nu\x1F\xC3", 7);
    std::size_t count = 1;
    for (int i = 0; i < 4; ++i) count *= alphabet.size();
    for (std::size_t n = 0; n < count; ++n) {
        std::string mixture;
        for (std::size_t i = 0, rest = n; i < 4; ++i, rest /= alphabet.size()) mixture += alphabet[rest % alphabet.size()];
        for (std::size_t const at : {0U, 4U, 5U, 6U, 7U, 12U, 28U, 31U, 60U, 61U, 62U, 63U, 64U, 92U, 124U, 125U, 126U, 127U, 128U}) {
            std::string text(at, 'a');
            text += mixture;
            agree(text);
            text.append(130 - at % 64, 'b');
            agree(text);
        }
    }
}

TEST_CASE("sequences and units, whole, broken and cut, at every place and before every end", "[json]") {
    for (std::string_view const odd : {"\xC2\x80",
                                       "\xDF\xBF",
                                       "\xC1\x80",
                                       "\xC3",
                                       "\xC3\xC3\xA9",
                                       "\x80",
                                       "\xC3\xA9\x80",
                                       "\xE1\x80\x80",
                                       "\xE6\x95\xB0\xE6\x8D\xAE",
                                       "\xE6\x95",
                                       "\xE6\x95\xC3\xA9",
                                       "\xE0\xA0\x80",
                                       "\xED\x80\x80",
                                       "\xEE\x80\x80",
                                       "\xEF\xBF\xBF\x80",
                                       "\xF0\x9F\x98\x80",
                                       "\\u0041",
                                       "\\uFfFf\\u00e9",
                                       "\\uD7FF",
                                       "\\uE000",
                                       "\\uD800",
                                       "\\udbFF\\uDFff",
                                       "\\uD800\\uDC00",
                                       "\\uD800\\uDBFF",
                                       "\\uDC00",
                                       "\\uD800x\\uDC00",
                                       "\\u00/0",
                                       "\\u00:0",
                                       "\\u0@00",
                                       "\\uG000",
                                       "\\u000g",
                                       "\\u000`",
                                       "\\u\\u0041",
                                       "\\\\u00",
                                       "\\uD800\\\\uDC00",
                                       "\\u00\"0"})
        for (std::size_t at = 0; at < 140; ++at)
            for (std::size_t const after : {0U, 1U, 2U, 40U, 64U}) {
                std::string text(at, 'a');
                text.append(odd).append(after, 'b');
                agree(text);
                agree(text, at);
                text.append(odd);
                agree(text);
            }
}

TEST_CASE("a string begins anywhere in its text and ends anywhere", "[json]") {
    for (std::size_t size = 1; size < 200; ++size) {
        std::string text(size, 'a');
        for (std::size_t i = 0; i < size; i += 5) text[i] = '\\';
        for (std::size_t i = 1; i < size; i += 5) text[i] = '"';
        for (std::size_t from = 0; from <= size; ++from) agree(text, from);
    }
}

}  // namespace test_json_vector
