// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_DESCRIPTION_HPP
#define ACS_OPERATION_DESCRIPTION_HPP

#include <acs/core/config.hpp>
#include <acs/message/param.hpp>
#include <acs/operation/shape.hpp>

#include <string_view>
#include <tuple>

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

/// One parameter, described: `Pointer` is the member of the operation's struct.
template <auto Pointer>
struct described_parameter {
    std::string_view name{};
    place in{};
    bool is_required{};
    bool is_long{};
    bool has_bounds{};
    range bounds{};

    constexpr void set(required_option) noexcept { is_required = true; }
    constexpr void set(long_text_option) noexcept { is_long = true; }
    constexpr void set(range r) noexcept {
        has_bounds = true;
        bounds = r;
    }
};

template <auto Pointer, class... Options>
constexpr auto describe_parameter(std::string_view name, place in, Options... options) {
    described_parameter<Pointer> d{name, in};
    (d.set(options), ...);
    return d;
}

/// A parameter that travels in the query. Options in any order: `required`, `long_text`, a `range`.
template <auto Pointer, class... Options>
constexpr auto query(std::string_view name, Options... options) {
    return describe_parameter<Pointer>(name, place::query, options...);
}

/// A parameter that travels in the form. Options in any order: `required`, `long_text`, a `range`.
template <auto Pointer, class... Options>
constexpr auto form(std::string_view name, Options... options) {
    return describe_parameter<Pointer>(name, place::form, options...);
}

template <class... P>
constexpr auto parameters(P... p) {
    return std::tuple<P...>{p...};
}

/// One member, described: `Pointer` is the member of the struct around it, `inner` what is described inside.
template <auto Pointer, class... Inner>
struct described_member {
    std::string_view name{};
    std::tuple<Inner...> inner{};
};

/// A member of a reply. `inner` describes the members of an object, or those of each element of an array of objects; all else needs none.
template <auto Pointer, class... Inner>
constexpr auto member(std::string_view name, Inner... inner) {
    return described_member<Pointer, Inner...>{name, std::tuple<Inner...>{inner...}};
}

template <class... M>
constexpr auto members(M... m) {
    return std::tuple<M...>{m...};
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
