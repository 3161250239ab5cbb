// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_WORKFLOW_PROGRESS_HPP
#define DATAWORKS_WORKFLOW_PROGRESS_HPP

#include <acs/core/config.hpp>
#include <acs/core/time.hpp>
#include <dataworks/workflow/checkpoint.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace dataworks::inline ACS_ABI {

/// How far a job is, for people. The status views the job.
struct job_progress {
    job_phase phase{};                         ///< which call is due
    std::uint16_t attempts{};                  ///< of that call so far
    std::uint32_t questions{};                 ///< answered so far
    std::uint32_t calls{};                     ///< requests sent so far, in all, by this process
    std::string_view status{};                 ///< what the service said last, as it said it, up to 32 bytes
    std::optional<std::int64_t> process_id{};  ///< of the generating process
    std::optional<acs::tick> next{};           ///< when the job goes on, if it waits
};

/// What goes on at the service after a job is over, or may.
struct leftover {
    std::optional<std::int64_t> process_id{};  ///< this generating process goes on; it harms nobody
    bool generation{};                         ///< a generating process may have been started
    bool task{};                               ///< the task may have been created or changed

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return process_id || generation || task; }
};

}  // namespace dataworks::inline ACS_ABI

#endif
