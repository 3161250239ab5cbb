// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/mac.hpp>

#include <acs/core/bounded_text.hpp>
#include <acs/encoding/hex.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "support/catch.hpp"

namespace test_signing_mac {

namespace {

template <class Mac>
constexpr bool makes(std::string_view key, std::string_view text, std::string_view hex) {
    Mac const kept(key);
    std::array<std::uint8_t, Mac::max_size> code{};
    for (int again = 0; again < 2; ++again) {  // a kept key signs any number of texts
        if (kept.size() != code.size() || !kept.mac(text, code)) return false;
        acs::bounded_text<2 * Mac::max_size> out;
        acs::hex_encode(code, out);
        if (!(out == hex)) return false;
    }
    return true;
}

// RFC 4231, case 2.
static_assert(makes<acs::hmac_mac<acs::sha256>>("Jefe", "what do ya want for nothing?",
                                                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
// Python's hmac module with OpenSSL's SM3.
static_assert(makes<acs::hmac_mac<acs::sm3>>("Jefe", "what do ya want for nothing?",
                                             "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882"));

struct complete {
    using hasher = acs::sha256;
    static constexpr std::string_view algorithm = "ACS3-TEST";
    static constexpr std::size_t max_size = 4;
    std::size_t size() const noexcept { return 4; }
    bool mac(std::string_view, std::span<std::uint8_t>) const noexcept { return true; }
};
struct no_hasher : complete {
    using hasher = int;
};
struct no_algorithm : complete {
    static constexpr int algorithm = 0;
};
struct may_throw : complete {
    bool mac(std::string_view, std::span<std::uint8_t>) const { return true; }
};
struct no_size : complete {
    void size() const noexcept {}
};
struct not_constant : complete {
    static inline std::size_t max_size = 4;
};

}  // namespace

TEST_CASE("a mac is a hasher, a name, sizes and a function that does not throw", "[signing]") {
    static_assert(acs::mac<acs::hmac_mac<acs::sha256>> && acs::mac<acs::hmac_mac<acs::sm3>> && acs::mac<complete>);
    static_assert(acs::check_mac<complete>());
    static_assert(!acs::mac<no_hasher> && !acs::mac<no_algorithm> && !acs::mac<may_throw> && !acs::mac<no_size> && !acs::mac<not_constant>);
    static_assert(!acs::mac<acs::sha256> && !acs::mac<int>);
    SUCCEED();
}

TEST_CASE("the names of the methods", "[signing]") {
    CHECK(acs::hmac_mac<acs::sha256>::algorithm == "ACS3-HMAC-SHA256");
    CHECK(acs::hmac_mac<acs::sm3>::algorithm == "ACS3-HMAC-SM3");
}

}  // namespace test_signing_mac
