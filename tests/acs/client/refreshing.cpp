// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/client/refreshing.hpp>

#include <acs/client/reply_buffer.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/exchange/provided_signer.hpp>
#include <acs/testing/gateway.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "archetypes/credential_provider.hpp"
#include "support/catch.hpp"
#include "support/simulated.hpp"

namespace test_client_refreshing {

namespace {

namespace t = acs::testing;

struct counting : acs::unwatched {
    unsigned* steps;
    template <class Machine>
    void on_step(Machine const&, acs::step const&) noexcept {
        ++*steps;
    }
};

/// Has new entropy until it is used up.
struct short_entropy {
    int* left;
    bool fill(std::span<std::uint8_t> out) noexcept {
        for (std::size_t i = 0; i < out.size(); i += 16) out[i] = static_cast<std::uint8_t>(*left + static_cast<int>(i));
        return (*left)-- > 0;
    }
};

/// An access key that does not expire, and that nobody can replace although it is due.
struct lasting_provider {
    bool has{};
    acs::result<acs::credentials> current() const noexcept {
        if (!has) return acs::refuse(acs::errc::missing_credentials, "lasting");
        return acs::credentials{"testid", "testsecret", {}};
    }
    std::optional<acs::wall_time> expiry() const noexcept { return {}; }
    bool due(acs::wall_time) const noexcept { return true; }
    acs::no_refresh refresh() noexcept { return {}; }
};

}  // namespace

TEST_CASE("The watch hands each step on, and refreshes only before waits and when the service wants it", "[client]") {
    acs_tests::simulated_time time;
    acs_tests::simulated_clock clock{&time};
    acs_tests::simulated_entropy entropy{&time};
    t::gateway gateway{{"testid", "testsecret"}};
    acs_tests::simulated_service http{gateway, time};
    std::array<acs::reply_buffer<>, 1> box, answer;
    acs_tests::provider_archetype provider({"testid", "testsecret", {}});
    acs::provided_signer const signer(provider);
    unsigned steps = 0;
    acs::refreshing fresh{provider, http, clock, entropy, box, counting{{}, &steps}};
    REQUIRE(fresh.prepare());
    REQUIRE(fresh.last());
    CHECK(steps == 0);
    acs::request_buffer<> memory;
    acs::exchange call{acs::call{.action = "A", .version = "V", .reads = true}, acs::endpoint{.host = "h"}, signer, memory};
    CHECK(acs::run(call, http, clock, entropy, answer, fresh).what == acs::action::failed);
    CHECK(steps == 2);  // send, failed
}

TEST_CASE("Entropy that runs out after a refresh ends the machine", "[client]") {
    acs_tests::simulated_time time;
    acs_tests::simulated_clock clock{&time};
    t::gateway gateway;
    acs_tests::simulated_service http{gateway, time};
    std::array<acs::reply_buffer<>, 1> box;
    acs_tests::provider_archetype provider({"STS.id", "s", "t"});
    acs::provided_signer const signer(provider);
    for (int const enough : {1, 2}) {
        acs::request_buffer<> memory;
        int left = 1;
        short_entropy entropy{&left};
        acs::refreshing fresh{provider, http, clock, entropy, box};
        REQUIRE(fresh.prepare());
        acs::exchange call{acs::call{.action = "A", .version = "V", .reads = true}, acs::endpoint{.host = "h"}, signer, memory};
        acs::moment const now{.wall = acs_tests::simulated_start};
        REQUIRE(call.start(now).what == acs::action::send);
        std::string body = R"({"Code":"InvalidSecurityToken.Expired"})";
        REQUIRE(call.on_reply({400, {}, body}, now).what == acs::action::refresh);
        left = enough;  // one for the machine that refreshes, one for the request after it
        CHECK(fresh.refresh(call, now).what == (enough == 2 ? acs::action::send : acs::action::failed));
        if (enough == 1) CHECK(acs::name(call.error().code) == "no_entropy");
    }
}

TEST_CASE("A refresh that fails does not matter as long as there are credentials that never expire", "[client]") {
    acs_tests::simulated_time time;
    acs_tests::simulated_clock clock{&time};
    acs_tests::simulated_entropy entropy{&time};
    t::gateway gateway;
    acs_tests::simulated_service http{gateway, time};
    std::array<acs::reply_buffer<>, 1> box;
    for (bool const has : {true, false}) {
        lasting_provider provider{has};
        acs::refreshing fresh{provider, http, clock, entropy, box};
        auto const ready = fresh.prepare();
        CHECK(ready.has_value() == has);
        CHECK(acs::name(fresh.last().error().code) == "cannot_refresh");
        if (!ready) CHECK(acs::name(ready.error().code) == "cannot_refresh");
    }
}

TEST_CASE("When credentials have to be refreshed, at the ends of time too", "[client]") {
    constexpr acs::wall_time first{INT64_MIN}, last{INT64_MAX};
    STATIC_REQUIRE(acs::refresh_due(first, first));
    STATIC_REQUIRE(acs::refresh_due(last, first));
    STATIC_REQUIRE(acs::refresh_due(last, last));
    STATIC_REQUIRE_FALSE(acs::refresh_due(first, last));
    STATIC_REQUIRE_FALSE(acs::refresh_due({0}, last));
    STATIC_REQUIRE(acs::refresh_due({100}, {1000}));
    STATIC_REQUIRE_FALSE(acs::refresh_due({99}, {1000}));
    STATIC_REQUIRE(acs::refresh_due({990}, {1000}, 20));
    STATIC_REQUIRE_FALSE(acs::refresh_due({989}, {1000}, 20));
}

}  // namespace test_client_refreshing
