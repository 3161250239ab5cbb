// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/coroutine.hpp>

#include <acs/client/reply_buffer.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/hosted/heap_box.hpp>

#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/drivers.hpp"
#include "support/world.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace test_hosted_coroutine {

using acs_tests::canned;
using acs_tests::canned_transport;

namespace {

constexpr acs::endpoint host{.host = "h.example"};
acs::acs3_hmac_sha256 const who(acs::credentials{"id", "secret"});
constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
constexpr std::array<canned, 2> then_good{{{429, R"({"Code":"Throttling"})", {}, {}, {}}, {200, R"({"RequestId":"1"})", {}, {}, {}}}};

using exchange = acs::exchange<acs_tests::list_things, acs::acs3_hmac_sha256>;
using task = acs_tests::task<acs::step>;

struct stage {
    acs::request_buffer<> memory{};
    exchange machine{list, host, who, memory};
    canned_transport http{then_good};
    acs_tests::time_now time{};
    acs_tests::event_loop loop{};
    acs_tests::coroutine_world<canned_transport> world{&http, &time, &loop};
    std::array<acs::reply_buffer<>, 1> boxes{};
};

}  // namespace

TEST_CASE("A coroutine goes on when the loop says so, with any box", "[hosted]") {
    stage s;
    task const running = acs::drive<task>(s.machine, s.world, s.boxes);
    CHECK_FALSE(running.done());
    CHECK(s.http.count == 0);
    CHECK(s.loop.turn());
    CHECK(s.http.count == 1);
    CHECK(s.loop.turn());
    CHECK(s.time.waited > 0);
    CHECK(s.loop.turn());
    CHECK(running.done());
    CHECK(running.value().what == acs::action::done);
    CHECK(s.machine.reply().request_id == "1");
    CHECK_FALSE(s.loop.turn());
}

TEST_CASE("A coroutine whose world is ready at once never suspends", "[hosted]") {
    stage s;
    s.world.loop = nullptr;
    task const running = acs::drive<task>(s.machine, s.world, s.boxes);
    CHECK(running.done());
    CHECK(s.machine.reply().request_id == "1");
}

TEST_CASE("A coroutine's wait that is called off, and entropy that is not there", "[hosted]") {
    stage s;
    s.world.loop = nullptr;
    s.world.may_wait = false;
    task const running = acs::drive<task>(s.machine, s.world, s.boxes);
    CHECK(running.value().what == acs::action::failed);
    CHECK(s.machine.error().code == acs::errc::cancelled);
    for (int const draws : {0, 1, 2, 3}) {
        stage dry;
        dry.world.loop = nullptr;
        dry.world.entropy.left = draws;
        task const end = acs::drive<task>(dry.machine, dry.world, dry.boxes);
        CHECK(end.value().what == acs::action::failed);
        CHECK(dry.machine.error().code == acs::errc::no_entropy);
        CHECK(dry.http.count == std::array<std::size_t, 4>{0, 1, 1, 2}[static_cast<std::size_t>(draws)]);
    }
}

TEST_CASE("A machine that is cancelled between two turns ends its coroutine, and one that is dropped leaves nothing", "[hosted]") {
    stage s;
    task const running = acs::drive<task>(s.machine, s.world, s.boxes);
    CHECK(s.loop.turn());
    s.machine.cancel();
    CHECK_FALSE(running.done());
    CHECK(s.loop.turn());
    CHECK(running.done());
    CHECK(s.machine.error().code == acs::errc::cancelled);
    CHECK(s.http.count == 1);

    stage sending;
    task const carried = acs::drive<task>(sending.machine, sending.world, sending.boxes);
    sending.machine.cancel();
    CHECK(sending.loop.turn());
    REQUIRE(sending.http.count == 1);
    CHECK_FALSE(sending.http.sent[0].authorization.empty());  // what is carried stays what it was

    stage dropped;
    { task const gone = acs::drive<task>(dropped.machine, dropped.world, dropped.boxes); }
    CHECK(dropped.http.count == 0);
}

}  // namespace test_hosted_coroutine
