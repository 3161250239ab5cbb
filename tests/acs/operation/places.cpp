// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/places.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <acs/operation/member.hpp>

#include "support/catch.hpp"

namespace test_operation_places {

namespace {

struct thing {
    std::optional<std::int64_t> number{};
    std::string_view text{};
};

constexpr std::array<acs::member_row, 2> rows = [] {
    std::array<acs::member_row, 2> made{};
    made[0].what = acs::shape::integer;
    made[1].what = acs::shape::text;
    made[1].offset = sizeof(std::optional<std::int64_t>);
    return made;
}();

constexpr bool by_slots() {
    thing it{};
    std::array<acs::member_target, 2> slots{acs::member_target{.integer = &it.number}, acs::member_target{.text = &it.text}};
    acs::member_places const places(slots.data());
    return places && places.of(rows.data(), 0).integer == &it.number && places.of(rows.data(), 1).text == &it.text;
}
static_assert(by_slots());
static_assert(!acs::member_places());

}  // namespace

TEST_CASE("members are so many bytes behind where their object begins", "[operation]") {
    std::array<thing, 2> things{};
    acs::member_places const first(things.data());
    CHECK(first);
    CHECK(first.of(rows.data(), 0).integer == &things[0].number);
    CHECK(first.of(rows.data(), 1).text == &things[0].text);
    acs::member_places const second = first.behind(sizeof(thing));
    CHECK(second.of(rows.data(), 1).text == &things[1].text);
    CHECK_FALSE(acs::member_places());
}

}  // namespace test_operation_places
