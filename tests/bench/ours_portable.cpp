// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The library in plain C++: this unit alone is compiled with ACS_PORTABLE.
#include "bench/ours.hpp"

#ifndef ACS_PORTABLE
#error "to be compiled with ACS_PORTABLE"
#endif

acs_bench::library acs_bench::ours_portable() { return this_library(); }
