// A unit test of a program that talks to the service: the service is held in memory, misbehaves on command, and keeps a record.
#include <dataworks.hpp>
#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <cstdio>

namespace {

using query = dataworks::query_di_sync_task_config_process_result;
constexpr acs::credentials key{"testid", "testsecret"};

// What is tested: asks at most three times.
template <class Client>
bool configuration_is_ready(Client& client) {
    for (int attempt = 0; attempt < 3; ++attempt) {
        auto const reply = client.call(query{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10});
        if (reply && phase_of(*reply) == dataworks::phase::done) return true;
        if (!reply && !acs::advise(reply.error(), dataworks::error_codes).retry) return false;
    }
    return false;
}

int failed = 0;
void check(bool good, char const* what) {
    std::printf("%s: %s\n", good ? "ok" : "FAILED", what);
    if (!good) ++failed;
}

}  // namespace

int main() {
    {
        acs::testing::gateway gateway;
        gateway.serve<query>();
        gateway.answers().then(acs::testing::pending()).then(acs::testing::throttle(1500)).then(acs::testing::success());
        acs::client client{gateway, dataworks::endpoint("cn-hangzhou"), key};
        check(configuration_is_ready(client), "pending and throttled calls are repeated");
        check(gateway.record().size() == 3, "and no more often than that");
    }
    {
        acs::testing::gateway gateway;
        gateway.serve<query>();
        acs::client client{gateway, dataworks::endpoint("cn-hangzhou"), acs::credentials{"testid", "wrong"}};
        check(!configuration_is_ready(client), "a wrong secret is not tried again");
        check(gateway.record().size() == 1 && gateway.record().front().verdict == "SignatureDoesNotMatch", "and the service says why");
    }
    {
        acs::testing::gateway gateway;
        gateway.serve<query>();
        gateway.answers().then(acs::testing::cut(100));
        acs::client client{gateway, dataworks::endpoint("cn-hangzhou"), key};
        auto const reply = client.call(query{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10});
        check(!reply && reply.error().code == acs::errc::truncated_json && reply.error().offset == 100, "a cut-off reply names the place");
    }
    return failed;
}
