// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_ARRAY_HPP
#define ACS_OPERATION_ARRAY_HPP

#include <acs/core/config.hpp>
#include <acs/core/smaller.hpp>
#include <acs/operation/member.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// The caller's memory for the elements of a reply's arrays. When it is full it gives nothing more, but goes on counting: `needed()` is
/// exact for memory that is aligned as `max_align_t`.
class array_memory {
public:
    static constexpr std::size_t alignment = alignof(std::max_align_t);

    constexpr explicit array_memory(std::span<std::byte> room) noexcept : room_(room) {}

    /// Makes `count` empty elements in a row, one at least. Null if they do not fit.
    template <class T>
    [[nodiscard]] T* make(std::size_t count) noexcept {
        static_assert(alignof(T) <= alignment && std::is_trivially_destructible_v<T>);
        if (needed_ == 0) skip_misaligned();
        // How many there are the answer says: what no sum can hold does not fit, and goes on not to.
        std::size_t const padding = (0 - needed_) % alignof(T), left = SIZE_MAX - needed_, begin = needed_ + padding;
        bool const countable = padding <= left && count <= SIZE_MAX / sizeof(T) && count * sizeof(T) <= left - padding;
        needed_ = countable ? begin + count * sizeof(T) : SIZE_MAX;
        fits_ = fits_ && needed_ <= room_.size();
        if (!fits_) return nullptr;
        for (std::size_t i = 1; i < count; ++i) ::new (static_cast<void*>(room_.data() + begin + i * sizeof(T))) T{};
        return ::new (static_cast<void*>(room_.data() + begin)) T{};
    }

    [[nodiscard]] constexpr bool fits() const noexcept { return fits_; }
    /// How many bytes all elements asked for so far take; SIZE_MAX: more than can be counted.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return needed_; }

private:
    void skip_misaligned() noexcept {
        std::size_t const over = std::bit_cast<std::uintptr_t>(room_.data()) % alignment;
        if (over != 0) room_ = room_.last(room_.size() - smaller(room_.size(), alignment - over));
    }

    std::span<std::byte> room_;
    std::size_t needed_{};
    bool fits_{true};
};

/// An array whose elements are of type `T`.
template <class T>
inline constexpr array_functions array_member{
    .allocate = [](member_target to, std::size_t count, array_memory& memory) noexcept {
        T* const elements = count != 0 ? memory.make<T>(count) : nullptr;
        bool const good = elements != nullptr || count == 0;
        // Not in braces: since C++26 these could make a list of two elements, where an element may be made from a pointer.
        if (good) *static_cast<std::span<T const>*>(to.array) = std::span<T const>(elements, count);
        return good;
    },
    .elements = [](member_target to) noexcept -> element_run {
        std::span<T const> const elements = *static_cast<std::span<T const>*>(to.array);
        // They are our own, made by allocate(): only the reply's users see them as const.
        return {const_cast<T*>(elements.data()), elements.size()};
    },
    .element_size = sizeof(T)};

/// Walks the elements of an array: each is, for a while, where members are.
class element_walk {
public:
    constexpr element_walk() noexcept = default;
    element_walk(array_functions const& functions, member_target array, member_places around) noexcept
        : next_(functions.elements(array).first), left_(functions.elements(array).count), around_(around) {}

    /// Moves to the next element; behind the last one back to what is around the array, and says so by false.
    bool step(array_functions const& functions, member_places& at) noexcept {
        at = left_ != 0 ? next_ : around_;
        if (left_ == 0) return false;
        next_ = next_.behind(functions.element_size);
        --left_;
        return true;
    }

private:
    member_places next_{};
    std::size_t left_{};
    member_places around_{};
};

}  // namespace acs::inline ACS_ABI

#endif
