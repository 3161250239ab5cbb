// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef STS_ASSUMED_ROLE_HPP
#define STS_ASSUMED_ROLE_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/history.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/crypto/secure.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/reply.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/kept_credentials.hpp>
#include <acs/signing/signer.hpp>
#include <acs/error/codes.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/exchange/credential_provider.hpp>
#include <acs/exchange/judge.hpp>
#include <acs/exchange/machine.hpp>
#include <acs/exchange/policy.hpp>
#include <acs/exchange/step.hpp>
#include <sts/assume_role.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sts::inline ACS_ABI {

template <acs::signer Signer, std::size_t Token>
class role_refresh;

/// Credentials of a role, in place: got by AssumeRole with source credentials, refreshed 15 minutes before they expire, wiped when they are
/// replaced and at the end. A `acs::credential_provider`. Stays where it is; what it is given has to outlive it.
///
/// A refresh that fails leaves what is there, and is not due again for a minute as long as that has not expired; one that was cancelled
/// is due at once.
///
///     sts::assumed_role role{sts::assume_role{.role_arn = "acs:ram::...", .role_session_name = "night-job"}, sts::endpoint(), source,
///                            memory};
///     acs::provided_signer const signer{role};
template <acs::signer Signer = acs::acs3_hmac_sha256, std::size_t Token = 2048>
class assumed_role {
public:
    static constexpr std::int64_t pause_seconds = 60;

    /// `source` signs AssumeRole: kept credentials of a user who may assume the role, or a `provided_signer`. `memory` is for its
    /// requests alone.
    constexpr assumed_role(assume_role const& how, acs::endpoint const& to, Signer const& source, acs::request_memory const& memory,
                           acs::exchange_options const& options = {}) noexcept
        : how_(how), to_(to), source_(&source), memory_(memory), options_(options) {}
    assumed_role(assume_role const&, acs::endpoint const&, Signer const&&, acs::request_memory const&,
                 acs::exchange_options const& = {}) = delete;

    /// errc::missing_credentials before the first refresh.
    [[nodiscard]] constexpr acs::result<acs::credentials> current() const noexcept {
        if (kept_.empty()) return acs::refuse(acs::errc::missing_credentials, assume_role::head.action);
        return kept_.view();
    }
    /// By the clock that the refreshes are given moments of: what they learnt of the server's is taken off.
    [[nodiscard]] constexpr std::optional<acs::wall_time> expiry() const noexcept {
        if (kept_.empty()) return std::nullopt;
        return acs::wall_time{acs::distance({options_.clock_offset}, expiry_)};
    }
    /// `now` is a reading of the clock whose moments the refreshes are given; what they learnt of the server's is added here.
    [[nodiscard]] constexpr bool due(acs::wall_time now) const noexcept {
        if (kept_.empty()) return true;
        now = acs::shift(now, options_.clock_offset);
        return acs::refresh_due(now, expiry_, lifetime_) && (now >= not_before_ || now >= expiry_);
    }

    /// A machine that assumes the role again. Nothing else may refresh this while it goes on, and no request that was signed with what is
    /// here may be on its way when its answer comes.
    [[nodiscard]] constexpr role_refresh<Signer, Token> refresh() noexcept {
        return role_refresh<Signer, Token>(*this, how_, to_, *source_, memory_, options_);
    }

private:
    friend class role_refresh<Signer, Token>;

    /// errc::no_space; errc::process_failed, naming what the reply lacks.
    [[nodiscard]] constexpr acs::result<void> keep(assume_role::reply::session const& from, acs::wall_time now) noexcept {
        auto const expiry = acs::parse_iso8601(from.expiration);
        std::string_view const lacks = from.access_key_id.empty()       ? "Credentials.AccessKeyId"
                                       : from.access_key_secret.empty() ? "Credentials.AccessKeySecret"
                                       : from.security_token.empty()    ? "Credentials.SecurityToken"
                                       : !expiry                        ? "Credentials.Expiration"
                                                                        : "";
        if (!lacks.empty()) return acs::refuse(acs::errc::process_failed, lacks);
        auto const kept = kept_.keep({from.access_key_id, from.access_key_secret, from.security_token});
        if (!kept) return kept;
        expiry_ = *expiry;
        lifetime_ = acs::distance(now, expiry_);
        not_before_ = {};
        return kept;
    }

