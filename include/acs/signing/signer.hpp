// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_SIGNER_HPP
#define ACS_SIGNING_SIGNER_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/unsigned.hpp>

#include <concepts>

namespace acs::inline ACS_ABI {

/// A signature method. `apply` completes a draft: it adds parameters and headers, writes the target and signs, or says why not; then the
/// draft is spent, and another method needs one of its own. Pre: where it goes and when was checked (`check_way`). Ours are `acs3`,
/// `rpc_hmac_sha1`, `roa_hmac_sha1`, `bearer`, `nobody`, `rpc_bearer` and `rpc_nobody`.
template <class S>
concept signer = requires(S const& s, draft& d) {
    { s.apply(d) } noexcept -> std::convertible_to<result<void>>;
    requires std::same_as<decltype(s.apply(d)), result<void>> || std::same_as<decltype(s.apply(d)), verdict>;
};

/// The method that goes with credentials of each sort, or the method itself where one is given.
template <signer S>
[[nodiscard]] constexpr S const& signer_of(S const& kept) noexcept {
    return kept;
}
[[nodiscard]] constexpr acs3_hmac_sha256 signer_of(credentials const& who) noexcept { return acs3_hmac_sha256(who); }
[[nodiscard]] constexpr bearer signer_of(bearer_token const& who) noexcept { return {who}; }
[[nodiscard]] constexpr nobody signer_of(anonymous const&) noexcept { return {}; }

}  // namespace acs::inline ACS_ABI

#endif
