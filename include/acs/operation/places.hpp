// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_PLACES_HPP
#define ACS_OPERATION_PLACES_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// Where the members of an object are that the rows of a table name: so many bytes behind its beginning as each row says. Constant
/// expressions can't count bytes: there a slot for each row points to its member. `Void`: void, or void const.
template <class Target, class Void>
class places {
public:
    constexpr places() noexcept : slots_(nullptr) {
        if (!std::is_constant_evaluated()) object_ = nullptr;
    }
    constexpr explicit places(Target const* slots) noexcept : slots_(slots) {}
    explicit places(Void* object) noexcept : object_(object) {}

    /// Whether there is an object.
    constexpr explicit operator bool() const noexcept { return std::is_constant_evaluated() ? slots_ != nullptr : object_ != nullptr; }

    /// The member of a row.
    template <class Row>
    [[nodiscard]] constexpr Target of(Row const* rows, std::size_t row) const noexcept {
        if (std::is_constant_evaluated()) return slots_[row];
        return Target::at(rows[row].what, behind(rows[row].offset).object_);
    }

    /// The places in what begins so many bytes behind.
    [[nodiscard]] places behind(std::size_t size) const noexcept {
        using byte = std::conditional_t<std::is_const_v<Void>, char const, char>;
        return places(static_cast<Void*>(static_cast<byte*>(object_) + size));
    }

private:
    union {
        Void* object_;
        Target const* slots_;  // in constant expressions
    };
};

}  // namespace acs::inline ACS_ABI

#endif
