// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_EXCHANGE_HPP
#define ACS_EXCHANGE_EXCHANGE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/reply.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/signer.hpp>
#include <acs/signing/unsigned.hpp>
#include <acs/error/codes.hpp>
#include <acs/operation/call.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/operation/shape.hpp>
#include <acs/operation/table.hpp>
#include <acs/exchange/client_token.hpp>
#include <acs/exchange/judge.hpp>
#include <acs/exchange/kinds.hpp>
#include <acs/exchange/machine.hpp>
#include <acs/exchange/policy.hpp>
#include <acs/exchange/step.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// One logical call as a state machine: every input returns the next step, and none of them waits for anything.
///
///             start
///               |                on_lost, on_reply: may be tried again
///      wait <--------- send -------------------------------------> wait, refresh
///        on_tick --------^  ^                                       |       |
///                           +---------- on_tick, on_credentials ----+-------+
///      on_reply: success -> done           on_lost, on_reply: not to be tried again -> failed
///
///     acs::exchange call{operation, endpoint, signer, memory};
///     for (acs::step s = call.start(now());;)
///         switch (s.what) {
///             case acs::action::send:    s = carry(call.request()) ? call.on_reply(answer, now()) : call.on_lost(why, now()); break;
///             case acs::action::wait:    sleep_until(s.until); s = call.on_tick(now()); break;
///             case acs::action::refresh: s = call.on_no_credentials(); break;
///             case acs::action::done:    return use(call.reply());
///             case acs::action::failed:  return complain(call.error());
///         }
///
/// Each attempt has a date, a nonce and a signature of its own, and the same client token: the operation's, or one from the entropy of
/// `start` if the operation takes one and was given none. A moment is used once.
///
/// What it views has to stay: the texts of operation, endpoint and options, the signer, the memory, from `start` to the end; the answer,
/// until the next attempt is sent, and as long as reply or failure are looked at. An input that is not due changes nothing and returns the
/// step that is. Done and failed last.
template <class Op, signer Signer, class Memory = request_memory>
class exchange : public machine<exchange<Op, Signer, Memory>, Signer, Memory> {
    using base = machine<exchange, Signer, Memory>;
    friend base;

public:
    using reply_type = reply_of<Op>;
    /// How many answers it looks at, at one time.
    static constexpr std::size_t boxes = 1;

    constexpr exchange(Op const& op, endpoint const& to, Signer const& who, std::type_identity_t<Memory> const& memory,
                       exchange_options const& options = {}) noexcept
        : base(to, who, memory, options), op_(op), codes_(codes_of(op, options.codes)) {}
    exchange(Op const&, endpoint const&, Signer const&&, std::type_identity_t<Memory> const&, exchange_options const& = {}) = delete;

    /// Makes the first attempt: `send`; `wait` if the budget wants it; `failed` if no request can be made of this.
    constexpr step start(moment const& now) noexcept {
        if (!base::begin()) return base::due();
        if (takes_client_token(op_) && base::prepared_with().client_token.empty()) token_ = client_token(now);
        std::uint32_t const ms = base::attempts().policy().deadline_ms;
        base::begin_call(later(now.now, ms != 0 ? ms : UINT64_MAX));
        return base::send(now);
    }

    /// The answer, of whatever status: `done`, or as `on_lost`. The reply views its body, in which texts are unescaped, and `arrays`, in
    /// which elements are made; see `decode`.
    constexpr step on_reply(acs::reply const& answer, moment const& now, std::span<std::byte> arrays = {}) noexcept {
        if (base::due().what != action::send) return base::due();
        auto const decoded = decode_as<Op>(answer, arrays);
        if (!decoded) return base::fail(decoded.error(), answer.fields, now);
        reply_ = *decoded;
        return base::attempts().done();
    }

    /// How much memory, aligned as `max_align_t`, the arrays in an answer take; 0 if it can't be read, which `on_reply` will say. Of an
    /// operation whose reply has none, the answer is not looked at.
    [[nodiscard]] static constexpr std::size_t arrays_size(acs::reply const& answer) noexcept {
        if constexpr (operation<Op>) {
            if constexpr (table<Op>::member_rows::has(shape::array)) {
                auto const size = measure_arrays<Op>(answer);
                return size ? *size : 0;
            }
        }
        return static_cast<void>(answer), 0;
    }

    /// The reply. Pre: `done`. Its texts view the body of the answer.
    [[nodiscard]] constexpr reply_type const& reply() const noexcept { return reply_; }

private:
    [[nodiscard]] constexpr result<acs::request> make(moment const& now) const noexcept { return base::make(op_, now, token_.view()); }
    [[nodiscard]] constexpr effect repeating() const noexcept {
        return effect_of(op_, !token_.view().empty() || !base::prepared_with().client_token.empty());
    }
    [[nodiscard]] constexpr std::span<code_row const> codes() const noexcept { return codes_; }

    Op op_;
    std::span<code_row const> codes_;
    client_token token_{};
    reply_type reply_{};
};

/// What an exchange takes beside its operation and reply, which differ.
template <class Op, signer Signer>
inline constexpr std::size_t exchange_overhead = sizeof(exchange<Op, Signer>) - sizeof(Op) - sizeof(reply_of<Op>);
static_assert(exchange_overhead<call, nobody> <= 512);

}  // namespace acs::inline ACS_ABI

#endif
