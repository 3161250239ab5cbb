// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// How much of a long test to do.
#ifndef ACS_TESTS_SUPPORT_EFFORT_HPP
#define ACS_TESTS_SUPPORT_EFFORT_HPP

namespace acs_tests {

#ifdef __OPTIMIZE__
inline constexpr bool optimised = true;
#else
inline constexpr bool optimised = false;
#endif

/// What a long test divides its rounds by: 1 where the suite is optimised, as one of .ci/run is. Elsewhere, and under sanitizers, each step
/// is many times slower, and a sample has to do.
inline constexpr int thinned = optimised ? 1 : 16;

}  // namespace acs_tests

#endif
