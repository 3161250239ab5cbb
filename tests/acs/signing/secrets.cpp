// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What is left of a secret when its owners are gone: of its text, of what HMAC makes of it, and of the states that a key is kept as, which
// are as good as the secret to whoever finds them.
#include <acs/exchange/exchange.hpp>
#include <acs/exchange/provided_signer.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/kept_credentials.hpp>
#include <acs/signing/repeat.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>
#include <dataworks.hpp>
#include <sts.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/effort.hpp"
#include "support/residue.hpp"

namespace test_signing_secrets {

namespace {

using query = dataworks::query_di_sync_task_config_process_result;

constexpr std::string_view secret = "A secret of forty bytes, as keys have it";
constexpr acs::endpoint host{.host = "dataworks.cn-hangzhou.aliyuncs.com"};
constexpr query ask{.project_id = 10000, .task_type = "DI_REALTIME", .async_process_id = 10};

// The caller's, off the stack that is searched.
acs::request_buffer<> memory;
std::array<char, 1024> body;
std::string_view held_secret = secret;  // not a constant, or the compiler would do all the work

acs::credentials key() {
    asm volatile("" : "+m"(held_secret));
    return {"testid", held_secret, "a token that is sent with every request"};
}

acs::moment at(int second) {
    acs::moment now{.wall = {1'698'315'752 + second}, .now = {static_cast<std::uint64_t>(second) * 1000}};
    now.random[0] = static_cast<std::uint8_t>(second);
    return now;
}

std::span<char> put(std::string_view text) {
    std::copy_n(text.data(), text.size(), body.data());
    return std::span(body).first(text.size());
}

// Each owner has its life in one of these.
template <class Signer>
[[gnu::noinline]] void sign_once() {
    Signer const signer(key());
    auto const made = acs::prepare(ask, host, signer, at(0), memory);
    acs_tests::look_at(&made);
}

template <class Signer>
[[gnu::noinline]] void only_make() {
    Signer const signer(key());
    acs_tests::look_at(&signer);
}

template <class Signer>
[[gnu::noinline]] void copy_and_assign() {
    Signer signer(key());
    Signer other = signer;
    acs_tests::look_at(&other);
    signer = other;
    acs_tests::look_at(&signer);
}

/// From the credentials themselves, which make a signer for one call.
[[gnu::noinline]] void prepare_by_credentials() {
    auto const made = acs::prepare(ask, host, key(), at(0), memory);
    acs_tests::look_at(&made);
}

[[gnu::noinline]] void sign_again() {
    acs::acs3_hmac_sha256 const signer(key());
    auto const made = acs::prepare(ask, host, signer, at(0), memory);
    if (!made) return;
    acs::acs3_repeat again(signer, *made, memory.text);
    for (int i = 1; i < 4; ++i) acs_tests::look_at(again.next(at(i))->target.data());
}

[[gnu::noinline]] void carry_an_exchange() {
    acs::acs3_hmac_sha256 const signer(key());
    acs::exchange call{ask, host, signer, memory};
    acs::step s = call.start(at(0));
    for (int i = 1; i < 9 && !call.is_over(); ++i) {
        acs::moment now = at(i);
        if (s.what == acs::action::wait)
            now.now = s.until, s = call.on_tick(now);
        else if (i < 3)
            s = call.on_reply({503, {}, put(R"({"Code":"ServiceUnavailable","RequestId":"r-1","Message":"later"})")}, now);
        else
            s = call.on_reply({200, {}, put(R"({"RequestId":"r-2","Success":true,"Data":{"Status":"success"}})")}, now);
    }
    acs_tests::look_at(&call);
}

/// A secret that comes in an answer, with an escape in it, so that it is rewritten in its place.
[[gnu::noinline]] void assume_a_role() {
    acs::acs3_hmac_sha256 const source(acs::credentials{"testid", "another secret"});
    sts::assume_role const how{.role_arn = "acs:ram::1:role/r", .role_session_name = "night"};
    sts::assumed_role role(how, sts::endpoint(), source, memory);
    auto refresh = role.refresh();
    static_cast<void>(refresh.start(at(0)));
    std::span<char> const text = put(R"({"Credentials":{"AccessKeyId":"S","SecurityToken":"t/u","Expiration":"2023-10-26T12:00:00Z",)"
                                     R"("AccessKeySecret":"\u0041 secret of forty bytes, as keys have it"}})");
    static_cast<void>(refresh.on_reply({200, {}, text}, at(1)));
    acs::provided_signer const signer(role);
    auto const made = acs::prepare(ask, host, signer, at(2), memory);
    acs_tests::look_at(&made);
}

[[gnu::noinline]] void keep_and_replace() {
    acs::kept_credentials<64> kept;
    static_cast<void>(kept.keep({"testid", key().access_key_secret, "t"}));
    acs_tests::look_at(&kept);
    static_cast<void>(kept.keep({"testid", "s", "t"}));
    acs_tests::look_at(&kept);
}

std::string xored(std::string_view text, char pad) {
    std::string other(text);
    for (char& c : other) c = static_cast<char>(c ^ pad);
    return other;
}

/// The bytes of the words that a text is loaded as.
std::string as_words(std::string text) {
    for (auto at = text.begin(); text.end() - at >= 4; at += 4) std::reverse(at, at + 4);
    return text;
}

/// What must not be found: pieces of the secret, padded as HMAC pads it, in bytes and in words; of the states of its key, two words each.
template <class Hasher>
std::vector<std::string> traces(std::string_view suffix = {}) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i + 12 <= secret.size(); i += 4) {
        std::string const part(secret.substr(i, 12));
        for (std::string const& form : {part, xored(part, 0x36), xored(part, 0x5c)}) {
            all.push_back(form);
            all.push_back(as_words(form));
        }
    }
    if (!acs_tests::optimised) return all;  // where every value has a place on the stack
    alignas(acs::hmac_key<Hasher>) std::array<char, sizeof(acs::hmac_key<Hasher>)> states{};
    {
        acs::hmac_key<Hasher> const ready(secret, suffix);
        std::memcpy(states.data(), static_cast<void const*>(&ready), states.size());
    }
    for (std::size_t const state : {std::size_t{0}, states.size() / 2})
        for (std::size_t i = 0; i + 8 <= Hasher::digest_size; i += 8) all.emplace_back(states.data() + state + i, 8);
    return all;
}

// Unoptimised and with AddressSanitizer, clang gives every value a guarded place of its own, and whole frames places off the stack.
#if defined(__clang__) && !defined(__OPTIMIZE__)
#if __has_feature(address_sanitizer)
#define ACS_TESTS_SCATTERED_FRAMES 1
#endif
#endif

void check_none(void (*function)(), std::vector<std::string> const& all) {
#if defined(ACS_TESTS_SCATTERED_FRAMES)
    return function(), static_cast<void>(all);
#endif
    acs_tests::residue where;
    where.run(function);
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO("trace " << i << " of " << all.size());
        CHECK_FALSE(where.holds(all[i]));
    }
}

template <class Signer, class Hasher>
void check_signer(std::string_view suffix = {}) {
    auto const all = traces<Hasher>(suffix);
    check_none(sign_once<Signer>, all);
    check_none(only_make<Signer>, all);
    check_none(copy_and_assign<Signer>, all);
}

}  // namespace

