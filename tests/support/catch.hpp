// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Catch2, whichever version the machine has: 2.13 or 3.
#ifndef ACS_TESTS_SUPPORT_CATCH_HPP
#define ACS_TESTS_SUPPORT_CATCH_HPP

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#endif
