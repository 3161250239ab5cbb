// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef STS_ENDPOINT_HPP
#define STS_ENDPOINT_HPP

#include <acs/core/bounded_text.hpp>
#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/endpoint.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

// Where the service is: one host for all the world, and hosts of the regions, whose names follow a rule (protocol 8.2).
namespace sts::inline ACS_ABI {

/// From where the call is made.
enum class network : std::uint8_t {
    internet,  ///< anywhere
    vpc,       ///< a virtual private cloud in the same region
};

/// The host that serves every region.
[[nodiscard]] constexpr acs::endpoint endpoint() noexcept { return {.host = "sts.aliyuncs.com"}; }

/// The host of one region, whose name is held in place.
class regional_host {
public:
    static constexpr std::size_t max_region = 48;

    /// `sts.<region>.aliyuncs.com`, or `sts-vpc.<region>.aliyuncs.com`. errc::unknown_region for a text that is no region's id: lower-case
    /// letters, digits and hyphens. Whether there is such a region is not known here.
    [[nodiscard]] static constexpr acs::result<regional_host> of(std::string_view region, network from = network::internet) noexcept {
        bool good = !region.empty() && region.size() <= max_region && region.front() != '-' && region.back() != '-';
        for (char const c : region) good = good && (acs::is_digit(c) || (c >= 'a' && c <= 'z') || c == '-');
        if (!good) return acs::refuse(acs::errc::unknown_region, region);
        regional_host made;
        made.text_.write(from == network::vpc ? "sts-vpc." : "sts.");
        made.region_at_ = made.text_.view().size();
        made.text_.write(region);
        made.region_size_ = region.size();
        made.text_.write(".aliyuncs.com");
        return made;
    }

    /// Views this object.
    [[nodiscard]] constexpr acs::endpoint endpoint() const& noexcept {
        return {.host = text_.view(), .region = acs::first(acs::skip(text_.view(), region_at_), region_size_)};
    }
    acs::endpoint endpoint() const&& = delete;

private:
    acs::bounded_text<max_region + 21> text_{};
    std::size_t region_at_{};
    std::size_t region_size_{};
};

}  // namespace sts::inline ACS_ABI

#endif