TEST_CASE("A signer that is gone has left nothing of its secret on the stack", "[signing]") {
    SECTION("ACS3-HMAC-SHA256") { check_signer<acs::acs3_hmac_sha256, acs::sha256>(); }
    SECTION("ACS3-HMAC-SM3") { check_signer<acs::acs3_hmac_sm3, acs::sm3>(); }
    SECTION("RPC 1.0") { check_signer<acs::rpc_hmac_sha1, acs::sha1>("&"); }
    SECTION("ROA 1.0") { check_signer<acs::roa_hmac_sha1, acs::sha1>(); }
}

TEST_CASE("Whoever signs on behalf leaves nothing of the secret on the stack", "[signing]") {
    auto const all = traces<acs::sha256>();
    SECTION("credentials") { check_none(prepare_by_credentials, all); }
    SECTION("a request that is repeated") { check_none(sign_again, all); }
    SECTION("an exchange with attempts") { check_none(carry_an_exchange, all); }
    // Unoptimised, each word of an answer that was looked at has a place on the stack, and it is chance whether signing overwrites it.
    SECTION("a role that was assumed, by way of its provider") {
        if (acs_tests::optimised) check_none(assume_a_role, all);
    }
    SECTION("credentials that are kept") { check_none(keep_and_replace, all); }
}

}  // namespace test_signing_secrets
