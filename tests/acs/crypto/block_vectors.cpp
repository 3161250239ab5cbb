// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/block_vectors.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Where there are no vectors, these do nothing and say so.
namespace test_crypto_block_vectors {

namespace {

using block = acs::accelerated::block;

block block_of(char c) {
    block made;
    made.fill(c);
    return made;
}

std::string_view view(block const& b) { return {b.data(), b.size()}; }

/// Words that count up by one in each of their bytes.
template <std::size_t N>
void check_words() {
    std::array<std::uint32_t, N> from{};
    std::string expected;
    for (std::uint32_t i = 0; i < N; ++i) {
        from[i] = 0x01020304U + 0x10101010U * i;
        for (std::uint32_t j = 1; j < 5; ++j) expected += static_cast<char>(16 * i + j);
    }
    block text = block_of('x');
    if (acs::accelerated::put_words(from, text))
        CHECK(view(text) == expected + std::string(text.size() - expected.size(), 'x'));
    else
        CHECK(view(text) == view(block_of('x')));

    std::array<std::uint8_t, 4 * N + 1> bytes{};
    std::size_t const stored = acs::accelerated::store_words(from, bytes.data());
    REQUIRE(stored <= N);
    expected.resize(4 * stored);
    expected.resize(bytes.size(), '\0');
    CHECK(std::equal(bytes.begin(), bytes.end(), expected.begin(), [](std::uint8_t a, char b) { return static_cast<char>(a) == b; }));
}

}  // namespace

TEST_CASE("Words are put in big-endian order, and nothing behind them", "[crypto]") {
    check_words<2>();
    check_words<4>();
    check_words<5>();
    check_words<7>();
    check_words<8>();
}

TEST_CASE("A block is padded from any byte on, and what stood before it stays", "[crypto]") {
    for (std::size_t used = 0; used < 64; ++used) {
        block text = block_of('x');
        if (!acs::accelerated::pad(text, used)) return;
        REQUIRE(view(text) == std::string(used, 'x') + '\x80' + std::string(63 - used, '\0'));
    }
}

TEST_CASE("A block's last eight bytes say the number of bits", "[crypto]") {
    block text = block_of('x');
    if (!acs::accelerated::put_length(text, 0x0102030405060708)) return;
    CHECK(view(text) == std::string(56, 'x') + "\x01\x02\x03\x04\x05\x06\x07\x08");
}

}  // namespace test_crypto_block_vectors
