// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_SERVICE_ERROR_HPP
#define ACS_ERROR_SERVICE_ERROR_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <acs/error/envelope.hpp>
#include <acs/error/xml.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// A code for an answer that brings none, such as `HTTP.502`; `HTTP.5xx` for a status that is not in use. Lives for ever.
[[nodiscard]] ACS_COLD constexpr std::string_view code_of_status(std::uint16_t status) noexcept {
    constexpr std::string_view codes =
        "HTTP.301HTTP.302HTTP.303HTTP.304HTTP.307HTTP.308HTTP.400HTTP.401HTTP.402HTTP.403HTTP.404HTTP.405HTTP.406HTTP.407HTTP.408HTTP.409"
        "HTTP.410HTTP.411HTTP.412HTTP.413HTTP.414HTTP.415HTTP.417HTTP.421HTTP.422HTTP.425HTTP.428HTTP.429HTTP.431HTTP.451HTTP.499HTTP.500"
        "HTTP.501HTTP.502HTTP.503HTTP.504HTTP.505HTTP.507HTTP.511"sv;
    constexpr std::size_t size = 8;
    for (std::size_t i = 0; i < codes.size(); i += size)
        if ((codes[i + 5] - '0') * 100 + (codes[i + 6] - '0') * 10 + (codes[i + 7] - '0') == status) return {codes.data() + i, size};
    if (status >= 200 && status < 300) return "Unsuccessful";
    constexpr std::string_view classes = "HTTP.1xxHTTP.2xxHTTP.3xxHTTP.4xxHTTP.5xx"sv;
    return status >= 100 && status < 600 ? std::string_view(classes.data() + (status / 100U - 1) * size, size) : std::string_view("HTTP");
}

/// Whether the transport left a content encoding in place, so that the body can't be read.
[[nodiscard]] constexpr bool is_encoded(reply const& answer) noexcept {
    constexpr std::string_view name = "content-encoding"sv, none = "identity"sv;
    std::string_view const encoding = find_field(answer.fields, name);
    return !encoding.empty() && !equal_ignoring_case(encoding, none);
}

/// The text in which JSON or XML begins: the body without a byte order mark and white space before it.
[[nodiscard]] constexpr std::string_view text_begin(std::string_view body) noexcept {
    std::size_t n = mark_size(body.data(), body.size());
    if (n != whole_mark) n = 0;
    while (n < body.size() && is_space(body[n])) ++n;
    return skip(body, n);
}

/// What every failure says that an answer is. Pre: `f` is empty, here and below.
ACS_COLD constexpr void begin_failure(reply const& answer, errc code, failure& f) noexcept {
    f.code = code;
    f.origin = origin::service;
    f.delivery = delivery::answered;
    f.status = answer.status;
    f.body = {answer.body.data(), answer.body.size()};
}

/// Fills in the request id from the header, if the body said none.
constexpr void complete_request_id(reply const& answer, std::string_view& request_id) noexcept {
    if (!request_id.empty()) return;
    constexpr std::string_view name = "x-acs-request-id"sv;
    std::string_view const in_header = find_field(answer.fields, name);
    if (!in_header.empty()) request_id = in_header;
}

/// Says what a refusal is: one of the two functions below. Whoever decodes passes a pointer on, and only what it points to is linked.
using refusal_reader = void(reply const& answer, failure& f) noexcept;

/// As `json_answer_failure`.
ACS_COLD constexpr void read_json_refusal(reply const& answer, failure& f) noexcept {
    begin_failure(answer, answer.status >= 300 && answer.status < 400 ? errc::redirected : errc::service_refused, f);
    f.wait_ms = retry_after_ms(answer.fields);
    if (is_encoded(answer))
        f.code = errc::unsupported_encoding;
    else
        static_cast<void>(fill_from_envelope(answer.body, f.service));
    complete_request_id(answer, f.service.request_id);
}

/// As `answer_failure`.
ACS_COLD constexpr void read_refusal(reply const& answer, failure& f) noexcept {
    read_json_refusal(answer, f);
    std::string_view const text = text_begin(f.body);
    if (!text.empty() && text.front() == '<' && f.code != errc::unsupported_encoding) {
        std::string_view const type = find_field(answer.fields, "content-type");
        bool const declared = starts_with_ignoring_case(type, "text/xml") || starts_with_ignoring_case(type, "application/xml");
        if (declared || looks_like_xml(text)) static_cast<void>(decode_xml_envelope(answer.body, f.service));
        complete_request_id(answer, f.service.request_id);
    }
    if (f.service.code.empty()) f.service.code = code_of_status(f.status);
}

/// The failure that an answer is: of any status but 2xx, or one whose JSON says `"Success": false`. Reads JSON bodies only, for those who
/// count bytes of flash: of any other body the status says it all, and the code stays empty. Else as `answer_failure`.
[[nodiscard]] constexpr failure json_answer_failure(reply const& answer) noexcept {
    failure f{};
    read_json_refusal(answer, f);
    return f;
}

/// The failure that an answer is: of any status but 2xx, or one whose JSON says `"Success": false` (protocol 4). Code and message are the
/// service's own, from JSON or XML, unescaped in place; HTML, plain text, a cut-off or an empty body give a code made from the status,
/// such as `HTTP.502`, and no message. The texts view the answer's body, its header fields, or static text. `failure::body` is the body:
/// raw if it could not be read.
///
/// `code` is service_refused; redirected for 3xx, which a signed request must not follow; unsupported_encoding if the transport left a
/// content encoding in place.
[[nodiscard]] constexpr failure answer_failure(reply const& answer) noexcept {
    failure f{};
    read_refusal(answer, f);
    return f;
}

}  // namespace acs::inline ACS_ABI

#endif
