// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A job of one product that outlives the session credentials it began with, which another product renews in the middle of it.
#include <sts.hpp>

#include <acs/client/refreshing.hpp>
#include <acs/client/run.hpp>
#include <acs/error/write_failure.hpp>
#include <acs/exchange/provided_signer.hpp>
#include <acs/hosted/client.hpp>
#include <acs/hosted/heap_box.hpp>
#include <acs/hosted/print.hpp>
#include <dataworks.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "support/catch.hpp"
#include "support/simulated.hpp"
#include "support/string_sink.hpp"

namespace test_sts_refreshed_job {

namespace {

namespace t = acs::testing;

constexpr sts::assume_role how{.role_arn = "acs:ram::1:role/r", .role_session_name = "night"};
constexpr acs::credentials source{"testid", "canary-secret-of-the-source"};
constexpr dataworks::new_sync_task plan{.project_id = 10000, .task_name = "new", .source_and_target = "{}", .task_param = "{}"};
constexpr std::string_view configuration = R"({"type":"realtime"})";

std::string printed(acs::failure const& f) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::tmpfile(), std::fclose);
    acs::print(file.get(), f);
    std::string text(static_cast<std::size_t>(std::ftell(file.get())), '\0');
    std::rewind(file.get());
    text.resize(std::fread(text.data(), 1, text.size(), file.get()));
    return text;
}

/// Sees every step of a job, as its log and its checkpoints would.
struct witness : acs::unwatched {
    std::string* all;

    template <class Machine>
    void on_step(Machine const& machine, acs::step const& s) {
        bool const told = machine.history().attempts != 0 && (s.what == acs::action::wait || s.what == acs::action::refresh);
        if (s.what == acs::action::failed || (told && machine.error().code != acs::errc::timed_out)) tell(machine.error());
        if constexpr (requires { machine.save(acs::moment{}); }) {
            acs_tests::string_sink out;
            dataworks::write_checkpoint(machine.save({}), out);
            all->append(out.text);
        }
    }
    void tell(acs::failure const& f) {
        acs_tests::string_sink out;
        acs::write_failure(f, out);
        all->append(out.text).append(printed(f));
    }
};

/// The account: a gateway that knows the source key and what it gave out; a job that takes two hours.
struct world {
    acs_tests::simulated_time time{};
    acs_tests::simulated_clock clock{&time};
    acs_tests::simulated_entropy entropy{&time};
    t::gateway gateway{{std::string(source.access_key_id), std::string(source.access_key_secret)}};
    acs_tests::simulated_service http{gateway, time};
    acs_tests::session_mint mint{gateway, time};
    acs::acs3_hmac_sha256 source_signer{source};
    acs::request_buffer<4096, 24, 24> role_memory{};
    acs::request_buffer<8192, 24, 24> memory{};
    sts::assumed_role<> role{how, sts::endpoint(), source_signer, role_memory};
    acs::provided_signer<sts::assumed_role<>> signer{role};
    std::array<acs::heap_box, 1> role_box{acs::heap_box()};
    std::array<acs::heap_box, 2> boxes{acs::heap_box(), acs::heap_box()};
    std::uint64_t ready_ms = 2 * 3600 * 1000;
    bool sts_is_down = false;
    std::string told{};

    world() {
        gateway.serve<sts::assume_role, dataworks::generate_di_sync_task_config_for_creating,
                      dataworks::query_di_sync_task_config_process_result, dataworks::create_di_sync_task>();
        gateway.answers().decide([this](std::string const& action) {
            if (action == "AssumeRole") return sts_is_down ? t::error(503, "ServiceUnavailable") : mint();
            if (action == "QueryDISyncTaskConfigProcessResult")
                return time.ms < ready_ms ? t::pending() : t::success(std::string(configuration));
            return t::success();
        });
    }

    dataworks::job<dataworks::new_sync_task, acs::provided_signer<sts::assumed_role<>>> job() {
        return {plan, {.host = "dataworks.cn-shanghai.aliyuncs.com"}, signer, memory, {}, {.deadline_ms = 4 * 3600 * 1000}};
    }
    acs::refreshing<sts::assumed_role<>, acs_tests::simulated_service, acs_tests::simulated_clock, acs_tests::simulated_entropy,
                    acs::heap_box, witness>
    fresh() {
        return {role, http, clock, entropy, role_box, witness{{}, &told}};
    }

    std::size_t refused(std::string_view code) const {
        std::size_t count = 0;
        for (t::seen const& one : gateway.record()) count += one.verdict == code ? 1U : 0U;
        return count;
    }
    bool created_once() const {
        auto const& last = gateway.record().back().request;
        return gateway.executed("GenerateDISyncTaskConfigForCreating") == 1 && gateway.executed("CreateDISyncTask") == 1 &&
               last.param_of("TaskContent") == configuration;
    }
};

}  // namespace

