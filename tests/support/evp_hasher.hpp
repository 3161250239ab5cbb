// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// OpenSSL's hashes: as one call, to compare ours with, and as a hasher, to see that a back end with state of its own fits.
#ifndef ACS_TESTS_SUPPORT_EVP_HASHER_HPP
#define ACS_TESTS_SUPPORT_EVP_HASHER_HPP

#include <acs/crypto/hasher.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace acs_tests {

inline unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

/// The digest of a text by OpenSSL.
template <class Digest>
Digest evp_digest(EVP_MD const* function, std::string_view text) {
    Digest digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, function, nullptr) != 1) std::abort();
    return digest;
}

/// The HMAC of a text by OpenSSL.
template <class Digest>
Digest evp_hmac(EVP_MD const* function, std::string_view key, std::string_view text) {
    Digest digest{};
    // A null key would mean the one of the call before.
    char const* const bytes = key.empty() ? "" : key.data();
    if (HMAC(function, bytes, static_cast<int>(key.size()), bytes_of(text), text.size(), digest.data(), nullptr) == nullptr) std::abort();
    return digest;
}

/// A hash function of OpenSSL as a hasher: owns memory, copies deeply, and nothing of it is constexpr.
template <auto Function, std::size_t BlockSize, std::size_t DigestSize>
class evp_hasher {
public:
    static constexpr std::size_t block_size = BlockSize;
    static constexpr std::size_t digest_size = DigestSize;
    using digest = std::array<std::uint8_t, digest_size>;

    evp_hasher() { check(EVP_DigestInit_ex(context_.get(), Function(), nullptr)); }
    evp_hasher(evp_hasher const& other) { *this = other; }
    evp_hasher& operator=(evp_hasher const& other) {
        if (this != &other) check(EVP_MD_CTX_copy_ex(context_.get(), other.context_.get()));
        return *this;
    }
    ~evp_hasher() = default;

    void update(std::string_view text) noexcept { check(EVP_DigestUpdate(context_.get(), text.data(), text.size())); }
    digest finish() noexcept {
        digest result{};
        check(EVP_DigestFinal_ex(context_.get(), result.data(), nullptr));
        return result;
    }

private:
    struct freer {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };

    static void check(int done) {
        if (done != 1) std::abort();
    }

    std::unique_ptr<EVP_MD_CTX, freer> context_{EVP_MD_CTX_new()};
};

using evp_sha1 = evp_hasher<EVP_sha1, 64, 20>;
using evp_sha256 = evp_hasher<EVP_sha256, 64, 32>;
using evp_sm3 = evp_hasher<EVP_sm3, 64, 32>;
using evp_sha512 = evp_hasher<EVP_sha512, 128, 64>;  // of other sizes than ours

static_assert(acs::check_hasher<evp_sha1>() && acs::check_hasher<evp_sha256>() && acs::check_hasher<evp_sm3>());
static_assert(acs::check_hasher<evp_sha512>());

}  // namespace acs_tests

#endif
