// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/call_head.hpp>

#include <type_traits>

#include "support/catch.hpp"

TEST_CASE("a head that says no more than action and version is an RPC operation sent by POST, which may change something", "[message]") {
    constexpr acs::call_head head{"CreateDISyncTask", "2020-05-18"};
    STATIC_REQUIRE(head.action == "CreateDISyncTask");
    STATIC_REQUIRE(head.version == "2020-05-18");
    STATIC_REQUIRE(head.verb == acs::method::post);
    STATIC_REQUIRE(head.style == acs::api_style::rpc);
    STATIC_REQUIRE(head.path == "/");
    STATIC_REQUIRE_FALSE(head.reads);
}

TEST_CASE("a head is a plain value", "[message]") {
    STATIC_REQUIRE(std::is_aggregate_v<acs::call_head>);
    STATIC_REQUIRE(std::is_trivially_copyable_v<acs::call_head>);
}
