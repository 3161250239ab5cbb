// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_HPP
#define ACS_HOSTED_HPP

/// Conveniences for hosted programs: heap, environment, clock, entropy, printing.
#include <acs.hpp>

#endif
