// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What the fuzz targets have in common: taking an input apart, and memory in which the sanitizer sees every byte too far.
#ifndef ACS_TESTS_FUZZ_INPUT_HPP
#define ACS_TESTS_FUZZ_INPUT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include "support/string_sink.hpp"

namespace fuzz {

using acs_tests::string_sink;
using acs_tests::written;

/// What has to hold of any input. Says where it does not, for those whose sanitizer finds no symbolizer.
inline void require(bool good, char const* file = __builtin_FILE(), int line = __builtin_LINE()) {  // clang 14 has no <source_location>
    if (good) return;
    std::fprintf(stderr, "%s:%d: this does not hold\n", file, line);
    std::abort();
}

/// A text in memory of exactly its size.
class owned_text {
public:
    explicit owned_text(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
        if (size_ != 0) std::memcpy(bytes_.get(), text.data(), size_);
    }
    [[nodiscard]] std::span<char> span() { return {bytes_.get(), size_}; }
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

/// Whether a view is absent, or part of the text.
inline bool is_inside(std::string_view part, std::string_view text) {
    return part.data() == nullptr || (part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size());
}

/// An input, taken apart from the front. What is not there any more is 0, or empty.
class input {
public:
    input(std::uint8_t const* data, std::size_t size) noexcept : left_(reinterpret_cast<char const*>(data), size) {}

    [[nodiscard]] bool empty() const noexcept { return left_.empty(); }

    [[nodiscard]] unsigned byte() noexcept { return static_cast<unsigned char>(take(1).empty() ? '\0' : last_); }
    [[nodiscard]] unsigned below(unsigned bound) noexcept { return byte() % bound; }
    [[nodiscard]] bool coin() noexcept { return (byte() & 1U) != 0; }
    /// Of `bytes` bytes, the first one the highest.
    [[nodiscard]] std::uint64_t number(std::size_t bytes) noexcept {
        std::uint64_t value = 0;
        for (; bytes != 0; --bytes) value = value << 8 | byte();
        return value;
    }

    /// At most `size` bytes.
    [[nodiscard]] std::string_view take(std::size_t size) noexcept {
        std::string_view const taken = left_.substr(0, std::min(size, left_.size()));
        left_.remove_prefix(taken.size());
        if (!taken.empty()) last_ = taken.back();
        return taken;
    }
    /// Up to the next of these bytes, which is taken off as well.
    [[nodiscard]] std::string_view until(char end) noexcept {
        std::string_view const taken = left_.substr(0, std::min(left_.find(end), left_.size()));
        left_.remove_prefix(std::min(taken.size() + 1, left_.size()));
        return taken;
    }
    [[nodiscard]] std::string_view line() noexcept { return until('\n'); }
    [[nodiscard]] std::string_view rest() noexcept { return take(left_.size()); }

private:
    std::string_view left_;
    char last_{};
};

}  // namespace fuzz

#endif
