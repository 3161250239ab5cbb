// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Counts calls of the heap, those that shared libraries make included: heap.cpp stands in front of the C library's allocator.
#ifndef ACS_TESTS_BENCH_HEAP_HPP
#define ACS_TESTS_BENCH_HEAP_HPP

#include <cstddef>
#include <cstdlib>

namespace acs_bench {

#if defined(__GLIBC__)
inline constexpr bool heap_is_counted = true;
#else
inline constexpr bool heap_is_counted = false;  // other C libraries offer no second name to call their allocator by
#endif

/// How often memory was asked for so far: malloc, calloc, realloc and the aligned ones, and so every operator new.
[[nodiscard]] std::size_t heap_calls() noexcept;

}  // namespace acs_bench

#endif
