// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/async_client.hpp>

#include <acs/hosted/awaiting.hpp>

#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/drivers.hpp"
#include "support/world.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace test_hosted_async_client {

using acs_tests::canned;
using acs_tests::canned_transport;

namespace {

constexpr acs::endpoint host{.host = "h.example"};
constexpr acs::credentials key{"id", "secret"};
constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
using outcome = acs::answer<acs_tests::list_things::reply>;

struct stage {
    explicit stage(std::span<canned const> answers) : http(answers) {}

    canned_transport http;
    acs_tests::time_now time{};
    acs_tests::event_loop loop{};
    acs_tests::callback_world<canned_transport> calling{&http, &time, &loop};
    acs::awaiting<acs_tests::callback_world<canned_transport>> world{calling};
};

}  // namespace

TEST_CASE("Two calls at once, each with its own reply, which it owns", "[hosted]") {
    std::array<canned, 3> const answers{{{200, R"({"RequestId":"1"})", {}, {}, {}},
                                         {429, R"({"Code":"Throttling"})", {}, {}, {}},
                                         {200, R"({"RequestId":"2"})", {}, {}, {}}}};
    stage s(answers);
    acs::async_client client{s.world, host, key};
    std::optional<outcome> one, two;
    client.call(list).start([&](outcome o) { one.emplace(std::move(o)); });
    client.call(list).start([&](outcome o) { two.emplace(std::move(o)); });
    CHECK(s.loop.size() == 2);
    while (s.loop.turn()) {
    }
    REQUIRE(one);
    REQUIRE(two);
    REQUIRE(*one);
    REQUIRE(*two);
    CHECK((*one)->request_id == "1");
    CHECK((*two)->request_id == "2");
    CHECK(two->status() == 200);
}

TEST_CASE("What one call learns of the server's clock another that learns nothing does not take back", "[hosted]") {
    constexpr std::array<acs::field, 1> date{{{"date", "Thu, 26 Oct 2023 11:22:32 GMT"}}};
    canned const expired{400, R"({"Code":"InvalidTimeStamp.Expired"})", date, {}, {}};
    canned const throttled{429, R"({"Code":"Throttling"})", {}, {}, {}}, good{200, R"({"RequestId":"1"})", {}, {}, {}};
    std::array<canned, 5> const answers{{expired, throttled, good, good, good}};
    stage s(answers);
    acs::async_client client{s.world, host, key};
    int ended = 0;
    auto const count = [&](outcome const& o) { ended += o ? 1 : 0; };
    client.call(list).start(count);
    client.call(list).start(count);  // ends behind the other one
    while (s.loop.turn()) {
    }
    CHECK(ended == 2);
    client.call(list).start(count);
    while (s.loop.turn()) {
    }
    CHECK(ended == 3);
    REQUIRE(s.http.sent.size() == 5);
    CHECK(s.http.sent[2].date == "2023-10-26T11:22:32Z");
    CHECK(s.http.sent[3].date < "2023-10-26T11");
    CHECK(s.http.sent[4].date.starts_with("2023-10-26T11"));
}

TEST_CASE("Failures of every floor come out of an awaited call", "[hosted]") {
    std::array<canned, 1> const refusal{{{404, R"({"Code":"NoSuchThing","Message":"gone","RequestId":"7"})", {}, {}, {}}}};
    stage s(refusal);
    auto const said = [&](auto&& client, acs_tests::list_things const& op) {
        std::optional<outcome> made;
        client.call(op).start([&](outcome o) { made.emplace(std::move(o)); });
        while (s.loop.turn()) {
        }
        REQUIRE(made);
        REQUIRE_FALSE(*made);
        return std::string(acs::name(made->error().code)) + " " + std::string(made->error().service.code);
    };
    using acs::async_client;
    CHECK(said(async_client{s.world, host, key}, list) == "service_refused NoSuchThing");
    CHECK(said(async_client{s.world, acs::result<acs::endpoint>(acs::refuse(acs::errc::unknown_region, "x")), key}, list) ==
          "unknown_region ");
    CHECK(said(async_client{s.world, host, acs::result<acs::credentials>(acs::refuse(acs::errc::missing_credentials, "x"))}, list) ==
          "missing_credentials ");
    CHECK(said(async_client{s.world, host, acs::acs3_hmac_sha256(acs::credentials{"id", ""})}, list) == "missing_secret ");
    CHECK(s.http.count == 1);
}

TEST_CASE("An awaited call that can't be made says so at once, however long its turn is away", "[hosted]") {
    std::array<canned, 1> const answers{{{200, "{}", {}, {}, {}}}};
    stage s(answers);
    std::array<std::uint32_t, 1> day{};
    acs::call_budget budget{{.per_second = 1, .per_day = 1}, day};
    acs::async_client client{s.world, host, key, {.budget = &budget}};
    auto const said = [&](auto const& op) {
        std::string code = "nothing";
        client.call(op).start([&](auto const& o) { code = o ? "ok" : std::string(acs::name(o.error().code)); });
        while (s.loop.turn()) {
        }
        return code;
    };
    CHECK(said(list) == "ok");
    CHECK(said(list) == "timed_out");  // used up for today
    CHECK(said(acs_tests::list_things{}) == "invalid_parameters");
    CHECK(s.http.count == 1);
}

}  // namespace test_hosted_async_client
