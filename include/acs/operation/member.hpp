// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_MEMBER_HPP
#define ACS_OPERATION_MEMBER_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/text.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>
#include <acs/operation/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// One member of a reply, as data: a row of its table.
namespace acs::inline ACS_ABI {

class array_memory;
union member_target;

/// The functions of a kind of member.
struct member_kind {
    shape what{};
    /// Scalars: takes the token's value; texts are stored raw, as they stand in the body.
    errc (*store)(member_target to, json_token const& token) noexcept {};
    /// Arrays: takes `count` elements from the memory; false if it is too small.
    bool (*allocate)(member_target to, std::size_t count, array_memory& memory) noexcept {};
    /// Arrays: how many elements there are.
    std::size_t (*count)(member_target to) noexcept {};
    /// Arrays: points `slots` to the members of element `index`.
    void (*bind)(member_target to, std::size_t index, member_target* slots) noexcept {};
};

/// A member of a reply's struct; which one of these, the row's kind knows.
union member_target {
    std::string_view* text;
    std::optional<std::int64_t>* integer;
    std::optional<bool>* boolean;
    std::optional<double>* number;
    void* array;  ///< a span, of a type that its kind knows
};

/// A row of a member table. Rows stand in the order in which a reader of the description meets them, each before its children: the children
/// of an object are its members, the one child of an array is its element. Row 0 is the reply.
struct member_row {
    char const* name_data{};
    member_kind const* kind{};
    std::uint8_t name_size{};
    std::uint8_t parent{};
    std::uint8_t size{};  ///< of the row and everything in it, in rows

    /// The wire name; empty for the reply and for elements.
    [[nodiscard]] constexpr std::string_view name() const noexcept { return {name_data, name_size}; }
};

/// Arrays may stand inside arrays this deep.
inline constexpr std::size_t max_array_nesting = 4;

inline constexpr member_kind object_member{.what = shape::object};

/// Takes numbers and booleans too, as they are written.
inline constexpr member_kind text_member{.what = shape::text, .store = [](member_target to, json_token const& token) noexcept {
                                             *to.text = token.text;
                                             return errc::none;
                                         }};

/// Takes quoted numbers too: the service sends both.
inline constexpr member_kind integer_member{.what = shape::integer, .store = [](member_target to, json_token const& token) noexcept {
                                                if (token.kind == json_kind::boolean) return errc::wrong_type;
                                                auto const value = read_integer(token.text);
                                                if (!value) return value.error().code;
                                                *to.integer = *value;
                                                return errc::none;
                                            }};

/// Takes quoted numbers too.
inline constexpr member_kind number_member{.what = shape::number, .store = [](member_target to, json_token const& token) noexcept {
                                               if (token.kind == json_kind::boolean) return errc::wrong_type;
                                               auto const value = read_double(token.text);
                                               if (!value) return value.error().code;
                                               *to.number = *value;
                                               return errc::none;
                                           }};

/// Takes quoted booleans too, in any case: the service sends both.
inline constexpr member_kind boolean_member{.what = shape::boolean, .store = [](member_target to, json_token const& token) noexcept {
                                                bool const yes = equal_ignoring_case(token.text, "true");
                                                if (!yes && !equal_ignoring_case(token.text, "false")) return errc::wrong_type;
                                                *to.boolean = yes;
                                                return errc::none;
                                            }};

/// The kind that goes with the type of a member, and a target that points to it. Arrays: operation/array.hpp.
template <class T>
struct member_of;
template <>
struct member_of<std::string_view> {
    static constexpr member_kind const* kind = &text_member;
    static constexpr member_target target(std::string_view& value) noexcept { return {.text = &value}; }
};
template <>
struct member_of<std::optional<std::int64_t>> {
    static constexpr member_kind const* kind = &integer_member;
    static constexpr member_target target(std::optional<std::int64_t>& value) noexcept { return {.integer = &value}; }
};
template <>
struct member_of<std::optional<bool>> {
    static constexpr member_kind const* kind = &boolean_member;
    static constexpr member_target target(std::optional<bool>& value) noexcept { return {.boolean = &value}; }
};
template <>
struct member_of<std::optional<double>> {
    static constexpr member_kind const* kind = &number_member;
    static constexpr member_target target(std::optional<double>& value) noexcept { return {.number = &value}; }
};

}  // namespace acs::inline ACS_ABI

#endif
