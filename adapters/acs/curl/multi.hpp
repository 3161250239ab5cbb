// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_MULTI_HPP
#define ACS_CURL_MULTI_HPP

#include <acs/curl/engine.hpp>
#include <acs/curl/event_loop.hpp>
#include <acs/curl/options.hpp>
#include <acs/curl/pending.hpp>
#include <acs/curl/sigpipe_guard.hpp>
#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace acs::inline ACS_ABI {

/// Many calls at once on one thread, over libcurl: the world of `callback_driver`, and of `drive` through `awaiting`. It carries requests
/// as `acs::curl` does, over at most `curl_options::max_connections` connections that are kept and used again; calls beyond wait for
/// their turn, which is part of their time.
///
/// Either it waits by itself (`run`, `run_once`), or on an event loop of the caller's (`curl_event_loop`). For one thread at a time, but
/// for `cancel` and `stop`. Whatever was started calls back exactly once, from `run`, `run_once`, `on_socket`, `on_alarm`, the destructor,
/// or at once if it can't begin; never from inside libcurl, so that a callback may throw (the exception leaves `run`), start other calls
/// and cancel any, but not destroy this object or run it. Requests and sinks stay where they are until then.
///
///     acs::curl_multi http;
///     acs::callback_driver driver{machine, http, boxes, [](acs::step last) { ... }};
///     driver.start();
///     http.run();
class curl_multi {
public:
    /// Waits by itself.
    explicit curl_multi(curl_options const& options = {}) noexcept : engine_(options) {}

