// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/curl/multi.hpp>

#include <acs/curl/blocking.hpp>

#include <poll.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "archetypes/transport.hpp"
#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/loopback.hpp"
#include "support/plain_request.hpp"

namespace test_curl_multi {

using acs_tests::act;
using acs_tests::loopback;
using acs_tests::outcome;
using acs_tests::plain_request;
using acs_tests::sink_archetype;

namespace {

constexpr acs::curl_options for_tests{.allow_http = true, .timeout_ms = 20'000};

/// A call and what came of it.
struct call {
    call(std::string host, std::string target) : request(std::move(host), std::move(target)) {}

    void start(acs::curl_multi& http, std::uint32_t timeout_ms = 0) {
        id = http.carry(made, sink, timeout_ms, [this](acs::result<void> const& carried) {
            ++times;
            said = outcome(carried);
        });
    }

    plain_request request;
    acs::request made = request.view();
    sink_archetype sink{};
    std::uint64_t id{};
    int times{};
    std::string said{};
};

/// An event loop over poll(2), as simple as they come.
class poll_loop {
public:
    void watch(curl_socket_t socket, bool readable, bool writable) noexcept {
        sockets_[socket] = static_cast<short>((readable ? POLLIN : 0) | (writable ? POLLOUT : 0));
        if (!readable && !writable) sockets_.erase(socket);
    }
    void alarm(std::uint32_t ms) noexcept { alarm_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms); }
    void no_alarm() noexcept { alarm_.reset(); }

    void turn(acs::curl_multi& http) {
        std::vector<pollfd> all;
        for (auto const& [socket, events] : sockets_) all.push_back({socket, events, 0});
        int wait = 1000;
        if (alarm_) {
            auto const left = std::chrono::ceil<std::chrono::milliseconds>(*alarm_ - std::chrono::steady_clock::now()).count();
            wait = left < 0 ? 0 : left < 1000 ? static_cast<int>(left) : 1000;
        }
        REQUIRE(::poll(all.data(), all.size(), wait) >= 0);
        for (pollfd const& p : all)
            if (p.revents != 0)
                http.on_socket(p.fd, (p.revents & POLLIN) != 0, (p.revents & POLLOUT) != 0, (p.revents & (POLLERR | POLLHUP)) != 0);
        if (alarm_ && std::chrono::steady_clock::now() >= *alarm_) {
            alarm_.reset();
            http.on_alarm();
        }
    }
    [[nodiscard]] bool idle() const noexcept { return sockets_.empty() && !alarm_; }

private:
    std::map<curl_socket_t, short> sockets_{};
    std::optional<std::chrono::steady_clock::time_point> alarm_{};
};
static_assert(acs::curl_event_loop<poll_loop>);

}  // namespace

TEST_CASE("Many calls at once, each with its own answer, over a few connections", "[curl]") {
    loopback server;
    acs::curl_multi http({.allow_http = true, .max_connections = 7});
    std::list<call> calls;
    for (int i = 0; i < 200; ++i) {
        calls.emplace_back(server.host(), "/?n=" + std::to_string(i));
        calls.back().start(http);
    }
    CHECK(http.pending() == 200);
    http.run();
    CHECK(http.pending() == 0);
    for (call const& c : calls) {
        CHECK(c.times == 1);
        CHECK(c.said == "ok");
        CHECK(c.sink.said().body == "{}");
    }
    CHECK(server.requests().size() == 200);
    CHECK(server.connections() == 7);
    std::map<std::string, int> seen;
    for (auto const& r : server.requests()) ++seen[r.target];
    CHECK(seen.size() == 200);
}

TEST_CASE("Waits end in the order of their times, and one that is over at once too", "[curl]") {
    acs::curl_multi http;
    std::string order;
    std::uint64_t const now = acs::system_clock().now().ms;
    for (unsigned const ms : {30U, 10U, 20U, 0U, 10U, 5U})
        http.wait({now + ms}, [&order, ms](bool waited) { order += (waited ? " " : " not ") + std::to_string(ms); });
    http.run();
    CHECK(order == " 0 5 10 10 20 30");
    CHECK(acs::system_clock().now().ms >= now + 30);
}

TEST_CASE("What is cancelled ends once, with the certainty there is, and the next call works", "[curl]") {
    loopback server;
    acs::curl_multi http({.allow_http = true, .max_connections = 1});
    server.plan({{}, act::then::stall});
    call running(server.host(), "/1"), queued(server.host(), "/2"), next(server.host(), "/3");
    running.start(http);
    queued.start(http);
    std::optional<bool> waited;
    auto const wait = http.wait({UINT64_MAX}, [&](bool yes) { waited = yes; });
    while (server.requests().empty()) http.run_once(10);

    http.cancel(queued.id);
    http.cancel(wait);
    http.cancel(12345);
    while (http.pending() > 1) http.run_once(10);
    CHECK(queued.said == "cancelled transport not_sent");
    CHECK(waited == false);
    http.cancel(running.id);
    http.cancel(running.id);
    http.run();
    CHECK(running.said == "cancelled transport unknown");
    http.cancel(running.id);
    next.start(http);
    http.run();
    CHECK(next.said == "ok");
    CHECK(running.times + queued.times + next.times == 3);
    CHECK(server.requests().size() == 2);
}

TEST_CASE("Another thread cancels, and stops everything", "[curl]") {
    loopback server;
    acs::curl_multi http(for_tests);
    server.plan({{}, act::then::stall});
    server.plan({{}, act::then::stall});
    call one(server.host(), "/1"), two(server.host(), "/2"), late(server.host(), "/3");
    one.start(http);
    two.start(http);
    while (server.requests().size() < 2) http.run_once(10);
    std::thread canceller([&] { http.cancel(one.id); });
    while (one.times == 0) http.run_once(60'000);
    canceller.join();
    CHECK(one.said == "cancelled transport unknown");
    CHECK(two.times == 0);
    std::thread stopper([&] { http.stop(); });
    http.run();
    stopper.join();
    CHECK(two.said == "cancelled transport unknown");
    late.start(http);
    CHECK(late.said == "cancelled transport not_sent");
    CHECK(http.wait({0}, [&](bool waited) { CHECK_FALSE(waited); }) != 0);
    CHECK_FALSE(http.run_once(0));
}

TEST_CASE("Another thread stops a blocking call, and those that follow", "[curl]") {
    loopback server;
    acs::curl http(for_tests);
    server.plan({{}, act::then::stall});
    plain_request const r(server.host());
    std::thread stopper([&] {
        while (server.requests().empty()) std::this_thread::yield();
        http.stop();
    });
    sink_archetype sink;
    auto const begin = std::chrono::steady_clock::now();
    CHECK(outcome(http.perform(r.view(), sink)) == "cancelled transport unknown");
    stopper.join();
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(15));
    CHECK(outcome(http.perform(r.view(), sink)) == "cancelled transport not_sent");
    CHECK(server.requests().size() == 1);
}

TEST_CASE("Whatever is under way when it is destroyed ends once", "[curl]") {
    loopback server;
    for (int i = 0; i < 4; ++i) server.plan({{}, act::then::stall});
    std::list<call> calls;
    int waits = 0;
    {
        acs::curl_multi http({.allow_http = true, .max_connections = 4});
        for (int i = 0; i < 8; ++i) {
            calls.emplace_back(server.host(), "/");
            calls.back().start(http);
            http.wait({UINT64_MAX}, [&](bool waited) { waits += !waited; });
        }
        while (server.requests().size() < 4) http.run_once(10);
    }
    CHECK(waits == 8);
    int not_sent = 0;
    for (call const& c : calls) {
        CHECK(c.times == 1);
        not_sent += c.said == "cancelled transport not_sent";
    }
    CHECK(not_sent == 4);
    for (int i = 0; i < 1000; ++i) {
        call c(server.host(), "/");  // outlives it
        acs::curl_multi http(for_tests);
        if (i % 2 == 0) c.start(http);
        if (i % 4 == 0) http.run_once(0);
    }
}

TEST_CASE("Time in the queue counts", "[curl]") {
    loopback server;
    acs::curl_multi http({.allow_http = true, .timeout_ms = 20'000, .max_connections = 1});
    server.plan({{}, act::then::stall});
    call first(server.host(), "/1"), second(server.host(), "/2");
    first.start(http, 400);
    second.start(http, 100);
    http.run();
    CHECK(first.said == "timed_out transport unknown");
    CHECK(second.said == "timed_out transport not_sent");
    CHECK(server.requests().size() == 1);
}

TEST_CASE("A request that can't be carried is told at once", "[curl]") {
    loopback server;
    acs::curl_multi http(for_tests);
    call wrong(server.host(), "no path"), large(server.host(), "/?" + std::string(9'000'000, 'x'));
    wrong.start(http);
    CHECK(wrong.said == "invalid_path caller not_sent");
    large.start(http);
    CHECK(large.said == "request_too_large caller not_sent");
    acs::curl_multi strict;
    call plain(server.host(), "/");
    plain.start(strict);
    CHECK(plain.said == "insecure_transport caller not_sent");
    CHECK(server.connections() == 0);
}

TEST_CASE("A callback may throw, begin other calls and cancel; the rest goes on", "[curl]") {
    loopback server;
    acs::curl_multi http({.allow_http = true, .timeout_ms = 20'000, .max_connections = 2});
    std::list<call> calls;
    for (int i = 0; i < 10; ++i) calls.emplace_back(server.host(), "/" + std::to_string(i));
    int thrown = 0, done = 0;
    call other(server.host(), "/other");
    for (call& c : calls)
        http.carry(c.made, c.sink, 0, [&](acs::result<void> const&) {
            if (++done == 1) other.start(http);
            throw std::runtime_error("of the callback");
        });
    for (bool more = true; more;) try {
            more = http.run_once(10'000);
        } catch (std::runtime_error const&) {
            ++thrown;
        }
    CHECK(done == 10);
    CHECK(thrown == 10);
    CHECK(other.said == "ok");
    CHECK(server.requests().size() == 11);
}

TEST_CASE("On a loop of the caller's", "[curl]") {
    loopback server;
    poll_loop loop;
    acs::curl_multi http(loop, {.allow_http = true, .timeout_ms = 20'000, .max_connections = 5});
    std::list<call> calls;
    for (int i = 0; i < 50; ++i) {
        calls.emplace_back(server.host(), "/?n=" + std::to_string(i));
        calls.back().start(http);
    }
    bool waited = false;
    http.wait({acs::system_clock().now().ms + 20}, [&](bool yes) { waited = yes; });
    while (http.pending() != 0) loop.turn(http);
    CHECK(waited);
    for (call const& c : calls) CHECK(c.said == "ok");
    CHECK(server.connections() == 5);

    SECTION("a stalled call is given up by the alarm, and a cancelled one at once") {
        server.plan({{}, act::then::stall});
        server.plan({{}, act::then::stall});
        call late(server.host(), "/late"), dropped(server.host(), "/dropped");
        late.start(http, 100);
        dropped.start(http);
        while (server.requests().size() < 52) loop.turn(http);
        http.cancel(dropped.id);
        http.on_alarm();
        CHECK(dropped.said == "cancelled transport unknown");
        while (http.pending() != 0) loop.turn(http);
        CHECK(late.said == "timed_out transport unknown");
    }
    SECTION("a callback that throws does not stop it") {
        int thrown = 0;
        std::list<call> more;
        for (int i = 0; i < 10; ++i) {
            more.emplace_back(server.host(), "/");
            http.carry(more.back().made, more.back().sink, 0,
                       [](acs::result<void> const&) { throw std::runtime_error("of the callback"); });
        }
        while (http.pending() != 0) try {
                loop.turn(http);
            } catch (std::runtime_error const&) {
                ++thrown;
            }
        CHECK(thrown == 10);
    }
}

TEST_CASE("Exchanges in flight by the hundred, driven by callbacks and as coroutines", "[curl]") {
    loopback server;
    std::string const host = server.host();
    acs::endpoint const to{.host = host, .scheme = acs::scheme::http};
    constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
    acs::acs3_hmac_sha256 const who(acs::credentials{"id", "secret"});
    acs::curl_multi http({.allow_http = true, .max_connections = 8});
    for (int i = 0; i < 20; ++i) server.plan({acs_tests::http_bytes(429, R"({"Code":"Throttling"})")});
    for (int i = 0; i < 400; ++i) server.plan({acs_tests::http_bytes(200, R"({"RequestId":"1"})")});

    static constexpr acs::retry_policy soon{.first_wait_ms = 5};
    SECTION("callbacks") {
        struct flight {
            flight(acs_tests::list_things const& op, acs::endpoint const& to, acs::acs3_hmac_sha256 const& who, acs::curl_multi& http,
                   int& done)
                : machine(op, to, who, memory, {.retry = soon}), driver(machine, http, boxes, done_of{&machine, &done}) {
                driver.start();
            }
            struct done_of {
                acs::exchange<acs_tests::list_things, acs::acs3_hmac_sha256>* machine;
                int* done;
                void operator()(acs::step last) const { *done += last.what == acs::action::done && machine->reply().request_id == "1"; }
            };
            acs::request_buffer<> memory{};
            acs::exchange<acs_tests::list_things, acs::acs3_hmac_sha256> machine;
            std::array<acs::reply_buffer<>, 1> boxes{};
            acs::callback_driver<decltype(machine), acs::curl_multi, acs::reply_buffer<>, 1, done_of> driver;
        };
        int done = 0;
        std::list<flight> flights;
        for (int i = 0; i < 300; ++i) flights.emplace_back(list, to, who, http, done);
        http.run();
        CHECK(done == 300);
    }
    SECTION("coroutines") {
        acs::awaiting world{http};
        acs::async_client client{world, to, who, {.retry = soon}};
        int done = 0;
        for (int i = 0; i < 300; ++i) client.call(list).start([&](auto reply) { done += reply && reply->request_id == "1"; });
        http.run();
        CHECK(done == 300);
    }
    CHECK(server.requests().size() == 320);
    CHECK(server.connections() == 8);
}

TEST_CASE("A driver that is cancelled ends at once what it waits for", "[curl]") {
    loopback server;
    std::string const host = server.host();
    acs::endpoint const to{.host = host, .scheme = acs::scheme::http};
    constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
    acs::acs3_hmac_sha256 const who(acs::credentials{"id", "secret"});
    acs::curl_multi http(for_tests);
    server.plan({{}, act::then::stall});
    acs::request_buffer<> memory{};
    acs::exchange machine(list, to, who, memory);
    std::array<acs::reply_buffer<>, 1> boxes{};
    std::optional<acs::step> last;
    acs::callback_driver driver{machine, http, boxes, [&](acs::step s) { last = s; }};
    driver.start();
    while (server.requests().empty()) http.run_once(10);
    driver.cancel();
    http.run();
    REQUIRE(last);
    CHECK(last->what == acs::action::failed);
    CHECK(machine.error().code == acs::errc::cancelled);
    CHECK(server.requests().size() == 1);
}

}  // namespace test_curl_multi
