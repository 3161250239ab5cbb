// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// How much of a long test to do.
#ifndef ACS_TESTS_SUPPORT_EFFORT_HPP
#define ACS_TESTS_SUPPORT_EFFORT_HPP

namespace acs_tests {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

/// What a long test divides its rounds by: 1 where the suite is optimised. Where each step is watched it is many times slower, and what
/// the sanitizers look for shows in a sample as well.
inline constexpr int thinned = sanitized ? 16 : 1;

}  // namespace acs_tests

#endif
