// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A transport over sockets by hand, on the framer of the recipes, that makes one mistake on demand: what the conformance kit has to find.
#ifndef ACS_TESTS_SUPPORT_HAND_MADE_HPP
#define ACS_TESTS_SUPPORT_HAND_MADE_HPP

#include <acs/testing/conformance/world.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "../examples/recipes/framer.hpp"
#include "support/servers.hpp"

namespace acs_tests {

enum class mistake : std::uint8_t {
    none,
    sends_twice,
    adds_a_field,
    loses_a_field,
    changes_the_target,
    sends_half_a_body,
    checks_nothing,
    allows_plain_http,
    takes_interim_for_answer,
    takes_what_is_cut,
    ignores_the_sink,
    says_sent_is_not_sent,
    tells_twice,
    waits_after_head,
    changes_the_method,
    shares_connections,
    keeps_what_is_closed,
    keeps_what_has_more,
    sends_again,
    doubts_what_was_not_sent,
    takes_trailers,
    expands_bodies
};

/// Plain HTTP, over one connection that it keeps if it may.
class hand_made {
public:
    explicit hand_made(mistake what) : mistake_(what) {}
    hand_made(hand_made const&) = delete;
    hand_made& operator=(hand_made const&) = delete;
    ~hand_made() { disconnect(); }

    void limit(std::uint32_t ms) noexcept { limit_ms_ = ms; }

    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const& made, Sink& sink) {
        bool const allow = allow_http || mistake_ == mistake::allows_plain_http;
        if (mistake_ != mistake::checks_nothing)
            if (auto ok = acs::check_request(made, allow); !ok) return ok;
        if (made.host == "no-such-host.invalid") return lost(acs::errc::resolve_failed, acs::delivery::not_sent);
        if (mistake_ == mistake::sends_twice) static_cast<void>(exchange(made, sink));
        return exchange(made, sink);
    }

    bool allow_http = true;

private:
    /// Between framer and sink: notes whether the connection is over, and is where mistakes are made.
    template <class Sink>
    struct watching {
        Sink* to;
        mistake what;
        bool closes = false;

        void status(std::uint16_t code) noexcept { to->status(code); }
        bool field(std::string_view name, std::string_view value) noexcept {
            for (std::size_t i = 0; acs::equal_ignoring_case(name, "connection") && i + 5 <= value.size(); ++i)
                closes = closes || acs::equal_ignoring_case(value.substr(i, 5), "close");
            return to->field(name, value);
        }
        bool body(std::string_view piece) noexcept {
            for (int i = 0; what == mistake::expands_bodies && piece.starts_with('\x1f') && i < 1000; ++i)
                if (!to->body("0")) return false;
            return to->body(piece) || what == mistake::ignores_the_sink;
        }
    };

    template <class Sink>
    acs::result<void> exchange(acs::request const& made, Sink& sink) {
        deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(limit_ms_);
        bool const kept = fd_ >= 0 && (host_ == made.host || mistake_ == mistake::shares_connections) && is_quiet();
        if (!kept && !connect(made.host)) {
            bool const late = errno == EINPROGRESS || errno == EAGAIN;
            acs::delivery const sent = mistake_ == mistake::doubts_what_was_not_sent ? acs::delivery::unknown : acs::delivery::not_sent;
            return lost(late ? acs::errc::timed_out : acs::errc::connect_failed, sent);
        }
        keeps_ = false;
        acs::result<void> const carried = send_and_receive(made, sink);
        if (!keeps_) disconnect();
        bool const again = !carried && carried.error().delivery == acs::delivery::unknown && carried.error().code != acs::errc::timed_out;
        return again && kept && mistake_ == mistake::sends_again ? exchange(made, sink) : carried;
    }

