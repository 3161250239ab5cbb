// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_ACS3_PLAIN_HPP
#define ACS_SIGNING_ACS3_PLAIN_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/message/method.hpp>
#include <acs/signing/draft.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// ACS3 requests without a body and without headers of the caller's own, as most are. Which headers these have is known, so that everything
// that is signed is written down here in a row, where that of any other request is made of its headers. Both come to the same.
namespace acs::inline ACS_ABI {

/// Date and nonce of a moment as text. To be made some time before they are copied: of a load from several stores the CPU makes a wait.
struct moment_text {
    static constexpr std::size_t date_size = 20, nonce_size = 32;

    constexpr explicit moment_text(moment const& now) noexcept {
        calendar::put_iso8601(now.wall, text.data());
        put_hex(now.random, text.data() + date_size);
    }
    [[nodiscard]] constexpr std::string_view date() const noexcept { return {text.data(), date_size}; }
    [[nodiscard]] constexpr std::string_view nonce() const noexcept { return {text.data() + date_size, nonce_size}; }

    std::array<char, date_size + nonce_size> text;
};

/// Whether it is such a request.
[[nodiscard]] constexpr bool is_plain(draft const& d) noexcept {
    return d.extra_fields.empty() && d.bytes.data() == nullptr && !d.head.action.empty() && !any_in(place::form, d.params);
}

/// Who signs it, and how.
struct acs3_plain_identity {
    std::string_view algorithm{};
    std::string_view access_key_id{};
    std::string_view security_token{};  ///< may be empty
    std::string_view payload_hash{};    ///< of no body, in hex
    std::size_t signature_size{};       ///< in hex
};

/// Makes one, in four steps: writes the target, tells what is signed, and, once that is hashed, lays out the rest, and once that is signed,
/// adds the headers. The last two take the CPU no time while it is still busy hashing.
class acs3_plain {
public:
    /// Pre: is_plain(d).
    constexpr acs3_plain(draft& d, acs3_plain_identity const& who) noexcept
        : now_(d.now), who_(who), names_(who.security_token.empty() ? plain_names : token_names) {
        std::size_t const mark = write_target(d);
        target_ = d.text.since(mark);
    }

    [[nodiscard]] constexpr std::string_view target() const noexcept { return target_; }

    /// Whether there is room for all of it.
    [[nodiscard]] constexpr bool fits(draft const& d) const noexcept {
        return d.params.fits() && d.fields.has_room(field_count(d)) && d.text.next(rest_size()) != nullptr;
    }

    /// What there is no room for: counts everything that the two below would add.
    [[nodiscard]] constexpr verdict shortage(draft& d) const noexcept {
        static_cast<void>(d.text.reserve(rest_size()));
        d.fields.reserve(field_count(d));
        return d.check_space();
    }

    /// Writes the canonical request as `write_canonical_request` would.
    template <sink S>
    constexpr void write_canonical(draft const& d, S& out) const noexcept {
        using namespace std::string_view_literals;
        std::size_t const path = path_size(target_);
        std::string_view const query = skip(target_, path == target_.size() ? path : path + 1);
        write_row(out, name(d.head.verb), "\n"sv, first(target_, path), "\n"sv, query, "\nhost:"sv, d.to.host);
        if (has_token()) write_row(out, "\nx-acs-accesskey-id:"sv, trim(who_.access_key_id));
        write_row(out, "\nx-acs-action:"sv, trim(d.head.action), "\nx-acs-content-sha256:"sv, who_.payload_hash, "\nx-acs-date:"sv,
                  now_.date());
        if constexpr (requires { out.advance(); }) out.advance();
        if (has_token()) write_row(out, "\nx-acs-security-token:"sv, trim(who_.security_token));
        write_row(out, "\nx-acs-signature-nonce:"sv, now_.nonce(), "\nx-acs-version:"sv, trim(d.head.version), "\n\n"sv, names_, "\n"sv,
                  who_.payload_hash);
    }

    /// Writes the rest of the text. The room for the signature. Pre: fits(d).
    [[nodiscard]] constexpr std::span<char> lay_out(draft& d) const noexcept {
        write_row(d.text, who_.payload_hash, now_.date(), now_.nonce());
        write_row(d.text, who_.algorithm, credential, who_.access_key_id, signed_headers, names_, label);
        return d.text.reserve(who_.signature_size);
    }

    /// Adds the headers, which view that text. `signature`: what `lay_out` returned. Pre: fits(d).
    constexpr void add_fields(draft& d, std::span<char const> signature) const noexcept {
        using namespace std::string_view_literals;
        field* slot = d.fields.next(field_count(d));
        std::string_view rest{signature.data() + signature.size() - rest_size(), rest_size()};
        auto const next = [&rest](std::size_t size) {
            std::string_view const text = first(rest, size);
            rest = skip(rest, size);
            return text;
        };
        *slot++ = {"host"sv, d.to.host};
        if (has_token()) *slot++ = {"x-acs-accesskey-id"sv, who_.access_key_id};
        *slot++ = {"x-acs-action"sv, d.head.action};
        *slot++ = {"x-acs-content-sha256"sv, next(who_.payload_hash.size())};
        *slot++ = {"x-acs-date"sv, next(moment_text::date_size)};
        if (has_token()) *slot++ = {"x-acs-security-token"sv, who_.security_token};
        *slot++ = {"x-acs-signature-nonce"sv, next(moment_text::nonce_size)};
        *slot++ = {"x-acs-version"sv, d.head.version};
        *slot++ = {"accept"sv, "application/json"sv};
        *slot++ = {"authorization"sv, rest};
        if (!d.user_agent.empty()) *slot = {"user-agent"sv, d.user_agent};
    }

private:
    static constexpr std::string_view plain_names =
        "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"sv;
    static constexpr std::string_view token_names =
        "host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version"sv;
    static constexpr std::string_view credential = " Credential="sv, signed_headers = ",SignedHeaders="sv, label = ",Signature="sv;

    [[nodiscard]] constexpr bool has_token() const noexcept { return !who_.security_token.empty(); }
    [[nodiscard]] constexpr std::size_t field_count(draft const& d) const noexcept {
        return 8U + (has_token() ? 2U : 0U) + (d.user_agent.empty() ? 0U : 1U);
    }
    /// Of the text behind the target.
    [[nodiscard]] constexpr std::size_t rest_size() const noexcept {
        std::size_t const authorization = who_.algorithm.size() + credential.size() + who_.access_key_id.size() + signed_headers.size() +
                                          names_.size() + label.size() + who_.signature_size;
        return who_.payload_hash.size() + now_.text.size() + authorization;
    }

    moment_text now_;
    acs3_plain_identity who_;
    std::string_view names_;
    std::string_view target_{};
};

}  // namespace acs::inline ACS_ABI

#endif
