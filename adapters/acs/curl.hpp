// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HPP
#define ACS_CURL_HPP

#include <acs/curl/any_sink.hpp>
#include <acs/curl/head_check.hpp>
#include <acs/curl/options.hpp>
#include <acs/curl/sigpipe_guard.hpp>
#include <acs/curl/transfer.hpp>
#include <acs/curl/handle.hpp>
#include <acs/curl/blocking.hpp>

#endif
