// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_CREDENTIAL_PROVIDER_HPP
#define ACS_EXCHANGE_CREDENTIAL_PROVIDER_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/time.hpp>
#include <acs/message/reply.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/exchange/step.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

// Where credentials come from, and how they are renewed. Renewing is a machine like any other, so nothing here waits or sends.
namespace acs::inline ACS_ABI {

template <class P>
concept has_current = requires(P const& p) {
    { p.current() } noexcept -> std::same_as<result<credentials>>;
};

template <class P>
concept has_expiry = requires(P const& p) {
    { p.expiry() } noexcept -> std::same_as<std::optional<wall_time>>;
};

template <class P>
concept has_due = requires(P const& p, wall_time now) {
    { p.due(now) } noexcept -> std::same_as<bool>;
};

/// A machine, as far as the drivers and answer boxes are concerned: see `exchange`.
template <class M>
concept refresh_machine = requires(M& m, M const& seen, reply const& answer, failure const& f, moment const& now,
                                   std::span<std::byte> arrays) {
    { M::boxes } -> std::convertible_to<std::size_t>;
    { M::arrays_size(answer) } noexcept -> std::same_as<std::size_t>;
    { m.start(now) } noexcept -> std::same_as<step>;
    { m.on_reply(answer, now) } noexcept -> std::same_as<step>;
    { m.on_reply(answer, now, arrays) } noexcept -> std::same_as<step>;
    { m.on_lost(f, now) } noexcept -> std::same_as<step>;
    { m.on_tick(now) } noexcept -> std::same_as<step>;
    { m.on_no_credentials() } noexcept -> std::same_as<step>;
    { m.cancel() } noexcept -> std::same_as<step>;
    { m.cancel(errc::no_entropy) } noexcept -> std::same_as<step>;
    { seen.due() } noexcept -> std::same_as<step>;
    { seen.has_begun() } noexcept -> std::same_as<bool>;
    { seen.holds_answer() } noexcept -> std::same_as<bool>;
    { seen.request() } noexcept -> std::same_as<request const&>;
    { seen.error() } noexcept -> std::same_as<failure const&>;
};

template <class P>
concept has_refresh = requires(P& p) {
    { p.refresh() } noexcept -> refresh_machine;
};

/// A source of credentials:
///
/// - `current() -> result<credentials>`: those to sign with now, which may have expired. They view the provider until it is refreshed;
///   errc::missing_credentials if there are none yet.
/// - `expiry() -> std::optional<wall_time>`: when they stop being accepted; empty if never, or if there are none.
/// - `due(wall_time) -> bool`: whether they had better be refreshed by now: a while before they expire, and if there are none.
/// - `refresh()`: a machine that gets new ones. When it is done, `current()` has them; when it has failed, what was there stays.
///
/// `static_credentials`, `session_credentials` and `sts::assumed_role` are some. A machine that signs with what a provider has is given a
/// `provided_signer`, and the blocking driver a `refreshing` watch. With a loop of one's own, a call whose step is `refresh` waits while
/// the provider's machine is carried out like the call itself, into another box, and goes on with what comes of it:
///
///     case acs::action::refresh: {
///         auto renewal = provider.refresh();
///         acs::step const last = carry_out(renewal);      // start, send, on_reply, ... as for any machine
///         s = last.what == acs::action::done ? call.on_credentials(now()) : call.on_no_credentials();
///         break;
///     }
///
/// To spare a call the refusal, the same is done before it starts or while it waits, if `due(now().wall)`; never while a request is on
/// its way, which views the credentials that it was signed with.
template <class P>
concept credential_provider = has_current<P> && has_expiry<P> && has_due<P> && has_refresh<P>;

/// Fails to compile with a sentence for the first thing that keeps `P` from being a provider.
template <class P>
consteval bool check_credential_provider() {
    static_assert(has_current<P>, "a credential provider needs: acs::result<acs::credentials> current() const noexcept");
    static_assert(has_expiry<P>, "a credential provider needs: std::optional<acs::wall_time> expiry() const noexcept");
    static_assert(has_due<P>, "a credential provider needs: bool due(acs::wall_time now) const noexcept");
    static_assert(has_refresh<P>, "a credential provider needs: a machine refresh() noexcept, with the inputs of acs::exchange");
    return true;
}

/// How long before they expire session credentials are refreshed (protocol 8.1).
inline constexpr std::int64_t refresh_margin_seconds = 15 * 60;

/// Whether credentials that expire then are to be refreshed now: a quarter of an hour before, or of those that live less than half an hour
/// in the last half of their life, since they would be due as soon as they come.
[[nodiscard]] constexpr bool refresh_due(wall_time now, wall_time expiry, std::int64_t lifetime_seconds = INT64_MAX) noexcept {
    std::int64_t const margin = smaller(refresh_margin_seconds, larger<std::int64_t>(lifetime_seconds / 2, 0));
    return now >= expiry || static_cast<std::uint64_t>(distance(now, expiry)) <= static_cast<std::uint64_t>(margin);
}

/// The refresh of credentials that nobody can renew: failed as soon as it starts, with errc::cannot_refresh.
class no_refresh {
public:
    static constexpr std::size_t boxes = 0;

