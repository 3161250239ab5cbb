// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/blocking.hpp>

#include <acs/exchange/exchange.hpp>

#include <dataworks.hpp>

#include <acs/testing.hpp>

#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/world.hpp"

#include <array>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace test_hosted_blocking {

namespace t = acs::testing;
using acs_tests::canned;
using acs_tests::canned_transport;

namespace {

constexpr acs::endpoint host{.host = "h.example"};
acs::acs3_hmac_sha256 const who(acs::credentials{"testid", "testsecret"});
constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
constexpr std::array<canned, 1> good{{{200, R"({"RequestId":"1","Names":["a","b"]})", {}, {}, {}}}};
constexpr std::array<canned, 1> throttled{{{429, R"({"Code":"Throttling"})", {}, {}, {}}}};

using exchange = acs::exchange<acs_tests::list_things, acs::acs3_hmac_sha256>;

}  // namespace

TEST_CASE("The blocking driver runs machines one after the other, arrays and all", "[hosted]") {
    canned_transport http(good);
    acs::blocking driver{http};
    for (int i = 0; i < 3; ++i) {
        acs::request_buffer<> memory;
        exchange call(list, host, who, memory);
        std::vector<acs::action> seen;
        acs::step const last = driver.run(call, [&](exchange const& machine, acs::step s) {
            CHECK(machine.due() == s);
            seen.push_back(s.what);
        });
        CHECK(last.what == acs::action::done);
        CHECK(seen == std::vector<acs::action>{acs::action::send, acs::action::done});
        REQUIRE(call.reply().names.size() == 2);
        CHECK(call.reply().names[1] == "b");
        CHECK(http.last_limit == 30'000);
    }
    acs::request_buffer<> memory;
    exchange call(list, host, who, memory);
    CHECK(driver.run(call).what == acs::action::done);
    CHECK(http.sent[0].nonce != http.sent[1].nonce);  // of the system's entropy
}

TEST_CASE("A stop that was requested ends the first wait, and the call is not made again", "[hosted]") {
    canned_transport http(throttled);
    std::stop_source source;
    acs::blocking driver{http, source.get_token()};
    acs::request_buffer<> memory;
    acs::retry_policy const patient{.first_wait_ms = 3'000'000, .max_wait_ms = 3'000'000, .deadline_ms = 0};
    exchange call(list, host, who, memory, {.retry = patient});
    int waits = 0;
    acs::step const last = driver.run(call, [&](exchange const&, acs::step s) {
        if (s.what != acs::action::wait) return;
        ++waits;
        source.request_stop();  // as another thread would
    });
    CHECK(last.what == acs::action::failed);
    CHECK(call.error().code == acs::errc::cancelled);
    CHECK(call.error().history.why == acs::end_reason::cancelled);
    CHECK(call.error().history.attempts == 1);
    CHECK_FALSE(call.error().history.may_have_run);
    CHECK(waits == 1);
    CHECK(http.count == 1);
}

TEST_CASE("A limit on the body holds for a driver's answers", "[hosted]") {
    canned_transport http(good);
    std::size_t const size = good[0].body.size();
    for (bool const fits : {false, true}) {
        acs::blocking driver{http, acs::never_stop{}, fits ? size : size - 1};
        acs::request_buffer<> memory;
        exchange call(list, host, who, memory, {.retry = acs::single_attempt});
        CHECK((driver.run(call).what == acs::action::done) == fits);
        if (!fits) CHECK(call.error().code == acs::errc::reply_too_large);
    }
}

TEST_CASE("A job sends on what it was given, from where it lies, and can be stopped with the reason what is left", "[hosted]") {
    t::gateway gateway;
    gateway.serve<dataworks::generate_di_sync_task_config_for_creating, dataworks::query_di_sync_task_config_process_result,
                  dataworks::create_di_sync_task>();
    std::string const content = std::string(100'000, 'x') + "\"\\\n\xE4\xBD\xA0";
    gateway.answers().then("QueryDISyncTaskConfigProcessResult", t::success(content));
    dataworks::new_sync_task const plan{.project_id = 10000, .task_name = "n", .source_and_target = "{}"};
    acs::request_buffer<> memory;
    dataworks::job job(plan, host, who, memory, {}, {.first_wait_ms = 1});
    acs::blocking driver{gateway};
    CHECK(driver.run(job).what == acs::action::done);
    REQUIRE(gateway.record().size() == 3);
    CHECK(gateway.record()[2].request.param_of("TaskContent") == content);

    std::stop_source source;
    source.request_stop();
    acs::blocking stopped{gateway, source.get_token()};
    dataworks::job other(plan, host, who, memory, {}, {.first_wait_ms = 3'000'000, .deadline_ms = 0});
    CHECK(stopped.run(other).what == acs::action::failed);
    CHECK(other.error().code == acs::errc::cancelled);
    CHECK(gateway.record().size() == 4);
    CHECK(gateway.executed("CreateDISyncTask") == 1);
}

}  // namespace test_hosted_blocking
