// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HPP
#define ACS_CURL_HPP

#include <acs/curl/event_loop.hpp>
#include <acs/curl/head_check.hpp>
#include <acs/curl/header_list.hpp>
#include <acs/curl/options.hpp>
#include <acs/curl/sigpipe_guard.hpp>
#include <acs/curl/sockets.hpp>
#include <acs/curl/transfer.hpp>
#include <acs/curl/easy.hpp>
#include <acs/curl/handle.hpp>
#include <acs/curl/blocking.hpp>
#include <acs/curl/pending.hpp>
#include <acs/curl/engine.hpp>
#include <acs/curl/multi.hpp>

#endif
