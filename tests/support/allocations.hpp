// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Counts heap allocations, so that "allocates nothing" is measured, and makes them fail.
#ifndef ACS_TESTS_SUPPORT_ALLOCATIONS_HPP
#define ACS_TESTS_SUPPORT_ALLOCATIONS_HPP

#include <cstddef>

#include "support/catch.hpp"

namespace acs_tests {

/// How many allocations the program has made so far: every form of operator new, and malloc, calloc, realloc and aligned_alloc
/// called from the program's own objects.
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

/// Lets the heap give out in this thread: the first `good` allocations are served, and none after them until the end of its life; or
/// `once`, all but the next.
class heap_that_gives_out {
public:
    explicit heap_that_gives_out(std::size_t good, bool once = false) noexcept;
    heap_that_gives_out(heap_that_gives_out const&) = delete;
    heap_that_gives_out& operator=(heap_that_gives_out const&) = delete;
    ~heap_that_gives_out();
};

}  // namespace acs_tests

#endif
