// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/reader.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace test_json_reader {

namespace {

using acs::errc;

struct verdict {
    errc code{};
    std::size_t offset{};
    bool operator==(verdict const&) const = default;
};

constexpr verdict check(std::string_view text) {
    verdict v;
    v.code = acs::check_json(text, v.offset);
    return v;
}

std::ostream& operator<<(std::ostream& out, verdict const& v) { return out << acs::name(v.code) << " at " << v.offset; }

static_assert(check("{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00\",true,false,null]}") == verdict{errc::none, 54});
static_assert(check("\xEF\xBB\xBF 1 ") == verdict{errc::none, 6});
static_assert(check("[1,]") == verdict{errc::malformed_json, 3});
static_assert(check("[1") == verdict{errc::truncated_json, 2});
static_assert(check("\"\xC3\"") == verdict{errc::invalid_utf8, 1});
static_assert(check("1 2") == verdict{errc::trailing_text, 2});

/// What the tokens of a text are, as text.
std::string events(std::string_view text) {
    static constexpr std::array<char const*, 10> names{"{", "}", "[", "]", "name", "string", "number", "boolean", "null", "end"};
    std::string log;
    acs::json_reader json(text);
    acs::json_token token;
    for (;;) {
        errc const code = json.next(token);
        if (code != errc::none) return log + std::string(acs::name(code)) + "@" + std::to_string(json.offset());
        log += std::string(names[static_cast<std::size_t>(token.kind)]) + "@" + std::to_string(token.offset);
        if (token.kind >= acs::json_kind::name && token.kind < acs::json_kind::end)
            log += "(" + std::string(token.text) + (token.escaped ? ")e" : ")");
        log += "/" + std::to_string(json.depth()) + " ";
        if (token.kind == acs::json_kind::end) return log;
    }
}

// An oracle that is not like the reader: recursive, and for UTF-8 by arithmetic over code points.
enum class expected { valid, truncated, refused };

class oracle {
public:
    explicit oracle(std::string_view text) : text_(text) {}

