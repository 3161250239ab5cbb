// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_MEMBER_HPP
#define ACS_OPERATION_MEMBER_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/text.hpp>
#include <acs/json/number.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>
#include <acs/operation/places.hpp>
#include <acs/operation/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// One member of a reply, as data: a row of its table.
namespace acs::inline ACS_ABI {

class array_memory;
struct member_functions;

/// A member of a reply's struct; which one of these, the row's shape says.
union member_target {
    std::string_view* text;
    std::optional<std::int64_t>* integer;
    std::optional<bool>* boolean;
    std::optional<double>* number;
    void* array;  ///< a span, of a type that its functions know

    /// One of that shape, which begins there.
    [[nodiscard]] static member_target at(shape what, void* member) noexcept {
        switch (what) {
            case shape::text: return {.text = static_cast<std::string_view*>(member)};
            case shape::integer: return {.integer = static_cast<std::optional<std::int64_t>*>(member)};
            case shape::boolean: return {.boolean = static_cast<std::optional<bool>*>(member)};
            case shape::number: return {.number = static_cast<std::optional<double>*>(member)};
            default: return {.array = member};
        }
    }
};

/// The elements of an array, whatever their type.
struct element_run {
    void* first{};
    std::size_t count{};
};

/// What is to be known of the elements of an array.
struct array_functions {
    /// Takes `count` elements from the memory; false if it is too small.
    bool (*allocate)(member_target to, std::size_t count, array_memory& memory) noexcept {};
    /// Those that there are.
    element_run (*elements)(member_target to) noexcept {};
    std::size_t element_size{};
};

/// A row of a member table. Rows stand in the order in which a reader of the description meets them, each before its children: the children
/// of an object are its members, the one child of an array is its element. Row 0 is the reply.
struct member_row {
    union {
        char const* name_data{};
        array_functions const* array;       ///< of an element, which has no name: those of the array around it
        member_functions const* functions;  ///< of row 0, which has none either: those for all rows
    };
    std::uint8_t name_size{};
    std::uint8_t size{};           ///< of the row and everything in it, in rows
    std::uint16_t offset : 13 {};  ///< of the member, in bytes, in the reply or the element of an array around it; of row 0 in the result
    shape what : 3 {};

    /// The wire name; empty for the reply and for elements.
    [[nodiscard]] constexpr std::string_view name() const noexcept { return name_size != 0 ? own_name() : std::string_view(); }
    /// The same of a row that has one, or is a member.
    [[nodiscard]] constexpr std::string_view own_name() const noexcept { return {name_data, name_size}; }
};

/// The row around another one; around row 0 that itself.
[[nodiscard]] constexpr std::size_t parent_of(member_row const* rows, std::size_t row) noexcept {
    if (row == 0) return row;
    std::size_t parent = row - 1;
    while (parent + rows[parent].size <= row) --parent;
    return parent;
}

/// The functions of an array, by its row.
[[nodiscard]] constexpr array_functions const& functions_of(member_row const& array) noexcept { return *(&array)[1].array; }

/// Where the members of a reply, or of an element, are.
using member_places = places<member_target, void>;

/// Arrays may stand inside arrays this deep.
inline constexpr std::size_t max_array_nesting = 4;

/// Takes the value of a scalar's token into the member.
using scalar_store = errc(shape what, member_target to, json_token const& token) noexcept;

/// Texts take numbers and booleans too, and all are stored raw, as they stand in the body. Booleans may be quoted, in any case: the service
/// sends both.
constexpr errc store_text_or_boolean(shape what, member_target to, json_token const& token) noexcept {
    if (what == shape::text) {
        *to.text = token.text;
        return errc::none;
    }
    bool const yes = equal_ignoring_case(token.text, {"true", 4});
    if (!yes && !equal_ignoring_case(token.text, {"false", 5})) return errc::wrong_type;
    *to.boolean = yes;
    return errc::none;
}

/// The same, and integers, which may be quoted: the service sends both.
constexpr errc store_up_to_integer(shape what, member_target to, json_token const& token) noexcept {
    if (what != shape::integer) return store_text_or_boolean(what, to, token);
    if (token.kind == json_kind::boolean) return errc::wrong_type;
    std::int64_t value = 0;
    errc const code = parse_json_integer(token.text, value);
    if (code == errc::none) *to.integer = value;
    return code;
}

/// The same, and other numbers, which may be quoted.
constexpr errc store_any(shape what, member_target to, json_token const& token) noexcept {
    if (what != shape::number) return store_up_to_integer(what, to, token);
    if (token.kind == json_kind::boolean) return errc::wrong_type;
    double value = 0;
    errc const code = decimal_double::parse(token.text, value);
    if (code == errc::none) *to.number = value;
    return code;
}

/// The shape that goes with the type of a member, and a target that points to it. Arrays: operation/array.hpp.
template <class T>
struct member_of;
template <>
struct member_of<std::string_view> {
    static constexpr shape what = shape::text;
    static constexpr member_target target(std::string_view& value) noexcept { return {.text = &value}; }
};
template <>
struct member_of<std::optional<std::int64_t>> {
    static constexpr shape what = shape::integer;
    static constexpr member_target target(std::optional<std::int64_t>& value) noexcept { return {.integer = &value}; }
};
template <>
struct member_of<std::optional<bool>> {
    static constexpr shape what = shape::boolean;
    static constexpr member_target target(std::optional<bool>& value) noexcept { return {.boolean = &value}; }
};
template <>
struct member_of<std::optional<double>> {
    static constexpr shape what = shape::number;
    static constexpr member_target target(std::optional<double>& value) noexcept { return {.number = &value}; }
};

}  // namespace acs::inline ACS_ABI

#endif
