// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "archetypes/credential_provider.hpp"

#include <acs/client/refreshing.hpp>
#include <acs/client/reply_buffer.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/exchange/provided_signer.hpp>

#include <array>

#include "support/catch.hpp"
#include "support/simulated.hpp"

namespace test_archetypes_credential_provider {

namespace {

using acs_tests::provider_archetype;

struct lacks_expiry {
    acs::result<acs::credentials> current() const noexcept;
    bool due(acs::wall_time) const noexcept;
    acs::no_refresh refresh() noexcept;
};
struct refresh_is_no_machine {
    acs::result<acs::credentials> current() const noexcept;
    std::optional<acs::wall_time> expiry() const noexcept;
    bool due(acs::wall_time) const noexcept;
    bool refresh() noexcept;
};
static_assert(!acs::credential_provider<lacks_expiry> && !acs::credential_provider<refresh_is_no_machine>);
static_assert(acs::check_credential_provider<acs::static_credentials>());

}  // namespace

TEST_CASE("Signing and refreshing need no more than the provider concept", "[archetypes]") {
    acs_tests::simulated_time time;
    acs_tests::simulated_clock clock{&time};
    acs_tests::simulated_entropy entropy{&time};
    acs::testing::gateway gateway;
    acs_tests::simulated_service http{gateway, time};
    std::array<acs::reply_buffer<>, 1> box, answer;

    provider_archetype provider({"testid", "testsecret", {}});
    acs::provided_signer const signer(provider);
    acs::refreshing fresh{provider, http, clock, entropy, box};
    CHECK(fresh.prepare());
    acs::request_buffer<> memory;
    acs::exchange call{acs::call{.action = "A", .version = "V"}, acs::endpoint{.host = "h"}, signer, memory};
    gateway.answers().then(acs::testing::success());
    CHECK(acs::run(call, http, clock, entropy, answer, fresh).what == acs::action::failed);
    CHECK(gateway.record().size() == 1);
    CHECK(gateway.record()[0].verdict == "InvalidAction.NotFound");
}

}  // namespace test_archetypes_credential_provider
