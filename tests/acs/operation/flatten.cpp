// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/flatten.hpp>

#include <acs/core/bounded_text.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/string_sink.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace test_operation_flatten {

namespace {

struct room {
    std::vector<acs::param> params{64};
    std::string text = std::string(4096, '#');
};

/// `name=value` of each parameter, a line each; or the failure.
std::string flat(std::string_view json, std::string_view prefix = {}, room memory = {}) {
    acs::span_list<acs::param> params(memory.params);
    acs::span_sink text(memory.text);
    auto const done = acs::flatten(prefix, json, acs::place::form, params, text);
    if (!done) {
        acs::failure const& f = done.error();
        return std::string(acs::name(f.code)) + " " + std::string(f.where) + " " + std::to_string(f.offset + f.needed);
    }
    std::string all;
    for (acs::param const& p : params.items()) {
        CHECK(p.in == acs::place::form);
        all.append(p.name).append("=").append(p.value).append("\n");
    }
    return all;
}

std::string flat_style(std::string_view json) {
    acs_tests::string_sink out;
    auto const done = acs::write_flat_style(json, out);
    return done ? out.text : std::string(acs::name(done.error().code)) + " " + std::to_string(done.error().offset);
}

constexpr bool flattens_in_a_constant_expression() {
    std::array<acs::param, 2> slots{};
    std::array<char, 64> memory{};
    acs::span_list<acs::param> params(slots);
    acs::span_sink text(memory);
    acs::bounded_text<64> json;  // clang 14 compares no pointer into a literal with another
    json.write(R"([{"Key":"k\n"},null,2.50])");
    if (!acs::flatten("Tag", json.view(), acs::place::query, params, text)) return false;
    auto const items = params.items();
    return items.size() == 2 && items[0].name == "Tag.1.Key" && items[0].value == "k\n" && items[1].name == "Tag.3" &&
           items[1].value == "2.5";
}
static_assert(flattens_in_a_constant_expression());

}  // namespace

TEST_CASE("Members and elements get names with dots, of any depth", "[operation]") {
    CHECK(flat(R"({"Tag":[{"Key":"a","Value":"b"},{"Key":"c"}],"M":{"2":["x"]},"Filter":{"Range":{"From":1}}})") ==
          "Tag.1.Key=a\nTag.1.Value=b\nTag.2.Key=c\nM.2.1=x\nFilter.Range.From=1\n");
    CHECK(flat(R"([[["x"],["y"]],["z"]])", "P") == "P.1.1.1=x\nP.1.2.1=y\nP.2.1=z\n");
    CHECK(flat(R"("x")", "P") == "P=x\n");
    CHECK(flat(R"({"a.b":{"c.d":1}})", "P.Q") == "P.Q.a.b.c.d=1\n");
    CHECK(flat(R"({"":{"":1}})") == ".=1\n");
    CHECK(flat(R"({"b":1,"a":2})") == "b=1\na=2\n");
}

TEST_CASE("Null adds nothing and keeps its index; what is empty adds nothing, but an empty text stays", "[operation]") {
    CHECK(flat(R"(["a",null,"c",null])", "Ids") == "Ids.1=a\nIds.3=c\n");
    CHECK(flat(R"([null,[null,1],{"a":null},2])", "X") == "X.2.2=1\nX.4=2\n");
    CHECK(flat("null", "X").empty());
    CHECK(flat(R"({"a":null,"b":[],"c":{},"d":[[],{}],"e":"","f":[{},[],""]})") == "e=\nf.3=\n");
    CHECK(flat("{}").empty());
    CHECK(flat("[]", "X").empty());
}

TEST_CASE("Values are what JavaScript would print", "[operation]") {
    struct row {
        std::string_view json, text;
    };
    for (row const& r : {row{"true", "true"},
                         {"false", "false"},
                         {"0", "0"},
                         {"-0", "0"},
                         {"-0.0", "0"},
                         {"1.0", "1"},
                         {"1.50", "1.5"},
                         {"1e2", "100"},
                         {"1E-2", "0.01"},
                         {"0.1", "0.1"},
                         {"1e21", "1e+21"},
                         {"1e-7", "1e-7"},
                         {"9223372036854775807", "9223372036854775807"},
                         {"-9223372036854775808", "-9223372036854775808"},
                         {"9007199254740993", "9007199254740993"},  // exact, beyond 2^53
                         {"18446744073709551616", "18446744073709551616"},
                         {R"("a+b c%\u00e4")", "a+b c%\xC3\xA4"},
                         {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
                         {R"("\ud7ff\ue000")", "\xED\x9F\xBF\xEE\x80\x80"},  // next to the halves of pairs
                         {R"("\ud7ff")", "\xED\x9F\xBF"},
                         {R"("\ud7ffabcde\n")",
                          "\xED\x9F\xBF"
                          "abcde\n"},
                         {R"("\ud83d\ude00x\u4f60")", "\xF0\x9F\x98\x80x\xE4\xBD\xA0"}}) {
        INFO(r.json);
        CHECK(flat(r.json, "P") == "P=" + std::string(r.text) + "\n");
        CHECK(flat("[" + std::string(r.json) + "]", "P") == "P.1=" + std::string(r.text) + "\n");
    }
    CHECK(flat(R"("\u0000")", "P") == std::string("P=\0\n", 4));
    CHECK(flat(R"({"\u0061\n\"":{"\ud83d\ude00":1}})") == "a\n\".\xF0\x9F\x98\x80=1\n");
}

