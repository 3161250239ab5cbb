// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Signs each of FLASH_OPERATIONS, and decodes its reply by FLASH_DECODE.
#include "unit.hpp"

#ifndef FLASH_OPERATIONS
#define FLASH_OPERATIONS dataworks::query_di_sync_task_config_process_result
#endif
#ifndef FLASH_DECODE
#define FLASH_DECODE decode
#endif

namespace calls {

template <class Op>
[[gnu::noinline]] acs::result<typename Op::reply> read(acs::reply const& answer) {
    return acs::FLASH_DECODE<Op>(answer);
}

}  // namespace calls

namespace application {

template <class Op>
void call() {
    board& b = *given;
    auto const made = calls::sign(*static_cast<Op const*>(b.input), b.to, b.key, b.now, b.memory);
    show(made);
    auto const answer = calls::read<Op>(b.answer);
    show(answer);
}

template <class... Op>
void call_all() {
    (call<Op>(), ...);
}

}  // namespace application

extern "C" void _start() { application::call_all<FLASH_OPERATIONS>(); }
