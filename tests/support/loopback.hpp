// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A server on 127.0.0.1 that keeps what it was sent to the byte, and answers with whatever bytes it is told to.
#ifndef ACS_TESTS_SUPPORT_LOOPBACK_HPP
#define ACS_TESTS_SUPPORT_LOOPBACK_HPP

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <acs/core/text.hpp>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace acs_tests {

/// A socket that listens on 127.0.0.1, on a port that was free.
class listener {
public:
    listener() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        auto* const address = reinterpret_cast<sockaddr*>(&at);
        if (fd_ < 0 || ::bind(fd_, address, size) != 0 || ::listen(fd_, 1024) != 0 || ::getsockname(fd_, address, &size) != 0)
            throw std::runtime_error("no loopback socket");
        port_ = ntohs(at.sin_port);
    }
    listener(listener const&) = delete;
    listener& operator=(listener const&) = delete;
    ~listener() { ::close(fd_); }

    [[nodiscard]] int fd() const noexcept { return fd_; }
    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    int fd_;
    std::uint16_t port_{};
};

/// A request as it came.
struct arrived {
    std::string method{}, target{}, version{};
    std::vector<std::pair<std::string, std::string>> fields{};
    std::string body{};
    int connection{};  ///< on which connection of the server, from 0

    [[nodiscard]] std::string value(std::string_view name) const {
        for (auto const& [key, text] : fields)
            if (acs::equal_ignoring_case(key, name)) return text;
        return "-";
    }
};

/// What the server does when a request has arrived: writes these bytes, then goes on as told.
struct act {
    enum class then : std::uint8_t { keep, close, reset, stall };
    std::string bytes{};
    then next{};
    bool before_body{};  ///< at the end of the head already
    bool drip{};         ///< one byte a time
};

/// `HTTP/1.1 200 OK` and so on, with the length of its body.
inline std::string http(int status, std::string_view body, std::string_view more_fields = {}) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " Said\r\n";
    text.append(more_fields);
    if (status >= 200 && status != 204 && status != 304) text += "content-length: " + std::to_string(body.size()) + "\r\n";
    return text.append("\r\n").append(body);
}

class loopback {
public:
    loopback() {
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

    /// Waits until it has closed so many connections; the peer can know it then.
    void await_closed(int count) {
        std::unique_lock lock(mutex_);
        has_closed_.wait(lock, [&] { return closed_ >= count; });
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
        std::string in{};
        bool answered{};  // before its body was there
        bool stalled{};
    };

    void serve() {
        std::list<connection> open;
        for (;;) {
            std::vector<pollfd> wait{{wake_[0], POLLIN, 0}, {listener_.fd(), POLLIN, 0}};
            for (connection const& c : open) wait.push_back({c.fd, POLLIN, 0});
            if (::poll(wait.data(), wait.size(), -1) < 0 || wait[0].revents != 0) break;
            std::size_t i = 2;
            for (auto at = open.begin(); at != open.end(); ++i) {
                bool const keep = wait[i].revents == 0 || take(*at);
                if (!keep) close_one(at->fd);
                at = keep ? std::next(at) : open.erase(at);
            }
            if (wait[1].revents == 0) continue;
            int const fd = ::accept(listener_.fd(), nullptr, nullptr);
            std::lock_guard const lock(mutex_);
            if (fd >= 0) open.push_back({fd, connections_++});
        }
        for (connection const& c : open) ::close(c.fd);
    }

    /// Reads what is there, and answers every request that is whole. False: the connection is over.
    bool take(connection& c) {
        char piece[65536];
        auto const n = ::recv(c.fd, piece, sizeof piece, 0);
        if (n <= 0) return false;
        c.in.append(piece, static_cast<std::size_t>(n));
        while (!c.stalled) {
            std::size_t const end = c.in.find("\r\n\r\n");
            if (end == std::string::npos) return true;
            arrived r = head_of(std::string_view(c.in).substr(0, end));
            std::string const length = r.value("content-length");
            std::size_t const size = end + 4 + (length == "-" ? 0 : std::stoul(length));
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
        return !plan_.empty() && plan_.front().before_body;
    }

    bool answer(connection& c, arrived r) {
        act what{http(200, "{}")};
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
        std::string_view left = what.bytes;
        while (!left.empty()) {
            auto const n = ::send(c.fd, left.data(), what.drip ? 1 : left.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            left.remove_prefix(static_cast<std::size_t>(n));
        }
        if (what.next == act::then::stall) c.stalled = true;
        if (what.next == act::then::reset) {
            linger const abort{1, 0};
            ::setsockopt(c.fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        }
        return what.next == act::then::keep || what.next == act::then::stall;
    }

    static arrived head_of(std::string_view head) {
        arrived r;
        auto const line = [&head] {
            std::size_t const end = head.find("\r\n");
            std::string_view const taken = head.substr(0, end);
            head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
            return taken;
        };
        std::string_view const first = line();
        std::size_t const space = first.find(' '), last = first.rfind(' ');
        r.method = first.substr(0, space);
        if (space < last) r.target = first.substr(space + 1, last - space - 1);
        r.version = first.substr(last + 1);
        while (!head.empty()) {
            std::string_view const field = line();
            std::size_t const colon = field.find(':');
            r.fields.emplace_back(field.substr(0, colon), acs::trim(field.substr(colon + 1)));
        }
        return r;
    }

    listener listener_{};
    int wake_[2]{};
    mutable std::mutex mutex_{};
    std::deque<act> plan_{};
    std::function<act(arrived const&)> answer_by_{};
    std::vector<arrived> requests_{};
    int connections_{};
    int closed_{};
    std::condition_variable has_closed_{};
    std::thread thread_{};
};

}  // namespace acs_tests

#endif
