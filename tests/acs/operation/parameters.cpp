// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/parameters.hpp>

#include <acs/operation/table.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_operation_parameters {

using acs_tests::list_things;
using things = acs::table<list_things>;

namespace {

/// What local validation says, as text: `Name missing, Size range`.
std::string faults(list_things const& op) {
    auto const checked = acs::check_parameters({things::parameters, acs::parameter_places(&op)});
    if (checked) return "";
    CHECK(checked.error().code == acs::errc::invalid_parameters);
    CHECK(checked.error().origin == acs::origin::caller);
    CHECK(checked.error().delivery == acs::delivery::not_sent);
    std::string text;
    acs::for_each_fault(checked.error(), [&](acs::parameter_row const& row, bool missing) {
        if (text.empty()) CHECK(checked.error().where == row.name());
        text.append(row.name()).append(missing ? " missing, " : " range, ");
    });
    return text;
}

std::string added(list_things const& op, bool long_query_in_form) {
    std::array<acs::param, 8> params{};
    std::array<char, 64> text{};
    acs::draft d = acs_tests::draft_of(acs_tests::usual_parts, {{}, params, text});
    acs::result<void> made;  // those that miss are said elsewhere
    acs::add_parameters({things::parameters, acs::parameter_places(&op)}, long_query_in_form, d, made);
    std::string list;
    for (acs::param const& p : d.params.items())
        list.append(p.in == acs::place::form ? "form " : "query ").append(p.name).append("=").append(p.value).append("\n");
    return list;
}

constexpr bool valid_in_a_constant_expression() {
    list_things const op{.name = "n", .size = 1};
    auto const sources = things::bind(op);
    return acs::check_parameters({things::parameters, acs::parameter_places(sources.data())}).has_value();
}
static_assert(valid_in_a_constant_expression());

}  // namespace

TEST_CASE("every missing and out-of-range parameter is named at once", "[operation]") {
    CHECK(faults({.name = "n", .size = 5}).empty());
    CHECK(faults({.name = "", .size = -5}).empty());
    CHECK(faults({}) == "Name missing, Size missing, ");
    CHECK(faults({.size = 6}) == "Name missing, Size range, ");
    CHECK(faults({.name = "n", .size = -6}) == "Size range, ");
    CHECK(faults({.name = "n"}) == "Size missing, ");
}

TEST_CASE("a failure of another kind names no parameters", "[operation]") {
    acs::for_each_fault(acs::refuse(acs::errc::no_space), [](acs::parameter_row const&, bool) { FAIL("there is none"); });
    SUCCEED();
}

TEST_CASE("what is present is added in order, to the place of its row", "[operation]") {
    CHECK(added({}, false).empty());
    list_things const op{.name = "n", .flag = false, .size = 0, .any = -7, .content = "", .long_query = "q"};
    CHECK(added(op, false) == "query Any=-7\nform Content=\nquery Flag=false\nquery LongQuery=q\nquery Name=n\nquery Size=0\n");
}

TEST_CASE("long texts of the query travel in the form if asked to, and nothing else does", "[operation]") {
    list_things const op{.name = "n", .size = 0, .content = "c", .long_query = "q"};
    CHECK(added(op, true) == "form Content=c\nform LongQuery=q\nquery Name=n\nquery Size=0\n");
}

}  // namespace test_operation_parameters
