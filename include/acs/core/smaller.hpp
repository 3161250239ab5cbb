// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_SMALLER_HPP
#define ACS_CORE_SMALLER_HPP

#include <acs/core/config.hpp>

// What std::min and std::max are. For these few lines every unit that includes the library would read the ten thousand of <algorithm>.
namespace acs::inline ACS_ABI {

template <class T>
[[nodiscard]] constexpr T const& smaller(T const& a, T const& b) noexcept {
    return b < a ? b : a;
}

template <class T>
[[nodiscard]] constexpr T const& larger(T const& a, T const& b) noexcept {
    return a < b ? b : a;
}

}  // namespace acs::inline ACS_ABI

#endif
