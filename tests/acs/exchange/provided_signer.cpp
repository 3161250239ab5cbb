// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/provided_signer.hpp>

#include <acs/exchange/exchange.hpp>
#include <acs/signing/rpc.hpp>

#include <string>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_exchange_provided_signer {

namespace {

constexpr acs::credentials first{"id1", "secret1", "token1"}, second{"id2", "secret2", {}};

template <class Signer>
std::string wire(Signer const& signer) {
    std::string text;
    CHECK(acs_tests::signed_draft(signer, {}, [&](acs::draft const& d) {
        text = acs_tests::wire_of(d.target, d.fields.items());
        return true;
    }));
    return text;
}

}  // namespace

TEST_CASE("A provided signer signs with what the provider has at that time", "[exchange]") {
    acs::session_credentials kept{first, {}};
    acs::provided_signer const signer(kept);
    acs::provided_signer<acs::session_credentials, acs::rpc_hmac_sha1> const rpc(kept);
    CHECK(wire(signer) == wire(acs::acs3_hmac_sha256(first)));
    CHECK(wire(rpc) == wire(acs::rpc_hmac_sha1(first)));
    kept.renew(second, {});
    CHECK(wire(signer) == wire(acs::acs3_hmac_sha256(second)));
    CHECK(wire(rpc) == wire(acs::rpc_hmac_sha1(second)));
    CHECK(wire(signer).find("token") == std::string::npos);
}

TEST_CASE("A provided signer passes on what the provider and the method say", "[exchange]") {
    acs::static_credentials const none{acs::refuse(acs::errc::missing_credentials, "HERE")};
    auto const missing = acs_tests::refusal_of(acs::provided_signer(none), {});
    CHECK(acs::name(missing.code) == "missing_credentials");
    CHECK(missing.where == "HERE");
    acs::static_credentials const empty{acs::credentials{"id", "", {}}};
    CHECK(acs::name(acs_tests::refusal_of(acs::provided_signer(empty), {}).code) == "missing_secret");
}

TEST_CASE("A machine that is to refresh goes on with the signer that it has, and only then", "[exchange]") {
    acs::session_credentials kept{first, {}};
    acs::provided_signer const signer(kept);
    acs::request_buffer<> memory;
    acs::exchange machine{acs::call{.action = "A", .version = "V"}, acs::endpoint{.host = "h"}, signer, memory};
    acs::moment now = acs_tests::vector_moment;
    CHECK(machine.on_credentials(now).what == acs::action::wait);
    CHECK_FALSE(machine.has_begun());
    CHECK(machine.start(now).what == acs::action::send);
    std::string const before(acs::find_field(machine.request().fields, "x-acs-accesskey-id"));
    CHECK(machine.on_credentials(now).what == acs::action::send);
    CHECK(machine.history().attempts == 1);
    std::string body = R"({"Code":"InvalidSecurityToken.Expired"})";
    CHECK(machine.on_reply({400, {}, body}, now).what == acs::action::refresh);
    kept.renew({"id3", "secret3", "token3"}, {});
    ++now.random[0];
    CHECK(machine.on_credentials(now).what == acs::action::send);
    CHECK(machine.history().attempts == 2);
    CHECK(before == "id1");
    CHECK(acs::find_field(machine.request().fields, "x-acs-accesskey-id") == "id3");
    std::string again = R"({"Code":"InvalidSecurityToken.Expired"})";
    CHECK(machine.on_reply({400, {}, again}, now).what == acs::action::failed);
    CHECK(machine.on_credentials(now).what == acs::action::failed);
}

}  // namespace test_exchange_provided_signer
