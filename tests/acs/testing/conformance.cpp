// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Transports that are wrong in one way each, over sockets by hand: the kit finds every one, by the case that is about it.
#include <acs/testing/conformance.hpp>
#include <acs/testing/recorded_exchange.hpp>

#include "support/catch.hpp"
#include "support/conformance_table.hpp"
#include "support/hand_made.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test_testing_conformance {

using acs_tests::hand_made_world;
using acs_tests::mistake;

TEST_CASE("A transport made by hand passes where it is right", "[testing]") {
    hand_made_world world(mistake::none);
    acs_tests::check_transport(world);
}

TEST_CASE("Each mistake is found, and named", "[testing]") {
    using cases = acs::conformance::cases<hand_made_world>;
    using namespace acs::conformance;
    struct row {
        mistake what;
        void (*check)(cases&);  // the part of the kit that is about it
        std::string_view found;
    };
    for (row const& r : {row{mistake::sends_twice, check_sending, "sends exactly nothing: times sent"},
                         {mistake::adds_a_field, check_sending, "sends exactly nothing: field that nobody asked for: x-added"},
                         {mistake::loses_a_field, check_sending, "sends exactly nothing: user-agent: differs at byte 0: expected \"1\""},
                         {mistake::changes_the_target, check_sending, "sends exactly nothing: target"},
                         {mistake::sends_half_a_body, check_sending, "sends exactly a form: body"},
                         {mistake::tells_twice, check_sending, "sends exactly nothing: times told"},
                         {mistake::waits_after_head, check_methods, "an answer to HEAD that has a length has no body: outcome"},
                         {mistake::changes_the_method, check_methods, "sends PUT: method"},
                         {mistake::shares_connections, check_sharing, "a connection is for one host only: connection: was used"},
                         {mistake::keeps_what_is_closed, check_connections, "though the server keeps it: an answer that says close: conn"},
                         {mistake::keeps_what_has_more, check_connections, "while nobody asked came an answer: the next answer: differs"},
                         {mistake::sends_again, check_connections, "is no reason to send it again: outcome: differs at byte 0: expected"},
                         {mistake::checks_nothing, check_refusing, "refuses byte 13 in a target: outcome"},
                         {mistake::allows_plain_http, check_refusing, "refuses plain http: outcome"},
                         {mistake::ignores_the_sink, check_limits, "a body one byte longer than 0: outcome"},
                         {mistake::expands_bodies, check_answers, "compressed needs no more room than it takes: outcome"},
                         {mistake::takes_trailers, check_answers, "in chunks of 1: trailers that are no fields"},
                         {mistake::doubts_what_was_not_sent, check_deadlines, "a port where too many wait already: outcome"},
                         {mistake::takes_interim_for_answer, check_truncation, "an answer that is cut after an interim one: outcome"},
                         {mistake::takes_what_is_cut, check_truncation, "an answer that is cut before the last byte: outcome"},
                         {mistake::says_sent_is_not_sent, check_deadlines, "a server that never answers: outcome"}}) {
        hand_made_world world(r.what);
        bool good = true;
        std::string const said = acs_tests::table_of(world, r.check, good);
        INFO(said);
        CAPTURE(r.found);
        CHECK_FALSE(good);
        CHECK(said.find(r.found) != std::string::npos);
    }
}

namespace {

struct wary_world : hand_made_world {
    using hand_made_world::hand_made_world;
    [[nodiscard]] static std::string_view avoids(std::string_view id) { return id == "sends exactly a form" ? "forms are not for it" : ""; }
};

}  // namespace

TEST_CASE("A case that a world avoids is skipped, with the reason, and no other is", "[testing]") {
    using namespace acs::conformance;
    wary_world world(mistake::sends_half_a_body);
    report out(nullptr);
    cases<wary_world> c(world, out);
    check_sending(c);
    REQUIRE(out.outcomes().size() >= 3);
    CHECK(out.outcomes()[0].what == verdict::passed);
    CHECK(out.outcomes()[1].what == verdict::skipped);
    CHECK(out.outcomes()[1].why == "forms are not for it");
    CHECK(out.outcomes()[2].what == verdict::passed);
    CHECK(out.skipped() == 1);
    CHECK(out.failed() == out.outcomes().size() - out.passed() - 1);
    CHECK(out.failed() != 0);
}

