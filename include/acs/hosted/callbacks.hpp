// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_CALLBACKS_HPP
#define ACS_HOSTED_CALLBACKS_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/run.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace acs::inline ACS_ABI {

/// The driver for event loops that call back. It carries out what a machine says and calls `done(step)` when it is over. No policy, no
/// thread, no heap of its own. `world` has
///
/// - `look(moment&) -> bool`: reads the clocks and draws entropy; false if there is none;
/// - `carry(request const&, Box&, timeout_ms, done)`: sends, lets the box take the answer, and calls `done(result<void>)` once, at once or
///   later;
/// - `wait(tick, done)`: calls `done(bool)` once it is time, or false if the waiting is called off.
///
/// All that is given, and this object, stays where it is until `done` is called; `done` may destroy it.
///
///     acs::callback_driver driver{machine, world, boxes, [](acs::step last) { ... }};
///     driver.start();
template <class Machine, class World, answer_box Box, std::size_t Boxes, class Done, class Watch = unwatched>
class callback_driver {
public:
    callback_driver(Machine& machine, World& world, std::array<Box, Boxes>& boxes, Done done, Watch watch = {}) noexcept
        : machine_(&machine), world_(&world), boxes_(&boxes), done_(std::move(done)), watch_(std::move(watch)) {}
    callback_driver(callback_driver const&) = delete;
    callback_driver& operator=(callback_driver const&) = delete;

    /// Starts the machine, or goes on with one that was resumed.
    void start() {
        auto look = looker();
        driving::begin(*machine_, look);
        go();
    }

    /// Gives up. A request or wait that is under way still has to call back; `done` follows then.
    void cancel() noexcept { machine_->cancel(); }

private:
    auto looker() noexcept {
        return [this](moment& now) noexcept { return world_->look(now); };
    }

    // A world that calls back at once would make this call itself: it loops instead.
    void go() {
        if (std::exchange(going_, true)) return;
        do {
            called_back_ = false;
            step const s = machine_->due();
            watch_.on_step(*machine_, s);
            switch (s.what) {
                case action::send: {
                    Box& box = driving::box_for(*machine_, *boxes_);
                    world_->carry(machine_->request(), box, s.timeout_ms, [this, &box](result<void> const& carried) {
                        auto look = looker();
                        driving::after_send(*machine_, box, carried, look);
                        back();
                    });
                    break;
                }
                case action::wait:
                    world_->wait(s.until, [this](bool waited) {
                        auto look = looker();
                        driving::after_wait(*machine_, waited, look);
                        back();
                    });
                    break;
                case action::refresh: {
                    auto look = looker();
                    driving::refresh(*machine_, watch_, look);
                    called_back_ = true;
                    break;
                }
                case action::done:
                case action::failed: {
                    Done done = std::move(done_);
                    return done(s);  // this object may be gone from here on
                }
            }
        } while (called_back_);
        going_ = false;
    }

    void back() {
        called_back_ = true;
        if (!going_) go();
    }

    Machine* machine_;
    World* world_;
    std::array<Box, Boxes>* boxes_;
    Done done_;
    Watch watch_;
    bool going_{};
    bool called_back_{};
};

}  // namespace acs::inline ACS_ABI

#endif
