// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Runs a function on a stack of its own and searches that stack afterwards: what was left there is what a wipe missed.
#ifndef ACS_TESTS_SUPPORT_RESIDUE_HPP
#define ACS_TESTS_SUPPORT_RESIDUE_HPP

#include <pthread.h>

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

namespace acs_tests {

/// Makes the compiler believe that somebody reads the memory here.
inline void look_at(void const* memory) { asm volatile("" : : "r"(memory) : "memory"); }

class residue {
public:
    residue() {
        if (posix_memalign(&stack_, 4096, size) != 0) std::abort();
    }
    residue(residue const&) = delete;
    residue& operator=(residue const&) = delete;
    ~residue() { std::free(stack_); }

    /// Runs the function to its end on a stack of zeros.
    void run(void (*function)()) {
        function_ = function;
        left_.assign(size, '\0');
        pthread_attr_t attributes;
        pthread_t thread{};
        check(pthread_attr_init(&attributes));
        check(pthread_attr_setstack(&attributes, stack_, size));
        clear();
        check(pthread_create(&thread, &attributes, call, this));
        check(pthread_join(thread, nullptr));
        check(pthread_attr_destroy(&attributes));
    }

    /// Whether the bytes are anywhere on the stack that the last function left.
    [[nodiscard]] bool holds(std::string_view bytes) const { return left_.find(bytes) != std::string::npos; }

private:
    static constexpr std::size_t size = std::size_t{1} << 18;

    static void* call(void* self) {
        auto& me = *static_cast<residue*>(self);
        me.call_below();
        me.copy();  // by this thread: the system may take the stack back when it ends
        return nullptr;
    }

    /// Leaves room between the function's frames and the caller's, where the frames of the search lie. Calls nothing else: in an
    /// unoptimised program even `look_at` has a frame, which would lie over what the function left.
    [[gnu::noinline]] void call_below() const {
        char gap[8192];
        asm volatile("" : : "r"(gap) : "memory");
        function_();
        asm volatile("" : : "r"(gap) : "memory");
    }

    static void check(int failed) {
        if (failed != 0) std::abort();
    }

    // Frames of functions that returned are nobody's in the eyes of ASan: byte by byte, and without it.
    [[gnu::no_sanitize_address]] void clear() {
        auto* const bytes = static_cast<char volatile*>(stack_);
        for (std::size_t i = 0; i < size; ++i) bytes[i] = 0;
    }

    [[gnu::no_sanitize_address]] void copy() {
        auto const* const bytes = static_cast<char const volatile*>(stack_);
        char* const to = left_.data();
        for (std::size_t i = 0; i < size; ++i) to[i] = bytes[i];
    }

    void (*function_)(){};
    void* stack_{};
    std::string left_{};
};

}  // namespace acs_tests

#endif
