// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/result.hpp>

#include "support/catch.hpp"

#include <type_traits>

namespace test_core_result {

namespace {

constexpr acs::result<int> half(int n) {
    if (n % 2 != 0) return acs::refuse(acs::errc::malformed_text, "number", 7);
    return n / 2;
}

static_assert(half(4) && *half(4) == 2);
static_assert(!half(3).has_value());
static_assert(half(3).error().code == acs::errc::malformed_text);
static_assert(half(3).error().origin == acs::origin::caller);
static_assert(half(3).error().delivery == acs::delivery::not_sent);
static_assert(half(3).error().where == "number" && half(3).error().offset == 7);

struct point {
    int x{};
    int y{};
};
constexpr int moved() {
    acs::result<point> p = point{1, 2};
    p->x = 5;
    (*p).y = 6;
    acs::result<point> const q = p;
    return q->x * 10 + (*q).y;
}
static_assert(moved() == 56);

static_assert(acs::result<void>{}.has_value());
static_assert(!acs::result<void>{acs::refuse(acs::errc::no_space)});
static_assert(acs::result<void>{acs::refuse(acs::errc::no_space)}.error().code == acs::errc::no_space);

static_assert(std::is_trivially_copyable_v<acs::result<point>> && std::is_trivially_destructible_v<acs::result<point>>);
static_assert(!std::is_convertible_v<acs::result<int>, bool>, "a result is no number");

}  // namespace

TEST_CASE("a result holds a value or a failure, and can be reassigned", "[core]") {
    acs::result<int> r = half(8);
    REQUIRE(r);
    CHECK(*r == 4);
    r = half(7);
    REQUIRE_FALSE(r.has_value());
    CHECK(r.error().where == "number");
    r = 1;
    CHECK(r.has_value());
}

TEST_CASE("a lack of space says what is needed", "[core]") {
    acs::failure const f = acs::refuse_space("target", 42);
    CHECK(f.code == acs::errc::no_space);
    CHECK(f.needed == 42);
    CHECK(f.where == "target");
    CHECK(f.origin == acs::origin::caller);
}

TEST_CASE("origins and deliveries have names", "[core]") {
    CHECK(acs::name(acs::origin::none) == "none");
    CHECK(acs::name(acs::origin::caller) == "caller");
    CHECK(acs::name(acs::origin::transport) == "transport");
    CHECK(acs::name(acs::origin::service) == "service");
    CHECK(acs::name(acs::origin{9}) == "unknown");
    CHECK(acs::name(acs::delivery::not_sent) == "not_sent");
    CHECK(acs::name(acs::delivery::unknown) == "unknown");
    CHECK(acs::name(acs::delivery::answered) == "answered");
}

TEST_CASE("a verdict lets go on, or becomes the failure that it says", "[core]") {
    acs::verdict const fine;
    CHECK(fine);
    CHECK(acs::result<void>(fine));
    acs::verdict const refused = acs::refuse(acs::errc::invalid_host, "host", 3);
    CHECK_FALSE(refused);
    acs::result<void> const nothing = refused;
    acs::result<int> const number = refused;
    REQUIRE_FALSE(nothing);
    REQUIRE_FALSE(number);
    for (acs::failure const& f : {nothing.error(), number.error(), refused.error()}) {
        CHECK(f.code == acs::errc::invalid_host);
        CHECK(f.where == "host");
        CHECK(f.offset == 3);
        CHECK(f.origin == acs::origin::caller);
        CHECK(f.delivery == acs::delivery::not_sent);
    }
    CHECK(sizeof(acs::verdict) * 4 < sizeof(acs::failure));
}

}  // namespace test_core_result
