// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Part of what the program `simulation` does, under the sanitizers.
#include "support/simulation.hpp"

#include "support/catch.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace sim = acs_tests::simulation;

TEST_CASE("Jobs end, within their budgets, and nothing happens twice, whatever goes wrong", "[workflow]") {
    char const* const given = std::getenv("ACS_SIM_SEED");
    std::uint64_t const seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 1'000'000;
    constexpr std::uint64_t jobs = 500;
    std::printf("simulation of %llu jobs, first seed %llu\n", static_cast<unsigned long long>(jobs), static_cast<unsigned long long>(seed));
    sim::outcome const o = sim::run(seed, jobs);
    INFO("repeat it with ACS_SIM_SEED=" << o.seed << ", or: simulation --seed " << o.seed << " --jobs 1");
    if (!o.wrong.empty()) FAIL(o.wrong);
    CHECK(o.counts.done > jobs / 4);
    CHECK(o.counts.resumes > jobs / 4);
}
