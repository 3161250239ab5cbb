// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A server on 127.0.0.1 that keeps what it was sent to the byte, and answers with whatever bytes it is told to, in whatever hostile manner.
#ifndef ACS_TESTS_SUPPORT_LOOPBACK_HPP
#define ACS_TESTS_SUPPORT_LOOPBACK_HPP

#include <acs/testing/conformance/world.hpp>

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "support/arrived.hpp"
#include "support/listener.hpp"

namespace acs_tests {

using act = acs::conformance::plan;
using acs::conformance::http_bytes;

/// A server of many connections, one thread. With a context it speaks TLS.
class loopback {
public:
    /// `greeting` is what it says before anybody asked.
    explicit loopback(SSL_CTX* context = nullptr, std::string greeting = {}) : context_(context), greeting_(std::move(greeting)) {
        if (::pipe(wake_) != 0) throw std::runtime_error("no pipe");
        thread_ = std::thread([this] { serve(); });
    }
    loopback(loopback const&) = delete;
    loopback& operator=(loopback const&) = delete;
    ~loopback() {
        ::close(wake_[1]);
        thread_.join();
        ::close(wake_[0]);
    }

    [[nodiscard]] std::string host() const { return listener_.host(); }

    /// What it does with the next request that nothing is planned for; an empty 200 otherwise.
    void plan(act what) {
        std::lock_guard const lock(mutex_);
        plan_.push_back(std::move(what));
    }

    /// What it does with every request that nothing is planned for; called on its own thread. The requests are not kept then.
    void answer_by(std::function<act(arrived const&)> how) {
        std::lock_guard const lock(mutex_);
        answer_by_ = std::move(how);
    }

    [[nodiscard]] std::vector<arrived> requests() const {
        std::lock_guard const lock(mutex_);
        return requests_;
    }
    /// How many connections were made so far.
    [[nodiscard]] int connections() const {
        std::lock_guard const lock(mutex_);
        return connections_;
    }

    /// The TLS version of the last connection; empty without one.
    [[nodiscard]] std::string version() const {
        std::lock_guard const lock(mutex_);
        return version_;
    }

    /// Waits until it has closed so many connections; the peer can know it then.
    void await_closed(int count) {
        std::unique_lock lock(mutex_);
        has_closed_.wait(lock, [&] { return closed_ >= count; });
    }

    /// Does this at once, on every connection whose requests are all answered; what it says is with the peer when this returns.
    void meanwhile(act what) {
        std::unique_lock lock(mutex_);
        now_ = &what;
        if (::write(wake_[1], "", 1) != 1) throw std::runtime_error("no pipe");
        has_spoken_.wait(lock, [&] { return now_ == nullptr; });
    }

private:
    void close_one(int fd) {
        ::close(fd);
        std::lock_guard const lock(mutex_);
        ++closed_;
        has_closed_.notify_all();
    }

    struct connection {
        int fd{};
        int number{};
        std::unique_ptr<SSL, void (*)(SSL*)> tls{nullptr, SSL_free};
        std::string in{};
        std::string slow{};  // what is left to say, a byte at a time
        act::then next{};    // what follows that
        bool answered{};     // before its body was there
        bool stalled{};
        bool deaf{};  // does not even read
    };

