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
#include <acs/signing/rpc_query.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

// RPC signature 1.0 (protocol 1): every common parameter in the query, the operation's form parameters in the form, both covered.
namespace acs::inline ACS_ABI {

/// Base64 of an HMAC-SHA1.
using sha1_signature = bounded_text<base64_encoded_size(sha1::digest_size)>;

/// What RPC 1.0 refuses before anything is laid out. `common`: how many parameters it adds, for which slots are reserved.
[[nodiscard]] constexpr verdict begin_rpc(draft& d, std::size_t common) noexcept {
    if (d.head.style != api_style::rpc) return refuse(errc::invalid_path, "path");
    if (d.bytes.data() != nullptr) return refuse(errc::unsupported_body, "body");
    d.params.reserve(common);
    return d.params.fits() ? verdict() : refuse_space("params", d.params.needed());
}

/// Lays out target and headers, once all parameters are added, with `signature_room` bytes left open at the target's end, and writes what
/// is signed.
template <sink Code>
[[nodiscard]] constexpr verdict lay_out_rpc(draft& d, rpc_query& query, Code& code, std::size_t signature_room,
                                            std::span<char>& room) noexcept {
    if (auto ok = query.finish(); !ok) return ok;
    std::size_t const mark = d.text.needed();
    query.write(code);
    room = d.text.reserve(signature_room);
    d.fields.push({"host", d.to.host});
    if (query.has_form()) d.fields.push({"content-type", form_content_type});
    d.fields.push({"accept", "application/json"});
    if (verdict why; !d.extras(true, d.fields.needed(), why)) return why;
    if (verdict why; !d.add_unsigned_fields(why)) return why;
    if (auto ok = d.check_space(); !ok) return ok;
    d.target = d.text.since(mark);
    d.target.remove_suffix(signature_room);
    return {};
}

/// RPC signature 1.0 with HMAC-SHA1. Deprecated by the service in favour of ACS3, and served still. Built once and kept, it costs each call
/// two compressions less. Views the credentials' texts, but for the secret. A template of one kind, so that whoever signs otherwise does
/// not have it compiled.
template <std::same_as<sha1> H>
class rpc_hmac {
public:
    constexpr explicit rpc_hmac(credentials const& who) noexcept
        : key_(who.access_key_secret, "&"),
          id_(who.access_key_id),
          token_(who.security_token),
          has_secret_(!who.access_key_secret.empty()) {}

    /// Completes the draft. errc::missing_access_key, missing_secret, forbidden_character, duplicate_parameter, reserved_name,
    /// duplicate_field, unsupported_body (anything but a form), no_space.
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept {
        if (auto ok = check_credentials(id_, has_secret_, token_); !ok) return ok;
        std::string_view const nonce = d.keep_nonce(), date = d.keep_iso8601();
        std::size_t const common = token_.empty() ? 8 : 9;
        if (auto ok = begin_rpc(d, common); !ok) return ok;
        rpc_query query(d, common);
        query.add("AccessKeyId", id_);
        query.add("Action", d.head.action);
        query.add("Format", "JSON", spelling::plain);
        if (!token_.empty()) query.add("SecurityToken", token_);
        query.add("SignatureMethod", "HMAC-SHA1", spelling::plain);
        query.add("SignatureNonce", nonce, spelling::plain);
        query.add("SignatureVersion", "1.0", spelling::plain);
        query.add("Timestamp", date, spelling::date);
        query.add("Version", d.head.version);

        gathering_hash<hmac<H>> code(key_);
        // The signature stands last. How many of its characters need encoding is known too late, so there is room for all of them.
        constexpr std::string_view label = "&Signature=";
        std::span<char> room;
        if (auto ok = lay_out_rpc(d, query, code, label.size() + 3 * sha1_signature::capacity, room); !ok) return ok;
        std::array<char, sha1_signature::capacity> made;
        put_base64(code.finish(), made.data());
        copy_text(label, room.data());
        std::size_t const size = percent::put<3>({made.data(), made.size()}, room.data() + label.size());
        d.target = {d.target.data(), d.target.size() + label.size() + size};
        return {};
    }

    /// The signature of parameters, which are in canonical order, in Base64.
    [[nodiscard]] constexpr sha1_signature sign(std::string_view verb, std::span<param const> params) const noexcept {
        gathering_hash<hmac<H>> code(key_);
        write_rpc_string_to_sign(verb, params, code);
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

using rpc_hmac_sha1 = rpc_hmac<sha1>;

/// A bearer token in the shape of RPC 1.0 (protocol 1.4). Its function is a template, and the next, as `rpc_hmac` is.
struct rpc_bearer {
    bearer_token who{};

    /// errc::missing_token, duplicate_parameter, reserved_name, duplicate_field, unsupported_body, no_space.
    [[nodiscard]] constexpr verdict apply(std::same_as<draft> auto& d) const noexcept {
        if (who.token.empty()) return refuse(errc::missing_token, "token");
        std::string_view const nonce = d.keep_nonce(), date = d.keep_iso8601();
        constexpr std::size_t common = 7;
        if (auto ok = begin_rpc(d, common); !ok) return ok;
        rpc_query query(d, common);
        query.add("Action", d.head.action);
        query.add("BearerToken", who.token);
        query.add("Format", "JSON", spelling::plain);
        query.add("SignatureNonce", nonce, spelling::plain);
        query.add("SignatureType", "BEARERTOKEN", spelling::plain);
        query.add("Timestamp", date, spelling::date);
        query.add("Version", d.head.version);
        no_code code;
        std::span<char> room;
        return lay_out_rpc(d, query, code, 0, room);
    }
};

/// Nobody, in the shape of RPC 1.0 (protocol 1.5).
struct rpc_nobody {
    /// errc::duplicate_parameter, reserved_name, duplicate_field, unsupported_body, no_space.
    [[nodiscard]] constexpr verdict apply(std::same_as<draft> auto& d) const noexcept {
        std::string_view const nonce = d.keep_nonce(), date = d.keep_iso8601();
        constexpr std::size_t common = 5;
        if (auto ok = begin_rpc(d, common); !ok) return ok;
        rpc_query query(d, common);
        query.add("Action", d.head.action);
        query.add("Format", "JSON", spelling::plain);
        query.add("SignatureNonce", nonce, spelling::plain);
        query.add("Timestamp", date, spelling::date);
        query.add("Version", d.head.version);
        no_code code;
        std::span<char> room;
        return lay_out_rpc(d, query, code, 0, room);
    }
};

}  // namespace acs::inline ACS_ABI

#endif
