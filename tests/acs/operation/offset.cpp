// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/offset.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "support/catch.hpp"

namespace test_operation_offset {

namespace {

struct plain {
    std::string_view text{};
    bool flag{};
    std::optional<std::int64_t> number{};
};
static_assert(acs::offset_of<plain, &plain::text>() == 0);
static_assert(acs::offset_of<plain, &plain::flag>() == sizeof(std::string_view));
static_assert(acs::offset_of<plain, &plain::number>() == offsetof(plain, number));

struct front {
    int first{};
};
struct base {
    std::string_view text{};
};
struct derived : front, base {
    explicit derived(int number) : last(number) {}  // nothing is made of it
    int last;
};
static_assert(acs::offset_of<derived, &derived::first>() == 0);
static_assert(acs::offset_of<derived, &derived::text>() == sizeof(void*));  // a pointer to a member of the base
static_assert(acs::offset_of<derived, &derived::last>() == sizeof(void*) + sizeof(std::string_view));

/// Nothing of these can be made in a constant expression, and the second is no literal type.
struct made_at_run_time {
    made_at_run_time() : serial(7) {}
    int serial;
    std::string_view text{};
};
static_assert(acs::offset_of<made_at_run_time, &made_at_run_time::text>() == offsetof(made_at_run_time, text));
struct with_virtual_function {
    virtual ~with_virtual_function() = default;
    std::string_view text{};
};
static_assert(acs::offset_of<with_virtual_function, &with_virtual_function::text>() == sizeof(void*));

struct large {
    char before[60'000]{};
    std::string_view near{};
    char between[300'000]{};
    std::string_view far{};
};
static_assert(acs::offset_of<large, &large::near>() == 60'000);
static_assert(acs::offset_of<large, &large::far>() > acs::max_offset);

#if defined(__GNUC__)
struct __attribute__((packed)) packed {
    char before{};
    int number{};
};
static_assert(acs::offset_of<packed, &packed::number>() == 1);
#endif

}  // namespace

TEST_CASE("offsets of members are what the compiler lays out, in a base as well", "[operation]") {
    derived const it(7);
    char const* const begin = reinterpret_cast<char const*>(&it);
    CHECK(begin + acs::offset_of<derived, &derived::text>() == reinterpret_cast<char const*>(&it.text));
    CHECK(begin + acs::offset_of<derived, &derived::last>() == reinterpret_cast<char const*>(&it.last));
}

}  // namespace test_operation_offset
