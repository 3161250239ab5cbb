// Asks for several results at once, on one thread, with Boost.Beast and coroutines of Asio: with_beast ID... Needs
// ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.
#include <dataworks.hpp>
#include <acs/beast.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using query = dataworks::query_di_sync_task_config_process_result;
using client = acs::async_client<acs::beast_awaited>;

static boost::asio::awaitable<void> ask(client& service, std::int64_t id, int& failed) {
    query const question{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = id};
    auto const reply = co_await service.call<boost::asio::awaitable>(question);
    if (reply) {
        std::printf("%lld: %.*s\n", static_cast<long long>(id), static_cast<int>(reply->data.task_content.size()),
                    reply->data.task_content.data());
    } else {
        ++failed;
        acs::print(stderr, reply.error());
    }
}

int main(int argc, char** argv) {
    boost::asio::io_context loop;
    acs::beast_client http{loop};
    acs::beast_awaited world{http};
    client service{world, dataworks::endpoint("cn-hangzhou"), acs::credentials_from_environment()};
    int failed = 0;
    for (int i = 1; i < argc; ++i) boost::asio::co_spawn(loop, ask(service, std::atoll(argv[i]), failed), boost::asio::detached);
    loop.run();
    return failed == 0 ? 0 : 1;
}
