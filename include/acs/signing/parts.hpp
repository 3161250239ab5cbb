// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_PARTS_HPP
#define ACS_SIGNING_PARTS_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/canonical.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// What the ACS3 signature of a prepared request covers, to be shown by `write_canonical_request` and `write_acs3_string_to_sign`. Views
/// the request and `room`. Pre: room is as large as `made.fields`.
[[nodiscard]] constexpr signed_parts parts_of(request const& made, std::span<field> room) noexcept {
    std::size_t path = 0;
    while (path < made.target.size() && made.target[path] != '?') ++path;
    return {name(made.verb), first(made.target, path), made.params, select_signed_fields(made.fields, room),
            find_field(made.fields, "x-acs-content-sha256")};
}

}  // namespace acs::inline ACS_ABI

#endif
