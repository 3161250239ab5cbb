// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_DECODE_HPP
#define ACS_OPERATION_DECODE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <acs/error/envelope.hpp>
#include <acs/error/service_error.hpp>
#include <acs/operation/array.hpp>
#include <acs/operation/member.hpp>
#include <acs/operation/read_members.hpp>
#include <acs/operation/table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

// From an answer to the typed reply of an operation, or to the failure that it is.
namespace acs::inline ACS_ABI {

/// What decoding has to know of an operation: all that is not common to every one.
struct reply_table {
    member_row const* rows{};
    std::uint8_t request_id{};  ///< its row; 0: none
    std::uint8_t success{};     ///< its row; 0: none
    bool is_secret{};           ///< no failure shows the body of a success
};

/// The failure of an answer that should hold a typed reply and does not.
ACS_COLD constexpr void describe_undecodable(reply const& answer, errc code, std::size_t offset, failure& f) noexcept {
    begin_failure(answer, code, f);
    f.offset = offset;
    complete_request_id(answer, f.service.request_id);
}
[[nodiscard]] constexpr failure undecodable(reply const& answer, errc code, std::size_t offset = 0) noexcept {
    failure f{};
    describe_undecodable(answer, code, offset, f);
    return f;
}

[[nodiscard]] constexpr bool is_success(reply const& answer) noexcept { return answer.status >= 200 && answer.status <= 299; }

/// The first pass over the body of a 2xx answer. A failed one has changed nothing but `fault`.
[[nodiscard]] ACS_OUTLINE constexpr errc read_reply(bound_members const& to, reply const& answer, array_memory& memory,
                                                    fault_place& fault) noexcept {
    std::string_view const body(answer.body.data(), answer.body.size());
    std::string_view const text = text_begin(body);
    if (is_encoded(answer)) return errc::unsupported_encoding;
    if (text.empty()) return answer.status == 204 ? errc::none : errc::empty_reply;
    if (text.front() != '<') return member_reader(to, body, memory).read(fault);
    fault.offset = body.size() - text.size();
    return errc::unexpected_body;
}

/// Where in an answer it found a fault, and in which one.
ACS_COLD constexpr void describe_place(reply_table const& table, member_places reply, std::size_t row, failure& f) noexcept {
    f.where = table.rows[row].name();
    if (f.service.request_id.empty() && reply && table.request_id != 0) f.service.request_id = *reply.of(table.rows, table.request_id).text;
}

/// Whether a body that does not fit its type is JSON all the same, and says that it is no success: then its code and message count.
[[nodiscard]] ACS_COLD constexpr bool says_unsuccessful(reply_table const& table, reply const& answer, errc code) noexcept {
    if (table.success == 0 || (code != errc::wrong_type && code != errc::number_out_of_range)) return false;
    constexpr std::string_view spelling = "Success ;", no = "false";
    std::string_view word;
    envelope success(spelling, {&word, 1});
    return scan_envelope(answer.body.data(), answer.body.size(), success) == errc::none && equal_ignoring_case(word, no);
}

/// Both passes, and what stands above them: the status, and the reply's own word whether it is a success. `made` holds the reply whose
/// places are given, or becomes the failure.
template <refusal_reader* Read>
ACS_INLINE_ONCE constexpr void decode_into(fallible& made, reply const& answer, std::span<std::byte> const& arrays,
                                           reply_table const& table, member_places places) noexcept {
    array_memory memory(arrays);
    bound_members const to{table.rows, places};
    fault_place fault{};
    errc code{};
    bool refused = !is_success(answer);
    if (!refused) {
        code = read_reply(to, answer, memory, fault);
        if (code != errc::none)
            refused = says_unsuccessful(table, answer, code);
        else if (table.success != 0)
            refused = !places.of(table.rows, table.success).boolean->value_or(true);
        if (code == errc::none && !refused && memory.fits()) {
            table.rows->functions->unescape(to, answer.body);
            if (table.request_id != 0) complete_request_id(answer, *places.of(table.rows, table.request_id).text);
            return;
        }
    }
    failure& f = made.fail();
    if (refused) {
        Read(answer, f);
    } else {
        describe_undecodable(answer, code, fault.offset, f);
        if (code == errc::none) {
            f.code = errc::no_array_space;
            f.origin = origin::caller;
            f.needed = memory.needed();
        } else {
            describe_place(table, places, fault.row, f);
        }
    }
    if (table.is_secret && is_success(answer)) f.body = {};
}

/// The same of the reply that is in the result, whatever its type: row 0 says where. The arguments stand in the order of `decode`, which
/// then has little to do but to pass them on.
template <refusal_reader* Read>
void decode_reply(fallible& made, reply const& answer, std::span<std::byte> const& arrays, reply_table const& table) noexcept {
    decode_into<Read>(made, answer, arrays, table, member_places(&made).behind(table.rows->offset));
}

/// An operation whose reply holds a secret says `static constexpr bool secret_reply = true`: no failure then shows the body of a success.
template <class Op>
inline constexpr bool has_secret_reply = false;
template <class Op>
    requires requires { Op::secret_reply; }
inline constexpr bool has_secret_reply<Op> = Op::secret_reply;

template <class Rows, bool IsSecret>
inline constexpr reply_table reply_table_of{Rows::rows.data(), Rows::top_member("RequestId", shape::text),
                                            Rows::top_member("Success", shape::boolean), IsSecret};

/// Operations with one reply share it.
template <class Rows, bool IsSecret, refusal_reader* Read>
[[nodiscard]] constexpr result<typename Rows::reply> decode_rows(reply const& answer, std::span<std::byte> const& arrays) noexcept {
    result<typename Rows::reply> made{typename Rows::reply{}};
    constexpr reply_table const& table = reply_table_of<Rows, IsSecret>;
    if (std::is_constant_evaluated()) {
        auto slots = Rows::bind(*made);
        decode_into<Read>(made, answer, arrays, table, member_places(slots.data()));
    } else {
        decode_reply<Read>(made, answer, arrays, table);
    }
    return made;
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
    return decode_rows<typename table<Op>::member_rows, has_secret_reply<Op>, read_refusal>(answer, arrays);
}

/// The same, for whoever has the parts of an answer at hand.
template <operation Op>
[[nodiscard]] constexpr result<typename Op::reply> decode(std::uint16_t status, std::span<field const> fields, std::span<char> body,
                                                          std::span<std::byte> arrays = {}) noexcept {
    return decode<Op>(reply{status, fields, body}, arrays);
}

/// The same as `decode` for those who count bytes of flash: of refusals it reads JSON only, as `json_answer_failure`.
template <operation Op>
[[nodiscard]] constexpr result<typename Op::reply> decode_json(reply const& answer, std::span<std::byte> arrays = {}) noexcept {
    return decode_rows<typename table<Op>::member_rows, has_secret_reply<Op>, read_json_refusal>(answer, arrays);
}

/// How many bytes of memory, aligned as `max_align_t`, the arrays of a reply take; 0 for what `decode` reads as the service's refusal
/// without looking at them. Changes nothing. Errors of the body, as `decode`.
template <operation Op>
[[nodiscard]] constexpr result<std::size_t> measure_arrays(reply const& answer) noexcept {
    if (!is_success(answer)) return std::size_t{0};
    constexpr reply_table const& rows = reply_table_of<typename table<Op>::member_rows, has_secret_reply<Op>>;
    array_memory memory({});
    fault_place fault{};
    errc const code = read_reply({rows.rows, {}}, answer, memory, fault);
    if (code == errc::none) return memory.needed();
    if (says_unsuccessful(rows, answer, code)) return std::size_t{0};
    result<std::size_t> made{std::size_t{0}};
    describe_undecodable(answer, code, fault.offset, made.fail());
    describe_place(rows, {}, fault.row, made.failed());
    if (has_secret_reply<Op>) made.failed().body = {};
    return made;
}

}  // namespace acs::inline ACS_ABI

#endif
