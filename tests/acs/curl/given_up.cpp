// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What a call that was given up while its answer was under way leaves behind: no connection, on which the next call would find that answer.
#include <acs/curl.hpp>

#include "support/catch.hpp"

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <thread>

#include "archetypes/transport.hpp"
#include "support/listener.hpp"
#include "support/loopback.hpp"
#include "support/plain_request.hpp"

namespace test_curl_given_up {

using acs_tests::act;
using acs_tests::loopback;
using acs_tests::outcome;
using acs_tests::plain_request;
using acs_tests::sink_archetype;

namespace {

/// Answers each request by its target, one connection after the other, but `/late` only when another one has come. Uses no poll.
class late_server {
public:
    late_server() : thread_([this] { serve(); }) {}
    late_server(late_server const&) = delete;
    late_server& operator=(late_server const&) = delete;
    ~late_server() {
        ::shutdown(listener_.fd(), SHUT_RDWR);
        thread_.join();
    }

    [[nodiscard]] std::string host() const { return listener_.host(); }

private:
    [[nodiscard]] int accept_next() const {
        for (;;) {
            int const fd = ::accept(listener_.fd(), nullptr, nullptr);
            if (fd >= 0 || errno != EMFILE) return fd;  // while there is `no_poll`, there is no new socket either
            std::this_thread::yield();
        }
    }

    void serve() {
        for (int fd = 0; (fd = accept_next()) >= 0; ::close(fd)) {
            std::string in, out;
            std::array<char, 4096> piece{};
            for (ssize_t n = 0; (n = ::recv(fd, piece.data(), piece.size(), 0)) > 0;) {
                in.append(piece.data(), static_cast<std::size_t>(n));
                for (std::size_t end = 0; (end = in.find("\r\n\r\n")) != std::string::npos; in.erase(0, end + 4)) {
                    std::size_t const at = in.find(' ') + 1;
                    std::string const target = in.substr(at, in.find(' ', at) - at);
                    out += acs_tests::http_bytes(200, "to " + target);
                    if (target == "/late") continue;
                    static_cast<void>(::send(fd, out.data(), out.size(), MSG_NOSIGNAL));
                    out.clear();
                }
            }
        }
    }

    acs_tests::listener listener_{};
    std::thread thread_;
};

/// Lets poll fail, which refuses more sockets than a process may have open.
class no_poll {
public:
    no_poll() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit const none{1, before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    no_poll(no_poll const&) = delete;
    no_poll& operator=(no_poll const&) = delete;
    ~no_poll() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("The answer to a call that can't wait for it is not the next one's", "[curl]") {
    late_server server;
    acs::curl http({.allow_http = true});
    auto const call = [&](std::string const& target) {
        plain_request const r(server.host(), target);
        sink_archetype sink;
        auto const how = http.perform(r.view(acs::method::get), sink);
        return how ? sink.said().body : outcome(how);
    };
    CHECK(call("/first") == "to /first");
    {
        no_poll const none;
        CHECK(call("/late") == "transport_failed transport unknown");
    }
    CHECK(call("/next") == "to /next");
    CHECK(call("/last") == "to /last");
}

TEST_CASE("A call that is stopped closes its connection at once", "[curl]") {
    loopback server;
    acs::curl http({.allow_http = true});
    server.plan({{}, act::then::stall});
    std::thread stopper([&] {
        while (server.requests().empty()) std::this_thread::yield();
        http.stop();
    });
    plain_request const r(server.host());
    sink_archetype sink;
    CHECK(outcome(http.perform(r.view(), sink)) == "cancelled transport unknown");
    stopper.join();
    server.await_closed(1);
}

}  // namespace test_curl_given_up
