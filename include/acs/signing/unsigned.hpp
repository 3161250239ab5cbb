// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_UNSIGNED_HPP
#define ACS_SIGNING_UNSIGNED_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/message/call_head.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>

#include <array>
#include <string_view>

// Methods that prove who calls without a signature, or not at all, in the shape of ACS3 (protocol 2.7).
namespace acs::inline ACS_ABI {

[[nodiscard]] constexpr verdict apply_unsigned(draft& d, acs3_identity const& who) noexcept {
    acs3_layout layout{};
    verdict ok;
    if (lay_out_acs3(d, who, 2 * sha256::digest_size, 0, layout, ok)) write_payload_hash<sha256>(d, layout.payload_hash);
    return ok;
}

/// A bearer token in place of a signature.
struct bearer {
    bearer_token who{};

    /// errc::missing_token, forbidden_character, reserved_name, duplicate_field, no_space.
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept {
        if (who.token.empty()) return refuse(errc::missing_token, "token");
        if (auto ok = check_header_text("token", who.token); !ok) return ok;
        constexpr std::array<param, 1> type{{{"SignatureType", "BEARERTOKEN", place::query}}};
        if (d.head.style == api_style::rpc) merge_params(d, type);
        if (!d.params.fits()) return refuse_space("params", d.params.needed());
        if (auto ok = check_unique_params(d.params.items()); !ok) return ok;
        return apply_unsigned(d, {.bearer_token = who.token, .type = d.head.style == api_style::roa ? "BEARERTOKEN" : std::string_view()});
    }
};

/// No proof at all, for the few operations that need none.
struct nobody {
    /// errc::reserved_name, duplicate_field, no_space.
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept { return apply_unsigned(d, {}); }
};

}  // namespace acs::inline ACS_ABI

#endif
