// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_VERSION_HPP
#define ACS_VERSION_HPP

/// The one place that states the version; CMake and the amalgamation read it from here.
#define ACS_VERSION_MAJOR 0
#define ACS_VERSION_MINOR 1
#define ACS_VERSION_PATCH 0
#define ACS_VERSION_TEXT "0.1.0"

/// Inline namespace of everything in `acs` and `dataworks`: the whole version, so that two vendored copies can share a program. So can
/// units with and without ACS_PORTABLE, which leaves out every use of particular CPU instructions: the smallest code, and no state at all.
#ifdef ACS_PORTABLE
#define ACS_ABI v0_1_0_portable
#else
#define ACS_ABI v0_1_0
#endif

#endif
