// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/accelerated.hpp>
#include <acs/crypto/block_hash.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>

#include "support/hash_checks.hpp"

namespace test_crypto_accelerated {

namespace {

/// Compression without the CPU's instructions, so that machines that have these test the other code too.
template <class Compression>
struct portable : Compression {
    static constexpr void compress(typename Compression::state& s, char const* blocks, std::size_t count) noexcept {
        Compression::compress_portable(s, blocks, count);
    }
};

/// From random states, and from states of one bit, over random blocks at every alignment, in memory of exactly their size.
template <class Compression>
void check_same() {
    std::mt19937_64 random(20201028);
    for (std::size_t round = 0; round < 2'000; ++round) {
        typename Compression::state fast{};
        for (std::uint32_t& word : fast) word = static_cast<std::uint32_t>(random());
        if (round < 32 * fast.size()) {
            fast = {};
            fast[round / 32] = std::uint32_t{1} << round % 32;
        }
        typename Compression::state slow = fast;
        std::size_t const at = round % 16;
        std::size_t const count = round % 9;
        std::string const text = acs_tests::random_text(random, 64 * count);
        std::unique_ptr<char[]> const blocks(new char[at + text.size()]);
        text.copy(blocks.get() + at, text.size());
        Compression::compress(fast, blocks.get() + at, count);
        Compression::compress_portable(slow, blocks.get() + at, count);
        INFO("round " << round);
        REQUIRE(fast == slow);
    }
}

}  // namespace

TEST_CASE("SHA-1 is the same by the CPU's instructions and without", "[crypto]") { check_same<acs::sha1_compression>(); }

TEST_CASE("SHA-256 is the same by the CPU's instructions and without", "[crypto]") { check_same<acs::sha256_compression>(); }

TEST_CASE("portable code agrees with OpenSSL, whatever the CPU has", "[crypto]") {
    using portable_sha1 = acs::block_hash<portable<acs::sha1_compression>>;
    using portable_sha256 = acs::block_hash<portable<acs::sha256_compression>>;
    acs_tests::check_all_sizes<portable_sha1>(EVP_sha1());
    acs_tests::check_all_sizes<portable_sha256>(EVP_sha256());
    acs_tests::check_patterns<portable_sha1>(EVP_sha1());
    acs_tests::check_patterns<portable_sha256>(EVP_sha256());
}

TEST_CASE("who compresses says so exactly if the CPU has the instructions", "[crypto]") {
    acs::sha1_compression::state one = acs::sha1_compression::initial;
    acs::sha256_compression::state two = acs::sha256_compression::initial;
    CHECK(acs::accelerated::try_sha1(one, nullptr, 0) == acs::has(acs::cpu::sha));
    CHECK(acs::accelerated::try_sha256(two, nullptr, 0, acs::sha256_compression::k.data()) == acs::has(acs::cpu::sha));
    CHECK(one == acs::sha1_compression::initial);
    CHECK(two == acs::sha256_compression::initial);
}

}  // namespace test_crypto_accelerated
