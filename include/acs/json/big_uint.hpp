// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_BIG_UINT_HPP
#define ACS_JSON_BIG_UINT_HPP

#include <acs/core/config.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace acs::inline ACS_ABI {

/// An unsigned integer of up to `Limbs * 32` bits, held in place: what exact conversion between decimal and binary fractions takes.
/// Pre, for each operation: the value fits.
template <std::size_t Limbs>
class big_uint {
public:
    constexpr explicit big_uint(std::uint64_t value = 0) noexcept {
        for (; value != 0; value >>= 32) limbs_[size_++] = static_cast<std::uint32_t>(value);
    }

    [[nodiscard]] constexpr int bit_size() const noexcept {
        return size_ == 0 ? 0 : static_cast<int>(size_ * 32) - std::countl_zero(limbs_[size_ - 1]);
    }

    constexpr void multiply_add(std::uint32_t factor, std::uint32_t addend) noexcept {
        std::uint64_t carry = addend;
        for (std::size_t i = 0; i < size_; ++i) {
            carry += std::uint64_t{limbs_[i]} * factor;
            limbs_[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry != 0) push(static_cast<std::uint32_t>(carry));
    }

    constexpr void multiply_by_power_of_five(std::int64_t exponent) noexcept {
        constexpr std::uint32_t five_to_13 = 1'220'703'125;
        for (; exponent >= 13; exponent -= 13) multiply_add(five_to_13, 0);
        for (; exponent > 0; --exponent) multiply_add(5, 0);
    }

    constexpr void shift_left(std::int64_t bits) noexcept {
        if (bits <= 0 || size_ == 0) return;
        auto const words = static_cast<std::size_t>(bits / 32);
        auto const rest = static_cast<unsigned>(bits % 32);
        ACS_ASSERT(size_ + words <= Limbs);
        for (std::size_t i = size_; i-- > 0;) limbs_[i + words] = limbs_[i];
        for (std::size_t i = 0; i < words; ++i) limbs_[i] = 0;
        size_ += words;
        if (rest != 0) multiply_add(std::uint32_t{1} << rest, 0);
    }

    constexpr void add(big_uint const& other) noexcept {
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < other.size_ || (carry != 0 && i < size_); ++i) {
            if (i == size_) push(0);
            carry += std::uint64_t{limbs_[i]} + (i < other.size_ ? other.limbs_[i] : 0);
            limbs_[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry != 0) push(static_cast<std::uint32_t>(carry));
    }

    /// Pre: other <= *this.
    constexpr void subtract(big_uint const& other) noexcept {
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < other.size_ || borrow != 0; ++i) {
            std::uint64_t const difference = std::uint64_t{limbs_[i]} - (i < other.size_ ? other.limbs_[i] : 0) - borrow;
            limbs_[i] = static_cast<std::uint32_t>(difference);
            borrow = difference >> 63;
        }
        while (size_ != 0 && limbs_[size_ - 1] == 0) --size_;
    }

    /// < 0, 0, > 0.
    [[nodiscard]] constexpr int compare(big_uint const& other) const noexcept {
        if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
        for (std::size_t i = size_; i-- > 0;)
            if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
        return 0;
    }

private:
    constexpr void push(std::uint32_t limb) noexcept {
        ACS_ASSERT(size_ < Limbs);
        limbs_[size_++] = limb;
    }

    std::array<std::uint32_t, Limbs> limbs_{};
    std::size_t size_{};
};

}  // namespace acs::inline ACS_ABI

#endif
