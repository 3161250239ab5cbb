// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/client_token.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "support/signing.hpp"

namespace test_exchange_client_token {

using acs::client_token;

namespace {

// The nonce 3156853299f313e23d1673dc12e1703d, every bit of it turned over.
constexpr std::string_view text = "cea97acd660cec1dc2e98c23ed1e8fc2";
static_assert(client_token(acs_tests::vector_moment).view() == text);
static_assert(client_token().view().empty());
static_assert(client_token::parse(text).view() == text);
static_assert(client_token::parse("").view().empty());
static_assert(sizeof(client_token) == 32);

}  // namespace

TEST_CASE("a client token is at most 64 ASCII characters, and never the nonce of its moment", "[exchange]") {
    std::set<std::string> tokens;
    for (int byte = 0; byte < 256; ++byte) {
        acs::moment now{};
        now.random.fill(static_cast<std::uint8_t>(byte));
        client_token const token(now);
        std::string nonce;
        for (int i = 0; i < 16; ++i) {
            char const* const digits = "0123456789abcdef";
            nonce += digits[byte / 16];
            nonce += digits[byte % 16];
        }
        CHECK(token.view().size() == 32);
        CHECK(token.view() != nonce);
        CHECK(token.view().find_first_not_of("0123456789abcdef") == std::string_view::npos);
        tokens.emplace(token.view());
    }
    CHECK(tokens.size() == 256);
}

TEST_CASE("a client token that was written down comes back, and nothing else does", "[exchange]") {
    for (int byte = 0; byte < 256; ++byte)
        for (std::size_t at : {0U, 15U, 31U}) {
            std::string changed(text);
            changed[at] = static_cast<char>(byte);
            bool const is_hex = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
            INFO(byte << " at " << at);
            CHECK(client_token::parse(changed).view() == (is_hex ? changed : ""));
        }
    for (std::size_t size = 0; size < 40; ++size) {
        std::string const other(size, 'a');
        CHECK(client_token::parse(other).view().size() == (size == 32 ? 32 : 0));
    }
}

TEST_CASE("a copy of a client token has a text of its own", "[exchange]") {
    client_token copy;
    {
        client_token const first(acs_tests::vector_moment);
        copy = first;
        CHECK(copy.view().data() != first.view().data());
    }
    CHECK(copy.view() == text);
}

}  // namespace test_exchange_client_token
