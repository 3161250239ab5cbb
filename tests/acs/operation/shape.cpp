// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/shape.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>

namespace test_operation_shape {

static_assert(acs::is_scalar(acs::shape::text) && acs::is_scalar(acs::shape::integer) && acs::is_scalar(acs::shape::boolean) &&
              acs::is_scalar(acs::shape::number));
static_assert(!acs::is_scalar(acs::shape::object) && !acs::is_scalar(acs::shape::array));
static_assert(acs::unbounded.min == std::numeric_limits<std::int64_t>::min() &&
              acs::unbounded.max == std::numeric_limits<std::int64_t>::max());

TEST_CASE("Shapes are checked while this file compiles", "[operation]") { CHECK(acs::is_scalar(acs::shape::text)); }

}  // namespace test_operation_shape
