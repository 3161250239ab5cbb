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
                         {mistake::checks_nothing, check_refusing, "refuses byte 13 in a target: outcome"},
                         {mistake::allows_plain_http, check_refusing, "refuses plain http: outcome"},
                         {mistake::ignores_the_sink, check_limits, "a body one byte longer than 0: outcome"},
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

}  // namespace test_testing_conformance
