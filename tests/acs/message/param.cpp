// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/param.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"

namespace test_message_param {

namespace {

constexpr bool in_constant_expressions() {
    std::array params{acs::param{"b", "1"}, acs::param{"a", "2"}, acs::param{"a", "1"}};
    acs::sort_params(params);
    return params[0].value == "1" && params[1].value == "2" && params[2].name == "b";
}

bool same(acs::param const& a, acs::param const& b) { return a.name == b.name && a.value == b.value; }

}  // namespace

TEST_CASE("parameters stand in byte order of their raw names, not in that of encoded ones or of UTF-16", "[message]") {
    constexpr std::array<std::string_view, 14> ordered{"",    "#",  "+", "-", "A", "A.1",          "A.10",
                                                       "A.2", "AA", "Z", "_", "a", "\xEF\xBF\xBD", "\xF0\x90\x80\x80"};
    for (std::size_t a = 0; a < ordered.size(); ++a)
        for (std::size_t b = 0; b < ordered.size(); ++b) CHECK((acs::param{ordered[a]} < acs::param{ordered[b]}) == (a < b));
    STATIC_REQUIRE(acs::param{"\x7F"} < acs::param{"\x80"});
    STATIC_REQUIRE(acs::param{{"a\0", 2}} < acs::param{{"a\0\0", 3}});
}

TEST_CASE("of one name the value counts, and where it travels does not", "[message]") {
    STATIC_REQUIRE(acs::param{"a", "1"} < acs::param{"a", "2"});
    STATIC_REQUIRE(acs::param{"a", ""} < acs::param{"a", "0"});
    CHECK_FALSE(acs::param{"a", "1", acs::place::query} < acs::param{"a", "1", acs::place::form});
    CHECK_FALSE(acs::param{"a", "1", acs::place::form} < acs::param{"a", "1", acs::place::query});
}

TEST_CASE("sorting gives one order, whatever the order before", "[message]") {
    STATIC_REQUIRE(in_constant_expressions());
    std::mt19937 random(42);
    for (std::size_t size = 0; size < 40; ++size) {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < size * 2; ++i) texts.emplace_back(random() % 3, static_cast<char>(random() % 256));
        std::vector<acs::param> params;
        for (std::size_t i = 0; i < size; ++i) params.push_back({texts[2 * i], texts[2 * i + 1]});
        std::vector<acs::param> expected = params;
        std::sort(expected.begin(), expected.end());
        acs_tests::no_allocations watch;
        acs::sort_params(params);
        watch.check();
        CHECK(std::equal(params.begin(), params.end(), expected.begin(), expected.end(), same));
    }
}

TEST_CASE("a parameter travels in the query unless it says otherwise", "[message]") {
    STATIC_REQUIRE(acs::param{"a", "1"}.in == acs::place::query);
}

TEST_CASE("Names compare as texts do", "[message]") {
    std::array<std::string, 9> const names{"", "a", "b", "aa", "ab", "Action", "\x80", "\xFFz", "z"};
    auto const sign = [](int order) { return order < 0 ? -1 : order > 0 ? 1 : 0; };
    for (std::string const& a : names)
        for (std::string const& b : names) CHECK(sign(acs::compare_names(a, b)) == sign(std::string_view(a).compare(b)));
}

}  // namespace test_message_param
