// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "unit.hpp"

extern "C" void _start() {
    application::board& b = *application::given;
    dataworks::job machine(*static_cast<dataworks::new_sync_task const*>(b.input), b.to, b.key, b.memory, {.budget = b.budget});
    application::run(machine);
}
