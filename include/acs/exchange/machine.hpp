// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_MACHINE_HPP
#define ACS_EXCHANGE_MACHINE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/signer.hpp>
#include <acs/error/classify.hpp>
#include <acs/error/codes.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/exchange/attempts.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/exchange/policy.hpp>
#include <acs/exchange/step.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace acs::inline ACS_ABI {

/// A request or a failure. A `result` has room for both, where one machine for each call has to be small.
class attempted {
public:
    constexpr attempted(failure const& error) noexcept : error_(error) {}  // NOLINT: assigned like a result
    constexpr attempted(request const& made) noexcept : made_(made) {}    // NOLINT

    [[nodiscard]] constexpr request const& operator*() const noexcept { return made_; }
    [[nodiscard]] constexpr failure const& error() const noexcept { return error_; }

private:
    union {
        request made_;
        failure error_;
    };
};

/// What goes beyond operation, endpoint and signer. Views only.
struct exchange_options {
    retry_policy retry{};               ///< how often and for how long
    prepare_options prepare{};          ///< further parameters and headers, for every attempt
    std::span<code_row const> codes{};  ///< of the product, for untyped calls; typed operations know theirs
    call_budget* budget{};              ///< never exceeded; it has to outlive the machine
    std::int64_t clock_offset{};        ///< seconds that the server's clock is ahead of the moments given; see `clock_offset()`
};

/// What `exchange` and the jobs of a service have in common: everything but what is called and what its answers mean. `Self`, derived
/// from it, has
///
/// - `start(moment)`, which begins;
/// - `make(moment) -> result<request>`, the request that is due, with that date and nonce;
/// - `repeating() -> effect`, what repeating it does; `codes()`, the rows of its product.
///
/// `Memory` is where requests are made: memory of a fixed size, or a pointer to some that grows (`request_heap`).
///
/// An input that is not due changes nothing and returns the step that is. Done and failed last.
template <class Self, signer Signer, class Memory = request_memory>
class machine {
public:
    /// No answer: `f` is what the transport says. `send` or `wait` to try again, `refresh` if that takes new credentials, or `failed`.
    constexpr step on_lost(failure const& f, moment const& now) noexcept { return due().what == action::send ? fail(f, {}, now) : due(); }

    /// It is time. `send`, or `wait` if it is not.
    constexpr step on_tick(moment const& now) noexcept {
        if (!started_) return self().start(now);
        return due().what == action::wait && now.now >= due().until ? send(now) : due();
    }

    /// Goes on with new credentials: `send`. `who` has to outlive the machine.
    constexpr step on_credentials(Signer const& who, moment const& now) noexcept {
        if (due().what != action::refresh) return due();
        who_ = &who;
        return send(now);
    }
    step on_credentials(Signer const&&, moment const&) = delete;

    /// Goes on with the signer that it has, which found new credentials by itself (`provided_signer`): `send`.
    constexpr step on_credentials(moment const& now) noexcept { return due().what == action::refresh ? send(now) : due(); }

    /// There are no new credentials: `failed`.
    constexpr step on_no_credentials() noexcept {
        return due().what == action::refresh ? finish(attempts_.end(end_reason::no_credentials)) : due();
    }

    /// Gives up: `failed` with that code, unless it was over. Whether anything may have run is in the failure.
    constexpr step cancel(errc why = errc::cancelled) noexcept {
        if (is_over()) return due();
        made_ = failure(refuse(why));
        started_ = true;
        return finish(attempts_.cancel());
    }

