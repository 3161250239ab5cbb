// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_AWAITING_HPP
#define ACS_HOSTED_AWAITING_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/request.hpp>
#include <acs/client/transport.hpp>
#include <acs/hosted/worlds.hpp>

#include <coroutine>
#include <cstdint>
#include <optional>
#include <utility>

namespace acs::inline ACS_ABI {

/// Makes a `callback_world` an `awaited_world`, on one thread. A view of it. A
/// coroutine is not destroyed while it waits here.
///
///     acs::curl_multi http;
///     acs::awaiting world{http};
///     acs::step const last = co_await acs::drive<acs::task<acs::step>>(machine, world, boxes);
template <class World>
class awaiting {
public:
    explicit awaiting(World& world) noexcept : world_(&world) {}

    [[nodiscard]] bool look(moment& now) noexcept { return world_->look(now); }

    template <answer_sink Box>
    auto carry(request const& made, Box& box, std::uint32_t timeout_ms) noexcept {
        static_assert(check_callback_world<World, Box>());
        return until_called<result<void>>(
            [world = world_, &made, &box, timeout_ms](auto done) { world->carry(made, box, timeout_ms, done); });
    }

    auto wait(tick until) noexcept {
        return until_called<bool>([world = world_, until](auto done) { world->wait(until, done); });
    }

private:
    template <class Result, class Start>
    struct awaiter {
        Start start;
        std::optional<Result> result{};
        std::coroutine_handle<> waiting{};

        bool await_ready() const noexcept { return false; }
        bool await_suspend(std::coroutine_handle<> who) {
            start([this](Result const& what) {
                result.emplace(what);
                if (waiting) waiting.resume();
            });
            if (result) return false;  // at once: there is nothing to wait for
            waiting = who;
            return true;
        }
        Result await_resume() const noexcept { return *result; }
    };
    template <class Result, class Start>
    static awaiter<Result, Start> until_called(Start start) noexcept {
        return {std::move(start)};
    }

    World* world_;
};

}  // namespace acs::inline ACS_ABI

#endif
