// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_WORLDS_HPP
#define ACS_HOSTED_WORLDS_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/request.hpp>
#include <acs/client/transport.hpp>

#include <concepts>
#include <cstdint>

// What the event-driven drivers need of the world: clocks and entropy, something that carries requests, and something that waits. None of
// it blocks.
namespace acs::inline ACS_ABI {

template <class W>
concept has_look = requires(W& w, moment& now) {
    { w.look(now) } -> std::same_as<bool>;
};

/// The least that a world may do with what it is to call.
struct done_archetype {
    void operator()(result<void> const&) const;
};
struct waited_archetype {
    void operator()(bool) const;
};

template <class W, class Sink = answer_archetype>
concept calls_back_carry = requires(W& w, request const& made, Sink& answer) {
    w.carry(made, answer, std::uint32_t{}, done_archetype{});
};

template <class W>
concept calls_back_wait = requires(W& w) {
    w.wait(tick{}, waited_archetype{});
};

/// The world of `callback_driver`, for one kind of sink, or any:
///
/// - `look(moment&) -> bool`: reads the clocks and draws entropy; false if there is none;
/// - `carry(request const&, Sink&, timeout_ms, done)`: sends as `transport` says, hands the answer to the sink, and calls
///   `done(result<void>)` once, at once or later. It takes `timeout_ms` at most; 0: as long as it likes, but not for ever;
/// - `wait(tick, done)`: calls `done(bool)` once it is time, or false if the waiting is called off.
///
/// It may assume that request and sink stay where they are until `done` was called, and keeps nothing of them after. `done` is moved and
/// called, on the thread that the machine is on; it may begin the next call from within. `carry` and `wait` may return what `cancel` of
/// the world takes, which then makes what is under way call back at once.
///
/// `check_callback_world<W>()` says in words what a type lacks.
///
///     struct my_world {
///         bool look(acs::moment& now) { ... }
///         template <acs::answer_sink Sink, class Done>
///         void carry(acs::request const& request, Sink& answer, std::uint32_t timeout_ms, Done done) { ... }
///         template <class Done>
///         void wait(acs::tick until, Done done) { ... }
///     };
template <class W, class Sink = answer_archetype>
concept callback_world = has_look<W> && calls_back_carry<W, Sink> && calls_back_wait<W>;

template <class W, class Sink = answer_archetype>
concept is_awaited_carry = requires(W& w, request const& made, Sink& answer) {
    w.carry(made, answer, std::uint32_t{});
};

template <class W>
concept is_awaited_wait = requires(W& w) {
    w.wait(tick{});
};

/// The world of `drive` and `async_client`: the same for coroutines.
///
/// - `look(moment&) -> bool`, as above;
/// - `carry(request const&, Sink&, timeout_ms)`, which is awaited for a `result<void>`;
/// - `wait(tick)`, which is awaited for a bool: false if the waiting was called off.
///
/// `awaiting` makes one of a `callback_world`. `check_awaited_world<W>()` says in words what a type lacks.
///
///     struct my_world {
///         bool look(acs::moment& now) { ... }
///         template <acs::answer_sink Sink>
///         my_task<acs::result<void>> carry(acs::request const& request, Sink& answer, std::uint32_t timeout_ms) { ... }
///         my_task<bool> wait(acs::tick until) { ... }
///     };
template <class W, class Sink = answer_archetype>
concept awaited_world = has_look<W> && is_awaited_carry<W, Sink> && is_awaited_wait<W>;

/// Fails to compile with a sentence for the first thing that keeps `W` from being a world of callbacks.
template <class W, class Sink = answer_archetype>
consteval bool check_callback_world() {
    static_assert(has_look<W>, "a world needs: bool look(acs::moment&)");
    static_assert(calls_back_carry<W, Sink>,
                  "a callback world needs: template <acs::answer_sink Sink, class Done> "
                  "void carry(acs::request const&, Sink&, std::uint32_t timeout_ms, Done done)");
    static_assert(calls_back_wait<W>, "a callback world needs: template <class Done> void wait(acs::tick until, Done done)");
    return true;
}

/// The same for a world of coroutines.
template <class W, class Sink = answer_archetype>
consteval bool check_awaited_world() {
    static_assert(has_look<W>, "a world needs: bool look(acs::moment&)");
    static_assert(
        is_awaited_carry<W>,
        "an awaited world needs: template <acs::answer_sink Sink> awaitable carry(acs::request const&, Sink&, std::uint32_t timeout_ms)");
    static_assert(is_awaited_wait<W>, "an awaited world needs: awaitable wait(acs::tick until)");
    return true;
}

}  // namespace acs::inline ACS_ABI

#endif
