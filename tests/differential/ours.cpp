// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The library as it is used: with what the CPU offers.
#include "differential/ours.hpp"

acs_differential::library acs_differential::ours() { return this_library(); }
