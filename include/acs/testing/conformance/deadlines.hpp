// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_DEADLINES_HPP
#define ACS_TESTING_CONFORMANCE_DEADLINES_HPP

#include <acs/core/config.hpp>
#include <acs/testing/conformance/answers.hpp>
#include <acs/testing/conformance/case.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

// Every phase of a call ends, by its deadline or since it is cancelled: once, and with the certainty there is.
namespace acs::conformance::inline ACS_ABI {

inline constexpr std::string_view late_unknown = "timed_out transport unknown";
inline constexpr std::string_view late_answered = "timed_out transport answered";
inline constexpr std::string_view late_not_sent = "timed_out transport not_sent";

template <class World>
void check_deadlines(cases<World>& c) {
    call_how const soon{.timeout_ms = short_ms};
    using then = plan::then;
    c.run("a server that never answers", [&] { c.loses(server::plain, {{}, then::stall}, {late_unknown}, soon); });
    if (!c.needs("stalls in the midst of it", feature::raw_bytes)) return;
    std::string const large(12'000'000, 'x');
    c.run("a server that does not read", [&] { c.loses(server::plain, {{}, then::stall, true}, {late_unknown}, soon, large); });
    c.run("a server that stops in its head", [&] {
        c.loses(server::plain, {"HTTP/1.1 200 OK\r\ncontent-le", then::stall}, {late_unknown, late_answered}, soon);
    });
    c.run("a server that stops after an interim answer", [&] {
        c.loses(server::plain, {"HTTP/1.1 100 Continue\r\n\r\n", then::stall}, {late_unknown}, soon);
    });
    c.run("a server that stops in its body", [&] {
        c.loses(server::plain, {"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345", then::stall}, {late_answered}, soon);
        c.loses(server::plain, {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n", then::stall}, {late_answered}, soon);
        c.loses(server::plain, {"HTTP/1.1 200 OK\r\n\r\n12345", then::stall}, {late_answered}, soon);
    });
    c.run("a server that says its head a byte at a time", [&] {
        c.loses(server::plain, {http_bytes(200, "{}", "x: " + std::string(100'000, 'x') + "\r\n"), then::stall, false, false, true},
                {late_unknown, late_answered}, soon);
    });
    c.run("a server that says its body a byte at a time", [&] {
        c.loses(server::plain, {http_bytes(200, std::string(100'000, 'x')), then::stall, false, false, true}, {late_answered},
                {.timeout_ms = 5 * short_ms});
    });
    c.run("nobody listens", [&] { c.expect(server::nobody, {"connect_failed transport not_sent"}); });
    c.run("a port where too many wait already", [&] { c.expect(server::full, {late_not_sent}, soon); });
    c.run("a name that can't be resolved", [&] { c.expect(server::nameless, {"resolve_failed transport not_sent"}); });
    if (!c.needs("a handshake that stalls", feature::secure)) return;
    c.run("a handshake that stalls", [&] { c.expect(server::mute, {late_not_sent}, soon); });
}

template <class World>
void check_cancelling(cases<World>& c) {
    if (!c.needs("cancelling", feature::cancel)) return;
    World& w = c.world();
    using then = plan::then;
    constexpr std::string_view not_sent = "cancelled transport not_sent", unknown = "cancelled transport unknown",
                               answered = "cancelled transport answered";
    auto const after_request = [&w](server to) {
        std::size_t const before = w.requests(to).size();
        return call_how{.cancel_when = [&w, to, before] { return w.requests(to).size() > before; }};
    };
    c.run("cancelled at once, or just too late", [&] {  // what arrives all the same, arrives where nobody counts
        c.expect(server::other, {not_sent, unknown, answered, "ok"}, {.cancel_when = [] { return true; }});
        c.expect(server::other, {"ok"});
    });
    c.run("cancelled while connecting", [&] {
        auto const when = std::chrono::steady_clock::now() + std::chrono::milliseconds(short_ms);
        c.expect(server::full, {not_sent}, {.cancel_when = [when] { return std::chrono::steady_clock::now() > when; }});
    });
    if (w.can(feature::secure)) {
        c.run("cancelled in the handshake", [&] {
            int const before = w.connections(server::mute);
            c.expect(server::mute, {not_sent}, {.cancel_when = [&w, before] { return w.connections(server::mute) > before; }});
        });
    }
    c.run("cancelled while the server does not read", [&] {
        std::string const large(12'000'000, 'x');
        c.loses(server::plain, {{}, then::stall, true}, {unknown}, after_request(server::plain), large);
    });
    c.run("cancelled while the server says nothing", [&] {
        c.loses(server::plain, {{}, then::stall}, {unknown}, after_request(server::plain));
    });
    c.run("cancelled in the head", [&] {
        c.loses(server::plain, {"HTTP/1.1 200 OK\r\ncontent-le", then::stall}, {unknown, answered}, after_request(server::plain));
    });
    c.run("cancelled in the body", [&] {
        c.loses(server::plain, {"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345", then::stall}, {unknown, answered},
                after_request(server::plain));
    });
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
