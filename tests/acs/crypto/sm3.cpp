// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/sm3.hpp>

#include "support/catch.hpp"

#include <string>
#include <type_traits>

#include "support/hash_checks.hpp"

namespace test_crypto_sm3 {

namespace {

static_assert(acs::sm3::block_size == 64 && acs::sm3::digest_size == 32);
static_assert(std::is_trivially_copyable_v<acs::sm3>, "key states are wiped as plain bytes");
static_assert(sizeof(acs::sm3) <= 104);

// GB/T 32905-2016, appendix A.1.
static_assert(acs_tests::is_hex(acs::hash<acs::sm3>("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));

}  // namespace

TEST_CASE("sm3 gives the digests that GB/T 32905 prints", "[crypto]") {
    using acs_tests::hex_hash;
    CHECK(hex_hash<acs::sm3>("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    CHECK(hex_hash<acs::sm3>("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd") ==
          "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST_CASE("sm3 agrees with OpenSSL for every size up to 512 and any pieces", "[crypto]") {
    acs_tests::check_all_sizes<acs::sm3>(EVP_sm3());
}

TEST_CASE("sm3 gives the same for every split in two", "[crypto]") { acs_tests::check_all_splits<acs::sm3>(EVP_sm3()); }

TEST_CASE("sm3 agrees with OpenSSL on one byte repeated and on a chain of digests", "[crypto]") {
    acs_tests::check_patterns<acs::sm3>(EVP_sm3());
}

TEST_CASE("sm3 hashes long texts at any alignment", "[crypto]") { acs_tests::check_alignments<acs::sm3>(EVP_sm3()); }

TEST_CASE("sm3 allocates nothing", "[crypto]") { acs_tests::check_allocates_nothing<acs::sm3>(); }

}  // namespace test_crypto_sm3
