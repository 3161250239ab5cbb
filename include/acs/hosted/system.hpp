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

namespace acs::inline ACS_ABI {

/// The clocks of the operating system.
struct system_clock {
    [[nodiscard]] wall_time wall() const noexcept {
        auto const since = std::chrono::system_clock::now().time_since_epoch();
        return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
    }
    [[nodiscard]] tick now() const noexcept {
        auto const since = std::chrono::steady_clock::now().time_since_epoch();
        return {static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count())};
    }
};

/// The random number generator of a POSIX system, `/dev/urandom`.
struct system_entropy {
    [[nodiscard]] bool fill(std::span<std::uint8_t> out) const noexcept {
        std::FILE* const source = std::fopen("/dev/urandom", "rb");
        if (source == nullptr) return false;
        std::setvbuf(source, nullptr, _IONBF, 0);  // takes no more than it needs
        bool const filled = std::fread(out.data(), 1, out.size(), source) == out.size();
        std::fclose(source);
        return filled;
    }
};

static_assert(clock<system_clock> && entropy<system_entropy>);

}  // namespace acs::inline ACS_ABI

#endif
