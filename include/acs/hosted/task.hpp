// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_TASK_HPP
#define ACS_HOSTED_TASK_HPP

#include <acs/core/config.hpp>

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace acs::inline ACS_ABI {

/// A coroutine that yields one `T`: it begins when it is awaited, or when `start` says so, and resumes who awaited it when it is over. One
/// thread, no scheduler: whatever it awaits resumes it. An exception of its body comes out where it is awaited.
///
///     acs::task<int> twice(int x) { co_return 2 * x; }
///     acs::task<int> four_times(int x) { co_return 2 * co_await twice(x); }
template <class T>
class [[nodiscard]] task {
public:
    class promise_type {
    public:
        task get_return_object() noexcept { return task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        auto final_suspend() const noexcept {
            struct resume_who_waits {
                bool await_ready() const noexcept { return false; }
                std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) const noexcept { return h.promise().waiting_; }
                void await_resume() const noexcept {}
            };
            return resume_who_waits{};
        }
        template <class U>
        void return_value(U&& value) {
            value_.emplace(std::forward<U>(value));
        }
#if defined(__cpp_exceptions)
        void unhandled_exception() noexcept { thrown_ = std::current_exception(); }
#else
        void unhandled_exception() noexcept {}
#endif

    private:
        friend task;
        T take() {
#if defined(__cpp_exceptions)
            if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
#endif
            return std::move(*value_);
        }

        std::coroutine_handle<> waiting_{};
        std::optional<T> value_{};
#if defined(__cpp_exceptions)
        std::exception_ptr thrown_{};
#endif
    };

    task(task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    task& operator=(task&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    /// Not while it is under way: what it waits for would resume nothing.
    ~task() {
        if (handle_) handle_.destroy();
    }

    auto operator co_await() && noexcept {
        struct awaiter {
            std::coroutine_handle<promise_type> handle;
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<> who) const noexcept {
                handle.promise().waiting_ = who;
                return handle;
            }
            T await_resume() const { return handle.promise().take(); }
        };
        return awaiter{handle_};
    }

    /// Begins it from outside of any coroutine, and keeps it alive until it is over; calls `done(T)` then. An exception that leaves the
    /// body or `done` ends the program, as one that leaves a thread does: there is nobody to catch it.
    template <class Done>
    void start(Done done) && {
        struct caller final : ender {
            explicit caller(Done d) : call(std::move(d)) {}
            void end(T value) override { call(std::move(value)); }
            Done call;
        };
        run_alone(std::move(*this), std::make_unique<caller>(std::move(done)));
    }

private:
    struct alone {
        struct promise_type {
            alone get_return_object() const noexcept { return {}; }
            std::suspend_never initial_suspend() const noexcept { return {}; }
            std::suspend_never final_suspend() const noexcept { return {}; }
            void return_void() const noexcept {}
            [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
        };
    };
    struct ender {
        virtual ~ender() = default;
        virtual void end(T value) = 0;
    };
    static alone run_alone(task body, std::unique_ptr<ender> done) { done->end(co_await std::move(body)); }

    explicit task(std::coroutine_handle<promise_type> h) noexcept : handle_(h) {}

    std::coroutine_handle<promise_type> handle_;
};

}  // namespace acs::inline ACS_ABI

#endif
