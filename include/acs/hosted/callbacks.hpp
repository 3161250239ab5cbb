// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_CALLBACKS_HPP
#define ACS_HOSTED_CALLBACKS_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/run.hpp>
#include <acs/hosted/worlds.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace acs::inline ACS_ABI {

/// The driver for event loops that call back. It carries out what a machine says, in a `callback_world`, and calls `done(step)` when it is
/// over. No policy, no thread, no heap of its own.
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

    /// Starts the machine, or goes on with one that was resumed, or after an exception of the world or the watch, which leaves whatever
    /// called them.
    void start() {
        static_assert(check_callback_world<World, Box>());
        auto look = looker();
        driving::begin(*machine_, look);
        go();
    }

    /// Gives up. A request or wait that is under way still has to call back, which a world with `cancel` makes it do; `done` follows then.
    void cancel() {
        machine_->cancel();
        if constexpr (cancels) world_->cancel(under_way_);
    }

private:
    static constexpr bool cancels = requires(World & world) {
        world.cancel(world.wait(tick{}, [](bool) {}));
    };

    auto looker() noexcept {
        return [this](moment& now) { return world_->look(now); };
    }

    // A world that calls back at once would make this call itself: it loops instead.
    void go() {
        if (std::exchange(going_, true)) return;
        struct at_end {  // also if the world or the watch throws: `start` may then be called again
            bool* going;
            ~at_end() {
                if (going != nullptr) *going = false;
            }
        } stopped{&going_};
        do {
            called_back_ = false;
            step const s = machine_->due();
            watch_.on_step(*machine_, s);
            if (machine_->due() != s) {  // it was cancelled
                called_back_ = true;
                continue;
            }
            switch (s.what) {
                case action::send: {
                    Box& box = driving::box_for(*machine_, *boxes_);
                    made_ = machine_->request();  // the machine keeps it only until it is cancelled
                    auto const done = [this, &box](result<void> const& carried) {
                        auto look = looker();
                        driving::after_send(*machine_, box, carried, look);
                        back();
                    };
                    if constexpr (cancels)
                        under_way_ = world_->carry(made_, box, s.timeout_ms, done);
                    else
                        world_->carry(made_, box, s.timeout_ms, done);
                    break;
                }
                case action::wait: {
                    auto const done = [this](bool waited) {
                        auto look = looker();
                        driving::after_wait(*machine_, waited, look);
                        back();
                    };
                    if constexpr (cancels)
                        under_way_ = world_->wait(s.until, done);
                    else
                        world_->wait(s.until, done);
                    break;
                }
                case action::refresh: {
                    auto look = looker();
                    driving::refresh(*machine_, watch_, look);
                    called_back_ = true;
                    break;
                }
                case action::done:
                case action::failed: {
                    stopped.going = nullptr;
                    Done done = std::move(done_);
                    return done(s);  // this object may be gone from here on
                }
            }
        } while (called_back_);
    }

    void back() {
        called_back_ = true;
        go();
    }

    Machine* machine_;
    World* world_;
    std::array<Box, Boxes>* boxes_;
    Done done_;
    Watch watch_;
    request made_{};
    std::uint64_t under_way_{};  // what the world's cancel takes
    bool going_{};
    bool called_back_{};
};

}  // namespace acs::inline ACS_ABI

#endif
