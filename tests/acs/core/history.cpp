// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/history.hpp>

#include "support/catch.hpp"

#include <set>
#include <string>

namespace test_core_history {

namespace {

static_assert(acs::history{}.attempts == 0 && acs::history{}.why == acs::end_reason::none && !acs::history{}.may_have_run);
static_assert(sizeof(acs::history) == 8);  // every failure carries one
static_assert(acs::message(acs::end_reason{255}) == "unknown");

}  // namespace

TEST_CASE("every reason to end has a message of its own", "[core]") {
    constexpr int last = static_cast<int>(acs::end_reason::cancelled);
    std::set<std::string> messages;
    for (int i = 0; i <= last; ++i) messages.emplace(acs::message(static_cast<acs::end_reason>(i)));
    CHECK(messages.size() == last + 1);
    CHECK(messages.count("unknown") == 0);
    CHECK(messages.count("") == 0);
    // One past the end has none: whoever adds a reason moves 'last'.
    CHECK(acs::message(static_cast<acs::end_reason>(last + 1)) == "unknown");
}

}  // namespace test_core_history
