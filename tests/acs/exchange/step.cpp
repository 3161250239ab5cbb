// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/step.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace test_exchange_step {

namespace {

using acs::action;
using acs::step;

static_assert(step{action::wait, 0, {1500}}.wait_ms({1000}) == 500);
static_assert(step{action::wait, 0, {1500}}.wait_ms({1500}) == 0);
static_assert(step{action::wait, 0, {1500}}.wait_ms({1501}) == 0);
static_assert(step{action::wait, 0, {UINT64_MAX}}.wait_ms({0}) == UINT64_MAX);
static_assert(step{action::send, 30'000, {}}.wait_ms({7}) == 0);
static_assert(step{action::send, 1, {}} == step{action::send, 1, {}});
static_assert(step{action::send, 1, {}} != step{action::send, 2, {}});
static_assert(step{action::wait, 0, {1}} != step{action::wait, 0, {2}});
static_assert(step{action::done, 0, {}} != step{action::failed, 0, {}});

}  // namespace

TEST_CASE("a wait is never negative", "[exchange]") {
    for (std::uint64_t until = 0; until < 50; ++until)
        for (std::uint64_t now = 0; now < 50; ++now) {
            std::uint64_t const wait = step{action::wait, 0, {until}}.wait_ms({now});
            CHECK(wait == (now < until ? until - now : 0));
        }
}

TEST_CASE("steps are equal if all that they say is", "[exchange]") {
    step const one{action::wait, 1, {1}};
    CHECK(step{action::wait, 1, {1}} == one);
    CHECK_FALSE(step{action::done, 1, {1}} == one);
    CHECK_FALSE(step{action::wait, 2, {1}} == one);
    CHECK_FALSE(step{action::wait, 1, {2}} == one);
}

}  // namespace test_exchange_step
