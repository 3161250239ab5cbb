// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_HPP
#define ACS_TESTING_CONFORMANCE_HPP

/// The conformance kit: what a transport of one's own has to do.
#include <acs/testing.hpp>

#include <acs/testing/conformance/answers.hpp>
#include <acs/testing/conformance/case.hpp>
#include <acs/testing/conformance/deadlines.hpp>
#include <acs/testing/conformance/framing.hpp>
#include <acs/testing/conformance/methods.hpp>
#include <acs/testing/conformance/pooling.hpp>
#include <acs/testing/conformance/probe.hpp>
#include <acs/testing/conformance/report.hpp>
#include <acs/testing/conformance/security.hpp>
#include <acs/testing/conformance/transport.hpp>
#include <acs/testing/conformance/wire.hpp>
#include <acs/testing/conformance/world.hpp>

#endif