    expected run() {
        std::string_view const mark = "\xEF\xBB\xBF";
        if (text_.substr(0, 3) == mark || (text_.size() < 3 && text_ == mark.substr(0, text_.size())))
            at_ = text_.size() < 3 ? text_.size() : 3;
        if (!(spaces() && value() && spaces())) return cut_ ? expected::truncated : expected::refused;
        return at_ == text_.size() ? expected::valid : expected::refused;
    }

private:
    int peek() {
        if (at_ == text_.size()) {
            cut_ = true;
            return -1;
        }
        return static_cast<unsigned char>(text_[at_]);
    }
    bool take(char c) { return peek() == static_cast<unsigned char>(c) && (++at_, true); }
    bool is_one_of(std::string_view set) { return at_ < text_.size() && set.find(text_[at_]) != set.npos; }
    bool spaces() {
        while (is_one_of(" \t\r\n")) ++at_;
        return true;
    }
    bool word(std::string_view w) {
        return std::all_of(w.begin(), w.end(), [this](char c) { return take(c); });
    }
    bool value() {
        switch (peek()) {
            case '{': return list('}', [this] { return string() && spaces() && take(':') && spaces() && value(); });
            case '[': return list(']', [this] { return value(); });
            case '"': return string();
            case 't': return word("true");
            case 'f': return word("false");
            case 'n': return word("null");
            default: return number();
        }
    }
    template <class Item>
    bool list(char close, Item item) {
        ++at_;
        spaces();
        if (is_one_of({&close, 1})) return take(close);
        for (;;) {
            if (!item() || !spaces()) return false;
            if (is_one_of({&close, 1})) return take(close);
            if (!take(',') || !spaces()) return false;
        }
    }
    bool digits() {
        if (peek() < '0' || peek() > '9') return false;
        while (is_one_of("0123456789")) ++at_;
        return true;
    }
    bool number() {
        if (is_one_of("-")) ++at_;
        if (is_one_of("0")) {
            ++at_;
        } else if (!digits()) {
            return false;
        }
        if (is_one_of(".") && (++at_, !digits())) return false;
        if (is_one_of("eE")) {
            ++at_;
            if (is_one_of("+-")) ++at_;
            return digits();
        }
        return true;
    }
    bool string() {
        if (!take('"')) return false;
        for (;;) {
            int const c = peek();
            if (c == '"') return take('"');
            if (c < 0x20) return false;
            if (c == '\\' ? !escape() : !character()) return false;
        }
    }
    bool unit(unsigned& value) {
        if (!take('\\') || !take('u')) return false;
        value = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            std::size_t const digit = std::string_view("0123456789abcdefABCDEF").find(static_cast<char>(peek()));
            if (cut_ || digit == std::string_view::npos) return false;
            value = value * 16 + static_cast<unsigned>(digit < 16 ? digit : digit - 6);
        }
        return true;
    }
    bool escape() {
        if (at_ + 1 < text_.size() && text_[at_ + 1] != 'u')
            return std::string_view("\"\\/bfnrt").find(text_[at_ + 1]) != std::string_view::npos && (at_ += 2, true);
        unsigned high = 0, low = 0;
        if (!unit(high)) return false;
        if (high < 0xD800 || high > 0xDFFF) return true;
        return high < 0xDC00 && unit(low) && low >= 0xDC00 && low <= 0xDFFF;
    }
    bool character() {
        auto const lead = static_cast<unsigned>(peek());
        if (lead < 0x80) return ++at_, true;
        unsigned const size = lead >= 0xC0 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF8 ? 4 : 0;
        if (size == 0) return false;
        // The code points that begin so: if none is valid, it is refused; if the text ends before it is known which, it is truncated.
        unsigned first = lead & (0x7F >> size), last = first;
        bool whole = true;
        for (unsigned i = 1; i < size; ++i) {
            whole = whole && at_ + i < text_.size();
            unsigned const byte = whole ? static_cast<unsigned char>(text_[at_ + i]) : 0x80;
            if (byte < 0x80 || byte > 0xBF) return false;
            first = first << 6 | (byte & 0x3F);
            last = last << 6 | (whole ? byte & 0x3F : 0x3F);
        }
        unsigned const least = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
        first = std::max(first, least);
        last = std::min(last, 0x10FFFFU);
        if (first > last || (first >= 0xD800 && last <= 0xDFFF)) return false;
        cut_ = !whole;
        at_ += size;
        return whole;
    }

    std::string_view text_;
    std::size_t at_{};
    bool cut_{};
};

expected of(errc code) {
    return code == errc::none ? expected::valid : code == errc::truncated_json ? expected::truncated : expected::refused;
}

/// Fails for a text on which the oracle and the reader do not agree.
void agree(std::string_view text) {
    verdict const v = check(text);
    if (of(v.code) == oracle(text).run() && v.offset <= text.size() && (of(v.code) == expected::refused || v.offset == text.size())) return;
    CAPTURE(std::string(text), v);
    FAIL("the oracle says otherwise");
}

std::string const sample =
    " {\"Data\" : {\"Status\":\"success\",\"TaskContent\":\"a\\\\\\\"b\\u00e9\\ud83d\\ude00 \xE2\x82\xAC\xF0\x9F\x98\x80\"},\n\t"
    "\"Items\":[ ],\"None\":{},\"n\":[-0,1.5e-3,10E+2,[[true]],false,null,\"\"]}\r\n";

}  // namespace

