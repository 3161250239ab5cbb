// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_PARAMETER_HPP
#define ACS_OPERATION_PARAMETER_HPP

#include <acs/core/config.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/draft.hpp>
#include <acs/operation/shape.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

// One parameter of an operation, as data: a row of its table. A row names what kind of value it has by pointing to the kind's functions,
// so that kinds which no operation of a program uses are not linked.
namespace acs::inline ACS_ABI {

/// A member of an operation's struct; which one of these, the row's kind knows. Absent: null data, or an empty optional.
union parameter_source {
    std::string_view const* text;
    std::optional<std::int64_t> const* integer;
    std::optional<bool> const* boolean;
};

/// What local validation can say of one parameter.
enum class presence : std::uint8_t { absent, present, out_of_range };

/// The functions of a kind of parameter.
struct parameter_kind {
    shape what{};
    presence (*check)(parameter_source from, range const& bounds) noexcept {};
    std::string_view (*value)(parameter_source from, draft& d) noexcept {};  ///< as sent; short texts are kept in the draft's memory
};

/// A row of a parameter table.
struct parameter_row {
    char const* name_data{};
    parameter_kind const* kind{};
    acs::range const* bounds = &unbounded;  ///< never null
    std::uint8_t name_size{};
    place in{};
    bool required{};
    bool long_text{};  ///< may grow beyond what URLs can carry

    /// The wire name.
    [[nodiscard]] constexpr std::string_view name() const noexcept { return {name_data, name_size}; }
};

inline constexpr parameter_kind text_parameter{
    shape::text,
    [](parameter_source from, range const&) noexcept { return from.text->data() != nullptr ? presence::present : presence::absent; },
    [](parameter_source from, draft&) noexcept { return *from.text; }};

inline constexpr parameter_kind integer_parameter{
    shape::integer,
    [](parameter_source from, range const& bounds) noexcept {
        if (!from.integer->has_value()) return presence::absent;
        std::int64_t const value = **from.integer;
        return value < bounds.min || value > bounds.max ? presence::out_of_range : presence::present;
    },
    [](parameter_source from, draft& d) noexcept { return d.keep_digits(**from.integer); }};

inline constexpr parameter_kind boolean_parameter{
    shape::boolean,
    [](parameter_source from, range const&) noexcept { return from.boolean->has_value() ? presence::present : presence::absent; },
    [](parameter_source from, draft&) noexcept { return **from.boolean ? std::string_view("true") : std::string_view("false"); }};

/// The kind that goes with the type of a member, and a source that views it.
template <class T>
struct parameter_of;
template <>
struct parameter_of<std::string_view> {
    static constexpr parameter_kind const* kind = &text_parameter;
    static constexpr parameter_source source(std::string_view const& value) noexcept { return {.text = &value}; }
};
template <>
struct parameter_of<std::optional<std::int64_t>> {
    static constexpr parameter_kind const* kind = &integer_parameter;
    static constexpr parameter_source source(std::optional<std::int64_t> const& value) noexcept { return {.integer = &value}; }
};
template <>
struct parameter_of<std::optional<bool>> {
    static constexpr parameter_kind const* kind = &boolean_parameter;
    static constexpr parameter_source source(std::optional<bool> const& value) noexcept { return {.boolean = &value}; }
};

}  // namespace acs::inline ACS_ABI

#endif
