// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CLIENT_TRANSPORT_HPP
#define ACS_CLIENT_TRANSPORT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/request.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>

// What a client needs of the world: something that carries a request, a clock, and entropy.
namespace acs::inline ACS_ABI {

template <class S>
concept has_status = requires(S& s, std::uint16_t status) {
    { s.status(status) } noexcept;
};

template <class S>
concept has_field = requires(S& s, std::string_view text) {
    { s.field(text, text) } noexcept -> std::same_as<bool>;
};

template <class S>
concept has_body = requires(S& s, std::string_view piece) {
    { s.body(piece) } noexcept -> std::same_as<bool>;
};

/// What a transport hands an answer to, piece by piece:
///
/// - `status(std::uint16_t)` begins an answer, and forgets one that began before (an interim 1xx);
/// - `field(name, value) -> bool` takes a header field, `body(piece) -> bool` some of the body, with any transfer coding taken off;
/// - false: enough, the answer is over a limit. The transport stops and reports errc::reply_too_large.
template <class S>
concept answer_sink = has_status<S> && has_field<S> && has_body<S>;

/// The least of a sink: a transport may use no more.
class answer_archetype {
public:
    answer_archetype(answer_archetype const&) = delete;
    void status(std::uint16_t) noexcept;
    bool field(std::string_view, std::string_view) noexcept;
    bool body(std::string_view) noexcept;
};

/// Carries requests. `result<void> perform(request const&, Sink&)`, for any `answer_sink`:
///
/// - sends the request once, exactly as it is: method, host, target, every field, the body read by a `body_reader`; it adds
///   `content-length`
///   and nothing that a signature should have covered. It never sends twice, and follows no redirect;
/// - refuses CR, LF and NUL in what it sends (errc::forbidden_character), and http where it was not told to allow it
///   (errc::insecure_transport), before a byte leaves;
/// - hands the whole answer to the sink, of whatever status: an error of the service is an answer too;
/// - or fails with `origin::transport` and how far the request certainly came: `not_sent` if no byte of it left, `unknown` if it may have
///   arrived, `answered` if an answer began;
/// - ends: every phase has a deadline.
///
/// `check_transport<T>()` says in words what a type lacks.
///
///     struct my_stack {
///         template <acs::answer_sink Sink>
///         acs::result<void> perform(acs::request const& request, Sink& answer) { ... }
///     };
template <class T>
concept transport = requires(T& t, request const& made, answer_archetype& answer) {
    { t.perform(made, answer) } -> std::same_as<result<void>>;
};

template <class C>
concept has_wall = requires(C& c) {
    { c.wall() } noexcept -> std::same_as<wall_time>;
};

template <class C>
concept has_now = requires(C& c) {
    { c.now() } noexcept -> std::same_as<tick>;
};

/// Tells the time: `wall()` for dates, which may be set at any moment, and `now()` for waits, which never goes back.
template <class C>
concept clock = has_wall<C> && has_now<C>;

template <class C>
concept has_wait = requires(C& c, tick until) {
    { c.wait(until) } noexcept -> std::same_as<bool>;
};

/// A clock that can also wait: `wait(until)` returns true when `now()` has come to that tick, or false as soon as the waiting is called
/// off.
template <class C>
concept waiting_clock = clock<C> && has_wait<C>;

/// Draws randomness: `fill(std::span<std::uint8_t>) noexcept -> bool` from a cryptographic source; false if there is none. A draw may serve
/// for several moments: no 16 bytes in a row may equal others.
template <class E>
concept entropy = requires(E& e, std::span<std::uint8_t> out) {
    { e.fill(out) } noexcept -> std::same_as<bool>;
};

/// Fails to compile with a sentence for what keeps `T` from being a transport.
template <class T>
consteval bool check_transport() {
    static_assert(transport<T>,
                  "a transport needs: template <acs::answer_sink Sink> acs::result<void> perform(acs::request const&, Sink&)");
    return true;
}

/// Fails to compile with a sentence for the first thing that keeps `C` from being a clock.
template <class C>
consteval bool check_clock() {
    static_assert(has_wall<C>, "a clock needs: acs::wall_time wall() noexcept");
    static_assert(has_now<C>, "a clock needs: acs::tick now() noexcept");
    return true;
}

/// The same for a waiting clock.
template <class C>
consteval bool check_waiting_clock() {
    static_assert(has_wait<C>, "a waiting clock needs: bool wait(acs::tick until) noexcept");
    return check_clock<C>();
}

/// Fails to compile with a sentence for what keeps `E` from being a source of entropy.
template <class E>
consteval bool check_entropy() {
    static_assert(entropy<E>, "entropy needs: bool fill(std::span<std::uint8_t> out) noexcept");
    return true;
}

}  // namespace acs::inline ACS_ABI

#endif
