// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A proxy on 127.0.0.1 that connects (CONNECT), refuses, or says nothing.
#ifndef ACS_TESTS_SUPPORT_CONNECT_PROXY_HPP
#define ACS_TESTS_SUPPORT_CONNECT_PROXY_HPP

#include <acs/testing/conformance/world.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/loopback.hpp"

namespace acs_tests {

class connect_proxy {
public:
    explicit connect_proxy(acs::conformance::proxy how) : how_(how) {
        if (::pipe(wake_) != 0) throw std::runtime_error("no pipe");
        thread_ = std::thread([this] { serve(); });
    }
    connect_proxy(connect_proxy const&) = delete;
    connect_proxy& operator=(connect_proxy const&) = delete;
    ~connect_proxy() {
        ::close(wake_[1]);
        thread_.join();
        ::close(wake_[0]);
    }

    [[nodiscard]] std::string url() const { return "http://" + listener_.host(); }
    [[nodiscard]] int connections() const noexcept { return connections_; }

private:
    struct tunnel {
        int client{};
        int server = -1;  // until it is told where
        std::string head{};
    };

    void serve() {
        std::list<tunnel> open;
        for (;;) {
            std::vector<pollfd> wait{{wake_[0], POLLIN, 0}, {listener_.fd(), POLLIN, 0}};
            for (tunnel const& t : open) {
                wait.push_back({t.client, POLLIN, 0});
                wait.push_back({t.server, POLLIN, 0});  // one that is negative is passed over
            }
            if (::poll(wait.data(), wait.size(), -1) < 0 || wait[0].revents != 0) break;
            std::size_t i = 2;
            for (auto at = open.begin(); at != open.end(); i += 2) {
                bool keep = true;
                if (wait[i].revents != 0) keep = at->server < 0 ? take_head(*at) : relay(at->client, at->server);
                if (keep && at->server >= 0 && wait[i + 1].revents != 0) keep = relay(at->server, at->client);
                if (!keep) end(*at);
                at = keep ? std::next(at) : open.erase(at);
            }
            if (wait[1].revents == 0) continue;
            int const fd = ::accept(listener_.fd(), nullptr, nullptr);
            ++connections_;
            if (fd >= 0) open.push_back({.client = fd});
        }
        for (tunnel const& t : open) end(t);
    }

    static void end(tunnel const& t) {
        ::close(t.client);
        if (t.server >= 0) ::close(t.server);
    }

    bool take_head(tunnel& t) const {
        std::array<char, 4096> piece{};
        auto const n = ::recv(t.client, piece.data(), piece.size(), 0);
        if (n <= 0) return false;
        t.head.append(piece.data(), static_cast<std::size_t>(n));
        if (t.head.find("\r\n\r\n") == std::string::npos) return true;
        using enum acs::conformance::proxy;
        if (how_ == mute) return true;
        if (how_ == asks_password)
            return say(t.client, "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\ncontent-length: 0\r\n\r\n");
        if (how_ == refuses || !connect(t)) return say(t.client, "HTTP/1.1 502 No\r\ncontent-length: 2\r\n\r\nno");
        return say(t.client, "HTTP/1.1 200 Connected\r\n\r\n");
    }

    /// To a port of this machine only.
    static bool connect(tunnel& t) {
        std::size_t const colon = t.head.find(':');
        if (t.head.substr(0, 8) != "CONNECT " || colon == std::string::npos) return false;
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        to.sin_port = htons(static_cast<std::uint16_t>(std::stoul(t.head.substr(colon + 1))));
        t.server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        return t.server >= 0 && ::connect(t.server, reinterpret_cast<sockaddr const*>(&to), sizeof to) == 0;
    }

    static bool relay(int from, int to) {
        std::array<char, 16384> piece{};
        auto const n = ::recv(from, piece.data(), piece.size(), 0);
        return n > 0 && say(to, {piece.data(), static_cast<std::size_t>(n)});
    }

    static bool say(int to, std::string_view text) {
        while (!text.empty()) {
            auto const n = ::send(to, text.data(), text.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }

    acs::conformance::proxy how_;
    listener listener_{};
    int wake_[2]{};
    std::atomic<int> connections_{};
    std::thread thread_{};
};

}  // namespace acs_tests

#endif
