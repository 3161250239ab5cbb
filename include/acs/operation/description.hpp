// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_DESCRIPTION_HPP
#define ACS_OPERATION_DESCRIPTION_HPP

#include <acs/core/config.hpp>
#include <acs/message/param.hpp>
#include <acs/operation/shape.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// What a person writes to describe an operation:
//
//     static consteval auto describe() {
//         using self = query_di_sync_task_config_process_result;
//         return acs::description(
//             acs::parameters(acs::query<&self::project_id>("ProjectId", acs::required, acs::range{1, 10'000'000'000}), ...),
//             acs::members(acs::member<&reply::request_id>("RequestId"),
//                          acs::member<&reply::data>("Data", acs::member<&process_result::status>("Status"), ...)));
//     }
//
// Everything else, rows, checks and walkers, is made from that at compile time (operation/table.hpp).
namespace acs::inline ACS_ABI {

/// Options of a parameter.
struct required_option {};
struct long_text_option {};
inline constexpr required_option required{};    ///< local validation refuses a call without it
inline constexpr long_text_option long_text{};  ///< may grow beyond what URLs can carry: `prepare_options::long_query_in_form`

/// Any of them, a `range`, or none.
struct parameter_option {
    constexpr parameter_option() noexcept = default;
    constexpr parameter_option(required_option) noexcept : is_required(true) {}
    constexpr parameter_option(long_text_option) noexcept : is_long(true) {}
    constexpr parameter_option(range r) noexcept : has_bounds(true), bounds(r) {}

    bool is_required{};
    bool is_long{};
    bool has_bounds{};
    range bounds{};
};

// Whoever includes an operation has its description compiled, used or not. So as little of it as can be is a template: the words are of
// plain types, and lists of them are arrays, not tuples.

/// What is said of one parameter.
struct parameter_words {
    std::string_view name{};
    place in{};
    bool is_required{};
    bool is_long{};
    bool has_bounds{};
    range bounds{};
};

constexpr parameter_words words_of(std::string_view name, place in, std::array<parameter_option, 3> const& options) noexcept {
    parameter_words p{name, in};
    for (parameter_option const& o : options) {
        p.is_required = p.is_required || o.is_required;
        p.is_long = p.is_long || o.is_long;
        p.has_bounds = p.has_bounds || o.has_bounds;
        if (o.has_bounds) p.bounds = o.bounds;
    }
    return p;
}

/// One parameter, described: `Pointer` is the member of the operation's struct.
template <auto Pointer>
struct described_parameter : parameter_words {};

/// A parameter that travels in the query. Options in any order: `required`, `long_text`, a `range`.
template <auto Pointer>
constexpr described_parameter<Pointer> query(std::string_view name, parameter_option const& a = {}, parameter_option const& b = {},
                                             parameter_option const& c = {}) {
    return {words_of(name, place::query, {a, b, c})};
}

/// A parameter that travels in the form. Options in any order: `required`, `long_text`, a `range`.
template <auto Pointer>
constexpr described_parameter<Pointer> form(std::string_view name, parameter_option const& a = {}, parameter_option const& b = {},
                                            parameter_option const& c = {}) {
    return {words_of(name, place::form, {a, b, c})};
}

/// Parameters, described, in the order of the pointers.
template <auto... Pointers>
struct described_parameters {
    std::array<parameter_words, sizeof...(Pointers)> words{};
};

template <auto... Pointers>
constexpr described_parameters<Pointers...> parameters(described_parameter<Pointers> const&... p) {
    return {{p...}};
}

/// One member, described: `Pointer` is the member of the struct around it, `Inner` what is described inside. Names: its own, and those of
/// what is inside.
template <auto Pointer, class... Inner>
struct described_member {
    std::array<std::string_view, (std::size_t{1} + ... + decltype(Inner::names){}.size())> names{};
};

/// Members, described: the names of each, one after the other.
template <class... Members>
struct described_members {
    std::array<std::string_view, (std::size_t{0} + ... + decltype(Members::names){}.size())> names{};
};

constexpr void put_names(std::span<std::string_view const> names, std::string_view*& to) noexcept {
    for (std::string_view const name : names) *to++ = name;
}

/// A member of a reply. `inner` describes the members of an object, or those of each element of an array of objects; all else needs none.
template <auto Pointer, class... Inner>
constexpr described_member<Pointer, Inner...> member(std::string_view name, Inner const&... inner) {
    described_member<Pointer, Inner...> made{{name}};
    [[maybe_unused]] std::string_view* to = made.names.data() + 1;
    (put_names(inner.names, to), ...);
    return made;
}

template <class... Members>
constexpr described_members<Members...> members(Members const&... m) {
    described_members<Members...> made{};
    [[maybe_unused]] std::string_view* to = made.names.data();
    (put_names(m.names, to), ...);
    return made;
}

/// The members of a reply that several operations have, which `Reply::describe_members()` describes.
template <class Reply>
struct shared_members {
    static consteval auto members() { return Reply::describe_members(); }
};
template <class Reply>
inline constexpr shared_members<Reply> members_of{};

/// An operation, described.
template <class Parameters, class Members>
struct description {
    Parameters parameters{};
    Members members{};

    constexpr description(Parameters p, Members m) : parameters(p), members(m) {}
};

}  // namespace acs::inline ACS_ABI

#endif
