// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_PROVIDED_SIGNER_HPP
#define ACS_EXCHANGE_PROVIDED_SIGNER_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/signer.hpp>
#include <acs/exchange/credential_provider.hpp>

#include <concepts>

namespace acs::inline ACS_ABI {

/// A signature method that asks a provider for the credentials each time it signs, so that whoever was given it goes on with new ones after
/// a refresh. That costs each call the two compressions that a kept key saves. The provider has to outlive it and stay where it is.
///
///     acs::provided_signer const signer{role};
///     dataworks::job job{plan, endpoint, signer, memory};
template <credential_provider Provider, signer Method = acs3_hmac_sha256>
    requires std::constructible_from<Method, credentials const&>
class provided_signer {
public:
    constexpr explicit provided_signer(Provider const& from) noexcept : from_(&from) {}
    provided_signer(Provider const&&) = delete;

    /// Completes the draft. Errors of `Provider::current` and of the method.
    [[nodiscard]] constexpr result<void> apply(draft& d) const noexcept {
        result<credentials> const who = from_->current();
        if (!who) return who.error();
        return Method(*who).apply(d);
    }

private:
    Provider const* from_;
};

}  // namespace acs::inline ACS_ABI

#endif
