// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_PARAMETERS_HPP
#define ACS_OPERATION_PARAMETERS_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/draft.hpp>
#include <acs/operation/parameter.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace acs::inline ACS_ABI {

/// The parameters of one call: the operation's table, and for each row the member that holds its value.
struct bound_parameters {
    std::span<parameter_row const> rows{};
    parameter_source const* sources{};
};

/// errc::invalid_parameters with every parameter that is missing or out of range, named by the masks over the rows.
[[nodiscard]] constexpr result<void> check_parameters(bound_parameters const& call) noexcept {
    std::uint64_t missing = 0;
    std::uint64_t out_of_range = 0;
    for (std::size_t i = 0; i < call.rows.size(); ++i) {
        parameter_row const& row = call.rows[i];
        presence const found = row.kind->check(call.sources[i], *row.bounds);
        if (found == presence::absent && row.required) missing |= std::uint64_t{1} << i;
        if (found == presence::out_of_range) out_of_range |= std::uint64_t{1} << i;
    }
    if ((missing | out_of_range) == 0) return {};
    failure f = refuse(errc::invalid_parameters);
    f.rows = call.rows.data();
    f.missing = missing;
    f.out_of_range = out_of_range;
    for (std::size_t i = 0; i < call.rows.size() && f.where.empty(); ++i)
        if (((missing | out_of_range) >> i & 1U) != 0) f.where = call.rows[i].name();
    return f;
}

/// Adds what is present to the draft, in canonical order like the rows. Long texts of the query travel in the form if asked to.
constexpr void add_parameters(bound_parameters const& call, bool long_query_in_form, draft& d) noexcept {
    for (std::size_t i = 0; i < call.rows.size(); ++i) {
        parameter_row const& row = call.rows[i];
        if (row.kind->check(call.sources[i], unbounded) == presence::absent) continue;
        d.params.push({row.name(), row.kind->value(call.sources[i], d), row.long_text && long_query_in_form ? place::form : row.in});
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
