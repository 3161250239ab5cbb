// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/curl.hpp>

#include <acs/testing.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archetypes/transport.hpp"
#include "support/loopback.hpp"
#include "support/plain_request.hpp"
#include "support/tls.hpp"

namespace test_curl {

using acs_tests::act;
using acs_tests::arrived;

using acs_tests::loopback;
using acs_tests::plain_request;
using acs_tests::sink_archetype;

namespace {

using acs_tests::outcome;

acs::curl test_transport() { return acs::curl({.allow_http = true}); }

template <class Http>
std::string outcome(Http&& http, plain_request const& r) {
    sink_archetype sink;
    return outcome(http.perform(r.view(), sink));
}

std::string lower(std::string text) {
    for (char& c : text) c = acs::to_lower(c);
    return text;
}

/// An environment variable, until the end of the test.
class variable {
public:
    variable(char const* name, std::string const& value) : name_(name) {
        if (char const* const old = std::getenv(name)) old_ = old;
        ::setenv(name, value.c_str(), 1);
    }
    variable(variable const&) = delete;
    variable& operator=(variable const&) = delete;
    ~variable() {
        if (old_)
            ::setenv(name_, old_->c_str(), 1);
        else
            ::unsetenv(name_);
    }

private:
    char const* name_;
    std::optional<std::string> old_{};
};

}  // namespace

TEST_CASE("One connection serves calls in a row, and a closed one is replaced without sending twice", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    plain_request const r(server.host(), "/", "body");
    for (int i = 0; i < 5; ++i) CHECK(outcome(http, r) == "ok");
    CHECK(server.connections() == 1);
    server.plan({acs_tests::http_bytes(200, "{}"), act::then::close});
    CHECK(outcome(http, r) == "ok");
    server.await_closed(1);
    CHECK(outcome(http, r) == "ok");
    CHECK(server.connections() == 2);
    CHECK(server.requests().size() == 7);
    // The peer takes the request on a kept connection, and breaks it: libcurl would send it again by itself.
    server.plan({{}, act::then::close});
    CHECK(outcome(http, r) == "receive_failed transport unknown");
    CHECK(server.requests().size() == 8);
    server.plan({{}, act::then::reset});
    CHECK(outcome(http, r) == "receive_failed transport unknown");
    CHECK(server.requests().size() == 9);
    CHECK(outcome(http, r) == "ok");
    // Without a body nothing else would keep it from that.
    std::size_t sent = 10;
    for (acs::method const verb : {acs::method::get, acs::method::post, acs::method::delete_}) {
        plain_request const bare(server.host());
        sink_archetype sink;
        server.plan({{}, act::then::close});
        CHECK(outcome(http.perform(bare.view(verb), sink)) == "receive_failed transport unknown");
        CHECK(server.requests().size() == ++sent);
        CHECK(outcome(http.perform(bare.view(verb), sink)) == "ok");
        CHECK(server.requests().size() == ++sent);
    }
}

TEST_CASE("The target goes out as it is, dots and slashes and all", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    for (std::string const target : {"/", "//", "/a/../b", "/./", "/..", "/a//b/", "/a%2Fb", "/a;b=c,d", "/?", "/?x", "/?a=/../b?c",
                                     "/x?y=%00", "/!$&'()*+,;=:@-._~", "/{a}[b]", "/a\\b", "/\"<>^`|"}) {
        INFO(target);
        for (acs::method const verb : {acs::method::get, acs::method::post, acs::method::put, acs::method::delete_, acs::method::patch}) {
            plain_request const r(server.host(), target);
            sink_archetype sink;
            CHECK(outcome(http.perform(r.view(verb), sink)) == "ok");
            CHECK(server.requests().back().target == target);
            CHECK(server.requests().back().method == acs::name(verb));
        }
    }
}

TEST_CASE("A proxy that forwards what is in the clear is told the whole URL", "[curl]") {
    loopback proxy;
    std::string const way = "http://" + proxy.host();
    acs::curl http({.allow_http = true, .proxy = way.c_str()});
    for (std::string const target : {"/", "/?a=%2F", "/a/../b?c=d"}) {
        CHECK(outcome(http, plain_request("api.example:81", target)) == "ok");
        CHECK(proxy.requests().back().target == "http://api.example:81" + target);
    }
    CHECK(proxy.connections() == 1);
}

TEST_CASE("HEAD waits for no body", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    server.plan({"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n"});
    sink_archetype sink;
    plain_request const r(server.host());
    CHECK(outcome(http.perform(r.view(acs::method::head), sink)) == "ok");
    CHECK(sink.said().body.empty());
    CHECK(server.requests().back().method == "HEAD");
}

TEST_CASE("Nothing is sent that the request does not say, whatever the size of the body", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    std::string const large(3 * 1024 * 1024, 'x');
    for (std::string const& body : {std::string(), std::string("b"), large}) {
        plain_request const r(server.host(), "/", body);
        CHECK(outcome(http, r) == "ok");
        arrived const got = server.requests().back();
        std::string names;
        for (auto const& [name, value] : got.fields) names += name + " ";
        INFO(names);
        CHECK(lower(names) == "host content-length ");
        CHECK(got.value("content-length") == std::to_string(body.size()));
        CHECK(got.body == body);
        CHECK(got.version == "HTTP/1.1");
    }
}

TEST_CASE("A refusal that comes before the body was sent is an answer", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    server.plan({acs_tests::http_bytes(413, R"({"Code":"TooLarge"})", "connection: close\r\n"), act::then::keep, true});
    plain_request const r(server.host(), "/", std::string(4 * 1024 * 1024, 'x'));
    sink_archetype sink;
    CHECK(outcome(http.perform(r.view(), sink)) == "ok");
    CHECK(sink.said().status == 413);
    CHECK(sink.said().body == R"({"Code":"TooLarge"})");
}

TEST_CASE("Redirects are not followed", "[curl]") {
    loopback server, other;
    acs::curl http = test_transport();
    for (int const status : {301, 302, 303, 307, 308}) {
        server.plan({acs_tests::http_bytes(status, "moved", "Location: http://" + other.host() + "/\r\n")});
        sink_archetype sink;
        plain_request const r(server.host());
        CHECK(outcome(http.perform(r.view(), sink)) == "ok");
        CHECK(sink.said().status == status);
        CHECK(sink.said().body == "moved");
    }
    CHECK(server.requests().size() == 5);
    CHECK(other.connections() == 0);
}

TEST_CASE("No proxy of the environment, no .netrc, no cookies", "[curl]") {
    loopback server, proxy;
    variable const lower("http_proxy", "http://" + proxy.host()), all("ALL_PROXY", "http://" + proxy.host()), none("no_proxy", "");
    std::string home = "/tmp/acs-test-home-XXXXXX";
    REQUIRE(::mkdtemp(home.data()) != nullptr);
    std::string const netrc = home + "/.netrc";
    {
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::fopen(netrc.c_str(), "wb"), std::fclose);
        std::fputs("machine 127.0.0.1 login user password word\n", file.get());
    }
    variable const home_variable("HOME", home);