    constexpr step start(moment const&) noexcept { return fail(errc::cannot_refresh); }
    constexpr step on_reply(reply const&, moment const&, std::span<std::byte> = {}) noexcept { return due(); }
    constexpr step on_lost(failure const&, moment const&) noexcept { return due(); }
    constexpr step on_tick(moment const& now) noexcept { return start(now); }
    constexpr step on_no_credentials() noexcept { return due(); }
    constexpr step cancel(errc why = errc::cancelled) noexcept { return fail(why); }

    [[nodiscard]] constexpr step due() const noexcept { return {begun_ ? action::failed : action::wait, 0, {}}; }
    [[nodiscard]] constexpr bool has_begun() const noexcept { return begun_; }
    [[nodiscard]] constexpr bool is_over() const noexcept { return begun_; }
    [[nodiscard]] constexpr bool holds_answer() const noexcept { return false; }
    [[nodiscard]] static constexpr std::size_t arrays_size(reply const&) noexcept { return 0; }
    /// Pre: never; nothing is ever sent.
    [[nodiscard]] constexpr acs::request const& request() const noexcept { return nothing_; }
    /// Pre: `failed`.
    [[nodiscard]] constexpr failure const& error() const noexcept { return why_; }

private:
    constexpr step fail(errc why) noexcept {
        if (!begun_) why_ = refuse(why, "credentials");
        begun_ = true;
        return due();
    }

    acs::request nothing_{};
    failure why_{};
    bool begun_{};
};

/// An access key, which does not expire; or the failure to find one, such as that of `credentials_from_environment`. Views the texts.
class static_credentials {
public:
    constexpr explicit static_credentials(result<credentials> const& who) noexcept : who_(who) {}

    [[nodiscard]] constexpr result<credentials> current() const noexcept { return who_; }
    [[nodiscard]] constexpr std::optional<wall_time> expiry() const noexcept { return {}; }
    [[nodiscard]] constexpr bool due(wall_time) const noexcept { return false; }
    [[nodiscard]] constexpr no_refresh refresh() noexcept { return {}; }

private:
    result<credentials> who_;
};

/// Session credentials that somebody else got, and that only they can renew. Views the texts.
class session_credentials {
public:
    constexpr session_credentials(credentials const& who, wall_time expiry) noexcept : who_(who), expiry_(expiry) {}

    /// Replaces them. No request that was signed with the old ones may be on its way.
    constexpr void renew(credentials const& who, wall_time expiry) noexcept {
        who_ = who;
        expiry_ = expiry;
    }

    [[nodiscard]] constexpr result<credentials> current() const noexcept { return who_; }
    [[nodiscard]] constexpr std::optional<wall_time> expiry() const noexcept { return expiry_; }
    [[nodiscard]] constexpr bool due(wall_time now) const noexcept { return refresh_due(now, expiry_); }
    [[nodiscard]] constexpr no_refresh refresh() noexcept { return {}; }

private:
    credentials who_;
    wall_time expiry_;
};

static_assert(credential_provider<static_credentials> && credential_provider<session_credentials>);

}  // namespace acs::inline ACS_ABI

#endif
