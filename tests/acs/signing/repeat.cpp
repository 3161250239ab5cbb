// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/repeat.hpp>

#include <acs/operation/prepare.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/unsigned.hpp>

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

namespace test_signing_repeat {

namespace {

constexpr acs::credentials test_key{"testid", "testsecret"};
constexpr std::array params{acs::param{"ProjectId", "10000"}, acs::param{"Name", "a b"}};
constexpr acs::call poll{"Query", "2020-05-18", params};

constexpr acs::moment moment_at(std::int64_t seconds, std::uint8_t seed) {
    acs::moment now{.wall = {seconds}};
    for (std::size_t i = 0; i < now.random.size(); ++i) now.random[i] = static_cast<std::uint8_t>(seed * 31 + i * 7);
    return now;
}

constexpr bool same(acs::request const& a, acs::request const& b) {
    bool all = a.target == b.target && a.host == b.host && a.verb == b.verb && a.fields.size() == b.fields.size();
    for (std::size_t i = 0; all && i < a.fields.size(); ++i)
        all = a.fields[i].name == b.fields[i].name && a.fields[i].value == b.fields[i].value;
    return all;
}

template <class Signer, std::size_t Room = 768>
constexpr bool repeats(Signer const& signer, acs::endpoint const& to, std::size_t times, acs::prepare_options const& options = {}) {
    acs::request_buffer<> memory, fresh_memory;
    auto const made = acs::prepare(poll, to, signer, moment_at(0, 0), memory, options);
    acs::acs3_repeat again(signer, *made, memory.text);
    if (!again) return false;
    for (std::size_t i = 0; i < times; ++i) {
        // Within a day, across days, and back again.
        auto const seconds = static_cast<std::int64_t>(i % 3 == 0 ? i : i % 3 == 1 ? i * 40'000 : i * 40'000'000);
        acs::moment const now = moment_at(seconds, static_cast<std::uint8_t>(i));
        auto const next = again.next(now);
        auto const fresh = acs::prepare(poll, to, signer, now, fresh_memory, options);
        if (!next || !fresh || !same(*next, *fresh)) return false;
    }
    return true;
}

static_assert(repeats(acs::acs3_hmac_sha256(test_key), {.host = "h"}, 2));

/// Says yes, and then no.
struct tired_mac {
    using hasher = acs::sha256;
    static constexpr std::string_view algorithm = "ACS3-TIRED";
    static constexpr std::size_t max_size = 32;
    int* left;
    std::size_t size() const noexcept { return 32; }
    bool mac(std::string_view, std::span<std::uint8_t> out) const noexcept {
        for (std::uint8_t& byte : out) byte = 7;
        return (*left)-- > 0;
    }
};

}  // namespace

TEST_CASE("a repeated request is the one that preparing anew makes, wherever the date stands", "[signing]") {
    acs::acs3_hmac_sha256 const sha256(test_key);
    acs::acs3_hmac_sm3 const sm3(test_key);
    for (std::size_t size = 1; size <= 140; ++size) {
        std::string const host(size, 'h');
        INFO("host of " << size);
        REQUIRE(repeats(sha256, {.host = host}, 7));
        REQUIRE(repeats(sm3, {.host = host}, 3));
    }
}

TEST_CASE("a repeated request keeps session tokens and the caller's headers", "[signing]") {
    constexpr std::array extra{acs::field{"X-Acs-Zone", " z "}, acs::field{"x-trace", "1"}};
    for (std::size_t const size : {1U, 60U, 300U}) {
        std::string const token(size, 't');
        acs::acs3_hmac_sha256 const session({"id", "secret", token});
        INFO("token of " << size);
        CHECK(repeats(session, {.host = "dataworks.cn-hangzhou.aliyuncs.com"}, 9, {.fields = extra}));
    }
}

TEST_CASE("dates of every kind follow one another", "[signing]") {
    acs::acs3_hmac_sha256 const signer(test_key);
    acs::request_buffer<> memory, fresh_memory;
    auto const made = acs::prepare(poll, {.host = "h"}, signer, moment_at(0, 0), memory);
    acs::acs3_repeat again(signer, *made, memory.text);
    REQUIRE(again);
    std::mt19937_64 random(7);
    std::int64_t seconds = 1'700'000'000;
    for (int i = 0; i < 2'000; ++i) {
        seconds = i % 4 == 0 ? static_cast<std::int64_t>(random() % 253'402'300'800)
                             : (seconds + static_cast<std::int64_t>(random() % 50'000)) % 253'402'300'800;
        acs::moment const now = moment_at(seconds, static_cast<std::uint8_t>(i));
        auto const next = again.next(now);
        auto const fresh = acs::prepare(poll, {.host = "h"}, signer, now, fresh_memory);
        REQUIRE(next);
        REQUIRE(same(*next, *fresh));
    }
}

TEST_CASE("what can't be repeated says so", "[signing]") {
    acs::acs3_hmac_sha256 const signer(test_key);
    acs::request_buffer<> memory, other;
    auto const made = acs::prepare(poll, {.host = "h"}, signer, moment_at(0, 0), memory);
    REQUIRE(made);
    CHECK(!!acs::acs3_repeat(signer, *made, memory.text));
    CHECK_FALSE(acs::acs3_repeat(signer, *made, other.text));
    CHECK_FALSE(acs::acs3_repeat(signer, *made, {}));
    CHECK_FALSE(acs::acs3_repeat<acs::hmac_mac<acs::sha256>, 100>(signer, *made, memory.text));

    // Date and signature stand in that memory, but no nonce that could be changed.
    std::array<acs::field, 16> copies{};
    acs::request elsewhere = *made;
    std::copy(made->fields.begin(), made->fields.end(), copies.begin());
    elsewhere.fields = std::span(copies).first(made->fields.size());
    CHECK(!!acs::acs3_repeat(signer, elsewhere, memory.text));
    std::string const nonce(acs::find_field(made->fields, "x-acs-signature-nonce"));
    for (acs::field& f : copies)
        if (f.name == "x-acs-signature-nonce") f.value = nonce;
    CHECK_FALSE(acs::acs3_repeat(signer, elsewhere, memory.text));

    auto const unsigned_one = acs::prepare(poll, {.host = "h"}, acs::nobody{}, moment_at(0, 0), memory);
    REQUIRE(unsigned_one);
    CHECK_FALSE(acs::acs3_repeat(signer, *unsigned_one, memory.text));

    std::string const token(900, 't');
    acs::acs3_hmac_sha256 const session({"id", "secret", token});
    auto const long_one = acs::prepare(poll, {.host = "h"}, session, moment_at(0, 0), memory);
    REQUIRE(long_one);
    CHECK_FALSE(acs::acs3_repeat(session, *long_one, memory.text));
    CHECK(!!acs::acs3_repeat<acs::hmac_mac<acs::sha256>, 2048>(session, *long_one, memory.text));
}

TEST_CASE("a time that can't be written, and a key that fails, leave the request as it was", "[signing]") {
    acs::request_buffer<> memory;
    int left = 2;
    acs::acs3<tired_mac> const signer("id", tired_mac{&left});
    auto const made = acs::prepare(poll, {.host = "h"}, signer, moment_at(5, 1), memory);
    REQUIRE(made);
    acs::acs3_repeat again(signer, *made, memory.text);
    REQUIRE(again);
    CHECK(again.next(moment_at(-1, 2)).error().code == acs::errc::invalid_time);
    CHECK(acs::find_field(made->fields, "x-acs-date") == "1970-01-01T00:00:05Z");
    REQUIRE(again.next(moment_at(6, 2)));
    std::string const before(acs::find_field(made->fields, "x-acs-signature-nonce"));
    auto const failed = again.next(moment_at(7, 2));
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == acs::errc::signing_failed);
    CHECK(failed.error().where == "ACS3-TIRED");
    CHECK(acs::find_field(made->fields, "x-acs-date") == "1970-01-01T00:00:06Z");
    CHECK(acs::find_field(made->fields, "x-acs-signature-nonce") == before);
}

TEST_CASE("repeating allocates nothing", "[signing]") {
    acs::acs3_hmac_sha256 const signer(test_key);
    acs::request_buffer<> memory;
    acs_tests::no_allocations none;
    auto const made = acs::prepare(poll, {.host = "h"}, signer, moment_at(0, 0), memory);
    acs::acs3_repeat again(signer, *made, memory.text);
    bool const ok = again && again.next(moment_at(1, 1));
    none.check();
    CHECK(ok);
}

}  // namespace test_signing_repeat
