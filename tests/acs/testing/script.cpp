// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/script.hpp>

#include "support/catch.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace test_testing_script {

using acs::testing::script;
using acs::testing::scripted;
using kind = acs::testing::scripted::kind;

namespace {

std::optional<std::string> read_file(std::string const& path) {
    if (path == "missing") return {};
    return "<" + path + ">";
}

/// One line that has to be well-formed.
scripted line_of(std::string_view text, std::string const& action = "Any") {
    script s;
    auto const wrong = script::parse(text, read_file, s);
    INFO(text);
    REQUIRE(wrong.value_or("") == "");
    return s.next(action);
}

std::string fault_of(std::string_view text) {
    script s;
    return script::parse(text, read_file, s).value_or("none");
}

/// `kind status number text code`, to compare all at once.
std::string shown(scripted const& line) {
    return std::to_string(static_cast<int>(line.what)) + " " + std::to_string(line.status) + " " + std::to_string(line.number) + " " +
           line.text + " " + line.code;
}

bool same(scripted const& a, scripted const& b) { return shown(a) == shown(b); }

}  // namespace

TEST_CASE("Each kind of line is read as what the functions make", "[testing]") {
    namespace t = acs::testing;
    CHECK(same(line_of("pending"), t::pending()));
    CHECK(same(line_of("success"), t::success()));
    CHECK(same(line_of("success a file.json"), t::success("<a file.json>")));
    CHECK(same(line_of("fail the file 5 is invalid"), t::fail("the file 5 is invalid")));
    CHECK(same(line_of("unsuccessful"), t::unsuccessful()));
    CHECK(same(line_of("throttle 1500"), t::throttle(1500)));
    CHECK(same(line_of("throttle 0"), t::throttle(0)));
    CHECK(same(line_of("error 403 Forbidden.RAM"), t::error(403, "Forbidden.RAM")));
    CHECK(same(line_of("error 200 Throttling.User"), t::error(200, "Throttling.User")));
    CHECK(same(line_of("error 500 InternalError try again later"), t::error(500, "InternalError", "try again later")));
    CHECK(same(line_of("body 502 page.html"), t::body(502, "<page.html>")));
    CHECK(same(line_of("cut 17"), t::cut(17)));
    CHECK(same(line_of("garbage"), t::garbage()));
    CHECK(same(line_of("html 503"), t::html(503)));
    CHECK(same(line_of("xml 400 Throttling"), t::xml(400, "Throttling")));
    CHECK(same(line_of("drip"), t::drip()));
    CHECK(same(line_of("odd"), t::odd()));
    CHECK(same(line_of("stall"), t::stall()));
    CHECK(same(line_of("reset before"), t::reset_before()));
    CHECK(same(line_of("reset after"), t::reset_after()));
}

TEST_CASE("White space around the words means nothing", "[testing]") {
    namespace t = acs::testing;
    CHECK(same(line_of("\n  \r\n\t pending \t\r\n"), t::pending()));
    CHECK(same(line_of("  error \t 400   Bad \t many words  here \r"), t::error(400, "Bad", "many words  here")));
    CHECK(same(line_of(" Query:  \t throttle   5"), t::success()));
    CHECK(same(line_of(" Query:  \t throttle   5", "Query"), t::throttle(5)));
}

TEST_CASE("Comments are left out, but for a number sign in a text", "[testing]") {
    namespace t = acs::testing;
    CHECK(same(line_of("# pending\n   # garbage\nthrottle 7"), t::throttle(7)));
    CHECK(same(line_of("pending # still"), t::pending()));
    CHECK(same(line_of("throttle 7 #ms"), t::throttle(7)));
    CHECK(same(line_of("success # the documented one"), t::success()));
    CHECK(same(line_of("success a#b # c"), t::success("<a#b>")));
    CHECK(same(line_of("fail task #5 failed"), t::fail("task #5 failed")));
    CHECK(same(line_of("error 400 Bad task #5 failed"), t::error(400, "Bad", "task #5 failed")));
    CHECK(same(line_of("# only a comment"), t::success()));
    CHECK(same(line_of(""), t::success()));
}

TEST_CASE("Answers come in order, and the last one repeats", "[testing]") {
    script s;
    REQUIRE_FALSE(script::parse("pending\nthrottle 1\nfail no", read_file, s));
    CHECK(s.next("A").what == kind::pending);
    CHECK(s.next("B").what == kind::throttle);
    for (int i = 0; i < 3; ++i) CHECK(s.next("A").what == kind::fail);
    s.then(acs::testing::garbage());
    CHECK(s.next("A").what == kind::garbage);
}

