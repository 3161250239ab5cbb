// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks.hpp>

#include "sign_and_decode.hpp"

bool all(acs_footprint::world& w, dataworks::create_di_sync_task const& a, dataworks::update_di_sync_task const& b,
         dataworks::generate_di_sync_task_config_for_creating const& c, dataworks::generate_di_sync_task_config_for_updating const& d,
         dataworks::query_di_sync_task_config_process_result const& e);
bool all(acs_footprint::world& w, dataworks::create_di_sync_task const& a, dataworks::update_di_sync_task const& b,
         dataworks::generate_di_sync_task_config_for_creating const& c, dataworks::generate_di_sync_task_config_for_updating const& d,
         dataworks::query_di_sync_task_config_process_result const& e) {
    return w.call(a) && w.call(b) && w.call(c) && w.call(d) && w.call(e);
}
