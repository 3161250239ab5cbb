// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_KINDS_HPP
#define ACS_EXCHANGE_KINDS_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/message/param.hpp>
#include <acs/message/reply.hpp>
#include <acs/error/codes.hpp>
#include <acs/operation/call.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/table.hpp>
#include <acs/operation/untyped.hpp>
#include <acs/exchange/judge.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

// What an exchange asks of an operation, typed or not.
namespace acs::inline ACS_ABI {

template <class Op>
struct reply_kind {
    using type = untyped_reply;
};
template <operation Op>
struct reply_kind<Op> {
    using type = typename Op::reply;
};

/// What an operation is answered with.
template <class Op>
using reply_of = typename reply_kind<Op>::type;

template <operation Op>
[[nodiscard]] constexpr result<typename Op::reply> decode_as(reply const& answer, std::span<std::byte> arrays) noexcept {
    return decode<Op>(answer, arrays);
}
template <class Op>
    requires std::is_same_v<Op, call>
[[nodiscard]] constexpr result<untyped_reply> decode_as(reply const& answer, std::span<std::byte>) noexcept {
    return decode_untyped(answer);
}

/// Whether a client token can be given to it, and was not.
template <operation Op>
[[nodiscard]] constexpr bool takes_client_token(Op const& op) noexcept {
    if constexpr (table<Op>::client_token_row < table<Op>::parameter_count)
        return table<Op>::bind(op)[table<Op>::client_token_row].text->empty();
    else
        return false;
}
[[nodiscard]] constexpr bool takes_client_token(call const&) noexcept { return false; }

/// What repeating it does, if it takes a client token and `has_token` says that there is one.
template <operation Op>
[[nodiscard]] constexpr effect effect_of(Op const& op, bool has_token) noexcept {
    if (Op::head.reads) return effect::reads;
    if (table<Op>::client_token_row == table<Op>::parameter_count) return effect::once;
    return has_token || !takes_client_token(op) ? effect::repeatable : effect::once;
}
[[nodiscard]] constexpr effect effect_of(call const& any, bool) noexcept {
    if (any.reads) return effect::reads;
    for (param const& p : any.params)
        if (p.name == "ClientToken" && !p.value.empty()) return effect::repeatable;
    return effect::once;
}

/// The codes of the product that an operation belongs to: `Op::codes`, if it has any.
template <class Op>
[[nodiscard]] constexpr std::span<code_row const> codes_of(Op const&, std::span<code_row const> given) noexcept {
    if constexpr (requires { Op::codes; })
        return given.empty() ? Op::codes : given;
    else
        return given;
}

}  // namespace acs::inline ACS_ABI

#endif
