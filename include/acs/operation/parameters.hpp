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
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The parameters of one call: the operation's table, and for each row the member that holds its value.
struct bound_parameters {
    std::span<parameter_row const> rows{};
    parameter_source const* sources{};
};

/// Whether a parameter is missing or out of range.
[[nodiscard]] constexpr presence fault_of(parameter_row const& row, parameter_source from) noexcept {
    presence const found = presence_of(row.what, from, *row.bounds);
    return found == presence::absent && !row.required ? presence::present : found;
}

[[nodiscard]] constexpr bool are_valid(bound_parameters const& call) noexcept {
    for (std::size_t i = 0; i < call.rows.size(); ++i)
        if (fault_of(call.rows[i], call.sources[i]) != presence::present) return false;
    return true;
}

/// errc::invalid_parameters, of parameters that are not valid: the masks over the rows name every one that is missing or out of range.
ACS_OUTLINE constexpr void describe_invalid(bound_parameters const& call, failure& f) noexcept {
    refuse(errc::invalid_parameters).describe(f);
    f.rows = call.rows.data();
    for (std::size_t i = call.rows.size(); i-- != 0;) {
        presence const found = fault_of(call.rows[i], call.sources[i]);
        f.missing = f.missing << 1 | (found == presence::absent ? 1U : 0U);
        f.out_of_range = f.out_of_range << 1 | (found == presence::out_of_range ? 1U : 0U);
        if (found != presence::present) f.where = call.rows[i].name();
    }
}

/// errc::invalid_parameters with all that is wrong.
[[nodiscard]] constexpr result<void> check_parameters(bound_parameters const& call) noexcept {
    if (are_valid(call)) return {};
    failure f{};
    describe_invalid(call, f);
    return f;
}

/// Adds what is present to the draft, in canonical order like the rows. Long texts of the query travel in the form if asked to.
constexpr void add_parameters(bound_parameters const& call, bool long_query_in_form, draft& d) noexcept {
    for (std::size_t i = 0; i < call.rows.size(); ++i) {
        parameter_row const& row = call.rows[i];
        std::string_view const text = sent_text(row.what, call.sources[i], d);
        if (text.data() == nullptr) continue;
        place const in = row.long_text && long_query_in_form ? place::form : row.in;
        if constexpr (ACS_SMALL_CODE) {
            d.params.push({row.name(), text, in});
        } else if (param* const p = d.params.next(); p != nullptr) {
            p->name = row.name();
            p->value = text;
            p->in = in;
            bool const plain = row.what != shape::text || percent::run(text) == text.size();
            p->how = plain ? spelling::plain : spelling::unknown;
        }
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
