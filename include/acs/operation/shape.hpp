// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_SHAPE_HPP
#define ACS_OPERATION_SHAPE_HPP

#include <acs/core/config.hpp>

#include <cstdint>

namespace acs::inline ACS_ABI {

/// What a value is, for whoever walks a table of parameters or members.
enum class shape : std::uint8_t { text, integer, boolean, number, object, array };

[[nodiscard]] constexpr bool is_scalar(shape s) noexcept { return s != shape::object && s != shape::array; }

/// The bounds of an integer, both included.
struct range {
    std::int64_t min{};
    std::int64_t max{};
};

/// The bounds of an integer that has none of its own.
inline constexpr range unbounded{INT64_MIN, INT64_MAX};

}  // namespace acs::inline ACS_ABI

#endif
