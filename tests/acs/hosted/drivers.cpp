// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// One script, three drivers: what they do, and what the service sees of it, is the same.
#include "support/drivers.hpp"

#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <dataworks.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace test_hosted_drivers {

namespace t = acs::testing;
using create = dataworks::create_di_sync_task;
using update = dataworks::update_di_sync_task;
using query = dataworks::query_di_sync_task_config_process_result;

namespace {

constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
acs::acs3_hmac_sha256 const who(acs::credentials{"testid", "testsecret"});

/// What became of a run: the steps, what the gateway saw, and the end.
struct story {
    std::string steps{}, seen{}, end{};
    bool operator==(story const&) const = default;
};

/// All that a run needs, made anew for each.
template <class Make>
struct stage {
    explicit stage(std::string const& script, Make make) : machine(make(acs::request_memory(memory))) {
        gateway.serve<create, update, query, dataworks::generate_di_sync_task_config_for_creating,
                      dataworks::generate_di_sync_task_config_for_updating>();
        auto const wrong = t::script::parse(script, {}, gateway.answers());
        INFO(wrong.value_or(""));
        REQUIRE_FALSE(wrong);
    }

    story told(acs::step const& last) {
        story s;
        s.steps = steps;
        for (t::seen const& one : gateway.record()) {
            s.seen += one.action + " " + one.verdict + " " + std::string(one.request.field_of("x-acs-date")) + " " +
                      std::string(one.request.field_of("x-acs-signature-nonce")) + " " +
                      std::string(one.request.param_of("ClientToken").value_or("-")) + " " + one.request.target + "\n";
        }
        s.end = last.what == acs::action::done
                    ? "done " + std::string(machine->reply().request_id)
                    : std::string(acs::name(machine->error().code)) + " " + std::string(machine->error().service.code) + " after " +
                          std::to_string(machine->error().history.attempts);
        return s;
    }

    t::gateway gateway{};
    acs_tests::time_now time{};
    acs_tests::event_loop loop{};
    acs::request_buffer<8192, 24, 40> memory{};
    std::array<acs::heap_box, 2> boxes{};
    std::string steps{};
    decltype(std::declval<Make>()(std::declval<acs::request_memory>())) machine;
};

template <class Make>
story blocking(std::string const& script, Make make) {
    stage<Make> s(script, make);
    acs_tests::test_clock clock{&s.time};
    acs_tests::test_entropy entropy;
    acs_tests::step_log watch{&s.steps};
    return s.told(acs::run(*s.machine, s.gateway, clock, entropy, s.boxes, watch));
}

template <class Make>
story by_callbacks(std::string const& script, Make make, bool at_once) {
    stage<Make> s(script, make);
    acs_tests::callback_world<t::gateway> world{&s.gateway, &s.time, at_once ? nullptr : &s.loop};
    acs::step last{};
    int ends = 0;
    acs::callback_driver driver(
        *s.machine, world, s.boxes,
        [&](acs::step end) {
            last = end;
            ++ends;
        },
        acs_tests::step_log{&s.steps});
    driver.start();
    while (s.loop.turn()) CHECK(ends == (s.machine->is_over() ? 1 : 0));
    CHECK(ends == 1);
    return s.told(last);
}

template <class Make>
story by_coroutine(std::string const& script, Make make, bool at_once) {
    stage<Make> s(script, make);
    acs_tests::coroutine_world<t::gateway> world{&s.gateway, &s.time, at_once ? nullptr : &s.loop};
    auto const task = acs::drive<acs_tests::task<acs::step>>(*s.machine, world, s.boxes, acs_tests::step_log{&s.steps});
    while (s.loop.turn()) {
    }
    REQUIRE(task.done());
    return s.told(task.value());
}

/// The story, which all drivers tell alike.
template <class Make>
story same_story(std::string const& script, Make make) {
    story const told = blocking(script, make);
    INFO(script << "\n" << told.steps << told.seen << told.end);
    for (bool const at_once : {true, false}) {
        story const called = by_callbacks(script, make, at_once), awaited = by_coroutine(script, make, at_once);
        CHECK(called.steps == told.steps);
        CHECK(called.seen == told.seen);
        CHECK(called.end == told.end);
        CHECK(awaited == told);
    }
    return told;
}

auto asking() {
    constexpr query ask{.project_id = 10000, .task_type = "DI_REALTIME", .async_process_id = 10};
    return [ask](acs::request_memory const& memory) {
        return std::make_unique<acs::exchange<query, acs::acs3_hmac_sha256>>(ask, host, who, memory);
    };
}
auto changing() {
    constexpr update op{.project_id = 10000, .task_type = "DI_REALTIME", .file_id = 1, .task_content = "{}"};
    return [op](acs::request_memory const& memory) {
        return std::make_unique<acs::exchange<update, acs::acs3_hmac_sha256>>(op, host, who, memory);
    };
}
template <class Plan>
auto job_of(Plan const& plan) {
    return [plan](acs::request_memory const& memory) {
        return std::make_unique<dataworks::job<Plan, acs::acs3_hmac_sha256>>(plan, host, who, memory);
    };
}

}  // namespace

