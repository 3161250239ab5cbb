// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/block_hash.hpp>

#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace test_crypto_block_hash {

namespace {

using words = std::array<std::uint32_t, 2>;

/// The words of the last eight bytes of the last block: what FIPS 180-4, 5.1.1 says of the padding's end, and nothing of the hash.
struct last_words {
    using state = words;
    static constexpr state initial{};
    static constexpr void compress(state& s, char const* blocks, std::size_t count) noexcept {
        char const* const end = blocks + 64 * count;
        s = {acs::load_big_endian(end - 8), acs::load_big_endian(end - 4)};
    }
};

struct call {
    char const* blocks;
    std::size_t count;
};
std::vector<call> calls;
std::string hashed;

/// Notes what comes.
struct notes {
    using state = words;
    static constexpr state initial{0x01020304, 0xFFFEFDFC};
    static void compress(state&, char const* blocks, std::size_t count) noexcept {
        calls.push_back({blocks, count});
        hashed.append(blocks, 64 * count);
    }
};

/// FIPS 180-4, 5.1.1, for whole bytes, spelt out: a one, zeros up to 56 modulo 64, the number of bits in 64.
std::string padded(std::string text) {
    std::uint64_t const bits = std::uint64_t{8} * text.size();
    text += '\x80';
    while (text.size() % 64 != 56) text += '\0';
    for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(bits >> shift & 0xFF);
    return text;
}

constexpr words length_words(std::string_view text, std::size_t times) {
    acs::block_hash<last_words> h;
    for (std::size_t i = 0; i < times; ++i) h.update(text);
    auto const d = h.finish();
    auto const word = [&](std::size_t i) {
        return std::uint32_t{d[i]} << 24 | std::uint32_t{d[i + 1]} << 16 | std::uint32_t{d[i + 2]} << 8 | std::uint32_t{d[i + 3]};
    };
    return {word(0), word(4)};
}
static_assert(length_words("", 0) == words{0, 0});
static_assert(length_words("abc", 1) == words{0, 24});
static_assert(length_words("0123456789", 13) == words{0, 1040});

static_assert(acs::load_big_endian("\x01\x23\x45\x67") == 0x01234567);
static_assert(acs::load_big_endian("\xFF\x80\x7F\xFE") == 0xFF807FFE);

}  // namespace

TEST_CASE("The padding is the one of FIPS 180-4 for every size and every split", "[crypto]") {
    for (std::size_t size = 0; size <= 200; ++size) {
        std::string const text(size, 'x');
        std::string const expected = padded(text);
        bool same = true;
        for (std::size_t split = 0; split <= size; ++split) {
            hashed.clear();
            acs::block_hash<notes> h;
            h.update(std::string_view(text).substr(0, split));
            h.update(std::string_view(text).substr(split));
            static_cast<void>(h.finish());
            same = same && hashed == expected;
        }
        INFO("size " << size);
        REQUIRE(same);
    }
}

TEST_CASE("The number of bits is right above 2^32 bits and above 2^32 bytes", "[crypto]") {
    std::string const mebibyte(1 << 20, '\0');
    CHECK(length_words(mebibyte, 511) == words{0, 511U << 23});
    CHECK(length_words(mebibyte, 512) == words{1, 0});
    CHECK(length_words(mebibyte, 4096) == words{8, 0});
    CHECK(length_words(mebibyte, 10'000) == words{19, 0x88000000});  // 10 000 * 2^23
    acs::block_hash<last_words> h;
    for (int i = 0; i < 4096; ++i) h.update(mebibyte);
    h.update("abc");
    auto const d = h.finish();
    CHECK(std::string(d.begin(), d.end()) == std::string("\0\0\0\x08\0\0\0\x18", 8));
}

TEST_CASE("Whole blocks are hashed where they are, in one call", "[crypto]") {
    std::string const text(64 * 5 + 10, 'x');
    calls.clear();
    acs::block_hash<notes> h;
    h.update(text);
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].blocks == text.data());
    CHECK(calls[0].count == 5);

    h.update(text);  // fills the ten bytes up to a block with 54 of its own
    REQUIRE(calls.size() == 3);
    CHECK(calls[1].count == 1);
    CHECK(calls[2].blocks == text.data() + 54);
    CHECK(calls[2].count == 4);
}

TEST_CASE("Empty updates change nothing, views of nothing included", "[crypto]") {
    for (std::size_t const size : {0U, 1U, 63U, 64U, 65U}) {
        std::string const text(size, 'x');
        hashed.clear();
        acs::block_hash<notes> h;
        h.update({});
        h.update(text);
        h.update("");
        h.update({});
        static_cast<void>(h.finish());
        CHECK(hashed == padded(text));
    }
}

TEST_CASE("The digest is the state in big-endian order", "[crypto]") {
    acs::block_hash<notes> h;
    auto const d = h.finish();
    CHECK(std::string(d.begin(), d.end()) == "\x01\x02\x03\x04\xFF\xFE\xFD\xFC");
}

TEST_CASE("The state is no larger than it says", "[crypto]") {
    STATIC_REQUIRE(sizeof(acs::block_hash<notes>) == 64 + 8 + 4 * 2);
    STATIC_REQUIRE(acs::block_hash<notes>::digest_size == 8);
    STATIC_REQUIRE(acs::block_hash<notes>::block_size == 64);
}

TEST_CASE("What ends behind a block hashes that block, the digest and their padding, whatever the digest's size", "[crypto]") {
    hashed.clear();
    std::string const key(64, 'k');
    acs::block_hash<notes> inner, outer;
    outer.update(key);
    inner.update("text");
    static_cast<void>(inner.finish_behind(outer));
    CHECK(hashed == key + padded("text") + padded(key + std::string("\x01\x02\x03\x04\xFF\xFE\xFD\xFC")).substr(64));

    auto const same = []<class H>(H) {
        for (std::size_t size = 0; size <= 130; ++size) {
            H one, two;
            two.update(std::string(64, 'o'));
            H const before = two;
            one.update(std::string(size, 'i'));
            H copy = one;
            auto const digest = copy.finish();
            two.update(std::string_view(reinterpret_cast<char const*>(digest.data()), digest.size()));
            REQUIRE(one.finish_behind(before) == two.finish());
        }
    };
    same(acs::block_hash<acs::sha1_compression>());
    same(acs::block_hash<acs::sha256_compression>());
    same(acs::block_hash<acs::sm3_compression>());
}

TEST_CASE("A last piece that is padded where it lies gives the same digest, and writes nothing beyond its room", "[crypto]") {
    auto const same = []<class H>(H) {
        std::string const text(400, 't');
        for (std::size_t before = 0; before <= 128; before += 64)
            for (std::size_t size = 0; size <= 260; ++size) {
                std::string room = text.substr(0, size) + std::string(H::padding_room + 1, '!');
                H one, two, outer;
                one.update(std::string_view(text).substr(0, before));
                two.update(std::string_view(text).substr(0, before + size));
                outer.update(text.substr(0, 64));
                H other = one, plain = two;
                std::string again = room;
                REQUIRE(one.finish(room.data(), size) == two.finish());
                REQUIRE(room.back() == '!');
                REQUIRE(other.finish_behind(outer, again.data(), size) == plain.finish_behind(outer));
            }
    };
    same(acs::block_hash<acs::sha1_compression>());
    same(acs::block_hash<acs::sha256_compression>());
    same(acs::block_hash<acs::sm3_compression>());
}

}  // namespace test_crypto_block_hash
