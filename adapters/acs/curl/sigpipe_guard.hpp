// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_SIGPIPE_GUARD_HPP
#define ACS_CURL_SIGPIPE_GUARD_HPP

#include <acs/hosted.hpp>

#include <signal.h>

namespace acs::inline ACS_ABI {

#ifdef SIGPIPE
/// Keeps SIGPIPE from the calling thread, as long as this lives. A TLS library that writes to a connection which the server has closed
/// raises it, and by default that ends the program. Nothing else of the process changes: no handler is touched, as other threads may use
/// it, and a signal that was pending before stays so. Costs four calls of the system, so `wanted` is false where there is no TLS: libcurl
/// itself keeps the signal from plain connections.
class sigpipe_guard {
public:
    explicit sigpipe_guard(bool wanted = true) noexcept : was_pending_(!wanted || pending()) {
        if (!was_pending_) unchanged_ = pthread_sigmask(SIG_BLOCK, only_sigpipe().get(), &before_) != 0;
    }
    sigpipe_guard(sigpipe_guard const&) = delete;
    sigpipe_guard& operator=(sigpipe_guard const&) = delete;
    ~sigpipe_guard() {
        if (was_pending_ || unchanged_) return;
        int number = 0;
        if (pending()) sigwait(only_sigpipe().get(), &number);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    class only_sigpipe {
    public:
        only_sigpipe() noexcept {
            sigemptyset(&set_);
            sigaddset(&set_, SIGPIPE);
        }
        [[nodiscard]] sigset_t const* get() const noexcept { return &set_; }

    private:
        sigset_t set_;
    };

    [[nodiscard]] static bool pending() noexcept {
        sigset_t set;
        sigemptyset(&set);
        sigpending(&set);
        return sigismember(&set, SIGPIPE) == 1;
    }

    bool was_pending_;  // so it is blocked already, or nobody wants it to be
    bool unchanged_{};  // the mask could not be set, so there is nothing to put back
    sigset_t before_;
};
#else
/// There is no such signal here.
class sigpipe_guard {
public:
    explicit sigpipe_guard(bool = true) noexcept {}
};
#endif

}  // namespace acs::inline ACS_ABI

#endif
