// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/token.hpp>

#include "support/catch.hpp"

#include <type_traits>

namespace test_json_token {

static_assert(std::is_trivially_copyable_v<acs::json_token>);
static_assert(acs::json_token{}.kind == acs::json_kind::end && acs::json_token{}.text.data() == nullptr);
static_assert(sizeof(acs::json_token) <= 4 * sizeof(void*));

}  // namespace test_json_token
