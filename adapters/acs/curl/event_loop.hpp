// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_EVENT_LOOP_HPP
#define ACS_CURL_EVENT_LOOP_HPP

#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstdint>

namespace acs::inline ACS_ABI {

template <class L>
concept has_watch = requires(L& l, curl_socket_t socket, bool on) {
    { l.watch(socket, on, on) } noexcept;
};

template <class L>
concept has_alarm = requires(L& l, std::uint32_t ms) {
    { l.alarm(ms) } noexcept;
};

template <class L>
concept has_no_alarm = requires(L& l) {
    { l.no_alarm() } noexcept;
};

/// The caller's event loop, such as one over epoll, as a `curl_multi` needs it. libcurl calls these from within, so they must not throw,
/// and only note what they are told:
///
/// - `watch(socket, readable, writable)`: from now on `curl_multi::on_socket` is to be called when the socket is; both false: no longer;
/// - `alarm(ms)`: `curl_multi::on_alarm` is to be called once, so many milliseconds from now, in place of any alarm before; 0: soon;
/// - `no_alarm()`: it is not.
///
///     struct my_loop {
///         void watch(curl_socket_t socket, bool readable, bool writable) noexcept { ... }
///         void alarm(std::uint32_t ms) noexcept { ... }
///         void no_alarm() noexcept { ... }
///     };
template <class L>
concept curl_event_loop = has_watch<L> && has_alarm<L> && has_no_alarm<L>;

/// Fails to compile with a sentence for the first thing that keeps `L` from being an event loop.
template <class L>
consteval bool check_event_loop() {
    static_assert(has_watch<L>, "an event loop needs: void watch(curl_socket_t socket, bool readable, bool writable) noexcept");
    static_assert(has_alarm<L>, "an event loop needs: void alarm(std::uint32_t ms) noexcept");
    static_assert(has_no_alarm<L>, "an event loop needs: void no_alarm() noexcept");
    return true;
}

/// Any event loop, seen through one type; or none. A view.
class any_event_loop {
public:
    any_event_loop() noexcept = default;
    template <curl_event_loop Loop>
    explicit any_event_loop(Loop& loop) noexcept : loop_(&loop), calls_(&calls_of<Loop>) {}

    [[nodiscard]] explicit operator bool() const noexcept { return loop_ != nullptr; }
    void watch(curl_socket_t socket, bool readable, bool writable) const noexcept { calls_->watch(loop_, socket, readable, writable); }
    void alarm(std::uint32_t ms) const noexcept { calls_->alarm(loop_, ms); }
    void no_alarm() const noexcept { calls_->no_alarm(loop_); }

private:
    struct calls {
        void (*watch)(void*, curl_socket_t, bool, bool) noexcept;
        void (*alarm)(void*, std::uint32_t) noexcept;
        void (*no_alarm)(void*) noexcept;
    };

    template <class Loop>
    static constexpr calls calls_of{
        [](void* loop, curl_socket_t socket, bool r, bool w) noexcept { static_cast<Loop*>(loop)->watch(socket, r, w); },
        [](void* loop, std::uint32_t ms) noexcept { static_cast<Loop*>(loop)->alarm(ms); },
        [](void* loop) noexcept { static_cast<Loop*>(loop)->no_alarm(); },
    };

    void* loop_{};
    calls const* calls_{};
};

}  // namespace acs::inline ACS_ABI

#endif
