// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Included before everything in the suite: preconditions trap, and a broken one in a constant expression does not compile.
#ifndef ACS_ASSERT
#define ACS_ASSERT(condition) ((condition) ? static_cast<void>(0) : __builtin_trap())
#endif