    /// The step that is due.
    [[nodiscard]] constexpr step due() const noexcept { return attempts_.due(); }
    /// Whether it was started.
    [[nodiscard]] constexpr bool has_begun() const noexcept { return started_; }
    /// Whether it is done or failed.
    [[nodiscard]] constexpr bool is_over() const noexcept { return due().what == action::done || due().what == action::failed; }
    /// Whether what is to be sent lies in the last answer, which has to be left alone until the machine is over.
    [[nodiscard]] constexpr bool holds_answer() const noexcept { return false; }
    /// What to send. Pre: `send` is due.
    [[nodiscard]] constexpr acs::request const& request() const noexcept { return *made_; }
    /// The failure, with the history of the call. Pre: `failed`, or `wait` or `refresh` after an attempt, of which it tells. Its texts view
    /// the last answer.
    [[nodiscard]] constexpr failure const& error() const noexcept { return made_.error(); }
    /// What the call went through so far.
    [[nodiscard]] constexpr acs::history const& history() const noexcept { return attempts_.history(); }
    /// Seconds that the server's clock is ahead of the moments, if it had to be learnt: to be kept, and given to the next machine.
    [[nodiscard]] constexpr std::int64_t clock_offset() const noexcept { return attempts_.clock_offset(); }

protected:
    constexpr machine(endpoint const& to, Signer const& who, Memory const& memory, exchange_options const& options) noexcept
        : host_(to.host),
          scheme_(to.scheme),
          who_(&who),
          memory_(memory),
          prepare_(options.prepare),
          attempts_(options.retry, options.budget, options.clock_offset) {}

    constexpr bool begin() noexcept { return !std::exchange(started_, true); }

    /// Makes the next attempt, or waits until there may be one.
    constexpr step send(moment const& now) noexcept {
        step const s = attempts_.permit(now.now);
        if (s.what != action::send) return finish(s);
        auto const made = self().make(attempts_.corrected(now));
        made_ = made ? attempted(*made) : attempted(made.error());
        return made ? attempts_.sent(now.now) : finish(attempts_.end(end_reason::final));
    }

    template <class Op>
    [[nodiscard]] constexpr result<acs::request> make(Op const& op, moment const& now, std::string_view client_token) const noexcept {
        prepare_options options = prepare_;
        if (options.client_token.empty()) options.client_token = client_token;
        endpoint const to{.host = host_, .scheme = scheme_};
        if constexpr (std::same_as<Memory, request_memory>)
            return prepare(op, to, *who_, now, memory_, options);
        else
            return memory_->run([&](request_memory const& memory) noexcept { return prepare(op, to, *who_, now, memory, options); });
    }

    /// What follows a failed attempt. `fields`: of its answer, if there was one.
    constexpr step fail(failure const& f, std::span<field const> fields, moment const& now) noexcept {
        step const s = attempts_.fail(f, advise(f, self().codes()), self().repeating(), fields, now);
        made_ = f;  // before all else: there may be no time or budget for another attempt
        return s.what == action::send ? send(now) : finish(s);
    }

    /// The end, whatever attempts are left.
    constexpr step fail_for_good(failure const& f, end_reason why) noexcept {
        made_ = f;
        return finish(attempts_.end(why));
    }

    constexpr step finish(step const& s) noexcept {
        if (s.what != action::failed) return s;
        failure f = made_.error();
        attempts_.tell(f);
        made_ = f;
        return s;
    }

    [[nodiscard]] constexpr prepare_options const& prepared_with() const noexcept { return prepare_; }
    [[nodiscard]] constexpr acs::attempts& attempts() noexcept { return attempts_; }
    [[nodiscard]] constexpr acs::attempts const& attempts() const noexcept { return attempts_; }

    /// Begins one call, of which nothing was sent yet.
    constexpr void begin_call(tick deadline) noexcept {
        attempts_.begin_until(deadline);
        made_ = failure(refuse(errc::timed_out));
    }

private:
    constexpr Self& self() noexcept { return static_cast<Self&>(*this); }

    std::string_view host_;
    acs::scheme scheme_;
    bool started_{};
    Signer const* who_;
    Memory memory_;
    prepare_options prepare_;
    acs::attempts attempts_;
    attempted made_{failure(refuse(errc::timed_out))};  // the request on its way, or what became of the last one
};

}  // namespace acs::inline ACS_ABI

#endif
