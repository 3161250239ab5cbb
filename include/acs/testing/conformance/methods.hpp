// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_METHODS_HPP
#define ACS_TESTING_CONFORMANCE_METHODS_HPP

#include <acs/core/config.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/method.hpp>
#include <acs/testing/conformance/case.hpp>
#include <acs/testing/conformance/wire.hpp>

#include <string>
#include <string_view>

// Every method of the interface, with a body and without.
namespace acs::conformance::inline ACS_ABI {

/// A call by HEAD, whose answer is these bytes: whatever they say, its body is empty, and nobody waits for one.
template <class World>
std::string answer_to_head(cases<World>& c, std::string_view bytes) {
    c.world().plan(server::plain, {std::string(bytes)});
    probe_request r(c.world().host(server::plain), {"n", {}}, scheme::http);
    r.made.verb = method::head;
    answer_log answer;
    std::string got = c.outcome(r.made, answer, {.timeout_ms = 2'000});
    c.equal("body", "", answer.text);
    return got;
}

template <class World>
void check_methods(cases<World>& c) {
    for (method const verb : {method::get, method::post, method::put, method::patch, method::delete_, method::head})
        for (std::string_view const content : {std::string_view(), std::string_view("c")}) {
            bool const bodiless = verb == method::get || verb == method::head;
            if (bodiless && !content.empty()) continue;  // that is refused
            c.run("sends " + std::string(name(verb)) + (content.empty() ? "" : " with a body"), [&] {
                for (int i = 0; i < 2; ++i) {
                    probe_request r(c.world().host(server::plain), {"n", content}, scheme::http);
                    r.made.verb = verb;
                    sends(c, r, {http_bytes(200, verb == method::head ? "" : "{}")});
                }
            });
        }
    if (!c.needs("answers to HEAD", feature::raw_bytes)) return;
    struct head {
        std::string_view what, bytes;
    };
    for (head const& h : {head{"that has a length", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n"},
                          {"that has a length beyond all", "HTTP/1.1 404 No\r\ncontent-length: 999999999999\r\n\r\n"},
                          {"that is in chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"},
                          {"that has neither", "HTTP/1.1 200 OK\r\n\r\n"},
                          {"after an interim one", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n"}})
        c.run("an answer to HEAD " + std::string(h.what) + " has no body", [&] {
            c.equal("outcome", "ok", answer_to_head(c, h.bytes));
            c.arrives(200, "{\"own\":1}", "the next answer");
        });
    c.run("an answer to HEAD with a body all the same: that is not the next answer", [&] {
        c.expect(answer_to_head(c, http_bytes(200, http_bytes(200, "{\"smuggled\":1}"))),
                 {"ok", "transport_failed transport answered", "receive_failed transport answered"});
        c.arrives(200, "{\"own\":1}", "the next answer");
    });
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
