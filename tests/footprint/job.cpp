// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks.hpp>

#include "sign_and_decode.hpp"

bool one(acs_footprint::world& w, dataworks::new_sync_task const& plan, acs::call_budget& budget);
bool one(acs_footprint::world& w, dataworks::new_sync_task const& plan, acs::call_budget& budget) {
    dataworks::job machine(plan, w.to, w.key, w.memory, {.budget = &budget});
    return w.run(machine);
}
