// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Calls by the hundred thousand and jobs by the thousand over each adapter, on loopback. The last line is `N passed, N failed`.
//
//     stress [--calls N] [--jobs N] [--seed N]
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "stress/adapters.hpp"

int main(int argc, char** argv) {
    acs_stress::amounts n;
    for (int i = 1; i < argc; i += 2) {
        std::string_view const flag = argv[i];
        std::size_t value = 0;
        char const* const text = i + 1 < argc ? argv[i + 1] : "";
        auto const [end, failed] = std::from_chars(text, text + std::strlen(text), value);
        if (failed != std::errc() || *end != '\0' || (flag != "--calls" && flag != "--jobs" && flag != "--seed")) {
            std::fputs("usage: stress [--calls N] [--jobs N] [--seed N]\n", stderr);
            return 2;
        }
        if (flag == "--calls") n.calls = value;
        if (flag == "--jobs") n.jobs = value;
        if (flag == "--seed") n.seed = static_cast<unsigned>(value);
    }
    int passed = 0, failed = 0;
    auto const add = [&](acs_stress::tally const& t) {
        passed += t.passed;
        failed += t.failed;
    };
#if ACS_STRESS_WITH_CURL
    acs_stress::tally curl("curl");
    acs_stress::stress_curl(n, curl);
    add(curl);
#endif
#if ACS_STRESS_WITH_BEAST
    acs_stress::tally beast("beast");
    acs_stress::stress_beast(n, beast);
    add(beast);
#endif
    std::printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}
