// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The library as it is used: with what the CPU offers.
#include "bench/ours.hpp"

acs_bench::library acs_bench::ours() { return this_library(); }
