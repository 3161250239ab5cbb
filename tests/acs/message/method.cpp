// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/method.hpp>

#include <array>
#include <string_view>

#include "support/catch.hpp"

TEST_CASE("methods are spelt in upper case, as a request line and a signature have them", "[message]") {
    using acs::method;
    STATIC_REQUIRE(acs::name(method::get) == "GET");
    STATIC_REQUIRE(acs::name(method::post) == "POST");
    STATIC_REQUIRE(acs::name(method::put) == "PUT");
    STATIC_REQUIRE(acs::name(method::patch) == "PATCH");
    STATIC_REQUIRE(acs::name(method::delete_) == "DELETE");
    STATIC_REQUIRE(acs::name(method::head) == "HEAD");
}

TEST_CASE("what is no method has an empty name", "[message]") {
    for (int value = 6; value < 256; ++value) CHECK(acs::name(static_cast<acs::method>(value)).empty());
}