TEST_CASE("A job of two hours runs on sessions of one, refreshed before they expire", "[sts]") {
    world w;
    auto fresh = w.fresh();
    REQUIRE(fresh.prepare());
    CHECK(w.mint.made == 1);
    auto job = w.job();
    CHECK(acs::run(job, w.http, w.clock, w.entropy, w.boxes, fresh).what == acs::action::done);
    CHECK(w.created_once());
    CHECK(w.mint.made == 3);  // at 0, 45 and 90 minutes
    CHECK(w.refused("accepted") == w.gateway.record().size());
    CHECK(job.progress().process_id == 10);
    CHECK(job.reply().data.file_id == 1000001);
    CHECK(job.history().attempts == 1);
    CHECK(w.told.find("canary") == std::string::npos);
}

TEST_CASE("A session that expires early in mid-poll is refreshed when the service says so, and the job goes on", "[sts]") {
    world w;
    w.mint.lives_seconds = 600;  // and nobody told
    auto fresh = w.fresh();
    REQUIRE(fresh.prepare());
    auto job = w.job();
    CHECK(acs::run(job, w.http, w.clock, w.entropy, w.boxes, fresh).what == acs::action::done);
    CHECK(w.created_once());
    std::size_t const expired = w.refused("InvalidSecurityToken.Expired");
    CHECK(expired >= 10);
    CHECK(w.mint.made == expired + 1);
    CHECK(w.refused("accepted") + expired == w.gateway.record().size());
    CHECK(w.told.find("InvalidSecurityToken.Expired") != std::string::npos);
    CHECK(w.told.find("canary") == std::string::npos);
}

TEST_CASE("A session that expires between the configuration and the task is refreshed, and the configuration is not lost", "[sts]") {
    world w;
    auto fresh = w.fresh();
    REQUIRE(fresh.prepare());
    w.gateway.answers().decide([&](std::string const& action) {
        if (action == "AssumeRole") return w.mint();
        if (action != "QueryDISyncTaskConfigProcessResult") return t::success();
        w.gateway.know({"STS.id1", "canary-secret-1", "canary+token/1=="}, acs::wall_time{});  // revoked
        return t::success(std::string(configuration));
    });
    auto job = w.job();
    CHECK(acs::run(job, w.http, w.clock, w.entropy, w.boxes, fresh).what == acs::action::done);
    CHECK(w.created_once());
    CHECK(w.mint.made == 2);
    CHECK(w.refused("InvalidSecurityToken.Expired") == 1);
}

TEST_CASE("While STS is down the old session serves as long as it lives", "[sts]") {
    world w;
    w.ready_ms = 50 * 60 * 1000;  // refreshes are due from 45 minutes on
    auto fresh = w.fresh();
    REQUIRE(fresh.prepare());
    w.sts_is_down = true;
    auto job = w.job();
    CHECK(acs::run(job, w.http, w.clock, w.entropy, w.boxes, fresh).what == acs::action::done);
    CHECK(w.created_once());
    CHECK(w.mint.made == 1);
    CHECK(w.refused("InvalidSecurityToken.Expired") == 0);
    REQUIRE_FALSE(fresh.last());
    CHECK(fresh.last().error().service.code == "ServiceUnavailable");
    w.time.ms = 59 * 60 * 1000;
    CHECK(fresh.prepare());
    w.time.ms = 60 * 60 * 1000;
    auto const late = fresh.prepare();
    REQUIRE_FALSE(late);
    CHECK(late.error().service.code == "ServiceUnavailable");
}

TEST_CASE("A job whose credentials can't be renewed ends, and says what is left running", "[sts]") {
    world w;
    auto fresh = w.fresh();
    REQUIRE(fresh.prepare());
    w.sts_is_down = true;
    auto job = w.job();
    CHECK(acs::run(job, w.http, w.clock, w.entropy, w.boxes, fresh).what == acs::action::failed);
    CHECK(job.error().service.code == "InvalidSecurityToken.Expired");
    CHECK(acs::message(job.error().history.why) == "no new credentials");
    CHECK(job.left_running().process_id == 10);
    CHECK(w.told.find("canary") == std::string::npos);

    // It can be gone on with once they can.
    w.sts_is_down = false;
    auto const saved = job.save({w.clock.wall(), w.clock.now(), {}});
    REQUIRE(fresh.prepare());
    auto next = w.job();
    next.resume(saved, {w.clock.wall(), w.clock.now(), {1}});
    CHECK(acs::run(next, w.http, w.clock, w.entropy, w.boxes, fresh).what == acs::action::done);
    CHECK(w.created_once());
}