TEST_CASE("the reader tells token, place and depth", "[json]") {
    CHECK(events(" {\"a\" : [1, \"b\\n\"],\"\\u0061\":null} ") ==
          "{@1/1 name@2(a)/1 [@8/2 number@9(1)/2 string@12(b\\n)e/2 ]@17/1 name@19(\\u0061)e/1 null@28(null)/1 }@32/0 end@34/0 ");
    CHECK(events("true") == "boolean@0(true)/0 end@4/0 ");
    CHECK(events("[]") == "[@0/1 ]@1/0 end@2/0 ");
    CHECK(events("{}") == "{@0/1 }@1/0 end@2/0 ");
    CHECK(events("\xEF\xBB\xBF\"\"") == "string@3()/0 end@5/0 ");
    CHECK(events("") == "truncated_json@0");
    CHECK(events("[1 2]") == "[@0/1 number@1(1)/1 malformed_json@3");
    CHECK(events("{\"a\" 1}") == "{@0/1 malformed_json@5");
    CHECK(events("0x") == "number@0(0)/0 trailing_text@1");
    CHECK(check(std::string_view()) == verdict{errc::truncated_json, 0});
}

TEST_CASE("an error stands at the byte that is wrong", "[json]") {
    CHECK(check("[tru]") == verdict{errc::malformed_json, 4});
    CHECK(check("[1.]") == verdict{errc::malformed_json, 3});
    CHECK(check("[01]") == verdict{errc::malformed_json, 2});
    CHECK(check("[\"\\x\"]") == verdict{errc::malformed_json, 3});
    CHECK(check("[\"\\u12g4\"]") == verdict{errc::malformed_json, 6});
    CHECK(check("[\"ab\\uDC00\"]") == verdict{errc::malformed_json, 4});
    CHECK(check("[\"\\uD800\\n\"]") == verdict{errc::malformed_json, 9});
    CHECK(check("[\"\\uD800\\u0041\"]") == verdict{errc::malformed_json, 8});
    CHECK(check("[\"\\uD800x\"]") == verdict{errc::malformed_json, 8});
    CHECK(check("[\"a\nb\"]") == verdict{errc::malformed_json, 3});
    CHECK(check("[\"a\xE2\x82\"]") == verdict{errc::invalid_utf8, 3});
    CHECK(check("[\"a\xE2\x82\xAC\xED\xA0\x80\"]") == verdict{errc::invalid_utf8, 6});
    CHECK(check("[\"a\xE2\x82") == verdict{errc::truncated_json, 5});
    CHECK(check("[\"a\xE0\x80") == verdict{errc::invalid_utf8, 3});
    CHECK(check("\xEF\xBB[]") == verdict{errc::malformed_json, 0});
    CHECK(check("{]") == verdict{errc::malformed_json, 1});
    CHECK(check("{} {}") == verdict{errc::trailing_text, 3});
    CHECK(check("{\"a\":1}}") == verdict{errc::trailing_text, 7});
}

TEST_CASE("every text of one and two bytes, and every such string", "[json]") {
    for (unsigned i = 0; i < 256; ++i) {
        char const one = static_cast<char>(i);
        agree({&one, 1});
        for (unsigned j = 0; j < 256; ++j) {
            std::array<char, 4> const two{'"', static_cast<char>(i), static_cast<char>(j), '"'};
            agree({two.data() + 1, 2});
            agree({two.data(), 3});
            agree({two.data(), 4});
        }
    }
}

TEST_CASE("every text of three and four bytes from those with a meaning", "[json]") {
    std::string_view const alphabet("{}[]:,\"\\u019-+.eEtrufalsn \n\x1F\xC3\xA9\0", 30);
    std::array<char, 4> text{};
    for (char const a : alphabet)
        for (char const b : alphabet)
            for (char const c : alphabet) {
                text = {a, b, c, 0};
                agree({text.data(), 3});
                for (char const d : alphabet) {
                    text[3] = d;
                    agree({text.data(), 4});
                }
            }
}

TEST_CASE("every text of six tokens or fewer", "[json]") {
    // Grammar above the bytes: all that can be put together from these.
    static constexpr std::array<std::string_view, 7> tokens{"{", "}", "[", "]", ",", "\"a\":", "1"};
    for (std::size_t count = 1; count <= 6; ++count) {
        std::size_t number = 1;
        for (std::size_t i = 0; i < count; ++i) number *= tokens.size();
        for (std::size_t n = 0; n < number; ++n) {
            std::array<char, 6 * 4> text{};
            std::size_t size = 0;
            for (std::size_t i = 0, rest = n; i < count; ++i, rest /= tokens.size()) {
                std::string_view const token = tokens[rest % tokens.size()];
                std::memcpy(text.data() + size, token.data(), token.size());
                size += token.size();
            }
            agree({text.data(), size});
        }
    }
}

