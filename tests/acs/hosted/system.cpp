// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/system.hpp>

#include <sys/resource.h>

#include "support/catch.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <span>
#include <stop_token>
#include <type_traits>
#include <vector>

namespace test_hosted_system {

namespace {

static_assert(acs::clock<acs::system_clock> && acs::waiting_clock<acs::basic_system_clock<std::stop_token>>);
static_assert(std::is_empty_v<acs::system_entropy>);

constexpr acs::tick end_of_time{UINT64_MAX};

/// Says stop when it is asked for the n-th time.
struct countdown {
    int* left;
    [[nodiscard]] bool stop_requested() const noexcept { return --*left <= 0; }
};

}  // namespace

TEST_CASE("The clocks of the system", "[hosted]") {
    acs::system_clock const clock;
    std::time_t const before = std::time(nullptr);
    acs::wall_time const wall = clock.wall();
    CHECK(wall.seconds >= before - 1);
    CHECK(wall.seconds <= std::time(nullptr) + 1);
    acs::tick const first = clock.now();
    CHECK(clock.wait({0}));
    CHECK(clock.wait(first));
    CHECK(clock.wait({first.ms + 2}));
    CHECK(clock.now().ms >= first.ms + 2);
}

TEST_CASE("A wait ends as soon as it is called off", "[hosted]") {
    std::stop_source source;
    acs::basic_system_clock<std::stop_token> const clock{source.get_token()};
    CHECK(clock.wait({0}));
    source.request_stop();
    CHECK_FALSE(clock.wait(end_of_time));
    CHECK_FALSE(clock.wait({0}));  // also where no time would pass

    int left = 2;  // called off while it waits
    acs::basic_system_clock<countdown> const counting{{&left}};
    CHECK_FALSE(counting.wait(end_of_time));
    CHECK(left == 0);
    acs::basic_system_clock<std::stop_token> const never{std::stop_token{}};
    CHECK(never.wait({0}));
}

TEST_CASE("Entropy of the system fills whatever it is given, and differs", "[hosted]") {
    acs::system_entropy const entropy;
    std::array<std::uint8_t, 32> a{}, b{};
    CHECK(entropy.fill(a));
    CHECK(entropy.fill(b));
    CHECK(a != b);
    CHECK(a != std::array<std::uint8_t, 32>{});
    CHECK(entropy.fill({}));
    std::vector<std::uint8_t> large(100'000);
    CHECK(entropy.fill(large));
    std::array<bool, 256> seen{};
    for (std::uint8_t const byte : large) seen[byte] = true;
    for (bool const one : seen) CHECK(one);
    CHECK(entropy.fill(std::span(a).first(16)));
    CHECK(std::span(a).last(16).back() == a[31]);
}

TEST_CASE("Without a source there is no entropy, and that is said; a moment's worth needs no file on Linux", "[hosted]") {
    rlimit kept{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &kept) == 0);
    rlimit none = kept;
    none.rlim_cur = 0;
    std::array<std::uint8_t, 257> out{};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    bool const filled = acs::system_entropy{}.fill(out);
    bool const little = acs::system_entropy{}.fill(std::span(out).first(32));
    ::setrlimit(RLIMIT_NOFILE, &kept);
    CHECK_FALSE(filled);
#if defined(__linux__)
    CHECK(little);
#else
    CHECK_FALSE(little);
#endif
    CHECK(acs::system_entropy{}.fill(out));
}

}  // namespace test_hosted_system
