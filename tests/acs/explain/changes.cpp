// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/explain/changes.hpp>

#include <acs/explain/words.hpp>

#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_explain_changes {

namespace {

std::string value(std::string_view ours, std::string_view theirs, unsigned depth = 0) {
    std::string const text = "\n" + std::string(theirs);  // whose first line end says what the others are
    acs::echo_text const echo(text);
    return std::string(name(acs::cause_of_change(ours, acs::echo_reader(echo, 1, text.size(), depth))));
}

std::string path(std::string_view ours, std::string_view theirs) {
    acs::echo_text const echo(theirs);
    return std::string(
        name(acs::cause_of_path(ours, acs::echo_reader(echo, 0, theirs.size(), 0), acs::echo_reader(echo, 0, theirs.size(), 1))));
}

}  // namespace

TEST_CASE("What became of a value is told by what makes the one from the other", "[explain]") {
    CHECK(value("a b", "a+b") == "plus_for_space");
    CHECK(value("a+b", "a b") == "space_for_plus");
    CHECK(value("a +b", "a++b") == "plus_for_space");
    CHECK(value("a b", "a%20b") == "encoded_twice");
    CHECK(value("a b", "a%2520b", 1) == "encoded_twice");
    CHECK(value("a b", "a%252520b", 2) == "encoded_twice");
    CHECK(value("a%20b", "a%2520b") == "encoded_twice");
    CHECK(value("50%", "50%25") == "encoded_twice");
    CHECK(value("a/b%20c", "a/b%2520c") == "encoded_twice");  // but for what had not been encoded
    CHECK(value("a%20b", "a b") == "decoded");
    CHECK(value("a%2Bb", "a+b") == "decoded");
    CHECK(value("a%20+b", "a  b") == "decoded");
    CHECK(value("a%2525", "a%25") == "decoded");  // and not cut, though ours begins like that
    CHECK(value("~", "%7E", 1) == "encoded_differently");
    CHECK(value("\xC3\xA4", "%c3%a4", 1) == "encoded_differently");
    CHECK(value("aBc", "abc") == "letter_case");
    CHECK(value("a\nb", "a\r\nb") == "line_ends");
    CHECK(value("a  b", "a b") == "white_space");
    CHECK(value(" a", "a") == "white_space");
    CHECK(value("abc", "ab") == "shortened");
    CHECK(value("abc", "") == "shortened");
    CHECK(value("   ", "") == "shortened");
    CHECK(value("%", "") == "shortened");
    CHECK(value("ab", "abc") == "extended");
    CHECK(value("", "c") == "extended");
    CHECK(value("h\xC3\xA4t", "h\xE4t") == "character_set");
    CHECK(value("h\xC3\xA4t", "h?t") == "character_set");
    CHECK(value("abc", "axc") == "changed");
    CHECK(value("abc", "xyz") == "changed");
}

TEST_CASE("What became of a path is told in the same way", "[explain]") {
    CHECK(path("/a%2Fb", "/a%2fb") == "letter_case");
    CHECK(path("/a%2Fb", "/a/b") == "decoded");
    CHECK(path("/a%2Fb", "/a%252Fb") == "encoded_twice");
    CHECK(path("/a//b", "/a/b") == "slashes_merged");
    CHECK(path("//a", "/a") == "slashes_merged");
    CHECK(path("/a/", "/a") == "trailing_slash");
    CHECK(path("/a", "/a/") == "trailing_slash");
    CHECK(path("/a/./b", "/a/b") == "dot_segments");
    CHECK(path("/a/..", "/") == "dot_segments");
    CHECK(path("/..a/b", "/b") == "path_rewritten");
    CHECK(path("/a", "/proxy/a") == "path_rewritten");
    CHECK(path("/a", "/b") == "path_rewritten");
    CHECK(path("/ab", "/a") == "path_rewritten");
    CHECK(path("/a", "") == "path_rewritten");
}

}  // namespace test_explain_changes
