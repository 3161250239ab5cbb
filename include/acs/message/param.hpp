// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_PARAM_HPP
#define ACS_MESSAGE_PARAM_HPP

#include <acs/core/config.hpp>
#include <acs/core/sort.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Where a parameter travels.
enum class place : std::uint8_t {
    query,  ///< in the query of the target
    form,   ///< in the form-encoded body
};

/// What is known of how a parameter is encoded.
enum class spelling : std::uint8_t {
    unknown,
    plain,  ///< as it is
    date,   ///< as it is, but for the colons of a date
};

/// One parameter, not encoded.
struct param {
    std::string_view name{};   ///< wire name, case-sensitive
    std::string_view value{};  ///< raw value; empty is sent as `name=`
    place in = place::query;   ///< where it travels
    spelling how{};            ///< how it is encoded; the library's to set
};

/// Three-way comparison of names in byte order: < 0, 0, > 0. Most differ within their first bytes, for which no function is called.
[[nodiscard]] constexpr int compare_names(std::string_view a, std::string_view b) noexcept {
    if constexpr (!ACS_SMALL_CODE) {
        if (a.size() >= 2 && b.size() >= 2) {
            auto const front = [](std::string_view text) {
                return static_cast<unsigned>(static_cast<unsigned char>(text[0])) << 8 | static_cast<unsigned char>(text[1]);
            };
            unsigned const x = front(a), y = front(b);
            if (x != y) return x < y ? -1 : 1;
        }
    }
    return a.compare(b);
}

/// Canonical order: raw name in byte order, then value (protocol 1.3, 2.2).
[[nodiscard]] constexpr bool operator<(param const& a, param const& b) noexcept {
    int const order = compare_names(a.name, b.name);
    return order != 0 ? order < 0 : a.value < b.value;
}

/// Puts parameters in canonical order, in place.
constexpr void sort_params(std::span<param> params) noexcept { sort_in_place(params); }

}  // namespace acs::inline ACS_ABI

#endif
