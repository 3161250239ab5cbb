// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks.hpp>

#include "sign_and_decode.hpp"

bool one(acs_footprint::world& w, dataworks::query_di_sync_task_config_process_result const& op);
bool one(acs_footprint::world& w, dataworks::query_di_sync_task_config_process_result const& op) {
    acs::exchange machine(op, w.to, w.key, w.memory);
    return w.run(machine);
}
