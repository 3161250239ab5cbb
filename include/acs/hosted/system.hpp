// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_SYSTEM_HPP
#define ACS_HOSTED_SYSTEM_HPP

#include <acs/core/config.hpp>
#include <acs/core/time.hpp>
#include <acs/client/transport.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <span>
#include <thread>

#if defined(__linux__)
#include <sys/random.h>
#endif

namespace acs::inline ACS_ABI {

/// What never calls a wait off.
struct never_stop {
    [[nodiscard]] bool stop_requested() const noexcept { return false; }
};

/// The clocks of the operating system. A wait ends early if `stop` says so, such as a `std::stop_token`, which is asked ten times a second.
template <class Stop = never_stop>
struct basic_system_clock {
    Stop stop{};

    [[nodiscard]] wall_time wall() const noexcept {
        auto const since = std::chrono::system_clock::now().time_since_epoch();
        return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
    }
    [[nodiscard]] tick now() const noexcept {
        auto const since = std::chrono::steady_clock::now().time_since_epoch();
        return {static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count())};
    }
    [[nodiscard]] bool wait(tick until) const noexcept {
        for (;;) {
            tick const at = now();
            if (stop.stop_requested()) return false;
            if (at >= until) return true;
            std::uint64_t const left = until.ms - at.ms;
            std::this_thread::sleep_for(std::chrono::milliseconds(left < 100 ? left : 100));
        }
    }
};

using system_clock = basic_system_clock<>;

/// The random number generator of a POSIX system: what Linux has a call for, and elsewhere `/dev/urandom`.
struct system_entropy {
    [[nodiscard]] bool fill(std::span<std::uint8_t> out) const noexcept {
#if defined(__linux__)
        // Up to 256 bytes come whole, without a file; kernels before 3.17 have no such call.
        if (out.size() <= 256 && ::getrandom(out.data(), out.size(), 0) == static_cast<ssize_t>(out.size())) return true;
#endif
        std::FILE* const source = std::fopen("/dev/urandom", "rb");
        if (source == nullptr) return false;
        std::setvbuf(source, nullptr, _IONBF, 0);  // takes no more than it needs
        bool const filled = std::fread(out.data(), 1, out.size(), source) == out.size();
        std::fclose(source);
        return filled;
    }
};

static_assert(waiting_clock<system_clock> && entropy<system_entropy>);

}  // namespace acs::inline ACS_ABI

#endif
