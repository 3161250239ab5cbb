// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/awaiting.hpp>

#include <acs/client/reply_buffer.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/hosted/coroutine.hpp>
#include <acs/hosted/task.hpp>

#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/drivers.hpp"
#include "support/world.hpp"

#include <array>
#include <optional>

namespace test_hosted_awaiting {

using acs_tests::canned;
using acs_tests::canned_transport;

namespace {

constexpr acs::endpoint host{.host = "h.example"};
acs::acs3_hmac_sha256 const who(acs::credentials{"id", "secret"});
constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
constexpr std::array<canned, 2> then_good{{{429, R"({"Code":"Throttling"})", {}, {}, {}}, {200, R"({"RequestId":"1"})", {}, {}, {}}}};

struct stage {
    acs::request_buffer<> memory{};
    acs::exchange<acs_tests::list_things, acs::acs3_hmac_sha256> machine{list, host, who, memory};
    canned_transport http{then_good};
    acs_tests::time_now time{};
    acs_tests::event_loop loop{};
    acs_tests::callback_world<canned_transport> calling{&http, &time, &loop};
    acs::awaiting<acs_tests::callback_world<canned_transport>> world{calling};
    std::array<acs::reply_buffer<>, 1> boxes{};
    std::optional<acs::step> last{};

    void drive() {
        acs::drive<acs::task<acs::step>>(machine, world, boxes).start([this](acs::step s) { last = s; });
    }
};

}  // namespace

TEST_CASE("A world that calls back is awaited: later, or at once", "[hosted]") {
    stage later;
    later.drive();
    CHECK_FALSE(later.last);
    int turns = 0;
    while (later.loop.turn()) ++turns;
    CHECK(turns == 3);  // send, wait, send
    REQUIRE(later.last);
    CHECK(later.last->what == acs::action::done);
    CHECK(later.machine.reply().request_id == "1");

    stage at_once;
    at_once.calling.loop = nullptr;
    at_once.drive();
    REQUIRE(at_once.last);
    CHECK(at_once.last->what == acs::action::done);
    CHECK(at_once.http.count == 2);
}

TEST_CASE("What it awaits may say no", "[hosted]") {
    stage called_off;
    called_off.calling.may_wait = false;
    called_off.drive();
    while (called_off.loop.turn()) {
    }
    REQUIRE(called_off.last);
    CHECK(called_off.machine.error().code == acs::errc::cancelled);
    stage dry;
    dry.calling.entropy.left = 0;
    dry.drive();
    REQUIRE(dry.last);
    CHECK(dry.machine.error().code == acs::errc::no_entropy);
}

}  // namespace test_hosted_awaiting
