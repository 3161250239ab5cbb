// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_SORT_HPP
#define ACS_CORE_SORT_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <span>
#include <utility>

namespace acs::inline ACS_ABI {

/// Sorts in place by `operator<`, without recursion or allocation, in n log n (heap sort, which is small); not stable. What is in order
/// already costs one pass.
template <class T>
constexpr void sort_in_place(std::span<T> items) noexcept {
    std::size_t const n = items.size();
    bool sorted = true;
    for (std::size_t i = 1; i < n && sorted; ++i) sorted = !(items[i] < items[i - 1]);
    if (sorted) return;
    auto const sift = [items](std::size_t root, std::size_t end) {
        for (std::size_t child = 2 * root + 1; child < end; child = 2 * root + 1) {
            if (child + 1 < end && items[child] < items[child + 1]) ++child;
            if (!(items[root] < items[child])) return;
            std::swap(items[root], items[child]);
            root = child;
        }
    };
    for (std::size_t root = n / 2; root-- > 0;) sift(root, n);
    for (std::size_t end = n - 1; end > 0; --end) {
        std::swap(items[0], items[end]);
        sift(0, end);
    }
}

}  // namespace acs::inline ACS_ABI

#endif
