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

/// From where the call is made.
enum class network : std::uint8_t {
    internet,  ///< anywhere
    vpc,       ///< a virtual private cloud in the same region
};

namespace hosts {

inline constexpr std::string_view domain = ".aliyuncs.com";
inline constexpr std::string_view central = "dataworks.aliyuncs.com";

inline constexpr std::array<std::string_view, 24> of_regions{
    "dataworks.ap-northeast-1.aliyuncs.com", "dataworks.ap-northeast-2.aliyuncs.com",
    "dataworks.ap-southeast-1.aliyuncs.com", "dataworks.ap-southeast-3.aliyuncs.com",
    "dataworks.ap-southeast-5.aliyuncs.com", "dataworks.ap-southeast-7.aliyuncs.com",
    "dataworks.cn-beijing.aliyuncs.com", "dataworks.cn-beijing-finance-1.aliyuncs.com",
    "dataworks.cn-chengdu.aliyuncs.com", "dataworks.cn-hangzhou.aliyuncs.com",
    "dataworks.cn-hongkong.aliyuncs.com", "dataworks.cn-north-2-gov-1.aliyuncs.com",
    "dataworks.cn-shanghai.aliyuncs.com", "dataworks.cn-shanghai-finance-1.aliyuncs.com",
    "dataworks.cn-shenzhen.aliyuncs.com", "dataworks.cn-shenzhen-finance-1.aliyuncs.com",
    "dataworks.cn-wulanchabu.aliyuncs.com", "dataworks.cn-zhangjiakou.aliyuncs.com",
    "dataworks.eu-central-1.aliyuncs.com", "dataworks.eu-west-1.aliyuncs.com",
    "dataworks.me-central-1.aliyuncs.com", "dataworks.me-east-1.aliyuncs.com",
    "dataworks.us-east-1.aliyuncs.com", "dataworks.us-west-1.aliyuncs.com"};

inline constexpr std::array<std::string_view, 22> in_vpc{
    "dataworks-vpc.ap-northeast-1.aliyuncs.com", "dataworks-vpc.ap-northeast-2.aliyuncs.com",
    "dataworks-vpc.ap-southeast-1.aliyuncs.com", "dataworks-vpc.ap-southeast-3.aliyuncs.com",
    "dataworks-vpc.ap-southeast-5.aliyuncs.com", "dataworks-vpc.ap-southeast-7.aliyuncs.com",
    "dataworks-vpc.cn-beijing.aliyuncs.com", "dataworks-vpc.cn-chengdu.aliyuncs.com",
    "dataworks-vpc.cn-hangzhou.aliyuncs.com", "dataworks-vpc.cn-hongkong.aliyuncs.com",
    "dataworks-vpc.cn-shanghai.aliyuncs.com", "dataworks-vpc.cn-shanghai-finance-1.aliyuncs.com",
    "dataworks-vpc.cn-shenzhen.aliyuncs.com", "dataworks-vpc.cn-shenzhen-finance-1.aliyuncs.com",
    "dataworks-vpc.cn-wulanchabu.aliyuncs.com", "dataworks-vpc.cn-zhangjiakou.aliyuncs.com",
    "dataworks-vpc.eu-central-1.aliyuncs.com", "dataworks-vpc.eu-west-1.aliyuncs.com",
    "dataworks-vpc.me-central-1.aliyuncs.com", "dataworks-vpc.me-east-1.aliyuncs.com",
    "dataworks-vpc.us-east-1.aliyuncs.com", "dataworks-vpc.us-west-1.aliyuncs.com"};

/// Regions that the central host serves.
inline constexpr std::array<std::string_view, 36> central_regions{
    "ap-northeast-2-pop", "ap-south-1", "ap-southeast-2", "cn-beijing-finance-pop",
    "cn-beijing-gov-1", "cn-beijing-nu16-b01", "cn-edge-1", "cn-fujian",
    "cn-haidian-cm12-c01", "cn-hangzhou-bj-b01", "cn-hangzhou-finance", "cn-hangzhou-internal-prod-1",
    "cn-hangzhou-internal-test-1", "cn-hangzhou-internal-test-2", "cn-hangzhou-internal-test-3", "cn-hangzhou-test-306",
    "cn-hongkong-finance-pop", "cn-huhehaote", "cn-huhehaote-nebula-1", "cn-qingdao",
    "cn-qingdao-nebula", "cn-shanghai-et15-b01", "cn-shanghai-et2-b01", "cn-shanghai-inner",
    "cn-shanghai-internal-test-1", "cn-shenzhen-inner", "cn-shenzhen-st4-d01", "cn-shenzhen-su18-b01",
    "cn-wuhan", "cn-yushanfang", "cn-zhangbei", "cn-zhangbei-na61-b01",
    "cn-zhangjiakou-na62-a01", "cn-zhengzhou-nebula-1", "eu-west-1-oxs", "rus-west-1-pop"};

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
