// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_FIELD_HPP
#define ACS_MESSAGE_FIELD_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// One header field. Names compare without regard to case.
struct field {
    std::string_view name{};   ///< such as `x-acs-date`
    std::string_view value{};  ///< without surrounding white space
};

/// Order of the signed headers: name without regard to case, then trimmed value (protocol 2.2).
[[nodiscard]] constexpr bool operator<(field const& a, field const& b) noexcept {
    int const order = compare_ignoring_case(a.name, b.name);
    return order != 0 ? order < 0 : trim(a.value) < trim(b.value);
}

/// The value of the first field of that name, trimmed; null data if there is none. Points into the field.
[[nodiscard]] ACS_OUTLINE constexpr std::string_view find_field(std::span<field const> const& fields, char const* name,
                                                                std::size_t size) noexcept {
    for (field const& f : fields)
        if (equal_ignoring_case(f.name, {name, size})) return trim(f.value);
    return {};
}
[[nodiscard]] constexpr std::string_view find_field(std::span<field const> const& fields, std::string_view name) noexcept {
    return find_field(fields, name.data(), name.size());
}

}  // namespace acs::inline ACS_ABI

#endif
