// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CLIENT_REFRESHING_HPP
#define ACS_CLIENT_REFRESHING_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/exchange/credential_provider.hpp>
#include <acs/exchange/provided_signer.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/run.hpp>
#include <acs/client/transport.hpp>

#include <array>
#include <cstdint>

namespace acs::inline ACS_ABI {

/// A watch for `run` and its kin that keeps a provider's credentials fresh, for machines that sign with a `provided_signer` of it: before
/// a wait at the end of which they would be due, and when the service refuses them. It carries the refresh out itself, with a box of its
/// own, since the machine may hold the last answer. What it is given has to outlive it.
///
///     acs::refreshing fresh{role, http, clock, entropy, box};
///     if (auto ready = fresh.prepare(); !ready) return complain(ready.error());
///     acs::run(job, http, clock, entropy, boxes, fresh);
template <credential_provider Provider, transport Http, waiting_clock Clock, entropy Entropy, answer_box Box, class Watch = unwatched>
class refreshing {
public:
    refreshing(Provider& provider, Http& http, Clock& clock, Entropy& entropy, std::array<Box, 1>& box, Watch watch = {}) noexcept
        : provider_(&provider), http_(&http), clock_(&clock), entropy_(&entropy), box_(&box), watch_(watch) {}

    /// Before a machine starts: refreshes what is due. The failure of a refresh is none of this as long as the credentials there are have
    /// not expired.
    result<void> prepare() {
        if (!provider_->due(clock_->wall()) || refresh()) return {};
        auto const expiry = provider_->expiry();
        return provider_->current() && (!expiry || clock_->wall() < *expiry) ? result<void>() : last_;
    }

    /// What became of the last refresh. Views the box.
    [[nodiscard]] result<void> const& last() const noexcept { return last_; }

    template <class Machine>
    void on_step(Machine const& machine, step const& s) {
        watch_.on_step(machine, s);
        if (s.what != action::wait) return;
        wall_time const then = shift(clock_->wall(), static_cast<std::int64_t>(s.wait_ms(clock_->now()) / 1000));
        if (provider_->due(then)) refresh();
    }

    template <class Machine>
    step refresh(Machine& machine, moment const&) {
        if (!refresh()) return machine.on_no_credentials();
        moment now{};
        return look(now) ? machine.on_credentials(now) : machine.cancel(errc::no_entropy);
    }

private:
    bool refresh() {
        auto renewal = provider_->refresh();
        bool const done = run(renewal, *http_, *clock_, *entropy_, *box_).what == action::done;
        last_ = done ? result<void>() : result<void>(renewal.error());
        return done;
    }

    bool look(moment& now) noexcept {
        now = {clock_->wall(), clock_->now(), {}};
        return entropy_->fill(now.random);
    }

    Provider* provider_;
    Http* http_;
    Clock* clock_;
    Entropy* entropy_;
    std::array<Box, 1>* box_;
    Watch watch_;
    result<void> last_{};
};

}  // namespace acs::inline ACS_ABI

#endif
