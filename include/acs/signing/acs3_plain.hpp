// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_ACS3_PLAIN_HPP
#define ACS_SIGNING_ACS3_PLAIN_HPP

#include <acs/core/bounded_text.hpp>
#include <acs/core/config.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/message/method.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/empty_hash.hpp>
#include <acs/signing/mac.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// ACS3 requests without a body and without headers of the caller's own, as most are. Which headers these have is known, so that everything
// that is signed is written down here in a row, where that of any other request is made of its headers. Both come to the same.
namespace acs::inline ACS_ABI {

/// Date and nonce of a moment as text.
struct moment_text {
    static constexpr std::size_t date_size = 20, nonce_size = 32;

    constexpr void set(moment const& now) noexcept {
        calendar::put_iso8601(now.wall, text.data());
        put_hex(now.random, text.data() + date_size);
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text.data(), text.size()}; }
    [[nodiscard]] constexpr std::string_view date() const noexcept { return {text.data(), date_size}; }
    [[nodiscard]] constexpr std::string_view nonce() const noexcept { return {text.data() + date_size, nonce_size}; }

    std::array<char, date_size + nonce_size> text;
};

/// Whether it is such a request.
[[nodiscard]] constexpr bool is_plain(draft const& d) noexcept {
    return d.extra_fields.empty() && d.bytes.data() == nullptr && !d.head.action.empty() && !any_in(place::form, d.params);
}

/// Makes one, in steps between which the CPU hashes: what comes next it does meanwhile, as far ahead as it can look.
template <mac M>
    requires constant_hasher<typename M::hasher>
class acs3_plain {
public:
    /// Writes the target. Pre: is_plain(d). `token` may be empty; `signature_size` is that in hex.
    constexpr acs3_plain(draft& d, std::string_view access_key_id, std::string_view token, std::size_t signature_size) noexcept
        : access_key_id_(access_key_id), token_(token), signature_size_(signature_size) {
        std::size_t const mark = write_target(d);
        target_ = d.text.since(mark);
    }

    [[nodiscard]] constexpr std::string_view target() const noexcept { return target_; }

    /// Whether there is room for all of it.
    [[nodiscard]] constexpr bool fits(draft const& d) const noexcept {
        return d.params.fits() && d.fields.has_room(field_count(d)) && d.text.next(rest_size()) != nullptr;
    }

    /// What there is no room for: counts everything that the last step would add.
    [[nodiscard]] constexpr verdict shortage(draft& d) const noexcept {
        static_cast<void>(d.text.reserve(rest_size()));
        d.fields.reserve(field_count(d));
        return d.check_space();
    }

    /// Writes the canonical request as `write_canonical_request` would, up to the date.
    template <sink S>
    constexpr void begin_canonical(draft const& d, S& out) const noexcept {
        std::size_t const path = path_size(target_);
        std::string_view const query = skip(target_, path == target_.size() ? path : path + 1);
        write_row(out, name(d.head.verb), "\n"sv, first(target_, path), "\n"sv, query, "\nhost:"sv, d.to.host);
        if (has_token()) write_row(out, "\nx-acs-accesskey-id:"sv, trim(access_key_id_));
        write_row(out, "\nx-acs-action:"sv, trim(d.head.action), before_date.view());
    }

    /// Writes the rest of it. Pre: the date can be written.
    template <sink S>
    constexpr void end_canonical(draft const& d, S& out) noexcept {
        now_.set(d.now);
        write_row(out, now_.date());
        if (has_token()) write_row(out, "\nx-acs-security-token:"sv, trim(token_));
        write_row(out, "\nx-acs-signature-nonce:"sv, now_.nonce(), "\nx-acs-version:"sv, trim(d.head.version),
                  has_token() ? token_end.view() : plain_end.view(), payload_hash);
    }

    /// Writes the rest of the text, and adds the headers, which view it. The room for the signature. Pre: fits(d), the canonical request
    /// has been written.
    [[nodiscard]] constexpr std::span<char> lay_out(draft& d) const noexcept {
        write_row(d.text, payload_hash, now_.view(), credential.view(), access_key_id_, headers());
        std::span<char> const signature = d.text.reserve(signature_size_);

        std::string_view rest{signature.data() + signature.size() - rest_size(), rest_size()};
        auto const next = [&rest](std::size_t size) {
            std::string_view const text = first(rest, size);
            rest = skip(rest, size);
            return text;
        };
        field* slot = d.fields.next(field_count(d));
        *slot++ = {"host"sv, d.to.host};
        if (has_token()) *slot++ = {"x-acs-accesskey-id"sv, access_key_id_};
        *slot++ = {"x-acs-action"sv, d.head.action};
        *slot++ = {"x-acs-content-sha256"sv, next(payload_hash.size())};
        *slot++ = {"x-acs-date"sv, next(moment_text::date_size)};
        if (has_token()) *slot++ = {"x-acs-security-token"sv, token_};
        *slot++ = {"x-acs-signature-nonce"sv, next(moment_text::nonce_size)};
        *slot++ = {"x-acs-version"sv, d.head.version};
        *slot++ = {"accept"sv, "application/json"sv};
        *slot++ = {"authorization"sv, rest};
        if (!d.user_agent.empty()) *slot = {"user-agent"sv, d.user_agent};
        return signature;
    }

private:
    // What is the same in all of them, in as few pieces as may be.
    static constexpr std::string_view payload_hash = empty_hash_text<typename M::hasher>;
    static constexpr std::string_view plain_names =
        "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"sv;
    static constexpr std::string_view token_names =
        "host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version"sv;
    static constexpr std::string_view hash_label = "\nx-acs-content-sha256:"sv, date_label = "\nx-acs-date:"sv;
    static constexpr auto before_date =
        joined<hash_label.size() + payload_hash.size() + date_label.size()>(hash_label, payload_hash, date_label);
    static constexpr auto plain_end = joined<3 + plain_names.size()>("\n\n"sv, plain_names, "\n"sv);
    static constexpr auto token_end = joined<3 + token_names.size()>("\n\n"sv, token_names, "\n"sv);

    static constexpr std::string_view algorithm = M::algorithm, credential_label = " Credential="sv;
    static constexpr auto credential = joined<algorithm.size() + credential_label.size()>(algorithm, credential_label);
    static constexpr std::string_view names_label = ",SignedHeaders="sv, signature_label = ",Signature="sv;
    static constexpr std::size_t labels_size = names_label.size() + signature_label.size();
    static constexpr auto plain_headers = joined<plain_names.size() + labels_size>(names_label, plain_names, signature_label);
    static constexpr auto token_headers = joined<token_names.size() + labels_size>(names_label, token_names, signature_label);

    [[nodiscard]] constexpr bool has_token() const noexcept { return !token_.empty(); }
    [[nodiscard]] constexpr std::string_view headers() const noexcept {
        return has_token() ? token_headers.view() : plain_headers.view();
    }
    [[nodiscard]] constexpr std::size_t field_count(draft const& d) const noexcept {
        return 8U + (has_token() ? 2U : 0U) + (d.user_agent.empty() ? 0U : 1U);
    }
    /// Of the text behind the target.
    [[nodiscard]] constexpr std::size_t rest_size() const noexcept {
        return payload_hash.size() + now_.text.size() + credential.view().size() + access_key_id_.size() + headers().size() +
               signature_size_;
    }

    moment_text now_;
    std::string_view access_key_id_;
    std::string_view token_;
    std::size_t signature_size_;
    std::string_view target_{};
};

}  // namespace acs::inline ACS_ABI

#endif
