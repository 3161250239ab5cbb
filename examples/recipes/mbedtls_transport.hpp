// A transport over mbedTLS 2.28 and a POSIX socket, as firmware would have it: one connection a call, no heap but what mbedTLS takes, and a
// deadline for the whole call that every wait is cut short by.
#ifndef ACS_EXAMPLES_RECIPES_MBEDTLS_TRANSPORT_HPP
#define ACS_EXAMPLES_RECIPES_MBEDTLS_TRANSPORT_HPP

#include <acs.hpp>

#include <fcntl.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/ssl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "framer.hpp"

namespace recipes {

class mbedtls_transport {
public:
    /// Trusts the certificates in a PEM file; `good()` says whether there are any.
    explicit mbedtls_transport(char const* ca_file) {
        mbedtls_ssl_config_init(&config_);
        mbedtls_x509_crt_init(&trusted_);
        mbedtls_ctr_drbg_init(&random_);
        mbedtls_entropy_init(&entropy_);
        good_ = mbedtls_ctr_drbg_seed(&random_, mbedtls_entropy_func, &entropy_, nullptr, 0) == 0 &&
                mbedtls_x509_crt_parse_file(&trusted_, ca_file) == 0 &&
                mbedtls_ssl_config_defaults(&config_, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT) == 0;
        mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_REQUIRED);
        mbedtls_ssl_conf_min_version(&config_, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);  // TLS 1.2
        mbedtls_ssl_conf_ca_chain(&config_, &trusted_, nullptr);
        mbedtls_ssl_conf_rng(&config_, mbedtls_ctr_drbg_random, &random_);
    }
    mbedtls_transport(mbedtls_transport const&) = delete;
    mbedtls_transport& operator=(mbedtls_transport const&) = delete;
    ~mbedtls_transport() {
        mbedtls_ssl_config_free(&config_);
        mbedtls_x509_crt_free(&trusted_);
        mbedtls_ctr_drbg_free(&random_);
        mbedtls_entropy_free(&entropy_);
    }

    [[nodiscard]] bool good() const noexcept { return good_; }

    /// The longest that a call may take; 0: a minute. The drivers tell.
    void limit(std::uint32_t ms) noexcept { limit_ms_ = ms != 0 ? ms : 60'000; }

    /// See `acs::transport`.
    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const& made, Sink& sink) {
        if (auto ok = acs::check_request(made, false); !ok) return ok;
        deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(limit_ms_);
        address const to = address_of(made.host);
        std::string const host(to.name), port(to.port);
        connection c;
        if (acs::errc const code = connect(c, host, port); code != acs::errc::none) return lost(code, acs::delivery::not_sent);
        if (mbedtls_ssl_setup(&c.tls, &config_) != 0 || mbedtls_ssl_set_hostname(&c.tls, host.c_str()) != 0)
            return lost(acs::errc::out_of_memory, acs::delivery::not_sent);
        mbedtls_ssl_set_bio(&c.tls, &c, &send, &receive, nullptr);
        c.owner = this;
        if (mbedtls_ssl_handshake(&c.tls) != 0) return lost(late() ? acs::errc::timed_out : acs::errc::tls_failed, acs::delivery::not_sent);

        framer<Sink> answer(sink, made.verb);
        if (!write(c, made)) return lost(late() ? acs::errc::timed_out : acs::errc::send_failed, acs::delivery::unknown);
        using state = typename framer<Sink>::state;
        state now = state::more;
        std::array<unsigned char, 2048> piece{};
        while (now == state::more) {
            int const n = mbedtls_ssl_read(&c.tls, piece.data(), piece.size());
            // Only a close that the peer announced is an end; what breaks off is cut.
            if (n == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY)
                now = answer.take_end();
            else if (n <= 0)
                break;
            else
                now = answer.take({reinterpret_cast<char const*>(piece.data()), static_cast<std::size_t>(n)});
        }
        if (now == state::done) return {};
        acs::errc const why = now == state::too_much ? acs::errc::reply_too_large
                              : late()               ? acs::errc::timed_out
                                                     : acs::errc::receive_failed;
        return lost(why, answer.answered() ? acs::delivery::answered : acs::delivery::unknown);
    }

private:
    struct connection {
        connection() { mbedtls_ssl_init(&tls); }
        connection(connection const&) = delete;
        connection& operator=(connection const&) = delete;
        ~connection() {
            if (fd >= 0) mbedtls_ssl_close_notify(&tls);
            mbedtls_ssl_free(&tls);
            if (fd >= 0) ::close(fd);
        }
        mbedtls_ssl_context tls;
        mbedtls_transport* owner{};
        int fd = -1;
    };

