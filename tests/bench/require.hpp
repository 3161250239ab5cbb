// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_BENCH_REQUIRE_HPP
#define ACS_TESTS_BENCH_REQUIRE_HPP

#include <cstdio>
#include <cstdlib>

namespace acs_bench {

/// A contender that does other work than the rest of its case must not be measured.
inline void require(bool condition, char const* what) {
    if (condition) return;
    std::fprintf(stderr, "bench: %s\n", what);
    std::abort();
}

}  // namespace acs_bench

#endif
