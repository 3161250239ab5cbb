// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_SYSTEM_REFRESHING_HPP
#define ACS_HOSTED_SYSTEM_REFRESHING_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/exchange/credential_provider.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/refreshing.hpp>
#include <acs/client/run.hpp>
#include <acs/client/transport.hpp>
#include <acs/hosted/heap_box.hpp>
#include <acs/hosted/system.hpp>

#include <array>

namespace acs::inline ACS_ABI {

/// The watch `refreshing` with all that it needs: the clocks of the system, and an answer on the heap. For `client::call` and `blocking`,
/// and by a `watch_ref` for the other drivers, in whose thread it waits for a refresh. The provider and the transport have to outlive it.
///
///     acs::system_refreshing fresh{role, http};
///     if (auto ready = fresh.prepare(); !ready) ...
///     driver.run_watched(job, fresh);
template <credential_provider Provider, transport Http, class Stop = never_stop>
class system_refreshing {
public:
    system_refreshing(Provider& provider, Http& http, Stop stop = {}) noexcept
        : clock_{stop}, watch_(provider, http, clock_, entropy_, box_) {}
    system_refreshing(system_refreshing const&) = delete;
    system_refreshing& operator=(system_refreshing const&) = delete;

    /// Before a machine starts: see `refreshing::prepare`.
    result<void> prepare() { return watch_.prepare(); }
    /// What became of the last refresh. Views this object.
    [[nodiscard]] result<void> const& last() const noexcept { return watch_.last(); }

    template <class Machine>
    void on_step(Machine const& machine, step const& s) {
        watch_.on_step(machine, s);
    }
    template <class Machine>
    step refresh(Machine& machine, moment const& now) {
        return watch_.refresh(machine, now);
    }

private:
    basic_system_clock<Stop> clock_;
    system_entropy entropy_{};
    std::array<heap_box, 1> box_{heap_box()};
    refreshing<Provider, Http, basic_system_clock<Stop>, system_entropy, heap_box> watch_;
};

}  // namespace acs::inline ACS_ABI

#endif
