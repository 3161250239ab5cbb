// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/small_hash.hpp>

#include <acs/crypto/block_hash.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/hash_checks.hpp"

namespace test_crypto_small_hash {

namespace {

template <class Compression>
struct tiny : acs::small_hash<Compression> {};
template <class Compression>
struct fast : acs::block_hash<Compression> {};

static_assert(acs::hasher<tiny<acs::sha1_compression>> && acs::hasher<tiny<acs::sha256_compression>> &&
              acs::hasher<tiny<acs::sm3_compression>>);
static_assert(std::is_trivially_copyable_v<tiny<acs::sha256_compression>>, "key states are wiped as plain bytes");
static_assert(sizeof(tiny<acs::sha256_compression>) <= 104);
static_assert(std::is_base_of_v<acs::hash_of<acs::sha256_compression>, acs::sha256>);

// FIPS 180, appendix B.
static_assert(acs_tests::is_hex(acs::hash<tiny<acs::sha256_compression>>("abc"),
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
static_assert(acs_tests::is_hex(acs::hash<tiny<acs::sha1_compression>>("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d"));

template <class Compression>
void check_same() {
    std::mt19937_64 random(64);
    for (std::size_t size = 0; size <= 300; ++size) {
        std::string const text = acs_tests::random_text(random, size);
        tiny<Compression> pieces, bytes;
        acs_tests::update_in_pieces(pieces, text, random);
        for (char const c : text) bytes.put(c);
        auto const expected = acs::hash<fast<Compression>>(text);
        INFO("size " << size);
        REQUIRE(acs::hash<tiny<Compression>>(text) == expected);
        REQUIRE(pieces.finish() == expected);
        REQUIRE(bytes.finish() == expected);
    }
}

/// The last two words of the last block: the number of bits, and nothing of the hash.
struct last_words {
    using state = std::array<std::uint32_t, 2>;
    static constexpr state initial{};
    static constexpr void mix(state& s, acs::block_words const& w) noexcept { s = {w[14], w[15]}; }
};

}  // namespace

TEST_CASE("Hashes in little code give the same digests, whatever the pieces", "[crypto]") {
    check_same<acs::sha1_compression>();
    check_same<acs::sha256_compression>();
    check_same<acs::sm3_compression>();
}

TEST_CASE("The number of bits is right above 2^32 bits in little code", "[crypto]") {
    std::string const mebibyte(1 << 20, '\0');
    acs::small_hash<last_words> h;
    for (int i = 0; i < 512; ++i) h.update(mebibyte);
    h.update("abc");
    auto const d = h.finish();
    CHECK(std::string(d.begin(), d.end()) == std::string("\0\0\0\1\0\0\0\x18", 8));
}

TEST_CASE("Of a whole block, which may be a key, nothing stays in a hash of little code", "[crypto]") {
    acs::small_hash<last_words> h;
    h.update(std::string(64, 'k'));
    std::array<char, sizeof(h)> bytes{};
    std::memcpy(bytes.data(), &h, sizeof(h));
    CHECK(std::string_view(bytes.data() + 8, 64) == std::string(64, '\0'));
}

}  // namespace test_crypto_small_hash
