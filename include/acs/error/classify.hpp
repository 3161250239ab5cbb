// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_CLASSIFY_HPP
#define ACS_ERROR_CLASSIFY_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/error/codes.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Advice is a pure function of a failure: by code first, by status second (protocol 5, 6.2).
namespace acs::inline ACS_ABI {

/// What a failure means and what can be done about it.
struct advice {
    error_class what{};
    remedy how{};
    bool retry{};          ///< whether repeating can help, with the remedy applied
    bool may_have_run{};   ///< whether the operation may have been carried out: repeat it only if it reads, or carries a client token.
                           ///< A nonce that was used before counts: the request may have arrived twice
    std::uint32_t wait_ms{};  ///< how long the service asked to wait; 0: it did not say
};

namespace classify {

[[nodiscard]] constexpr bool begins(std::string_view code, std::string_view prefix) noexcept {
    return code.size() >= prefix.size() && first(code, prefix.size()) == prefix;
}

/// Which row is of exactly that code; their count if none is. No pointer, since with UBSan g++ 12 compares none in constant expressions.
[[nodiscard]] constexpr std::size_t find(std::string_view code, std::span<code_row const> rows) noexcept {
    std::size_t i = 0;
    while (i < rows.size() && rows[i].code != code) ++i;
    return i;
}

/// What the code says, or else the status.
[[nodiscard]] constexpr code_row by_rule(std::string_view code, std::uint16_t status) noexcept {
    if (begins(code, "Throttling")) return {code, error_class::throttling, remedy::backoff, true};
    if (begins(code, "InternalError")) return {code, error_class::server, remedy::backoff, true};
    if (begins(code, "Forbidden")) return {code, error_class::permission, remedy::none};
    if (begins(code, "Invalid") || begins(code, "Missing") || begins(code, "Param")) return {code, error_class::request, remedy::none};
    if (status == 429) return {code, error_class::throttling, remedy::backoff, true};
    if (status == 500 || (status >= 502 && status <= 504)) return {code, error_class::server, remedy::backoff, true};
    if (status == 401) return {code, error_class::auth, remedy::none};
    if (status == 403) return {code, error_class::permission, remedy::none};
    if (status == 404) return {code, error_class::not_found, remedy::none};
    return {code, status >= 500 ? error_class::server : error_class::request, remedy::none};
}

/// Whether a body is not what the service wrote: cut off or garbled on the way, or a proxy's.
[[nodiscard]] constexpr bool garbled(errc code) noexcept {
    return code == errc::truncated_json || code == errc::malformed_json || code == errc::invalid_utf8 || code == errc::trailing_text ||
           code == errc::empty_reply || code == errc::unexpected_body;
}

/// What became of a call that no error of the service answered.
[[nodiscard]] constexpr advice without_answer(failure const& f) noexcept {
    bool const reached = f.delivery != delivery::not_sent;
    if (f.origin == origin::caller) return {.what = error_class::caller, .may_have_run = reached};
    if (f.origin == origin::service) {  // an answer that can't be read
        bool const again = garbled(f.code);
        return {.what = error_class::server, .how = again ? remedy::backoff : remedy::none, .retry = again, .may_have_run = true};
    }
    bool const by_choice = f.code == errc::insecure_transport || f.code == errc::cancelled || f.code == errc::request_too_large ||
                           f.code == errc::reply_too_large || f.code == errc::redirected;
    return {
        .what = error_class::transport, .how = by_choice ? remedy::none : remedy::backoff, .retry = !by_choice, .may_have_run = reached};
}

/// Whether an answer of the service's, or of something in its place, refused the call, even if its body could not be read.
[[nodiscard]] constexpr bool refused(failure const& f) noexcept {
    return f.code == errc::service_refused || (f.code == errc::redirected && f.origin == origin::service) ||
           (f.code == errc::unsupported_encoding && (f.status < 200 || f.status > 299));
}

}  // namespace classify

/// What to make of a failure. `product` holds rows of the product, such as `dataworks::error_codes`; they come before the gateway's. A
/// wait that the service asks for means throttling whatever else it says, unless its code names a quota that no short wait fills.
[[nodiscard]] constexpr advice advise(failure const& f, std::span<code_row const> product = {}) noexcept {
    if (!classify::refused(f)) return classify::without_answer(f);
    std::span<code_row const> const gateway = gateway_codes;
    std::size_t const ours = classify::find(f.service.code, product), theirs = classify::find(f.service.code, gateway);
    code_row says = ours < product.size()    ? product[ours]
                    : theirs < gateway.size() ? gateway[theirs]
                                              : classify::by_rule(f.service.code, f.status);
    if (f.wait_ms != 0 && says.what != error_class::throttling) says = {says.code, error_class::throttling, remedy::backoff, true};
    bool const may_have_run = says.what == error_class::server || says.how == remedy::new_nonce;
    return {says.what, says.how, says.retry, may_have_run, f.wait_ms};
}

/// What to do next, as a sentence.
[[nodiscard]] constexpr std::string_view hint(advice const& a) noexcept {
    switch (a.how) {
        case remedy::none: break;
        case remedy::backoff:
            return a.may_have_run ? "wait and try again, if the operation only reads or carries a client token: it may have run"
                                  : "wait and try again";
        case remedy::new_nonce: return "sign again with another nonce; if an earlier try may have arrived, it may have run";
        case remedy::correct_clock: return "set the clock: the service accepts 15 minutes of difference";
        case remedy::refresh_credentials: return "get new session credentials and try again";
        case remedy::maybe_later: return "check the rights of the access key; new ones may take a while to be known";
        case remedy::other_region: return "ask in the region that the workspace belongs to";
        case remedy::daily_limit: return "the quota of the day is used up; try again tomorrow";
        case remedy::quota: return "the quota is used up; free some of it or have it raised";
    }
    switch (a.what) {
        case error_class::auth: return "check the access key id, and the token if there is one";
        case error_class::signature:
            return "check the access key secret; if it is right, compare the string to sign that the service shows";
        case error_class::clock: return "check the date that was sent";
        case error_class::throttling: return "ask less often";
        case error_class::server: return "the service failed; its support wants the request id";
        case error_class::request: return "correct the request";
        case error_class::permission: return "have the access key granted what it needs";
        case error_class::not_found: return "check the names and ids in the request, its action, version and region";
        case error_class::transport: return "check the connection";
        case error_class::caller: return "correct the call";
    }
    return {};
}

}  // namespace acs::inline ACS_ABI

#endif
