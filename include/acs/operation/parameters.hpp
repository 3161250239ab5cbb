// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_PARAMETERS_HPP
#define ACS_OPERATION_PARAMETERS_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/draft.hpp>
#include <acs/operation/parameter.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The parameters of one call: the operation's table, and where the values are.
struct bound_parameters {
    std::span<parameter_row const> rows{};
    parameter_places values{};
    std::size_t replaced = SIZE_MAX;  ///< the row of a text in place of which `by` is sent
    std::string_view const* by{};

    /// Where the value of a row is.
    [[nodiscard]] constexpr parameter_source source(std::size_t row) const noexcept {
        if (row == replaced) return {.text = by};
        return values.of(rows.data(), row);
    }
};

/// What there is of the parameter of a row.
[[nodiscard]] constexpr presence presence_of(parameter_row const& row, parameter_source from) noexcept {
    return presence_of(row.what, from, *row.bounds);
}
/// Whether that is wrong.
[[nodiscard]] constexpr bool is_fault(parameter_row const& row, presence found) noexcept {
    return found == presence::out_of_range || (found == presence::absent && row.required);
}

/// errc::invalid_parameters, of one more row: the masks over the rows name every one that is missing or out of range.
ACS_OUTLINE constexpr void add_fault(bound_parameters const& call, std::size_t row, presence found, fallible& made) noexcept {
    if (made) {
        failure& f = made.fail();
        f.code = errc::invalid_parameters;
        f.origin = origin::caller;
        f.rows = call.rows.data();
        f.where = call.rows[row].name();
    }
    failure& f = made.failed();
    (found == presence::absent ? f.missing : f.out_of_range) |= std::uint64_t{1} << row;
}

/// errc::invalid_parameters with all that is wrong.
[[nodiscard]] constexpr result<void> check_parameters(bound_parameters const& call) noexcept {
    result<void> made;
    for (std::size_t i = 0; i < call.rows.size(); ++i)
        if (auto const found = presence_of(call.rows[i], call.source(i)); is_fault(call.rows[i], found)) add_fault(call, i, found, made);
    return made;
}

/// Adds what is present to the draft, in canonical order like the rows, if nothing is wrong with any; else `made` becomes what
/// `check_parameters` says. Long texts of the query travel in the form if asked to.
ACS_INLINE_ONCE constexpr void add_parameters(bound_parameters const& call, bool long_query_in_form, draft& d, fallible& made) noexcept {
    for (std::size_t i = 0; i < call.rows.size(); ++i) {
        parameter_row const& row = call.rows[i];
        parameter_source const from = call.source(i);
        presence const found = presence_of(row, from);
        if (is_fault(row, found)) add_fault(call, i, found, made);
        if (found != presence::present) continue;
        std::string_view const text = sent_text(row.what, from, d);
        param* const slot = d.params.next();
        if (slot == nullptr) continue;
        slot->name = row.name();
        slot->value = text;
        slot->in = row.long_text && long_query_in_form ? place::form : row.in;
        // Where code is small nobody asks how a text is spelled.
        bool const plain = !ACS_SMALL_CODE && (row.what != shape::text || percent::run(text) == text.size());
        slot->how = plain ? spelling::plain : spelling::unknown;
    }
}

/// Calls `use(row, is_missing)` for each parameter that an errc::invalid_parameters names.
template <class Use>
constexpr void for_each_fault(failure const& f, Use use) noexcept {
    if (f.rows == nullptr) return;
    for (std::size_t i = 0; i < 64; ++i) {
        bool const missing = (f.missing >> i & 1U) != 0;
        if (missing || (f.out_of_range >> i & 1U) != 0) use(f.rows[i], missing);
    }
}

}  // namespace acs::inline ACS_ABI

#endif
