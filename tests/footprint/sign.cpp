// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks.hpp>

acs::result<acs::request> sign(dataworks::query_di_sync_task_config_process_result const& op, acs::acs3_hmac_sha256 const& key,
                               acs::moment const& now, acs::request_memory const& memory);
acs::result<acs::request> sign(dataworks::query_di_sync_task_config_process_result const& op, acs::acs3_hmac_sha256 const& key,
                               acs::moment const& now, acs::request_memory const& memory) {
    return acs::prepare(op, {.host = "dataworks.cn-hangzhou.aliyuncs.com"}, key, now, memory);
}
