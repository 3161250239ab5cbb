// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/hmac.hpp>

#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "support/hash_checks.hpp"
#include "support/residue.hpp"

namespace test_crypto_hmac {

namespace {

using acs_tests::hex;

constexpr std::string_view question = "what do ya want for nothing?";

// RFC 2202 and RFC 4231, test case 2, at compile time; so are a kept key, copies and keys longer than a block.
static_assert(acs_tests::is_hex(acs::hmac_digest<acs::sha1>("Jefe", question), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));
static_assert(acs_tests::is_hex(acs::hmac_digest<acs::sha256>("Jefe", question),
                                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));

constexpr bool kept_in_constants() {
    acs::hmac_key<acs::sha1> const key("Je", "fe");
    acs::hmac_key<acs::sha1> const copied = key;
    acs::hmac<acs::sha1> a(key);
    a.update("what do ya want ");
    acs::hmac<acs::sha1> b = a;
    acs::hmac<acs::sha1> c(copied);
    c = b;
    a.update("else");
    b.update("for nothing?");
    c.update("for nothing?");
    auto const code = b.finish();
    return code == c.finish() && acs_tests::is_hex(code, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}
static_assert(kept_in_constants());

template <class H>
concept from_temporary_key = requires { acs::hmac<H>(acs::hmac_key<H>("k")); };
static_assert(!from_temporary_key<acs::sha1>, "the key has to outlive the code");
static_assert(!std::is_convertible_v<std::string_view, acs::hmac_key<acs::sha1>>);
static_assert(acs::has_update<acs::hmac<acs::sha256>>, "canonical text is written straight into it");
static_assert(std::is_nothrow_copy_constructible_v<acs::hmac_key<acs::sm3>> && std::is_nothrow_copy_assignable_v<acs::hmac<acs::sm3>>);

struct vector {
    std::string key;
    std::string text;
    std::string_view code;
};

std::string counted(int from, int to) {
    std::string text;
    for (int i = from; i <= to; ++i) text += static_cast<char>(i);
    return text;
}

template <class H>
void check_vectors(std::initializer_list<vector> vectors) {
    for (vector const& v : vectors) {
        INFO(v.code);
        CHECK(hex(acs::hmac_digest<H>(v.key, v.text)).substr(0, v.code.size()) == v.code);
        acs::hmac_key<H> const key(v.key);
        for (int i = 0; i < 2; ++i) {
            acs::hmac<H> code(key);
            for (char const c : v.text) code.update({&c, 1});
            CHECK(hex(code.finish()).substr(0, v.code.size()) == v.code);
        }
    }
}

template <class H>
void check_against_openssl(EVP_MD const* reference) {
    using digest = typename H::digest;
    std::mt19937_64 random(7);
    for (std::size_t key_size = 0; key_size <= 200; ++key_size) {
        std::string const key = acs_tests::random_text(random, key_size);
        acs::hmac_key<H> const ready(key);
        INFO("key of " << key_size);
        for (std::size_t const size : {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, random() % 512}) {
            std::string const text = acs_tests::random_text(random, size);
            digest const expected = acs_tests::evp_hmac<digest>(reference, key, text);
            REQUIRE(acs::hmac_digest<H>(key, text) == expected);
            acs::hmac<H> code(ready);
            acs_tests::update_in_pieces(code, text, random);
            REQUIRE(code.finish() == expected);
        }
        // The key in two pieces, as signatures of old want it.
        digest const expected = acs_tests::evp_hmac<digest>(reference, key, "text");
        for (std::size_t split = 0; split <= key_size; ++split) {
            acs::hmac_key<H> const pieces(std::string_view(key).substr(0, split), std::string_view(key).substr(split));
            acs::hmac<H> code(pieces);
            code.update("text");
            REQUIRE(code.finish() == expected);
        }
    }
    std::string const key = "testsecret&";
    acs::hmac_key<H> const ready(key);
    for (std::size_t size = 0; size <= 512; ++size) {
        std::string const text = acs_tests::random_text(random, size);
        acs::hmac<H> code(ready);
        code.update(text);
        REQUIRE(code.finish() == acs_tests::evp_hmac<digest>(reference, key, text));
    }
}

/// An object that lives in memory which outlives it.
template <class T>
class watched {
public:
    template <class... Args>
    explicit watched(Args const&... args) {
        ::new (static_cast<void*>(memory_)) T(args...);
    }
    [[nodiscard]] T& object() { return *std::launder(reinterpret_cast<T*>(memory_)); }
    void end() {
        std::destroy_at(&object());
        acs_tests::look_at(memory_);
    }
    /// The plain object that the `index`th of the last `count` members of this type is, whatever became of it.
    template <class Member>
    [[nodiscard]] Member last(std::size_t index, std::size_t count) const {
        Member member;
        std::memcpy(static_cast<void*>(&member), memory_ + sizeof(T) - (count - index) * sizeof(Member), sizeof(Member));
        return member;
    }

    /// Whether nothing but zeros stands in its place.
    template <class Member>
    [[nodiscard]] bool is_blank(std::size_t index, std::size_t count) const {
        unsigned char const* const begin = memory_ + sizeof(T) - (count - index) * sizeof(Member);
        return std::all_of(begin, begin + sizeof(Member), [](unsigned char byte) { return byte == 0; });
    }

private:
    alignas(T) unsigned char memory_[sizeof(T)]{};
};

template <class H>
void check_wiped() {
    typename H::digest const fresh = acs::hash<H>("");
    static_assert(sizeof(acs::hmac_key<H>) == 2 * sizeof(H));

    watched<acs::hmac_key<H>> key(std::string_view("a secret"));
    CHECK(key.template last<H>(0, 2).finish() != fresh);  // or the search would look at the wrong place
    CHECK(key.template last<H>(1, 2).finish() != fresh);

    watched<acs::hmac<H>> code(key.object());
    code.object().update("text that came before");
    CHECK(code.template last<H>(0, 1).finish() != fresh);
    watched<acs::hmac<H>> finished(key.object());
    static_cast<void>(finished.object().finish());

    code.end();
    finished.end();
    CHECK(code.template is_blank<H>(0, 1));
    CHECK(finished.template is_blank<H>(0, 1));
    key.end();
    CHECK(key.template is_blank<H>(0, 2));
    CHECK(key.template is_blank<H>(1, 2));
}

constexpr std::string_view secret = "A secret of forty bytes, as keys have it";

/// What HMAC makes of the key: each byte xored with `pad` (RFC 2104, 2).
std::string xored(std::string_view text, char pad) {
    std::string other(text);
    for (char& c : other) c = static_cast<char>(c ^ pad);
    return other;
}

template <class H>
void sign_with_secret() {
    // Not a constant, or the compiler would do all the work.
    std::string_view key = secret;
    asm volatile("" : "+m"(key));
    acs::hmac_key<H> const ready(key);
    acs::hmac<H> code(ready);
    code.update("text");
    typename H::digest const made = code.finish();
    acs_tests::look_at(made.data());
}

template <class H>
void check_residue() {
    acs_tests::residue where;
    where.run(sign_with_secret<H>);
    for (std::size_t i = 0; i + 12 <= secret.size(); ++i) {
        std::string_view const part = secret.substr(i, 12);
        INFO(part);
        CHECK_FALSE(where.holds(part));
        CHECK_FALSE(where.holds(xored(part, 0x36)));
        CHECK_FALSE(where.holds(xored(part, 0x5c)));
    }
}

}  // namespace

TEST_CASE("HMAC-SHA1 gives the codes of RFC 2202", "[crypto]") {
    check_vectors<acs::sha1>({
        {std::string(20, '\x0b'), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"},
        {"Jefe", std::string(question), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
        {std::string(20, '\xaa'), std::string(50, '\xdd'), "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
        {counted(1, 25), std::string(50, '\xcd'), "4c9007f4026250c6bc8414f9bf50c86c2d7235da"},
        {std::string(20, '\x0c'), "Test With Truncation", "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"},
        {std::string(80, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First", "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
        {std::string(80, '\xaa'), "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data",
         "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"},
    });
}

TEST_CASE("HMAC-SHA256 gives the codes of RFC 4231", "[crypto]") {
    check_vectors<acs::sha256>({
        {std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe", std::string(question), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {std::string(20, '\xaa'), std::string(50, '\xdd'), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {counted(1, 25), std::string(50, '\xcd'), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {std::string(20, '\x0c'), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"},
        {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {std::string(131, '\xaa'),
         "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being "
         "used by the HMAC algorithm.",
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    });
}

TEST_CASE("HMAC-SM3 gives the codes of GM/T 0042-2015, appendix D.3", "[crypto]") {
    std::string const letters = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    check_vectors<acs::sm3>({
        {counted(1, 32), letters + letters, "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"},
        {counted(1, 37), std::string(50, '\xcd'), "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"},
        {std::string(32, '\x0b'), "Hi There", "c0ba18c68b90c88bc07de794bfc7d2c8d19ec31ed8773bc2b390c9604e0be11e"},
        {"Jefe", std::string(question), "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882"},
    });
}

TEST_CASE("HMAC agrees with OpenSSL for keys of 0 to 200 bytes, split anywhere, and texts of any size", "[crypto]") {
    check_against_openssl<acs::sha1>(EVP_sha1());
    check_against_openssl<acs::sha256>(EVP_sha256());
    check_against_openssl<acs::sm3>(EVP_sm3());
}

TEST_CASE("HMAC works over a hasher with memory of its own and with other sizes", "[crypto]") {
    check_against_openssl<acs_tests::evp_sha256>(EVP_sha256());
    check_against_openssl<acs_tests::evp_sha512>(EVP_sha512());
}

TEST_CASE("A copy of a key works when the original is gone, and can be assigned over another", "[crypto]") {
    std::optional<acs::hmac_key<acs::sha256>> original(std::in_place, "Jefe");
    acs::hmac_key<acs::sha256> const copy = *original;
    acs::hmac_key<acs::sha256> assigned("another key");
    assigned = *original;
    original.reset();
    for (auto const* key : {&copy, std::addressof(std::as_const(assigned))}) {
        acs::hmac<acs::sha256> code(*key);
        code.update(question);
        CHECK(hex(code.finish()) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}

TEST_CASE("A copy of a code in mid-message goes its own way", "[crypto]") {
    acs::hmac_key<acs::sm3> const key("Jefe"), other_key("other");
    std::string const text(question);
    for (std::size_t at = 0; at <= text.size(); ++at) {
        acs::hmac<acs::sm3> original(key);
        original.update(std::string_view(text).substr(0, at));
        acs::hmac<acs::sm3> copy = original;
        acs::hmac<acs::sm3> assigned(other_key);
        assigned.update("something else");
        assigned = original;
        original.update("not this");
        static_cast<void>(original.finish());
        copy.update(std::string_view(text).substr(at));
        assigned.update(std::string_view(text).substr(at));
        CHECK(hex(copy.finish()) == "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
        CHECK(hex(assigned.finish()) == "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
    }
}

TEST_CASE("A kept key saves two compressions of each code", "[crypto]") {
    static std::size_t compressions;
    struct counted_compression : acs::sha1_compression {
        static void compress(state& s, char const* blocks, std::size_t count) noexcept {
            compressions += count;
            acs::sha1_compression::compress(s, blocks, count);
        }
    };
    using counted_sha1 = acs::block_hash<counted_compression>;
    compressions = 0;
    acs::hmac_key<counted_sha1> const key("Jefe");
    CHECK(compressions == 2);
    for (std::size_t i = 1; i <= 3; ++i) {
        acs::hmac<counted_sha1> code(key);
        code.update(question);
        CHECK(hex(code.finish()) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        CHECK(compressions == 2 + 2 * i);
    }
}

TEST_CASE("Key states and codes are gone from memory when their objects are", "[crypto]") {
    check_wiped<acs::sha1>();
    check_wiped<acs::sha256>();
    check_wiped<acs::sm3>();
}

TEST_CASE("Making a key and a code leaves no text of the key on the stack", "[crypto]") {
    check_residue<acs::sha1>();
    check_residue<acs::sha256>();
    check_residue<acs::sm3>();
}

TEST_CASE("HMAC allocates nothing", "[crypto]") {
    std::string const text(1000, 'x');
    acs::sha256::digest made{};
    {
        acs_tests::no_allocations const none;
        acs::hmac_key<acs::sha256> const key(text, "&");
        acs::hmac<acs::sha256> code(key);
        code.update(text);
        made = code.finish();
    }
    CHECK(made == acs_tests::evp_hmac<acs::sha256::digest>(EVP_sha256(), text + "&", text));
}

}  // namespace test_crypto_hmac
