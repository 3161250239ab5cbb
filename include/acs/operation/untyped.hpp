// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_UNTYPED_HPP
#define ACS_OPERATION_UNTYPED_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/token.hpp>
#include <acs/error/service_error.hpp>
#include <acs/operation/decode.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The reply to a `call`. Texts view the answer.
struct untyped_reply {
    std::uint16_t status{};         ///< HTTP status, 2xx
    std::string_view request_id{};  ///< from the body, still escaped if it needed that, or from the header
    std::optional<bool> success{};  ///< what the body says, if it does: false is no failure here, the caller knows the product
    std::string_view body{};        ///< valid JSON as it came, or empty; read it with `json_reader` or `find_json`
};

/// Decodes an answer to an untyped call: any 2xx with a JSON body, or none, is a success (protocol 4.2). Changes nothing in the body of
/// one. Errors as `decode`, but for no_array_space, wrong_type and empty_reply.
[[nodiscard]] constexpr result<untyped_reply> decode_untyped(reply const& answer) noexcept {
    if (answer.status < 200 || answer.status > 299) return answer_failure(answer);
    std::string_view const encoding = find_field(answer.fields, "content-encoding");
    if (!encoding.empty() && !equal_ignoring_case(encoding, "identity")) return undecodable(answer, errc::unsupported_encoding);
    std::string_view const body(answer.body.data(), answer.body.size());
    std::string_view const text = text_begin(body);
    untyped_reply decoded{answer.status, find_field(answer.fields, "x-acs-request-id"), {}, text};
    if (text.empty()) return decoded;
    if (text.front() == '<') return undecodable(answer, errc::unexpected_body, body.size() - text.size());

    json_reader json(body);
    json_token token;
    errc code = json.next(token);
    while (code == errc::none && token.kind != json_kind::end) {
        bool const of_reply = token.kind == json_kind::name && json.depth() == 1;
        bool const is_id = of_reply && token.text == "RequestId";
        bool const is_success = of_reply && token.text == "Success";
        code = json.next(token);
        if (is_id && token.kind == json_kind::string && !token.text.empty()) decoded.request_id = token.text;
        if (is_success && equal_ignoring_case(token.text, "true")) decoded.success = true;
        if (is_success && equal_ignoring_case(token.text, "false")) decoded.success = false;
    }
    if (code != errc::none) return undecodable(answer, code, json.offset());
    return decoded;
}

}  // namespace acs::inline ACS_ABI

#endif