    static acs::result<void> lost(acs::errc code, acs::delivery how_far) {
        acs::failure f{};
        f.origin = acs::origin::transport;
        f.code = code;
        f.delivery = how_far;
        f.where = "mbedtls";
        return f;
    }

    [[nodiscard]] bool late() const { return std::chrono::steady_clock::now() >= deadline_; }

    /// Waits for a socket, until the deadline.
    [[nodiscard]] bool ready(int fd, short events) const {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now()).count();
        pollfd wait{fd, events, 0};
        return left > 0 && ::poll(&wait, 1, static_cast<int>(left)) == 1;
    }

    acs::errc connect(connection& c, std::string const& host, std::string const& port) const {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return acs::errc::resolve_failed;
        for (addrinfo const* a = found; a != nullptr && c.fd < 0; a = a->ai_next) {
            int const fd = ::socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, a->ai_protocol);
            if (fd < 0) continue;
            int error = 0, on = 1;
            socklen_t size = sizeof error;
            bool connected = ::connect(fd, a->ai_addr, a->ai_addrlen) == 0;
            connected = connected || (errno == EINPROGRESS && ready(fd, POLLOUT) &&
                                      ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0);
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            connected ? void(c.fd = fd) : void(::close(fd));
        }
        ::freeaddrinfo(found);
        return c.fd >= 0 ? acs::errc::none : late() ? acs::errc::timed_out : acs::errc::connect_failed;
    }

    static int send(void* of, unsigned char const* data, std::size_t size) {
        auto const* const c = static_cast<connection const*>(of);
        for (;;) {
            auto const n = ::send(c->fd, data, size, MSG_NOSIGNAL);
            if (n >= 0) return static_cast<int>(n);
            if ((errno != EAGAIN && errno != EINTR) || !c->owner->ready(c->fd, POLLOUT)) return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
        }
    }

    static int receive(void* of, unsigned char* data, std::size_t size) {
        auto const* const c = static_cast<connection const*>(of);
        for (;;) {
            auto const n = ::recv(c->fd, data, size, 0);
            if (n >= 0) return n == 0 ? MBEDTLS_ERR_SSL_CONN_EOF : static_cast<int>(n);
            if ((errno != EAGAIN && errno != EINTR) || !c->owner->ready(c->fd, POLLIN)) return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
        }
    }

    static bool write(connection& c, acs::request const& made) {
        auto const all = [&c](std::string_view text) {
            while (!text.empty()) {
                int const n = mbedtls_ssl_write(&c.tls, reinterpret_cast<unsigned char const*>(text.data()), text.size());
                if (n <= 0) return false;
                text.remove_prefix(static_cast<std::size_t>(n));
            }
            return true;
        };
        // One record for the head: a record a piece would make it three times as long.
        std::array<char, 2048> piece{};
        std::size_t size = 0;
        auto const flush = [&] { return all({piece.data(), std::exchange(size, 0)}); };
        auto const gather = [&](std::string_view text) {
            while (!text.empty()) {
                std::size_t const n = std::min(text.size(), piece.size() - size);
                std::copy_n(text.data(), n, piece.data() + size);
                text.remove_prefix(n);
                size += n;
                if (size == piece.size() && !flush()) return false;
            }
            return true;
        };
        if (!write_head(made, gather) || !flush()) return false;
        acs::body_reader body(made.body);
        for (std::size_t n = body.read(piece); n != 0; n = body.read(piece))
            if (!all({piece.data(), n})) return false;
        return true;
    }

    mbedtls_ssl_config config_;
    mbedtls_x509_crt trusted_;
    mbedtls_ctr_drbg_context random_;
    mbedtls_entropy_context entropy_;
    std::chrono::steady_clock::time_point deadline_{};
    std::uint32_t limit_ms_ = 60'000;
    bool good_{};
};

static_assert(acs::transport<mbedtls_transport>);

}  // namespace recipes

#endif
