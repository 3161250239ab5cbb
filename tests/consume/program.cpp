// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A program of somebody else's.
#include <dataworks.hpp>

int main() {
    acs::request_buffer<> memory;
    dataworks::query_di_sync_task_config_process_result const question{
        .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10};
    acs::credentials const key{"id", "secret"};
    auto const request = acs::prepare(question, *dataworks::endpoint("cn-hangzhou"), key, acs::moment{}, memory);
    return request && request->fields.size() == 9 ? 0 : 1;
}
