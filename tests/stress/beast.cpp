// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/beast.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "stress/adapters.hpp"

namespace acs_stress {

namespace {

/// One call after the other, as a coroutine of Asio.
template <class Client>
boost::asio::awaitable<void> calls_of(Client& client, std::size_t& left, std::size_t& good) {
    while (left != 0) {
        --left;
        auto const reply = co_await client.template call<boost::asio::awaitable>(question);
        good += reply && !reply->data.task_content.empty();
    }
}

void awaited_calls(acs::beast_client& http, boost::asio::io_context& loop, std::string const& host, std::size_t calls, std::size_t at_once,
                   tally& out) {
    acs::beast_awaited world(http);
    acs::async_client client{world, acs::endpoint{.host = host, .scheme = acs::scheme::http}, key};
    std::size_t left = calls, good = 0, ended = 0;
    for (std::size_t i = 0; i < at_once; ++i)
        boost::asio::co_spawn(loop, calls_of(client, left, good), [&ended](std::exception_ptr thrown) { ended += thrown == nullptr; });
    loop.restart();
    loop.run();
    out.check(good == calls && ended == at_once, std::to_string(good) + " of " + std::to_string(calls) + " calls by coroutines of Asio, " +
                                                     std::to_string(at_once) + " at once");
}

}  // namespace

void stress_beast(amounts const& n, tally& out) {
    boost::asio::io_context loop;
    auto const run = [&] {
        loop.restart();
        loop.run();
    };
    {
        service calm(n.seed, false);
        acs::beast http({.allow_http = true});
        blocking_calls(http, calm.host(), n.calls, out);
        acs::beast_client client(loop, {.allow_http = true});
        concurrent_calls(client, run, calm.host(), n.calls, 1, out);
        concurrent_calls(client, run, calm.host(), n.calls, 50, out);
        awaited_calls(client, loop, calm.host(), n.calls / 4, 50, out);
    }
    acs::beast_client client(loop, {.allow_http = true});
    concurrent_jobs(client, run, n.jobs, n.seed, out);
}

}  // namespace acs_stress
