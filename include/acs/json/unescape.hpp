// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_UNESCAPE_HPP
#define ACS_JSON_UNESCAPE_HPP

#include <acs/core/config.hpp>
#include <acs/json/escape.hpp>
#include <acs/json/scan.hpp>
#include <acs/json/string.hpp>
#include <acs/json/vector.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

// From the raw text of a string, which the reader has checked, to what it stands for.
namespace acs::inline ACS_ABI {

namespace json_text {

/// Unescapes words of [from, end) to `out`, which may be the same memory, at `from` or before: nothing is overwritten that is still to be
/// read. Moves both; leaves less than a word, which begins with no escaped byte. Pre: checked text.
constexpr void unescape_words(char const*& from, char const* end, char*& out) noexcept {
    using json_scan::word;
    char const* p = from;
    char* to = out;
    word carry = 0;
    while (static_cast<std::size_t>(end - p) >= sizeof(word)) {
        word w = json_scan::load(p);
        word const backslashes = json_scan::exactly_equal(w, '\\');
        word const was = carry;
        if ((backslashes | carry) == 0) {
            do {
                json_scan::store(w, to);
                p += sizeof(word);
                to += sizeof(word);
                if (static_cast<std::size_t>(end - p) < sizeof(word)) break;
                w = json_scan::load(p);
            } while (json_scan::equal_bytes(w, '\\') == 0);
            continue;
        }
        word left_out = json_scan::escaping(backslashes, carry);
        word const behind = left_out << 8 | was;
        word letters = behind & w >> 5 & w >> 6;  // neither quotes, slashes nor backslashes
        for (; letters != 0; letters &= letters - 1) {
            int const at = json_scan::first_mark(letters);
            char const letter = p[at];
            if (letter == 'u') break;
            w ^= static_cast<word>(static_cast<unsigned char>(letter ^ json_scan::escaped(letter))) << 8 * at;
        }
        if (letters != 0) {
            int const at = json_scan::first_mark(letters);
            for (int i = 0; i < at; ++i)
                if ((left_out >> 8 * i & 1) == 0) *to++ = static_cast<char>(w >> 8 * i & 0xFF);
            p += at - 1;
            to = unescape_units(p, end, to);
            carry = 0;
            continue;
        }
        std::size_t const gone = left_out * json_scan::ones >> 8 * (sizeof(word) - 1);
        // Two at once, since one or two are the most usual: a branch here would often be guessed wrong.
        for (int i = 0; i < 2 || left_out != 0; ++i) {
            word const below = (left_out & (word{0} - left_out)) - 1;
            w = (w & below) | (w >> 8 & ~below);
            left_out = (left_out & (left_out - 1)) >> 8;
        }
        json_scan::store(w, to);
        p += sizeof(word);
        to += sizeof(word) - gone;
    }
    if (carry != 0) {
        if (*p == 'u') {
            --p;
            to = unescape_units(p, end, to);
        } else {
            *to++ = json_scan::escaped(*p++);
        }
    }
    from = p;
    out = to;
}

/// Writes what [p, end) stands for; how many bytes that makes. Pre: checked text.
ACS_OUTLINE constexpr std::size_t unescape_each(char const* p, char const* end, char* out) noexcept {
    char* to = out;
    while (p != end) to += read_one(p, end, to);
    return static_cast<std::size_t>(to - out);
}

}  // namespace json_text

/// Writes what the raw text of a string token stands for, and returns its size, which is never more than `raw.size()`. `out` may be
/// `raw`'s own memory, or other memory of that size. No NUL is added; an escaped one may be in it. Pre: the text is a token's, or checked
/// like one.
constexpr std::size_t json_unescape(std::string_view raw, char* out) noexcept {
    char const* p = raw.data();
    char const* const end = p + raw.size();
    char* to = out;
    if constexpr (ACS_SMALL_CODE) return json_text::unescape_each(p, end, out);
    bool in_blocks = false;
    if (!std::is_constant_evaluated()) in_blocks = json_vector::may_take(raw.size());
    if (p == out && !in_blocks) {  // in place: up to the first backslash all is where it belongs
        p = json_scan::find_backslash(p, end);
        to += p - out;
    }
    if (!std::is_constant_evaluated()) {
        if (in_blocks) json_vector::unescape(p, end, to);
        if (json_scan::takes_words) json_text::unescape_words(p, end, to);
    }
    while (p != end) {
        if (*p == '\\') {
            if (p[1] == 'u') {
                to = json_text::unescape_units(p, end, to);
            } else {
                *to++ = json_scan::escaped(p[1]);
                p += 2;
            }
            continue;
        }
        if (!json_scan::takes_words && !std::is_constant_evaluated()) {
            // A word is stored only if it has no backslash: then nothing is overwritten in place that is still to be read.
            for (; static_cast<std::size_t>(end - p) >= sizeof(json_scan::word);
                 p += sizeof(json_scan::word), to += sizeof(json_scan::word)) {
                json_scan::word const w = json_scan::load(p);
                if (json_scan::equal_bytes(w, '\\') != 0) break;
                json_scan::store(w, to);
            }
        }
        while (p != end && *p != '\\') *to++ = *p++;
    }
    return static_cast<std::size_t>(to - out);
}

}  // namespace acs::inline ACS_ABI

#endif
