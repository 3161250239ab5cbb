// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_HPP
#define ACS_BEAST_HPP

#include <acs/beast/options.hpp>
#include <acs/beast/tls.hpp>
#include <acs/beast/place.hpp>
#include <acs/beast/answer_parser.hpp>
#include <acs/beast/outgoing.hpp>
#include <acs/beast/connection.hpp>
#include <acs/beast/engine.hpp>
#include <acs/beast/blocking.hpp>
#include <acs/beast/handlers.hpp>
#include <acs/beast/client.hpp>
#include <acs/beast/awaited.hpp>

#endif
