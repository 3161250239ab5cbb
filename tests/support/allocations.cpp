// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "support/allocations.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> count{};
thread_local std::size_t good = SIZE_MAX;
thread_local bool only_one = false;

/// Counts one, and says whether the heap gives it.
bool given() noexcept {
    ++count;
    if (good == SIZE_MAX) return true;
    if (good != 0) return --good, true;
    if (only_one) good = SIZE_MAX;
    return false;
}

}  // namespace

acs_tests::heap_that_gives_out::heap_that_gives_out(std::size_t n, bool once) noexcept {
    good = n;
    only_one = once;
}
acs_tests::heap_that_gives_out::~heap_that_gives_out() { good = SIZE_MAX; }

std::size_t acs_tests::allocation_count() noexcept { return count.load(); }

// The suite is linked with -Wl,--wrap=malloc and so on: calls from its own objects, these included, arrive here.
extern "C" {
void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t number, std::size_t size);
void* __real_realloc(void* memory, std::size_t size);
void* __real_aligned_alloc(std::size_t alignment, std::size_t size);

void* __wrap_malloc(std::size_t size) { return given() ? __real_malloc(size) : nullptr; }
void* __wrap_calloc(std::size_t number, std::size_t size) { return given() ? __real_calloc(number, size) : nullptr; }
void* __wrap_realloc(void* memory, std::size_t size) { return given() ? __real_realloc(memory, size) : nullptr; }
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) { return given() ? __real_aligned_alloc(alignment, size) : nullptr; }
}

namespace {

void* allocate(std::size_t size) noexcept { return std::malloc(size != 0 ? size : 1); }

void* allocate(std::size_t size, std::align_val_t alignment) noexcept {
    auto const align = static_cast<std::size_t>(alignment);
    return std::aligned_alloc(align, (size + align - 1) / align * align);
}

void* or_throw(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

}  // namespace

// All forms, since a sanitizer brings its own for those that are left out.
void* operator new(std::size_t size) { return or_throw(allocate(size)); }
void* operator new[](std::size_t size) { return or_throw(allocate(size)); }
void* operator new(std::size_t size, std::nothrow_t const&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept { return allocate(size); }
void* operator new(std::size_t size, std::align_val_t align) { return or_throw(allocate(size, align)); }
void* operator new[](std::size_t size, std::align_val_t align) { return or_throw(allocate(size, align)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
