// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_VERIFY_HPP
#define ACS_TESTING_VERIFY_HPP

#include <acs/core/config.hpp>
#include <acs/core/sort.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/base64.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/crypto/secure.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/mac.hpp>
#include <acs/testing/received.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Checks a request's signature as the service does, and refuses in its words (protocol 5). Pure functions of the request.
namespace acs::testing::inline ACS_ABI {

/// The service's word that a request is refused.
struct refusal {
    std::uint16_t status{};  ///< HTTP status
    std::string code{};      ///< the service's code
    std::string message{};   ///< in the shape that the service gives it
};

/// An access key that the gateway knows.
struct access_key {
    std::string id{};
    std::string secret{};
    std::string security_token{};  ///< session credentials: must be sent
};

/// What the signature methods say in different places.
struct claims {
    std::string_view access_key_id{};
    std::string_view security_token{};
    std::string_view date{};
    std::string_view nonce{};
    std::string_view action{};
    std::string_view version{};
};

/// The three parts of an ACS3 `Authorization` header.
struct acs3_authorization {
    std::string_view algorithm{};
    std::string_view access_key_id{};
    std::string_view signed_headers{};
    std::string_view signature{};
};

/// Reads an `Authorization` header of ACS3 (protocol 2.6). Empty if it is not well-formed.
[[nodiscard]] inline std::optional<acs3_authorization> parse_authorization(std::string_view text) noexcept {
    acs3_authorization parsed;
    auto const take = [&text](std::string_view label, char end, std::string_view& out) {
        if (text.size() < label.size() || first(text, label.size()) != label) return false;
        text = skip(text, label.size());
        std::size_t const size = end == '\0' ? text.size() : text.find(end);
        if (size == std::string_view::npos || size == 0) return false;
        out = first(text, size);
        text = skip(text, end == '\0' ? size : size + 1);
        return true;
    };
    bool const good = take("", ' ', parsed.algorithm) && take("Credential=", ',', parsed.access_key_id) &&
                      take("SignedHeaders=", ',', parsed.signed_headers) && take("Signature=", '\0', parsed.signature);
    return good ? std::optional(parsed) : std::nullopt;
}

[[nodiscard]] inline refusal incomplete(std::string_view why) {
    return {400, "IncompleteSignature", "The request signature does not conform to Aliyun standards. " + std::string(why)};
}

/// The headers that `SignedHeaders` names, in canonical order; empty if one is not there, or one is not named that has to be.
[[nodiscard]] inline std::optional<std::vector<field>> named_fields(received const& r, std::string_view names) {
    std::vector<field> fields;
    std::array<std::string_view, 6> missing{"host",       "x-acs-action",          "x-acs-content-sha256",
                                            "x-acs-date", "x-acs-signature-nonce", "x-acs-version"};
    while (!names.empty()) {
        std::size_t const end = names.find(';') < names.size() ? names.find(';') : names.size();
        std::string_view const name = first(names, end);
        names = skip(names, end < names.size() ? end + 1 : end);
        bool found = false;
        for (auto const& [key, value] : r.fields)
            if (equal_ignoring_case(key, name)) {
                fields.push_back({key, value});
                found = true;
            }
        if (!found) return {};
        for (std::string_view& needed : missing)
            if (equal_ignoring_case(needed, name)) needed = {};
    }
    for (std::string_view const needed : missing)
        if (!needed.empty()) return {};
    sort_in_place(std::span(fields));
    return fields;
}

/// Checks an ACS3 signature with a key over hasher `H`.
template <hasher H>
[[nodiscard]] std::optional<refusal> verify_acs3_with(received const& r, acs3_authorization const& said, std::string_view secret) {
    auto const fields = named_fields(r, said.signed_headers);
    if (!fields) return incomplete("A header that has to be signed is missing.");
    std::string payload_hash;
    string_sink hash_out(payload_hash);
    hex_encode(hash<H>(r.body), hash_out);
    std::vector<param> const params = r.params();
    signed_parts const parts{r.method, r.path, params, *fields, payload_hash};

    std::string string_to_sign;
    string_sink string_out(string_to_sign);
    write_acs3_string_to_sign<H>(said.algorithm, parts, string_out);
    std::string signature;
    string_sink signature_out(signature);
    hex_encode(hmac_digest<H>(secret, string_to_sign), signature_out);
    if (equal_constant_time(std::string_view(signature), said.signature) && r.field_of("x-acs-content-sha256") == payload_hash) return {};

    std::string canonical;
    string_sink canonical_out(canonical);
    write_canonical_request(parts, canonical_out);
    return refusal{400, "SignatureDoesNotMatch",
                   "Specified signature does not match our calculation. server StringToSign is [" + string_to_sign +
                       "] server CanonicalRequest is [" + canonical + "]"};
}

/// Checks an ACS3 signature. Empty: it holds.
[[nodiscard]] inline std::optional<refusal> verify_acs3(received const& r, acs3_authorization const& said, std::string_view secret) {
    if (said.algorithm == acs3_hmac_sha256::algorithm) return verify_acs3_with<sha256>(r, said, secret);
    if (said.algorithm == acs3_hmac_sm3::algorithm) return verify_acs3_with<sm3>(r, said, secret);
    return refusal{400, "InvalidSignatureMethod", "The specified signature method is not supported."};
}

/// Checks an RPC 1.0 signature. Empty: it holds.
[[nodiscard]] inline std::optional<refusal> verify_rpc(received const& r, std::string_view secret) {
    if (r.param_of("SignatureMethod") != "HMAC-SHA1" || r.param_of("SignatureVersion") != "1.0")
        return refusal{400, "InvalidSignatureMethod", "The specified signature method is not supported."};
    std::vector<param> params = r.params();
    std::erase_if(params, [](param const& p) { return p.name == "Signature"; });
    std::string string_to_sign;
    string_sink string_out(string_to_sign);
    write_rpc_string_to_sign(r.method, params, string_out);
    std::string_view const said = r.param_of("Signature").value_or(std::string_view());
    std::array<std::uint8_t, sha1::digest_size> decoded{};
    auto const size = base64_decode(said, decoded);
    if (!size || *size != decoded.size()) return incomplete("server string to sign is:" + string_to_sign);

    hmac_key<sha1> const key(secret, "&");
    hmac<sha1> code(key);
    code.update(string_to_sign);
    std::string signature;
    string_sink signature_out(signature);
    base64_encode(code.finish(), signature_out);
    if (equal_constant_time(std::string_view(signature), said)) return {};
    return refusal{400, "SignatureDoesNotMatch",
                   "Specified signature is not matched with our calculation. server string to sign is:" + string_to_sign};
}

/// The two parts of a ROA 1.0 `Authorization` header.
struct roa_authorization {
    std::string_view access_key_id{};
    std::string_view signature{};
};

/// Reads an `Authorization` header of ROA 1.0 (protocol 3). Empty if it is not well-formed.
[[nodiscard]] inline std::optional<roa_authorization> parse_roa_authorization(std::string_view text) noexcept {
    constexpr std::string_view label = "acs ";
    std::size_t const colon = text.rfind(':');
    if (text.size() < label.size() || first(text, label.size()) != label || colon == std::string_view::npos) return {};
    if (colon <= label.size() || colon + 1 == text.size()) return {};
    return roa_authorization{skip(first(text, colon), label.size()), skip(text, colon + 1)};
}

/// Checks a ROA 1.0 signature, which covers a body only by its `content-md5`, if there is one. Empty: it holds.
[[nodiscard]] inline std::optional<refusal> verify_roa(received const& r, roa_authorization const& said, std::string_view secret) {
    std::vector<field> fields;
    for (auto const& [name, value] : r.fields) fields.push_back({name, value});
    sort_in_place(std::span(fields));
    std::vector<param> const params = r.params();
    std::string string_to_sign;
    string_sink string_out(string_to_sign);
    write_roa_string_to_sign({r.method, r.path, params, fields, {}}, string_out);
    hmac_key<sha1> const key(secret);
    hmac<sha1> code(key);
    code.update(string_to_sign);
    std::string signature;
    string_sink signature_out(signature);
    base64_encode(code.finish(), signature_out);
    if (equal_constant_time(std::string_view(signature), said.signature)) return {};
    return refusal{400, "SignatureDoesNotMatch",
                   "Specified signature is not matched with our calculation. server string to sign is:" + string_to_sign};
}

/// How far a client's clock may be off, in both directions (protocol 6.3).
inline constexpr std::int64_t clock_tolerance_seconds = 15 * 60;

/// Checks the date of a request, which is none if it was not well-formed. Empty: it is within the window.
[[nodiscard]] inline std::optional<refusal> verify_time(std::optional<wall_time> said, wall_time now) {
    if (!said) return refusal{400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."};
    std::int64_t const off = distance(now, *said);
    if (off <= clock_tolerance_seconds && off >= -clock_tolerance_seconds) return {};
    return refusal{400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."};
}

/// Checks the date of ACS3 and RPC 1.0.
[[nodiscard]] inline std::optional<refusal> verify_date(std::string_view date, wall_time now) {
    return verify_time(parse_iso8601(date), now);
}

}  // namespace acs::testing::inline ACS_ABI

#endif
