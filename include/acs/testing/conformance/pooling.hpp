// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_POOLING_HPP
#define ACS_TESTING_CONFORMANCE_POOLING_HPP

#include <acs/core/config.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/method.hpp>
#include <acs/testing/conformance/case.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

// Connections that are kept. A transport that keeps none passes all of this.
namespace acs::conformance::inline ACS_ABI {

/// On which of its connections a server got its last request.
template <class World>
[[nodiscard]] int last_connection(cases<World>& c, server of) {
    auto const all = c.world().requests(of);
    return all.empty() ? -1 : all.back().connection;
}

/// The next request comes on another connection than the last one did, and gets its own answer.
template <class World>
void parts(cases<World>& c, server with) {
    int const before = last_connection(c, with);
    c.arrives(with, {http_bytes(200, "{\"own\":1}")}, 200, "{\"own\":1}", "the next answer");
    if (last_connection(c, with) == before) c.fail("connection", "was used again");
}

/// Breaks what is idle, and lets the transport notice, so that one that is wrong in a case is none the worse in the next.
template <class World>
void clear(cases<World>& c, server at) {
    c.world().meanwhile(at, {{}, plan::then::reset});
    probe_request r(c.world().host(at), {"n", "c"}, cases<World>::scheme_of(at));
    answer_log answer;
    c.outcome(r.made, answer);
}

/// A connection is over although the server would go on with it.
template <class World>
void check_last_answers(cases<World>& c) {
    struct last {
        std::string_view what, bytes;
    };
    std::string_view const length = "content-length: 2\r\n\r\n{}";
    for (last const& l : {last{"close", "HTTP/1.1 200 OK\r\nConnection: close\r\n"},
                          {"CLOSE among others", "HTTP/1.1 200 OK\r\nconnection: x-a, CLOSE\r\n"},
                          {"close in a second field", "HTTP/1.1 200 OK\r\nConnection: x\r\nConnection: close\r\n"},
                          {"HTTP/1.0", "HTTP/1.0 200 OK\r\n"}})
        c.run("not used again, though the server keeps it: an answer that says " + std::string(l.what), [&] {
            c.arrives(server::plain, {std::string(l.bytes).append(length)}, 200, "{}");
            parts(c, server::plain);
        });
}

/// What comes on a connection and is no part of an answer.
template <class World>
void check_excess(cases<World>& c) {
    std::string const whole = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\ncontent-length: 2\r\n\r\n{}";
    struct more {
        std::string_view what, bytes;
    };
    for (more const& m : {more{"an answer", "HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"smuggled\":1}"},
                          {"half an answer", "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"},
                          {"an interim answer", "HTTP/1.1 103 Early Hints\r\nx-interim: yes\r\n\r\n"},
                          {"that it was too slow", "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"},
                          {"an empty line", "\r\n"},
                          {"a letter", "x"}}) {
        c.run("not used again: with an answer came " + std::string(m.what), [&] {
            c.world().plan(server::plain, {whole + std::string(m.bytes)});
            c.expect(server::plain, {"ok", "transport_failed transport answered", "receive_failed transport answered"});
            parts(c, server::plain);
            clear(c, server::plain);
        });
        if (c.world().can(feature::secure))
            c.run("not used again: with an answer came " + std::string(m.what) + ", in another record of TLS", [&] {
                c.arrives(server::secure, {.bytes = whole, .behind = std::string(m.bytes)}, 200, "{}");
                parts(c, server::secure);
                clear(c, server::secure);
            });
        for (server const with : {server::plain, server::secure}) {
            if (with == server::secure && !c.world().can(feature::secure)) continue;
            c.run("not used again: while nobody asked came " + std::string(m.what) + (with == server::secure ? ", under TLS" : ""), [&] {
                c.arrives(with, {whole}, 200, "{}");
                c.world().meanwhile(with, {std::string(m.bytes)});
                parts(c, with);
                clear(c, with);
            });
        }
    }
}

/// The call after a server closed its connection: it is made on another one, or fails and may have run. Nothing is sent twice.
template <class World>
void survives(cases<World>& c, server to, method verb) {
    std::size_t const before = c.world().requests(to).size();
    probe_request r(c.world().host(to), {"n", verb == method::post ? std::string_view("c") : std::string_view()},
                    cases<World>::scheme_of(to));
    r.made.verb = verb;
    answer_log answer;
    std::string const got = c.outcome(r.made, answer);
    c.expect(got, {"ok", "receive_failed transport unknown", "send_failed transport unknown"});
    std::size_t const times = c.world().requests(to).size() - before;
    if (times > 1 || (times == 0 && got == "ok")) c.fail("times sent", std::to_string(times));
    c.arrives(to, {http_bytes(200, "{}")}, 200, "{}", "the next answer");
}

template <class World>
void check_closed_connections(cases<World>& c) {
    using then = plan::then;
    for (server const to : {server::plain, server::secure}) {
        if (to == server::secure && !c.needs("connections under TLS that are closed", feature::secure)) return;
        std::string const tls = to == server::secure ? " under TLS" : "";
        struct end {
            std::string_view what;
            then how;
        };
        for (end const& e : {end{"closed", then::close}, {"cut", then::cut}, {"broken", then::reset}})
            c.run("a connection that was " + std::string(e.what) + " while idle is replaced" + tls, [&] {
                for (method const verb : {method::post, method::get}) {
                    c.arrives(to, {http_bytes(200, "{}")}, 200, "{}");
                    c.world().meanwhile(to, {{}, e.how});
                    survives(c, to, verb);
                }
            });
        c.run("a connection that is closed behind an answer is replaced" + tls, [&] {
            for (int i = 0; i < 5; ++i) {
                c.arrives(to, {http_bytes(200, "{}"), then::close}, 200, "{}");
                survives(c, to, method::post);
            }
        });
    }
}

/// A connection is one to a host, by a scheme, by a way.
template <class World>
void check_sharing(cases<World>& c) {
    World& w = c.world();
    c.run("a connection is for one host only", [&] {
        c.arrives(200, "{}");
        int const plain = last_connection(c, server::plain);
        c.arrives(server::plain_alias, {http_bytes(200, "{}")}, 200, "{}");
        if (last_connection(c, server::plain) == plain) c.fail("connection", "was used for another host");
    });
    if (c.needs("plain http is off", feature::plain_is_off))
        c.run("a kept connection is no way around what is off", [&] {
            c.arrives(200, "{}");
            std::size_t const before = w.requests(server::plain).size();
            c.expect(server::plain, {"insecure_transport caller not_sent"}, {.allow_http = false});
            c.equal("requests", std::to_string(before), std::to_string(w.requests(server::plain).size()));
        });
    if (!c.needs("a connection is for one scheme only", feature::secure)) return;

    // By scheme: the server of one does not understand the other.
    auto const by = [&](server to, scheme s, call_how const& how, std::initializer_list<std::string_view> expected) {
        c.arrives(to, {http_bytes(200, "{}")}, 200, "{}");
        std::size_t const before = w.requests(to).size();
        probe_request r(w.host(to), {"n", "c"}, s);
        answer_log answer;
        c.expect(c.outcome(r.made, answer, how), expected);
        c.equal("requests", std::to_string(before), std::to_string(w.requests(to).size()));
        c.arrives(to, {http_bytes(200, "{}")}, 200, "{}", "the next answer");
    };
    c.run("a plain connection is none for TLS", [&] {
        by(server::plain, scheme::https, {.timeout_ms = short_ms}, {"timed_out transport not_sent", "tls_failed transport not_sent"});
    });
    c.run("a connection under TLS is none for plain http", [&] {
        by(server::secure, scheme::http, {},
           {"receive_failed transport unknown", "send_failed transport unknown", "transport_failed transport unknown"});
    });
    c.run("a connection under TLS is none to another name", [&] {
        c.arrives(server::secure, {http_bytes(200, "{}")}, 200, "{}");
        std::size_t const before = w.requests(server::secure).size();
        c.expect(server::secure_alias, {"tls_failed transport not_sent"});
        c.equal("requests", std::to_string(before), std::to_string(w.requests(server::secure).size()));
        c.arrives(server::secure, {http_bytes(200, "{}")}, 200, "{}", "the next answer");
    });
    if (!c.needs("a connection is by one way only", feature::proxies)) return;
    c.run("a connection through a proxy is none without, nor the other way round", [&] {
        int last = -1;
        for (proxy const way : {proxy::none, proxy::tunnel, proxy::none, proxy::tunnel}) {
            w.plan(server::secure, {http_bytes(200, "{}")});
            c.expect(server::secure, {"ok"}, {.through = way});
            int const now = last_connection(c, server::secure);
            if (now == last) c.fail("connection", "was used by another way");
            last = now;
        }
    });
}

/// A request is sent once, whatever becomes of the connection; and a connection is used for one server only.
template <class World>
void check_connections(cases<World>& c) {
    if (!c.needs("connections", feature::raw_bytes)) return;
    World& w = c.world();
    auto const made = [&w] { return w.connections(server::plain); };

    if (c.needs("a connection is used again", feature::keeps)) {
        c.run("a connection is used again", [&] {
            c.arrives(200, "{}");
            int const before = made();
            for (int i = 0; i < 3; ++i) c.arrives(200, "{\"n\":" + std::to_string(i) + "}");
            c.equal("connections", std::to_string(before), std::to_string(made()));
        });
    }

    check_last_answers(c);
    struct last {
        std::string_view what, bytes;
    };
    for (last const& l : {last{"an answer that says close", "HTTP/1.1 200 OK\r\nConnection: close\r\ncontent-length: 2\r\n\r\n{}"},
                          {"one of HTTP/1.0", "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}"},
                          {"one without a length", "HTTP/1.1 200 OK\r\n\r\n{}"}}) {
        c.run("a connection is not used again after " + std::string(l.what), [&] {
            c.arrives(server::plain, {std::string(l.bytes), plan::then::close}, 200, "{}");
            int const closed = made();
            c.arrives(200, "{}", "the next answer");
            c.equal("connections", std::to_string(closed + 1), std::to_string(made()));
        });
    }

    for (plan::then const how : {plan::then::close, plan::then::reset}) {
        c.run(how == plan::then::close ? "a kept connection that is closed when the request has come is no reason to send it again"
                                       : "a kept connection that breaks when the request has come is no reason to send it again",
              [&] {
                  c.arrives(200, "{}");
                  c.loses(server::plain, {{}, how}, {"receive_failed transport unknown"});
                  c.arrives(200, "{}");
                  c.loses(server::plain, {{}, how}, {"receive_failed transport unknown"}, {}, "");
              });
    }

    c.run("what a server says after its answer is not the next one", [&] {
        w.plan(server::plain, {http_bytes(200, "{}") + http_bytes(200, "{\"smuggled\":1}")});
        answer_log answer;
        probe_request r(w.host(server::plain), {"n", "c"}, scheme::http);
        c.expect(c.outcome(r.made, answer), {"ok", "transport_failed transport answered", "receive_failed transport answered"});
        c.arrives(200, "{\"own\":1}", "the next answer");
    });

    check_excess(c);
    check_closed_connections(c);
    c.run("each server gets its own requests", [&] {
        std::size_t const others = w.requests(server::other).size();
        for (int i = 0; i < 3; ++i) {
            c.arrives(server::other, {http_bytes(200, "{\"other\":1}")}, 200, "{\"other\":1}");
            c.arrives(200, "{\"plain\":1}");
        }
        c.equal("requests to the other", "3", std::to_string(w.requests(server::other).size() - others));
    });
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
