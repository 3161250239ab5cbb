// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/sha1.hpp>

#include "support/catch.hpp"

#include <string>
#include <type_traits>

#include "support/hash_checks.hpp"

namespace test_crypto_sha1 {

namespace {

static_assert(acs::sha1::block_size == 64 && acs::sha1::digest_size == 20);
static_assert(std::is_trivially_copyable_v<acs::sha1>, "key states are wiped as plain bytes");
static_assert(sizeof(acs::sha1) <= 96);

// FIPS 180, appendix A; the other messages are NIST's examples.
static_assert(acs_tests::is_hex(acs::hash<acs::sha1>(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709"));
static_assert(acs_tests::is_hex(acs::hash<acs::sha1>("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d"));

}  // namespace

TEST_CASE("sha1 gives the digests that FIPS 180 and NIST print", "[crypto]") {
    using acs_tests::hex_hash;
    CHECK(hex_hash<acs::sha1>("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    CHECK(hex_hash<acs::sha1>("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(hex_hash<acs::sha1>("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    CHECK(hex_hash<acs::sha1>("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                              "mnopqrstnopqrstu") == "a49b2446a02c645bf419f995b67091253a04a259");
    CHECK(hex_hash<acs::sha1>(std::string(1'000'000, 'a')) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

TEST_CASE("sha1 agrees with OpenSSL for every size up to 512 and any pieces", "[crypto]") {
    acs_tests::check_all_sizes<acs::sha1>(EVP_sha1());
}

TEST_CASE("sha1 gives the same for every split in two", "[crypto]") { acs_tests::check_all_splits<acs::sha1>(EVP_sha1()); }

TEST_CASE("sha1 agrees with OpenSSL on one byte repeated and on a chain of digests", "[crypto]") {
    acs_tests::check_patterns<acs::sha1>(EVP_sha1());
}

TEST_CASE("sha1 hashes long texts at any alignment", "[crypto]") { acs_tests::check_alignments<acs::sha1>(EVP_sha1()); }

TEST_CASE("sha1 allocates nothing", "[crypto]") { acs_tests::check_allocates_nothing<acs::sha1>(); }

}  // namespace test_crypto_sha1
