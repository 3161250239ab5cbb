// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_COROUTINE_HPP
#define ACS_HOSTED_COROUTINE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/run.hpp>
#include <acs/hosted/worlds.hpp>

#include <array>
#include <coroutine>
#include <cstddef>

namespace acs::inline ACS_ABI {

/// The driver as a coroutine of whatever kind `Task` is, such as `boost::asio::awaitable<acs::step>`: carries out what a machine says, in
/// an `awaited_world`, and returns the last step.
///
/// All that is given stays where it is until the coroutine has ended.
///
///     acs::step const last = co_await acs::drive<my_task<acs::step>>(machine, world, boxes);
template <class Task, class Machine, class World, answer_box Box, std::size_t Boxes, class Watch>
Task drive(Machine& machine, World& world, std::array<Box, Boxes>& boxes, Watch watch) {
    static_assert(check_awaited_world<World, Box>());
    auto look = [&world](moment& now) { return world.look(now); };
    driving::begin(machine, look);
    for (;;) {
        step const s = machine.due();
        watch.on_step(machine, s);
        if (machine.due() != s) continue;  // it was cancelled
        switch (s.what) {
            case action::send: {
                Box& box = driving::box_for(machine, boxes);
                request const made = machine.request();  // the machine keeps it only until it is cancelled
                result<void> const carried = co_await world.carry(made, box, s.timeout_ms);
                driving::after_send(machine, box, carried, look);
                break;
            }
            case action::wait: {
                bool const waited = co_await world.wait(s.until);
                driving::after_wait(machine, waited, look);
                break;
            }
            case action::refresh: driving::refresh(machine, watch, look); break;
            case action::done:
            case action::failed: co_return s;
        }
    }
}

template <class Task, class Machine, class World, answer_box Box, std::size_t Boxes>
Task drive(Machine& machine, World& world, std::array<Box, Boxes>& boxes) {
    return drive<Task>(machine, world, boxes, unwatched{});
}

}  // namespace acs::inline ACS_ABI

#endif
