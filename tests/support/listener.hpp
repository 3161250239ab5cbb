// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_SUPPORT_LISTENER_HPP
#define ACS_TESTS_SUPPORT_LISTENER_HPP

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace acs_tests {

/// A socket that listens on 127.0.0.1, on a port that was free.
class listener {
public:
    explicit listener(int backlog = 1024) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        at_.sin_family = AF_INET;
        at_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at_;
        auto* const address = reinterpret_cast<sockaddr*>(&at_);
        if (fd_ < 0 || ::bind(fd_, address, size) != 0 || ::listen(fd_, backlog) != 0 || ::getsockname(fd_, address, &size) != 0)
            throw std::runtime_error("no loopback socket");
    }
    listener(listener const&) = delete;
    listener& operator=(listener const&) = delete;
    ~listener() { ::close(fd_); }

    [[nodiscard]] int fd() const noexcept { return fd_; }
    [[nodiscard]] sockaddr_in const& address() const noexcept { return at_; }
    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(ntohs(at_.sin_port)); }

private:
    int fd_;
    sockaddr_in at_{};
};

/// One that nobody takes connections from, with as many waiting as it lets wait: the next one gets no answer at all.
class full_listener : public listener {
public:
    full_listener() : listener(0) {
        for (int& fd : waiting_) {
            fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            static_cast<void>(::connect(fd, reinterpret_cast<sockaddr const*>(&address()), sizeof address()));
        }
    }
    ~full_listener() {
        for (int const fd : waiting_) ::close(fd);
    }

private:
    std::array<int, 4> waiting_{};
};

}  // namespace acs_tests

#endif
