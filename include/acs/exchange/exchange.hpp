// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_EXCHANGE_HPP
#define ACS_EXCHANGE_EXCHANGE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/signer.hpp>
#include <acs/signing/unsigned.hpp>
#include <acs/error/classify.hpp>
#include <acs/error/codes.hpp>
#include <acs/operation/call.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/exchange/attempts.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/exchange/client_token.hpp>
#include <acs/exchange/kinds.hpp>
#include <acs/exchange/policy.hpp>
#include <acs/exchange/step.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// What goes beyond operation, endpoint and signer. Views only.
struct exchange_options {
    retry_policy retry{};               ///< how often and for how long
    prepare_options prepare{};          ///< further parameters and headers, for every attempt
    std::span<code_row const> codes{};  ///< of the product, for untyped calls; typed operations know theirs
    call_budget* budget{};              ///< never exceeded; it has to outlive the exchange
    std::int64_t clock_offset{};        ///< seconds that the server's clock is ahead of the moments given; see `exchange::clock_offset`
};

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
template <class Op, signer Signer>
class exchange {
public:
    using reply_type = reply_of<Op>;

    constexpr exchange(Op const& op, endpoint const& to, Signer const& who, request_memory const& memory,
                       exchange_options const& options = {}) noexcept
        : op_(op),
          host_(to.host),
          scheme_(to.scheme),
          who_(&who),
          memory_(memory),
          prepare_(options.prepare),
          codes_(codes_of(op, options.codes)),
          attempts_(options.retry, options.budget, options.clock_offset) {}
    exchange(Op const&, endpoint const&, Signer const&&, request_memory const&, exchange_options const& = {}) = delete;

    /// Makes the first attempt: `send`; `wait` if the budget wants it; `failed` if no request can be made of this.
    constexpr step start(moment const& now) noexcept {
        if (started_) return due();
        started_ = true;
        if (takes_client_token(op_) && prepare_.client_token.empty()) token_ = client_token(now);
        attempts_.begin(now.now);
        return send(now);
    }

    /// The answer, of whatever status: `done`, or as `on_lost`. The reply views its body, in which texts are unescaped, and `arrays`, in
    /// which elements are made; see `decode`.
    constexpr step on_reply(acs::reply const& answer, moment const& now, std::span<std::byte> arrays = {}) noexcept {
        if (due().what != action::send) return due();
        auto const decoded = decode_as<Op>(answer, arrays);
        if (!decoded) return fail(decoded.error(), answer.fields, now);
        reply_ = *decoded;
        return attempts_.done();
    }

    /// No answer: `f` is what the transport says. `send` or `wait` to try again, `refresh` if that takes new credentials, or `failed`.
    constexpr step on_lost(failure const& f, moment const& now) noexcept {
        if (due().what != action::send) return due();
        return fail(f, {}, now);
    }

    /// It is time. `send`, or `wait` if it is not.
    constexpr step on_tick(moment const& now) noexcept {
        if (!started_) return start(now);
        if (due().what != action::wait || now.now < due().until) return due();
        return send(now);
    }

    /// Goes on with new credentials: `send`. `who` has to outlive the exchange.
    constexpr step on_credentials(Signer const& who, moment const& now) noexcept {
        if (due().what != action::refresh) return due();
        who_ = &who;
        return send(now);
    }
    step on_credentials(Signer const&&, moment const&) = delete;

    /// There are no new credentials: `failed`.
    constexpr step on_no_credentials() noexcept {
        return due().what == action::refresh ? finish(attempts_.end(end_reason::no_credentials)) : due();
    }

    /// Gives up: `failed` with errc::cancelled, unless it was over. Whether anything may have run is in the failure.
    constexpr step cancel() noexcept {
        if (due().what == action::done || due().what == action::failed) return due();
        failure f = refuse(errc::cancelled);
        f.delivery = due().what == action::send ? delivery::unknown : delivery::not_sent;
        step const s = attempts_.cancel();
        made_ = f;
        started_ = true;
        return finish(s);
    }

    /// The step that is due.
    [[nodiscard]] constexpr step due() const noexcept { return attempts_.due(); }
    /// What to send. Pre: `send` is due.
    [[nodiscard]] constexpr acs::request const& request() const noexcept { return *made_; }
    /// The reply. Pre: `done`. Its texts view the body of the answer.
    [[nodiscard]] constexpr reply_type const& reply() const noexcept { return reply_; }
    /// The failure, with the history of the call. Pre: `failed`, or `wait` or `refresh` after an attempt, of which it tells. Its texts view
    /// the last answer.
    [[nodiscard]] constexpr failure const& error() const noexcept { return made_.error(); }
    /// What the call went through so far.
    [[nodiscard]] constexpr acs::history const& history() const noexcept { return attempts_.history(); }
    /// Seconds that the server's clock is ahead of the moments, if it had to be learnt: to be kept, and given to the next exchange.
    [[nodiscard]] constexpr std::int64_t clock_offset() const noexcept { return attempts_.clock_offset(); }

private:
    constexpr step send(moment const& now) noexcept {
        step const s = attempts_.permit(now.now);
        if (s.what != action::send) return finish(s);
        prepare_options options = prepare_;
        if (options.client_token.empty()) options.client_token = token_.view();
        made_ = prepare(op_, {.host = host_, .scheme = scheme_}, *who_, attempts_.corrected(now), memory_, options);
        if (made_) return s;
        attempts_.withdraw();
        return finish(attempts_.end(end_reason::final));
    }

    constexpr step fail(failure const& f, std::span<field const> fields, moment const& now) noexcept {
        effect const of = effect_of(op_, !token_.view().empty() || !prepare_.client_token.empty());
        step const s = attempts_.fail(f, advise(f, codes_), of, fields, now);
        if (s.what == action::send) return send(now);
        made_ = f;
        return finish(s);
    }

    constexpr step finish(step const& s) noexcept {
        if (s.what != action::failed) return s;
        failure f = made_.error();
        attempts_.tell(f);
        made_ = f;
        return s;
    }

    Op op_;
    std::string_view host_;
    acs::scheme scheme_;
    bool started_{};
    Signer const* who_;
    request_memory memory_;
    prepare_options prepare_;
    std::span<code_row const> codes_;
    attempts attempts_;
    client_token token_{};
    result<acs::request> made_{refuse(errc::timed_out)};  // the request on its way, or what became of the last one
    reply_type reply_{};
};

/// What an exchange takes beside its operation and reply, which differ.
template <class Op, signer Signer>
inline constexpr std::size_t exchange_overhead = sizeof(exchange<Op, Signer>) - sizeof(Op) - sizeof(reply_of<Op>);
static_assert(exchange_overhead<call, nobody> <= 512);

}  // namespace acs::inline ACS_ABI

#endif
