// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_PARTS_HPP
#define ACS_SIGNING_PARTS_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/draft.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The path of a request's target, as it is sent.
[[nodiscard]] constexpr std::string_view path_of(request const& made) noexcept {
    return first(made.target, path_size(made.target));
}

/// What the ACS3 signature of a prepared request covers, to be shown by `write_canonical_request` and `write_acs3_string_to_sign`. Views
/// the request and `room`. Pre: room is as large as `made.fields`.
[[nodiscard]] constexpr signed_parts parts_of(request const& made, std::span<field> room) noexcept {
    return {name(made.verb), path_of(made), made.params, select_signed_fields(made.fields, room),
            find_field(made.fields, "x-acs-content-sha256")};
}

/// The same without room, of a request that is as `prepare` made it: the headers that ACS3 covers stand first, in order.
[[nodiscard]] constexpr signed_parts prepared_parts_of(request const& made) noexcept {
    std::size_t covered = 0;
    while (covered < made.fields.size() && is_signed_field(made.fields[covered].name)) ++covered;
    return {name(made.verb), path_of(made), made.params, made.fields.first(covered), find_field(made.fields, "x-acs-content-sha256")};
}

}  // namespace acs::inline ACS_ABI

#endif
