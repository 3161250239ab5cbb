// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/conformance/transport.hpp>

#include <acs/curl.hpp>

#include "support/catch.hpp"
#include "support/conformance_table.hpp"
#include "support/curl_worlds.hpp"

namespace test_curl_conformance {

TEST_CASE("acs::curl is a transport by the book", "[curl]") {
    acs_tests::curl_world world;
    acs_tests::check_transport(world);
}

TEST_CASE("acs::curl_multi is a transport by the book", "[curl]") {
    acs_tests::curl_multi_world world;
    acs_tests::check_transport(world);
}

}  // namespace test_curl_conformance
