// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/signer.hpp>

#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>

#include <type_traits>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_signing_signer {

namespace {

struct own_method {
    acs::result<void> apply(acs::draft& d) const noexcept {
        d.fields.push({"host", d.to.host});
        return {};
    }
};
struct may_throw {
    acs::result<void> apply(acs::draft&) const { return {}; }
};

}  // namespace

TEST_CASE("every method is a signer, and so is one of the caller's", "[signing]") {
    static_assert(acs::signer<acs::acs3_hmac_sha256> && acs::signer<acs::acs3_hmac_sm3> && acs::signer<acs::rpc_hmac_sha1> &&
                  acs::signer<acs::roa_hmac_sha1> && acs::signer<acs::bearer> && acs::signer<acs::nobody> && acs::signer<acs::rpc_bearer> &&
                  acs::signer<acs::rpc_nobody> && acs::signer<own_method>);
    static_assert(!acs::signer<may_throw> && !acs::signer<acs::credentials>);
    CHECK(acs_tests::signed_draft(own_method{}, {}, [](acs::draft const& d) { return d.fields.needed() == 1; }));
}

TEST_CASE("credentials choose the default method of their sort, and a kept signer is used itself", "[signing]") {
    static_assert(std::is_same_v<decltype(acs::signer_of(acs::credentials{})), acs::acs3_hmac_sha256>);
    static_assert(std::is_same_v<decltype(acs::signer_of(acs::bearer_token{})), acs::bearer>);
    static_assert(std::is_same_v<decltype(acs::signer_of(acs::anonymous{})), acs::nobody>);
    acs::rpc_hmac_sha1 const kept({"id", "secret"});
    CHECK(&acs::signer_of(kept) == &kept);
}

TEST_CASE("a kept signer signs any number of requests alike", "[signing]") {
    acs::acs3_hmac_sha256 const kept({"id", "secret"});
    std::string wire[2];
    for (std::string& each : wire)
        CHECK(acs_tests::signed_draft(kept, {}, [&](acs::draft const& d) {
            each = acs_tests::wire_of(d.target, d.fields.items());
            return true;
        }));
    CHECK(wire[0] == wire[1]);
}

}  // namespace test_signing_signer
