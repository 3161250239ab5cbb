// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_RPC_HPP
#define ACS_SIGNING_RPC_HPP

#include <acs/core/bounded_text.hpp>
#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/base64.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/message/call_head.hpp>
#include <acs/message/method.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// RPC signature 1.0 (protocol 1): every common parameter in the query, the operation's form parameters in the form, both covered.
namespace acs::inline ACS_ABI {

/// Base64 of an HMAC-SHA1.
using sha1_signature = bounded_text<base64_encoded_size(sha1::digest_size)>;

/// The common parameters of RPC 1.0, gathered in canonical order.
class rpc_common_params {
public:
    constexpr void add(std::string_view name, std::string_view value) noexcept { params_[count_++] = {name, value, place::query}; }
    [[nodiscard]] constexpr std::span<param const> view() const noexcept { return {params_.data(), count_}; }

private:
    std::array<param, 9> params_{};
    std::size_t count_{};
};

/// Adds the common parameters, checks names and body, and lays out target and headers, with `signature_room` bytes left open at the
/// target's end. Nothing is hashed.
[[nodiscard]] constexpr verdict lay_out_rpc(draft& d, rpc_common_params const& common, std::size_t signature_room,
                                            std::span<char>& room) noexcept {
    if (d.head.style != api_style::rpc) return refuse(errc::invalid_path, "path");
    if (d.bytes.data() != nullptr) return refuse(errc::unsupported_body, "body");
    for (param const& p : d.params.items())
        if (p.name == "Signature") return refuse(errc::reserved_name, p.name);
    merge_params(d, common.view());
    if (!d.params.fits()) return refuse_space("params", d.params.needed());
    if (auto ok = check_unique_params(d.params.items()); !ok) return ok;

    std::size_t const target = write_target(d);
    room = d.text.reserve(signature_room);
    d.fields.push({"host", d.to.host});
    if (std::string_view const type = content_type_of(d); !type.empty()) d.fields.push({"content-type", type});
    d.fields.push({"accept", "application/json"});
    if (verdict why; !d.extras(true, d.fields.needed(), why)) return why;
    if (verdict why; !d.add_unsigned_fields(why)) return why;
    if (auto ok = d.check_space(); !ok) return ok;
    d.target = d.text.since(target);
    d.target.remove_suffix(signature_room);
    return {};
}

/// RPC signature 1.0 with HMAC-SHA1. Deprecated by the service in favour of ACS3, and served still. Built once and kept, it costs each call
/// two compressions less. Views the credentials' texts, but for the secret.
class rpc_hmac_sha1 {
public:
    constexpr explicit rpc_hmac_sha1(credentials const& who) noexcept
        : key_(who.access_key_secret, "&"),
          id_(who.access_key_id),
          token_(who.security_token),
          has_secret_(!who.access_key_secret.empty()) {}

    /// Completes the draft. errc::missing_access_key, missing_secret, forbidden_character, duplicate_parameter, reserved_name,
    /// duplicate_field, unsupported_body (anything but a form), no_space.
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept {
        if (auto ok = check_credentials(id_, has_secret_, token_); !ok) return ok;
        rpc_common_params common;
        common.add("AccessKeyId", id_);
        common.add("Action", d.head.action);
        common.add("Format", "JSON");
        if (!token_.empty()) common.add("SecurityToken", token_);
        common.add("SignatureMethod", "HMAC-SHA1");
        common.add("SignatureNonce", d.keep_nonce());
        common.add("SignatureVersion", "1.0");
        common.add("Timestamp", d.keep_iso8601());
        common.add("Version", d.head.version);

        // The signature stands last. How many of its characters need encoding is known too late, so there is room for all of them.
        constexpr std::string_view label = "&Signature=";
        std::span<char> room;
        if (auto ok = lay_out_rpc(d, common, label.size() + 3 * sha1_signature::capacity, room); !ok) return ok;
        copy_text(label, room.data());
        // Where nothing travels in a form, the query is all that is signed, and encoded once already.
        bool const whole = !any_in(place::form, d.params);
        std::string_view const query = whole ? skip(d.target, path_size(d.target) + 1) : std::string_view();
        sha1_signature const made = sign(name(d.head.verb), d.params.items(), query);
        std::size_t const size = percent::put<3>(made.view(), room.data() + label.size());
        d.target = {d.target.data(), d.target.size() + label.size() + size};
        return {};
    }

    /// The signature of parameters, which are in canonical order, in Base64. `encoded` as in `write_rpc_string_to_sign`.
    [[nodiscard]] constexpr sha1_signature sign(std::string_view verb, std::span<param const> params,
                                                std::string_view encoded = {}) const noexcept {
        gathering_hash code{hmac<sha1>(key_)};
        write_rpc_string_to_sign(verb, params, code, encoded);
        sha1_signature made;
        base64_encode(code.finish(), made);
        return made;
    }

private:
    hmac_key<sha1> key_;
    std::string_view id_;
    std::string_view token_;
    bool has_secret_;
};

/// A bearer token in the shape of RPC 1.0 (protocol 1.4).
struct rpc_bearer {
    bearer_token who{};

    /// errc::missing_token, duplicate_parameter, reserved_name, duplicate_field, unsupported_body, no_space.
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept {
        if (who.token.empty()) return refuse(errc::missing_token, "token");
        rpc_common_params common;
        common.add("Action", d.head.action);
        common.add("BearerToken", who.token);
        common.add("Format", "JSON");
        common.add("SignatureNonce", d.keep_nonce());
        common.add("SignatureType", "BEARERTOKEN");
        common.add("Timestamp", d.keep_iso8601());
        common.add("Version", d.head.version);
        std::span<char> room;
        return lay_out_rpc(d, common, 0, room);
    }
};

/// Nobody, in the shape of RPC 1.0 (protocol 1.5).
struct rpc_nobody {
    /// errc::duplicate_parameter, reserved_name, duplicate_field, unsupported_body, no_space.
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept {
        rpc_common_params common;
        common.add("Action", d.head.action);
        common.add("Format", "JSON");
        common.add("SignatureNonce", d.keep_nonce());
        common.add("Timestamp", d.keep_iso8601());
        common.add("Version", d.head.version);
        std::span<char> room;
        return lay_out_rpc(d, common, 0, room);
    }
};

}  // namespace acs::inline ACS_ABI

#endif
