// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/explain/neighbours.hpp>

#include <acs/explain/words.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_explain_neighbours {

using acs::signature_style;
using acs::text_part;

namespace {

constexpr std::array<acs::param, 4> params{{{"A", "1"}, {"B b", "2"}, {"C", "3"}, {"F", "4", acs::place::form}}};
constexpr std::array<acs::field, 2> fields{{{"Host", "h"}, {"x-acs-a", "1"}}};

/// What becomes of `ours` (null data: the end) where the item of theirs begins at `at`.
std::string compare(std::string_view theirs, signature_style style, text_part what, std::string_view ours, std::size_t at) {
    acs::echo_text const echo(theirs);
    acs::part_lists const lists(echo, style, what, params, fields);
    acs::list_difference const found = acs::compare_lists(lists, ours, at);
    return std::string(name(found.why)) + " " + std::string(found.name) + (found.of_theirs ? " of theirs" : "");
}

std::string acs3(std::string_view theirs, std::string_view ours, std::size_t at = 0) {
    return compare(theirs, signature_style::acs3, text_part::parameter, ours, at);
}

std::string header(std::string_view theirs, std::string_view ours, std::size_t at = 0) {
    return compare(theirs, signature_style::acs3, text_part::header, ours, at);
}

}  // namespace

TEST_CASE("Where parameters have different names, one of them is one too many", "[explain]") {
    CHECK(acs3("B%20b=2&C=3\n", "A") == "missing A");
    CHECK(acs3("\n", "A") == "missing A");
    CHECK(acs3("", "A") == "missing A");
    CHECK(acs3("A=1", "B b", acs::part_lists::none) == "missing B b");
    CHECK(acs3("AA=1&B%20b=2\n", "B b") == "added AA of theirs");
    CHECK(acs3("Z=1\n", {}) == "added Z of theirs");
    CHECK(acs3("F=4\n", {}) == "moved_to_query F of theirs");
    CHECK(acs3("A=1\n", {}) == "repeated A");
    CHECK(acs3("A=1&B%20b=2\n", "B b") == "repeated A");
    CHECK(acs3("C=3&B%20b=2\n", "B b") == "reordered C");
    CHECK(acs3("b%20B=2\n", "B b") == "renamed B b");
    CHECK(acs3("a=2\n", "A") == "letter_case A");
    CHECK(acs3("A=1&\n", {}, 4) == "added ");
    CHECK(acs3("D=2\nA=1\n", "A") == "renamed A");  // what stands in the next line is no parameter
}

TEST_CASE("A name is found in ours as it is, or not at all", "[explain]") {
    acs::echo_text const echo("A=1&D=2");
    for (signature_style const style : {signature_style::acs3, signature_style::rpc, signature_style::roa}) {
        acs::part_lists const lists(echo, style, text_part::parameter, params, fields);
        CHECK(lists.index_of("A") == 0);
        CHECK(lists.index_of("B b") == 1);
        for (std::string_view const other : {"a", "B", "Host", ""}) CHECK(lists.index_of(other) == acs::part_lists::none);
        acs::part_lists const headers(echo, style, text_part::header, params, fields);
        CHECK(headers.index_of("x-acs-a") == 1);
        CHECK(headers.index_of("A") == acs::part_lists::none);
    }
}

TEST_CASE("Each method separates in its own way", "[explain]") {
    auto const rpc = [](std::string_view theirs, std::string_view ours) {
        return compare(theirs, signature_style::rpc, text_part::parameter, ours, 0);
    };
    CHECK(rpc("X%3D1%26B%2520b%3D2", "B b") == "added X of theirs");
    CHECK(rpc("F%3D4", {}) == "repeated F");  // the form takes part
    CHECK(rpc("C%3D3%26B%2526b%3D2", "B b") == "missing B b");
    auto const roa = [](std::string_view theirs, std::string_view ours) {
        return compare(theirs, signature_style::roa, text_part::parameter, ours, 0);
    };
    CHECK(roa("X&B b=2", "B b") == "added X of theirs");
    CHECK(roa("X=\n&B b", "B b") == "added X of theirs");
    CHECK(roa("C", "B b") == "missing B b");
}

TEST_CASE("Headers are lines, and end at an empty one or at the path", "[explain]") {
    CHECK(header("x-acs-a:1\n\nhost;", "Host") == "missing Host");
    CHECK(header("accept:1\nhost:h\n\n", "Host") == "added accept of theirs");
    CHECK(header("accept:1\n\nhost:h", "Host") == "renamed Host");
    CHECK(header("\nhost:h", "Host") == "missing Host");
    CHECK(header("/path", "Host") == "missing Host");
    CHECK(header("host:h\nx-acs-a:1\n\n", "x-acs-a") == "repeated Host");

    acs::echo_text const echo("host:h\nx-acs-a\n/p?a:b");
    acs::part_lists const lists(echo, signature_style::roa, text_part::header, params, fields);
    CHECK(lists.end(0) == 6);
    CHECK(lists.behind(6) == 7);
    CHECK(lists.name(0) == "host");
    CHECK(lists.value_of(0) == 5);
    CHECK(lists.name(7) == "x-acs-a");
    CHECK(lists.value_of(7) == 14);
    CHECK(lists.behind(14) == acs::part_lists::none);
}

}  // namespace test_explain_neighbours
