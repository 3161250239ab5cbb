// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CLIENT_RUN_HPP
#define ACS_CLIENT_RUN_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/reply.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/transport.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace acs::inline ACS_ABI {

/// An answer sink that has the answer in the end: `answer() -> reply`, such as `reply_buffer`.
template <class B>
concept answer_box = answer_sink<B> && requires(B& b) {
    { b.answer() } noexcept -> std::same_as<reply>;
};

/// What a driver tells while it runs, and asks: nothing is told, and there are no new credentials.
struct unwatched {
    template <class Machine>
    constexpr void on_step(Machine const&, step const&) noexcept {}
    template <class Machine>
    constexpr step refresh(Machine& machine, moment const&) noexcept {
        return machine.on_no_credentials();
    }
};

/// A watch that stays where it is, for drivers that keep a copy of theirs. Views it.
template <class Watch>
class watch_ref {
public:
    constexpr explicit watch_ref(Watch& watch) noexcept : watch_(&watch) {}

    template <class Machine>
    constexpr void on_step(Machine& machine, step const& s) {
        watch_->on_step(machine, s);
    }
    template <class Machine>
    constexpr step refresh(Machine& machine, moment const& now) {
        return watch_->refresh(machine, now);
    }

private:
    Watch* watch_;
};

/// Reads the clocks and draws entropy, for two moments at a time: most calls have no more, and to ask for it costs more than what comes.
template <clock Clock, entropy Entropy>
class moment_source {
public:
    constexpr moment_source(Clock& time, Entropy& drawn_from) noexcept : clock_(&time), entropy_(&drawn_from) {}

    /// Makes it the moment that it is; false if there is no entropy.
    [[nodiscard]] constexpr bool operator()(moment& now) noexcept {
        now.wall = clock_->wall();
        now.now = clock_->now();
        if (used_ == drawn_.size()) {
            if (!entropy_->fill(std::span<std::uint8_t>(drawn_))) return false;
            used_ = 0;
        }
        copy_n(drawn_.data() + used_, now.random.size(), now.random.data());
        used_ += now.random.size();
        return true;
    }

private:
    Clock* clock_;
    Entropy* entropy_;
    std::array<std::uint8_t, 2 * decltype(moment::random){}.size()> drawn_{};
    std::size_t used_{drawn_.size()};
};

/// Hands a machine what became of a request. A box may have an overload of its own.
template <class Machine, answer_box Box>
constexpr step deliver(Machine& machine, Box& box, result<void> const& carried, moment const& now) noexcept {
    return carried ? machine.on_reply(box.answer(), now) : machine.on_lost(carried.error(), now);
}

// What every driver does between two steps. `look(moment&)` reads the clocks and draws entropy; false: there is none.
namespace driving {

template <class Machine, class Look>
constexpr void begin(Machine& machine, Look& look) {
    moment now{};
    if (machine.has_begun()) return;
    look(now) ? machine.start(now) : machine.cancel(errc::no_entropy);
}

template <class Machine, class Box, class Look>
constexpr void after_send(Machine& machine, Box& box, result<void> const& carried, Look& look) {
    moment now{};
    look(now) ? deliver(machine, box, carried, now) : machine.cancel(errc::no_entropy);
}

template <class Machine, class Look>
constexpr void after_wait(Machine& machine, bool waited, Look& look) {
    moment now{};
    if (!waited)
        machine.cancel();
    else
        look(now) ? machine.on_tick(now) : machine.cancel(errc::no_entropy);
}

template <class Machine, class Watch, class Look>
constexpr void refresh(Machine& machine, Watch& watch, Look& look) {
    moment now{};
    look(now) ? watch.refresh(machine, now) : machine.cancel(errc::no_entropy);
}

/// The box for the next answer: a machine that sends on what lies in the first takes the last.
template <class Machine, class Box, std::size_t Boxes>
[[nodiscard]] constexpr Box& box_for(Machine const& machine, std::array<Box, Boxes>& boxes) noexcept {
    static_assert(Boxes >= Machine::boxes, "this machine sends on what lies in an answer: give it another box for the next one");
    return boxes[machine.holds_answer() ? Boxes - 1 : 0];
}

}  // namespace driving

/// The blocking driver: carries out what a machine says, an exchange or a job, until it is over; returns the last step. It has no policy
/// of its own.
///
/// `boxes` take the answers: as many as `Machine::boxes`, since a job sends on what lies in one of them; reply and failure view them.
/// `watch.on_step(machine, step)` sees each step before it is carried out, and may cancel the machine; `watch.refresh(machine, moment)`
/// gives new credentials, or says that there are none. A transport that has `limit(ms)` is told how long each attempt may take, 0 for as
/// long as it likes. A wait that is called off cancels the machine.
///
/// Errors, beside the machine's: no_entropy.
template <class Machine, transport Http, waiting_clock Clock, entropy Entropy, answer_box Box, std::size_t Boxes, class Watch>
constexpr step run(Machine& machine, Http& http, Clock& clock, Entropy& entropy, std::array<Box, Boxes>& boxes, Watch& watch) {
    moment_source look(clock, entropy);
    driving::begin(machine, look);
    for (;;) {
        step const s = machine.due();
        watch.on_step(machine, s);
        if (machine.due() != s) continue;  // it was cancelled
        switch (s.what) {
            case action::send: {
                if constexpr (requires { http.limit(s.timeout_ms); }) http.limit(s.timeout_ms);
                Box& box = driving::box_for(machine, boxes);
                driving::after_send(machine, box, http.perform(machine.request(), box), look);
                break;
            }
            case action::wait: driving::after_wait(machine, clock.wait(s.until), look); break;
            case action::refresh: driving::refresh(machine, watch, look); break;
            case action::done:
            case action::failed: return s;
        }
    }
}

template <class Machine, transport Http, waiting_clock Clock, entropy Entropy, answer_box Box, std::size_t Boxes>
constexpr step run(Machine& machine, Http& http, Clock& clock, Entropy& entropy, std::array<Box, Boxes>& boxes) {
    unwatched nobody;
    return run(machine, http, clock, entropy, boxes, nobody);
}

}  // namespace acs::inline ACS_ABI

#endif
