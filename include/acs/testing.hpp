// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_HPP
#define ACS_TESTING_HPP

/// The test kit: the service, held in memory.
#include <acs.hpp>

#include <acs/testing/access_keys.hpp>
#include <acs/testing/executions.hpp>
#include <acs/testing/gateway.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/recorded_exchange.hpp>
#include <acs/testing/recording.hpp>
#include <acs/testing/replay.hpp>
#include <acs/testing/replies.hpp>
#include <acs/testing/samples.hpp>
#include <acs/testing/script.hpp>
#include <acs/testing/scrub.hpp>
#include <acs/testing/transcript.hpp>
#include <acs/testing/verify.hpp>

#endif
