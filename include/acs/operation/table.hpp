// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_TABLE_HPP
#define ACS_OPERATION_TABLE_HPP

#include <acs/core/config.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/call_head.hpp>
#include <acs/operation/array.hpp>
#include <acs/operation/description.hpp>
#include <acs/operation/member.hpp>
#include <acs/operation/parameter.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// From a description to rows that lie in flash, and to the code that points them at an object: one store a row.
namespace acs::inline ACS_ABI {

/// A struct that describes an operation: what it is called, its parameters and its reply (operation/description.hpp).
template <class Op>
concept operation = requires {
    { Op::head } -> std::convertible_to<call_head>;
    typename Op::reply;
    Op::describe();
};

namespace table_error {
// Never defined. A faulty description calls one while it is compiled; the compiler then shows its name.
void a_parameter_name_is_described_twice();
void a_parameter_name_must_be_unreserved_characters_and_not_empty();
void an_operation_has_at_most_64_parameters();
void a_range_needs_an_integer_and_min_below_max();
void a_get_operation_has_no_form();
void a_member_name_is_described_twice();
void a_reply_has_at_most_255_rows();
void arrays_are_nested_too_deep();
}  // namespace table_error

template <class Pointer>
struct pointed_to;
template <class Class, class T>
struct pointed_to<T Class::*> {
    using type = T;
};

/// The rows and targets of a value of type `T`, described by `Inner`. Here: an object.
template <class T, class... Inner>
struct member_tree;

/// Those of one described member.
template <class Described>
struct member_branch;
template <auto Pointer, class... Inner>
struct member_branch<described_member<Pointer, Inner...>> {
    using tree = member_tree<typename pointed_to<decltype(Pointer)>::type, Inner...>;

    static constexpr void write(described_member<Pointer, Inner...> const& d, std::size_t parent, member_row* rows, std::size_t& at) {
        tree::write(d.name, d.inner, parent, rows, at);
    }
    template <class Object>
    static constexpr void bind(Object& object, member_target*& slot) noexcept {
        tree::bind(object.*Pointer, slot);
    }
};

constexpr void write_row(std::string_view name, member_kind const* kind, std::size_t parent, std::size_t size, member_row* rows,
                         std::size_t& at) {
    if (at + size > 255 || name.size() > 255) table_error::a_reply_has_at_most_255_rows();
    rows[at++] = {name.data(), kind, static_cast<std::uint8_t>(name.size()), static_cast<std::uint8_t>(parent),
                  static_cast<std::uint8_t>(size)};
}

template <class T, class... Inner>
struct member_tree {
    static constexpr std::size_t size = (std::size_t{1} + ... + member_branch<Inner>::tree::size);

    static constexpr void write(std::string_view name, std::tuple<Inner...> const& inner, std::size_t parent, member_row* rows,
                                std::size_t& at) {
        std::size_t const self = at;
        write_row(name, &object_member, parent, size, rows, at);
        std::apply([&](Inner const&... each) { (member_branch<Inner>::write(each, self, rows, at), ...); }, inner);
    }
    static constexpr void bind(T& object, member_target*& slot) noexcept {
        *slot++ = {.text = nullptr};
        (member_branch<Inner>::bind(object, slot), ...);
    }
};

template <class T>
    requires requires { member_of<T>::kind; }
struct member_tree<T> {
    static constexpr std::size_t size = 1;

    static constexpr void write(std::string_view name, std::tuple<> const&, std::size_t parent, member_row* rows, std::size_t& at) {
        write_row(name, member_of<T>::kind, parent, size, rows, at);
    }
    static constexpr void bind(T& value, member_target*& slot) noexcept { *slot++ = member_of<T>::target(value); }
};

template <class T, class... Inner>
struct member_tree<std::span<T const>, Inner...> {
    using element = member_tree<T, Inner...>;
    static constexpr std::size_t size = 1 + element::size;

    static constexpr void write(std::string_view name, std::tuple<Inner...> const& inner, std::size_t parent, member_row* rows,
                                std::size_t& at) {
        std::size_t const self = at;
        write_row(name, &array_member<T, member_tree>, parent, size, rows, at);
        element::write({}, inner, self, rows, at);
    }
    static constexpr void bind(std::span<T const>& elements, member_target*& slot) noexcept {
        *slot++ = {.array = &elements};
        slot += element::size;  // pointed somewhere when an element is read
    }
    static constexpr void to(T& one, member_target* slots) noexcept { element::bind(one, slots); }
};

/// The tables of an operation.
template <operation Op>
class table {
    static constexpr auto described = Op::describe();
    using parameter_tuple = std::remove_cvref_t<decltype(described.parameters)>;
    using member_tuple = std::remove_cvref_t<decltype(described.members)>;

    template <class... Inner>
    static member_tree<typename Op::reply, Inner...> tree_of(std::tuple<Inner...>);
    using tree = decltype(tree_of(std::declval<member_tuple>()));

public:
    static constexpr std::size_t parameter_count = std::tuple_size_v<parameter_tuple>;
    static constexpr std::size_t member_count = tree::size;

private:
    using order_type = std::array<std::uint8_t, parameter_count>;

