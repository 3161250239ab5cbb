// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Calls a second, and CPU a call, of each adapter beside the bare library that makes the same transfers without signing and decoding. All
// in one run, on loopback, over connections that are kept; contenders take turns, so that what disturbs one disturbs all.
//
//     bench_transports [ROUNDS [CALLS]]
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/bodies.hpp"
#include "bench/require.hpp"
#include "bench/transports/contender.hpp"
#include "bench/transports/server.hpp"

namespace acs_bench {

signed_request::signed_request(std::string const& where) : host(where) {
    acs::moment const now{{1'698'315'752}, {}, {1, 2, 3}};
    auto const prepared = acs::prepare(question, {.host = host, .scheme = acs::scheme::http}, key, now, memory);
    require(prepared.has_value(), "no request");
    made = *prepared;
}

namespace {

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct measured {
    std::vector<double> wall{}, cpu{};  // microseconds a call
};

double median(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

/// How far the middle half lies apart, in percent of the median.
double spread(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return 100 * (all[all.size() * 3 / 4] - all[all.size() / 4]) / all[all.size() / 2];
}

std::size_t number(char const* text) {
    std::size_t value = 0;
    auto const [end, failed] = std::from_chars(text, text + std::strlen(text), value);
    require(failed == std::errc() && *end == '\0' && value > 0, "not a number of rounds or calls");
    return value;
}

int run(std::size_t rounds, std::size_t calls) {
    server const answering(documented_reply());
    contenders all;
#if ACS_BENCH_WITH_CURL
    add_curl(all, answering.host());
#endif
#if ACS_BENCH_WITH_BEAST
    add_beast(all, answering.host());
#endif
    std::vector<measured> results(all.size());
    for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t turn = 0; turn < all.size(); ++turn) {
            // The system does not at once forget how busy the one before kept it: the first calls do not count, and the order changes.
            std::size_t const i = round % 2 == 0 ? turn : all.size() - 1 - turn;
            require(all[i]->run(calls / 2 + 1), all[i]->name().c_str());
            auto const begin = std::chrono::steady_clock::now();
            double const cpu = cpu_seconds();
            require(all[i]->run(calls), all[i]->name().c_str());
            double const n = static_cast<double>(calls) / 1e6;
            results[i].cpu.push_back((cpu_seconds() - cpu) / n);
            results[i].wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / n);
        }
    std::printf("%-24s %10s %8s %12s %10s %8s\n", "contender", "calls/s", "spread", "CPU us/call", "of bare", "spread");
    std::vector<double> const* bare = nullptr;
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::vector<double> const& wall = results[i].wall;
        if (all[i]->name().ends_with("bare")) bare = &wall;
        // Of the two turns in the same round, which are next to each other: the machine is faster in one minute than in another.
        std::vector<double> shares;
        for (std::size_t round = 0; round < rounds; ++round) shares.push_back((*bare)[round] / wall[round]);
        std::printf("%-24s %10.0f %6.1f %% %12.1f %10.3f %6.1f %%\n", all[i]->name().c_str(), 1e6 / median(wall), spread(wall),
                    median(results[i].cpu), median(shares), spread(shares));
    }
    return 0;
}

}  // namespace

}  // namespace acs_bench

int main(int argc, char** argv) {
    return acs_bench::run(argc > 1 ? acs_bench::number(argv[1]) : 15, argc > 2 ? acs_bench::number(argv[2]) : 5000);
}