    plain_request const r(server.host());
    acs::curl http = test_transport();
    for (int i = 0; i < 2; ++i) {
        server.plan({acs_tests::http_bytes(200, "{}", "Set-Cookie: a=b\r\n")});
        CHECK(outcome(http, r) == "ok");
        auto const got = server.requests();
        REQUIRE(got.size() == static_cast<std::size_t>(i) + 1);
        CHECK(got.back().value("authorization") == "-");
        CHECK(got.back().value("cookie") == "-");
    }
    CHECK(proxy.connections() == 0);

    // Only if it is told to.
    acs::curl by_environment({.allow_http = true, .proxy = nullptr});
    CHECK(outcome(by_environment, r) == "ok");
    CHECK(proxy.requests().size() == 1);
    std::string const named = "http://" + proxy.host();
    acs::curl by_name({.allow_http = true, .proxy = named.c_str()});
    CHECK(outcome(by_name, r) == "ok");
    CHECK(proxy.requests().size() == 2);
    CHECK(server.requests().size() == 2);
    std::remove(netrc.c_str());
    ::rmdir(home.c_str());
}

TEST_CASE("A peer that stalls is given up when the time is over: the call's, or the attempt's", "[curl]") {
    loopback server;
    plain_request const r(server.host());
    auto const took = [&](acs::curl& http, act const& what, std::string const& expected) {
        server.plan(what);
        auto const begin = std::chrono::steady_clock::now();
        CHECK(outcome(http, r) == expected);
        return std::chrono::steady_clock::now() - begin;
    };
    using namespace std::chrono_literals;
    act const silent{{}, act::then::stall}, half{"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345", act::then::stall};
    act const interim{"HTTP/1.1 100 Continue\r\n\r\n", act::then::stall};
    acs::curl by_option({.allow_http = true, .timeout_ms = 200});
    CHECK(took(by_option, silent, "timed_out transport unknown") >= 190ms);
    CHECK(took(by_option, silent, "timed_out transport unknown") < 10s);
    CHECK(took(by_option, half, "timed_out transport answered") < 10s);
    CHECK(took(by_option, interim, "timed_out transport unknown") < 10s);
    acs::curl by_attempt = test_transport();
    by_attempt.limit(200);
    CHECK(took(by_attempt, silent, "timed_out transport unknown") < 10s);
    by_option.limit(60'000);  // the lesser of the two
    CHECK(took(by_option, silent, "timed_out transport unknown") < 10s);
    by_option.limit(0);
    CHECK(took(by_option, silent, "timed_out transport unknown") < 10s);
    CHECK(outcome(by_option, r) == "ok");
}

TEST_CASE("A handshake that stalls is given up, and nothing was sent", "[curl]") {
    acs_tests::listener const silent;
    plain_request const r(silent.host());
    acs::curl http({.connect_timeout_ms = 200});
    sink_archetype sink;
    CHECK(outcome(http.perform(r.view(acs::method::post, acs::scheme::https), sink)) == "timed_out transport not_sent");
    acs::curl by_attempt;
    by_attempt.limit(200);
    CHECK(outcome(by_attempt.perform(r.view(acs::method::post, acs::scheme::https), sink)) == "timed_out transport not_sent");
    CHECK(sink.said().beginnings == 0);
}

TEST_CASE("An answer that is cut short says so", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    plain_request const r(server.host());
    auto const said = [&](std::string bytes) {
        server.plan({std::move(bytes), act::then::close});
        return outcome(http, r);
    };
    CHECK(said("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123456789") == "receive_failed transport answered");
    CHECK(said("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n") == "receive_failed transport answered");
    CHECK(said("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n") == "receive_failed transport answered");
    CHECK(said("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n123") == "receive_failed transport answered");
    CHECK(said("HTTP/1.1 100 Continue\r\n\r\n") == "receive_failed transport unknown");
    CHECK(said("") == "receive_failed transport unknown");
}

TEST_CASE("What is no HTTP is no answer", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    plain_request const r(server.host());
    for (std::string const text :
         {"garbage\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 2\r\n\r\n", "220 smtp.example ESMTP\r\n", "\r\n\r\n"}) {
        INFO(text);
        server.plan({text, act::then::close});
        sink_archetype sink;
        auto const carried = http.perform(r.view(), sink);
        REQUIRE_FALSE(carried);
        CHECK(carried.error().origin == acs::origin::transport);
        CHECK(carried.error().delivery == acs::delivery::unknown);
    }
    CHECK(outcome(http, r) == "ok");
}

TEST_CASE("Header fields have a limit, and one beyond it ends the answer", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    plain_request const r(server.host());
    server.plan({acs_tests::http_bytes(200, "{}", "x-long: " + std::string(50'000, 'x') + "\r\n")});
    CHECK(outcome(http, r) == "ok");
    server.plan({acs_tests::http_bytes(200, "{}", "x-long: " + std::string(200'000, 'x') + "\r\n")});
    CHECK(outcome(http, r) == "reply_too_large transport answered");

    std::string many;
    for (int i = 0; i < 40; ++i) many += "x-" + std::to_string(i) + ": " + std::string(10'000, 'x') + "\r\n";
    server.plan({acs_tests::http_bytes(200, "{}", many)});
    acs::heap_box box;
    CHECK(outcome(http.perform(r.view(), box)) == "reply_too_large transport answered");
    CHECK(outcome(http, r) == "ok");
}

TEST_CASE("A target that libcurl can't take is too large, and is not sent", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    CHECK(outcome(http, plain_request(server.host(), "/?" + std::string(9'000'000, 'x'))) == "request_too_large caller not_sent");
    CHECK(server.connections() == 0);
    std::string const longest = "/?" + std::string(1'000'000, 'x');
    CHECK(outcome(http, plain_request(server.host(), longest)) == "ok");
    CHECK(server.requests().back().target == longest);
}

TEST_CASE("A name that can't be resolved, and a port that nobody listens at", "[curl]") {
    acs::curl http = test_transport();
    CHECK(outcome(http, plain_request("no-such-host.invalid")) == "resolve_failed transport not_sent");
    CHECK(outcome(http, plain_request("127.0.0.1:1")) == "connect_failed transport not_sent");
}

TEST_CASE("TLS: only a certificate that is trusted, valid and the host's", "[curl]") {
    auto const said = [](acs_tests::tls_server const& server, acs::curl_options const& how) {
        acs::curl http(how);
        sink_archetype sink;
        plain_request r(server.host(), "/", "secret");
        std::string const result = outcome(http.perform(r.view(acs::method::post, acs::scheme::https), sink));
        CHECK((result == "ok") == (sink.said().status == 200));
        return result;
    };
    acs_tests::tls_server const server;
    CHECK(said(server, {}) == "tls_failed transport not_sent");
    CHECK(said(server, {.allow_http = true}) == "tls_failed transport not_sent");
    CHECK(server.requests().empty());
    CHECK(said(server, {.ca_file = server.certificate_file()}) == "ok");
    CHECK(server.requests().back().method == "POST");

    acs_tests::tls_server const other({.subject = "DNS:other.example"});
    CHECK(said(other, {.ca_file = other.certificate_file()}) == "tls_failed transport not_sent");
    acs_tests::tls_server const old({.expired = true});
    CHECK(said(old, {.ca_file = old.certificate_file()}) == "tls_failed transport not_sent");
    CHECK(said(server, {.ca_file = "/no/such/file"}) == "tls_failed transport not_sent");
    CHECK(other.requests().size() + old.requests().size() == 0);
}

TEST_CASE("Certificates to trust come from memory too, and are the only ones", "[curl]") {
    acs_tests::tls_server const server, other;
    std::ifstream file(server.certificate_file(), std::ios::binary);
    std::string const pem{std::istreambuf_iterator<char>(file), {}};
    auto const said = [&](acs_tests::tls_server const& to, acs::curl_options const& how) {
        acs::curl http(how);
        sink_archetype sink;
        plain_request const r(to.host());
        std::string both;
        for (int i = 0; i < 2; ++i) both += outcome(http.perform(r.view(acs::method::post, acs::scheme::https), sink)) + ";";
        return both;
    };
    std::string const refused = "tls_failed transport not_sent;tls_failed transport not_sent;";
    for (bool const system : {false, true}) {
        CHECK(said(server, {.ca_pem = pem, .ca_of_system = system}) == "ok;ok;");
        CHECK(said(other, {.ca_pem = pem, .ca_of_system = system}) == refused);
        CHECK(said(server, {.ca_file = server.certificate_file(), .ca_of_system = system}) == "ok;ok;");
        CHECK(said(server, {.ca_of_system = system}) == refused);
    }
    CHECK(said(server, {.ca_pem = "no certificate"}) == refused);
    CHECK(said(server, {.ca_pem = std::string_view(pem).substr(0, pem.size() / 2)}) == refused);
    // In place of a file.
    CHECK(said(other, {.ca_file = other.certificate_file(), .ca_pem = pem}) == refused);
}

TEST_CASE("TLS 1.2 at least", "[curl]") {
    for (int const version : {TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION}) {
        acs_tests::tls_server const server({.max_version = version});
        acs::curl http({.ca_file = server.certificate_file()});
        sink_archetype sink;
        plain_request const r(server.host());
        bool const good = version >= TLS1_2_VERSION;
        CHECK(outcome(http.perform(r.view(acs::method::post, acs::scheme::https), sink)) ==
              (good ? "ok" : "tls_failed transport not_sent"));
        CHECK(server.version() == (version == TLS1_3_VERSION ? "TLSv1.3" : good ? "TLSv1.2" : ""));
    }
}

TEST_CASE("A server that speaks no TLS was not sent a byte", "[curl]") {
    loopback server;
    acs::curl http = test_transport();
    sink_archetype sink;
    plain_request const r(server.host());
    server.plan({});
    acs::curl short_lived({.connect_timeout_ms = 300});
    auto const carried = short_lived.perform(r.view(acs::method::post, acs::scheme::https), sink);
    REQUIRE_FALSE(carried);
    CHECK(carried.error().delivery == acs::delivery::not_sent);
    CHECK(carried.error().origin == acs::origin::transport);
    CHECK(server.requests().empty());
}

TEST_CASE("The defaults refuse plain http before anything else", "[curl]") {
    loopback server;
    acs::curl http;
    CHECK(outcome(http, plain_request(server.host())) == "insecure_transport caller not_sent");
    CHECK(server.connections() == 0);
}

}  // namespace test_curl
