// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef STS_HPP
#define STS_HPP

/// Session credentials: STS, on top of acs.
#include <acs.hpp>

#include <sts/assume_role.hpp>
#include <sts/assumed_role.hpp>
#include <sts/endpoint.hpp>

#endif
