// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_EXTRA_FIELDS_HPP
#define ACS_SIGNING_EXTRA_FIELDS_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sort.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/field.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// Headers of the caller's own, beside those that a signature method sets.
namespace acs::inline ACS_ABI {

/// Headers that the library or the transport sets: an extra one of that name would travel unsigned, or twice.
inline constexpr std::array<std::string_view, 22> reserved_fields{
    "accept"sv, "authorization"sv, "connection"sv, "content-length"sv, "content-type"sv, "date"sv, "expect"sv, "host"sv, "keep-alive"sv,
    "proxy-connection"sv, "te"sv, "transfer-encoding"sv, "upgrade"sv, "user-agent"sv, "x-acs-accesskey-id"sv, "x-acs-action"sv,
    "x-acs-bearer-token"sv, "x-acs-content-sha256"sv, "x-acs-date"sv, "x-acs-security-token"sv, "x-acs-version"sv,
    "x-acs-zero-trust-idtoken"sv};

/// Whether the text is a token (RFC 9110, 5.6.2), as a header's name must be.
[[nodiscard]] constexpr bool is_token(std::string_view text) noexcept {
    for (char const c : skip(text, ACS_SMALL_CODE ? 0 : percent::run(text)))  // most hold nothing else
        if (!percent::is(percent::unreserved, c) && std::string_view("!#$%&'*+^`|").find(c) == std::string_view::npos) return false;
    return !text.empty();
}

/// errc::invalid_name, errc::reserved_name or errc::forbidden_character; the failure names the header.
[[nodiscard]] constexpr verdict check_extra_field(field const& f) noexcept {
    if (auto ok = check_header_text(f.name, f.name); !ok) return ok;
    if (!is_token(f.name)) return refuse(errc::invalid_name, f.name);
    if (starts_with_ignoring_case(f.name, "x-acs-signature-")) return refuse(errc::reserved_name, f.name);
    for (std::string_view const reserved : reserved_fields)
        if (equal_ignoring_case(f.name, reserved)) return refuse(errc::reserved_name, f.name);
    return check_header_text(f.name, f.value);
}

/// Adds those extra headers that a signature covers, or those it does not, and puts everything from `begin` on in order.
/// False, and why, if one may not be, or is there twice then: errc::duplicate_field.
[[nodiscard]] constexpr bool add_extra_fields(draft& d, bool covered, std::size_t begin, verdict& why) noexcept {
    for (field const& f : d.extra_fields) {
        if (is_signed_field(f.name) != covered) continue;
        why = check_extra_field(f);
        if (!why) return false;
        d.fields.push(f);
    }
    std::span<field> const added = d.fields.items(begin);
    sort_in_place(added);
    for (std::size_t i = 1; i < added.size(); ++i)
        if (equal_ignoring_case(added[i].name, added[i - 1].name)) {
            why = refuse(errc::duplicate_field, added[i].name);
            return false;
        }
    return true;
}

}  // namespace acs::inline ACS_ABI

#endif