    bool connect(std::string_view host) {
        disconnect();
        fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        host_ = host;
        wait_until_deadline(SO_SNDTIMEO);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        to.sin_port = htons(static_cast<std::uint16_t>(std::stoul("0" + host_.substr(host_.find(':') + 1))));
        return ::connect(fd_, reinterpret_cast<sockaddr const*>(&to), sizeof to) == 0;
    }
    void disconnect() noexcept {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

    /// Nothing came on the connection that is kept, not even its end.
    [[nodiscard]] bool is_quiet() const noexcept {
        char byte = 0;
        return ::recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 || mistake_ == mistake::keeps_what_has_more;
    }

    template <class Sink>
    acs::result<void> send_and_receive(acs::request const& made, Sink& sink) {
        std::string const text = written(made);
        wait_until_deadline(SO_SNDTIMEO);
        if (::send(fd_, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
            return lost(errno == EPIPE || errno == ECONNRESET ? acs::errc::send_failed : acs::errc::timed_out, acs::delivery::unknown);
        watching<Sink> watched{&sink, mistake_};
        recipes::framer<watching<Sink>> answer(watched, mistake_ == mistake::waits_after_head ? acs::method::post : made.verb);
        using state = typename recipes::framer<watching<Sink>>::state;
        state now = state::more;
        bool late = false, ended = false;
        std::size_t taken = 0, had = 0;
        std::string begin;
        std::array<char, 4096> piece{};
        while (now == state::more) {
            wait_until_deadline(SO_RCVTIMEO);
            auto const n = ::recv(fd_, piece.data(), piece.size(), 0);
            late = n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
            late = late || std::chrono::steady_clock::now() >= deadline_;
            if (n < 0 || (late && n > 0)) break;
            ended = n == 0;
            had = static_cast<std::size_t>(n);
            begin.append(piece.data(), had < 8 ? had : 8);
            for (taken = 0; taken < had && now == state::more; ++taken) now = answer.take({&piece[taken], 1});
            if (ended) now = answer.take_end();
            if (mistake_ == mistake::takes_interim_for_answer && std::string_view(piece.data(), 12) == "HTTP/1.1 100") now = state::done;
            if (ended && mistake_ == mistake::takes_what_is_cut) now = state::done;
        }
        bool const over = ended || ((watched.closes || begin.starts_with("HTTP/1.0")) && mistake_ != mistake::keeps_what_is_closed);
        keeps_ = now == state::done && !over && (taken == had || mistake_ == mistake::keeps_what_has_more);
        if (now == state::done && mistake_ == mistake::takes_trailers) static_cast<void>(sink.field("X-Trailer", "t"));
        if (now == state::done) return {};
        acs::errc const why = now == state::too_much ? acs::errc::reply_too_large : late ? acs::errc::timed_out : acs::errc::receive_failed;
        acs::delivery const sent = mistake_ == mistake::says_sent_is_not_sent ? acs::delivery::not_sent : acs::delivery::unknown;
        return lost(why, answer.answered() ? acs::delivery::answered : sent);
    }

    /// At least a millisecond, since 0 stands for ever.
    void wait_until_deadline(int what) const {
        auto const left = std::chrono::duration_cast<std::chrono::microseconds>(deadline_ - std::chrono::steady_clock::now()).count();
        auto const us = left > 1000 ? left : 1000;
        timeval const time{us / 1'000'000, us % 1'000'000};
        ::setsockopt(fd_, SOL_SOCKET, what, &time, sizeof time);
    }

    std::string written(acs::request const& made) const {
        acs::request r = made;
        if (mistake_ == mistake::changes_the_method && made.verb == acs::method::put) r.verb = acs::method::post;
        if (mistake_ == mistake::loses_a_field) r.fields = made.fields.first(made.fields.size() - 1);
        std::string text, target(made.target);
        if (mistake_ == mistake::changes_the_target) target += "&";
        r.target = target;
        recipes::write_head(r, [&text](std::string_view piece) { return text.append(piece), true; });
        // The recipe says that it closes, which the kit takes for a field that nobody asked for.
        std::string const close = "connection: close\r\n";
        text.replace(text.rfind(close), close.size(), mistake_ == mistake::adds_a_field ? "x-added: 1\r\n" : "");
        std::size_t const head = text.size();
        std::array<char, 512> piece{};
        acs::body_reader body(made.body);
        for (std::size_t n = body.read(piece); n != 0; n = body.read(piece)) text.append(piece.data(), n);
        if (mistake_ == mistake::sends_half_a_body && text.size() > head + 1) text.replace(text.size() - 1, 1, "?");
        return text;
    }

    static acs::result<void> lost(acs::errc code, acs::delivery how_far) {
        acs::failure f{};
        f.origin = acs::origin::transport;
        f.code = code;
        f.delivery = how_far;
        return f;
    }

    mistake mistake_;
    int fd_ = -1;  // the connection that is kept
    std::string host_{};
    bool keeps_{};
    std::uint32_t limit_ms_ = 20'000;
    std::chrono::steady_clock::time_point deadline_{};
};

/// Where it is tried: a world without TLS, proxies and cancelling.
class hand_made_world : public servers {
public:
    explicit hand_made_world(mistake what) : http_(what), what_(what) {}

    [[nodiscard]] static bool can(acs::conformance::feature f) {
        using enum acs::conformance::feature;
        return f == plain_is_off || f == raw_bytes || f == keeps;
    }
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        http_.allow_http = how.allow_http;
        acs::conformance::call_how sooner = how;  // one that is wrong may wait in vain
        if (what_ != mistake::none) sooner.timeout_ms = std::min(sooner.timeout_ms, 1'000U);
        auto result = acs::conformance::call_blocking(http_, made, sink, sooner);
        if (what_ == mistake::tells_twice) ++result.times;
        return result;
    }

private:
    hand_made http_;
    mistake what_;
};

}  // namespace acs_tests

#endif
