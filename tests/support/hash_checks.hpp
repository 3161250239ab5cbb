// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What the tests of the three hashes share: comparison with OpenSSL, byte for byte.
#ifndef ACS_TESTS_SUPPORT_HASH_CHECKS_HPP
#define ACS_TESTS_SUPPORT_HASH_CHECKS_HPP

#include <acs/crypto/hasher.hpp>
#include <acs/encoding/hex.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/evp_hasher.hpp"
#include "support/string_sink.hpp"

namespace acs_tests {

inline std::string hex(std::span<std::uint8_t const> bytes) {
    return written([&](auto& out) { acs::hex_encode(bytes, out); });
}

template <acs::hasher H>
std::string hex_hash(std::string_view text) {
    return hex(acs::hash<H>(text));
}

/// Whether the digest is the one that a standard prints; for constant expressions.
template <std::size_t Size>
constexpr bool is_hex(std::array<std::uint8_t, Size> const& digest, std::string_view expected) {
    std::array<char, 2 * Size> room{};
    acs::span_sink out(room);
    acs::hex_encode(digest, out);
    return out.view() == expected;
}

inline std::string random_text(std::mt19937_64& random, std::size_t size) {
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>(random() & 0xFF);
    return text;
}

/// `update` with the text in pieces of random sizes, empty ones among them.
template <class H>
void update_in_pieces(H& h, std::string_view text, std::mt19937_64& random) {
    std::size_t const most = 1 + random() % 200;
    while (!text.empty()) {
        std::size_t const n = std::min<std::size_t>(random() % (most + 1), text.size());
        h.update(text.substr(0, n));
        text.remove_prefix(n);
    }
}

/// Every size from 0 to 512, in one piece and in random pieces.
template <acs::hasher H>
void check_all_sizes(EVP_MD const* reference) {
    std::mt19937_64 random(2020'05'18);
    for (std::size_t size = 0; size <= 512; ++size) {
        std::string const text = random_text(random, size);
        auto const expected = evp_digest<typename H::digest>(reference, text);
        INFO("size " << size);
        REQUIRE(acs::hash<H>(text) == expected);
        for (int i = 0; i < 10; ++i) {
            H h;
            update_in_pieces(h, text, random);
            REQUIRE(h.finish() == expected);
        }
    }
}

/// Every size from 0 to 200, split at every place.
template <acs::hasher H>
void check_all_splits(EVP_MD const* reference) {
    std::mt19937_64 random(1);
    for (std::size_t size = 0; size <= 200; ++size) {
        std::string const text = random_text(random, size);
        auto const expected = evp_digest<typename H::digest>(reference, text);
        bool same = true;
        for (std::size_t split = 0; split <= size; ++split) {
            H h;
            h.update(std::string_view(text).substr(0, split));
            h.update(std::string_view(text).substr(split));
            same = same && h.finish() == expected;
        }
        INFO("size " << size);
        REQUIRE(same);
    }
}

/// Words of one repeated bit pattern, which carry most between the registers, and a long chain: each digest hashed again.
template <acs::hasher H>
void check_patterns(EVP_MD const* reference) {
    for (int byte = 0; byte < 256; ++byte) {
        std::string const text(150, static_cast<char>(byte));
        REQUIRE(acs::hash<H>(text) == evp_digest<typename H::digest>(reference, text));
    }
    typename H::digest ours{}, theirs{};
    for (int i = 0; i < 20'000; ++i) {
        ours = acs::hash<H>({reinterpret_cast<char const*>(ours.data()), ours.size()});
        theirs = evp_digest<typename H::digest>(reference, {reinterpret_cast<char const*>(theirs.data()), theirs.size()});
    }
    CHECK(ours == theirs);
}

/// Long texts at every alignment, with bytes of a neighbour before and behind that must not count.
template <acs::hasher H>
void check_alignments(EVP_MD const* reference) {
    std::mt19937_64 random(3);
    std::string const text = random_text(random, 70'000);
    for (std::size_t at = 0; at < 16; ++at)
        for (std::size_t const size : {0U, 1U, 63U, 64U, 65U, 4096U, 65'537U}) {
            std::string_view const part = std::string_view(text).substr(at, size);
            REQUIRE(acs::hash<H>(part) == evp_digest<typename H::digest>(reference, part));
        }
}

template <acs::hasher H>
void check_allocates_nothing() {
    std::string const text(1000, 'x');
    typename H::digest digest{};
    {
        no_allocations const none;
        H h;
        h.update(text);
        H copy = h;
        copy.update(text);
        digest = copy.finish();
        h = H{};
    }
    CHECK(digest == acs::hash<H>(text + text));
}

}  // namespace acs_tests

#endif
