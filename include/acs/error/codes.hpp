// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_CODES_HPP
#define ACS_ERROR_CODES_HPP

#include <acs/core/config.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// What sort of thing went wrong, so far as the service's word tells.
enum class error_class : std::uint8_t { auth, signature, clock, throttling, server, request, permission, not_found, transport, caller };

/// What can be done about it.
enum class remedy : std::uint8_t {
    none,                 ///< change the request, or whoever asked for it
    backoff,              ///< wait, then repeat
    new_nonce,            ///< sign again, with another nonce, at once
    correct_clock,        ///< take the time from the answer's `date`, sign again, once
    refresh_credentials,  ///< get new session credentials, sign again, once
    maybe_later,          ///< rights may take a while to reach every part of the service
    other_region,         ///< the request belongs to another region
    daily_limit,          ///< the quota of the day is used up
    quota,                ///< the quota of the resource is used up
};

/// What a code means.
struct code_row {
    std::string_view code{};
    error_class what{};
    remedy how{};
    bool retry{};  ///< whether repeating can help, with the remedy applied
};

/// Codes of the shared gateway of which the rules in classify.hpp would say something else, with one status or another. Sorted.
inline constexpr std::array<code_row, 37> gateway_codes{{
    {"ActionUnauthorized", error_class::permission, remedy::none},
    {"ContentLengthDoesNotMatch", error_class::request, remedy::none},
    {"ContentMD5NotMatched", error_class::request, remedy::none},
    {"Forbidden.AccessKeyDisabled", error_class::auth, remedy::none},
    {"Forbidden.InstanceNotFound", error_class::not_found, remedy::none},
    {"IdempotentParameterMismatch", error_class::request, remedy::none},
    {"IllegalTimestamp", error_class::clock, remedy::correct_clock, true},
    {"IncompleteSignature", error_class::signature, remedy::none},
    {"InsufficientBalance", error_class::permission, remedy::none},
    {"InvalidAccessKeyId.Inactive", error_class::auth, remedy::none},
    {"InvalidAccessKeyId.NotFound", error_class::auth, remedy::none},
    {"InvalidAction", error_class::not_found, remedy::none},
    {"InvalidAction.NotFound", error_class::not_found, remedy::none},
    {"InvalidApi.NotFound", error_class::not_found, remedy::none},
    {"InvalidProduct.NotFound", error_class::not_found, remedy::none},
    {"InvalidRegion.NotFound", error_class::not_found, remedy::none},
    {"InvalidSecurityToken.Expired", error_class::auth, remedy::refresh_credentials, true},
    {"InvalidSecurityToken.Malformed", error_class::auth, remedy::none},
    {"InvalidSecurityToken.MismatchWithAccessKey", error_class::auth, remedy::none},
    {"InvalidSignatureMethod", error_class::signature, remedy::none},
    {"InvalidTimeStamp.Expired", error_class::clock, remedy::correct_clock, true},
    {"InvalidTimeStamp.Format", error_class::clock, remedy::none},
    {"InvalidVersion", error_class::not_found, remedy::none},
    {"MissingSecurityToken", error_class::auth, remedy::none},
    {"NoSuchVersion", error_class::not_found, remedy::none},
    {"RequestTimeout", error_class::server, remedy::backoff, true},
    {"ServiceUnavailable", error_class::server, remedy::backoff, true},
    {"ServiceUnavailableTemporary", error_class::server, remedy::backoff, true},
    {"SignatureDoesNotMatch", error_class::signature, remedy::none},
    {"SignatureNonceUsed", error_class::signature, remedy::new_nonce, true},
    {"SystemBusy", error_class::server, remedy::backoff, true},
    {"Throttling.Api.Risk", error_class::throttling, remedy::daily_limit},
    {"Throttling.Resource", error_class::throttling, remedy::quota},
    {"UnknownError", error_class::server, remedy::backoff, true},
    {"UnsupportedHTTPMethod", error_class::request, remedy::none},
    {"UnsupportedOperation", error_class::request, remedy::none},
    {"UnsupportedParameter", error_class::request, remedy::none},
}};

}  // namespace acs::inline ACS_ABI

#endif