    /// Leaves waiting to a loop, which outlives it.
    template <class Loop>
    requires(!std::same_as<std::remove_const_t<Loop>, curl_options>) explicit curl_multi(Loop& loop,
                                                                                         curl_options const& options = {}) noexcept
        : engine_(options) {
        static_assert(check_event_loop<Loop>());
        loop_ = any_event_loop(loop);
        if (engine_.get() == nullptr) return;
        curl_multi_setopt(engine_.get(), CURLMOPT_SOCKETFUNCTION, &on_watch);
        curl_multi_setopt(engine_.get(), CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(engine_.get(), CURLMOPT_TIMERFUNCTION, &on_timer);
        curl_multi_setopt(engine_.get(), CURLMOPT_TIMERDATA, this);
    }

    /// Sends a request and calls `done(result<void>)` when the sink has the answer, or with a failure: see `acs::curl::perform`. It takes
    /// `timeout_ms` at most, or as long as the options say for 0. Returns what `cancel` takes.
    template <answer_sink Sink, class Done>
    std::uint64_t carry(request const& made, Sink& sink, std::uint32_t timeout_ms, Done done) {
        auto* const call = new (std::nothrow) curl_call_of<Done>(made, any_sink(sink), std::move(done));
        if (call == nullptr) {
            done(result<void>(refuse(errc::out_of_memory, "curl")));
            return 0;
        }
        std::uint64_t const id = engine_.begin(*call, timeout_ms);
        set_alarm();
        return id;
    }

    /// Calls `done(true)` when it is time, or `done(false)` if it is cancelled. Returns what `cancel` takes.
    template <class Done>
    std::uint64_t wait(tick until, Done done) {
        auto* const waiting = new (std::nothrow) curl_wait_of<Done>(std::move(done));
        if (waiting == nullptr) {
            done(false);
            return 0;
        }
        std::uint64_t const id = engine_.begin(*waiting, until);
        set_alarm();
        return id;
    }

    /// The clocks and the entropy of the system.
    [[nodiscard]] bool look(moment& now) const noexcept {
        now = {clock_.wall(), clock_.now(), {}};
        return entropy_.fill(std::span<std::uint8_t>(now.random));
    }

    /// From any thread: the call or wait that has this name ends as cancelled, soon. One that is over is nothing to it. On a loop of the
    /// caller's it is that loop's thread that has to call `on_alarm` then.
    void cancel(std::uint64_t id) noexcept {
        engine_.cancel(id);
        wake();
    }

    /// From any thread: everything that is under way ends as cancelled, soon, and so does whatever begins later.
    void stop() noexcept {
        engine_.stop();
        wake();
    }

    /// Makes a `run_once` that waits return, from any thread.
    void wake() noexcept {
        if (engine_.get() != nullptr) curl_multi_wakeup(engine_.get());
    }

    /// Goes on until nothing is under way.
    void run() {
        while (run_once(60'000)) {
        }
    }

    /// Waits until there is something to do, `at_most_ms` at most, and does it. False: nothing is under way.
    bool run_once(std::uint32_t at_most_ms) {
        if (pending() == 0) return false;
        if (engine_.get() != nullptr && !engine_.stopped()) {
            sigpipe_guard const guard(engine_.secure());
            if (!engine_.take_started()) {
                engine_.make_ready();
                curl_multi_poll(engine_.get(), nullptr, 0, time_to_wait(at_most_ms), nullptr);
            }
            curl_multi_perform(engine_.get(), &running_count_);
        }
        engine_.go_on();
        return pending() != 0;
    }

    /// The caller's loop says that a socket is readable or writable, or broken.
    void on_socket(curl_socket_t socket, bool readable, bool writable, bool broken = false) {
        act(socket, (readable ? CURL_CSELECT_IN : 0) | (writable ? CURL_CSELECT_OUT : 0) | (broken ? CURL_CSELECT_ERR : 0));
    }

    /// The caller's loop says that it is time.
    void on_alarm() {
        alarm_ = {UINT64_MAX};
        if (timer_ > clock_.now()) return go_on();
        timer_ = {UINT64_MAX};
        act(CURL_SOCKET_TIMEOUT, 0);
    }

    /// How many calls and waits are under way.
    [[nodiscard]] std::size_t pending() const noexcept { return engine_.pending(); }

private:
    void act(curl_socket_t socket, int events) {
        if (engine_.get() != nullptr) {
            sigpipe_guard const guard(engine_.secure());
            curl_multi_socket_action(engine_.get(), socket, events, &running_count_);
        }
        go_on();
    }

    void go_on() {
        struct again_if_thrown {
            curl_multi* self;
            ~again_if_thrown() {
                if (!self->engine_.unfinished())
                    self->set_alarm();
                else if (self->loop_)
                    self->loop_.alarm(0);
            }
        } const guard{this};
        engine_.go_on();
    }

    [[nodiscard]] int time_to_wait(std::uint32_t at_most_ms) const noexcept {
        std::uint64_t const now = clock_.now().ms, next = engine_.unfinished() ? 0 : engine_.next_deadline().ms;
        std::uint64_t const left = next > now ? next - now : 0, most = at_most_ms < 0x7FFF'FFFF ? at_most_ms : 0x7FFF'FFFF;
        return static_cast<int>(left < most ? left : most);
    }

    /// Tells the caller's loop when it is time, if that changed.
    void set_alarm() noexcept {
        tick const deadline = engine_.next_deadline(), next = deadline < timer_ ? deadline : timer_;
        if (!loop_ || next == alarm_) return;
        alarm_ = next;
        std::uint64_t const now = clock_.now().ms;
        std::uint64_t const left = next.ms > now ? next.ms - now : 0;
        next.ms == UINT64_MAX ? loop_.no_alarm() : loop_.alarm(static_cast<std::uint32_t>(left < UINT32_MAX ? left : UINT32_MAX));
    }

    static int on_watch(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept {
        static_assert((CURL_POLL_REMOVE & CURL_POLL_INOUT) == 0);
        static_cast<curl_multi*>(self)->loop_.watch(socket, (what & CURL_POLL_IN) != 0, (what & CURL_POLL_OUT) != 0);
        return 0;
    }

    static int on_timer(CURLM*, long ms, void* self) noexcept {
        auto* const multi = static_cast<curl_multi*>(self);
        multi->timer_ = {ms < 0 ? UINT64_MAX : multi->clock_.now().ms + static_cast<std::uint64_t>(ms)};
        return 0;
    }

    system_clock clock_{};
    system_entropy entropy_{};
    any_event_loop loop_{};
    tick timer_{UINT64_MAX};  // when libcurl wants to be called
    tick alarm_{UINT64_MAX};  // when the loop was told to call
    int running_count_{};
    curl_engine engine_;  // the first to go: what ends then may still look around here
};

}  // namespace acs::inline ACS_ABI

#endif
