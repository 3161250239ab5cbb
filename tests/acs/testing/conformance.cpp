// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Transports that are wrong in one way each, over sockets by hand: the kit finds every one, by the case that is about it.
#include <acs/testing/conformance/transport.hpp>

#include <acs/client/check_request.hpp>

#include "support/catch.hpp"
#include "support/conformance_table.hpp"
#include "support/hand_made.hpp"

#include <string>

namespace test_testing_conformance {

using acs_tests::hand_made_world;
using acs_tests::mistake;

TEST_CASE("A transport made by hand passes where it is right", "[testing]") {
    hand_made_world world(mistake::none);
    acs_tests::check_transport(world);
}

TEST_CASE("Each mistake is found, and named", "[testing]") {
    struct row {
        mistake what;
        std::string_view found;
    };
    for (row const& r : {row{mistake::sends_twice, "sends exactly nothing: times sent"},
                         {mistake::adds_a_field, "sends exactly nothing: field that nobody asked for"},
                         {mistake::loses_a_field, "sends exactly nothing: "},
                         {mistake::changes_the_target, "sends exactly nothing: target"},
                         {mistake::sends_half_a_body, "sends exactly a form: body"},
                         {mistake::checks_nothing, "refuses byte 13 in a target: outcome"},
                         {mistake::allows_plain_http, "refuses plain http: outcome"},
                         {mistake::never_keeps, "a connection is used again: connections"},
                         {mistake::repeats, "a kept connection that is closed when the request has come is no reason to send it again"},
                         {mistake::takes_interim_for_answer, "an answer after interim ones"},
                         {mistake::takes_what_is_cut, "an answer that is cut before the last byte: outcome"},
                         {mistake::ignores_the_sink, "a body one byte longer than 0: outcome"},
                         {mistake::takes_two_lengths, "not taken: two lengths: outcome"},
                         {mistake::says_sent_is_not_sent, "a server that never answers: outcome"},
                         {mistake::tells_twice, "sends exactly nothing: times told"}}) {
        hand_made_world world(r.what);
        bool good = true;
        std::string const said = acs_tests::table_of(world, good);
        INFO(said);
        CAPTURE(r.found);
        CHECK_FALSE(good);
        CHECK(said.find(r.found) != std::string::npos);
    }
}

}  // namespace test_testing_conformance
