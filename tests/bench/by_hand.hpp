// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The peer of the signing rows: signed messages as one writes them by hand with std::string. `Crypto` is one of openssl.hpp.
#ifndef ACS_TESTS_BENCH_BY_HAND_HPP
#define ACS_TESTS_BENCH_BY_HAND_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace acs_bench::by_hand {

struct pair {
    std::string_view name{}, value{};
    bool in_form{};
};

/// What every message says, and the moment that it is made at.
struct frame {
    std::string_view host{}, action{}, version{}, key_id{};
    std::int64_t seconds{};
    std::array<std::uint8_t, 16> random{};
};

struct message {
    std::string target{}, body{}, date{}, nonce{}, body_hash{}, authorization{};
};

inline void append_hex(std::string& out, unsigned char const* bytes, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        out += "0123456789abcdef"[bytes[i] / 16];
        out += "0123456789abcdef"[bytes[i] % 16];
    }
}

inline void append_encoded(std::string& out, std::string_view text) {
    for (char const c : text) {
        bool const plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        out += '%';
        out += "0123456789ABCDEF"[static_cast<unsigned char>(c) / 16];
        out += "0123456789ABCDEF"[static_cast<unsigned char>(c) % 16];
    }
}

inline void append_pair(std::string& out, pair const& p) {
    if (!out.empty()) out += '&';
    append_encoded(out, p.name);
    out += '=';
    append_encoded(out, p.value);
}

inline std::string date_text(std::int64_t seconds) {
    std::time_t const time = seconds;
    std::tm broken{};
    gmtime_r(&time, &broken);
    std::array<char, 32> room{};
    return {room.data(), std::strftime(room.data(), room.size(), "%Y-%m-%dT%H:%M:%SZ", &broken)};
}

inline std::string nonce_text(std::array<std::uint8_t, 16> const& random) {
    std::string text;
    append_hex(text, random.data(), random.size());
    return text;
}

/// By ACS3 with HMAC-SHA256. `pairs` are in order.
template <class Crypto>
message sign_v3(Crypto& crypto, frame const& f, std::vector<pair> const& pairs) {
    message made;
    std::string query;
    for (pair const& p : pairs) append_pair(p.in_form ? made.body : query, p);
    made.target = query.empty() ? "/" : "/?" + query;
    made.date = date_text(f.seconds);
    made.nonce = nonce_text(f.random);
    crypto.append_sha256(made.body_hash, made.body);
    std::string names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
    if (!made.body.empty()) names.insert(0, "content-type;");
    std::string canonical = "POST\n/\n";
    canonical.reserve(600 + query.size());
    canonical.append(query).append("\n");
    if (!made.body.empty()) canonical.append("content-type:application/x-www-form-urlencoded\n");
    canonical.append("host:").append(f.host).append("\nx-acs-action:").append(f.action);
    canonical.append("\nx-acs-content-sha256:").append(made.body_hash).append("\nx-acs-date:").append(made.date);
    canonical.append("\nx-acs-signature-nonce:").append(made.nonce).append("\nx-acs-version:").append(f.version);
    canonical.append("\n\n").append(names).append("\n").append(made.body_hash);
    std::string to_sign = "ACS3-HMAC-SHA256\n";
    crypto.append_sha256(to_sign, canonical);
    std::array<unsigned char, 32> code{};
    std::size_t const size = crypto.hmac(to_sign, code);
    made.authorization = "ACS3-HMAC-SHA256 Credential=";
    made.authorization.append(f.key_id).append(",SignedHeaders=").append(names).append(",Signature=");
    append_hex(made.authorization, code.data(), size);
    return made;
}

/// The parameters that RPC 1.0 adds to those of the operation.
struct rpc_common {
    pair key_id, action, format, method, nonce, signature_version, timestamp, version;
};

inline rpc_common common_of(frame const& f, message const& made) {
    return {{"AccessKeyId", f.key_id},      {"Action", f.action},        {"Format", "JSON"},       {"SignatureMethod", "HMAC-SHA1"},
            {"SignatureNonce", made.nonce}, {"SignatureVersion", "1.0"}, {"Timestamp", made.date}, {"Version", f.version}};
}

/// By RPC 1.0 with HMAC-SHA1. `fill(common)` gives all pairs in order.
template <class Crypto, class Fill>
message sign_rpc(Crypto& crypto, frame const& f, Fill fill) {
    message made;
    made.date = date_text(f.seconds);
    made.nonce = nonce_text(f.random);
    std::vector<pair> const& pairs = fill(common_of(f, made));
    std::string all, query;
    for (pair const& p : pairs) {
        append_pair(all, p);
        if (p.in_form) append_pair(made.body, p);
    }
    if (!made.body.empty())
        for (pair const& p : pairs)
            if (!p.in_form) append_pair(query, p);
    std::string to_sign = "POST&%2F&";
    append_encoded(to_sign, all);
    if (made.body.empty()) query.swap(all);
    std::array<unsigned char, 32> code{};
    std::size_t const size = crypto.hmac(to_sign, code);
    append_pair(query, {"Signature", crypto.base64(code, size)});
    made.target = "/?" + query;
    return made;
}

}  // namespace acs_bench::by_hand

#endif
