// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/cpu.hpp>

#include "support/catch.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace test_core_cpu {

namespace {

/// What Linux says of the first CPU: its flags, between blanks. Empty elsewhere.
std::string flags_of_linux() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("flags") || line.starts_with("Features")) return line.substr(line.find(':') + 1) + " ";
    return {};
}

bool has_all(std::string const& flags, std::string const& names) {
    std::istringstream words(names);
    for (std::string word; words >> word;)
        if (flags.find(" " + word + " ") == std::string::npos) return false;
    return true;
}

}  // namespace

TEST_CASE("the CPU has what the operating system says", "[core]") {
    std::string const flags = flags_of_linux();
    if (ACS_CPU_X86 != 0 && !flags.empty()) {
        CHECK(acs::has(acs::cpu::sha) == has_all(flags, "sha_ni sse4_1 ssse3"));
        CHECK(acs::has(acs::cpu::vector) == has_all(flags, "avx2 bmi1 bmi2 popcnt ssse3"));
        CHECK(acs::has(acs::cpu::wide) == has_all(flags, "avx512f avx512bw avx512vbmi avx512_vbmi2 avx2"));
    } else if (ACS_CPU_ARM64 != 0) {
        CHECK(acs::has(acs::cpu::vector));
    } else {
        CHECK_FALSE(acs::has(acs::cpu::vector));
        CHECK_FALSE(acs::has(acs::cpu::sha));
    }
    if (ACS_CPU_X86 == 0) CHECK_FALSE(acs::has(acs::cpu::wide));
}

TEST_CASE("asking again gives the same", "[core]") {
    for (acs::cpu const one : {acs::cpu::sha, acs::cpu::vector, acs::cpu::wide}) CHECK(acs::has(one) == acs::has(one));
}

}  // namespace test_core_cpu
