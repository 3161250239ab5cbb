// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_SUPPORT_WITHOUT_HPP
#define ACS_TESTS_SUPPORT_WITHOUT_HPP

#include <acs/core/cpu.hpp>

#include <cstdint>

namespace acs_tests {

/// A CPU without some of its instructions, for as long as this lives: what chooses among several ways takes another one.
class without {
public:
    explicit without([[maybe_unused]] acs::cpu instructions) noexcept {
#if ACS_CPU_X86 || ACS_CPU_ARM64
        if (acs::has(instructions)) acs::cpu_features::known &= ~static_cast<std::uint32_t>(instructions);
#endif
    }
    without(without const&) = delete;
    without& operator=(without const&) = delete;
#if ACS_CPU_X86 || ACS_CPU_ARM64
    ~without() { acs::cpu_features::known = known_; }

private:
    std::uint32_t known_{acs::has(acs::cpu::asked) ? acs::cpu_features::known : 0};
#else
    ~without() {}
#endif
};

}  // namespace acs_tests

#endif
