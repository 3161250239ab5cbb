// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_TABLE_HPP
#define ACS_OPERATION_TABLE_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/call_head.hpp>
#include <acs/operation/description.hpp>
#include <acs/operation/member.hpp>
#include <acs/operation/member_table.hpp>
#include <acs/operation/parameter.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
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
void action_and_version_must_not_be_empty_nor_hold_cr_lf_or_nul();
}  // namespace table_error

/// Who gives the members of an operation's reply: itself, or its reply, whose rows then stand in a program once.
template <class Op, class Members>
struct members_source {
    struct type {
        static consteval auto members() { return Op::describe().members; }
    };
};
template <class Op, class Reply>
struct members_source<Op, shared_members<Reply>> {
    using type = shared_members<Reply>;
};

/// What `check_draft` asks of the names of a call, asked while an operation is compiled: nobody asks again when it is prepared.
[[nodiscard]] constexpr bool are_names(call_head const& head) noexcept {
    bool const plain = find_forbidden(head.action) == head.action.size() && find_forbidden(head.version) == head.version.size();
    return plain && !head.version.empty() && (!head.action.empty() || head.style == api_style::roa);
}

/// Equal bounds of all operations are one object.
template <std::int64_t Min, std::int64_t Max>
inline constexpr range bounds_of{Min, Max};

/// The tables of an operation.
template <operation Op>
class table {
    static constexpr auto described = Op::describe();
    using parameter_tuple = std::remove_cvref_t<decltype(described.parameters)>;
    using member_tuple = std::remove_cvref_t<decltype(described.members)>;

public:
    static constexpr std::size_t parameter_count = [] {
        if (!are_names(Op::head)) table_error::action_and_version_must_not_be_empty_nor_hold_cr_lf_or_nul();
        return std::tuple_size_v<parameter_tuple>;
    }();

private:
    using order_type = std::array<std::uint8_t, parameter_count>;

    static constexpr auto names =
        std::apply([](auto const&... p) { return std::array<std::string_view, parameter_count>{p.name...}; }, described.parameters);

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

    template <auto Pointer>
    static constexpr auto pointer_of(described_parameter<Pointer> const&) {
        return std::integral_constant<decltype(Pointer), Pointer>{};
    }
    template <std::size_t Row>
    using pointer_in_row = decltype(pointer_of(std::get<order[Row]>(described.parameters)));

    template <std::size_t Row>
    static constexpr parameter_row row_of() {
        constexpr auto p = std::get<order[Row]>(described.parameters);
        constexpr shape what = parameter_of<typename pointed_to<typename pointer_in_row<Row>::value_type>::type>::what;
        if (p.has_bounds && (what != shape::integer || p.bounds.min >= p.bounds.max))
            table_error::a_range_needs_an_integer_and_min_below_max();
        if (p.in == place::form && Op::head.verb == method::get) table_error::a_get_operation_has_no_form();
        range const* const bounds = p.has_bounds ? &bounds_of<p.bounds.min, p.bounds.max> : &unbounded;
        return {p.name.data(), bounds, static_cast<std::uint8_t>(p.name.size()), what, p.in, p.is_required, p.is_long};
    }

public:
    /// In canonical order.
    static constexpr auto parameters = []<std::size_t... Row>(std::index_sequence<Row...>) {
        return std::array<parameter_row, parameter_count>{row_of<Row>()...};
    }
    (std::make_index_sequence<parameter_count>{});

    using member_rows = member_table<typename Op::reply, typename members_source<Op, member_tuple>::type>;
    static constexpr auto const& members = member_rows::rows;
    static constexpr std::size_t member_count = member_rows::row_count;

    /// The row of a text or boolean at the top of the reply; 0 if it has none of that name.
    static constexpr std::uint8_t top_member(std::string_view name, shape what) noexcept { return member_rows::top_member(name, what); }

    /// The row of `ClientToken`, which makes repeating safe; `parameter_count` if the operation takes none.
    static constexpr std::size_t client_token_row = [] {
        std::size_t row = 0;
        while (row < parameter_count && !(parameters[row].name() == "ClientToken" && parameters[row].what == shape::text)) ++row;
        return row;
    }();

    /// Points each parameter row to its member of `op`.
    static constexpr auto bind(Op const& op) noexcept {
        return [&op]<std::size_t... Row>(std::index_sequence<Row...>) {
            return std::array<parameter_source, parameter_count>{
                parameter_of<std::remove_cvref_t<decltype(op.*pointer_in_row<Row>::value)>>::source(op.*pointer_in_row<Row>::value)...};
        }
        (std::make_index_sequence<parameter_count>{});
    }

    /// Points each member row to its member of `reply`; those inside array elements are pointed when an element is read.
    static constexpr auto bind(typename Op::reply& reply) noexcept { return member_rows::bind(reply); }
};

}  // namespace acs::inline ACS_ABI

#endif
