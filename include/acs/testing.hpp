// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_HPP
#define ACS_TESTING_HPP

/// The test kit: the service, held in memory.
#include <acs.hpp>

#endif
