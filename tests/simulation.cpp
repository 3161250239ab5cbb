// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// simulation [--seed N] [--jobs N]: jobs on simulated time, against a gateway at which everything goes wrong that can.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "support/simulation.hpp"

namespace {

namespace sim = acs_tests::simulation;

int usage() {
    std::fputs("usage: simulation [--seed N] [--jobs N]    the seed is that of the first world, or ACS_SIM_SEED\n", stderr);
    return 2;
}

bool read(char const* text, std::uint64_t& out) {
    char* end = nullptr;
    out = std::strtoull(text, &end, 10);
    return end != text && *end == '\0';
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t seed = 1, jobs = 100'000;
    if (char const* const given = std::getenv("ACS_SIM_SEED"); given != nullptr && !read(given, seed)) return usage();
    for (int i = 1; i < argc; i += 2) {
        std::string_view const flag = argv[i];
        bool const good = i + 1 < argc && ((flag == "--seed" && read(argv[i + 1], seed)) || (flag == "--jobs" && read(argv[i + 1], jobs)));
        if (!good) return usage();
    }
    std::printf("first seed %llu, %llu jobs\n", static_cast<unsigned long long>(seed), static_cast<unsigned long long>(jobs));
    std::fflush(stdout);
    sim::outcome const o = sim::run(seed, jobs);
    sim::tally const& c = o.counts;
    auto const number = [](std::uint64_t n) { return std::to_string(n); };
    std::string text = number(c.jobs) + " jobs in " + number(c.worlds) + " worlds, " + number(c.sends) + " requests, " + number(c.crashes) +
                       " crashes, " + number(c.resumes) + " jobs resumed\n" + number(c.done) + " done";
    for (std::size_t i = 1; i < c.ends.size(); ++i)
        text.append(", ").append(number(c.ends[i])).append(" ").append(acs::message(static_cast<acs::end_reason>(i)));
    text += "\n" + number(c.created) + " tasks created, " + number(c.updated) + " updated, each once; " + number(c.repeated) +
            " calls were carried again and known again\n";
    std::fputs(text.c_str(), stdout);
    if (!o.wrong.empty()) {
        std::string const again = number(o.seed);
        std::printf("broken with seed %s: %s\nrepeat it with: simulation --seed %s --jobs 1\n", again.c_str(), o.wrong.c_str(),
                    again.c_str());
        return 1;
    }
    if (std::string const list = sim::unmet(c); jobs >= 10'000 && !list.empty()) {
        std::printf("it met nothing of this: %s\n", list.c_str());
        return 1;
    }
    return 0;
}
