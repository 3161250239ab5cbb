// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The least of a server, in a process of its own, so that what it costs is not the client's: answers every request with the same bytes.
#ifndef ACS_TESTS_BENCH_TRANSPORTS_SERVER_HPP
#define ACS_TESTS_BENCH_TRANSPORTS_SERVER_HPP

#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "bench/require.hpp"
#include "support/loopback.hpp"

namespace acs_bench {

class server {
public:
    explicit server(std::string_view body) : answer_(acs_tests::http_bytes(200, body, "content-type: application/json;charset=utf-8\r\n")) {
        child_ = ::fork();
        require(child_ >= 0, "no process for the server");
        if (child_ == 0) serve();
    }
    server(server const&) = delete;
    server& operator=(server const&) = delete;
    ~server() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }

    [[nodiscard]] std::string host() const { return listener_.host(); }

private:
    [[noreturn]] void serve() {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        int const epoll = ::epoll_create1(0);
        epoll_event accepting{EPOLLIN, {.fd = listener_.fd()}};
        require(epoll >= 0 && ::epoll_ctl(epoll, EPOLL_CTL_ADD, listener_.fd(), &accepting) == 0, "no epoll");
        std::map<int, std::string> partial;
        for (std::array<epoll_event, 64> ready{};;) {
            int const n = ::epoll_wait(epoll, ready.data(), static_cast<int>(ready.size()), -1);
            for (int i = 0; i < n; ++i) {
                int const fd = ready[static_cast<std::size_t>(i)].data.fd;
                if (fd == listener_.fd()) {
                    int const made = ::accept(fd, nullptr, nullptr), on = 1;
                    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                    epoll_event reading{EPOLLIN, {.fd = made}};
                    ::epoll_ctl(epoll, EPOLL_CTL_ADD, made, &reading);
                } else if (!take(fd, partial[fd])) {
                    ::close(fd);
                    partial.erase(fd);
                }
            }
        }
    }

    /// Requests without a body, or with one of `content-length: 0`.
    bool take(int fd, std::string& in) {
        std::array<char, 16384> piece{};
        auto const n = ::recv(fd, piece.data(), piece.size(), 0);
        if (n <= 0) return false;
        in.append(piece.data(), static_cast<std::size_t>(n));
        for (std::size_t end = in.find("\r\n\r\n"); end != std::string::npos; end = in.find("\r\n\r\n")) {
            in.erase(0, end + 4);
            if (::send(fd, answer_.data(), answer_.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(answer_.size())) return false;
        }
        return true;
    }

    acs_tests::listener listener_{};
    std::string answer_;
    pid_t child_{};
};

}  // namespace acs_bench

#endif
