// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_DECODE_HPP
#define ACS_OPERATION_DECODE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <acs/json/find.hpp>
#include <acs/json/reader.hpp>
#include <acs/error/service_error.hpp>
#include <acs/operation/array.hpp>
#include <acs/operation/member.hpp>
#include <acs/operation/read_members.hpp>
#include <acs/operation/table.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// From an answer to the typed reply of an operation, or to the failure that it is.
namespace acs::inline ACS_ABI {

/// The members of a reply that every operation has, by row; 0: none.
struct top_members {
    std::uint8_t request_id{};
    std::uint8_t success{};
};

/// The failure of an answer that should hold a typed reply and does not.
[[nodiscard]] constexpr failure undecodable(reply const& answer, errc code, std::size_t offset = 0) noexcept {
    failure f{};
    f.code = code;
    f.origin = origin::service;
    f.delivery = delivery::answered;
    f.status = answer.status;
    f.offset = offset;
    f.service.request_id = find_field(answer.fields, "x-acs-request-id");
    f.body = {answer.body.data(), answer.body.size()};
    return f;
}

/// The text in which JSON begins: the body without a byte order mark and white space before it.
[[nodiscard]] constexpr std::string_view json_begin(std::string_view body) noexcept {
    if (body.size() >= 3 && first(body, 3) == "\xEF\xBB\xBF") body.remove_prefix(3);
    while (!body.empty() && is_space(body.front())) body.remove_prefix(1);
    return body;
}

/// The first pass over the body of a 2xx answer. A failed one has changed nothing.
[[nodiscard]] constexpr result<void> read_reply(bound_members const& to, top_members const& top, reply const& answer,
                                                array_memory& memory) noexcept {
    std::string_view const body(answer.body.data(), answer.body.size());
    std::string_view const encoding = find_field(answer.fields, "content-encoding");
    if (!encoding.empty() && !equal_ignoring_case(encoding, "identity")) return undecodable(answer, errc::unsupported_encoding);
    std::string_view const text = json_begin(body);
    if (text.empty()) return answer.status == 204 ? result<void>() : undecodable(answer, errc::empty_reply);
    if (text.front() == '<') return undecodable(answer, errc::unexpected_body, body.size() - text.size());

    read_outcome const outcome = member_reader(to, body, memory).read();
    if (outcome.code != errc::none) {
        failure f = undecodable(answer, outcome.code, outcome.offset);
        f.where = to.rows[outcome.row].name();
        if (f.service.request_id.empty() && to.slots != nullptr && top.request_id != 0)
            f.service.request_id = *to.slots[top.request_id].text;
        return f;
    }
    return {};
}

/// Whether a body that does not fit its type is JSON all the same, and says that it is no success: then its code and message count.
[[nodiscard]] constexpr bool says_unsuccessful(failure const& f) noexcept {
    std::size_t offset = 0;
    if ((f.code != errc::wrong_type && f.code != errc::number_out_of_range) || check_json(f.body, offset) != errc::none) return false;
    auto const success = find_json(f.body, "Success");
    return success && equal_ignoring_case(success->text, "false");
}

/// Both passes, and what stands above them: the status, and the reply's own word whether it is a success.
[[nodiscard]] constexpr result<void> decode_reply(bound_members const& to, top_members const& top, reply const& answer,
                                                  array_memory& memory) noexcept {
    if (answer.status < 200 || answer.status > 299) return answer_failure(answer);
    if (auto read = read_reply(to, top, answer, memory); !read)
        return top.success != 0 && says_unsuccessful(read.error()) ? answer_failure(answer) : read;
    if (top.success != 0 && !to.slots[top.success].boolean->value_or(true)) return answer_failure(answer);
    if (!memory.fits()) {
        failure f = undecodable(answer, errc::no_array_space);
        f.origin = origin::caller;
        f.needed = memory.needed();
        return f;
    }
    text_unescaper(to, answer.body).run();
    if (top.request_id == 0) return {};
    std::string_view& request_id = *to.slots[top.request_id].text;
    std::string_view const in_header = find_field(answer.fields, "x-acs-request-id");
    if (request_id.empty() && !in_header.empty()) request_id = in_header;
    return {};
}

/// An operation whose reply holds a secret says `static constexpr bool secret_reply = true`: no failure then shows the body of a success.
template <class Op>
inline constexpr bool has_secret_reply = false;
template <class Op>
requires requires { Op::secret_reply; }
inline constexpr bool has_secret_reply<Op> = Op::secret_reply;

/// A failure without the body of a success, if that may hold a secret.
template <operation Op>
[[nodiscard]] constexpr failure without_secret(failure f) noexcept {
    if (has_secret_reply<Op> && f.status >= 200 && f.status <= 299) f.body = {};
    return f;
}

/// Decodes an answer to an operation. Its texts are unescaped in place: they view `answer.body`, which has to outlive the reply and must
/// not be decoded twice, but for a request id that only a header carried. Elements of arrays are made in `arrays`, which has to outlive
/// the reply as well; `measure_arrays` says how much that takes.
///
/// A reply is a success if the status is 2xx and the body does not say `"Success": false`. Absent and null members stay absent, unknown
/// ones are skipped. Numbers and booleans may be quoted.
///
/// Errors: service_refused and all that `answer_failure` says; empty_reply, truncated_json, malformed_json, invalid_utf8, json_too_deep,
/// trailing_text, wrong_type, number_out_of_range (with offset and member), unexpected_body, unsupported_encoding; no_array_space (with
/// the bytes needed). A body that could not be decoded is unchanged, and is in `failure::body` (protocol 4).
template <operation Op>
[[nodiscard]] constexpr result<typename Op::reply> decode(reply const& answer, std::span<std::byte> arrays = {}) noexcept {
    typename Op::reply decoded{};
    auto slots = table<Op>::bind(decoded);
    array_memory memory(arrays);
    constexpr top_members top{table<Op>::top_member("RequestId", shape::text), table<Op>::top_member("Success", shape::boolean)};
    if (auto ok = decode_reply({table<Op>::members, slots.data()}, top, answer, memory); !ok) return without_secret<Op>(ok.error());
    return decoded;
}

/// The same, for whoever has the parts of an answer at hand.
template <operation Op>
[[nodiscard]] constexpr result<typename Op::reply> decode(std::uint16_t status, std::span<field const> fields, std::span<char> body,
                                                          std::span<std::byte> arrays = {}) noexcept {
    return decode<Op>(reply{status, fields, body}, arrays);
}

/// How many bytes of memory, aligned as `max_align_t`, the arrays of a reply take; 0 for what `decode` reads as the service's refusal
/// without looking at them. Changes nothing. Errors of the body, as `decode`.
template <operation Op>
[[nodiscard]] constexpr result<std::size_t> measure_arrays(reply const& answer) noexcept {
    if (answer.status < 200 || answer.status > 299) return std::size_t{0};
    array_memory memory({});
    auto const read = read_reply({table<Op>::members, nullptr}, {}, answer, memory);
    if (read) return memory.needed();
    constexpr bool has_success = table<Op>::top_member("Success", shape::boolean) != 0;
    return has_success && says_unsuccessful(read.error()) ? result<std::size_t>(0) : without_secret<Op>(read.error());
}

}  // namespace acs::inline ACS_ABI

#endif
