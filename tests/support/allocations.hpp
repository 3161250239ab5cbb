// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Counts heap allocations, so that "allocates nothing" is measured.
#ifndef ACS_TESTS_SUPPORT_ALLOCATIONS_HPP
#define ACS_TESTS_SUPPORT_ALLOCATIONS_HPP

#include <cstddef>

#include "support/catch.hpp"

namespace acs_tests {

/// How many allocations the program has made so far: every form of operator new, and malloc, calloc and realloc called from the
/// program's own objects.
[[nodiscard]] std::size_t allocation_count() noexcept;

/// Fails the test if anything was allocated between its construction and `check()`, or its destruction. Assertions of the test
/// framework allocate: keep them outside.
class no_allocations {
public:
    no_allocations() noexcept : before_(allocation_count()) {}
    no_allocations(no_allocations const&) = delete;
    no_allocations& operator=(no_allocations const&) = delete;
    ~no_allocations() { check(); }

    /// Reports once.
    void check() {
        std::size_t const made = allocation_count() - before_;
        if (checked_) return;
        checked_ = true;
        CHECK(made == 0);
    }

private:
    std::size_t before_;
    bool checked_{};
};

}  // namespace acs_tests

#endif
