// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "bench/heap.hpp"

#include <cerrno>
#include <cstddef>

namespace {

std::size_t calls = 0;  // the program has one thread that is measured

}  // namespace

std::size_t acs_bench::heap_calls() noexcept { return calls; }

#if defined(__GLIBC__)

// A program's own malloc comes before that of its libraries. free() needs none: the memory is the C library's all the same.
extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t number, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept {
    ++calls;
    return __libc_malloc(size);
}

void* calloc(std::size_t number, std::size_t size) noexcept {
    ++calls;
    return __libc_calloc(number, size);
}

void* realloc(void* memory, std::size_t size) noexcept {
    ++calls;
    return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    ++calls;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
    ++calls;
    *memory = __libc_memalign(alignment, size);
    return *memory != nullptr ? 0 : ENOMEM;
}
}

#endif
