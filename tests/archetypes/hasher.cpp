// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "archetypes/hasher.hpp"

#include <acs/core/bounded_text.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/message/body.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/mac.hpp>
#include <acs/testing/verify.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "conformance/hasher.hpp"
#include "support/signing.hpp"

namespace test_archetypes_hasher {

namespace {

using acs_tests::hasher_archetype;

/// Names the archetype as the hash of the body and of the canonical request.
struct archetype_mac {
    using hasher = hasher_archetype;
    static constexpr std::string_view algorithm = "ACS3-HMAC-SHA256";
    static constexpr std::size_t max_size = 32;

    explicit archetype_mac(std::string_view secret) : key(secret) {}
    std::size_t size() const noexcept { return key.size(); }
    bool mac(std::string_view text, std::span<std::uint8_t> out) const noexcept { return key.mac(text, out); }

    acs::hmac_mac<hasher_archetype> key;
};
static_assert(acs::constant_hasher<acs::sha256> && !acs::constant_hasher<hasher_archetype>, "ours have the hash of no body ready");
static_assert(acs::check_mac<archetype_mac>() && acs::check_mac<acs::hmac_mac<hasher_archetype>>());

constexpr std::string_view text = "a text of some size";

std::string payload_hash(std::string_view body) {
    std::string room(64, '#');
    acs_tests::draft_parts const parts{.bytes = body};
    acs::write_payload_hash<hasher_archetype>(acs_tests::draft_of(parts, {}), room);
    return room;
}

template <class Mac>
std::string wire(acs_tests::draft_parts const& parts) {
    acs::acs3<Mac> const signer(acs::credentials{"id", "secret", {}});
    std::string all;
    CHECK(acs_tests::signed_draft(signer, parts, [&](acs::draft const& d) {
        all = acs_tests::wire_of(d.target, d.fields.items());
        return true;
    }));
    return all;
}

}  // namespace

TEST_CASE("hash, hash_sink and HMAC need no more than the hasher concept", "[archetypes]") {
    CHECK(acs::hash<hasher_archetype>(text) == acs::hash<acs::sha256>(text));

    hasher_archetype h;
    acs::hash_sink<hasher_archetype> sink(h);
    sink.write(text);
    CHECK(h.finish() == acs::hash<acs::sha256>(text));

    CHECK(acs::hmac_digest<hasher_archetype>("key", text) == acs::hmac_digest<acs::sha256>("key", text));
    std::string const long_key(100, 'k');
    acs::hmac_key<hasher_archetype> const key(long_key, "&");
    acs::hmac_key<hasher_archetype> kept = key;
    kept = key;
    acs::hmac<hasher_archetype> code(kept);
    acs::hmac<hasher_archetype> copy = code;
    copy = code;
    acs::hash_sink<acs::hmac<hasher_archetype>> code_sink(copy);
    code_sink.write(text);
    CHECK(copy.finish() == acs::hmac_digest<acs::sha256>(long_key + "&", text));
}

TEST_CASE("hash_sink needs an update only", "[archetypes]") {
    std::string_view last;
    acs_tests::update_archetype target(last);
    acs::hash_sink<acs_tests::update_archetype> sink(target);
    sink.write(text);
    CHECK(last.data() == text.data());
}

TEST_CASE("ACS3 signs with any hasher, with a body and without", "[archetypes]") {
    CHECK(payload_hash({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(payload_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    acs::signed_parts const parts{"POST", "/", {}, {}, "hash"};
    acs::bounded_text<128> ours, theirs;
    acs::write_acs3_string_to_sign<hasher_archetype>("ACS3-HMAC-SHA256", parts, ours);
    acs::write_acs3_string_to_sign<acs::sha256>("ACS3-HMAC-SHA256", parts, theirs);
    CHECK(ours.view() == theirs.view());

    acs_tests::draft_parts draft;
    CHECK(wire<archetype_mac>(draft) == wire<acs::hmac_mac<acs::sha256>>(draft));
    draft.bytes = "{}";
    draft.content_type = "application/json";
    CHECK(wire<archetype_mac>(draft) == wire<acs::hmac_mac<acs::sha256>>(draft));
    acs::acs3<archetype_mac> const signer("id", archetype_mac("secret"));
    acs::acs3<acs::hmac_mac<acs::sha256>> const other("id", acs::hmac_mac<acs::sha256>("secret"));
    CHECK(acs::sign(signer, parts).view() == acs::sign(other, parts).view());
}

TEST_CASE("The gateway for tests verifies with any hasher", "[archetypes]") {
    acs::testing::received request;
    request.method = "POST";
    request.path = "/";
    acs::testing::acs3_authorization said{};
    CHECK(acs::testing::verify_acs3_with<hasher_archetype>(request, said, "secret").has_value());
}

TEST_CASE("The conformance suite needs no more than the hasher concept", "[archetypes]") {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const lines(std::tmpfile(), std::fclose);
    conformance::report out(lines.get());
    conformance::check_hasher<hasher_archetype>(conformance::sha256, out);
    CHECK(out.close());
}

}  // namespace test_archetypes_hasher
