// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// JSON texts: made of everything that JSON has, and damaged.
#ifndef ACS_TESTS_DIFFERENTIAL_DOCUMENTS_HPP
#define ACS_TESTS_DIFFERENTIAL_DOCUMENTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace acs_differential {

class maker {
public:
    explicit maker(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }

    /// A whole text. `path`: where one of its values is, for those who look for it; empty: the whole.
    std::string document(std::string& path) {
        path.clear();
        std::string text = space();
        value(text, 0, &path);
        return text + space();
    }

    /// A text with one to four faults, or changes that are none.
    std::string damaged(std::string text) {
        static constexpr std::array<std::string_view, 30> pieces{
            "{",    "}",    "[",  "]",   ":",    ",",    "\"",   "\\",   "\\u",          "\\ud83d",          "\\uDE00",  "0",
            "-",    ".",    "e+", "1e9", "true", "null", "\xC3", "\xA9", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC0\xAF", "\xEF\xBB\xBF",
            "\x1F", "\x7F", "//", "NaN", " ",    "\n"};
        for (std::size_t n = 1 + below(4); n != 0; --n) {
            std::size_t const at = below(text.size() + 1);
            switch (below(5)) {
                case 0: text.insert(at, pieces[below(pieces.size())]); break;
                case 1: text.erase(at, 1 + below(4)); break;
                case 2: text.insert(at, text.substr(below(text.size() + 1), below(12))); break;
                case 3:
                    if (at < text.size()) text[at] = static_cast<char>(below(256));
                    break;
                default: text.resize(at); break;
            }
        }
        return text;
    }

    /// Any bytes, some of them UTF-8.
    std::string bytes(std::size_t most) {
        std::string text;
        for (std::size_t n = below(most + 1); n != 0; --n) piece(text, false);
        return text;
    }

private:
    std::string space() {
        static constexpr std::array<std::string_view, 8> spaces{"", "", "", "", " ", "\n", "\t\r\n ", "    "};
        return std::string(spaces[below(spaces.size())]);
    }

    /// `path`: leads to this value, unless a deeper one takes it over; null: somewhere else.
    void value(std::string& text, std::size_t depth, std::string* path) {
        std::size_t const kind = below(depth < 6 ? 10 : 7);
        if (kind < 2) return number(text);
        if (kind < 5) return string(text);
        if (kind < 7) {
            static constexpr std::array<std::string_view, 3> words{"true", "false", "null"};
            text += words[below(words.size())];
            return;
        }
        bool const object = kind == 7 || kind == 9;
        std::size_t const count = below(6), chosen = below(6);
        std::string const here = path != nullptr ? *path : std::string();
        text += object ? "{" : "[";
        for (std::size_t i = 0; i < count; ++i) {
            text += (i != 0 ? "," : "") + space();
            std::string name = std::to_string(i);
            if (object) {
                // Some names come twice.
                static constexpr std::array<std::string_view, 8> names{"a", "b", "Data", "Status", "x y", "", "\\u0061", "\xC3\xA4"};
                name = below(4) != 0 ? "m" + std::to_string(i) : std::string(names[below(names.size())]);
                text += "\"" + name + "\"" + space() + ":" + space();
            }
            bool const leads = path != nullptr && i == chosen && name.find('\\') == std::string::npos && !name.empty();
            if (leads) *path = here + (here.empty() ? "" : ".") + name;
            value(text, depth + 1, leads ? path : nullptr);
            text += space();
        }
        text += object ? "}" : "]";
    }

    void digits(std::string& text, std::size_t most) {
        for (std::size_t n = 1 + below(most); n != 0; --n) text += static_cast<char>('0' + below(10));
    }

    void number(std::string& text) {
        static constexpr std::array<std::string_view, 14> special{"0",
                                                                  "-0",
                                                                  "9223372036854775807",
                                                                  "9223372036854775808",
                                                                  "-9223372036854775808",
                                                                  "-9223372036854775809",
                                                                  "18446744073709551615",
                                                                  "18446744073709551616",
                                                                  "4.9e-324",
                                                                  "2.4703282292062327e-324",
                                                                  "1.7976931348623157e308",
                                                                  "1.7976931348623159e308",
                                                                  "9007199254740993",
                                                                  "0.1e-7"};
        if (below(6) == 0) {
            text += special[below(special.size())];
            return;
        }
        if (below(2) == 0) text += "-";
        if (below(3) == 0) {
            text += "0";
        } else {
            text += static_cast<char>('1' + below(9));
            if (below(2) == 0) digits(text, below(8) == 0 ? 30 : 8);
        }
        if (below(2) == 0) {
            text += ".";
            digits(text, below(8) == 0 ? 40 : 6);
        }
        if (below(3) == 0) {
            static constexpr std::array<std::string_view, 4> signs{"e", "E", "e+", "E-"};
            text += signs[below(signs.size())];
            digits(text, below(4) == 0 ? 3 : 2);
        }
    }

    void piece(std::string& text, bool escaped) {
        static constexpr std::array<std::string_view, 20> escapes{"\\n",
                                                                  "\\\"",
                                                                  "\\\\",
                                                                  "\\/",
                                                                  "\\b",
                                                                  "\\f",
                                                                  "\\t",
                                                                  "\\r",
                                                                  "\\u0000",
                                                                  "\\u001f",
                                                                  "\\u00e9",
                                                                  "\\u20AC",
                                                                  "\\uFFFF",
                                                                  "\\uD83D\\uDE00",
                                                                  "\\uDBFF\\uDFFF",
                                                                  "\\u0022",
                                                                  "\\ud800",
                                                                  "\\udc00",
                                                                  "\\ud800\\n",
                                                                  "\\uDC00\\uD800"};
        static constexpr std::array<std::string_view, 8> sequences{"\xC3\xA9",         "\xE2\x82\xAC",     "\xED\x9F\xBF", "\xEE\x80\x80",
                                                                   "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBD", "\x7F"};
        switch (below(8)) {
            case 0: text += escaped ? escapes[below(below(64) == 0 ? escapes.size() : 16)] : std::string_view("\x01"); break;
            case 1: text += sequences[below(sequences.size())]; break;
            case 2:
                if (!escaped) {
                    text += static_cast<char>(below(256));
                    break;
                }
                [[fallthrough]];
            default: text += "abc xyz019{}[]:,"[below(16)]; break;
        }
    }

    void string(std::string& text) {
        text += "\"";
        // Long ones reach what is read by words and vectors.
        for (std::size_t n = below(below(8) == 0 ? 150 : 12); n != 0; --n) piece(text, true);
        text += "\"";
    }

    std::mt19937 random_;
};

}  // namespace acs_differential

#endif
