// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/worlds.hpp>

#include <acs/hosted/awaiting.hpp>

#include "support/drivers.hpp"
#include "support/world.hpp"

#include <type_traits>

namespace test_hosted_worlds {

using calling = acs_tests::callback_world<acs_tests::canned_transport>;
using awaited = acs_tests::coroutine_world<acs_tests::canned_transport>;

static_assert(acs::callback_world<calling> && !acs::awaited_world<calling>);
static_assert(acs::awaited_world<awaited> && !acs::callback_world<awaited>);
static_assert(acs::awaited_world<acs::awaiting<calling>>);
static_assert(acs::check_callback_world<calling>() && acs::check_awaited_world<awaited>());

// Drivers give it no more than it takes.
static_assert(std::is_invocable_v<acs::done_archetype, acs::result<void> const&> && std::is_invocable_v<acs::waited_archetype, bool>);

}  // namespace test_hosted_worlds
