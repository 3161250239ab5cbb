// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_WORKFLOW_PLAN_HPP
#define DATAWORKS_WORKFLOW_PLAN_HPP

#include <acs/core/config.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>
#include <dataworks/task.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

// What a job is to bring about, and the calls it makes for that. Views only.
namespace dataworks::inline ACS_ABI {

/// Which of the two a job is.
enum class job_kind : std::uint8_t { creating, updating };

/// A new synchronization task. Members as in `create_di_sync_task`, unless stated.
struct new_sync_task {
    using generation = generate_di_sync_task_config_for_creating;
    using operation = create_di_sync_task;
    static constexpr job_kind kind = job_kind::creating;

    std::optional<std::int64_t> project_id{};
    std::string_view task_type = task_type::di_realtime;
    std::string_view task_name{};
    std::string_view source_and_target{};  ///< `TaskParam` of GenerateDISyncTaskConfigForCreating; not for batch tasks
    std::string_view task_content{};       ///< of a batch task, which nobody generates
    std::string_view task_param{};         ///< folder and resource group
    std::string_view generation_token{};   ///< client token for generating; empty: one is made
    std::string_view client_token{};       ///< client token for creating; empty: one is made

    [[nodiscard]] constexpr generation generate() const noexcept {
        return {.project_id = project_id, .task_type = task_type, .task_param = source_and_target, .client_token = generation_token};
    }
    [[nodiscard]] constexpr operation finish(std::string_view content) const noexcept {
        return {.project_id = project_id,
                .task_type = task_type,
                .task_name = task_name,
                .task_content = content,
                .task_param = task_param,
                .client_token = client_token};
    }
};

/// A change of a synchronization task. Members as in `update_di_sync_task`, unless stated.
struct changed_sync_task {
    using generation = generate_di_sync_task_config_for_updating;
    using operation = update_di_sync_task;
    static constexpr job_kind kind = job_kind::updating;

    std::optional<std::int64_t> project_id{};
    std::string_view task_type = task_type::di_realtime;
    std::optional<std::int64_t> task_id{};  ///< `TaskId` of GenerateDISyncTaskConfigForUpdating; not for batch tasks
    std::optional<std::int64_t> file_id{};
    std::string_view source_and_target{};  ///< `TaskParam` of GenerateDISyncTaskConfigForUpdating; not for batch tasks
    std::string_view task_content{};       ///< of a batch task, which nobody generates
    std::string_view task_param{};
    std::string_view generation_token{};  ///< client token for generating; empty: one is made. Updating itself takes none

    [[nodiscard]] constexpr generation generate() const noexcept {
        return {.project_id = project_id,
                .task_type = task_type,
                .task_id = task_id,
                .task_param = source_and_target,
                .client_token = generation_token};
    }
    [[nodiscard]] constexpr operation finish(std::string_view content) const noexcept {
        return {.project_id = project_id, .task_type = task_type, .file_id = file_id, .task_content = content, .task_param = task_param};
    }
};

/// Batch tasks need no generated configuration.
template <class Plan>
[[nodiscard]] constexpr bool is_batch(Plan const& plan) noexcept {
    return plan.task_type == task_type::di_offline;
}

}  // namespace dataworks::inline ACS_ABI

#endif
