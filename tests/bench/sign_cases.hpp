// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What is signed: each case says it to the library and to whoever writes requests by hand.
#ifndef ACS_TESTS_BENCH_SIGN_CASES_HPP
#define ACS_TESTS_BENCH_SIGN_CASES_HPP

#include <acs/operation/prepare.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/rpc.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bodies.hpp"
#include "bench/by_hand.hpp"

namespace acs_bench {

inline constexpr acs::endpoint to_host{.host = "dataworks.cn-hangzhou.aliyuncs.com"};
inline constexpr acs::credentials key{"LTAI5tExampleExampleEx01", "ExampleSecretExampleSecret0123"};

/// The n-th moment: another second, and other random bytes.
constexpr acs::moment moment_at(std::uint64_t n) {
    acs::moment at{.wall = {1'698'315'752 + static_cast<std::int64_t>(n % 100'000'000)},
                   .random = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
    for (std::size_t i = 0; i < 8; ++i) at.random[i] = static_cast<std::uint8_t>(n >> 8 * i);
    return at;
}

inline by_hand::frame frame_of(std::string_view action, std::string_view version, acs::moment const& now) {
    return {to_host.host, action, version, key.access_key_id, now.wall.seconds, now.random};
}

/// The question that jobs ask most often. Its pairs are in order as one writes them down.
struct query_case {
    static constexpr std::string_view action = dataworks::query_di_sync_task_config_process_result::head.action;
    static constexpr bool has_body = false;
    static constexpr dataworks::query_di_sync_task_config_process_result operation{
        .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 1234567890};

    std::string project{}, process{};

    std::vector<by_hand::pair>& fill(std::vector<by_hand::pair>& out) {
        number();
        out = {{"AsyncProcessId", process}, {"ProjectId", project}, {"TaskType", operation.task_type}};
        return out;
    }
    std::vector<by_hand::pair>& fill(std::vector<by_hand::pair>& out, by_hand::rpc_common const& c) {
        number();
        out = {c.key_id,
               c.action,
               {"AsyncProcessId", process},
               c.format,
               {"ProjectId", project},
               c.method,
               c.nonce,
               c.signature_version,
               {"TaskType", operation.task_type},
               c.timestamp,
               c.version};
        return out;
    }

private:
    void number() {
        project = std::to_string(*operation.project_id);
        process = std::to_string(*operation.async_process_id);
    }
};

/// A call without a type that has so many parameters, in the order in which a program counts them.
struct params_case {
    static constexpr bool has_body = false;
    std::string_view action = "ListProjects";

    explicit params_case(std::size_t count) {
        for (std::size_t i = 1; i <= count; ++i) {
            names.push_back("Filter." + std::to_string(i) + ".Value");
            values.push_back("orders of 2023, part " + std::to_string(i) + '/' + std::to_string(count));
        }
        for (std::size_t i = 0; i < count; ++i) params.push_back({names[i], values[i]});
        operation = {action, dataworks::api_version, params};
    }
    params_case(params_case const&) = delete;
    params_case& operator=(params_case const&) = delete;

    std::vector<by_hand::pair>& fill(std::vector<by_hand::pair>& out) const {
        out.clear();
        return sort(add(out));
    }
    std::vector<by_hand::pair>& fill(std::vector<by_hand::pair>& out, by_hand::rpc_common const& c) const {
        out = {c.key_id, c.action, c.format, c.method, c.nonce, c.signature_version, c.timestamp, c.version};
        return sort(add(out));
    }

    std::vector<std::string> names, values;
    std::vector<acs::param> params;
    acs::call operation;

private:
    std::vector<by_hand::pair>& add(std::vector<by_hand::pair>& out) const {
        for (std::size_t i = 0; i < names.size(); ++i) out.push_back({names[i], values[i]});
        return out;
    }
    static std::vector<by_hand::pair>& sort(std::vector<by_hand::pair>& out) {
        std::sort(out.begin(), out.end(), [](by_hand::pair const& a, by_hand::pair const& b) { return a.name < b.name; });
        return out;
    }
};

/// A task whose content is 1 MiB of JSON, which travels in the form.
struct content_case {
    static constexpr std::string_view action = dataworks::create_di_sync_task::head.action;
    static constexpr bool has_body = true;
    std::string content = json_text(1 << 20).substr(0, 1 << 20);
    dataworks::create_di_sync_task operation{.project_id = 10000,
                                             .task_type = dataworks::task_type::di_realtime,
                                             .task_name = "orders",
                                             .task_content = content,
                                             .task_param = R"({"FileFolderPath":"Business Flow/orders/Data Integration"})"};
    std::string project{};

    content_case() = default;
    content_case(content_case const&) = delete;
    content_case& operator=(content_case const&) = delete;

    std::vector<by_hand::pair>& fill(std::vector<by_hand::pair>& out) {
        project = std::to_string(*operation.project_id);
        out = {{"ProjectId", project},
               {"TaskContent", content, true},
               {"TaskName", operation.task_name},
               {"TaskParam", operation.task_param},
               {"TaskType", operation.task_type}};
        return out;
    }
    std::vector<by_hand::pair>& fill(std::vector<by_hand::pair>& out, by_hand::rpc_common const& c) {
        project = std::to_string(*operation.project_id);
        out = {c.key_id,
               c.action,
               c.format,
               {"ProjectId", project},
               c.method,
               c.nonce,
               c.signature_version,
               {"TaskContent", content, true},
               {"TaskName", operation.task_name},
               {"TaskParam", operation.task_param},
               {"TaskType", operation.task_type},
               c.timestamp,
               c.version};
        return out;
    }
};

/// Memory for one request of the library, of exactly the size that it takes.
class request_room {
public:
    template <class Op, class Who>
    request_room(Op const& op, Who const& who, std::size_t params) : fields_(16), params_(params + 16) {
        auto const size = acs::measure(op, to_host, who, {fields_, params_, {}});
        require(size.has_value(), "measure");
        text_.resize(*size);
    }
    operator acs::request_memory() { return {fields_, params_, text_}; }  // NOLINT: room is memory

private:
    std::vector<acs::field> fields_;
    std::vector<acs::param> params_;
    std::vector<char> text_;
};

}  // namespace acs_bench

#endif
