// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#define OPENSSL_SUPPRESS_DEPRECATED  // HMAC() and SHA256_Update() are what is to be measured

#include "bench/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <new>
#include <string>
#include <string_view>

#include "bench/by_hand.hpp"
#include "bench/require.hpp"

namespace acs_bench {
namespace {

unsigned char const* bytes(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

char const* openssl_name(digest_kind kind) { return kind == digest_kind::sha1 ? "SHA1" : kind == digest_kind::sha256 ? "SHA256" : "SM3"; }

std::string_view base64_into(std::array<char, 64>& room, unsigned char const* code, std::size_t size) {
    int const n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(room.data()), code, static_cast<int>(size));
    return {room.data(), static_cast<std::size_t>(n)};
}

}  // namespace

void openssl_simple::append_sha256(std::string& out, std::string_view text) {
    std::array<unsigned char, 32> digest{};
    EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    by_hand::append_hex(out, digest.data(), digest.size());
}

std::size_t openssl_simple::hmac(std::string_view text, std::array<unsigned char, 32>& code) {
    unsigned size = 0;
    HMAC(hmac_ == digest_kind::sha1 ? EVP_sha1() : EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()), bytes(text), text.size(),
         code.data(), &size);
    return size;
}

std::string_view openssl_simple::base64(std::array<unsigned char, 32> const& code, std::size_t size) {
    return base64_into(text_, code.data(), size);
}

openssl_kept::openssl_kept(digest_kind hmac, std::string_view secret)
    : digest_(EVP_MD_fetch(nullptr, "SHA256", nullptr)),
      context_(EVP_MD_CTX_new()),
      mac_(EVP_MAC_fetch(nullptr, "HMAC", nullptr)),
      mac_context_(EVP_MAC_CTX_new(mac_)) {
    std::string name = openssl_name(hmac);
    std::array const params{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0), OSSL_PARAM_construct_end()};
    require(EVP_MAC_init(mac_context_, bytes(secret), secret.size(), params.data()) == 1, "EVP_MAC_init");
}

openssl_kept::~openssl_kept() {
    EVP_MAC_CTX_free(mac_context_);
    EVP_MAC_free(mac_);
    EVP_MD_CTX_free(context_);
    EVP_MD_free(digest_);
}

void openssl_kept::append_sha256(std::string& out, std::string_view text) {
    std::array<unsigned char, 32> digest{};
    EVP_DigestInit_ex2(context_, digest_, nullptr);
    EVP_DigestUpdate(context_, text.data(), text.size());
    EVP_DigestFinal_ex(context_, digest.data(), nullptr);
    by_hand::append_hex(out, digest.data(), digest.size());
}

std::size_t openssl_kept::hmac(std::string_view text, std::array<unsigned char, 32>& code) {
    std::size_t size = 0;
    EVP_MAC_init(mac_context_, nullptr, 0, nullptr);  // the key stays
    EVP_MAC_update(mac_context_, bytes(text), text.size());
    EVP_MAC_final(mac_context_, code.data(), &size, code.size());
    return size;
}

std::string_view openssl_kept::base64(std::array<unsigned char, 32> const& code, std::size_t size) {
    return base64_into(text_, code.data(), size);
}

openssl_hash::openssl_hash(digest_kind kind) : digest_(EVP_MD_fetch(nullptr, openssl_name(kind), nullptr)), context_(EVP_MD_CTX_new()) {
    require(digest_ != nullptr && context_ != nullptr, openssl_name(kind));
    begin();
}

openssl_hash::~openssl_hash() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(digest_);
}

void openssl_hash::hash(std::string_view text, unsigned char* out) {
    EVP_DigestInit_ex2(context_, digest_, nullptr);
    EVP_DigestUpdate(context_, text.data(), text.size());
    EVP_DigestFinal_ex(context_, out, nullptr);
}

void openssl_hash::begin() { EVP_DigestInit_ex2(context_, digest_, nullptr); }
void openssl_hash::update(std::string_view text) { EVP_DigestUpdate(context_, text.data(), text.size()); }

block_run::block_run(digest_kind kind, std::size_t blocks)
    : kind_(kind), times_(std::max<std::size_t>(256 / blocks, 1)), text_(times_ * blocks * 64, 'b') {
    static_assert(sizeof(SHA_CTX) <= sizeof state_ && sizeof(SHA256_CTX) <= sizeof state_);
    if (kind_ == digest_kind::sha1) SHA1_Init(new (state_.data()) SHA_CTX);
    if (kind_ == digest_kind::sha256) SHA256_Init(new (state_.data()) SHA256_CTX);
}

void block_run::run() {
    switch (kind_) {
        case digest_kind::sha1: SHA1_Update(reinterpret_cast<SHA_CTX*>(state_.data()), text_.data(), text_.size()); return;
        case digest_kind::sha256: SHA256_Update(reinterpret_cast<SHA256_CTX*>(state_.data()), text_.data(), text_.size()); return;
        case digest_kind::sm3: sm3_.update({text_.data(), text_.size()}); return;
    }
}

}  // namespace acs_bench
