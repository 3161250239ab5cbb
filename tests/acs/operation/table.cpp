// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/table.hpp>

#include <string>
#include <string_view>

#include "support/array_operation.hpp"
#include "support/catch.hpp"

namespace test_operation_table {

using acs_tests::list_things;
using things = acs::table<list_things>;

namespace {

struct bare {
    static constexpr acs::call_head head{"Bare", "1"};
    struct reply {};
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members()); }
};

/// The rows as an outline: one line each, indented by depth.
std::string outline(std::span<acs::member_row const> rows) {
    constexpr std::string_view shapes[] = {"text", "integer", "boolean", "number", "object", "array"};
    std::string text;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t k = i; k != 0; k = acs::parent_of(rows.data(), k)) text += ' ';
        text.append(rows[i].name()).append(":").append(shapes[static_cast<std::size_t>(rows[i].what)]);
        text.append(" ").append(std::to_string(rows[i].size)).append("\n");
    }
    return text;
}

}  // namespace

TEST_CASE("parameter rows stand in byte order of their names, whatever the order of description", "[operation]") {
    static_assert(things::parameter_count == 6);
    std::string names;
    for (acs::parameter_row const& row : things::parameters) names.append(row.name()).append(" ");
    CHECK(names == "Any Content Flag LongQuery Name Size ");
}

TEST_CASE("a parameter row holds what was described", "[operation]") {
    constexpr acs::parameter_row const& size = things::parameters[5];
    static_assert(size.name() == "Size" && size.required && size.bounds->min == -5 && size.bounds->max == 5 &&
                  size.in == acs::place::query && size.what == acs::shape::integer && !size.long_text);
    constexpr acs::parameter_row const& content = things::parameters[1];
    static_assert(content.in == acs::place::form && !content.required && content.bounds == &acs::unbounded && content.long_text &&
                  content.what == acs::shape::text);
    static_assert(things::parameters[2].what == acs::shape::boolean && things::parameters[0].bounds == &acs::unbounded);
    SUCCEED();
}

TEST_CASE("parameters are bound to the members of an operation, row by row", "[operation]") {
    list_things op{.name = "n", .flag = true, .size = 3, .any = -1, .content = "c", .long_query = "q"};
    auto const sources = things::bind(op);
    CHECK(sources[0].integer == &op.any);
    CHECK(sources[1].text == &op.content);
    CHECK(sources[2].boolean == &op.flag);
    CHECK(sources[3].text == &op.long_query);
    CHECK(sources[4].text == &op.name);
    CHECK(sources[5].integer == &op.size);
    acs::parameter_places const places(&op);
    for (std::size_t i = 0; i < things::parameter_count; ++i) {
        acs::parameter_source const found = places.of(things::parameters.data(), i);
        CHECK(static_cast<void const*>(found.text) == static_cast<void const*>(sources[i].text));
    }
}

TEST_CASE("member rows are the description's outline; the child of an array is its element", "[operation]") {
    CHECK(
        outline(things::members) ==
        ":object 29\n RequestId:text 1\n Success:boolean 1\n Paging:object 13\n  Items:array 11\n   :object 10\n    Id:integer 1\n"
        "    Name:text 1\n    Weight:number 1\n    Tags:array 4\n     :object 3\n      Key:text 1\n      On:boolean 1\n    Labels:array 2\n"
        "     :text 1\n  Total:integer 1\n Names:array 2\n  :text 1\n Flags:array 2\n  :boolean 1\n Matrix:array 3\n  :array 2\n   "
        ":integer 1\n"
        " Deep:array 5\n  :array 4\n   :array 3\n    :array 2\n     :text 1\n Ratio:number 1\n");
}

TEST_CASE("members are bound to a reply, row by row", "[operation]") {
    list_things::reply reply;
    auto const slots = things::bind(reply);
    CHECK(slots[1].text == &reply.request_id);
    CHECK(slots[2].boolean == &reply.success);
    CHECK(slots[4].array == static_cast<void*>(&reply.paging.items));
    CHECK(slots[15].integer == &reply.paging.total);
    CHECK(slots[16].array == static_cast<void*>(&reply.names));
    CHECK(slots[things::member_count - 1].number == &reply.ratio);
    acs::member_places const places(&reply);
    for (std::size_t const i : {1U, 2U, 4U, 15U, 16U, 18U, 20U, 23U, 28U})
        CHECK(static_cast<void*>(places.of(things::members.data(), i).text) == static_cast<void*>(slots[i].text));
}

TEST_CASE("the members that every reply has are found at its top only", "[operation]") {
    static_assert(things::top_member("RequestId", acs::shape::text) == 1);
    static_assert(things::top_member("Success", acs::shape::boolean) == 2);
    static_assert(things::top_member("Success", acs::shape::text) == 0);
    static_assert(things::top_member("Total", acs::shape::integer) == 0);
    static_assert(things::top_member("requestid", acs::shape::text) == 0);
    SUCCEED();
}

TEST_CASE("an operation may have neither parameters nor members", "[operation]") {
    static_assert(acs::operation<bare> && !acs::operation<int>);
    static_assert(acs::table<bare>::parameter_count == 0 && acs::table<bare>::member_count == 1);
    SUCCEED();
}

}  // namespace test_operation_table
