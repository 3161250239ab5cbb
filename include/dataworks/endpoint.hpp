// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_ENDPOINT_HPP
#define DATAWORKS_ENDPOINT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/endpoint.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Where the service is, region by region: endpoint map of the official library and the service's endpoint page, 2026-07.
namespace dataworks::inline ACS_ABI {

using namespace std::string_view_literals;

/// From where the call is made.
enum class network : std::uint8_t {
    internet,  ///< anywhere
    vpc,       ///< a virtual private cloud in the same region
};

namespace hosts {

inline constexpr std::string_view domain = ".aliyuncs.com"sv;
inline constexpr std::string_view central = "dataworks.aliyuncs.com"sv;

inline constexpr std::array<std::string_view, 24> of_regions{
    "dataworks.ap-northeast-1.aliyuncs.com"sv, "dataworks.ap-northeast-2.aliyuncs.com"sv,
    "dataworks.ap-southeast-1.aliyuncs.com"sv, "dataworks.ap-southeast-3.aliyuncs.com"sv,
    "dataworks.ap-southeast-5.aliyuncs.com"sv, "dataworks.ap-southeast-7.aliyuncs.com"sv,
    "dataworks.cn-beijing.aliyuncs.com"sv, "dataworks.cn-beijing-finance-1.aliyuncs.com"sv,
    "dataworks.cn-chengdu.aliyuncs.com"sv, "dataworks.cn-hangzhou.aliyuncs.com"sv,
    "dataworks.cn-hongkong.aliyuncs.com"sv, "dataworks.cn-north-2-gov-1.aliyuncs.com"sv,
    "dataworks.cn-shanghai.aliyuncs.com"sv, "dataworks.cn-shanghai-finance-1.aliyuncs.com"sv,
    "dataworks.cn-shenzhen.aliyuncs.com"sv, "dataworks.cn-shenzhen-finance-1.aliyuncs.com"sv,
    "dataworks.cn-wulanchabu.aliyuncs.com"sv, "dataworks.cn-zhangjiakou.aliyuncs.com"sv,
    "dataworks.eu-central-1.aliyuncs.com"sv, "dataworks.eu-west-1.aliyuncs.com"sv,
    "dataworks.me-central-1.aliyuncs.com"sv, "dataworks.me-east-1.aliyuncs.com"sv,
    "dataworks.us-east-1.aliyuncs.com"sv, "dataworks.us-west-1.aliyuncs.com"sv};

inline constexpr std::array<std::string_view, 22> in_vpc{
    "dataworks-vpc.ap-northeast-1.aliyuncs.com"sv, "dataworks-vpc.ap-northeast-2.aliyuncs.com"sv,
    "dataworks-vpc.ap-southeast-1.aliyuncs.com"sv, "dataworks-vpc.ap-southeast-3.aliyuncs.com"sv,
    "dataworks-vpc.ap-southeast-5.aliyuncs.com"sv, "dataworks-vpc.ap-southeast-7.aliyuncs.com"sv,
    "dataworks-vpc.cn-beijing.aliyuncs.com"sv, "dataworks-vpc.cn-chengdu.aliyuncs.com"sv,
    "dataworks-vpc.cn-hangzhou.aliyuncs.com"sv, "dataworks-vpc.cn-hongkong.aliyuncs.com"sv,
    "dataworks-vpc.cn-shanghai.aliyuncs.com"sv, "dataworks-vpc.cn-shanghai-finance-1.aliyuncs.com"sv,
    "dataworks-vpc.cn-shenzhen.aliyuncs.com"sv, "dataworks-vpc.cn-shenzhen-finance-1.aliyuncs.com"sv,
    "dataworks-vpc.cn-wulanchabu.aliyuncs.com"sv, "dataworks-vpc.cn-zhangjiakou.aliyuncs.com"sv,
    "dataworks-vpc.eu-central-1.aliyuncs.com"sv, "dataworks-vpc.eu-west-1.aliyuncs.com"sv,
    "dataworks-vpc.me-central-1.aliyuncs.com"sv, "dataworks-vpc.me-east-1.aliyuncs.com"sv,
    "dataworks-vpc.us-east-1.aliyuncs.com"sv, "dataworks-vpc.us-west-1.aliyuncs.com"sv};

/// Regions that the central host serves.
inline constexpr std::array<std::string_view, 36> central_regions{
    "ap-northeast-2-pop"sv, "ap-south-1"sv, "ap-southeast-2"sv, "cn-beijing-finance-pop"sv,
    "cn-beijing-gov-1"sv, "cn-beijing-nu16-b01"sv, "cn-edge-1"sv, "cn-fujian"sv,
    "cn-haidian-cm12-c01"sv, "cn-hangzhou-bj-b01"sv, "cn-hangzhou-finance"sv, "cn-hangzhou-internal-prod-1"sv,
    "cn-hangzhou-internal-test-1"sv, "cn-hangzhou-internal-test-2"sv, "cn-hangzhou-internal-test-3"sv, "cn-hangzhou-test-306"sv,
    "cn-hongkong-finance-pop"sv, "cn-huhehaote"sv, "cn-huhehaote-nebula-1"sv, "cn-qingdao"sv,
    "cn-qingdao-nebula"sv, "cn-shanghai-et15-b01"sv, "cn-shanghai-et2-b01"sv, "cn-shanghai-inner"sv,
    "cn-shanghai-internal-test-1"sv, "cn-shenzhen-inner"sv, "cn-shenzhen-st4-d01"sv, "cn-shenzhen-su18-b01"sv,
    "cn-wuhan"sv, "cn-yushanfang"sv, "cn-zhangbei"sv, "cn-zhangbei-na61-b01"sv,
    "cn-zhangjiakou-na62-a01"sv, "cn-zhengzhou-nebula-1"sv, "eu-west-1-oxs"sv, "rus-west-1-pop"sv};

/// The region in a host's name.
[[nodiscard]] constexpr std::string_view region_of(std::string_view host) noexcept {
    std::size_t const dot = host.find('.');
    return {host.data() + dot + 1, host.size() - dot - 1 - domain.size()};
}

}  // namespace hosts

/// The endpoint of a region, by its id, such as `cn-hangzhou`. Texts of the endpoint live for ever. errc::unknown_region and
/// errc::no_network_host (the region has no host of its own in a VPC), where `where` is the region given, say how to name a host oneself.
/// Nothing is guessed.
[[nodiscard]] constexpr acs::result<acs::endpoint> endpoint(std::string_view region, network from = network::internet) noexcept {
    if (from == network::vpc) {
        for (std::string_view const host : hosts::in_vpc)
            if (hosts::region_of(host) == region) return acs::endpoint{host, acs::scheme::https, hosts::region_of(host)};
    }
    bool known = false;
    for (std::string_view const host : hosts::of_regions) {
        if (hosts::region_of(host) != region) continue;
        if (from == network::internet) return acs::endpoint{host, acs::scheme::https, hosts::region_of(host)};
        known = true;
    }
    for (std::string_view const central : hosts::central_regions) {
        if (central != region) continue;
        if (from == network::internet) return acs::endpoint{hosts::central, acs::scheme::https, central};
        known = true;
    }
    return acs::refuse(known ? acs::errc::no_network_host : acs::errc::unknown_region, region);
}

}  // namespace dataworks::inline ACS_ABI

#endif