    static constexpr auto names = std::apply([](auto const&... p) { return std::array<std::string_view, parameter_count>{p.name...}; },
                                             described.parameters);

    /// order[i]: which of the described parameters stands in row i.
    static constexpr order_type order = [] {
        if (parameter_count > 64) table_error::an_operation_has_at_most_64_parameters();
        order_type sorted{};
        for (std::size_t i = 0; i < parameter_count; ++i) {
            std::size_t to = i;
            for (; to != 0 && names[i] < names[sorted[to - 1]]; --to) sorted[to] = sorted[to - 1];
            sorted[to] = static_cast<std::uint8_t>(i);
            if (to != 0 && names[sorted[to - 1]] == names[i]) table_error::a_parameter_name_is_described_twice();
            if (names[i].empty() || names[i].size() > 255 || percent_encoded_size(names[i]) != names[i].size())
                table_error::a_parameter_name_must_be_unreserved_characters_and_not_empty();
        }
        return sorted;
    }();

    static constexpr auto all_bounds = std::apply([](auto const&... p) { return std::array<range, parameter_count>{p.bounds...}; },
                                                  described.parameters);

    template <auto Pointer>
    static constexpr parameter_row row_of(described_parameter<Pointer> const& p, range const* bounds) {
        using kind = parameter_of<typename pointed_to<decltype(Pointer)>::type>;
        if (p.has_bounds && (kind::kind->what != shape::integer || p.bounds.min >= p.bounds.max))
            table_error::a_range_needs_an_integer_and_min_below_max();
        if (p.in == place::form && Op::head.verb == method::get) table_error::a_get_operation_has_no_form();
        return {p.name.data(), kind::kind, p.has_bounds ? bounds : &unbounded, static_cast<std::uint8_t>(p.name.size()), p.in,
                p.is_required, p.is_long};
    }

    template <auto Pointer>
    static constexpr auto pointer_of(described_parameter<Pointer> const&) {
        return std::integral_constant<decltype(Pointer), Pointer>{};
    }
    template <std::size_t Row>
    using pointer_in_row = decltype(pointer_of(std::get<order[Row]>(described.parameters)));

public:
    /// In canonical order.
    static constexpr auto parameters = []<std::size_t... Row>(std::index_sequence<Row...>) {
        return std::array<parameter_row, parameter_count>{row_of(std::get<order[Row]>(described.parameters), &all_bounds[order[Row]])...};
    }(std::make_index_sequence<parameter_count>{});

    /// Row 0 is the reply.
    static constexpr auto members = [] {
        std::array<member_row, member_count> rows{};
        std::size_t at = 0;
        tree::write({}, described.members, 0, rows.data(), at);
        for (std::size_t i = 1; i < rows.size(); ++i)
            for (std::size_t k = i + 1; k < rows.size(); ++k)
                if (rows[k].parent == rows[i].parent && rows[k].name() == rows[i].name()) table_error::a_member_name_is_described_twice();
        for (std::size_t i = 1; i < rows.size(); ++i) {
            std::size_t arrays = 0;
            for (std::size_t k = i; k != 0; k = rows[k].parent) arrays += rows[k].kind->what == shape::array ? 1U : 0U;
            if (arrays > max_array_nesting) table_error::arrays_are_nested_too_deep();
        }
        return rows;
    }();

    /// The row of a text or boolean at the top of the reply; 0 if it has none of that name.
    static constexpr std::uint8_t top_member(std::string_view name, shape what) noexcept {
        for (std::size_t i = 1; i < members.size(); ++i)
            if (members[i].parent == 0 && members[i].name() == name && members[i].kind->what == what) return static_cast<std::uint8_t>(i);
        return 0;
    }

    /// The row of `ClientToken`, which makes repeating safe; `parameter_count` if the operation takes none.
    static constexpr std::size_t client_token_row = [] {
        std::size_t row = 0;
        while (row < parameter_count && !(parameters[row].name() == "ClientToken" && parameters[row].kind->what == shape::text)) ++row;
        return row;
    }();

    /// Points each parameter row to its member of `op`.
    static constexpr auto bind(Op const& op) noexcept {
        return [&op]<std::size_t... Row>(std::index_sequence<Row...>) {
            return std::array<parameter_source, parameter_count>{
                parameter_of<std::remove_cvref_t<decltype(op.*pointer_in_row<Row>::value)>>::source(op.*pointer_in_row<Row>::value)...};
        }(std::make_index_sequence<parameter_count>{});
    }

    /// Points each member row to its member of `reply`; those inside array elements are pointed when an element is read.
    static constexpr auto bind(typename Op::reply& reply) noexcept {
        std::array<member_target, member_count> slots{};
        member_target* slot = slots.data();
        tree::bind(reply, slot);
        return slots;
    }
};

}  // namespace acs::inline ACS_ABI

#endif
