// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_SYNC_TASK_HPP
#define DATAWORKS_SYNC_TASK_HPP

#include <acs/core/config.hpp>
#include <acs/message/call_head.hpp>
#include <acs/error/codes.hpp>
#include <acs/operation/description.hpp>
#include <dataworks/errors.hpp>
#include <dataworks/task.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// Synchronization tasks: batch tasks are created and changed at once, real-time ones with generated parameters (sync_task_config.hpp).
namespace dataworks::inline ACS_ABI {

/// Creates a task. Service page: CreateDISyncTask.
struct create_di_sync_task {
    static constexpr acs::call_head head{"CreateDISyncTask", api_version};
    static constexpr std::span<acs::code_row const> codes = error_codes;

    std::optional<std::int64_t> project_id{};  ///< required, 1 to 10^10: the workspace
    std::string_view task_type{};              ///< required, open: see `task_type`
    std::string_view task_name{};              ///< the service's page asks for it
    std::string_view task_content{};           ///< required, of any size: what the task does, as JSON, which is not looked into
    std::string_view task_param{};             ///< folder and resource group, as JSON; the service's page asks for it
    std::string_view client_token{};           ///< makes repeating safe: at most 64 ASCII characters, unique to this task

    /// Texts view the answer's body.
    struct reply {
        /// `Data` of the reply.
        struct created {
            std::optional<std::int64_t> file_id{};  ///< the new task
            std::string_view status{};              ///< open: `success` or `fail`
            std::string_view message{};             ///< why it failed, if it did; never a failure by itself
        };
        std::string_view request_id{};  ///< what support asks for
        std::optional<bool> success{};  ///< never false here: that is a failure
        created data{};                 ///< what was created
    };

    static consteval auto describe() {
        using self = create_di_sync_task;
        using created = reply::created;
        return acs::description(
            acs::parameters(acs::query<&self::project_id>("ProjectId", acs::required, project_ids),
                            acs::query<&self::task_type>("TaskType", acs::required), acs::query<&self::task_name>("TaskName"),
                            acs::form<&self::task_content>("TaskContent", acs::required, acs::long_text),
                            acs::query<&self::task_param>("TaskParam", acs::long_text), acs::query<&self::client_token>("ClientToken")),
            acs::members(acs::member<&reply::data>("Data", acs::member<&created::file_id>("FileId"),
                                                   acs::member<&created::status>("Status"), acs::member<&created::message>("Message")),
                         acs::member<&reply::request_id>("RequestId"), acs::member<&reply::success>("Success")));
    }
};

/// Changes a task. Service page: UpdateDISyncTask. Its texts travel in the query: see `acs::prepare_options::long_query_in_form`.
struct update_di_sync_task {
    static constexpr acs::call_head head{"UpdateDISyncTask", api_version};
    static constexpr std::span<acs::code_row const> codes = error_codes;

    std::optional<std::int64_t> project_id{};  ///< required, 1 to 10^10: the workspace
    std::string_view task_type{};              ///< required, open: see `task_type`
    std::optional<std::int64_t> file_id{};     ///< required, from 1: the task that changes
    std::string_view task_content{};           ///< what the task does now, as JSON, not looked into; the service's page asks for it
    std::string_view task_param{};             ///< its resource group, as JSON; the service's page asks for it

    /// Texts view the answer's body.
    struct reply {
        /// `Data` of the reply.
        struct updated {
            std::string_view status{};   ///< open: `success` or `fail`
            std::string_view message{};  ///< why it failed, if it did; never a failure by itself
        };
        std::string_view request_id{};  ///< what support asks for
        std::optional<bool> success{};  ///< never false here: that is a failure
        updated data{};                 ///< what came of it
    };

    static consteval auto describe() {
        using self = update_di_sync_task;
        using updated = reply::updated;
        return acs::description(
            acs::parameters(acs::query<&self::project_id>("ProjectId", acs::required, project_ids),
                            acs::query<&self::task_type>("TaskType", acs::required),
                            acs::query<&self::file_id>("FileId", acs::required, file_ids),
                            acs::query<&self::task_content>("TaskContent", acs::long_text),
                            acs::query<&self::task_param>("TaskParam", acs::long_text)),
            acs::members(
                acs::member<&reply::data>("Data", acs::member<&updated::status>("Status"), acs::member<&updated::message>("Message")),
                acs::member<&reply::request_id>("RequestId"), acs::member<&reply::success>("Success")));
    }
};

/// Whether the task was created or changed: only `fail` says that it was not.
[[nodiscard]] constexpr phase phase_of(create_di_sync_task::reply const& reply) noexcept {
    return reply.data.status == status::fail ? phase::failed : phase::done;
}
[[nodiscard]] constexpr phase phase_of(update_di_sync_task::reply const& reply) noexcept {
    return reply.data.status == status::fail ? phase::failed : phase::done;
}

}  // namespace dataworks::inline ACS_ABI

#endif
