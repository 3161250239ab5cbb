// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_ERRC_HPP
#define ACS_CORE_ERRC_HPP

#include <acs/core/config.hpp>

#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Every way in which this library can say no. What the *service* says is data (`service_error`), never a new value here.
enum class errc : std::uint8_t {
    none,  ///< nothing is wrong

    // The caller's memory.
    no_space,        ///< a buffer is too small; `failure::needed` says how much it takes
    no_array_space,  ///< the memory for array elements of a reply is too small; `failure::needed` says how many bytes
    out_of_memory,   ///< the heap gave nothing (hosted only)

    // What the caller asked for.
    invalid_parameters,   ///< parameters are missing or out of range; the failure lists every one
    duplicate_parameter,  ///< one name occurs twice among query and form
    duplicate_field,      ///< one header name occurs twice
    reserved_name,        ///< an extra parameter or header has a name that this library sets itself
    forbidden_character,  ///< CR, LF or NUL in text that goes into a header or the request line
    invalid_name,         ///< an empty or malformed header name, parameter name, action or version
    invalid_utf8,         ///< text that is not UTF-8
    invalid_host,         ///< a host that is empty, or carries a scheme, a path, user info or white space
    invalid_path,         ///< a path that does not begin with `/` or carries a query
    unknown_region,       ///< no host is known for this region; name the host yourself
    no_network_host,      ///< the region has no host of the kind asked for (VPC)
    missing_access_key,   ///< the access key id is empty
    missing_secret,       ///< the access key secret is empty
    missing_token,        ///< a bearer token is empty
    missing_credentials,  ///< no credentials where they were looked for
    cannot_refresh,       ///< credentials that nobody can renew; whoever made them has to make new ones
    invalid_time,         ///< a date outside 1970 to 9999
    unsupported_body,     ///< this signature method cannot cover such a body
    signing_failed,       ///< an external key did not sign
    no_entropy,           ///< the source of randomness gave nothing

    // The way to the service.
    insecure_transport,  ///< plain http, which was not allowed
    resolve_failed,      ///< the host name could not be resolved
    connect_failed,      ///< no connection
    tls_failed,          ///< the TLS handshake failed, or the certificate is not the host's
    send_failed,         ///< the connection broke while the request was sent
    receive_failed,      ///< the connection broke before the reply was complete
    timed_out,           ///< a deadline passed
    request_too_large,   ///< the request's target is longer than the transport can carry
    reply_too_large,     ///< the reply is larger than the limit
    redirected,          ///< the answer is a redirect, which a signed request must not follow
    cancelled,           ///< the caller cancelled
    transport_failed,    ///< any other failure of the transport

    // The answer.
    service_refused,       ///< the service answered with an error; see `failure::service`
    empty_reply,           ///< a body was needed and there is none
    truncated_json,        ///< the text ends inside a JSON value
    malformed_json,        ///< the text is not JSON
    json_too_deep,         ///< nested deeper than `json_reader::max_depth`
    number_out_of_range,   ///< a number does not fit the type it is read into
    wrong_type,            ///< a JSON value of another type than the member has
    trailing_text,         ///< something follows the JSON value
    unexpected_body,       ///< HTML or XML, by its first byte, where JSON was expected
    unsupported_encoding,  ///< the transport left a content encoding in place
    process_failed,        ///< the service carried the call out, but not what it was for; `service.message` says why
    outcome_unknown,       ///< a call of an interrupted job may have been carried out, and is not safe to repeat

    // Text in other formats.
    malformed_text,  ///< not a well-formed hex, Base64, percent-encoded or date text, or checkpoint
};

