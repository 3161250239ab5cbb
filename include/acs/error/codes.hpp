// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_CODES_HPP
#define ACS_ERROR_CODES_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>

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
    {"ActionUnauthorized"sv, error_class::permission, remedy::none},
    {"ContentLengthDoesNotMatch"sv, error_class::request, remedy::none},
    {"ContentMD5NotMatched"sv, error_class::request, remedy::none},
    {"Forbidden.AccessKeyDisabled"sv, error_class::auth, remedy::none},
    {"Forbidden.InstanceNotFound"sv, error_class::not_found, remedy::none},
    {"IdempotentParameterMismatch"sv, error_class::request, remedy::none},
    {"IllegalTimestamp"sv, error_class::clock, remedy::correct_clock, true},
    {"IncompleteSignature"sv, error_class::signature, remedy::none},
    {"InsufficientBalance"sv, error_class::permission, remedy::none},
    {"InvalidAccessKeyId.Inactive"sv, error_class::auth, remedy::none},
    {"InvalidAccessKeyId.NotFound"sv, error_class::auth, remedy::none},
    {"InvalidAction"sv, error_class::not_found, remedy::none},
    {"InvalidAction.NotFound"sv, error_class::not_found, remedy::none},
    {"InvalidApi.NotFound"sv, error_class::not_found, remedy::none},
    {"InvalidProduct.NotFound"sv, error_class::not_found, remedy::none},
    {"InvalidRegion.NotFound"sv, error_class::not_found, remedy::none},
    {"InvalidSecurityToken.Expired"sv, error_class::auth, remedy::refresh_credentials, true},
    {"InvalidSecurityToken.Malformed"sv, error_class::auth, remedy::none},
    {"InvalidSecurityToken.MismatchWithAccessKey"sv, error_class::auth, remedy::none},
    {"InvalidSignatureMethod"sv, error_class::signature, remedy::none},
    {"InvalidTimeStamp.Expired"sv, error_class::clock, remedy::correct_clock, true},
    {"InvalidTimeStamp.Format"sv, error_class::clock, remedy::none},
    {"InvalidVersion"sv, error_class::not_found, remedy::none},
    {"MissingSecurityToken"sv, error_class::auth, remedy::none},
    {"NoSuchVersion"sv, error_class::not_found, remedy::none},
    {"RequestTimeout"sv, error_class::server, remedy::backoff, true},
    {"ServiceUnavailable"sv, error_class::server, remedy::backoff, true},
    {"ServiceUnavailableTemporary"sv, error_class::server, remedy::backoff, true},
    {"SignatureDoesNotMatch"sv, error_class::signature, remedy::none},
    {"SignatureNonceUsed"sv, error_class::signature, remedy::new_nonce, true},
    {"SystemBusy"sv, error_class::server, remedy::backoff, true},
    {"Throttling.Api.Risk"sv, error_class::throttling, remedy::daily_limit},
    {"Throttling.Resource"sv, error_class::throttling, remedy::quota},
    {"UnknownError"sv, error_class::server, remedy::backoff, true},
    {"UnsupportedHTTPMethod"sv, error_class::request, remedy::none},
    {"UnsupportedOperation"sv, error_class::request, remedy::none},
    {"UnsupportedParameter"sv, error_class::request, remedy::none},
}};

}  // namespace acs::inline ACS_ABI

#endif
