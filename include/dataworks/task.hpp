// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_TASK_HPP
#define DATAWORKS_TASK_HPP

#include <acs/core/config.hpp>
#include <acs/operation/shape.hpp>

#include <cstdint>
#include <string_view>

// What the operations on synchronization tasks have in common.
namespace dataworks::inline ACS_ABI {

/// Version of the API that every operation here belongs to.
inline constexpr std::string_view api_version = "2020-05-18";

/// Kinds of synchronization task. Open: the service may know more, and takes their text as it is.
namespace task_type {
inline constexpr std::string_view di_offline = "DI_OFFLINE";    ///< batch
inline constexpr std::string_view di_realtime = "DI_REALTIME";  ///< real-time
inline constexpr std::string_view di_solution = "DI_SOLUTION";  ///< a solution that holds several tasks
}  // namespace task_type

/// What `Data.Status` says. Open: any other text, or none, means that the process goes on.
namespace status {
inline constexpr std::string_view success = "success";
inline constexpr std::string_view fail = "fail";
}  // namespace status

/// How far the operation itself came: the third layer of success, above the HTTP status and the reply's `Success`.
enum class phase : std::uint8_t {
    pending,  ///< go on asking
    done,     ///< the result is there
    failed,   ///< `data.message` says why
};

/// Bounds of the service's own (api metadata).
inline constexpr acs::range project_ids{1, 10'000'000'000};
inline constexpr acs::range process_ids{1, 9'999'999'999'999'999};
inline constexpr acs::range task_ids{0, 9'999'999'999'999'999};
inline constexpr acs::range file_ids{1, INT64_MAX};

}  // namespace dataworks::inline ACS_ABI

#endif
