// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_PARAM_HPP
#define ACS_MESSAGE_PARAM_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace acs::inline ACS_ABI {

/// Where a parameter travels.
enum class place : std::uint8_t {
    query,  ///< in the query of the target
    form,   ///< in the form-encoded body
};

/// One parameter, not encoded.
struct param {
    std::string_view name{};        ///< wire name, case-sensitive
    std::string_view value{};       ///< raw value; empty is sent as `name=`
    place in = place::query;        ///< where it travels
};

/// Canonical order: raw name in byte order, then value (protocol 1.3, 2.2).
[[nodiscard]] constexpr bool operator<(param const& a, param const& b) noexcept {
    int const order = a.name.compare(b.name);
    return order != 0 ? order < 0 : a.value < b.value;
}

/// Sorts in place, without recursion or allocation, in n log n; a list that is in order already costs one pass.
constexpr void sort_params(std::span<param> params) noexcept {
    std::size_t const n = params.size();
    bool sorted = true;
    for (std::size_t i = 1; i < n && sorted; ++i) sorted = !(params[i] < params[i - 1]);
    if (sorted) return;
    auto const sift = [&](std::size_t root, std::size_t end) {
        for (std::size_t child = 2 * root + 1; child < end; child = 2 * root + 1) {
            if (child + 1 < end && params[child] < params[child + 1]) ++child;
            if (!(params[root] < params[child])) return;
            std::swap(params[root], params[child]);
            root = child;
        }
    };
    for (std::size_t root = n / 2; root-- > 0;) sift(root, n);
    for (std::size_t end = n - 1; end > 0; --end) {
        std::swap(params[0], params[end]);
        sift(0, end);
    }
}

}  // namespace acs::inline ACS_ABI

#endif
