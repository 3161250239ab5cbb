// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// ACS3-RSA-SHA256 through the `mac` concept, with OpenSSL.
#ifndef ACS_TESTS_SUPPORT_RSA_HPP
#define ACS_TESTS_SUPPORT_RSA_HPP

#include <acs/crypto/sha256.hpp>
#include <acs/encoding/base64.hpp>
#include <acs/signing/mac.hpp>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acs_tests {

/// An RSA key: PKCS#8 or PKCS#1, as PEM of either label or as bare Base64; the content decides.
class rsa_key {
public:
    using hasher = acs::sha256;
    static constexpr std::string_view algorithm = "ACS3-RSA-SHA256";
    static constexpr std::size_t max_size = 512;

    explicit rsa_key(std::string_view text) {
        std::string base64;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const end = text.find('\n', at) < text.size() ? text.find('\n', at) : text.size();
            std::string_view const line = text.substr(at, end - at);
            if (line.substr(0, 5) != "-----")
                for (char const c : line)
                    if (!acs::is_space(c)) base64 += c;
            at = end + 1;
        }
        std::vector<std::uint8_t> der(base64.size());
        auto const size = acs::base64_decode(base64, der);
        if (!size) return;
        unsigned char const* bytes = der.data();
        key_.reset(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(*size)), EVP_PKEY_free);
    }

    [[nodiscard]] std::size_t size() const noexcept { return key_ ? static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())) : 0; }

    [[nodiscard]] bool mac(std::string_view text, std::span<std::uint8_t> out) const noexcept {
        std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        std::size_t size = out.size();
        return key_ && context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
               EVP_DigestSign(context.get(), out.data(), &size, reinterpret_cast<unsigned char const*>(text.data()), text.size()) == 1 &&
               size == out.size();
    }

private:
    std::shared_ptr<EVP_PKEY> key_{};
};

static_assert(acs::check_mac<rsa_key>());

}  // namespace acs_tests

#endif
