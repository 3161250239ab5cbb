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
#include <acs/operation/offset.hpp>
#include <acs/operation/parameter.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

// From a description to rows that lie in flash.
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
void an_operation_has_at_most_65535_bytes();
void a_range_needs_an_integer_and_min_below_max();
void a_get_operation_has_no_form();
void a_head_operation_has_no_form();
void action_and_version_must_not_be_empty_nor_hold_cr_lf_or_nul();
void action_and_version_have_at_most_255_bytes();
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

/// The shape of a parameter, and its source in an operation.
template <auto Pointer>
using parameter_at = parameter_of<typename pointed_to<decltype(Pointer)>::type>;

/// The tables of an operation.
template <operation Op>
class table {
    static constexpr auto described = Op::describe();
    static constexpr auto const& words = described.parameters.words;

public:
    static constexpr std::size_t parameter_count = [] {
        if (!are_names(Op::head)) table_error::action_and_version_must_not_be_empty_nor_hold_cr_lf_or_nul();
        if (Op::head.action.size() > 255 || Op::head.version.size() > 255) table_error::action_and_version_have_at_most_255_bytes();
        return words.size();
    }();

private:
    /// The row of each described parameter: how many names stand before its own.
    static constexpr auto row_of = [] {
        if (parameter_count > 64) table_error::an_operation_has_at_most_64_parameters();
        std::array<std::size_t, parameter_count> rows{};
        for (std::size_t i = 0; i < parameter_count; ++i) {
            std::string_view const name = words[i].name;
            if (name.empty() || name.size() > 255 || percent_encoded_size(name) != name.size())
                table_error::a_parameter_name_must_be_unreserved_characters_and_not_empty();
            for (std::size_t k = 0; k < i; ++k) {
                if (words[k].name == name) table_error::a_parameter_name_is_described_twice();
                ++rows[words[k].name < name ? i : k];
            }
        }
        return rows;
    }();

    template <std::size_t I>
    static constexpr range const* bounds_at() {
        if constexpr (words[I].has_bounds)
            return &bounds_of<words[I].bounds.min, words[I].bounds.max>;
        else
            return &unbounded;
    }

    template <auto... Pointers, std::size_t... I>
    static constexpr auto make_rows(described_parameters<Pointers...> const&, std::index_sequence<I...>) {
        constexpr std::array<shape, parameter_count> shapes{parameter_at<Pointers>::what...};
        constexpr std::array<range const*, parameter_count> bounds{bounds_at<I>()...};
        constexpr std::array<std::size_t, parameter_count> offsets{offset_of<Op, Pointers>()...};
        std::array<parameter_row, parameter_count> rows{};
        for (std::size_t i = 0; i < parameter_count; ++i) {
            parameter_words const& p = words[i];
            if (p.has_bounds && (shapes[i] != shape::integer || p.bounds.min >= p.bounds.max))
                table_error::a_range_needs_an_integer_and_min_below_max();
            if (p.in == place::form && Op::head.verb == method::get) table_error::a_get_operation_has_no_form();
            if (p.in == place::form && Op::head.verb == method::head) table_error::a_head_operation_has_no_form();
            if (offsets[i] > max_offset) table_error::an_operation_has_at_most_65535_bytes();
            parameter_row& row = rows[row_of[i]];
            row.name_data = p.name.data();
            row.bounds = bounds[i];
            row.offset = static_cast<std::uint16_t>(offsets[i]);
            row.name_size = static_cast<std::uint8_t>(p.name.size());
            row.what = shapes[i];
            row.in = p.in;
            row.required = p.is_required;
            row.long_text = p.is_long;
        }
        return rows;
    }

    template <auto... Pointers, std::size_t... I>
    static constexpr auto sources_of(Op const& op, described_parameters<Pointers...> const&, std::index_sequence<I...>) noexcept {
        std::array<parameter_source, parameter_count> sources{};
        ((sources[row_of[I]] = parameter_at<Pointers>::source(op.*Pointers)), ...);
        return sources;
    }

public:
    /// In canonical order.
    static constexpr auto parameters = make_rows(described.parameters, std::make_index_sequence<parameter_count>{});

    using member_source = typename members_source<Op, std::remove_cvref_t<decltype(described.members)>>::type;
    using member_rows = member_table<typename Op::reply, member_source>;
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
        return sources_of(op, described.parameters, std::make_index_sequence<parameter_count>{});
    }

    /// Points each member row to its member of `reply`; those inside array elements are pointed when an element is read.
    static constexpr auto bind(typename Op::reply& reply) noexcept { return member_rows::bind(reply); }
};

}  // namespace acs::inline ACS_ABI

#endif
