// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_OFFSET_HPP
#define ACS_OPERATION_OFFSET_HPP

#include <acs/core/config.hpp>

#include <cstddef>

namespace acs::inline ACS_ABI {

/// The bytes of an object, which need not be there to say where its members would lie.
template <class Object>
union object_bytes {
    char bytes[sizeof(Object)];
    Object object;

    constexpr object_bytes() noexcept : bytes{} {}
    constexpr explicit object_bytes(Object const& it) noexcept : object(it) {}
    constexpr ~object_bytes() {}  // NOLINT: of a union whose members may have destructors
};

/// How many bytes behind the beginning of an object a part of it lies.
template <class Object>
[[nodiscard]] constexpr std::size_t offset_in(object_bytes<Object> const& it, void const* part) noexcept {
    std::size_t offset = 0;
    while (static_cast<void const*>(it.bytes + offset) != part) ++offset;
    return offset;
}

/// The same of its member at `Pointer`. A table that holds this number needs no code for each member that it names.
template <class Object, auto Pointer>
[[nodiscard]] consteval std::size_t offset_of() noexcept {
    object_bytes<Object> const it;
    return offset_in(it, &(it.object.*Pointer));
}

}  // namespace acs::inline ACS_ABI

#endif
