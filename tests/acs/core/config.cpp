// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/config.hpp>

#include "support/catch.hpp"

#include <string>

namespace test_core_config {

// The suite defines ACS_ASSERT before everything, as a user may: config.hpp leaves it alone.
#define ACS_TESTS_TEXT_OF(x) #x
#define ACS_TESTS_TEXT(x) ACS_TESTS_TEXT_OF(x)

namespace {

constexpr bool checked(bool condition) {
    ACS_ASSERT(condition);
    return true;
}
static_assert(checked(true));
template <bool Condition>
concept passes = requires {
    typename std::integral_constant<bool, checked(Condition)>;
};
static_assert(passes<true> && !passes<false>, "a broken precondition is no constant expression");

}  // namespace

TEST_CASE("The version is one text, in numbers and in the name of the inline namespace", "[core]") {
    std::string const numbers =
        std::to_string(ACS_VERSION_MAJOR) + "." + std::to_string(ACS_VERSION_MINOR) + "." + std::to_string(ACS_VERSION_PATCH);
    CHECK(numbers == ACS_VERSION_TEXT);
#ifdef ACS_PORTABLE
    std::string const kind = "_portable";
#else
    std::string const kind;
#endif
    CHECK(std::string(ACS_TESTS_TEXT(ACS_ABI)) == "v" + std::to_string(ACS_VERSION_MAJOR) + "_" + std::to_string(ACS_VERSION_MINOR) +
                                                      "_" + std::to_string(ACS_VERSION_PATCH) + kind);
}

TEST_CASE("ACS_ASSERT is an expression, and is evaluated once", "[core]") {
    int times = 0;
    ACS_ASSERT(++times == 1);
    CHECK(times == 1);
    if (times == 1)
        ACS_ASSERT(true);
    else
        FAIL();
}

}  // namespace test_core_config
