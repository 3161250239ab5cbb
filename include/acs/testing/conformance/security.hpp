// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_SECURITY_HPP
#define ACS_TESTING_CONFORMANCE_SECURITY_HPP

#include <acs/core/config.hpp>
#include <acs/testing/conformance/case.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// TLS, and what stands between: a request goes to whom it is for, or to nobody.
namespace acs::conformance::inline ACS_ABI {

template <class World>
void check_tls(cases<World>& c) {
    if (!c.needs("TLS", feature::secure)) return;
    using then = plan::then;
    c.run("TLS, with a certificate that is trusted and the host's", [&] {
        c.arrives(server::secure, {http_bytes(200, "{}")}, 200, "{}");
        int const before = c.world().connections(server::secure);
        c.arrives(server::secure, {http_bytes(503, "x")}, 503, "x");
        if (c.world().can(feature::keeps))
            c.equal("connections", std::to_string(before), std::to_string(c.world().connections(server::secure)));
    });
    c.run("TLS, with a certificate by an intermediate that the server shows",
          [&] { c.arrives(server::chained, {http_bytes(200, "{}")}, 200, "{}"); });
    struct bad {
        server who;
        std::string_view what;
    };
    for (bad const& b : {bad{server::expired, "a certificate that has expired"},
                         {server::other_host, "another host's certificate"},
                         {server::unknown, "a certificate that nobody vouches for"},
                         {server::strange_root, "a chain to a root that nobody trusts"},
                         {server::no_link, "a chain that lacks its intermediate"},
                         {server::old, "no newer than TLS 1.1"},
                         {server::no_tls, "plain HTTP where TLS is expected"}}) {
        c.run("refused: " + std::string(b.what), [&] {
            std::size_t const requests = c.world().requests(b.who).size();
            for (int i = 0; i < 2; ++i) c.expect(b.who, {"tls_failed transport not_sent"});
            c.equal("requests", std::to_string(requests), std::to_string(c.world().requests(b.who).size()));
        });
    }
    c.run("an answer until the end that TLS did not end is cut", [&] {
        c.loses(server::secure, {"HTTP/1.1 200 OK\r\n\r\n{}", then::cut}, {"receive_failed transport answered"});
    });
    // A library that does not tell the two apart has to refuse both.
    c.run("an answer until the end that TLS ended is whole, or refused", [&] {
        c.loses(server::secure, {"HTTP/1.1 200 OK\r\n\r\n{}", then::close}, {"ok", "receive_failed transport answered"});
    });
    c.run("an answer that TLS cut before its length is cut", [&] {
        for (then const how : {then::cut, then::close, then::reset})
            c.loses(server::secure, {"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n{}", how},
                    {"receive_failed transport answered", "receive_failed transport unknown"});
    });
    c.run("a connection that broke under TLS is no reason to send again", [&] {
        for (then const how : {then::cut, then::close, then::reset}) {
            c.arrives(server::secure, {http_bytes(200, "{}")}, 200, "{}");
            c.loses(server::secure, {{}, how}, {"receive_failed transport unknown"});
        }
    });
}

template <class World>
void check_proxies(cases<World>& c) {
    if (!c.needs("proxies", feature::proxies) || !c.world().can(feature::secure)) return;
    auto const through = [](proxy p) { return call_how{.timeout_ms = p == proxy::mute ? short_ms : 20'000, .through = p}; };
    c.run("through a proxy that connects", [&] {
        std::size_t const before = c.world().requests(server::secure).size();
        c.world().plan(server::secure, {http_bytes(200, "{}")});
        c.expect(server::secure, {"ok"}, through(proxy::tunnel));
        c.equal("requests", std::to_string(before + 1), std::to_string(c.world().requests(server::secure).size()));
    });
    c.run("through a proxy, to somebody else's certificate",
          [&] { c.expect(server::other_host, {"tls_failed transport not_sent"}, through(proxy::tunnel)); });
    struct bad {
        proxy who;
        std::string_view what, outcome;
    };
    for (bad const& b : {bad{proxy::asks_password, "wants a password", "connect_failed transport not_sent"},
                         {proxy::refuses, "can't connect", "connect_failed transport not_sent"},
                         {proxy::mute, "says nothing", "timed_out transport not_sent"}}) {
        c.run("through a proxy that " + std::string(b.what), [&] {
            std::size_t const requests = c.world().requests(server::secure).size();
            c.expect(server::secure, {b.outcome}, through(b.who));
            c.equal("requests", std::to_string(requests), std::to_string(c.world().requests(server::secure).size()));
        });
    }
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