TEST_CASE("A watch that finds no entropy gives up, and one of statics has nothing to renew", "[sts]") {
    world w;
    auto fresh = w.fresh();
    w.entropy.dry = true;
    auto const ready = fresh.prepare();
    REQUIRE_FALSE(ready);
    CHECK(acs::name(ready.error().code) == "no_entropy");

    w.entropy.dry = false;
    acs::static_credentials key{source};
    acs::refreshing none{key, w.http, w.clock, w.entropy, w.role_box};
    CHECK(none.prepare());
    acs::session_credentials old{source, acs_tests::simulated_start};
    acs::refreshing neither{old, w.http, w.clock, w.entropy, w.role_box};
    auto const expired = neither.prepare();
    REQUIRE_FALSE(expired);
    CHECK(acs::name(expired.error().code) == "cannot_refresh");
    acs::session_credentials young{source, {acs_tests::simulated_start.seconds + 1}};
    acs::refreshing still{young, w.http, w.clock, w.entropy, w.role_box};
    CHECK(still.prepare());
}

TEST_CASE("A client goes on with what a role was renewed to", "[sts]") {
    world w;
    w.mint.lives_seconds = 600;
    auto fresh = w.fresh();
    REQUIRE(fresh.prepare());
    acs::client<acs_tests::simulated_service, acs::provided_signer<sts::assumed_role<>>, acs_tests::simulated_clock,
                acs_tests::simulated_entropy>
        client{w.http, acs::endpoint{.host = "dataworks.cn-shanghai.aliyuncs.com"}, w.signer, {}, w.clock, w.entropy};
    dataworks::query_di_sync_task_config_process_result const ask{.project_id = 1, .task_type = "DI_REALTIME", .async_process_id = 10};
    CHECK(client.call(ask, fresh));
    w.time.ms = 601 * 1000;
    CHECK(client.call(ask, fresh));
    CHECK(w.mint.made == 2);
    CHECK(client.call(ask));  // it did not keep the old ones
    CHECK(w.refused("InvalidSecurityToken.Expired") == 1);
}

TEST_CASE("A client has room for new credentials that are longer than the old ones", "[sts]") {
    world w;
    auto fresh = w.fresh();
    std::string id = "STS.short", long_name(3000, 'x');
    w.gateway.answers().decide([&](std::string const& action) {
        if (action != "AssumeRole") return t::success();
        w.gateway.know({id, "s", "token"}, acs::wall_time{w.time.wall().seconds + 60});
        return t::body(200,
                       acs_tests::session_json(std::exchange(id, "STS.longer-by-a-few"), "s", "token", {w.time.wall().seconds + 3600}));
    });
    REQUIRE(fresh.prepare());
    w.time.ms = 61 * 1000;
    acs::client<acs_tests::simulated_service, acs::provided_signer<sts::assumed_role<>>, acs_tests::simulated_clock,
                acs_tests::simulated_entropy>
        client{w.http, acs::endpoint{.host = "dataworks.cn-shanghai.aliyuncs.com"}, w.signer, {}, w.clock, w.entropy};
    auto const made = client.call(
        dataworks::create_di_sync_task{.project_id = 1, .task_type = "DI_OFFLINE", .task_name = long_name, .task_content = "{}"}, fresh);
    INFO((made ? "made" : acs::name(made.error().code)));
    CHECK(made);
    CHECK(w.refused("InvalidSecurityToken.Expired") == 1);
}

TEST_CASE("No secret, token or signature is in what is told of a refusal by STS that repeats the request", "[sts]") {
    for (bool const rpc : {false, true}) {
        world w;
        acs::credentials const wrong{"testid", "canary-wrong-secret"};
        acs::acs3_hmac_sha256 const acs3(wrong);
        acs::rpc_hmac_sha1 const rpc1(wrong);
        auto const told = [&](auto const& signer) {
            sts::assumed_role role{how, sts::endpoint(), signer, w.role_memory};
            acs::refreshing fresh{role, w.http, w.clock, w.entropy, w.role_box};
            auto const ready = fresh.prepare();
            REQUIRE_FALSE(ready);
            CHECK(ready.error().service.code == "SignatureDoesNotMatch");
            witness{{}, &w.told}.tell(ready.error());
        };
        rpc ? told(rpc1) : told(acs3);
        CHECK(w.told.find("SignatureDoesNotMatch") != std::string::npos);
        CHECK(w.told.find("canary") == std::string::npos);
        CHECK(w.told.find("SecurityToken") == std::string::npos);
    }
}

}  // namespace test_sts_refreshed_job
