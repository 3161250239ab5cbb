// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "archetypes/transport.hpp"

#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <dataworks.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/transport.hpp"

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
    gateway_world() { gateway_.serve<conformance::probe>(); }

    t::gateway& transport() { return gateway_; }
    acs::endpoint endpoint() const { return host; }
    acs::endpoint nowhere() const { return {}; }
    t::gateway* strict() { return nullptr; }
    bool can(conformance::manner how) const {
        using enum conformance::manner;
        return how == whole || how == reset || how == stall;
    }
    void plan(conformance::said const& next) {
        using enum conformance::manner;
        gateway_.answers().decide([next](std::string const&) {
            return next.how == reset ? t::reset_after() : next.how == stall ? t::stall() : t::body(next.status, next.body);
        });
    }
    std::vector<acs_tests::arrived> requests() const {
        std::vector<acs_tests::arrived> all;
        for (t::seen const& s : gateway_.record())
            all.push_back({s.request.method, s.request.target, {}, s.request.fields, s.request.body, 0});
        return all;
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

TEST_CASE("The gateway is a transport by the book", "[archetypes]") {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const lines(std::tmpfile(), std::fclose);
    conformance::report out(lines.get());
    gateway_world world;
    conformance::check_transport(world, out);
    bool const good = out.close();
    std::rewind(lines.get());
    std::string said(20'000, '\0');
    said.resize(std::fread(said.data(), 1, said.size(), lines.get()));
    INFO(said);
    CHECK(good);
}

}  // namespace test_archetypes_transport
