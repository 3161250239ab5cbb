// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "archetypes/signer.hpp"

#include <acs/core/time.hpp>
#include <acs/operation/call.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/exchange/exchange.hpp>

#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/signing.hpp"

#include <string>
#include <string_view>

namespace test_archetypes_signer {

namespace {

constexpr acs::credentials key{"id", "secret", "token"};
constexpr acs::endpoint host{.host = "h.example"};
constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
constexpr acs::call untyped{"Do", "2020-05-18"};

template <class Op, class Who>
std::string authorization(Op const& op, Who const& who) {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(op, host, who, acs_tests::vector_moment, memory);
    REQUIRE(made);
    std::string const text(acs::find_field(made->fields, "authorization"));
    CHECK(text.size() > 64);
    return text;
}

/// An exchange with a signer, and another one after its credentials were refused.
template <class Signer, class Op>
std::string exchanged(Op const& op) {
    Signer const first(key), second(key);
    acs::request_buffer<> memory;
    acs::exchange<Op, Signer> call(op, host, first, memory);
    CHECK(call.start(acs_tests::vector_moment).what == acs::action::send);
    std::string text(acs::find_field(call.request().fields, "authorization"));
    std::string body = R"({"Code":"InvalidSecurityToken.Expired","Message":"m"})";
    CHECK(call.on_reply({400, {}, body}, acs_tests::vector_moment).what == acs::action::refresh);
    CHECK(call.on_credentials(second, acs_tests::vector_moment).what == acs::action::send);
    return text + " " + std::string(acs::find_field(call.request().fields, "authorization"));
}

}  // namespace

TEST_CASE("prepare, measure and exchange need no more than the signer concept", "[archetypes]") {
    acs_tests::signer_archetype const who(key);
    acs::acs3_hmac_sha256 const ours(key);
    CHECK(authorization(list, who) == authorization(list, ours));
    CHECK(authorization(untyped, who) == authorization(untyped, ours));
    acs::request_buffer<> memory;
    CHECK(*acs::measure(list, host, who, memory) == *acs::measure(list, host, ours, memory));
    CHECK(exchanged<acs_tests::signer_archetype>(list) == exchanged<acs::acs3_hmac_sha256>(list));
    CHECK(exchanged<acs_tests::signer_archetype>(untyped) == exchanged<acs::acs3_hmac_sha256>(untyped));
}

TEST_CASE("ACS3 needs no more than the mac concept", "[archetypes]") {
    acs::acs3<acs_tests::mac_archetype> const kept("id", acs_tests::mac_archetype("secret"), "token");
    acs::acs3<acs_tests::mac_archetype> const made(key);
    std::string const expected = authorization(list, acs::acs3_hmac_sha256(key));
    CHECK(authorization(list, kept) == expected);
    CHECK(authorization(list, made) == expected);
    acs::signed_parts const parts{"POST", "/", {}, {}, "hash"};
    CHECK(acs::sign(kept, parts).view() == acs::sign(acs::acs3_hmac_sha256(key), parts).view());
}

}  // namespace test_archetypes_signer
