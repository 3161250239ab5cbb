// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/description.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

#include "support/catch.hpp"

namespace test_operation_description {

namespace {

struct operation {
    std::optional<std::int64_t> number{};
    std::string_view text{};
};

}  // namespace

TEST_CASE("options of a parameter come in any order, and none is set unasked", "[operation]") {
    constexpr auto plain = acs::query<&operation::text>("T");
    static_assert(plain.name == "T" && plain.in == acs::place::query && !plain.is_required && !plain.is_long && !plain.has_bounds);
    constexpr auto a = acs::form<&operation::number>("N", acs::required, acs::range{1, 2});
    constexpr auto b = acs::form<&operation::number>("N", acs::range{1, 2}, acs::required);
    static_assert(a.in == acs::place::form && a.is_required && b.is_required && a.has_bounds && b.has_bounds && a.bounds.min == 1 &&
                  b.bounds.max == 2 && !a.is_long);
    static_assert(acs::query<&operation::text>("T", acs::long_text).is_long);
    SUCCEED();
}

TEST_CASE("a description keeps what it was given", "[operation]") {
    constexpr auto d = acs::description(acs::parameters(acs::query<&operation::text>("T"), acs::query<&operation::number>("N")),
                                        acs::members(acs::member<&operation::text>("M")));
    static_assert(d.parameters.words.size() == 2 && d.parameters.words[1].name == "N");
    static_assert(d.members.names.size() == 1 && d.members.names[0] == "M");
    SUCCEED();
}

}  // namespace test_operation_description