    assume_role how_;
    acs::endpoint to_;
    Signer const* source_;
    acs::request_memory memory_;
    acs::exchange_options options_;
    acs::kept_credentials<Token> kept_{};
    acs::wall_time expiry_{};
    std::int64_t lifetime_{};
    acs::wall_time not_before_{};
};

/// One refresh of an `assumed_role`: a machine with the inputs, steps and lifetimes of `acs::exchange`. The answer is wiped once what is in
/// it was kept, and no failure holds a body.
template <acs::signer Signer, std::size_t Token>
class role_refresh : public acs::machine<role_refresh<Signer, Token>, Signer> {
    using base = acs::machine<role_refresh, Signer>;
    friend base;
    friend class assumed_role<Signer, Token>;

public:
    static constexpr std::size_t boxes = 1;

    constexpr acs::step start(acs::moment const& now) noexcept {
        if (!base::begin()) return base::due();
        std::uint32_t const ms = base::attempts().policy().deadline_ms;
        base::begin_call(acs::later(now.now, ms != 0 ? ms : UINT64_MAX));
        return told(base::send(now), now);
    }

    constexpr acs::step on_reply(acs::reply const& answer, acs::moment const& now, std::span<std::byte> = {}) noexcept {
        if (base::due().what != acs::action::send) return base::due();
        auto const decoded = acs::decode<assume_role>(answer);
        if (!decoded) return told(base::fail(decoded.error(), answer.fields, now), now);
        auto const kept = to_->keep(decoded->credentials, base::attempts().corrected(now).wall);
        acs::step const s = kept ? base::attempts().done() : base::fail_for_good(answered(kept.error(), answer), acs::end_reason::final);
        acs::wipe(answer.body);
        return told(s, now);
    }

    constexpr acs::step on_lost(acs::failure const& f, acs::moment const& now) noexcept { return told(base::on_lost(f, now), now); }
    constexpr acs::step on_tick(acs::moment const& now) noexcept { return told(base::on_tick(now), now); }

    [[nodiscard]] static constexpr std::size_t arrays_size(acs::reply const&) noexcept { return 0; }

private:
    constexpr role_refresh(assumed_role<Signer, Token>& to, assume_role const& how, acs::endpoint const& where, Signer const& source,
                           acs::request_memory const& memory, acs::exchange_options const& options) noexcept
        : base(where, source, memory, options), to_(&to), how_(how) {}

    [[nodiscard]] constexpr acs::result<acs::request> make(acs::moment const& now) const noexcept { return base::make(how_, now, {}); }
    [[nodiscard]] static constexpr acs::effect repeating() noexcept { return acs::effect::reads; }
    [[nodiscard]] static constexpr std::span<acs::code_row const> codes() noexcept { return {}; }

    /// A failure in which nothing views the answer, which is wiped.
    [[nodiscard]] static constexpr acs::failure answered(acs::failure f, acs::reply const& answer) noexcept {
        if (f.code != acs::errc::no_space) f.origin = acs::origin::service;
        f.delivery = acs::delivery::answered;
        f.status = answer.status;
        f.service.request_id = acs::find_field(answer.fields, "x-acs-request-id");
        return f;
    }

    /// Tells the provider how it ended.
    constexpr acs::step told(acs::step const& s, acs::moment const& now) noexcept {
        to_->options_.clock_offset = base::clock_offset();
        if (s.what == acs::action::failed || s.what == acs::action::refresh)
            to_->not_before_ = acs::shift(base::attempts().corrected(now).wall, assumed_role<Signer, Token>::pause_seconds);
        return s;
    }

    assumed_role<Signer, Token>* to_;
    assume_role how_;
};

static_assert(acs::credential_provider<assumed_role<>>);

}  // namespace sts::inline ACS_ABI

#endif
