// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/recording.hpp>

#include <acs/client/reply_buffer.hpp>
#include <acs/client/run.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/testing/gateway.hpp>
#include <dataworks.hpp>
#include <sts.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/simulated.hpp"

namespace test_testing_recording {

namespace {

namespace t = acs::testing;

constexpr dataworks::query_di_sync_task_config_process_result ask{.project_id = 1, .task_type = "T", .async_process_id = 10};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr acs::credentials session{"STS.canary-id", "canary-secret", "canary-token+/="};

struct world {
    acs_tests::simulated_time time{};
    acs_tests::simulated_clock clock{&time};
    acs_tests::simulated_entropy entropy{&time};
    t::gateway gateway{{std::string(session.access_key_id), std::string(session.access_key_secret), std::string(session.security_token)}};
    acs_tests::simulated_service http{gateway, time};
    t::recording<acs_tests::simulated_service> recorder{http};
    std::array<acs::reply_buffer<>, 1> box{};

    world() { gateway.serve<dataworks::query_di_sync_task_config_process_result, sts::assume_role>(); }

    template <class Op, class Signer>
    acs::action run(Op const& op, Signer const& signer) {
        acs::request_buffer<4096, 24, 24> memory;
        acs::exchange machine{op, host, signer, memory};
        return acs::run(machine, recorder, clock, entropy, box).what;
    }
};

}  // namespace

TEST_CASE("A recording hands on what it carries, and keeps requests with their answers and failures", "[testing]") {
    world w;
    w.gateway.answers().then(t::reset_after()).then(t::throttle(100)).then(t::garbage()).then(t::success("{}"));
    CHECK(w.run(ask, acs::acs3_hmac_sha256(session)) == acs::action::done);
    auto const& made = w.recorder.made().exchanges;
    REQUIRE(made.size() == 4);
    CHECK(made[0].failure == t::recorded_failure{acs::errc::receive_failed, acs::delivery::unknown, 0});
    CHECK(made[0].answer.status == 0);
    CHECK_FALSE(made[1].failure);
    CHECK(made[1].answer.status == 429);
    CHECK(made[1].answer.body.find("Throttling.User") != std::string::npos);
    CHECK(made[2].answer.body == "\x1F\x8B\x08 this is no JSON \xFF\xFE");
    CHECK(made[3].answer.status == 200);
    for (auto const& x : made) {
        CHECK(x.request.method == "POST");
        CHECK(x.request.scheme == "https");
        CHECK(x.request.host == host.host);
        CHECK(x.request.target == "/?AsyncProcessId=10&ProjectId=1&TaskType=T");
    }
    CHECK(made[0].request.fields.size() == w.gateway.record()[0].request.fields.size());
}

TEST_CASE("Failures are the same if all that is kept of them is", "[testing]") {
    constexpr t::recorded_failure lost{acs::errc::receive_failed, acs::delivery::answered, 502};
    CHECK(lost == t::recorded_failure{acs::errc::receive_failed, acs::delivery::answered, 502});
    CHECK_FALSE(lost == t::recorded_failure{acs::errc::timed_out, acs::delivery::answered, 502});
    CHECK_FALSE(lost == t::recorded_failure{acs::errc::receive_failed, acs::delivery::unknown, 502});
    CHECK_FALSE(lost == t::recorded_failure{acs::errc::receive_failed, acs::delivery::answered, 200});
}

TEST_CASE("An answer that the sink does not take is a failure", "[testing]") {
    t::gateway g;
    g.serve<dataworks::query_di_sync_task_config_process_result>();
    t::recording recorder{g};
    acs::reply_buffer<16> small;
    acs::request_buffer<> memory;
    auto const made = acs::prepare(ask, host, acs::credentials{"testid", "testsecret"}, {.wall = acs_tests::simulated_start}, memory);
    REQUIRE(made);
    auto const carried = recorder.perform(*made, small);
    REQUIRE_FALSE(carried);
    CHECK(acs::name(carried.error().code) == "reply_too_large");
    REQUIRE(recorder.made().exchanges.size() == 1);
    CHECK(recorder.made().exchanges[0].failure == t::recorded_failure{acs::errc::reply_too_large, acs::delivery::answered, 200});
}

TEST_CASE("No secret, token or signature is kept or saved, by any method and whatever is answered", "[testing]") {
    world w;
    std::size_t accepted = 0;
    w.gateway.answers().decide([&](std::string const& action) {
        ++accepted;
        return action == "AssumeRole" ? t::body(200, acs_tests::session_json("STS.canary-new", "canary-new-secret", "canary-new-token",
                                                                             acs_tests::simulated_start))
                                      : t::success();
    });
    acs::credentials const wrong{session.access_key_id, "canary-wrong", session.security_token};
    sts::assume_role const role{.role_arn = "r", .role_session_name = "s"};
    for (auto const& who : {session, wrong}) {
        w.run(ask, acs::acs3_hmac_sha256(who));
        w.run(ask, acs::rpc_hmac_sha1(who));
        w.run(role, acs::acs3_hmac_sha256(who));
        w.run(role, acs::rpc_hmac_sha1(who));
    }
    CHECK(accepted == 4);
    REQUIRE(w.recorder.made().exchanges.size() == 8);
    std::string const text = w.recorder.made().save();
    CHECK(text.find("canary") == std::string::npos);
    for (t::seen const& one : w.gateway.record()) {
        std::string_view const authorization = one.request.field_of("authorization");
        std::string const signature(authorization.empty() ? *one.request.param_of("Signature")
                                                          : authorization.substr(authorization.size() - 64));
        REQUIRE(signature.size() >= 28);
        CHECK(text.find(signature) == std::string::npos);
    }
    CHECK(text.find("SignatureDoesNotMatch") != std::string::npos);
}

TEST_CASE("A recording passes on how long an attempt may take", "[testing]") {
    struct limited {
        std::uint32_t last{};
        void limit(std::uint32_t ms) { last = ms; }
        acs::result<void> perform(acs::request const&, acs::answer_archetype&) { return {}; }
    } http;
    t::recording recorder{http};
    recorder.limit(7);
    CHECK(http.last == 7);
}

}  // namespace test_testing_recording
