// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/gateway.hpp>

#include <acs/signing/rpc.hpp>

#include <string>

#include <dataworks.hpp>

#include "support/catch.hpp"
#include "support/wire.hpp"

namespace test_testing_gateway_keys {

namespace {

constexpr dataworks::query_di_sync_task_config_process_result ask{.project_id = 1, .task_type = "T", .async_process_id = 10};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr acs::credentials session{"STS.id", "other-secret", "token"};

template <class Who>
std::string said(acs::testing::gateway& g, Who const& who, unsigned char nonce) {
    acs::moment now = acs_tests::vector_moment;
    now.random[0] = nonce;
    return acs_tests::verdict(acs_tests::handle(g, acs_tests::wire_of(ask, host, who, now)));
}

}  // namespace

TEST_CASE("The gateway knows several access keys, each by its own secret and token", "[testing]") {
    acs::testing::gateway g;
    g.serve<dataworks::query_di_sync_task_config_process_result>().know({"STS.id", "other-secret", "token"});
    CHECK(said(g, acs::credentials{"testid", "testsecret"}, 1) == "200");
    CHECK(said(g, session, 2) == "200");
    CHECK(said(g, acs::rpc_hmac_sha1(session), 3) == "200");
    CHECK(said(g, acs::credentials{"STS.id", "testsecret", "token"}, 4) == "400 SignatureDoesNotMatch");
    CHECK(said(g, acs::credentials{"STS.id", "other-secret"}, 5) == "400 MissingSecurityToken");
    CHECK(said(g, acs::credentials{"testid", "testsecret", "token"}, 6) == "400 InvalidSecurityToken.MismatchWithAccessKey");
    CHECK(said(g, acs::credentials{"STS.i", "other-secret", "token"}, 7) == "404 InvalidAccessKeyId.NotFound");
    g.know({"STS.id", "third-secret", "token"});
    CHECK(said(g, session, 8) == "400 SignatureDoesNotMatch");
}

TEST_CASE("Session credentials expire by the gateway's clock", "[testing]") {
    acs::wall_time const now = acs_tests::vector_moment.wall;
    acs::testing::gateway g;
    g.serve<dataworks::query_di_sync_task_config_process_result>();
    g.know({"STS.id", "other-secret", "token"}, acs::wall_time{now.seconds + 60});
    g.set_time({now.seconds + 59});
    CHECK(said(g, session, 1) == "200");
    g.set_time({now.seconds + 60});
    CHECK(said(g, session, 2) == "400 InvalidSecurityToken.Expired");
    CHECK(said(g, acs::rpc_hmac_sha1(session), 3) == "400 InvalidSecurityToken.Expired");
    CHECK(said(g, acs::credentials{"testid", "testsecret"}, 4) == "200");
    CHECK(g.executed("QueryDISyncTaskConfigProcessResult") == 2);
}

}  // namespace test_testing_gateway_keys
