// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_PREPARE_HPP
#define ACS_OPERATION_PREPARE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/span_list.hpp>
#include <acs/core/time.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/extra_fields.hpp>
#include <acs/signing/mac.hpp>
#include <acs/signing/signer.hpp>
#include <acs/operation/call.hpp>
#include <acs/operation/parameter.hpp>
#include <acs/operation/parameters.hpp>
#include <acs/operation/table.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

// From an operation to a signed HTTP message, in memory of the caller's.
namespace acs::inline ACS_ABI {

/// Memory for one request. The request views it, and is valid as long as it is left alone.
struct request_memory {
    std::span<field> fields{};  ///< a slot for each header
    std::span<param> params{};  ///< a slot for each parameter
    std::span<char> text{};     ///< the target, the authorization, dates and digits; `measure` says how many bytes
};

/// Request memory of a fixed size, for a static variable or the stack. The defaults hold any call whose query is short.
template <std::size_t Text = 2048, std::size_t Fields = 16, std::size_t Params = 24>
struct request_buffer {
    std::array<field, Fields> fields{};
    std::array<param, Params> params{};
    std::array<char, Text> text{};

    constexpr operator request_memory() noexcept { return {fields, params, text}; }  // NOLINT: a buffer is memory
};

/// What goes beyond the operation. Views only.
struct prepare_options {
    std::span<param const> params{};                   ///< further parameters, in any order
    std::span<field const> fields{};                   ///< further headers; those beginning `x-acs-` are signed
    std::string_view user_agent = default_user_agent;  ///< empty: none is sent
    std::string_view client_token{};  ///< for operations that take one and were given none; the others, and untyped calls, leave it out
    bool long_query_in_form{};  ///< long texts that belong in the query travel in the form, where a long URL would be refused on the way.
                                ///< Whether the service finds them there is not verified for ACS3 (protocol 2.5)
};

/// What most calls are prepared with.
inline constexpr prepare_options no_options{};

/// Checks a draft, and adds what the caller's options hold. Too few slots are reported by the signature method, which adds parameters of
/// its own.
[[nodiscard]] constexpr verdict add_options(draft& d, prepare_options const& options) noexcept {
    if (auto ok = check_draft(d); !ok) return ok;
    d.add_extra = add_extra_fields;
    d.extra_fields = options.fields;
    for (param const& p : options.params) d.params.push(p);
    return settle_params(d);
}

[[nodiscard]] constexpr draft begin_draft(call_head const& head, endpoint const& to, moment const& now, request_memory const& memory,
                                          std::string_view user_agent = default_user_agent) noexcept {
    return {.head = head,
            .to = to,
            .now = now,
            .user_agent = user_agent,
            .params = span_list<param>(memory.params),
            .fields = span_list<field>(memory.fields),
            .text = span_sink(memory.text)};
}

/// What a draft has become.
constexpr void show_request(draft const& d, request& made) noexcept {
    made.scheme = d.to.scheme;
    made.verb = d.head.verb;
    made.host = d.to.host;
    made.target = d.target;
    made.fields = d.fields.items();
    made.body = d.body();
    made.action = d.head.action;
    made.params = d.params.items();
}

constexpr void show_outcome(draft const& d, verdict const& ok, result<request>& made) noexcept {
    if (ok)
        show_request(d, *made);
    else
        ok.describe(made.fail());
}

/// A signature method of ours that checks by itself where a request goes, and when. Not what is derived from one: its own `apply` counts.
template <class S>
inline constexpr bool checks_way = false;
template <mac M>
inline constexpr bool checks_way<acs3<M>> = !ACS_SMALL_CODE;

/// The rest of preparing, whatever the operation: what was found by then, and signing.
template <signer S>
ACS_OUTLINE constexpr void finish_request(draft& d, S const& method_of_signing, verdict& ok, result<request>& made) noexcept {
    if constexpr (std::same_as<decltype(method_of_signing.apply(d)), verdict>) {
        if constexpr (ACS_SMALL_CODE && requires { method_of_signing.apply(d, ok); }) {
            if (ok) method_of_signing.apply(d, ok);
        } else if (ok) {
            ok = method_of_signing.apply(d);
        }
    } else if (ok) {
        if (auto const applied = method_of_signing.apply(d); !applied) {
            made.fail() = applied.error();
            return;
        }
    }
    show_outcome(d, ok, made);
}

/// How an operation is reached, which most have in common.
struct call_way {
    std::string_view path = "/";
    void (*write_path)(std::string_view const& path, span_sink& out) noexcept = write_plain_path;
    method verb{};
    api_style style{};
};
template <method Verb>
inline constexpr call_way rpc_way{.verb = Verb, .style = api_style::rpc};
template <class Op>
inline constexpr call_way own_way{Op::head.path, is_plain_path(Op::head.path) ? write_plain_path : write_canonical_path<span_sink>,
                                  Op::head.verb, Op::head.style};

template <class Op>
[[nodiscard]] constexpr call_way const& way_of() noexcept {
    if constexpr (Op::head.style == api_style::rpc && Op::head.path == std::string_view("/"))
        return rpc_way<Op::head.verb>;
    else
        return own_way<Op>;
}

/// What preparing has to know of an operation, beside where its parameters are.
struct operation_rows {
    char const* action{};
    char const* version{};
    call_way const* way{};
    parameter_row const* rows{};
    std::uint8_t action_size{};
    std::uint8_t version_size{};
    std::uint8_t count{};
    std::uint8_t client_token{};  ///< the row of `ClientToken`; `count`: none
};
template <operation Op>
inline constexpr operation_rows rows_of{Op::head.action.data(),
                                        Op::head.version.data(),
                                        &way_of<Op>(),
                                        table<Op>::parameters.data(),
                                        static_cast<std::uint8_t>(Op::head.action.size()),
                                        static_cast<std::uint8_t>(Op::head.version.size()),
                                        table<Op>::parameter_count,
                                        table<Op>::client_token_row};

/// What an operation is called, where its table is all there is.
[[nodiscard]] constexpr call_head head_of(operation_rows const& op) noexcept {
    return {{op.action, op.action_size}, {op.version, op.version_size}, op.way->verb, op.way->style, op.way->path};
}

/// Prepares a call whose parameters have been bound. As the function below, it is there once in a program for each signature method,
/// however many operations it has. The arguments stand in the order of `prepare`, which then has little to do but to pass them on.
/// Names were checked when the operation's table was made, and firmware that never adds headers of its own does without the code that
/// checks and sorts them.
template <signer S>
[[nodiscard]] ACS_NOINLINE constexpr result<request> prepare_rows(parameter_places values, endpoint const& to, S const& method_of_signing,
                                                                  moment const& now, request_memory const& memory,
                                                                  operation_rows const& op) noexcept {
    // Not a constant: a result that is one, compilers begin by clearing what a failure would take. That is the smallest code, and slow.
    result<request> made{ACS_SMALL_CODE ? request{} : request{.scheme = to.scheme, .host = to.host}};
    call_head const head = head_of(op);
    draft d = begin_draft(head, to, now, memory);
    d.write_path = op.way->write_path;
    add_parameters({{op.rows, op.count}, values}, false, d, made);
    if (!made) return made;
    if constexpr (checks_way<S>) {
        verdict const ok = method_of_signing.check_and_apply(d);
        show_outcome(d, ok, made);
    } else {
        verdict ok = check_way(d);
        finish_request(d, method_of_signing, ok, made);
    }
    return made;
}
template <signer S>
[[nodiscard]] ACS_NOINLINE constexpr result<request> prepare_rows(parameter_places values, endpoint const& to, S const& method_of_signing,
                                                                  moment const& now, request_memory const& memory,
                                                                  prepare_options const& options, operation_rows const& op) noexcept {
    bound_parameters call{{op.rows, op.count}, values};
    if (op.client_token != op.count && !options.client_token.empty() && call.source(op.client_token).text->empty()) {
        call.replaced = op.client_token;
        call.by = &options.client_token;
    }
    result<request> made{request{}};
    call_head const head = head_of(op);
    draft d = begin_draft(head, to, now, memory, options.user_agent);
    d.write_path = op.way->write_path;
    add_parameters(call, options.long_query_in_form, d, made);
    if (!made) return made;
    verdict ok = add_options(d, options);
    finish_request(d, method_of_signing, ok, made);
    return made;
}

/// Makes the signed request of an operation. `who` is a kept signer, such as `acs3_hmac_sha256`, or credentials, which sign by ACS3.
///
/// Nothing of the operation's texts is copied but into the target: the request views the operation, the endpoint, the credentials, the
/// options and the memory, and is valid as long as these are. `now` gives the date, and a nonce from bytes never used before.
///
/// Errors, all of the caller, before anything is signed: invalid_parameters (every one at once), no_space (`where` says of what memory,
/// `needed` how much), duplicate_parameter, duplicate_field, reserved_name, forbidden_character, invalid_name, invalid_host,
/// invalid_time, missing_access_key, missing_secret, missing_token; and signing_failed (protocol 1 to 3).
template <operation Op, class Who>
[[nodiscard]] constexpr result<request> prepare(Op const& op, endpoint const& to, Who const& who, moment const& now,
                                                request_memory const& memory, prepare_options const& options) noexcept {
    if (std::is_constant_evaluated()) {
        auto const sources = table<Op>::bind(op);
        return prepare_rows(parameter_places(sources.data()), to, signer_of(who), now, memory, options, rows_of<Op>);
    }
    return prepare_rows(parameter_places(&op), to, signer_of(who), now, memory, options, rows_of<Op>);
}

/// The same without options: code for what they may ask is not linked.
template <operation Op, class Who>
[[nodiscard]] constexpr result<request> prepare(Op const& op, endpoint const& to, Who const& who, moment const& now,
                                                request_memory const& memory) noexcept {
    if (std::is_constant_evaluated()) {
        auto const sources = table<Op>::bind(op);
        return prepare_rows(parameter_places(sources.data()), to, signer_of(who), now, memory, rows_of<Op>);
    }
    return prepare_rows(parameter_places(&op), to, signer_of(who), now, memory, rows_of<Op>);
}

/// Makes the signed request of any other action. Its parameters are checked for duplicates and sorted in `memory`; the rest is as above,
/// and invalid_path, unsupported_body.
template <class Who>
[[nodiscard]] constexpr result<request> prepare(call const& any, endpoint const& to, Who const& who, moment const& now,
                                                request_memory const& memory, prepare_options const& options = no_options) noexcept {
    if (auto ok = check_path(any); !ok) return ok;
    call_head const head{any.action, any.version, any.verb, any.style, any.path};
    draft d = begin_draft(head, to, now, memory, options.user_agent);
    d.bytes = any.body;
    d.content_type = any.content_type;
    for (param const& p : any.params) d.params.push(p);
    result<request> made{request{}};
    verdict ok = add_options(d, options);
    finish_request(d, signer_of(who), ok, made);
    return made;
}

/// How many bytes of text `prepare` would need for the same arguments, exactly. `lists` gives slots for headers and parameters; its text
/// is not used. Signs nothing. Errors as `prepare`.
template <class Op, class Who>
[[nodiscard]] constexpr result<std::size_t> measure(Op const& op, endpoint const& to, Who const& who, request_memory lists,
                                                    prepare_options const& options = no_options) noexcept {
    lists.text = {};
    auto const made = prepare(op, to, who, moment{}, lists, options);
    if (made) return std::size_t{0};
    if (made.error().code == errc::no_space && made.error().where == "text") return made.error().needed;
    return made.error();
}

}  // namespace acs::inline ACS_ABI

#endif
