// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <sts/endpoint.hpp>

#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_sts_endpoint {

namespace {

static_assert(sts::endpoint().host == "sts.aliyuncs.com" && sts::endpoint().scheme == acs::scheme::https);

constexpr auto hangzhou = sts::regional_host::of("cn-hangzhou");
static_assert(hangzhou && hangzhou->endpoint().host == "sts.cn-hangzhou.aliyuncs.com" && hangzhou->endpoint().region == "cn-hangzhou");
constexpr auto inside = sts::regional_host::of("us-east-1", sts::network::vpc);
static_assert(inside && inside->endpoint().host == "sts-vpc.us-east-1.aliyuncs.com" && inside->endpoint().region == "us-east-1");
static_assert(acs::check_host(inside->endpoint().host));

}  // namespace

TEST_CASE("A text that is no region's id makes no host", "[sts]") {
    for (std::string_view const text :
         {"", "-", "cn-", "cn{", "cn-1{", "-cn", "CN-hangzhou", "cn.hangzhou", "cn/", "a b", "a@b", "a:1", "cn\n", "\xE6\x9D\xAD"}) {
        INFO(text);
        auto const made = sts::regional_host::of(text);
        REQUIRE_FALSE(made);
        CHECK(acs::name(made.error().code) == "unknown_region");
        CHECK(made.error().where == text);
    }
    std::string const longest(sts::regional_host::max_region, 'r');
    for (auto const from : {sts::network::internet, sts::network::vpc}) {
        auto const made = sts::regional_host::of(longest, from);
        REQUIRE(made);
        CHECK(made->endpoint().region == longest);
        CHECK_FALSE(sts::regional_host::of(longest + "r", from));
    }
}

}  // namespace test_sts_endpoint
