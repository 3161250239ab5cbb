// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Blocks, words and a reference that knows neither find the same places.
#include <acs/json/vector.hpp>

#include <acs/json/scan.hpp>

#include "support/catch.hpp"

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

/// Byte by byte.
stop right(std::string_view text) {
    stop s;
    for (; s.at < text.size(); ++s.at) {
        unsigned char const c = static_cast<unsigned char>(text[s.at]);
        if (c < 0x20 || c >= 0x80 || c == '"') break;
        if (c != '\\') continue;
        if (s.at + 1 == text.size() || std::string_view("\"\\/bfnrt").find(text[s.at + 1]) == text.npos) break;
        s.escaped = true;
        ++s.at;
    }
    return s;
}

stop by_words(std::string_view text) {
    stop s;
    s.at = static_cast<std::size_t>(acs::json_scan::skip_text(text.data(), text.data() + text.size(), s.escaped) - text.data());
    return s;
}

stop by_blocks(std::string_view text) {
    if (!acs::json_vector::may_take(text.size())) return by_words(text);
    stop s;
    s.at = static_cast<std::size_t>(acs::json_vector::skip_text(text.data(), text.data() + text.size(), s.escaped) - text.data());
    return s;
}

/// From each of some places of the text on, which lies in memory of exactly its size.
void agree(std::string_view text, std::size_t from) {
    std::unique_ptr<char[]> const memory(new char[text.size()]);
    std::copy_n(text.data(), text.size(), memory.get());
    stop const wanted = right(text.substr(from));
    stop words;
    char const* const end = memory.get() + text.size();
    words.at = static_cast<std::size_t>(acs::json_scan::skip_text(memory.get() + from, end, words.escaped) - memory.get()) - from;
    stop blocks = words;
    if (acs::json_vector::may_take(text.size())) {
        blocks = {};
        blocks.at = static_cast<std::size_t>(acs::json_vector::skip_text(memory.get() + from, end, blocks.escaped) - memory.get()) - from;
    }
    if (same(words, wanted, text.substr(from)) && same(blocks, wanted, text.substr(from))) return;
    CAPTURE(std::string(text), from, wanted.at, wanted.escaped, words.at, words.escaped, blocks.at, blocks.escaped);
    FAIL("they do not find the same place");
}

}  // namespace

TEST_CASE("every byte in every lane, alone and behind a backslash", "[json]") {
    for (std::size_t const size : {63U, 64U, 65U, 127U, 128U, 150U})
        for (std::size_t at = 0; at < size; ++at)
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(size, 'a');
                text[at] = static_cast<char>(byte);
                stop const wanted = right(text);
                bool const alone = same(by_words(text), wanted, text) && same(by_blocks(text), wanted, text);
                if (at != 0) text[at - 1] = '\\';
                stop const behind = right(text);
                if (alone && same(by_words(text), behind, text) && same(by_blocks(text), behind, text)) continue;
                CAPTURE(size, at, byte, alone);
                FAIL();
            }
}

TEST_CASE("runs of backslashes of every length across every border", "[json]") {
    for (std::size_t at = 0; at < 70; ++at)
        for (std::size_t run = 0; run < 140; ++run)
            for (char const last : {'"', 'n', 'u', 'a', '\x80'}) {
                std::string text(at, 'a');
                text.append(run, '\\').append(1, last);
                agree(text, 0);
                text.append(40, 'b');
                agree(text, 0);
            }
}

TEST_CASE("all small mixtures of special bytes at every place and before every end", "[json]") {
    std::string_view const alphabet("a\\\"nu\x1F\xC3", 7);
    std::size_t count = 1;
    for (int i = 0; i < 4; ++i) count *= alphabet.size();
    for (std::size_t n = 0; n < count; ++n) {
        std::string mixture;
        for (std::size_t i = 0, rest = n; i < 4; ++i, rest /= alphabet.size()) mixture += alphabet[rest % alphabet.size()];
        for (std::size_t const at : {0U, 4U, 5U, 6U, 7U, 12U, 28U, 30U, 31U, 60U, 61U, 62U, 63U, 64U, 92U, 94U, 124U, 125U, 126U, 127U, 128U}) {
            std::string text(at, 'a');
            text += mixture;
            agree(text, 0);
            text.append(130 - at % 64, 'b');
            agree(text, 0);
        }
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
