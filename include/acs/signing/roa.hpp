// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_ROA_HPP
#define ACS_SIGNING_ROA_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/base64.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/message/call_head.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/rpc.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// ROA signature 1.0 with HMAC-SHA1 (protocol 3). It covers a body only through a `content-md5` header, which is the caller's to give
/// as an extra field; use ACS3 where the body matters. Views the credentials' texts, but for the secret. A template as `rpc_hmac` is.
template <std::same_as<sha1> H>
class roa_hmac {
public:
    constexpr explicit roa_hmac(credentials const& who) noexcept
        : key_(who.access_key_secret), id_(who.access_key_id), token_(who.security_token), has_secret_(!who.access_key_secret.empty()) {}

    /// Completes the draft. errc::missing_access_key, missing_secret, forbidden_character, reserved_name, duplicate_field,
    /// invalid_path (an RPC operation), no_space.
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept {
        if (auto ok = check_credentials(id_, has_secret_, token_); !ok) return ok;
        if (d.head.style != api_style::roa) return refuse(errc::invalid_path, "path");
        std::size_t const target = write_target(d);
        std::size_t const target_end = d.text.needed();

        // In canonical order already, but for the caller's own.
        d.fields.push({"accept", "application/json"});
        if (std::string_view const type = content_type_of(d); !type.empty()) d.fields.push({"content-type", type});
        d.fields.push({"date", d.keep_http_date()});
        d.fields.push({"host", d.to.host});
        if (!token_.empty()) d.fields.push({"x-acs-accesskey-id", id_});
        if (!d.head.action.empty()) d.fields.push({"x-acs-action", d.head.action});
        if (!token_.empty()) d.fields.push({"x-acs-security-token", token_});
        d.fields.push({"x-acs-signature-method", "HMAC-SHA1"});
        d.fields.push({"x-acs-signature-nonce", d.keep_nonce()});
        d.fields.push({"x-acs-signature-version", "1.0"});
        d.fields.push({"x-acs-version", d.head.version});
        if (verdict why; !d.extras(true, 0, why)) return why;

        std::size_t const mark = d.text.needed();
        d.text.write("acs ");
        d.text.write(id_);
        d.text.write(":");
        std::span<char> const room = d.text.reserve(sha1_signature::capacity);
        if (verdict why; !d.add_unsigned_fields(why)) return why;
        std::span<field const> const covered = d.fields.items();
        d.fields.push({"authorization", d.text.since(mark)});
        if (auto ok = d.check_space(); !ok) return ok;

        d.target = first(d.text.since(target), target_end - target);
        std::string_view const path = first(d.target, path_size(d.target));
        span_sink(room).write(sign({name(d.head.verb), path, d.params.items(), covered, {}}).view());
        return {};
    }

    /// The signature in Base64. The parts' fields are in order; any headers that it does not cover may be among them.
    [[nodiscard]] constexpr sha1_signature sign(signed_parts const& parts) const noexcept {
        gathering_hash<hmac<H>> code(key_);
        write_roa_string_to_sign(parts, code);
        sha1_signature made;
        base64_encode(code.finish(), made);
        return made;
    }

private:
    hmac_key<H> key_;
    std::string_view id_;
    std::string_view token_;
    bool has_secret_;
};

using roa_hmac_sha1 = roa_hmac<sha1>;

}  // namespace acs::inline ACS_ABI

#endif
