// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/endpoint.hpp>

#include <acs/json/find.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

namespace test_dataworks_endpoint {

using acs::errc;
using dataworks::network;

namespace {

/// A row of api/endpoints.json; an empty host is none.
struct region_row {
    std::string region{};
    std::string open{};
    std::string vpc{};
};

std::string text_at(std::string_view text, std::string const& path) {
    auto const found = acs::find_json(text, path);
    REQUIRE(found);
    return std::string(found->kind == acs::json_kind::null ? std::string_view() : found->text);
}

std::vector<region_row> const& rows() {
    static std::vector<region_row> const all = [] {
        std::string const file = acs_tests::file_text("api/endpoints.json"), regions = text_at(file, "regions");
        std::vector<region_row> made;
        for (int i = 0;; ++i) {
            std::string const row = text_at(regions, std::to_string(i));
            if (row.empty()) break;
            made.push_back({text_at(row, "region"), text_at(row, "public"), text_at(row, "vpc")});
        }
        REQUIRE(made.size() == 60);
        REQUIRE(text_at(file, "counts.regions") == "60");
        return made;
    }();
    return all;
}

/// The failure, which must name the region.
errc refused(std::string_view region, network from) {
    auto const to = dataworks::endpoint(region, from);
    INFO("region '" << region << "'");
    REQUIRE_FALSE(to);
    CHECK(to.error().origin == acs::origin::caller);
    CHECK(to.error().delivery == acs::delivery::not_sent);
    CHECK(to.error().where == region);
    return to.error().code;
}

void check_found(region_row const& row, std::string_view host, network from) {
    auto const to = dataworks::endpoint(row.region, from);
    INFO(row.region);
    REQUIRE(to);
    CHECK(to->host == host);
    CHECK(to->region == row.region);
    CHECK(to->region.data() != row.region.data());  // it lives for ever, the caller's text may not
    CHECK(to->scheme == acs::scheme::https);
    CHECK(acs::check_host(to->host));
}

constexpr acs::endpoint beijing = *dataworks::endpoint("cn-beijing");

}  // namespace

TEST_CASE("every region has the public host that is documented", "[dataworks]") {
    for (region_row const& row : rows()) check_found(row, row.open, network::internet);
    STATIC_REQUIRE(beijing.host == "dataworks.cn-beijing.aliyuncs.com");
    STATIC_REQUIRE(beijing.region == "cn-beijing");
}

TEST_CASE("every region has the host in its VPC that is documented; where none is, the error says so", "[dataworks]") {
    std::size_t found = 0;
    for (region_row const& row : rows()) {
        if (row.vpc.empty()) {
            CHECK(refused(row.region, network::vpc) == errc::no_network_host);
        } else {
            check_found(row, row.vpc, network::vpc);
            ++found;
        }
    }
    CHECK(found == 22);
    STATIC_REQUIRE(dataworks::endpoint("us-east-1", network::vpc)->host == "dataworks-vpc.us-east-1.aliyuncs.com");
}

TEST_CASE("no host and no region is known that is not documented", "[dataworks]") {
    auto const documented = [](auto const& test) { return std::count_if(rows().begin(), rows().end(), test) == 1; };
    for (std::string_view const host : dataworks::hosts::of_regions)
        CHECK(documented([&](region_row const& row) { return row.open == host && row.region == dataworks::hosts::region_of(host); }));
    for (std::string_view const host : dataworks::hosts::in_vpc)
        CHECK(documented([&](region_row const& row) { return row.vpc == host && row.region == dataworks::hosts::region_of(host); }));
    for (std::string_view const region : dataworks::hosts::central_regions)
        CHECK(documented([&](region_row const& row) { return row.region == region && row.open == dataworks::hosts::central; }));
    CHECK(dataworks::hosts::of_regions.size() + dataworks::hosts::central_regions.size() == rows().size());
}

TEST_CASE("nothing is guessed: an unknown region is an error that says how to name a host", "[dataworks]") {
    for (std::string_view const region :
         {"", " ", "cn", "cn-", "cn-hangzhou ", " cn-hangzhou", "CN-HANGZHOU", "cn_hangzhou", "cn-hangzhou-", "cn-hangzho", "cn-hangzhouu",
          "cn-hangzhou.aliyuncs.com", ".aliyuncs.com", "aliyuncs.com", "dataworks", "dataworks.cn-hangzhou",
          "dataworks.cn-hangzhou.aliyuncs.com", "mars-north-1", "*", "cn-hangzhou\n", "evil.example/", "us-west-2", "eu-central", "1"})
        for (network const from : {network::internet, network::vpc}) CHECK(refused(region, from) == errc::unknown_region);
    CHECK(refused({"cn-hangzhou\0", 12}, network::internet) == errc::unknown_region);
    for (errc const code : {errc::unknown_region, errc::no_network_host})
        CHECK(acs::message(code).find("acs::endpoint{.host = ") != std::string_view::npos);
    CHECK(acs::message(errc::unknown_region).find("region") != std::string_view::npos);
}

TEST_CASE("finding an endpoint takes no memory", "[dataworks]") {
    acs_tests::no_allocations watch;
    bool const found = dataworks::endpoint("cn-shanghai").has_value(), unknown = dataworks::endpoint("nowhere").has_value();
    watch.check();
    CHECK(found);
    CHECK_FALSE(unknown);
}

}  // namespace test_dataworks_endpoint
