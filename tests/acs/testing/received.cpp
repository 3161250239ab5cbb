// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/received.hpp>

#include "support/catch.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test_testing_received {

using acs::testing::receive;
using pairs = std::vector<std::pair<std::string, std::string>>;

namespace {

constexpr std::array form_field{acs::field{"Content-Type", "application/x-www-form-urlencoded"}};

}  // namespace

TEST_CASE("A request is taken apart and keeps its texts", "[testing]") {
    auto const r = [] {
        std::string const target = "/v1/things%2F1?b=2&a=%E4%B8%8D+%2B&flag&=", body = "x=1&y=%00";
        std::string const type = " application/X-www-form-urlencoded; charset=utf-8";
        std::array const fields{acs::field{"content-type", type}, acs::field{"X-Twice", " 1 "}, acs::field{"x-twice", "2"}};
        return receive("PATCH", target, fields, body);
    }();
    REQUIRE(r);
    CHECK(r->method == "PATCH");
    CHECK(r->target == "/v1/things%2F1?b=2&a=%E4%B8%8D+%2B&flag&=");
    CHECK(r->path == "/v1/things%2F1");
    CHECK(r->body == "x=1&y=%00");
    CHECK(r->query == pairs{{"b", "2"}, {"a", "\xE4\xB8\x8D +"}, {"flag", ""}, {"", ""}});
    CHECK(r->form == pairs{{"x", "1"}, {"y", std::string(1, '\0')}});
    CHECK(r->fields.size() == 3);
}

TEST_CASE("A header is found whatever its case, the first of several, trimmed", "[testing]") {
    std::array const fields{acs::field{"X-Twice", " \t1 "}, acs::field{"x-twice", "2"}};
    auto const r = receive("GET", "/", fields, {});
    REQUIRE(r);
    CHECK(r->field_of("x-TWICE") == "1");
    CHECK(r->field_of("x-twic").empty());
}

TEST_CASE("A parameter is found in query or form, by its exact name, and the form comes first", "[testing]") {
    auto const r = receive("POST", "/?A=query&B=&C=1&C=2", form_field, "A=form&D=%26");
    REQUIRE(r);
    CHECK(r->param_of("A") == "form");
    REQUIRE(r->param_of("B"));
    CHECK(r->param_of("B")->empty());
    CHECK(r->param_of("C") == "1");
    CHECK(r->param_of("D") == "&");
    CHECK_FALSE(r->param_of("a"));
    CHECK_FALSE(r->param_of(""));
}

TEST_CASE("All parameters come in canonical order, with their places", "[testing]") {
    auto const r = receive("POST", "/?b=1&a=2&B=3", form_field, "aa=4&a=1");
    REQUIRE(r);
    std::string order;
    for (acs::param const& p : r->params())
        order.append(p.name).append("=").append(p.value).append(p.in == acs::place::form ? " form, " : ", ");
    CHECK(order == "B=3, a=1 form, a=2, aa=4 form, b=1, ");
}

TEST_CASE("A body that is no form has no parameters, whatever it looks like", "[testing]") {
    for (std::string_view const type : {"application/json", "text/plain", ""}) {
        std::array const fields{acs::field{"content-type", type}};
        auto const r = receive("POST", "/", fields, "a=%&b");
        REQUIRE(r);
        CHECK(r->form.empty());
        CHECK(r->body == "a=%&b");
    }
    auto const r = receive("POST", "/", {}, "a=1");
    REQUIRE(r);
    CHECK(r->form.empty());
}

TEST_CASE("What is no request is refused", "[testing]") {
    for (std::string_view const target : {"", "*", "?a=1", "http://host/", "x/", "/?a=%", "/?a=%4", "/?a=%G0", "/?%zz=1", "/?a=1&b=%x"}) {
        INFO(target);
        CHECK_FALSE(receive("GET", target, {}, {}));
    }
    for (std::string_view const body : {"%", "a=%", "a=1&b=%0g"}) {
        INFO(body);
        CHECK_FALSE(receive("POST", "/", form_field, body));
    }
}

TEST_CASE("Empty pairs are skipped, and only the first equals sign divides", "[testing]") {
    pairs out;
    CHECK(acs::testing::parse_pairs("&&a=b=c&&=v&n", out));
    CHECK(out == pairs{{"a", "b=c"}, {"", "v"}, {"n", ""}});
    out.clear();
    CHECK(acs::testing::parse_pairs("", out));
    CHECK(out.empty());
}

TEST_CASE("A string sink appends", "[testing]") {
    std::string text = "a";
    acs::testing::string_sink sink(text);
    sink.write("b");
    sink.write({});
    sink.write(std::string_view("\0c", 2));
    CHECK(text == std::string("ab\0c", 4));
}

}  // namespace test_testing_received
