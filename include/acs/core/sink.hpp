// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_SINK_HPP
#define ACS_CORE_SINK_HPP

#include <acs/core/config.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Takes text in pieces and never fails midway: whoever has bounds goes on counting and is asked once, at the end.
template <class S>
concept sink = requires(S& s, std::string_view piece) {
    { s.write(piece) } noexcept;
};

/// Writes into memory of the caller's. When that is full it stores nothing more, but `needed()` stays exact.
class span_sink {
public:
    constexpr explicit span_sink(std::span<char> room) noexcept : room_(room) {}

    constexpr void write(std::string_view piece) noexcept {
        fits_ = fits_ && piece.size() <= room_.size() - needed_;
        if (fits_) std::copy_n(piece.data(), piece.size(), room_.data() + needed_);
        needed_ += piece.size();
    }

    /// Leaves `n` bytes open, to be filled in later; empty if they do not fit.
    [[nodiscard]] constexpr std::span<char> reserve(std::size_t n) noexcept {
        std::size_t const begin = needed_;
        fits_ = fits_ && n <= room_.size() - begin;
        needed_ += n;
        return fits_ ? room_.subspan(begin, n) : std::span<char>();
    }

    /// Whether everything written so far was stored.
    [[nodiscard]] constexpr bool fits() const noexcept { return fits_; }
    /// How many bytes everything written so far takes, stored or not.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return needed_; }
    /// What was stored: all of it, or nothing. Lives as long as the memory given.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return since(0); }
    /// What was written since `needed()` was `mark`: all of it, or nothing.
    [[nodiscard]] constexpr std::string_view since(std::size_t mark) const noexcept {
        return fits_ ? std::string_view(room_.data() + mark, needed_ - mark) : std::string_view();
    }

private:
    std::span<char> room_;
    std::size_t needed_{};
    bool fits_{true};
};

/// Counts what would be written.
class count_sink {
public:
    constexpr void write(std::string_view piece) noexcept { count_ += piece.size(); }
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return count_; }

private:
    std::size_t count_{};
};

static_assert(sink<span_sink> && sink<count_sink>);

}  // namespace acs::inline ACS_ABI

#endif
