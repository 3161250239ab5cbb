// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/system_refreshing.hpp>

#include <acs/exchange/provided_signer.hpp>
#include <acs/hosted/blocking.hpp>
#include <acs/hosted/client.hpp>
#include <acs/testing/gateway.hpp>
#include <dataworks.hpp>
#include <sts.hpp>

#include "support/catch.hpp"
#include "support/simulated.hpp"

namespace test_hosted_system_refreshing {

namespace {

namespace t = acs::testing;

constexpr acs::credentials source{"testid", "testsecret"};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr acs::wall_time far_away{4'000'000'000};  // whatever the clock of the machine says

}  // namespace

TEST_CASE("A job on a role's credentials, by the clocks of the system", "[hosted]") {
    t::gateway gateway;  // whose time is the date of each request
    gateway.serve<sts::assume_role, dataworks::create_di_sync_task>();
    unsigned sessions = 0;
    gateway.answers().decide([&](std::string const& action) {
        if (action != "AssumeRole") return t::success();
        std::string const id = "STS.id" + std::to_string(++sessions);
        gateway.know({id, "s", "t"}, far_away);
        return t::body(200, acs_tests::session_json(id, "s", "t", far_away));
    });
    acs::acs3_hmac_sha256 const source_signer(source);
    acs::request_buffer<> role_memory;
    sts::assumed_role role{{.role_arn = "r", .role_session_name = "s"}, sts::endpoint(), source_signer, role_memory};
    acs::provided_signer const signer(role);

    acs::system_refreshing fresh{role, gateway};
    REQUIRE(fresh.prepare());
    REQUIRE(fresh.last());
    acs::blocking driver{gateway};
    acs::request_buffer<8192> memory;
    dataworks::new_sync_task const batch{.project_id = 1, .task_type = "DI_OFFLINE", .task_name = "n", .task_content = "{}"};  // no waits
    dataworks::job job{batch, host, signer, memory};
    CHECK(driver.run_watched(job, fresh).what == acs::action::done);
    CHECK(sessions == 1);

    acs::client client{gateway, host, signer};
    gateway.know({"STS.id1", "s", "t"}, acs::wall_time{});  // revoked
    CHECK(client.call(dataworks::create_di_sync_task{.project_id = 1, .task_type = "DI_OFFLINE", .task_content = "{}"}, fresh));
    CHECK(sessions == 2);
}

}  // namespace test_hosted_system_refreshing
