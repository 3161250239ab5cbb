// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_SOCKETS_HPP
#define ACS_CURL_SOCKETS_HPP

#include <acs/hosted.hpp>

#include <curl/curl.h>

#if !defined(_WIN32)
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <string_view>
#include <utility>

namespace acs::inline ACS_ABI {

/// The sockets of a transport over libcurl, which does not look whether a server said something on a kept connection while nobody asked,
/// and would take it for the next answer: such as a 408, or what somebody in between sends. Since 8 it also sends on a connection under TLS
/// what is to go in the clear. Outlives the connections. One thread.
class curl_sockets {
public:
    curl_sockets() noexcept = default;
    curl_sockets(curl_sockets const&) = delete;
    curl_sockets& operator=(curl_sockets const&) = delete;
    ~curl_sockets() {
#if !defined(_WIN32)
        for (socket*& first : by_port_)
            while (first != nullptr) delete std::exchange(first, first->next);
#endif
    }

    /// Makes the connections that a handle opens known here.
    void attach(CURL* h) noexcept {
#if !defined(_WIN32)
        curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, &open);
        curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, this);
        curl_easy_setopt(h, CURLOPT_CLOSESOCKETFUNCTION, &close);
        curl_easy_setopt(h, CURLOPT_CLOSESOCKETDATA, this);
#else
        static_cast<void>(h);
#endif
    }

    /// Whether a connection that is used again is open, silent, and of the same kind. A new one is, and is known by its name from here on.
    [[nodiscard]] bool usable(bool is_new, bool secure, std::string_view peer, int peer_port, int local_port) noexcept {
#if !defined(_WIN32)
        socket* const s = find(is_new, peer, peer_port, local_port);
        char byte{};
        if (is_new && s != nullptr) s->secure = secure;
        return is_new || (s != nullptr && s->secure == secure && ::recv(s->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0);
#else
        static_cast<void>(is_new), static_cast<void>(secure), static_cast<void>(peer), static_cast<void>(peer_port);
        static_cast<void>(local_port);
        return true;
#endif
    }

private:
#if !defined(_WIN32)
    struct socket {
        curl_socket_t fd{};
        int local_port{};  // 0: not known yet
        int peer_port{};
        bool secure{};
        std::array<char, 46> peer{};  // as text, with a NUL behind
        socket* next{};
    };

    [[nodiscard]] socket* find(bool is_new, std::string_view peer, int peer_port, int local_port) noexcept {
        if (is_new) name_new(peer, peer_port, local_port);
        for (socket* s = with_port(local_port); s != nullptr; s = s->next)
            if (s->local_port == local_port && s->peer_port == peer_port && peer == s->peer.data()) return s;
        return nullptr;
    }

    void name_new(std::string_view peer, int peer_port, int local_port) noexcept {
        for (socket** at = &with_port(0); *at != nullptr; at = &(*at)->next) {
            socket* const s = *at;
            if (s->local_port != 0 || port_of(s->fd) != local_port) continue;
            *std::copy_n(peer.data(), std::min(peer.size(), s->peer.size() - 1), s->peer.data()) = '\0';
            s->peer_port = peer_port;
            s->local_port = local_port;
            *at = s->next;
            s->next = std::exchange(with_port(local_port), s);
            return;
        }
    }

    [[nodiscard]] socket*& with_port(int local_port) noexcept { return by_port_[static_cast<unsigned>(local_port) % by_port_.size()]; }

    [[nodiscard]] static int port_of(curl_socket_t fd) noexcept {
        sockaddr_storage name{};
        socklen_t size = sizeof name;
        if (::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size) != 0) return -1;
        if (name.ss_family == AF_INET6) return ntohs(reinterpret_cast<sockaddr_in6 const*>(&name)->sin6_port);
        return ntohs(reinterpret_cast<sockaddr_in const*>(&name)->sin_port);
    }

    static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* to) noexcept {
        auto* const made = new (std::nothrow) socket;
        if (made == nullptr) return CURL_SOCKET_BAD;
        int type = to->socktype;
#if defined(SOCK_CLOEXEC)
        type |= SOCK_CLOEXEC;
#endif
        made->fd = ::socket(to->family, type, to->protocol);
        if (made->fd < 0) {
            delete made;
            return CURL_SOCKET_BAD;
        }
        auto& sockets = *static_cast<curl_sockets*>(self);
        sockets.forget(made->fd);  // libcurl closes some that never connected without a word
        made->next = std::exchange(sockets.with_port(0), made);
        return made->fd;
    }

    static int close(void* self, curl_socket_t fd) noexcept {
        static_cast<curl_sockets*>(self)->forget(fd);
        return ::close(fd);
    }

    void forget(curl_socket_t fd) noexcept {
        for (socket*& first : by_port_)
            for (socket** at = &first; *at != nullptr; at = &(*at)->next)
                if ((*at)->fd == fd) {
                    delete std::exchange(*at, (*at)->next);
                    return;
                }
    }

    std::array<socket*, 256> by_port_{};  // lists, by some bits of the local port: there may be thousands
#endif
};

}  // namespace acs::inline ACS_ABI

#endif
