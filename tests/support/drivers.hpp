// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What the event-driven drivers run on in tests: a queue of things to do in place of an event loop, and the least of a coroutine.
#ifndef ACS_TESTS_SUPPORT_DRIVERS_HPP
#define ACS_TESTS_SUPPORT_DRIVERS_HPP

#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/request.hpp>
#include <acs/exchange/step.hpp>

#include <coroutine>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <string>
#include <utility>

#include "support/world.hpp"

namespace acs_tests {

/// An event loop, turned by hand.
class event_loop {
public:
    void post(std::function<void()> what) { waiting_.push_back(std::move(what)); }
    /// Does one thing. False: there is none.
    bool turn() {
        if (waiting_.empty()) return false;
        auto const what = std::move(waiting_.front());
        waiting_.pop_front();
        what();
        return true;
    }
    [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

private:
    std::deque<std::function<void()>> waiting_{};
};

/// The world of callbacks, over any transport: calls back at once, or from the loop.
template <class Http>
struct callback_world {
    Http* http;
    time_now* time;
    event_loop* loop;  ///< null: at once
    test_entropy entropy{};
    bool may_wait = true;

    bool look(acs::moment& now) {
        now = {{time->wall}, {time->ms}, {}};
        return entropy.fill(now.random);
    }
    template <class Box, class Done>
    void carry(acs::request const& made, Box& box, std::uint32_t, Done done) {
        auto work = [this, &made, &box, done] { done(http->perform(made, box)); };
        loop != nullptr ? loop->post(work) : work();
    }
    template <class Done>
    void wait(acs::tick until, Done done) {
        auto work = [this, until, done] { done(may_wait && test_clock{time}.wait(until)); };
        loop != nullptr ? loop->post(work) : work();
    }
};

/// A coroutine that begins at once and keeps its value.
template <class T>
class task {
public:
    struct promise_type {
        T value{};
        bool returned{};
        task get_return_object() noexcept { return task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_value(T const& v) noexcept {
            value = v;
            returned = true;
        }
        void unhandled_exception() noexcept { std::terminate(); }
    };
    explicit task(std::coroutine_handle<promise_type> h) noexcept : handle_(h) {}
    task(task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    task& operator=(task&&) = delete;
    ~task() {
        if (handle_) handle_.destroy();
    }

    [[nodiscard]] bool done() const noexcept { return handle_.done(); }
    [[nodiscard]] T const& value() const noexcept { return handle_.promise().value; }

private:
    std::coroutine_handle<promise_type> handle_;
};

/// The world of coroutines, over any transport: ready at once, or resumed by the loop.
template <class Http>
struct coroutine_world {
    Http* http;
    time_now* time;
    event_loop* loop;  ///< null: at once
    test_entropy entropy{};
    bool may_wait = true;

    bool look(acs::moment& now) {
        now = {{time->wall}, {time->ms}, {}};
        return entropy.fill(now.random);
    }

    template <class Work>
    struct awaitable {
        event_loop* loop;
        Work work;
        bool await_ready() const noexcept { return loop == nullptr; }
        void await_suspend(std::coroutine_handle<> h) const {
            loop->post([h] { h.resume(); });
        }
        auto await_resume() { return work(); }
    };
    template <class Work>
    awaitable<Work> later(Work work) const {
        return {loop, work};
    }

    template <class Box>
    auto carry(acs::request const& made, Box& box, std::uint32_t) {
        return later([this, &made, &box] { return http->perform(made, box); });
    }
    auto wait(acs::tick until) {
        return later([this, until] { return may_wait && test_clock{time}.wait(until); });
    }
};

/// Writes down every step, and has no new credentials.
struct step_log {
    std::string* text;

    template <class Machine>
    void on_step(Machine const&, acs::step const& s) {
        constexpr char const* names[] = {"send ", "wait ", "refresh", "done", "failed"};
        *text += names[static_cast<int>(s.what)];
        if (s.what == acs::action::send) *text += std::to_string(s.timeout_ms);
        if (s.what == acs::action::wait) *text += std::to_string(s.until.ms);
        *text += '\n';
    }
    template <class Machine>
    acs::step refresh(Machine& machine, acs::moment const&) {
        return machine.on_no_credentials();
    }
};

}  // namespace acs_tests

#endif