TEST_CASE("A number that no double holds is refused, not sent as another", "[operation]") {
    CHECK(flat("1e400", "P").substr(0, 19) == "number_out_of_range");
    CHECK(flat(R"({"a":[1,-1.5e999]})") == "number_out_of_range json 8");
    CHECK(flat("1e-400", "P") == "P=0\n");
}

TEST_CASE("What is no JSON, or no object where names are needed, adds nothing", "[operation]") {
    CHECK(flat(R"({"a":1,)") == "truncated_json json 7");
    CHECK(flat(R"({"a":1}x)").substr(0, 13) == "trailing_text");
    CHECK(flat(R"({"a":1 "b"})") == "malformed_json json 7");
    CHECK(flat("", "P") == "truncated_json json 0");
    for (std::string_view const json : {"[1]", "1", "\"x\"", "null", "true"}) CHECK(flat(json) == "wrong_type json 0");
    std::string deep = "1";
    for (std::size_t i = 0; i < acs::flattener::max_depth; ++i) deep = "[" + deep + "]";
    CHECK(flat(deep, "P").size() == 2 * acs::flattener::max_depth + 4);
    CHECK(flat("[" + deep + "]", "P").substr(0, 13) == "json_too_deep");
}

TEST_CASE("A flattener on its own says where the JSON ends too early", "[operation]") {
    std::array<acs::param, 2> slots{};
    std::array<char, 64> memory{};
    acs::span_list<acs::param> params(slots);
    acs::span_sink text(memory);
    acs::flattener cut("P", R"({"a":1,)", acs::place::form, params, text);
    CHECK(acs::name(cut.run()) == "truncated_json");
    CHECK(cut.offset() == 7);
}

TEST_CASE("Memory that is too small says how much it takes, exactly", "[operation]") {
    std::string_view const json = R"({"a":["x","y\n"],"b":1.50})";
    std::string_view const text = "a.1a.2y\nb1.5";  // names, and values that could not be views
    CHECK(flat(json) == "a.1=x\na.2=y\n\nb=1.5\n");
    for (std::size_t slots = 0; slots <= 3; ++slots) {
        room small{std::vector<acs::param>(slots), std::string(text.size(), '#')};
        CHECK(flat(json, {}, small) == (slots == 3 ? "a.1=x\na.2=y\n\nb=1.5\n" : "no_space params 3"));
    }
    for (std::size_t size = 0; size < text.size(); ++size) {
        room small{std::vector<acs::param>(3), std::string(size, '#')};
        CHECK(flat(json, {}, small) == "no_space text " + std::to_string(text.size()));
    }
}

TEST_CASE("Texts that need no change are views of the JSON, and nothing is allocated", "[operation]") {
    std::string_view const json = R"({"a":"plain","b":"e\u0073c","c":12})";
    std::array<acs::param, 3> slots{};
    std::array<char, 64> memory{};
    acs::span_list<acs::param> params(slots);
    acs::span_sink text(memory);
    acs_tests::no_allocations none;
    bool const done = acs::flatten("P", json, acs::place::query, params, text).has_value();
    none.check();
    REQUIRE(done);
    for (std::size_t const i : {0U, 2U}) {
        CHECK(slots[i].value.data() > json.data());
        CHECK(slots[i].value.data() < json.data() + json.size());
    }
    CHECK(slots[1].value == "esc");
    CHECK(slots[1].value.data() >= memory.data());
}

TEST_CASE("Keys with their lengths", "[operation]") {
    CHECK(flat_style(R"({"a.b":1})") == R"({"#3#a.b":1})");
    CHECK(flat_style(R"({ "a" : [ { "b c" : null , "" : true } , [ ] , "x" , -1.5e3 ] , "d" : { } })") ==
          R"({"#1#a":[{"#3#b c":null,"#0#":true},[],"x",-1.5e3],"#1#d":{}})");
    CHECK(flat_style("{}") == "{}");
    CHECK(flat_style(R"("s\n")") == R"("s\n")");
    CHECK(flat_style(R"({"\u00e4":1,"\ud83d\ude00":2,"\n":3})") == R"({"#2#\u00e4":1,"#4#\ud83d\ude00":2,"#1#\n":3})");
    CHECK(flat_style("{\"\xC3\xA4\":1}") == "{\"#2#\xC3\xA4\":1}");
    CHECK(flat_style(R"({"a":1)") == "truncated_json 6");
    CHECK(flat_style("[1,]") == "malformed_json 3");
    CHECK(flat(flat_style(R"({"a.b":{"c":1}})"), "Cfg") == "Cfg.#3#a.b.#1#c=1\n");
}

}  // namespace test_operation_flatten
