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
    tells_twice
};

/// Plain HTTP, a connection a call.
class hand_made {
public:
    explicit hand_made(mistake what) : mistake_(what) {}

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
    /// Hands everything on, whatever the sink says.
    template <class Sink>
    struct greedy {
        Sink* to;
        void status(std::uint16_t code) noexcept { to->status(code); }
        bool field(std::string_view name, std::string_view value) noexcept { return to->field(name, value); }
        bool body(std::string_view piece) noexcept { return to->body(piece), true; }
    };

    template <class Sink>
    acs::result<void> exchange(acs::request const& made, Sink& sink) {
        int const fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        acs::result<void> const carried = exchange(fd, made, sink);
        ::close(fd);
        return carried;
    }

    template <class Sink>
    acs::result<void> exchange(int fd, acs::request const& made, Sink& sink) {
        deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(limit_ms_);
        wait_until_deadline(fd, SO_SNDTIMEO);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        to.sin_port = htons(static_cast<std::uint16_t>(std::stoul("0" + std::string(made.host.substr(made.host.find(':') + 1)))));
        if (::connect(fd, reinterpret_cast<sockaddr const*>(&to), sizeof to) != 0)
            return lost(acs::errc::connect_failed, acs::delivery::not_sent);
        std::string const text = written(made);
        if (::send(fd, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
            return lost(acs::errc::timed_out, acs::delivery::unknown);
        greedy<Sink> all{&sink};
        if (mistake_ == mistake::ignores_the_sink) return receive(fd, all);
        return receive(fd, sink);
    }

    template <class Sink>
    acs::result<void> receive(int fd, Sink& sink) {
        recipes::framer<Sink> answer(sink);
        using state = typename recipes::framer<Sink>::state;
        state now = state::more;
        bool late = false;
        std::array<char, 4096> piece{};
        while (now == state::more) {
            wait_until_deadline(fd, SO_RCVTIMEO);
            auto const n = ::recv(fd, piece.data(), piece.size(), 0);
            late = n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
            late = late || std::chrono::steady_clock::now() >= deadline_;
            if (n < 0 || (late && n > 0)) break;
            now = n == 0 ? answer.take_end() : answer.take({piece.data(), static_cast<std::size_t>(n)});
            if (mistake_ == mistake::takes_interim_for_answer && std::string_view(piece.data(), 12) == "HTTP/1.1 100") now = state::done;
            if (n == 0 && mistake_ == mistake::takes_what_is_cut) now = state::done;
        }
        if (now == state::done) return {};
        acs::errc const why = now == state::too_much ? acs::errc::reply_too_large : late ? acs::errc::timed_out : acs::errc::receive_failed;
        acs::delivery const sent = mistake_ == mistake::says_sent_is_not_sent ? acs::delivery::not_sent : acs::delivery::unknown;
        return lost(why, answer.answered() ? acs::delivery::answered : sent);
    }

    /// At least a millisecond, since 0 stands for ever.
    void wait_until_deadline(int fd, int what) const {
        auto const left = std::chrono::duration_cast<std::chrono::microseconds>(deadline_ - std::chrono::steady_clock::now()).count();
        auto const us = left > 1000 ? left : 1000;
        timeval const time{us / 1'000'000, us % 1'000'000};
        ::setsockopt(fd, SOL_SOCKET, what, &time, sizeof time);
    }

    std::string written(acs::request const& made) const {
        acs::request r = made;
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
    std::uint32_t limit_ms_ = 20'000;
    std::chrono::steady_clock::time_point deadline_{};
};

/// Where it is tried: a world without TLS, proxies and cancelling.
class hand_made_world : public servers {
public:
    explicit hand_made_world(mistake what) : http_(what), tells_twice_(what == mistake::tells_twice) {}

    [[nodiscard]] static bool can(acs::conformance::feature f) {
        return f == acs::conformance::feature::plain_is_off || f == acs::conformance::feature::raw_bytes;
    }
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        http_.allow_http = how.allow_http;
        auto result = acs::conformance::call_blocking(http_, made, sink, how);
        if (tells_twice_) ++result.times;
        return result;
    }

private:
    hand_made http_;
    bool tells_twice_;
};

}  // namespace acs_tests

#endif
