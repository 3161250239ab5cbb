// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/explain/echo_text.hpp>

#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_explain_echo_text {

using acs::echo_reader;
using acs::echo_text;

namespace {

std::string read(std::string_view text, unsigned depth) {
    echo_text const echo(text);
    echo_reader reader(echo, 0, text.size(), depth);
    std::string out;
    for (int c = reader.next(); c != -1; c = reader.next()) out += static_cast<char>(c);
    CHECK(reader.next() == -1);
    return out;
}

}  // namespace

TEST_CASE("Line ends are what the first one is", "[explain]") {
    CHECK(read("a\nb\\nc\r\n", 0) == "a\nb\\nc\r\n");
    CHECK(read("a\r\nb\nc\\n", 0) == "a\nb\nc\\n");
    CHECK(read("a\\nb\\r\\nc", 0) == "a\nb\\r\nc");
    CHECK(read("a\\r\\nb\\r\\nc\\", 0) == "a\nb\nc\\");
    CHECK(read("\\n", 0) == "\n");
    CHECK(read("n", 0) == "n");
    CHECK(read("", 0).empty());

    echo_text const real("a\r\nb");
    CHECK(real.match(0, 'a') == 1);
    CHECK(real.match(0, 'b') == 0);
    CHECK(real.match(1, '\n') == 2);
    CHECK(real.match(2, '\n') == 0);
    CHECK(real.match(3, 'b') == 1);
    CHECK(real.match(4, 'b') == 0);
    CHECK(real.match(4, '\n') == 0);
    CHECK(real.at_end(4));
}

TEST_CASE("A line end that is cut off is known as one", "[explain]") {
    for (std::string_view const text : {"a\r", "a\\", "a\\r", "a\\r\\"}) {
        echo_text const echo(text);
        CHECK(echo.ends_in_line_end(1));
        CHECK_FALSE(echo.ends_in_line_end(0));
    }
    CHECK_FALSE(echo_text("a\\n").ends_in_line_end(1));
    CHECK_FALSE(echo_text("a").ends_in_line_end(1));
}

TEST_CASE("JSON escapes are one byte each, and those of no ASCII, or of none at all, a backslash", "[explain]") {
    auto const front = [](std::string_view text) {
        acs::echo_text::unit const found = echo_text(text, true).at(0);
        return std::string(1, found.byte) + " " + std::to_string(found.size);
    };
    CHECK(front("\\\"x") == "\" 2");
    CHECK(front("\\tx") == "\t 2");
    CHECK(front("\\u0041x") == "A 6");
    CHECK(front("\\u007a") == "z 6");
    std::string_view const whole = "\\u0041";
    for (std::size_t size = 1; size < whole.size(); ++size) CHECK(front(whole.substr(0, size)) == "\\ 1");
    for (std::string_view const other : {"\\u0081", "\\u00e4", "\\u1041", "\\u0141", "\\u00G1", "\\u004G", "\\x0041", "\\U0041"})
        CHECK(front(other) == "\\ 1");
    CHECK(echo_text("\\u0041").at(0).size == 1);  // no JSON
}

TEST_CASE("XML references are one byte each, and those of no ASCII, or of none at all, an ampersand", "[explain]") {
    auto const front = [](std::string_view text) {
        acs::echo_text::unit const found = echo_text(text, false, true).at(0);
        return std::string(1, found.byte) + " " + std::to_string(found.size);
    };
    CHECK(front("&amp;amp;") == "& 5");
    CHECK(front("&quot;") == "\" 6");
    CHECK(front("&#x5b;a") == "[ 6");
    CHECK(front("&#126;") == "~ 6");
    for (std::string_view const other : {"&", "&amp", "&#x5b", "&nbsp;", "&#xE4;", "&#128;", "&#x120;", "& "}) CHECK(front(other) == "& 1");
    CHECK(front("a&amp;") == "a 1");
    CHECK(front("\\u0041") == "\\ 1");  // no JSON
    CHECK(echo_text("&amp;").at(0).size == 1);
    CHECK(echo_text("a&amp;b", false, true).match(0, "a&b") == 7);
    CHECK(echo_text("a&amp;b", false, true).match(1, '\n') == 0);
}

TEST_CASE("Text is decoded as often as it was encoded, and malformed escapes stay", "[explain]") {
    CHECK(read("a%20b%2520", 0) == "a%20b%2520");
    CHECK(read("a%20b%2520", 1) == "a b%20");
    CHECK(read("a%2520b%252520", 2) == "a b%20");
    CHECK(read("%C3%a4", 1) == "\xC3\xA4");
    for (std::string_view const odd : {"%", "%2", "%2G", "%G2", "%%", "x%"}) {
        CHECK(read(odd, 1) == odd);
        CHECK(read(odd, 2) == odd);
    }
    CHECK(read("%2541", 2) == "A");
    CHECK(read("%25%34%31", 2) == "A");
    CHECK(read("%254", 2) == "%4");
    // A reader ends where it is told.
    echo_text const echo("a%20b");
    echo_reader reader(echo, 0, 3, 1);
    CHECK(reader.next() == 'a');
    CHECK(reader.next() == '%');
    CHECK(reader.next() == '2');
    CHECK(reader.next() == -1);
}

TEST_CASE("What is written is compared with what is read", "[explain]") {
    echo_text const echo("a%20b");
    auto const same = [&](std::string_view text) {
        return acs::matches(echo_reader(echo, 0, echo.size(), 1), [&](auto& out) {
            for (char const& c : text) out.write({&c, 1});
        });
    };
    CHECK(same("a b"));
    CHECK_FALSE(same("a "));
    CHECK_FALSE(same("a bc"));
    CHECK_FALSE(same("a+b"));
    CHECK_FALSE(same(""));
    static_assert(acs::matches(echo_reader(echo_text(""), 0, 0, 0), [](auto&) {}));
}

TEST_CASE("References of XML stand for line ends and backslashes, too", "[explain]") {
    STATIC_REQUIRE(acs::echo_text("&#92;", false, true).match(0, '\\') == 5);
    STATIC_REQUIRE(acs::echo_text("&#92;", false, false).match(0, '\\') == 0);
    for (std::string_view const lf : {"&#10;", "&#xA;", "&#13;\n", "&#13;&#10;"}) {
        CHECK(acs::echo_text(lf, false, true).line_end(0) == lf.size());
        CHECK(acs::echo_text(lf, false, true).match(0, '\n') == lf.size());
        CHECK(acs::echo_text(lf, false, false).line_end(0) == 0);
        acs::echo_text const cut(acs::first(lf, lf.find(';') + 1), false, true);
        CHECK(cut.ends_in_line_end(0) == (lf.size() > 5));
        CHECK(cut.line_end(0) == (lf.size() > 5 ? 0 : lf.size()));
    }
    CHECK(acs::echo_text("&#13;x", false, true).line_end(0) == 0);
    CHECK(acs::echo_text("&amp;\n", false, true).line_end(0) == 0);
}

}  // namespace test_explain_echo_text
