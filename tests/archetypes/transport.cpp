// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "archetypes/transport.hpp"

#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <dataworks.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/conformance_table.hpp"

namespace test_archetypes_transport {

namespace t = acs::testing;
using query = dataworks::query_di_sync_task_config_process_result;
using acs_tests::transport_archetype;

namespace {

constexpr acs::credentials key{"testid", "testsecret"};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr query ask{.project_id = 10000, .task_type = "DI_REALTIME", .async_process_id = 10};

t::gateway failing_once() {
    t::gateway g;
    g.serve<query>();
    g.answers().then(t::error(503, "ServiceUnavailable")).then(t::success());
    return g;
}

/// The gateway as a server that transports are tried on, and its own transport.
class gateway_world {
public:
    using server = acs::conformance::server;

    gateway_world() { gateway_.serve<acs::conformance::probe>(); }

    static bool can(acs::conformance::feature) { return false; }
    static std::string host(server) { return "dataworks.cn-shanghai.aliyuncs.com"; }
    static int connections(server) { return 0; }
    void plan(server, acs::conformance::plan const& next) {
        using enum acs::conformance::plan::then;
        int const status = next.bytes.empty() ? 0 : std::stoi(next.bytes.substr(9, 3));
        std::string const body = next.bytes.substr(std::min(next.bytes.size(), next.bytes.find("\r\n\r\n") + 4));
        gateway_.answers().decide([how = next.next, status, body](std::string const&) {
            return how == stall ? t::stall() : t::body(static_cast<std::uint16_t>(status), body);
        });
    }
    static void meanwhile(server, acs::conformance::plan const&) {}  // no connection is idle here
    std::vector<acs::conformance::arrival> requests(server which) const {
        std::vector<acs::conformance::arrival> all;
        if (which != server::plain && which != server::plain_alias) return all;
        // It keeps no connection: each request has one of its own.
        for (t::seen const& s : gateway_.record())
            all.push_back({s.request.method, s.request.target, {}, s.request.fields, s.request.body, static_cast<int>(all.size())});
        return all;
    }
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        return acs::conformance::call_blocking(gateway_, made, sink, how);
    }

private:
    t::gateway gateway_{};
};

}  // namespace

static_assert(acs::check_transport<transport_archetype<t::gateway>>());
static_assert(acs::check_waiting_clock<acs_tests::waiting_clock_archetype>());
static_assert(acs::check_entropy<acs_tests::entropy_archetype>());

TEST_CASE("The blocking driver needs no more than transport, clock, entropy and boxes", "[archetypes]") {
    t::gateway g = failing_once();
    transport_archetype<t::gateway> http(g);
    acs_tests::waiting_clock_archetype clock;
    acs_tests::entropy_archetype entropy;
    std::array<acs_tests::box_archetype, 1> boxes;
    acs::request_buffer<> memory;
    acs::acs3_hmac_sha256 const who(key);
    acs::exchange call{ask, host, who, memory};
    CHECK(acs::run(call, http, clock, entropy, boxes).what == acs::action::done);
    CHECK(call.reply().success == true);
    CHECK(g.record().size() == 2);
}

TEST_CASE("The client needs no more than transport, clock and entropy", "[archetypes]") {
    t::gateway g = failing_once();
    transport_archetype<t::gateway> http(g);
    acs_tests::waiting_clock_archetype clock;
    acs_tests::entropy_archetype entropy;
    acs::client<transport_archetype<t::gateway>, acs::acs3_hmac_sha256, acs_tests::waiting_clock_archetype&, acs_tests::entropy_archetype&>
        client(http, host, key, {}, clock, entropy);
    auto const reply = client.call(ask);
    REQUIRE(reply);
    CHECK(reply->success == true);
    CHECK(g.record().size() == 2);
}

TEST_CASE("The gateway hands its answers to any sink", "[archetypes]") {
    t::gateway g = failing_once();
    acs::request_buffer<> memory;
    acs::moment now{{1'698'315'752}, {}, {}};
    acs_tests::sink_archetype sink;
    for (std::uint16_t const expected : {std::uint16_t{503}, std::uint16_t{200}}) {
        ++now.random[0];
        auto const made = acs::prepare(ask, host, key, now, memory);
        REQUIRE(made);
        REQUIRE(g.perform(*made, sink));
        CHECK(sink.said().status == expected);
        CHECK(sink.said().fields.size() == 2);
        CHECK(!sink.said().body.empty());
    }
}

TEST_CASE("The gateway is a transport by the book, as far as memory goes", "[archetypes]") {
    gateway_world world;
    acs_tests::check_transport(world);
}

}  // namespace test_archetypes_transport
