// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_BOUNDED_TEXT_HPP
#define ACS_CORE_BOUNDED_TEXT_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Text of at most `Capacity` bytes, held in place: signatures, dates, digits. A sink.
template <std::size_t Capacity>
class bounded_text {
public:
    static constexpr std::size_t capacity = Capacity;

    /// Pre: the piece still fits.
    constexpr void write(std::string_view piece) noexcept {
        ACS_ASSERT(piece.size() <= Capacity - size_);
        copy_text(piece, text_.data() + size_);
        size_ += piece.size();
    }

    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

    /// Lives as long as this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text_.data(), size_}; }

    [[nodiscard]] friend constexpr bool operator==(bounded_text const& a, std::string_view b) noexcept { return a.view() == b; }

private:
    std::array<char, Capacity> text_{};
    std::size_t size_{};
};

/// Texts in a row. Pre: they fit.
template <std::size_t Capacity, class... Text>
[[nodiscard]] constexpr bounded_text<Capacity> joined(Text const&... texts) noexcept {
    bounded_text<Capacity> all;
    (all.write(texts), ...);
    return all;
}

}  // namespace acs::inline ACS_ABI

#endif
