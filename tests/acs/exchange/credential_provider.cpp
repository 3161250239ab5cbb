// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/credential_provider.hpp>

#include <acs/client/reply_buffer.hpp>
#include <acs/client/run.hpp>
#include <acs/hosted/environment.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "support/catch.hpp"
#include "support/simulated.hpp"

namespace test_exchange_credential_provider {

namespace {

constexpr acs::wall_time expiry{1'000'000};

static_assert(!acs::refresh_due({1'000'000 - 901}, expiry), "a quarter of an hour before they expire");
static_assert(acs::refresh_due({1'000'000 - 900}, expiry));
static_assert(acs::refresh_due({1'000'000}, expiry) && acs::refresh_due({INT64_MAX}, expiry) && !acs::refresh_due({0}, expiry));
static_assert(!acs::refresh_due({1'000'000 - 451}, expiry, 900), "the shortest session there is lives a quarter of an hour");
static_assert(acs::refresh_due({1'000'000 - 450}, expiry, 900));
static_assert(!acs::refresh_due({1'000'000 - 1}, expiry, 0) && acs::refresh_due(expiry, expiry, 0));
static_assert(!acs::refresh_due({1'000'000 - 1}, expiry, -5) && acs::refresh_due(expiry, expiry, -5));

constexpr acs::credentials who{"id", "secret", "token"};

constexpr bool statics() {
    acs::static_credentials kept{who};
    auto const missing = acs::static_credentials{acs::refuse(acs::errc::missing_credentials, "HERE")}.current();
    return kept.current()->access_key_id == "id" && !kept.expiry() && !kept.due({INT64_MAX}) && !missing && missing.error().where == "HERE";
}
static_assert(statics());

constexpr bool sessions() {
    acs::session_credentials kept{who, expiry};
    bool const before =
        kept.current()->security_token == "token" && kept.expiry() == expiry && !kept.due({1'000'000 - 901}) && kept.due({1'000'000 - 900});
    kept.renew({"id2", "secret2", "token2"}, {2'000'000});
    return before && kept.current()->access_key_id == "id2" && !kept.due(expiry) && kept.due({2'000'000});
}
static_assert(sessions());

/// Every input leaves what has failed as it is.
constexpr bool refuses_refresh() {
    acs::session_credentials kept{who, expiry};
    auto refresh = kept.refresh();
    if (refresh.has_begun() || refresh.due().what != acs::action::wait) return false;
    bool const failed = refresh.start({}).what == acs::action::failed && refresh.on_reply({}, {}).what == acs::action::failed &&
                        refresh.on_lost({}, {}).what == acs::action::failed && refresh.on_tick({}).what == acs::action::failed &&
                        refresh.on_no_credentials().what == acs::action::failed && refresh.cancel().what == acs::action::failed;
    return failed && refresh.has_begun() && refresh.is_over() && refresh.error().code == acs::errc::cannot_refresh &&
           refresh.error().origin == acs::origin::caller && refresh.error().delivery == acs::delivery::not_sent;
}
static_assert(refuses_refresh());

}  // namespace

TEST_CASE("Credentials that can't be refreshed say so to any driver, which sends nothing", "[exchange]") {
    acs_tests::simulated_time time;
    acs_tests::simulated_clock clock{&time};
    acs_tests::simulated_entropy entropy{&time};
    acs::testing::gateway gateway;
    std::array<acs::reply_buffer<>, 1> box;
    auto refresh = acs::static_credentials{who}.refresh();
    CHECK(acs::run(refresh, gateway, clock, entropy, box).what == acs::action::failed);
    CHECK(acs::name(refresh.error().code) == "cannot_refresh");
    CHECK(gateway.record().empty());
    CHECK(time.ms == 0);
    auto cancelled = acs::static_credentials{who}.refresh();
    entropy.dry = true;
    CHECK(acs::run(cancelled, gateway, clock, entropy, box).what == acs::action::failed);
    CHECK(acs::name(cancelled.error().code) == "no_entropy");
}

TEST_CASE("The environment is a provider of what it holds, or of what it lacks", "[exchange]") {
    ::setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "env-id", 1);
    ::unsetenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    auto const lacking = acs::static_credentials{acs::credentials_from_environment()}.current();
    REQUIRE_FALSE(lacking);
    CHECK(lacking.error().where == "ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    ::setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "env-secret", 1);
    auto const found = acs::static_credentials{acs::credentials_from_environment()}.current();
    REQUIRE(found);
    CHECK(found->access_key_id == "env-id");
    ::unsetenv("ALIBABA_CLOUD_ACCESS_KEY_ID");
    ::unsetenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
}

}  // namespace test_exchange_credential_provider