TEST_CASE("One call is the same under every driver", "[hosted]") {
    struct row {
        std::string_view script;
        std::string_view end;
        int attempts;
    };
    for (row const& r : {row{"success", "done 0bc1411515937635973****", 1},
                         {"throttle 1500\nsuccess", "done 0bc1411515937635973****", 2},
                         {"error 503 ServiceUnavailable\nstall\nreset after\nsuccess", "done 0bc1411515937635973****", 4},
                         {"error 500 InternalError", "service_refused InternalError after 4", 4},
                         {"error 400 InvalidSecurityToken.Expired", "service_refused InvalidSecurityToken.Expired after 1", 1},
                         {"error 400 SignatureNonceUsed\nsuccess", "done 0bc1411515937635973****", 2},
                         {"error 403 Forbidden.RAM", "service_refused Forbidden.RAM after 1", 1},
                         {"drip", "done 0bc1411515937635973****", 1},
                         {"odd", "done 0bc1411515937635973****", 1},
                         {"garbage", "malformed_json  after 4", 4},
                         {"cut 20", "truncated_json  after 4", 4}}) {
        INFO(r.script);
        story const told = same_story(std::string(r.script), asking());
        CHECK(told.end == r.end);
        CHECK(std::count(told.seen.begin(), told.seen.end(), '\n') == r.attempts);
        std::string_view const last = told.steps;
        CHECK(last.substr(last.rfind('\n', last.size() - 2) + 1) == (r.end.starts_with("done") ? "done\n" : "failed\n"));
    }
    CHECK(same_story("reset after", changing()).end == "receive_failed  after 1");
}

TEST_CASE("A job is the same under every driver, and sends on what it was given", "[hosted]") {
    dataworks::new_sync_task const plan{.project_id = 10000, .task_name = "n", .source_and_target = "{}"};
    story const told = same_story(
        "QueryDISyncTaskConfigProcessResult: pending\nQueryDISyncTaskConfigProcessResult: throttle 100\n"
        "QueryDISyncTaskConfigProcessResult: success\nCreateDISyncTask: error 503 ServiceUnavailable\n"
        "CreateDISyncTask: success\n",
        job_of(plan));
    CHECK(told.end == "done 0bc1411515937635973****");
    CHECK(std::count(told.seen.begin(), told.seen.end(), '\n') == 6);
    CHECK(same_story("fail no such table", job_of(plan)).end.substr(0, 14) == "process_failed");
    dataworks::changed_sync_task const change{.project_id = 10000, .task_id = 1, .file_id = 2, .source_and_target = "{}"};
    CHECK(same_story("", job_of(change)).end == "done 0bc1411515937635973****");
    CHECK(same_story("UpdateDISyncTask: reset after", job_of(change)).end == "receive_failed  after 1");
}

}  // namespace test_hosted_drivers