TEST_CASE("An action with a prefix has a list of its own, the others share the general one", "[testing]") {
    script s;
    REQUIRE_FALSE(script::parse("Query: pending\npending\nQuery: garbage\nunsuccessful", read_file, s));
    CHECK(s.next("Query").what == kind::pending);
    CHECK(s.next("Other").what == kind::pending);
    CHECK(s.next("Query").what == kind::garbage);
    CHECK(s.next("Query").what == kind::garbage);
    CHECK(s.next("Another").what == kind::unsuccessful);
    CHECK(s.next("query").what == kind::unsuccessful);
    CHECK(line_of("Query:pending", "Query").what == kind::pending);
    CHECK(line_of("Query:throttle 5 # ms", "Query").number == 5);

    script only;
    only.then("Query", acs::testing::cut(1));
    CHECK(only.next("Other").what == kind::success);
    CHECK(only.next("Query").what == kind::cut);
}

TEST_CASE("A function may decide every answer", "[testing]") {
    script s;
    s.then(acs::testing::garbage()).decide([](std::string const& action) { return acs::testing::fail(action); });
    CHECK(s.next("Query").text == "Query");
}

TEST_CASE("A fault names its line and column", "[testing]") {
    CHECK(fault_of("pend") == "line 1, column 1: no such answer: pend");
    CHECK(fault_of("pending\n\n  # x\n   Query: pend 5") == "line 4, column 11: no such answer: pend");
    CHECK(fault_of("pending\r\npending now") == "line 2, column 9: pending takes nothing more");
    for (std::string_view const word : {"garbage", "unsuccessful", "drip", "odd", "stall"})
        CHECK(fault_of(std::string(word) + " x").find("takes nothing more") != std::string::npos);
    CHECK(fault_of("Query:") == "line 1, column 7: an answer is missing");
    CHECK(fault_of("Query:pend") == "line 1, column 7: no such answer: pend");
    CHECK(fault_of(":pending") == "line 1, column 1: an action is missing");
    CHECK(fault_of(" : pending") == "line 1, column 2: an action is missing");
    CHECK(fault_of("fail") == "line 1, column 5: fail takes a text");
    CHECK(fault_of("success missing") == "line 1, column 9: cannot read missing");
    CHECK(fault_of("body 200") == "line 1, column 9: body takes a file");
    CHECK(fault_of("body 200 missing") == "line 1, column 10: cannot read missing");
    CHECK(fault_of("error 400") == "line 1, column 10: error takes a status of 200 to 599, then a code");
    CHECK(fault_of("xml 400 Code more") == "line 1, column 14: xml takes nothing more");
    CHECK(fault_of("reset") == "line 1, column 6: reset takes before or after");
    CHECK(fault_of("reset now") == "line 1, column 7: reset takes before or after");
    for (std::string_view const status : {"199", "600", "", "x", "-1", "2e2", "200.", "99999999999999999999", "+200"}) {
        INFO(status);
        std::string const after(status);
        CHECK(fault_of("body " + after + " file").find("body takes a status") != std::string::npos);
        CHECK(fault_of("html " + after).find("html takes a status") != std::string::npos);
    }
    for (std::string_view const status : {"199", "600", "x", "-400"}) {
        INFO(status);
        CHECK(fault_of("error " + std::string(status) + " Code") == "line 1, column 7: error takes a status of 200 to 599, then a code");
        CHECK(fault_of("xml " + std::string(status) + " Code") == "line 1, column 5: xml takes a status of 200 to 599, then a code");
    }
    for (std::string_view const number : {"", "x", "-1", "1 2", "1x", "4294967296", "0x10"}) {
        INFO(number);
        CHECK(fault_of("cut " + std::string(number)).find("cut takes a number") != std::string::npos);
        CHECK(fault_of("throttle " + std::string(number)).find("throttle takes a number") != std::string::npos);
    }
}

TEST_CASE("A script with a fault is not read at all", "[testing]") {
    script s;
    s.then(acs::testing::cut(1));
    REQUIRE(script::parse("pending\ngarbage\nnonsense", read_file, s));
    CHECK(s.next("A").what == kind::cut);
    CHECK(s.next("A").what == kind::cut);
}

TEST_CASE("Without a way to read files, lines that name one are at fault", "[testing]") {
    script s;
    CHECK(script::parse("success f", {}, s) == "line 1, column 9: cannot read f");
    CHECK_FALSE(script::parse("success", {}, s));
}

TEST_CASE("What is not carried out is what refuses", "[testing]") {
    namespace t = acs::testing;
    for (scripted const& line : {t::throttle(1), t::error(400, "C"), t::html(502), t::xml(400, "C"), t::unsuccessful(), t::reset_before(),
                                 t::body(199, ""), t::body(300, "")})
        CHECK(refuses(line));
    for (scripted const& line : {t::pending(), t::success(), t::fail("x"), t::cut(1), t::garbage(), t::drip(), t::odd(), t::stall(),
                                 t::reset_after(), t::body(200, ""), t::body(299, "")})
        CHECK_FALSE(refuses(line));
}

}  // namespace test_testing_script
