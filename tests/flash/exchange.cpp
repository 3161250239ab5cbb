// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "unit.hpp"

extern "C" void _start() {
    application::board& b = *application::given;
    acs::exchange machine(*static_cast<dataworks::query_di_sync_task_config_process_result const*>(b.input), b.to, b.key, b.memory);
    application::run(machine);
}
