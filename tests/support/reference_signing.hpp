// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The signature methods once more, in a straight line over std::string and OpenSSL, to compare with: sections 1 to 3 of the protocol.
#ifndef ACS_TESTS_SUPPORT_REFERENCE_SIGNING_HPP
#define ACS_TESTS_SUPPORT_REFERENCE_SIGNING_HPP

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acs_tests::reference {

using pairs = std::vector<std::pair<std::string, std::string>>;
using headers = std::map<std::string, std::string>;  ///< names in lower case

inline std::string pct(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            char const* const digits = "0123456789ABCDEF";
            auto const byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte / 16];
            out += digits[byte % 16];
        }
    }
    return out;
}

/// The path of a target: `/` stays, so does a valid %XX.
inline std::string pct_path(std::string_view path) {
    auto const is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        bool const escaped = path[i] == '%' && i + 2 < path.size() && is_hex(path[i + 1]) && is_hex(path[i + 2]);
        if (path[i] == '/' || escaped)
            out += path[i];
        else
            out += pct(path.substr(i, 1));
    }
    return out.empty() ? "/" : out;
}

inline std::string hex(std::string_view bytes) {
    std::string out;
    for (char const c : bytes) {
        char const* const digits = "0123456789abcdef";
        out += digits[static_cast<unsigned char>(c) / 16];
        out += digits[static_cast<unsigned char>(c) % 16];
    }
    return out;
}

inline std::string digest(EVP_MD const* md, std::string_view text) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), out, &size, md, nullptr);
    return {reinterpret_cast<char const*>(out), size};
}

inline std::string hmac(EVP_MD const* md, std::string_view key, std::string_view text) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(md, key.data(), static_cast<int>(key.size()), reinterpret_cast<unsigned char const*>(text.data()), text.size(), out, &size);
    return {reinterpret_cast<char const*>(out), size};
}

inline std::string base64(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    int const size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<unsigned char const*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

inline std::string joined(pairs params) {
    std::sort(params.begin(), params.end());
    std::string out;
    for (auto const& [name, value] : params) out += (out.empty() ? "" : "&") + pct(name) + "=" + pct(value);
    return out;
}

inline std::string trimmed(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\n\r\v\f");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\n\r\v\f") - begin + 1));
}

/// The authorization header of ACS3 (protocol 2.2 to 2.6) over what travels. `mac` maps the string to sign to the raw signature.
template <class Mac>
std::string acs3_authorization(std::string const& algorithm, EVP_MD const* md, Mac mac, std::string const& id, std::string const& method,
                               std::string const& path, pairs const& query, headers const& sent, std::string const& body) {
    std::string lines, names;
    for (auto const& [name, value] : sent) {
        if (name.rfind("x-acs-", 0) != 0 && name != "host" && name != "content-type") continue;
        lines += name + ":" + trimmed(value) + "\n";
        names += (names.empty() ? "" : ";") + name;
    }
    std::string const canonical =
        method + "\n" + pct_path(path) + "\n" + joined(query) + "\n" + lines + "\n" + names + "\n" + hex(digest(md, body));
    std::string const to_sign = algorithm + "\n" + hex(digest(md, canonical));
    return algorithm + " Credential=" + id + ",SignedHeaders=" + names + ",Signature=" + hex(mac(to_sign));
}

/// The signature of RPC 1.0 (protocol 1.3) over query and form together.
inline std::string rpc_signature(std::string const& secret, std::string const& method, pairs const& params) {
    return base64(hmac(EVP_sha1(), secret + "&", method + "&%2F&" + pct(joined(params))));
}

/// The authorization header of ROA 1.0 (protocol 3).
inline std::string roa_authorization(std::string const& id, std::string const& secret, std::string const& method, std::string const& path,
                                     pairs query, headers const& sent) {
    auto const value_of = [&](char const* name) {
        auto const found = sent.find(name);
        return found == sent.end() ? std::string() : trimmed(found->second);
    };
    std::string text = method + "\n" + value_of("accept") + "\n" + value_of("content-md5") + "\n" + value_of("content-type") + "\n" +
                       value_of("date") + "\n";
    for (auto const& [name, value] : sent) {
        if (name.rfind("x-acs-", 0) != 0) continue;
        std::string plain = value;
        for (char& c : plain)
            if (c == '\t' || c == '\n' || c == '\r' || c == '\f') c = ' ';
        text += name + ":" + trimmed(plain) + "\n";
    }
    text += pct_path(path);
    std::sort(query.begin(), query.end());
    char separator = '?';
    for (auto const& [name, value] : query) {
        text += separator + name + (value.empty() ? "" : "=" + value);
        separator = '&';
    }
    return "acs " + id + ":" + base64(hmac(EVP_sha1(), secret, text));
}

}  // namespace acs_tests::reference

#endif
