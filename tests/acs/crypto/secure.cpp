// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/secure.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/residue.hpp"

namespace test_crypto_secure {

namespace {

template <class T>
concept wipes = requires(T memory) { acs::wipe(memory); };
static_assert(wipes<std::span<char>> && wipes<std::span<std::uint8_t, 4>> && wipes<std::span<std::byte>>);
static_assert(!wipes<std::span<char const>>, "what is const is not wiped");
static_assert(!wipes<std::span<int>>, "bytes only");

struct key_state {
    std::array<std::uint32_t, 5> words{1, 2, 3, 4, 5};
    std::uint64_t length{7};
    friend constexpr bool operator==(key_state const&, key_state const&) = default;
};

struct owner {
    std::string text{};
};
template <class T>
concept wipes_object = requires(T& object) { acs::wipe_object(object); };
static_assert(wipes_object<key_state> && !wipes_object<owner>, "what owns memory cannot be wiped as bytes");

constexpr bool wiped_in_constants() {
    std::array<char, 5> text{'s', 'e', 'c', 'r', 't'};
    acs::wipe(std::span(text).first(3));
    if (std::string_view(text.data(), text.size()) != std::string_view("\0\0\0rt", 5)) return false;
    key_state state{{9, 9, 9, 9, 9}, 9};
    acs::wipe_object(state);
    return state == key_state{};
}
static_assert(wiped_in_constants());

static_assert(acs::equal_constant_time("abc", "abc") && !acs::equal_constant_time("abc", "abd"));
static_assert(acs::equal_constant_time("", "") && !acs::equal_constant_time("", "a") && !acs::equal_constant_time("ab", "a"));

constexpr std::string_view secret = "The key that nobody may find afterwards";

/// A secret in a local that nobody reads any more: a compiler leaves out a plain fill. Without ASan, which may keep locals elsewhere.
template <bool Wipe>
[[gnu::noinline, gnu::no_sanitize_address]] void leave_text() {
    std::array<char, 64> text{};
    for (std::size_t i = 0; i < secret.size(); ++i) text[i] = secret[i];
    acs_tests::look_at(text.data());
    if constexpr (Wipe) acs::wipe(std::span(text));
}

struct text_holder {
    std::array<char, 64> text{};
};

template <bool Wipe>
[[gnu::noinline, gnu::no_sanitize_address]] void leave_object() {
    text_holder held;
    for (std::size_t i = 0; i < secret.size(); ++i) held.text[i] = secret[i];
    acs_tests::look_at(held.text.data());
    if constexpr (Wipe) acs::wipe_object(held);
}

}  // namespace

TEST_CASE("An object of any size is wiped as bytes, and nothing beside it", "[crypto]") {
    std::array<char, 400> memory;
    for (std::size_t size = 0; size <= 300; ++size) {
        memory.fill('x');
        acs::wipe_bytes(memory.data() + 50, size);
        std::string const expected = std::string(50, 'x') + std::string(size, '\0') + std::string(350 - size, 'x');
        CHECK(std::string_view(memory.data(), memory.size()) == expected);
    }
}

TEST_CASE("wipe zeroes every byte of the memory and none beside it", "[crypto]") {
    for (std::size_t size = 0; size <= 70; ++size)
        for (std::size_t const at : {0U, 1U, 3U, 8U}) {
            std::string memory(at + size + 9, '#');
            acs::wipe(std::span(memory.data() + at, size));
            std::string expected = memory;
            expected.replace(at, size, size, '\0');
            REQUIRE(memory == expected);
            REQUIRE(memory == std::string(at, '#') + std::string(size, '\0') + std::string(9, '#'));
        }
    acs::wipe(std::span<char>());
}

TEST_CASE("wipe takes every type of byte", "[crypto]") {
    std::array<std::uint8_t, 3> octets{1, 2, 255};
    std::array<std::byte, 3> bytes{std::byte{1}, std::byte{2}, std::byte{255}};
    acs::wipe(std::span(octets));
    acs::wipe(std::span(bytes));
    CHECK(octets == std::array<std::uint8_t, 3>{});
    CHECK(bytes == std::array<std::byte, 3>{});
}

TEST_CASE("wipe_object puts the default value back", "[crypto]") {
    key_state state{{9, 9, 9, 9, 9}, 9};
    acs::wipe_object(state);
    CHECK(state == key_state{});
}

TEST_CASE("Memory that is wiped and never read again holds nothing of the secret", "[crypto]") {
    acs_tests::residue where;
    where.run(leave_text<false>);
    CHECK(where.holds(secret));  // or the search would prove nothing
    where.run(leave_text<true>);
    CHECK_FALSE(where.holds(secret.substr(0, 8)));

    where.run(leave_object<false>);
    CHECK(where.holds(secret));
    where.run(leave_object<true>);
    CHECK_FALSE(where.holds(secret.substr(0, 8)));
}

TEST_CASE("equal_constant_time is equality, for every two bytes and every place", "[crypto]") {
    bool right = true;
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) {
            char const x = static_cast<char>(a), y = static_cast<char>(b);
            std::uint8_t const u = static_cast<std::uint8_t>(a), v = static_cast<std::uint8_t>(b);
            right = right && acs::equal_constant_time(std::string_view(&x, 1), std::string_view(&y, 1)) == (a == b);
            right = right && acs::equal_constant_time(std::span(&u, 1), std::span(&v, 1)) == (a == b);
        }
    CHECK(right);

    std::string const text = "0123456789abcdef0123456789abcdef";
    for (std::size_t i = 0; i < text.size(); ++i)
        for (int bit = 0; bit < 8; ++bit) {
            std::string other = text;
            other[i] = static_cast<char>(other[i] ^ 1 << bit);
            CHECK_FALSE(acs::equal_constant_time(text, other));
        }
    // Two differences that would cancel out if they were added or xored.
    CHECK_FALSE(acs::equal_constant_time("ab", "ba"));
    CHECK_FALSE(acs::equal_constant_time(std::string_view("\x01\x01", 2), std::string_view("\x02\x02", 2)));
}

TEST_CASE("equal_constant_time compares texts of one size only", "[crypto]") {
    std::string const zeros(40, '\0');
    for (std::size_t a = 0; a <= zeros.size(); ++a)
        for (std::size_t b = 0; b <= zeros.size(); ++b)
            CHECK(acs::equal_constant_time(std::string_view(zeros).substr(0, a), std::string_view(zeros).substr(0, b)) == (a == b));
    CHECK(acs::equal_constant_time(std::string_view(), std::string_view()));
    CHECK(acs::equal_constant_time(std::span<std::uint8_t const>(), std::span<std::uint8_t const>()));
}

}  // namespace test_crypto_secure
