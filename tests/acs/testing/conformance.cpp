// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Transports that are wrong in one way each, over sockets by hand: the kit finds every one, by the case that is about it.
#include <acs/testing/conformance.hpp>

#include "support/catch.hpp"
#include "support/conformance_table.hpp"
#include "support/hand_made.hpp"

#include <string>
#include <string_view>

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

}  // namespace test_testing_conformance
