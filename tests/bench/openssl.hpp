// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// OpenSSL in three ways: by its simple functions, with everything kept that can be, and its bare compression functions, which are the
// limit that any message with so many blocks has.
#ifndef ACS_TESTS_BENCH_OPENSSL_HPP
#define ACS_TESTS_BENCH_OPENSSL_HPP

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bench/library.hpp"

namespace acs_bench {

/// Looks everything up at each call.
class openssl_simple {
public:
    openssl_simple(digest_kind hmac, std::string_view secret) : hmac_(hmac), secret_(secret) {}

    void append_sha256(std::string& out, std::string_view text);
    std::size_t hmac(std::string_view text, std::array<unsigned char, 32>& code);
    std::string_view base64(std::array<unsigned char, 32> const& code, std::size_t size);

private:
    digest_kind hmac_;
    std::string secret_;
    std::array<char, 64> text_{};
};

/// Digests fetched and contexts made once; the key stays in its context.
class openssl_kept {
public:
    openssl_kept(digest_kind hmac, std::string_view secret);
    openssl_kept(openssl_kept const&) = delete;
    openssl_kept& operator=(openssl_kept const&) = delete;
    ~openssl_kept();

    void append_sha256(std::string& out, std::string_view text);
    std::size_t hmac(std::string_view text, std::array<unsigned char, 32>& code);
    std::string_view base64(std::array<unsigned char, 32> const& code, std::size_t size);

private:
    EVP_MD* digest_;
    EVP_MD_CTX* context_;
    EVP_MAC* mac_;
    EVP_MAC_CTX* mac_context_;
    std::array<char, 64> text_{};
};

/// One digest with a context that is kept.
class openssl_hash {
public:
    explicit openssl_hash(digest_kind kind);
    openssl_hash(openssl_hash const&) = delete;
    openssl_hash& operator=(openssl_hash const&) = delete;
    ~openssl_hash();

    /// Writes `size_of(kind)` bytes.
    void hash(std::string_view text, unsigned char* out);
    void begin();
    void update(std::string_view text);

private:
    EVP_MD* digest_;
    EVP_MD_CTX* context_;
};

/// Blocks of messages under one hash function, padding included.
[[nodiscard]] constexpr std::size_t blocks_of(std::size_t message) { return (message + 9 + 63) / 64; }
/// Blocks of an HMAC whose key is ready: the inner rest, and the outer hash, which is one.
[[nodiscard]] constexpr std::size_t hmac_blocks_of(std::size_t message) { return blocks_of(64 + message) - 1 + 1; }

/// Compresses so many blocks, as part of one long message: no beginning, no end, no padding. What is left is the block function.
class block_run {
public:
    block_run(digest_kind kind, std::size_t blocks);

    /// How many times the blocks are compressed by `run`: few at a time, the call would count.
    [[nodiscard]] std::size_t times() const { return times_; }
    void run();

private:
    digest_kind kind_;
    std::size_t times_;
    std::vector<char> text_;
    alignas(16) std::array<unsigned char, 256> state_{};  // of SHA-1 or SHA-256
    openssl_hash sm3_{digest_kind::sm3};                  // whose block function OpenSSL does not offer by itself
};

}  // namespace acs_bench

#endif