    void serve() {
        sigset_t broken_pipe;  // OpenSSL writes to peers that may have gone
        ::sigemptyset(&broken_pipe);
        ::sigaddset(&broken_pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
        std::list<connection> open;
        for (;;) {
            std::vector<pollfd> wait{{wake_[0], POLLIN, 0}, {listener_.fd(), POLLIN, 0}};
            bool slow = false;
            for (connection const& c : open) {
                wait.push_back({c.fd, static_cast<short>(c.deaf ? POLLRDHUP : POLLIN), 0});
                slow = slow || !c.slow.empty();
            }
            if (::poll(wait.data(), wait.size(), slow ? 3 : -1) < 0) break;
            char woken = 0;
            if (wait[0].revents != 0 && ::read(wake_[0], &woken, 1) != 1) break;
            std::size_t i = 2;
            for (auto at = open.begin(); at != open.end(); ++i) {
                bool const keep = (wait[i].revents == 0 || (!at->deaf && take(*at))) && say_slowly(*at);
                if (!keep) close_one(at->fd);
                at = keep ? std::next(at) : open.erase(at);
            }
            if (wait[0].revents != 0) speak(open);
            if (wait[1].revents == 0) continue;
            int const fd = ::accept(listener_.fd(), nullptr, nullptr);
            std::lock_guard const lock(mutex_);
            if (fd < 0) continue;
            open.push_back({.fd = fd, .number = connections_++});
            send_all(open.back(), greeting_);
        }
        for (connection const& c : open) ::close(c.fd);
    }

    void speak(std::list<connection>& open) {
        std::lock_guard const lock(mutex_);
        auto const over = [this](connection& c) {
            bool const idle = c.in.empty() && c.slow.empty() && !c.stalled;
            if (!idle || (send_all(c, now_->bytes) && await_taken(c.fd) && go_on(c, now_->next))) return false;
            ::close(c.fd);
            ++closed_;
            return true;
        };
        open.remove_if(over);
        now_ = nullptr;
        has_spoken_.notify_all();
        has_closed_.notify_all();
    }

    /// Waits until the peer's system has all that was sent. False: there is no peer.
    static bool await_taken(int fd) {
        auto const late = std::chrono::steady_clock::now() + std::chrono::seconds(2);
        for (int left = 1; std::chrono::steady_clock::now() < late; std::this_thread::yield()) {
            pollfd broken{fd, 0, 0};
            if (::poll(&broken, 1, 0) != 0 || ::ioctl(fd, SIOCOUTQ, &left) != 0) return false;
            if (left == 0) return true;
        }
        return false;
    }

    bool send_all(connection& c, std::string_view bytes, bool drip = false) {
        while (!bytes.empty()) {
            std::size_t const size = drip ? 1 : bytes.size();
            auto const n = c.tls != nullptr ? SSL_write(c.tls.get(), bytes.data(), static_cast<int>(size))
                                            : ::send(c.fd, bytes.data(), size, MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }

    /// Whether what is sent waits for more, to go in one segment with it.
    static void hold_back(connection& c, bool on) {
        int const value = on ? 1 : 0;
        ::setsockopt(c.fd, IPPROTO_TCP, TCP_CORK, &value, sizeof value);
    }

    bool say_slowly(connection& c) {
        if (c.slow.empty()) return true;
        bool const sent = send_all(c, c.slow.substr(0, 1));
        c.slow.erase(0, 1);
        return sent && (!c.slow.empty() || go_on(c, c.next));
    }

    /// What follows an answer. False: the connection is over.
    bool go_on(connection& c, act::then next) {
        if (next == act::then::stall) c.stalled = true;
        if (next == act::then::reset) {
            linger const abort{1, 0};
            ::setsockopt(c.fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        }
        if (next == act::then::close && c.tls != nullptr) SSL_shutdown(c.tls.get());
        return next == act::then::keep || next == act::then::stall;
    }

    /// Reads what is there. False: the connection is over.
    bool receive(connection& c) {
        std::array<char, 65536> piece;
        if (context_ == nullptr) {
            auto const n = ::recv(c.fd, piece.data(), piece.size(), 0);
            if (n > 0) c.in.append(piece.data(), static_cast<std::size_t>(n));
            return n > 0;
        }
        if (c.tls == nullptr) {  // the peer has begun to shake hands
            c.tls.reset(SSL_new(context_));
            SSL_set_fd(c.tls.get(), c.fd);
            ERR_clear_error();
            if (SSL_accept(c.tls.get()) != 1) return false;
            std::lock_guard const lock(mutex_);
            version_ = SSL_get_version(c.tls.get());
            return true;
        }
        do {
            int const n = SSL_read(c.tls.get(), piece.data(), static_cast<int>(piece.size()));
            ERR_clear_error();
            if (n <= 0) return false;
            c.in.append(piece.data(), static_cast<std::size_t>(n));
        } while (SSL_pending(c.tls.get()) > 0);
        return true;
    }

    /// Reads what is there, and answers every request that is whole. False: the connection is over.
    bool take(connection& c) {
        if (!receive(c)) return false;
        while (!c.stalled) {
            std::size_t const end = c.in.find("\r\n\r\n");
            if (end == std::string::npos) return true;
            arrived r = head_of(std::string_view(c.in).substr(0, end));
            auto const length = acs::parse_integer(r.value("content-length"));  // of none, or of one that makes no sense: nothing
            std::size_t const size = end + 4 + static_cast<std::size_t>(length && *length > 0 ? *length : 0);
            bool const whole = c.in.size() >= size;
            if (!c.answered && (whole || next_is_early())) {
                if (whole) r.body = c.in.substr(end + 4, size - end - 4);
                r.connection = c.number;
                c.answered = true;
                if (!answer(c, std::move(r))) return false;
            }
            if (!whole) return true;
            c.in.erase(0, size);
            c.answered = false;
        }
        return true;
    }

    bool next_is_early() const {
        std::lock_guard const lock(mutex_);
        return !plan_.empty() && plan_.front().early;
    }

    bool answer(connection& c, arrived r) {
        act what{http_bytes(200, "{}")};
        {
            std::lock_guard const lock(mutex_);
            if (!plan_.empty()) {
                what = std::move(plan_.front());
                plan_.pop_front();
            } else if (answer_by_) {
                what = answer_by_(r);
            }
            if (!answer_by_) requests_.push_back(std::move(r));
        }
        c.deaf = what.early && what.next == act::then::stall;
        c.next = what.next;
        if (what.slow) c.slow = what.bytes;
        if (!c.slow.empty()) return true;
        if (!what.behind.empty()) hold_back(c, true);
        bool const sent = send_all(c, what.bytes, what.drip) && send_all(c, what.behind);
        if (!what.behind.empty()) hold_back(c, false);
        return sent && go_on(c, what.next);
    }

    SSL_CTX* context_;
    std::string greeting_;
    listener listener_{};
    int wake_[2]{};
    mutable std::mutex mutex_{};
    std::deque<act> plan_{};
    std::function<act(arrived const&)> answer_by_{};
    std::vector<arrived> requests_{};
    std::string version_{};
    int connections_{};
    int closed_{};
    act* now_{};
    std::condition_variable has_closed_{}, has_spoken_{};
    std::thread thread_{};
};

}  // namespace acs_tests

#endif
