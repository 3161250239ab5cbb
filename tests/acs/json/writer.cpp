// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/writer.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/string_sink.hpp"

#include <acs/core/sink.hpp>
#include <acs/json/reader.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>

namespace test_json_writer {

namespace {

template <class S>
constexpr void write_sample(acs::json_writer<S>& json) {
    json.begin_object();
    json.name("a\"");
    json.begin_array();
    json.integer(std::numeric_limits<std::int64_t>::min());
    json.number(0.5);
    json.boolean(true);
    json.boolean(false);
    json.null();
    json.begin_array();
    json.end_array();
    json.begin_object();
    json.end_object();
    json.end_array();
    json.name("");
    json.string("\n");
    json.name("raw");
    json.raw("{\"x\": 1}");
    json.end_object();
}

constexpr std::string_view sample = R"({"a\"":[-9223372036854775808,0.5,true,false,null,[],{}],"":"\n","raw":{"x": 1}})";

constexpr bool sample_in_constants() {
    std::array<char, 120> memory{};
    acs::span_sink out{memory};
    acs::json_writer json(out);
    write_sample(json);
    return out.view() == sample;
}
static_assert(sample_in_constants());

std::string as_json(std::string_view text) {
    return acs_tests::written([text](auto& out) { acs::write_json_string(text, out); });
}

}  // namespace

TEST_CASE("what has to be is escaped, and nothing else", "[json]") {
    CHECK(as_json("") == "\"\"");
    CHECK(as_json("a\"b\\c/d") == R"("a\"b\\c/d")");
    CHECK(as_json("\b\t\n\v\f\r") == R"("\b\t\n\u000b\f\r")");
    CHECK(as_json(std::string_view("\0\x1F\x7F", 3)) == "\"\\u0000\\u001f\x7F\"");
    CHECK(as_json("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") == "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
    CHECK(as_json("0123456789abcdef\"0123456789") == "\"0123456789abcdef\\\"0123456789\"");
    CHECK(as_json(std::string_view()) == "\"\"");
}

TEST_CASE("each byte that is not UTF-8 becomes U+FFFD", "[json]") {
    CHECK(as_json("a\x80z") == "\"a\xEF\xBF\xBDz\"");
    CHECK(as_json("\xE2\x82") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    CHECK(as_json("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    CHECK(as_json("\xC0\xAF\"") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\\\"\"");
}

TEST_CASE("any text becomes JSON that reads back as the text", "[json]") {
    std::mt19937 random(5);
    static constexpr std::array<std::string_view, 12> pieces{
        "a", "0123456789", "\"", "\\", "\n", "\x01", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xE2\x82", "\xFF", "\xED\xA0\x80"};
    for (int i = 0; i < 20000; ++i) {
        bool const valid = i % 2 == 0;
        std::string text;
        for (auto n = random() % 10; n != 0; --n) text += pieces[random() % (valid ? 9 : pieces.size())];
        std::string const json = as_json(text);
        std::size_t offset = 0;
        bool right = acs::check_json(json, offset) == acs::errc::none;
        right = right && (!valid || nlohmann::json::parse(json).get<std::string>() == text);
        if (right) continue;
        CAPTURE(text, json);
        FAIL();
    }
}

TEST_CASE("commas and colons come by themselves, and nothing is allocated", "[json]") {
    std::array<char, sample.size()> memory{};
    acs::span_sink out{memory};
    acs::count_sink count;
    acs_tests::no_allocations none;
    acs::json_writer json(out);
    write_sample(json);
    acs::json_writer counted(count);
    write_sample(counted);
    none.check();
    CHECK(std::string(out.view()) == sample);
    CHECK(count.needed() == sample.size());
}

}  // namespace test_json_writer
