// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/parameter.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_operation_parameter {

using acs::presence;

namespace {

template <class T>
constexpr presence check(T const& value, acs::range const& bounds = acs::unbounded) {
    return acs::presence_of(acs::parameter_of<T>::what, acs::parameter_of<T>::source(value), bounds);
}

template <class T>
std::string sent(T const& value) {
    std::array<char, 32> room{};
    acs::draft d = acs_tests::draft_of(acs_tests::usual_parts, {{}, {}, room});
    return std::string(acs::sent_text(acs::parameter_of<T>::what, acs::parameter_of<T>::source(value), d));
}

using integer = std::optional<std::int64_t>;

}  // namespace

TEST_CASE("absent is null data or an empty optional, and not an empty text, zero or false", "[operation]") {
    static_assert(check(std::string_view()) == presence::absent && check(std::string_view("")) == presence::present);
    static_assert(check(integer()) == presence::absent && check(integer(0)) == presence::present);
    static_assert(check(std::optional<bool>()) == presence::absent && check(std::optional<bool>(false)) == presence::present);
    SUCCEED();
}

TEST_CASE("both bounds belong to the range", "[operation]") {
    constexpr acs::range bounds{-1, 10'000'000'000};
    for (std::int64_t const value : {std::int64_t{-1}, std::int64_t{0}, bounds.max})
        CHECK(check(integer(value), bounds) == presence::present);
    for (std::int64_t const value :
         {std::int64_t{-2}, bounds.max + 1, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
        CHECK(check(integer(value), bounds) == presence::out_of_range);
    CHECK(check(integer(), bounds) == presence::absent);
}

TEST_CASE("values as they are sent", "[operation]") {
    CHECK(sent(std::string_view("a b")) == "a b");
    CHECK(sent(integer(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808");
    CHECK(sent(integer(std::numeric_limits<std::int64_t>::max())) == "9223372036854775807");
    CHECK(sent(integer(0)) == "0");
    CHECK(sent(std::optional<bool>(true)) == "true");
    CHECK(sent(std::optional<bool>(false)) == "false");
}

TEST_CASE("a text is sent where it lies", "[operation]") {
    std::string_view const text = "content";
    acs::draft d = acs_tests::draft_of(acs_tests::usual_parts, {});
    CHECK(acs::sent_text(acs::shape::text, {.text = &text}, d).data() == text.data());
    CHECK(d.text.needed() == 0);
}

}  // namespace test_operation_parameter
