// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_SPAN_LIST_HPP
#define ACS_CORE_SPAN_LIST_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <span>

namespace acs::inline ACS_ABI {

/// A list in memory of the caller's. Like `span_sink` it stores nothing more once it is full, but goes on counting.
template <class T>
class span_list {
public:
    constexpr explicit span_list(std::span<T> room) noexcept : room_(room) {}

    ACS_INLINE constexpr void push(T const& item) noexcept {
        if (T* const slot = next(); slot != nullptr) *slot = item;
    }

    /// Where the next one goes, which counts as pushed; null if it does not fit. To fill it in member by member takes no copy, in which the
    /// CPU would wait for the parts to be stored.
    [[nodiscard]] constexpr T* next() noexcept {
        std::size_t const at = needed_++;
        return at < room_.size() ? &room_[at] : nullptr;
    }

    /// Whether `n` more fit.
    [[nodiscard]] constexpr bool has_room(std::size_t n) const noexcept { return fits() && n <= room_.size() - needed_; }

    /// Where the next `n` go, in a row, which count as pushed; null if they do not fit.
    [[nodiscard]] constexpr T* next(std::size_t n) noexcept {
        std::size_t const at = needed_;
        needed_ += n;
        return fits() ? &room_[at] : nullptr;
    }

    /// Leaves `n` slots open, to be filled in later.
    constexpr void reserve(std::size_t n) noexcept { needed_ += n; }

    /// Whether everything pushed so far was stored.
    [[nodiscard]] constexpr bool fits() const noexcept { return needed_ <= room_.size(); }
    /// How many elements everything pushed so far takes, stored or not.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return needed_; }
    /// What was stored. Lives as long as the memory given.
    [[nodiscard]] constexpr std::span<T> items() const noexcept { return {room_.data(), fits() ? needed_ : room_.size()}; }
    /// The same from the element `begin` on; empty if that was not stored.
    [[nodiscard]] constexpr std::span<T> items(std::size_t begin) const noexcept {
        std::size_t const stored = items().size();
        return begin < stored ? std::span<T>(room_.data() + begin, stored - begin) : std::span<T>();
    }

private:
    std::span<T> room_;
    std::size_t needed_{};
};

}  // namespace acs::inline ACS_ABI

#endif