TEST_CASE("every UTF-8 sequence, well-formed or not, whole or cut", "[json]") {
    static constexpr std::array<unsigned char, 6> thirds{0x22, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
    for (unsigned lead = 0x80; lead < 256; ++lead)
        for (unsigned second = 0; second < 256; ++second)
            for (unsigned char const third : thirds)
                for (unsigned char const fourth : thirds) {
                    std::array<char, 6> const text{
                        '"', static_cast<char>(lead), static_cast<char>(second), static_cast<char>(third), static_cast<char>(fourth), '"'};
                    for (std::size_t size = 3; size <= text.size(); ++size) agree({text.data(), size});
                }
}

TEST_CASE("every UTF-16 escape, and pairs around the surrogates", "[json]") {
    static constexpr char digits[] = "0123456789abcdefABCDEF";
    for (unsigned unit = 0; unit < 0x10000; ++unit) {
        std::array<char, 8> text{'"', '\\', 'u', 0, 0, 0, 0, '"'};
        for (unsigned i = 0; i < 4; ++i) {
            unsigned const digit = unit >> (12 - 4 * i) & 15;
            text[3 + i] = digits[digit >= 10 && unit % 2 != 0 ? digit + 6 : digit];
        }
        agree({text.data(), text.size()});
    }
    static constexpr std::array<char const*, 10> units{"\\u0000", "\\uD7FF", "\\uD800", "\\udbff", "\\uDC00",
                                                       "\\udFfF", "\\uE000", "\\uFFFF", "\\n",     "x"};
    for (auto const a : units)
        for (auto const b : units)
            for (auto const c : units) {
                std::string const text = std::string("\"") + a + b + c + "\"";
                for (std::size_t size = 1; size <= text.size(); ++size) {
                    // The oracle knows a bad pair only when it is whole, as the reader does.
                    agree({text.data(), size});
                }
            }
}

TEST_CASE("every prefix of a text is truncated, and read no further than it goes", "[json]") {
    REQUIRE(check(sample) == verdict{errc::none, sample.size()});
    std::size_t const whole = sample.size() - 2;  // white space follows
    for (std::size_t size = 0; size <= sample.size(); ++size) {
        std::unique_ptr<char[]> const memory(new char[size]);
        std::copy_n(sample.data(), size, memory.get());
        CHECK(check({memory.get(), size}) == verdict{size < whole ? errc::truncated_json : errc::none, size});
    }
}

TEST_CASE("any byte of a text changed, taken out or put in", "[json]") {
    for (std::size_t at = 0; at < sample.size(); ++at)
        for (unsigned byte = 0; byte < 256; ++byte) {
            std::string text = sample;
            text[at] = static_cast<char>(byte);
            agree(text);
            text.insert(at, 1, sample[at]);
            agree(text);
            text.erase(at, 2);
            if (byte == 0) agree(text);
        }
}

TEST_CASE("another parser comes to the same verdict on damaged texts", "[json]") {
    std::mt19937 random(20240518);
    std::string_view const alphabet(
        "{}[]:,\"\\u019-+.eEtrufalsn \n\x1F\xC3\xA9\xED\xA0\x80\xF0\x9F\x98\x80");  // no NUL: the peer takes it for the end
    for (int i = 0; i < 20000; ++i) {
        std::string text = sample;
        for (auto n = random() % 4; n != 0; --n) {
            std::size_t const at = random() % text.size();
            switch (random() % 3) {
                case 0: text[at] = alphabet[random() % alphabet.size()]; break;
                case 1: text.erase(at, random() % 5); break;
                default: text.insert(at, 1, alphabet[random() % alphabet.size()]);
            }
        }
        bool const accepted = check(text).code == errc::none;
        if (accepted == nlohmann::json::accept(text)) continue;
        CAPTURE(text, check(text));
        FAIL();
    }
}

TEST_CASE("512 levels are read and 513 are refused at the bracket", "[json]") {
    std::size_t const most = acs::json_reader::max_depth;
    std::string const arrays = std::string(most, '[') + std::string(most, ']');
    CHECK(check(arrays) == verdict{errc::none, 2 * most});
    CHECK(check("[" + arrays + "]") == verdict{errc::json_too_deep, most});
    CHECK(check("{\"\":" + arrays + "}") == verdict{errc::json_too_deep, most + 3});

    // Each level closes as what it was opened, in an irregular pattern.
    std::string open, close;
    std::mt19937 random(1);
    for (std::size_t i = 0; i < most; ++i) {
        bool const object = random() % 2 != 0;
        open += object ? "{\"a\":" : "[";
        close.insert(close.begin(), object ? '}' : ']');
    }
    CHECK(check(open + "0" + close).code == errc::none);
    for (std::size_t i = 0; i < most; ++i) {
        std::string wrong = close;
        wrong[i] = wrong[i] == '}' ? ']' : '}';
        CHECK(check(open + "0" + wrong) == verdict{errc::malformed_json, open.size() + 1 + i});
    }
    CHECK(sizeof(acs::json_reader) <= 3 * sizeof(void*) + most / 8 + 8);
}

TEST_CASE("errors and the end are for ever", "[json]") {
    acs::json_token token;
    acs::json_reader ended("1");
    REQUIRE(ended.next(token) == errc::none);
    for (int i = 0; i < 3; ++i) CHECK((ended.next(token) == errc::none && token.kind == acs::json_kind::end && ended.offset() == 1));

    acs::json_reader failed("[1,}]");
    while (failed.next(token) == errc::none) {
    }
    for (int i = 0; i < 3; ++i)
        CHECK((failed.next(token) == errc::malformed_json && failed.skip_value() == errc::malformed_json && failed.offset() == 3));
}

TEST_CASE("skip_value skips one value, whatever is in it", "[json]") {
    acs::json_reader json("{\"a\":{\"x\":[1,{}]},\"b\":\"s\",\"c\":[[],2,3]}");
    acs::json_token token;
    auto const next = [&] { return json.next(token) == errc::none ? std::string(token.text) : std::string("?"); };
    CHECK(next() == "{");
    CHECK(next() == "a");
    CHECK(json.skip_value() == errc::none);
    CHECK(next() == "b");
    CHECK(json.skip_value() == errc::none);
    CHECK(next() == "c");
    CHECK(next() == "[");
    CHECK(json.skip_value() == errc::none);
    CHECK(next() == "2");
    CHECK(json.skip_value() == errc::none);
    CHECK(next() == "]");
    CHECK(json.depth() == 1);
}

TEST_CASE("the corpus of JSON texts", "[json]") {
    std::size_t count = 0;
    for (auto const& entry : std::filesystem::directory_iterator(ACS_TESTS_DIR "/json")) {
        std::string const name = entry.path().filename().string();
        std::ifstream file(entry.path(), std::ios::binary);
        std::string const text{std::istreambuf_iterator<char>(file), {}};
        verdict const v = check(text);
        CAPTURE(name, v);
        CHECK((name[0] == 'i' || (v.code == errc::none) == (name[0] == 'y')));
        if (v.code != errc::json_too_deep) agree(text);
        ++count;
    }
    CHECK(count >= 120);
}

TEST_CASE("reading allocates nothing", "[json]") {
    std::string const text = "[" + sample + "," + std::string(512 - 2, '[') + std::string(512 - 2, ']') + "]";
    acs_tests::no_allocations none;
    std::size_t offset = 0;
    errc const code = acs::check_json(text, offset);
    none.check();
    CHECK(code == errc::none);
}

}  // namespace test_json_reader