namespace {

using acs::conformance::feature;

/// Transport and servers in memory, of which nothing is right but what a test wants: each call is told to be answered, and has come as
/// often as it says, always on the same connection.
struct pretended_world {
    using server = acs::conformance::server;
    std::vector<feature> features{};
    int times = 1;
    std::vector<std::pair<std::string, std::string>> adds{}, says{};  // fields of requests and of answers
    std::vector<acs::conformance::arrival> came{};

    [[nodiscard]] bool can(feature f) const { return std::find(features.begin(), features.end(), f) != features.end(); }
    [[nodiscard]] static std::string host(server) { return "h.example"; }
    static void plan(server, acs::conformance::plan const&) {}
    static void meanwhile(server, acs::conformance::plan const&) {}
    [[nodiscard]] std::vector<acs::conformance::arrival> requests(server) const { return came; }
    [[nodiscard]] static int connections(server) { return 1; }
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const&) {
        auto const sent = acs::testing::recorded_request::of(made);
        acs::conformance::arrival one{sent.method, sent.target, "HTTP/1.1", sent.fields, sent.body, 0};
        one.fields.insert(one.fields.end(), adds.begin(), adds.end());
        came.insert(came.end(), static_cast<std::size_t>(times), one);
        sink.status(200);
        for (auto const& [name, value] : says) static_cast<void>(sink.field(name, value));
        static_cast<void>(sink.body("{}"));
        return {{}};
    }
};

/// One that only shows which cases there are.
struct idle_world : pretended_world {
    [[nodiscard]] static std::string_view avoids(std::string_view) { return "not now"; }
};

/// Why the case of that name did not pass, over a world; `-` if there was none.
template <class World, class Check>
std::string why(World world, std::string_view id, Check check) {
    acs::conformance::report out(nullptr);
    acs::conformance::cases<World> c(world, out);
    check(c);
    for (acs::conformance::outcome const& o : out.outcomes())
        if (o.id == id) return o.why;
    return "-";
}

/// The same for one case.
template <class Body>
std::string fault(pretended_world const& world, Body body) {
    return why(world, "x", [&](auto& c) { c.run("x", [&] { body(c); }); });
}

}  // namespace

TEST_CASE("What a world lacks is not tried, and what else there is, is", "[testing]") {
    using enum feature;
    auto const said = [](std::vector<feature> can, std::string_view id, auto check) { return why(idle_world{{can}}, id, check); };
    auto const cancelling = [](auto& c) { check_cancelling(c); };
    CHECK(said({cancel}, "cancelled in the handshake", cancelling) == "-");
    CHECK(said({cancel}, "cancelled in the head", cancelling) == "not now");
    CHECK(said({cancel, secure}, "cancelled in the handshake", cancelling) == "not now");
    auto const sharing = [](auto& c) { check_sharing(c); };
    std::string_view const ways = "a connection through a proxy is none without, nor the other way round";
    CHECK(said({secure}, ways, sharing) == "-");
    CHECK(said({secure}, "a connection is by one way only", sharing) == "needs proxies");
    CHECK(said({secure, proxies}, ways, sharing) == "not now");
    auto const connections = [](auto& c) { check_connections(c); };
    CHECK(said({raw_bytes}, "a connection is used again", connections) == "needs a transport that keeps connections");
    CHECK(said({raw_bytes}, "each server gets its own requests", connections) == "not now");
    CHECK(said({raw_bytes, keeps}, "a connection is used again", connections) == "not now");
    auto const by_proxy = [](auto& c) { check_proxies(c); };
    CHECK(said({proxies}, "through a proxy that connects", by_proxy) == "-");
    CHECK(said({proxies, secure}, "through a proxy that connects", by_proxy) == "not now");
}

