// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks.hpp>

using query = dataworks::query_di_sync_task_config_process_result;

acs::result<query::reply> decode(acs::reply const& answer);
acs::result<query::reply> decode(acs::reply const& answer) { return acs::decode<query>(answer); }
