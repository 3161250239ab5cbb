// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_PARAMETER_HPP
#define ACS_OPERATION_PARAMETER_HPP

#include <acs/core/config.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/draft.hpp>
#include <acs/operation/places.hpp>
#include <acs/operation/shape.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

// One parameter of an operation, as data: a row of its table.
namespace acs::inline ACS_ABI {

/// A member of an operation's struct; which one of these, the row's shape says. Absent: null data, or an empty optional.
union parameter_source {
    std::string_view const* text;
    std::optional<std::int64_t> const* integer;
    std::optional<bool> const* boolean;

    /// One of that shape, which begins there.
    [[nodiscard]] static parameter_source at(shape what, void const* member) noexcept {
        switch (what) {
            case shape::text: return {.text = static_cast<std::string_view const*>(member)};
            case shape::integer: return {.integer = static_cast<std::optional<std::int64_t> const*>(member)};
            default: return {.boolean = static_cast<std::optional<bool> const*>(member)};
        }
    }
};

/// Where the parameters of an operation are.
using parameter_places = places<parameter_source, void const>;

/// What local validation can say of one parameter.
enum class presence : std::uint8_t { absent, present, out_of_range };

/// A row of a parameter table.
struct parameter_row {
    char const* name_data{};
    acs::range const* bounds = &unbounded;  ///< never null
    std::uint16_t offset{};                 ///< of the member, in bytes, in the operation
    std::uint8_t name_size{};
    shape what : 3 {};
    place in : 1 {};
    bool required : 1 {};
    bool long_text : 1 {};  ///< may grow beyond what URLs can carry

    /// The wire name.
    [[nodiscard]] constexpr std::string_view name() const noexcept { return {name_data, name_size}; }
};

/// What there is of a value of that shape.
[[nodiscard]] constexpr presence presence_of(shape what, parameter_source from, range const& bounds) noexcept {
    bool present = false;
    switch (what) {
        case shape::text: present = from.text->data() != nullptr; break;
        case shape::boolean: present = from.boolean->has_value(); break;
        default:
            present = from.integer->has_value();
            if (present && (**from.integer < bounds.min || **from.integer > bounds.max)) return presence::out_of_range;
    }
    return present ? presence::present : presence::absent;
}

/// A value as it is sent; short texts are kept in the draft's memory. Pre: it is present.
[[nodiscard]] constexpr std::string_view sent_text(shape what, parameter_source from, draft& d) noexcept {
    if (what == shape::text) return {from.text->data(), from.text->size()};
    if (what == shape::integer) return d.keep_digits(**from.integer);
    return {**from.boolean ? "true" : "false", **from.boolean ? 4U : 5U};
}

/// The shape that goes with the type of a member, and a source that views it.
template <class T>
struct parameter_of;
template <>
struct parameter_of<std::string_view> {
    static constexpr shape what = shape::text;
    static constexpr parameter_source source(std::string_view const& value) noexcept { return {.text = &value}; }
};
template <>
struct parameter_of<std::optional<std::int64_t>> {
    static constexpr shape what = shape::integer;
    static constexpr parameter_source source(std::optional<std::int64_t> const& value) noexcept { return {.integer = &value}; }
};
template <>
struct parameter_of<std::optional<bool>> {
    static constexpr shape what = shape::boolean;
    static constexpr parameter_source source(std::optional<bool> const& value) noexcept { return {.boolean = &value}; }
};

}  // namespace acs::inline ACS_ABI

#endif