/// One sentence for people: what happened and, where the caller can act, what to do.
[[nodiscard]] constexpr std::string_view message(errc code) noexcept {
    switch (code) {
        case errc::none: return "no error";
        case errc::no_space: return "the buffer is too small; give as many bytes or elements as the failure says are needed";
        case errc::no_array_space: return "the memory for array elements is too small; measure_arrays() says how many bytes to give";
        case errc::out_of_memory: return "the heap has no memory left";
        case errc::invalid_parameters: return "parameters are missing or out of range";
        case errc::duplicate_parameter: return "a parameter name occurs twice; each name may be sent once";
        case errc::duplicate_field: return "a header name occurs twice; each name may be sent once";
        case errc::reserved_name: return "the library sets this name itself; take it out of the extra parameters or headers";
        case errc::forbidden_character: return "CR, LF or NUL where a header or request line would carry it";
        case errc::invalid_name: return "an empty or malformed name";
        case errc::invalid_utf8: return "the text is not UTF-8";
        case errc::invalid_host: return "the host must be a name and an optional port, without scheme, path or white space";
        case errc::invalid_path: return "the path must begin with / and carry no query";
        case errc::unknown_region: return "no host is known for this region; name one yourself: acs::endpoint{.host = \"...\"}";
        case errc::no_network_host: return "the region has no such host; use its public one, or name one: acs::endpoint{.host = \"...\"}";
        case errc::missing_access_key: return "the access key id is empty";
        case errc::missing_secret: return "the access key secret is empty";
        case errc::missing_token: return "the token is empty";
        case errc::missing_credentials:
            return "no credentials; set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET";
        case errc::cannot_refresh: return "these credentials cannot be refreshed; get new ones from where they came";
        case errc::invalid_time: return "the time is outside 1970 to 9999; is the clock set?";
        case errc::unsupported_body: return "this signature method cannot cover such a body; use ACS3";
        case errc::signing_failed: return "the external key did not sign";
        case errc::no_entropy: return "the source of randomness gave nothing";
        case errc::insecure_transport: return "plain http is refused; use https, or allow http for a test server";
        case errc::resolve_failed: return "the host name could not be resolved";
        case errc::connect_failed: return "the connection could not be made";
        case errc::tls_failed: return "the TLS handshake failed or the certificate was refused";
        case errc::send_failed: return "the connection broke while the request was sent";
        case errc::receive_failed: return "the connection broke before the reply was complete";
        case errc::timed_out: return "the deadline passed";
        case errc::request_too_large:
            return "the target is longer than the transport can carry; see acs::prepare_options::long_query_in_form";
        case errc::reply_too_large: return "the reply is larger than the limit";
        case errc::redirected: return "the answer is a redirect, which a signed request must not follow; check the host";
        case errc::cancelled: return "cancelled";
        case errc::transport_failed: return "the transport failed";
        case errc::service_refused: return "the service refused the request";
        case errc::empty_reply: return "the reply has no body";
        case errc::truncated_json: return "the JSON text is cut off";
        case errc::malformed_json: return "the text is not JSON";
        case errc::json_too_deep: return "the JSON text is nested too deep";
        case errc::number_out_of_range: return "the number does not fit";
        case errc::wrong_type: return "a JSON value of another type was expected";
        case errc::trailing_text: return "something follows the JSON value";
        case errc::unexpected_body: return "the reply is not JSON; is a proxy in the way?";
        case errc::unsupported_encoding: return "the reply is compressed; let the transport decode it, or do not ask for it";
        case errc::process_failed: return "the service could not do what was asked";
        case errc::outcome_unknown: return "the last call before the interruption may have been carried out; look before you repeat it";
        case errc::malformed_text: return "the text is not well-formed";
    }
    return "unknown error";
}

/// The enumerator's name as it is spelt in the source, for logs and machines.
[[nodiscard]] constexpr std::string_view name(errc code) noexcept {
    switch (code) {
        case errc::none: return "none";
        case errc::no_space: return "no_space";
        case errc::no_array_space: return "no_array_space";
        case errc::out_of_memory: return "out_of_memory";
        case errc::invalid_parameters: return "invalid_parameters";
        case errc::duplicate_parameter: return "duplicate_parameter";
        case errc::duplicate_field: return "duplicate_field";
        case errc::reserved_name: return "reserved_name";
        case errc::forbidden_character: return "forbidden_character";
        case errc::invalid_name: return "invalid_name";
        case errc::invalid_utf8: return "invalid_utf8";
        case errc::invalid_host: return "invalid_host";
        case errc::invalid_path: return "invalid_path";
        case errc::unknown_region: return "unknown_region";
        case errc::no_network_host: return "no_network_host";
        case errc::missing_access_key: return "missing_access_key";
        case errc::missing_secret: return "missing_secret";
        case errc::missing_token: return "missing_token";
        case errc::missing_credentials: return "missing_credentials";
        case errc::cannot_refresh: return "cannot_refresh";
        case errc::invalid_time: return "invalid_time";
        case errc::unsupported_body: return "unsupported_body";
        case errc::signing_failed: return "signing_failed";
        case errc::no_entropy: return "no_entropy";
        case errc::insecure_transport: return "insecure_transport";
        case errc::resolve_failed: return "resolve_failed";
        case errc::connect_failed: return "connect_failed";
        case errc::tls_failed: return "tls_failed";
        case errc::send_failed: return "send_failed";
        case errc::receive_failed: return "receive_failed";
        case errc::timed_out: return "timed_out";
        case errc::request_too_large: return "request_too_large";
        case errc::reply_too_large: return "reply_too_large";
        case errc::redirected: return "redirected";
        case errc::cancelled: return "cancelled";
        case errc::transport_failed: return "transport_failed";
        case errc::service_refused: return "service_refused";
        case errc::empty_reply: return "empty_reply";
        case errc::truncated_json: return "truncated_json";
        case errc::malformed_json: return "malformed_json";
        case errc::json_too_deep: return "json_too_deep";
        case errc::number_out_of_range: return "number_out_of_range";
        case errc::wrong_type: return "wrong_type";
        case errc::trailing_text: return "trailing_text";
        case errc::unexpected_body: return "unexpected_body";
        case errc::unsupported_encoding: return "unsupported_encoding";
        case errc::process_failed: return "process_failed";
        case errc::outcome_unknown: return "outcome_unknown";
        case errc::malformed_text: return "malformed_text";
    }
    return "unknown";
}

}  // namespace acs::inline ACS_ABI

#endif
