// The ten lines over httplib, by a recipe to copy: recipes/httplib_transport.hpp. Needs a file of certificates to trust, such as
// /etc/ssl/certs/ca-certificates.crt, and ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.
#include <dataworks.hpp>
#include <acs/hosted.hpp>

#include <cstdio>

#include "recipes/httplib_transport.hpp"

int main(int argc, char** argv) {
    if (argc != 2) return std::fputs("usage: with_httplib CERTIFICATES\n", stderr), 2;
    recipes::httplib_transport http(argv[1]);
    acs::client client{http, dataworks::endpoint("cn-hangzhou"), acs::credentials_from_environment()};
    auto reply = client.call(dataworks::query_di_sync_task_config_process_result{
        .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10});
    if (!reply) { acs::print(stderr, reply.error()); return 1; }
    std::fwrite(reply->data.task_content.data(), 1, reply->data.task_content.size(), stdout);
}
