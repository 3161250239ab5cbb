// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_BLOCKING_HPP
#define ACS_HOSTED_BLOCKING_HPP

#include <acs/core/config.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/run.hpp>
#include <acs/client/transport.hpp>
#include <acs/hosted/heap_box.hpp>
#include <acs/hosted/system.hpp>

#include <array>
#include <cstddef>

namespace acs::inline ACS_ABI {

/// Runs machines, one after the other, by the clocks of the system and with answers on the heap. Reply and failure of a machine view this
/// object, until it runs the next one.
///
///     acs::blocking driver{http, stop_token};
///     driver.run(job, [](auto const& job, acs::step s) { ... });   // called before each step, and after the last
template <transport Http, class Stop = never_stop>
class blocking {
public:
    explicit blocking(Http& http, Stop stop = {}, std::size_t max_body = 64U * 1024U * 1024U) noexcept
        : http_(&http), clock_{stop}, boxes_{heap_box(max_body), heap_box(max_body)} {}

    template <class Machine, class OnStep>
    step run(Machine& machine, OnStep on_step) {
        struct watcher : unwatched {
            OnStep* told;
            void on_step(Machine const& m, step const& s) { (*told)(m, s); }
        } watch{{}, &on_step};
        return acs::run(machine, *http_, clock_, entropy_, boxes_, watch);
    }

    template <class Machine>
    step run(Machine& machine) {
        return acs::run(machine, *http_, clock_, entropy_, boxes_);
    }

    /// The same, watched: see `acs::run`.
    template <class Machine, class Watch>
    step run_watched(Machine& machine, Watch& watch) {
        return acs::run(machine, *http_, clock_, entropy_, boxes_, watch);
    }

private:
    Http* http_;
    basic_system_clock<Stop> clock_;
    system_entropy entropy_{};
    std::array<heap_box, 2> boxes_;
};

}  // namespace acs::inline ACS_ABI

#endif
