// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_BY_CODE_HPP
#define ACS_EXPLAIN_BY_CODE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/message/request.hpp>
#include <acs/json/find.hpp>
#include <acs/json/token.hpp>
#include <acs/explain/explanation.hpp>
#include <acs/explain/secrets.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

// What the service's code says by itself (protocol 5).
namespace acs::inline ACS_ABI {

struct code_cause {
    std::string_view code{};
    cause why{};
};

inline constexpr std::array<code_cause, 27> code_causes{{
    {"ActionUnauthorized"sv, cause::permission},
    {"Forbidden.AccessKeyDisabled"sv, cause::key_inactive},
    {"IllegalTimestamp"sv, cause::clock},
    {"IncompleteSignature"sv, cause::incomplete},
    {"InvalidAccessKeyId"sv, cause::key_unknown},
    {"InvalidAccessKeyId.Inactive"sv, cause::key_inactive},
    {"InvalidAccessKeyId.NotFound"sv, cause::key_unknown},
    {"InvalidAction"sv, cause::endpoint},
    {"InvalidAction.NotFound"sv, cause::endpoint},
    {"InvalidApi.NotFound"sv, cause::endpoint},
    {"InvalidProduct.NotFound"sv, cause::endpoint},
    {"InvalidProtocol.NeedSsl"sv, cause::plain_http},
    {"InvalidSecurityToken.Expired"sv, cause::token_expired},
    {"InvalidSecurityToken.Malformed"sv, cause::token_wrong},
    {"InvalidSecurityToken.MismatchWithAccessKey"sv, cause::token_wrong},
    {"InvalidSignatureMethod"sv, cause::wrong_algorithm},
    {"InvalidTimeStamp.Expired"sv, cause::clock},
    {"InvalidTimeStamp.Format"sv, cause::date_form},
    {"InvalidVersion"sv, cause::endpoint},
    {"MissingAccessKeyId"sv, cause::incomplete},
    {"MissingSecurityToken"sv, cause::token_not_sent},
    {"MissingSignatureNonce"sv, cause::incomplete},
    {"NoPermission"sv, cause::permission},
    {"NoSuchVersion"sv, cause::endpoint},
    {"SignatureDoesNotMatch"sv, cause::no_echo},
    {"SignatureNonceUsed"sv, cause::nonce_used},
    {"UnsupportedHTTPMethod"sv, cause::wrong_method},
}};

[[nodiscard]] constexpr cause cause_of_code(std::string_view code, bool has_details) noexcept {
    for (code_cause const& row : code_causes)
        if (row.code == code) return row.why;
    bool const forbidden = code == "Forbidden" || (code.size() > 10 && first(code, 10) == "Forbidden.") ||
                           (code.size() > 13 && first(code, 13) == "NoPermission.");
    return forbidden || has_details ? cause::permission : cause::none;
}

/// The value of a parameter; null data if there is none.
[[nodiscard]] constexpr std::string_view find_param(std::span<param const> params, std::string_view name) noexcept {
    for (param const& p : params)
        if (p.name == name) return p.value;
    return {};
}

/// How a prepared request is signed.
[[nodiscard]] constexpr signature_style style_of(request const& made) noexcept {
    std::string_view const said = find_field(made.fields, "authorization");
    if (said.size() > 5 && first(said, 5) == "ACS3-") return signature_style::acs3;
    if (said.size() > 4 && first(said, 4) == "acs ") return signature_style::roa;
    return find_param(made.params, "SignatureMethod").data() != nullptr ? signature_style::rpc : signature_style::none;
}

/// When a request says it was made.
[[nodiscard]] constexpr std::optional<wall_time> date_of(request const& made) noexcept {
    if (std::string_view const date = find_field(made.fields, "x-acs-date"); !date.empty()) return parse_iso8601(date);
    if (std::string_view const date = find_param(made.params, "Timestamp"); !date.empty()) return parse_iso8601(date);
    return parse_http_date(find_field(made.fields, "date"));
}

/// Completes what a code says with what request and answer tell.
constexpr void read_code(request const& made, failure const& refused, std::span<field const> answer, request_secrets const& secrets,
                         explanation& e) noexcept {
    std::string_view const details = refused.service.access_denied_detail;
    e.why = cause_of_code(refused.service.code, !details.empty());
    switch (e.why) {
        case cause::clock: {
            auto const ours = date_of(made);
            auto const theirs = parse_http_date(find_field(answer, "date"));
            e.knows_clock = ours && theirs;
            if (e.knows_clock) e.ahead_seconds = ours->seconds - theirs->seconds;
            break;
        }
        case cause::key_unknown: {
            std::string_view id = find_field(made.fields, "authorization");
            std::string_view const label = "Credential=";
            if (std::size_t const at = id.find(label); at < id.size())
                id = skip(id, at + label.size());
            else
                id = id.empty() ? find_param(made.params, "AccessKeyId") : skip(id, id.size() < 4 ? id.size() : 4);
            bool const token =
                !find_field(made.fields, "x-acs-security-token").empty() || !find_param(made.params, "SecurityToken").empty();
            if (id.size() > 4 && first(id, 4) == "STS." && !token) e.why = cause::token_not_sent;
            break;
        }
        case cause::endpoint:
            e.name = made.action;
            e.detail = made.host;
            break;
        case cause::permission: {
            auto const action = find_json(details, "AuthAction");
            if (action && action->kind == json_kind::string && secrets.may_show(action->text)) e.detail = action->text;
            break;
        }
        default: break;
    }
}

}  // namespace acs::inline ACS_ABI

#endif
