// The whole job in ten lines, on a hosted system with libcurl. Needs ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.
#include <dataworks.hpp>
#include <acs/curl.hpp>

#include <cstdio>

int main() {
    acs::curl http;
    acs::client client{http, dataworks::endpoint("cn-hangzhou"), acs::credentials_from_environment()};
    auto reply = client.call(dataworks::query_di_sync_task_config_process_result{
        .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10});
    if (!reply) { acs::print(stderr, reply.error()); return 1; }
    std::fwrite(reply->data.task_content.data(), 1, reply->data.task_content.size(), stdout);
}
