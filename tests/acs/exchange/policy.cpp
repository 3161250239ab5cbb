// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/policy.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <vector>

namespace test_exchange_policy {

using acs::moment;
using acs::retry_policy;

namespace {

/// A moment whose entropy begins with that number.
constexpr moment with_entropy(std::uint32_t number) {
    moment m{};
    for (std::size_t i = 0; i < 4; ++i) m.random[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    return m;
}

constexpr std::uint32_t waits(std::uint32_t first, std::uint32_t max, int attempts, std::uint32_t entropy) {
    retry_policy const policy{.first_wait_ms = first, .max_wait_ms = max};
    return acs::backoff_ms(policy, static_cast<std::uint16_t>(attempts), with_entropy(entropy));
}

constexpr std::uint32_t all = UINT32_MAX, half = 1U << 31;

// The defaults: 500 ms, doubled from attempt to attempt up to 20 s, of which the upper half is left to chance.
static_assert(waits(500, 20'000, 1, 0) == 250 && waits(500, 20'000, 1, half) == 375 && waits(500, 20'000, 1, all) == 500);
static_assert(waits(500, 20'000, 2, 0) == 500 && waits(500, 20'000, 2, all) == 1000);
static_assert(waits(500, 20'000, 6, 0) == 8000 && waits(500, 20'000, 6, all) == 16'000);
static_assert(waits(500, 20'000, 7, 0) == 10'000 && waits(500, 20'000, 7, all) == 20'000);
static_assert(waits(500, 20'000, 65'535, all) == 20'000);
static_assert(waits(0, 20'000, 9, all) == 0 && waits(500, 0, 9, all) == 0);
static_assert(waits(1, 10, 1, 0) == 1 && waits(1, 10, 1, all) == 1);
static_assert(waits(all, all, 2, all) == all && waits(all, all, 65'535, 0) == half);

static_assert(acs::later({5}, 7) == acs::tick{12});
static_assert(acs::later({5}, UINT64_MAX) == acs::tick{UINT64_MAX});
static_assert(acs::later({UINT64_MAX - 7}, 7) == acs::tick{UINT64_MAX});
static_assert(acs::later({UINT64_MAX}, 0) == acs::tick{UINT64_MAX});

static_assert(acs::single_attempt.max_attempts == 1);
static_assert(retry_policy{}.max_attempts > 1 && retry_policy{}.deadline_ms > retry_policy{}.attempt_timeout_ms);

}  // namespace

TEST_CASE("a wait lies between half and all of the doubled first wait, or of the longest", "[exchange]") {
    constexpr std::array<std::uint32_t, 12> sizes{0, 1, 2, 3, 499, 500, 20'000, half - 1, half, half + 1, all - 1, all};
    for (std::uint32_t const first : sizes)
        for (std::uint32_t const max : sizes)
            for (int attempts = 0; attempts <= 70; ++attempts) {
                // Without a limit to its size, and so without care.
                long double wide = first;  // exact: a power of two times a number of 32 bits
                for (int i = 1; i < attempts; ++i) wide *= 2;
                auto const top = static_cast<std::uint32_t>(std::min<long double>(wide, max));
                std::uint32_t const least = waits(first, max, attempts, 0), most = waits(first, max, attempts, all);
                if (least != top - top / 2 || most != top) {
                    INFO(first << " up to " << max << ", after " << attempts << " attempts");
                    CHECK(least == top - top / 2);
                    CHECK(most == top);
                }
            }
    SUCCEED();
}

TEST_CASE("chance is spread evenly over all that may be drawn, both ends included", "[exchange]") {
    for (std::uint32_t const max : {0U, 1U, 2U, 6U, 255U}) {
        // Of 2^16 numbers spread over the entropy, each value gets its share, give or take one.
        std::vector<std::uint32_t> hits(max + 1);
        for (std::uint32_t i = 0; i < 65'536; ++i) {
            std::uint32_t const drawn = acs::draw(with_entropy(i << 16), max);
            REQUIRE(drawn <= max);
            ++hits[drawn];
        }
        std::uint32_t const share = 65'536 / (max + 1);
        for (std::uint32_t const n : hits) CHECK((n == share || n == share + 1));
    }
    CHECK(acs::draw(with_entropy(all), all) == all);
    CHECK(acs::draw(with_entropy(0), all) == 0);
    CHECK(acs::draw(with_entropy(12345), all) == 12345);
}

TEST_CASE("a wait does not depend on bytes that no number is made of", "[exchange]") {
    std::mt19937 random(1);
    for (int i = 0; i < 200; ++i) {
        moment m = with_entropy(static_cast<std::uint32_t>(random()));
        std::uint32_t const wait = acs::backoff_ms({}, 3, m);
        for (std::size_t at = 4; at < m.random.size(); ++at) m.random[at] = static_cast<std::uint8_t>(random());
        CHECK(acs::backoff_ms({}, 3, m) == wait);
    }
}

}  // namespace test_exchange_policy
