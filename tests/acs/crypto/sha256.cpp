// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/sha256.hpp>

#include "support/catch.hpp"

#include <string>
#include <type_traits>

#include "support/hash_checks.hpp"

namespace test_crypto_sha256 {

namespace {

static_assert(acs::sha256::block_size == 64 && acs::sha256::digest_size == 32);
static_assert(std::is_trivially_copyable_v<acs::sha256>, "key states are wiped as plain bytes");
static_assert(sizeof(acs::sha256) <= 104);

// FIPS 180, appendix B; the other messages are NIST's examples.
static_assert(acs_tests::is_hex(acs::hash<acs::sha256>(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
static_assert(acs_tests::is_hex(acs::hash<acs::sha256>("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

}  // namespace

TEST_CASE("sha256 gives the digests that FIPS 180 and NIST print", "[crypto]") {
    using acs_tests::hex_hash;
    CHECK(hex_hash<acs::sha256>("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex_hash<acs::sha256>("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex_hash<acs::sha256>("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex_hash<acs::sha256>("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                              "mnopqrstnopqrstu") == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(hex_hash<acs::sha256>(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256 agrees with OpenSSL for every size up to 512 and any pieces", "[crypto]") {
    acs_tests::check_all_sizes<acs::sha256>(EVP_sha256());
}

TEST_CASE("sha256 gives the same for every split in two", "[crypto]") { acs_tests::check_all_splits<acs::sha256>(EVP_sha256()); }

TEST_CASE("sha256 agrees with OpenSSL on one byte repeated and on a chain of digests", "[crypto]") {
    acs_tests::check_patterns<acs::sha256>(EVP_sha256());
}

TEST_CASE("sha256 hashes long texts at any alignment", "[crypto]") { acs_tests::check_alignments<acs::sha256>(EVP_sha256()); }

TEST_CASE("sha256 allocates nothing", "[crypto]") { acs_tests::check_allocates_nothing<acs::sha256>(); }

}  // namespace test_crypto_sha256
