// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_EXPLAIN_HPP
#define ACS_EXPLAIN_EXPLAIN_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>
#include <acs/message/field.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/marks.hpp>
#include <acs/signing/parts.hpp>
#include <acs/error/echo.hpp>
#include <acs/explain/by_code.hpp>
#include <acs/explain/compare.hpp>
#include <acs/explain/differ.hpp>
#include <acs/explain/echo_text.hpp>
#include <acs/explain/explanation.hpp>
#include <acs/explain/secrets.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// What helps to explain, and need not be given. Views only.
struct explain_hints {
    std::string_view secret{};        ///< the access key secret, to see whether it looks wrong; it is never shown
    std::span<field const> fields{};  ///< header fields of the answer; of these the date, for a clock that is off
};

namespace explaining {

/// What a secret looks like. A secret that could not be right costs more time than any other fault.
[[nodiscard]] constexpr secret_fault fault_of(std::string_view secret) noexcept {
    if (secret.data() == nullptr) return secret_fault::not_given;
    if (secret.empty()) return secret_fault::empty;
    if (secret.back() == '\n' || secret.back() == '\r') return secret_fault::line_end;
    for (char const c : secret)
        if (is_space(c)) return secret_fault::white_space;
    bool const quoted = secret.front() == '"' || secret.front() == '\'' || secret.back() == '"' || secret.back() == '\'';
    return quoted ? secret_fault::quotes : secret_fault::none;
}

/// The string to sign of ACS3, whose two lines are parts of their own.
template <hasher H, std::same_as<compare_sink> Comparison>
[[nodiscard]] constexpr text_difference compare_string_to_sign(echo_text const& theirs, std::string_view algorithm,
                                                               signed_parts const& parts) noexcept {
    Comparison out(theirs);
    out.begin_part(text_part::request_hash, {}, {});
    write_acs3_string_to_sign<H>(algorithm, parts, out);
    text_difference d = out.finish();
    if (d.offset <= algorithm.size())
        d.at.part = text_part::algorithm;
    else
        d.at.begin = algorithm.size() + 1;
    return d;
}

/// Whether a hash of theirs is that of no body.
[[nodiscard]] constexpr bool is_empty_hash(echo_text const& theirs, std::size_t at) noexcept {
    return theirs.match(at, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") != 0 ||
           theirs.match(at, "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b") != 0;
}

/// Whether the bracket that closes a text is where ours ends: what follows is none of it.
[[nodiscard]] constexpr bool closes(text_difference const& d) noexcept { return d.ours_end && d.theirs == ']'; }

}  // namespace explaining

/// Explains why the service refused a request: compares what was signed with what the service repeats of it, and says in which part the
/// first byte that differs lies, and what probably became of it; or says what the service's code means for this request. `made` is as
/// `prepare` made it, `refused` the failure it got. Allocates nothing; takes time in proportion to both texts.
///
/// Two equal texts mean that the secret is another one at the service. A text that is cut off never counts as equal.
///
///     acs::write_explanation(acs::explain(request, failure), out);
///
/// A template of one kind: a unit that explains nothing would have every canonical text compiled once more.
template <std::same_as<compare_sink> Comparison = compare_sink>
[[nodiscard]] constexpr explanation explain(request const& made, failure const& refused, explain_hints const& hints = {}) noexcept {
    using namespace explaining;
    explanation e{};
    e.secret = fault_of(hints.secret);
    e.style = style_of(made);
    if (refused.origin != origin::service) return e;
    request_secrets const secrets(made, hints.secret);
    read_code(made, refused, hints.fields, secrets, e);
    request_echo echo = find_echo(refused.service.message);
    if (refused.service.message.empty()) {
        echo = find_echo_in_body(refused.body);
        bool const any = echo.plain.data() != nullptr || echo.string_to_sign.data() != nullptr || echo.canonical_request.data() != nullptr;
        if (any) e.why = cause::no_echo;
    }
    bool const form = e.why == cause::incomplete;
    if (e.style == signature_style::none || (!form && e.why != cause::no_echo)) return e;

    cause const equal = form ? cause::signature_form : cause::secret;
    bool const acs3 = e.style == signature_style::acs3;
    signed_parts const parts = prepared_parts_of(made);
    std::string_view const text = acs3 ? echo.canonical_request : echo.plain;
    std::string_view const said = find_field(made.fields, "authorization");
    std::string_view const algorithm = acs3 ? first(said, said.find(' ') < said.size() ? said.find(' ') : said.size()) : std::string_view();

    text_difference of_string{};
    echo_text const string_to_sign(echo.string_to_sign, echo.json, echo.xml);
    if (acs3 && !echo.string_to_sign.empty()) {
        of_string = algorithm == acs3_hmac_sm3::algorithm ? compare_string_to_sign<sm3, Comparison>(string_to_sign, algorithm, parts)
                                                          : compare_string_to_sign<sha256, Comparison>(string_to_sign, algorithm, parts);
        difference_reader const reader(string_to_sign, e.style, made.params, parts.fields, secrets);
        if (of_string.found && (of_string.at.part == text_part::algorithm || text.data() == nullptr)) {
            reader.read(of_string, e);
            return e;
        }
    }
    if (text.data() == nullptr) {
        if (acs3 && !echo.string_to_sign.empty()) e.why = echo.closed ? equal : cause::cut_off;
        return e;
    }

    echo_text const theirs(text, echo.json, echo.xml);
    Comparison out(theirs);
    if (acs3)
        write_canonical_request(parts, out);
    else if (e.style == signature_style::rpc)
        write_rpc_string_to_sign(parts.verb, made.params, out);
    else
        write_roa_string_to_sign({parts.verb, parts.path, parts.query, made.fields, {}}, out);
    text_difference const d = out.finish();
    if (d.found && !(acs3 && closes(d))) {
        difference_reader(theirs, e.style, made.params, acs3 ? parts.fields : made.fields, secrets).read(d, e);
        if (e.part == text_part::body_hash && is_empty_hash(theirs, d.at.theirs)) e.why = cause::body_lost;
        if (!echo.closed && d.theirs_end && e.why == cause::missing) e.why = cause::cut_off;  // nobody knows what would have followed
        return e;
    }
    e.text_offset = d.offset;
    if (!echo.closed) {
        e.why = cause::cut_off;
        e.theirs_end = true;
        return e;
    }
    if (of_string.found) {
        difference_reader(string_to_sign, e.style, made.params, parts.fields, secrets).read(of_string, e);
        return e;
    }
    e.why = equal;
    return e;
}

}  // namespace acs::inline ACS_ABI

#endif
