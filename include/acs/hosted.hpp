// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_HPP
#define ACS_HOSTED_HPP

/// Conveniences for hosted programs: heap, environment, clock, entropy, printing.
#include <acs.hpp>

#include <acs/hosted/answer.hpp>
#include <acs/hosted/any_sink.hpp>
#include <acs/hosted/async_client.hpp>
#include <acs/hosted/awaiting.hpp>
#include <acs/hosted/blocking.hpp>
#include <acs/hosted/callbacks.hpp>
#include <acs/hosted/client.hpp>
#include <acs/hosted/coroutine.hpp>
#include <acs/hosted/deadlines.hpp>
#include <acs/hosted/environment.hpp>
#include <acs/hosted/heap_block.hpp>
#include <acs/hosted/heap_box.hpp>
#include <acs/hosted/in_flight.hpp>
#include <acs/hosted/print.hpp>
#include <acs/hosted/system.hpp>
#include <acs/hosted/system_refreshing.hpp>
#include <acs/hosted/task.hpp>
#include <acs/hosted/worlds.hpp>

#endif
