// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/beast/handlers.hpp>

#include <acs/beast/client.hpp>

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "archetypes/transport.hpp"
#include "support/catch.hpp"
#include "support/loopback.hpp"
#include "support/plain_request.hpp"

namespace test_beast_tokens {

namespace asio = boost::asio;
using acs_tests::act;
using acs_tests::loopback;
using acs_tests::outcome;
using acs_tests::plain_request;
using acs_tests::sink_archetype;

namespace {

constexpr acs::beast_options for_tests{.allow_http = true, .timeout_ms = 20'000};

struct memory_use {
    std::size_t taken{};
    std::size_t given_back{};
};

/// Counts what is taken, and given back.
template <class T>
struct counting {
    using value_type = T;
    explicit counting(memory_use& m) noexcept : use(&m) {}
    template <class U>
    counting(counting<U> const& other) noexcept : use(other.use) {}

    T* allocate(std::size_t n) {
        use->taken += n * sizeof(T);
        return std::allocator<T>().allocate(n);
    }
    void deallocate(T* at, std::size_t n) {
        use->given_back += n * sizeof(T);
        std::allocator<T>().deallocate(at, n);
    }
    template <class U>
    bool operator==(counting<U> const& other) const noexcept {
        return use == other.use;
    }

    memory_use* use;
};

}  // namespace

TEST_CASE("Beast: a future", "[beast]") {
    loopback server;
    asio::io_context loop;
    acs::beast_client http(loop, for_tests);
    plain_request const r(server.host());
    acs::request const made = r.view();
    sink_archetype sink;
    std::future<acs::result<void>> carried = http.async_perform(made, sink, asio::use_future);
    std::future<bool> waited = http.async_wait({0}, asio::use_future);
    std::thread running([&] { loop.run(); });
    CHECK(outcome(carried.get()) == "ok");
    CHECK(waited.get());
    running.join();
    CHECK(sink.said().body == "{}");
}

TEST_CASE("Beast: a coroutine of Asio, and what is deferred begins when it is asked for", "[beast]") {
    loopback server;
    asio::io_context loop;
    acs::beast_client http(loop, for_tests);
    plain_request const r(server.host());
    acs::request const made = r.view();
    sink_archetype sink;
    std::vector<std::string> said;
    auto later = http.async_perform(made, sink, asio::deferred);
    loop.run();
    CHECK(server.connections() == 0);
    auto const body = [&]() -> asio::awaitable<void> {
        said.push_back(outcome(co_await http.async_perform(made, sink, asio::use_awaitable)));
        said.push_back(outcome(co_await std::move(later)(asio::use_awaitable)));
        said.push_back(co_await http.async_wait({0}, asio::use_awaitable) ? "waited" : "cancelled");
    };
    asio::co_spawn(loop, body(), asio::detached);
    loop.restart();
    loop.run();
    CHECK(said == std::vector<std::string>{"ok", "ok", "waited"});
    CHECK(server.requests().size() == 2);
}

TEST_CASE("Beast: a handler is called on its own executor, which has work until then", "[beast]") {
    loopback server;
    asio::io_context loop, other;
    acs::beast_client http(loop, for_tests);
    plain_request const r(server.host());
    acs::request const made = r.view();
    sink_archetype sink;
    std::optional<std::thread::id> where;
    http.async_perform(made, sink, asio::bind_executor(other, [&](acs::result<void> const&) { where = std::this_thread::get_id(); }));
    std::thread::id there;
    std::thread running([&] {
        there = std::this_thread::get_id();
        other.run();  // not before there was something to do
    });
    loop.run();
    running.join();
    CHECK(where == there);
    CHECK(there != std::this_thread::get_id());
}

TEST_CASE("Beast: the memory of a call is its handler's", "[beast]") {
    loopback server;
    asio::io_context loop;
    acs::beast_client http(loop, for_tests);
    plain_request const r(server.host());
    acs::request const made = r.view();
    sink_archetype sink;
    memory_use use;
    bool all_given_back = false;
    http.async_perform(made, sink, asio::bind_allocator(counting<int>(use), [&](acs::result<void> const&) {
                           all_given_back = use.taken == use.given_back;
                       }));
    CHECK(use.taken > 0);
    CHECK(use.given_back == 0);
    loop.run();
    CHECK(all_given_back);  // before the handler is called, which may begin the next call in the same memory
    CHECK(use.taken == use.given_back);

    use = {};
    http.async_wait({UINT64_MAX}, asio::bind_allocator(counting<int>(use), [](bool) {}));
    http.stop();
    loop.restart();
    loop.run();
    CHECK(use.taken > 0);
    CHECK(use.taken == use.given_back);
}

TEST_CASE("Beast: a cancellation slot cancels its own call and no other", "[beast]") {
    loopback server;
    for (int i = 0; i < 2; ++i) server.plan({{}, act::then::stall});
    asio::io_context loop;
    acs::beast_client http(loop, for_tests);
    plain_request const r(server.host());
    acs::request const made = r.view();
    sink_archetype one, two;
    asio::cancellation_signal first, second, wait;
    std::vector<std::string> said;
    auto const say = [&](acs::result<void> const& how) { said.push_back(outcome(how)); };
    http.async_perform(made, one, asio::bind_cancellation_slot(first.slot(), say));
    http.async_perform(made, two, asio::bind_cancellation_slot(second.slot(), say));
    http.async_wait({UINT64_MAX},
                    asio::bind_cancellation_slot(wait.slot(), [&](bool yes) { said.push_back(yes ? "waited" : "not waited"); }));
    while (server.requests().size() < 2) loop.run_one_for(std::chrono::milliseconds(10));
    first.emit(asio::cancellation_type::terminal);
    first.emit(asio::cancellation_type::terminal);
    CHECK(said.empty());  // not from within
    while (said.empty()) loop.run_one();
    CHECK(said == std::vector<std::string>{"cancelled transport unknown"});
    wait.emit(asio::cancellation_type::partial);
    second.emit(asio::cancellation_type::total);
    loop.run();
    CHECK(said.size() == 3);
    first.emit(asio::cancellation_type::terminal);  // long over
    loop.restart();
    CHECK(loop.run() == 0);
}

TEST_CASE("Beast: a coroutine that is cancelled cancels its call", "[beast]") {
    loopback server;
    server.plan({{}, act::then::stall});
    asio::io_context loop;
    acs::beast_client http(loop, for_tests);
    plain_request const r(server.host());
    acs::request const made = r.view();
    sink_archetype sink;
    asio::cancellation_signal signal;
    std::string said;
    auto const body = [&]() -> asio::awaitable<void> { said = outcome(co_await http.async_perform(made, sink, asio::use_awaitable)); };
    asio::co_spawn(loop, body(), asio::bind_cancellation_slot(signal.slot(), asio::detached));
    while (server.requests().empty()) loop.run_one_for(std::chrono::milliseconds(10));
    signal.emit(asio::cancellation_type::terminal);
    loop.run();
    CHECK(said == "cancelled transport unknown");
}

TEST_CASE("Beast: on a strand of several threads", "[beast]") {
    loopback server;
    asio::thread_pool threads(2);
    auto const strand = asio::make_strand(threads);
    auto http = std::make_unique<acs::beast_client>(strand, acs::beast_options{.allow_http = true, .max_connections = 4});
    plain_request const r(server.host());
    acs::request const made = r.view();
    std::list<sink_archetype> sinks(200);
    std::vector<std::future<acs::result<void>>> results;
    std::atomic<int> on_strand{};
    for (sink_archetype& sink : sinks) {
        std::promise<acs::result<void>> promise;
        results.push_back(promise.get_future());
        asio::post(strand, [&, p = std::move(promise)]() mutable {
            http->async_perform(made, sink, [&, q = std::move(p)](acs::result<void> const& how) mutable {
                on_strand += strand.running_in_this_thread();
                q.set_value(how);
            });
        });
    }
    for (auto& f : results) CHECK(outcome(f.get()) == "ok");
    CHECK(on_strand == 200);
    std::promise<void> gone;
    asio::post(strand, [&] {
        http.reset();
        gone.set_value();
    });
    gone.get_future().get();
    threads.join();
    CHECK(server.connections() == 4);
}

}  // namespace test_beast_tokens
