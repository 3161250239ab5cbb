// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// One call with its retries: the first bytes choose the operation and the options, each byte that follows is an input.
#include <acs/error/write_failure.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/operation/write_json.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/machine.hpp"
#include "support/array_operation.hpp"

namespace fuzz_exchange {

namespace {

using fuzz::require;

template <class Op>
void check(Op const& op, fuzz::input& in) {
    constexpr std::array<std::uint32_t, 6> times{0, 1, 100, 5'000, 120'000, UINT32_MAX};
    fuzz::world world;
    acs::exchange_options options;
    options.retry = {.max_attempts = static_cast<std::uint16_t>(in.below(6)),
                     .first_wait_ms = times[in.below(times.size())],
                     .max_wait_ms = times[in.below(times.size())],
                     .max_asked_wait_ms = times[in.below(times.size())],
                     .attempt_timeout_ms = times[in.below(times.size())],
                     .deadline_ms = times[in.below(times.size())]};
    constexpr std::array<std::int64_t, 4> offsets{0, -3'600, 1'000'000'000'000, INT64_MAX};
    options.clock_offset = offsets[in.below(offsets.size())];
    if (in.coin()) options.prepare.client_token = "of the caller";
    world.per_second = in.below(4);
    world.per_day = in.below(4);
    acs::call_budget budget{{.per_second = world.per_second, .per_day = world.per_day}, world.log};
    if (in.coin())
        options.budget = &budget;
    else
        world.per_second = world.per_day = 0;

    fuzz::signer const signer{acs::credentials{"testid", "testsecret", "token"}};
    acs::request_buffer<2048> memory;
    acs::exchange call{op, acs::endpoint{.host = "h.example"}, signer, memory, options};
    bool const once = [&] {
        if constexpr (acs::operation<Op>)
            return acs::effect_of(op, true) == acs::effect::once;
        else
            return acs::effect_of(op, false) == acs::effect::once;
    }();
    fuzz::driver drive(
        call, world, [](auto const& c) { return c.history().attempts; }, [once](std::string_view) { return once; });
    std::uint64_t const began = world.now.now.ms;
    drive.begin([&](acs::moment const& now) { return call.start(now); });
    require(call.start(world.moment()) == call.due());
    while (!in.empty()) {
        if (drive.next(in)) break;
        acs::step const s = call.due();
        require(call.history().attempts <= std::max<std::uint16_t>(options.retry.max_attempts, 1));
        std::uint64_t const end = options.retry.deadline_ms != 0 ? began + options.retry.deadline_ms : UINT64_MAX;
        if (s.what == acs::action::wait) require(s.until.ms < end);
        if (s.what == acs::action::send && options.retry.attempt_timeout_ms != 0 && options.retry.attempt_timeout_ms != UINT32_MAX)
            require(s.timeout_ms != 0 && s.timeout_ms <= options.retry.attempt_timeout_ms);
    }
    if (!world.sends.empty() && options.retry.deadline_ms != 0) require(world.sends.back() < began + options.retry.deadline_ms);
    if (call.due().what == acs::action::failed) {
        require(call.error().history.attempts == world.sends.size());
        require(!fuzz::written([&](auto& out) { acs::write_failure(call.error(), out); }).empty());
    }
    if (call.due().what == acs::action::done) {
        require(!world.sends.empty());
        if constexpr (acs::operation<Op>)
            require(!fuzz::written([&](auto& out) { acs::write_json<Op>(call.reply(), out); }).empty());
        else
            require(call.reply().status >= 200 && call.reply().status < 300);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    std::array<acs::param, 1> const token{{{"ClientToken", "t", acs::place::form}}};
    switch (in.below(6)) {
        case 0:
            check(dataworks::query_di_sync_task_config_process_result{.project_id = 1, .task_type = "DI_REALTIME", .async_process_id = 7},
                  in);
            break;
        case 1:
            check(
                dataworks::create_di_sync_task{
                    .project_id = 1, .task_type = "DI_REALTIME", .task_name = "n", .task_content = "{}", .task_param = "{}"},
                in);
            break;
        case 2:
            check(dataworks::update_di_sync_task{.project_id = 1, .task_type = "DI_REALTIME", .file_id = 2, .task_content = "{}"}, in);
            break;
        case 3: check(acs::call{.action = "DoIt", .version = "1", .params = token}, in); break;
        case 4: check(acs::call{.action = "DoIt", .version = "1"}, in); break;
        default: check(acs_tests::list_things{.name = "n", .size = 1}, in); break;
    }
    return 0;
}

}  // namespace fuzz_exchange
