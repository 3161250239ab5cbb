// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The library in plain C++: this unit alone is compiled with ACS_PORTABLE.
#include "differential/ours.hpp"

#ifndef ACS_PORTABLE
#error "to be compiled with ACS_PORTABLE"
#endif

acs_differential::library acs_differential::ours_portable() { return this_library(); }
