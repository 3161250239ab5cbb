// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_STRESS_ADAPTERS_HPP
#define ACS_TESTS_STRESS_ADAPTERS_HPP

#include <cstddef>

#include "stress/cases.hpp"

namespace acs_stress {

/// How much there is to do, and from which seed.
struct amounts {
    std::size_t calls = 2'000;
    std::size_t jobs = 200;
    unsigned seed = 1;
};

void stress_curl(amounts const&, tally&);
void stress_beast(amounts const&, tally&);

}  // namespace acs_stress

#endif