TEST_CASE("A request that comes twice, or never, is found where a connection was closed", "[testing]") {
    auto const after_closing = [](auto& c) { survives(c, acs::conformance::server::plain, acs::method::post); };
    CHECK(fault({}, after_closing).empty());
    CHECK(fault({.times = 2}, after_closing) == "times sent: 2");
    CHECK(fault({.times = 0}, after_closing) == "times sent: 0");
}

TEST_CASE("A transport that sends nothing and says that it did is found, and the kit goes on", "[testing]") {
    using namespace acs::conformance;
    auto const sending = [](auto& c) { sends(c, probe_request("h.example", {"n", "c"}, acs::scheme::http)); };
    CHECK(fault({}, sending).empty());
    CHECK(fault({.times = 0}, sending) == R"(times sent: differs at byte 0: expected "1", got "0")");
    fault({.times = 0}, [](auto& c) { CHECK(last_connection(c, server::plain) == -1); });
    fault({}, [](auto& c) {
        c.arrives(200, "{}");
        CHECK(last_connection(c, server::plain) == 0);
    });
}

TEST_CASE("A length that is not the body's is a field that nobody asked for", "[testing]") {
    using namespace acs::conformance;
    auto const sending = [](auto& c) { sends(c, probe_request("h.example", {"n", "c"}, acs::scheme::http)); };
    CHECK(fault({.adds = {{"Content-Length", "9"}}}, sending).empty());  // Content=c
    CHECK(fault({.adds = {{"Content-Length", "10"}}}, sending) == "field that nobody asked for: Content-Length: 10");
}

TEST_CASE("A request that can't be prepared is none that was sent", "[testing]") {
    using namespace acs::conformance;
    probe_request const bad("h.example/path", {"n", "c"}, acs::scheme::http);
    CHECK_FALSE(bad.good());
    CHECK(bad.made.host.empty());
    CHECK(fault({}, [&](auto& c) { sends(c, bad); }).starts_with(R"(outcome: differs at byte 0: expected "prepared", got "ok")"));
}

TEST_CASE("What an interim answer says is no field of the answer", "[testing]") {
    auto const answered = [](auto& c) { c.arrives(200, "{}"); };
    CHECK(fault({.says = {{"x-other", "yes"}}}, answered).empty());
    CHECK(fault({.says = {{"X-Interim", "yes"}}}, answered) == R"(fields of interim answers: differs at byte 0: expected "", got "yes")");
}

TEST_CASE("A connection that is used with a proxy and without is found", "[testing]") {
    std::string_view const ways = "a connection through a proxy is none without, nor the other way round";
    pretended_world const world{{feature::secure, feature::proxies}};
    CHECK(why(world, ways, [](auto& c) { check_sharing(c); }) == "connection: was used by another way");
}

TEST_CASE("A report has a line for each case that fails or is skipped, or for each at all, and counts what passed", "[testing]") {
    for (bool const all : {false, true}) {
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::tmpfile(), std::fclose);
        for (std::FILE* const to : {file.get(), static_cast<std::FILE*>(nullptr)}) {
            acs::conformance::report out(to, all);
            out.begin("first");
            out.end();
            CHECK(out.close());
            out.begin("second");
            out.fail("stage", "reason");
            out.end();
            out.skip("third", "cause");
            out.skip("fourth", "");
            CHECK_FALSE(out.close());
        }
        std::rewind(file.get());
        std::string said(1000, '\0');
        said.resize(std::fread(said.data(), 1, said.size(), file.get()));
        std::string const rest = "skipped third: cause\nskipped fourth\n1 passed, 1 failed\n";
        CHECK(said == (all ? "ok      first\n1 passed, 0 failed\nFAILED  second: stage: reason\n" + rest
                           : "1 passed, 0 failed\nsecond: stage: reason\n" + rest));
    }
}

}  // namespace test_testing_conformance
