// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_OFFSET_HPP
#define ACS_OPERATION_OFFSET_HPP

#include <acs/core/config.hpp>

#include <cstddef>

namespace acs::inline ACS_ABI {

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

/// An object that is declared and nowhere defined, in front of its bytes: where its members would lie is constant, whether or not one could
/// be made in a constant expression.
template <class Object>
struct object_bytes {
    union type {
        char bytes[sizeof(Object)];
        Object object;
        type();
        ~type();
    };
    static type it;
};

/// The largest offset that is looked for.
inline constexpr std::size_t max_offset = 65'535;

/// How many bytes behind the beginning of an object a part of it lies; above `max_offset` if that is further. In constant expressions
/// addresses can be compared, and not subtracted where one is of bytes. `Step`: so many bytes at a time; what is packed is found by one.
template <class Object, std::size_t Step>
[[nodiscard]] consteval std::size_t offset_in(void const* part) noexcept {
    for (std::size_t offset = 0; offset < sizeof(Object) && offset <= max_offset; offset += Step)
        if (static_cast<void const*>(object_bytes<Object>::it.bytes + offset) == part) return offset;
    if constexpr (Step == 1)
        return max_offset + 1;
    else
        return offset_in<Object, 1>(part);
}

template <class Object, class Class>
concept begins_always_there = requires(Class const volatile* part) { static_cast<Object const volatile*>(part); };

/// The offset of the member at `Pointer`. A table that holds this number needs no code for each member that it names.
template <class Object, class Class, class Part>
[[nodiscard]] consteval std::size_t offset_of(Part Class::*pointer) noexcept {
    static_assert(begins_always_there<Object, Class>, "a described member is of a virtual base, which lies anywhere");
    return offset_in<Object, alignof(Part)>(&(object_bytes<Object>::it.object.*pointer));
}
template <class Object, auto Pointer>
[[nodiscard]] consteval std::size_t offset_of() noexcept {
    return offset_of<Object>(Pointer);
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

}  // namespace acs::inline ACS_ABI

#endif
