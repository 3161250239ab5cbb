// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/beast/client.hpp>

#include <acs/beast/awaited.hpp>
#include <acs/beast/blocking.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <exception>
#include <list>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "archetypes/transport.hpp"
#include "support/allocations.hpp"
#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/loopback.hpp"
#include "support/plain_request.hpp"

namespace test_beast_client {

using acs_tests::act;
using acs_tests::loopback;
using acs_tests::outcome;
using acs_tests::plain_request;
using acs_tests::sink_archetype;

namespace {

constexpr acs::beast_options for_tests{.allow_http = true, .timeout_ms = 20'000};

/// A call and what came of it.
struct call {
    call(std::string host, std::string target) : request(std::move(host), std::move(target)) {}

    void start(acs::beast_client& http, std::uint32_t timeout_ms = 0) {
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

void turn(boost::asio::io_context& loop, std::chrono::milliseconds at_most = std::chrono::milliseconds(10)) {
    loop.restart();
    loop.run_one_for(at_most);
}

void run(boost::asio::io_context& loop) {
    loop.restart();
    loop.run();
}

}  // namespace

TEST_CASE("Beast: many calls at once, each with its own answer, over a few connections", "[beast]") {
    loopback server;
    boost::asio::io_context loop;
    acs::beast_client http(loop, {.allow_http = true, .max_connections = 7});
    std::list<call> calls;
    for (int i = 0; i < 200; ++i) {
        calls.emplace_back(server.host(), "/?n=" + std::to_string(i));
        calls.back().start(http);
    }
    loop.run();  // which ends: kept connections and timers are no work
    for (call const& c : calls) {
        CHECK(c.times == 1);
        CHECK(c.said == "ok");
        CHECK(c.sink.said().body == "{}");
    }
    CHECK(server.connections() == 7);
    std::set<std::string> seen;
    for (auto const& r : server.requests()) seen.insert(r.target);
    CHECK(seen.size() == 200);
    CHECK(server.requests().size() == 200);
}

TEST_CASE("Beast: connections are kept for the hosts that were called last", "[beast]") {
    loopback one, two, three;
    boost::asio::io_context loop;
    acs::beast_client http(loop, {.allow_http = true, .max_connections = 2});
    auto const calls = [&](loopback const& server) {
        call c(server.host(), "/");
        c.start(http);
        run(loop);
        CHECK(c.said == "ok");
    };
    for (loopback const* s : {&one, &two, &one, &two}) calls(*s);
    CHECK(one.connections() + two.connections() == 2);
    calls(three);  // takes the place of the one to `one`
    calls(two);
    CHECK(two.connections() == 1);
    calls(one);
    CHECK(one.connections() == 2);
    CHECK(three.connections() == 1);
}

TEST_CASE("Beast: waits end in the order of their times, and one that is over at once too", "[beast]") {
    boost::asio::io_context loop;
    acs::beast_client http(loop);
    std::string order;
    std::uint64_t const now = acs::system_clock().now().ms;
    for (unsigned const ms : {30U, 10U, 20U, 0U, 10U, 5U})
        http.wait({now + ms}, [&order, ms](bool waited) { order += (waited ? " " : " not ") + std::to_string(ms); });
    CHECK(order.empty());
    loop.run();
    CHECK(order == " 0 5 10 10 20 30");
    CHECK(acs::system_clock().now().ms >= now + 30);
}

TEST_CASE("Beast: what is cancelled ends once, with the certainty there is, and the next call works", "[beast]") {
    loopback server;
    boost::asio::io_context loop;
    acs::beast_client http(loop, {.allow_http = true, .max_connections = 1});
    server.plan({{}, act::then::stall});
    call running(server.host(), "/1"), queued(server.host(), "/2"), next(server.host(), "/3");
    running.start(http);
    queued.start(http);
    std::optional<bool> waited;
    auto const wait = http.wait({UINT64_MAX}, [&](bool yes) { waited = yes; });
    while (server.requests().empty()) turn(loop);

    http.cancel(queued.id);
    http.cancel(wait);
    http.cancel(12345);
    CHECK(queued.times == 0);  // never from within
    while (!waited || queued.times == 0) turn(loop);
    CHECK(queued.said == "cancelled transport not_sent");
    CHECK(waited == false);
    http.cancel(running.id);
    http.cancel(running.id);
    run(loop);
    CHECK(running.said == "cancelled transport unknown");
    next.start(http);
    run(loop);
    CHECK(next.said == "ok");
    CHECK(running.times + queued.times + next.times == 3);
    CHECK(server.requests().size() == 2);
}

TEST_CASE("Beast: another thread cancels, and stops everything", "[beast]") {
    loopback server;
    boost::asio::io_context loop;
    acs::beast_client http(loop, for_tests);
    server.plan({{}, act::then::stall});
    server.plan({{}, act::then::stall});
    call one(server.host(), "/1"), two(server.host(), "/2"), late(server.host(), "/3");
    one.start(http);
    two.start(http);
    while (server.requests().size() < 2) turn(loop);
    std::thread canceller([&] { http.cancel(one.id); });
    while (one.times == 0) turn(loop);
    canceller.join();
    CHECK(one.said == "cancelled transport unknown");
    CHECK(two.times == 0);
    std::thread stopper([&] { http.stop(); });
    run(loop);
    stopper.join();
    CHECK(two.said == "cancelled transport unknown");
    late.start(http);
    http.wait({0}, [&](bool waited) { CHECK_FALSE(waited); });
    run(loop);
    CHECK(late.said == "cancelled transport not_sent");
    CHECK(server.requests().size() == 2);
}

TEST_CASE("Beast: another thread stops a blocking call, and those that follow", "[beast]") {
    loopback server;
    acs::beast http(for_tests);
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

TEST_CASE("Beast: whatever is under way when the client goes ends once", "[beast]") {
    loopback server;
    for (int i = 0; i < 4; ++i) server.plan({{}, act::then::stall});
    boost::asio::io_context loop;
    std::list<call> calls;
    int waits = 0;
    {
        acs::beast_client http(loop, {.allow_http = true, .max_connections = 4});
        for (int i = 0; i < 8; ++i) {
            calls.emplace_back(server.host(), "/");
            calls.back().start(http);
            http.wait({UINT64_MAX}, [&](bool waited) { waits += !waited; });
        }
        while (server.requests().size() < 4) turn(loop);
    }
    CHECK(waits == 0);
    run(loop);
    CHECK(waits == 8);
    int not_sent = 0;
    for (call const& c : calls) {
        CHECK(c.times == 1);
        not_sent += c.said == "cancelled transport not_sent";
    }
    CHECK(not_sent == 4);
}

TEST_CASE("Beast: created and destroyed a thousand times, with calls in flight or not, before the loop runs on or never", "[beast]") {
    loopback server;
    for (int i = 0; i < 1000; ++i) {
        call c(server.host(), "/");
        boost::asio::io_context loop;
        {
            acs::beast_client http(loop, for_tests);
            if (i % 2 == 0) c.start(http);
            if (i % 4 == 0) turn(loop, std::chrono::milliseconds(0));
        }
        if (i % 8 < 4) run(loop);
        CHECK(c.times == (i % 2 == 0 && i % 8 < 4 ? 1 : 0));
    }
    for (int i = 0; i < 100; ++i) {
        acs::beast http(for_tests);
        plain_request const r(server.host());
        sink_archetype sink;
        if (i % 2 == 0) CHECK(outcome(http.perform(r.view(), sink)) == "ok");
    }
}

TEST_CASE("Beast: time in the queue counts", "[beast]") {
    loopback server;
    boost::asio::io_context loop;
    acs::beast_client http(loop, {.allow_http = true, .timeout_ms = 20'000, .max_connections = 1});
    server.plan({{}, act::then::stall});
    call first(server.host(), "/1"), second(server.host(), "/2");
    first.start(http, 400);
    second.start(http, 100);
    loop.run();
    CHECK(first.said == "timed_out transport unknown");
    CHECK(second.said == "timed_out transport not_sent");
    CHECK(server.requests().size() == 1);
}

TEST_CASE("Beast: interim answers have a limit together, though each comes in pieces", "[beast]") {
    acs_tests::listener listening;
    boost::asio::io_context loop;
    acs::beast_client http(loop, {.allow_http = true, .timeout_ms = 20'000, .max_header = 1000});
    call c(listening.host(), "/");
    c.start(http);
    turn(loop);
    int const peer = ::accept(listening.fd(), nullptr, nullptr), on = 1;
    REQUIRE(peer >= 0);
    ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (int i = 0; i < 100 && c.times == 0; ++i)
        for (std::string_view const piece : {"HTTP/1.1 100 Continue\r\n", "x: y\r\n\r\n"}) {
            ::send(peer, piece.data(), piece.size(), MSG_NOSIGNAL);
            for (int k = 0; k < 3; ++k) turn(loop, std::chrono::milliseconds(1));
        }
    ::close(peer);
    CHECK(c.times == 1);
    CHECK(c.said == "reply_too_large transport unknown");
}

TEST_CASE("Beast: an answer a byte at a time is the same answer", "[beast]") {
    loopback server;
    auto const said = [&](acs::beast_options const& how, std::string const& bytes, bool slow) {
        acs::beast http(how);
        server.plan({.bytes = bytes, .slow = slow});
        plain_request const r(server.host());
        sink_archetype sink;
        auto const carried = http.perform(r.view(), sink);
        return carried ? "ok " + sink.said().body : outcome(carried);
    };
    std::string const chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    for (std::string const body : {"0\r\n\r\n", "1\r\nx\r\n0\r\n\r\n", "0\r\na: b\r\n\r\n"})
        for (bool const slow : {false, true}) CHECK(said({.allow_http = true}, chunked + body, slow) == (body[0] == '1' ? "ok x" : "ok "));
    // The fields count, too, that were read before the last byte of the head came.
    std::string head = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 10; ++i) head += "x: y\r\n";
    for (bool const slow : {false, true}) {
        CHECK(said({.allow_http = true, .max_header = 70}, head + "\r\n", slow).substr(0, 15) == "reply_too_large");
        CHECK(said({.allow_http = true, .max_header = 110}, head + "content-length: 0\r\n\r\n", slow) == "ok ");
    }
    std::string const large = "HTTP/1.1 200 OK\r\nx: " + std::string(100'000, 'y') + "\r\ncontent-length: 2\r\n\r\n{}";
    CHECK(said({.allow_http = true, .timeout_ms = 5'000, .max_header = SIZE_MAX}, large, false) == "ok {}");
}

TEST_CASE("Beast: a request that can't be carried is told, but not from within", "[beast]") {
    loopback server;
    boost::asio::io_context loop;
    acs::beast_client http(loop, for_tests), strict(loop);
    call wrong(server.host(), "no path"), plain(server.host(), "/");
    wrong.start(http);
    plain.start(strict);
    CHECK(wrong.times + plain.times == 0);
    loop.run();
    CHECK(wrong.said == "invalid_path caller not_sent");
    CHECK(plain.said == "insecure_transport caller not_sent");
    CHECK(server.connections() == 0);
}

TEST_CASE("Beast: a callback may throw, begin other calls and destroy the client; the rest goes on", "[beast]") {
    loopback server;
    boost::asio::io_context loop;
    auto http = std::make_unique<acs::beast_client>(loop, acs::beast_options{.allow_http = true, .max_connections = 2});
    std::list<call> calls;
    for (int i = 0; i < 10; ++i) calls.emplace_back(server.host(), "/" + std::to_string(i));
    int thrown = 0, done = 0;
    call other(server.host(), "/other");
    for (call& c : calls)
        http->carry(c.made, c.sink, 0, [&](acs::result<void> const&) {
            if (++done == 1) other.start(*http);
            throw std::runtime_error("of the callback");
        });
    for (bool more = true; more;) try {
            loop.run();
            more = false;
        } catch (std::runtime_error const&) {
            ++thrown;
        }
    CHECK(done == 10);
    CHECK(thrown == 10);
    CHECK(other.said == "ok");
    CHECK(server.requests().size() == 11);

    call last(server.host(), "/last"), beside(server.host(), "/beside");
    server.plan({acs_tests::http_bytes(200, "{}")});
    server.plan({{}, act::then::stall});
    http->carry(last.made, last.sink, 0, [&](acs::result<void> const&) { http.reset(); });
    beside.start(*http);
    run(loop);
    CHECK(http == nullptr);
    CHECK(beside.times == 1);
}

namespace {

constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
constexpr acs::retry_policy soon{.first_wait_ms = 5};

struct flight {
    using machine_type = acs::exchange<acs_tests::list_things, acs::acs3_hmac_sha256>;
    struct done_of {
        machine_type* machine;
        int* done;
        void operator()(acs::step last) const { *done += last.what == acs::action::done && machine->reply().request_id == "1"; }
    };

    flight(acs::endpoint const& to, acs::acs3_hmac_sha256 const& who, acs::beast_client& http, int& done)
        : machine(list, to, who, memory, {.retry = soon}), driver(machine, http, boxes, done_of{&machine, &done}) {
        driver.start();
    }

    acs::request_buffer<> memory{};
    machine_type machine;
    std::array<acs::reply_buffer<>, 1> boxes{};
    acs::callback_driver<machine_type, acs::beast_client, acs::reply_buffer<>, 1, done_of> driver;
};

template <class Client>
boost::asio::awaitable<void> call_once(Client& client, int& done) {
    auto const reply = co_await client.template call<boost::asio::awaitable>(list);
    done += reply && reply->request_id == "1";
}

}  // namespace

TEST_CASE("Beast: a blocking call that the heap gives nothing for is forgotten, and the next one works", "[beast]") {
    loopback server;
    unsigned thrown = 0;
    for (std::size_t good = 0; good < 60; ++good) {
        acs::beast http(for_tests);
        auto answer = std::make_unique<acs::reply_buffer<>>();
        auto gone = std::make_unique<plain_request>(server.host());
        try {
            acs::request const made = gone->view();
            acs_tests::heap_that_gives_out const heap(good);
            static_cast<void>(http.perform(made, *answer));
        } catch (std::bad_alloc const&) {
            ++thrown;
        }
        gone.reset();
        answer.reset();
        plain_request const next(server.host());
        sink_archetype sink;
        CHECK(outcome(http.perform(next.view(), sink)) == "ok");
    }
    CHECK(thrown > 5);
    CHECK(thrown < 60);
}

TEST_CASE("Beast: a call or a wait whose beginning throws has not begun", "[beast]") {
    loopback server;
    unsigned thrown = 0;
    for (std::size_t good = 0; good < 40; ++good) {
        boost::asio::io_context loop;
        acs::beast_client http(loop, for_tests);
        int told = 0;
        int const expected = [&] {
            acs::reply_buffer<> answer;
            plain_request const gone(server.host());
            acs::request const made = gone.view();
            try {
                acs_tests::heap_that_gives_out const heap(good);
                good % 2 != 0 ? http.async_wait(acs::tick{0}, [&](bool) { ++told; })
                              : http.async_perform(made, answer, [&](acs::result<void> const&) { ++told; });
            } catch (std::bad_alloc const&) {
                ++thrown;
                return 0;
            }
            run(loop);
            return 1;
        }();
        loop.restart();
        loop.poll();
        CHECK(loop.stopped());  // no timer keeps it
        CHECK(told == expected);
        call next(server.host(), "/next");
        next.start(http);
        run(loop);
        CHECK(next.said == "ok");
    }
    CHECK(thrown > 2);
    CHECK(thrown < 40);
}

TEST_CASE("Beast: a call that is refused as it begins throws or is told, never both", "[beast]") {
    unsigned thrown = 0;
    for (std::size_t good = 0; good < 12; ++good) {
        boost::asio::io_context loop;
        acs::beast_client http(loop, for_tests);
        plain_request const r("127.0.0.1:1", "no path");
        acs::request const made = r.view();
        acs::reply_buffer<> answer;
        int told = 0;
        bool threw = false;
        try {
            acs_tests::heap_that_gives_out const heap(good);
            http.async_perform(made, answer, [&](acs::result<void> const&) { ++told; });
        } catch (std::bad_alloc const&) {
            threw = true;
        }
        run(loop);
        CHECK(told == (threw ? 0 : 1));
        thrown += threw ? 1 : 0;
    }
    CHECK(thrown > 1);
    CHECK(thrown < 12);
}

/// Runs a loop in which the heap fails once; how often that came out.
int run_with_one_failure(boost::asio::io_context& loop, std::size_t good) {
    int thrown = 0;
    loop.restart();
    acs_tests::heap_that_gives_out const heap(good, true);
    for (bool again = true; std::exchange(again, false);) try {
            loop.run();
        } catch (std::bad_alloc const&) {
            ++thrown;
            again = true;
        }
    return thrown;
}

TEST_CASE("Beast: waits that end beside one that there is no memory to tell end all the same", "[beast]") {
    int thrown = 0;
    for (std::size_t good = 0; good < 12; ++good) {
        boost::asio::io_context loop;
        acs::beast_client http(loop, for_tests);
        std::array<int, 5> times{};
        for (int& t : times) http.async_wait(acs::tick{0}, [&t](bool) { ++t; });
        int const failures = run_with_one_failure(loop, good);
        INFO(good << " good allocations");
        CHECK(std::count(times.begin(), times.end(), 1) >= 5 - failures);
        thrown += failures;
    }
    CHECK(thrown > 3);
}

TEST_CASE("Beast: calls beside one that the heap gives nothing for end, each in its time", "[beast]") {
    loopback server;
    int thrown = 0;
    for (std::size_t good = 0; good < 40; ++good) {
        boost::asio::io_context loop;
        acs::beast_client http(loop, {.allow_http = true, .connect_timeout_ms = 50, .timeout_ms = 50, .max_connections = 1});
        plain_request const r(server.host());
        acs::request const made = r.view();
        std::array<acs::reply_buffer<>, 4> answers;
        std::array<int, 4> times{};
        for (std::size_t i = 0; i < 4; ++i) http.async_perform(made, answers[i], [&times, i](acs::result<void> const&) { ++times[i]; });
        int const failures = run_with_one_failure(loop, good);
        INFO(good << " good allocations, " << failures);
        CHECK(std::count(times.begin(), times.end(), 1) >= 4 - failures);
        thrown += failures;
    }
    CHECK(thrown > 3);
}

TEST_CASE("Beast: a client that goes while there is no memory ends nothing but itself", "[beast]") {
    for (std::size_t good = 0; good < 12; ++good) {
        boost::asio::io_context loop;
        int told = 0;
        {
            auto http = std::make_unique<acs::beast_client>(loop, for_tests);
            for (int i = 0; i < 3; ++i) http->async_wait(acs::tick{UINT64_MAX}, [&](bool) { ++told; });
            acs_tests::heap_that_gives_out const heap(good, true);
            http.reset();
        }
        run(loop);
        CHECK(told >= 2);
    }
}

TEST_CASE("Beast: exchanges in flight by the hundred, driven by callbacks and as coroutines of either kind", "[beast]") {
    loopback server;
    std::string const host = server.host();
    acs::endpoint const to{.host = host, .scheme = acs::scheme::http};
    acs::acs3_hmac_sha256 const who(acs::credentials{"id", "secret"});
    boost::asio::io_context loop;
    acs::beast_client http(loop, {.allow_http = true, .max_connections = 8});
    for (int i = 0; i < 20; ++i) server.plan({acs_tests::http_bytes(429, R"({"Code":"Throttling"})")});
    for (int i = 0; i < 400; ++i) server.plan({acs_tests::http_bytes(200, R"({"RequestId":"1"})")});
    int done = 0;

    SECTION("callbacks") {
        std::list<flight> flights;
        for (int i = 0; i < 300; ++i) flights.emplace_back(to, who, http, done);
        loop.run();
    }
    SECTION("coroutines of this library") {
        acs::awaiting world{http};
        acs::async_client client{world, to, who, {.retry = soon}};
        for (int i = 0; i < 300; ++i) client.call(list).start([&](auto reply) { done += reply && reply->request_id == "1"; });
        loop.run();
    }
    SECTION("coroutines of Asio") {
        acs::beast_awaited world{http};
        acs::async_client client{world, to, who, {.retry = soon}};
        for (int i = 0; i < 300; ++i)
            boost::asio::co_spawn(loop, call_once(client, done), [](std::exception_ptr thrown) { CHECK(thrown == nullptr); });
        loop.run();
    }
    CHECK(done == 300);
    CHECK(server.requests().size() == 320);
    CHECK(server.connections() == 8);
}

TEST_CASE("Beast: a driver that is cancelled ends at once what it waits for", "[beast]") {
    loopback server;
    std::string const host = server.host();
    acs::endpoint const to{.host = host, .scheme = acs::scheme::http};
    acs::acs3_hmac_sha256 const who(acs::credentials{"id", "secret"});
    boost::asio::io_context loop;
    acs::beast_client http(loop, for_tests);
    server.plan({{}, act::then::stall});
    acs::request_buffer<> memory{};
    acs::exchange machine(list, to, who, memory);
    std::array<acs::reply_buffer<>, 1> boxes{};
    std::optional<acs::step> last;
    acs::callback_driver driver{machine, http, boxes, [&](acs::step s) { last = s; }};
    driver.start();
    while (server.requests().empty()) turn(loop);
    driver.cancel();
    run(loop);
    REQUIRE(last);
    CHECK(last->what == acs::action::failed);
    CHECK(machine.error().code == acs::errc::cancelled);
    CHECK(server.requests().size() == 1);
}

}  // namespace test_beast_client
