// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/write_json.hpp>

#include <acs/json/reader.hpp>
#include <acs/operation/decode.hpp>

#include <dataworks.hpp>

#include "support/allocations.hpp"
#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/string_sink.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace test_operation_write_json {

namespace {

using list_things = acs_tests::list_things;
using reply = list_things::reply;

template <class Op>
std::string json_of(typename Op::reply const& r) {
    std::string const text = acs_tests::written([&](auto& out) { acs::write_json<Op>(r, out); });
    std::size_t offset = 0;
    CHECK(acs::check_json(text, offset) == acs::errc::none);
    return text;
}

/// Decodes a text and writes it again.
template <class Op>
std::string again(std::string text) {
    alignas(std::max_align_t) static std::array<std::byte, 4096> arrays;
    auto const decoded = acs::decode<Op>(200, {}, text, arrays);
    REQUIRE(decoded);
    return json_of<Op>(*decoded);
}

// Without arrays, whose elements lie in untyped memory.
constexpr bool writes_in_a_constant_expression() {
    dataworks::create_di_sync_task::reply r{.request_id = "i", .success = true};
    std::array<char, 64> memory{};
    acs::span_sink out(memory);
    acs::write_json<dataworks::create_di_sync_task>(r, out);
    return out.view() == R"({"RequestId":"i","Success":true})" || out.view() == R"({"Success":true,"RequestId":"i"})";
}
static_assert(writes_in_a_constant_expression());

}  // namespace

TEST_CASE("What is absent is left out, and an object of which nothing is there", "[operation]") {
    CHECK(json_of<list_things>({}) == "{}");
    CHECK(json_of<list_things>({.request_id = ""}) == R"({"RequestId":""})");  // empty, but there
    reply r{};
    r.success = false;
    r.paging.total = 0;
    r.ratio = 0.0;
    CHECK(json_of<list_things>(r) == R"({"Success":false,"Paging":{"Total":0},"Ratio":0})");
    CHECK(json_of<dataworks::create_di_sync_task>({}) == "{}");
}

TEST_CASE("Members come in the order of the description, with exact numbers and escaped texts", "[operation]") {
    reply r{.request_id = "a\"b\\c\n\x01\xC3\xA4", .success = true};
    r.paging.total = INT64_MIN;
    r.ratio = 0.1;
    CHECK(json_of<list_things>(r) ==
          "{\"RequestId\":\"a\\\"b\\\\c\\n\\u0001\xC3\xA4\",\"Success\":true,\"Paging\":{\"Total\":-9223372036854775808},\"Ratio\":0.1}");
    r = {};
    r.paging.total = INT64_MAX;
    CHECK(json_of<list_things>(r) == R"({"Paging":{"Total":9223372036854775807}})");
}

TEST_CASE("Arrays, objects in them, arrays in those; an element of which nothing is there keeps its place", "[operation]") {
    std::array<reply::tag, 2> const tags{{{"k", true}, {}}};
    std::array<std::string_view, 3> const labels{"x", std::string_view(), ""};
    std::array<reply::item, 3> const items{{{.id = 1, .tags = tags, .labels = labels}, {}, {.weight = 2.5}}};
    std::array<std::optional<bool>, 3> const flags{true, std::nullopt, false};
    std::array<std::optional<std::int64_t>, 2> const first_row{1, std::nullopt};
    std::array<reply::row, 3> const matrix{reply::row(first_row), reply::row(), reply::row(first_row)};
    reply r{};
    r.paging.items = items;
    r.flags = flags;
    r.matrix = matrix;
    CHECK(json_of<list_things>(r) == R"({"Paging":{"Items":[{"Id":1,"Tags":[{"Key":"k","On":true},{}],"Labels":["x",null,""]},{},)"
                                     R"({"Weight":2.5}]},"Flags":[true,null,false],"Matrix":[[1,null],[],[1,null]]})");
}

TEST_CASE("What is written decodes to the same again", "[operation]") {
    for (std::string const text :
         {R"({"RequestId":"1","Success":true,"Paging":{"Items":[{"Id":1,"Name":"n\n","Weight":0.5,"Tags":[{"Key":"k"}],"Labels":["a"]},)"
          R"({"Id":2}],"Total":2},"Names":["x","y"],"Flags":[true,null],"Matrix":[[1,2],[3]],"Deep":[[[["d"]]]],"Ratio":1e+300})",
          R"({"Names":["\u0000\ud83d\ude00"]})", "{}"}) {
        std::string const once = again<list_things>(text);
        CHECK(again<list_things>(once) == once);
    }
    CHECK(again<list_things>(R"({ "Unknown":[1], "Success":"true", "Paging":{"Total":"7"}, "Names":[] })") ==
          R"({"Success":true,"Paging":{"Total":7}})");
    for (char const* const action : {"CreateDISyncTask", "QueryDISyncTaskConfigProcessResult", "UpdateDISyncTask"}) {
        std::string const sample = acs_tests::file_text(std::string("samples/") + action + ".json");
        std::string const once = again<dataworks::query_di_sync_task_config_process_result>(sample);
        CHECK(again<dataworks::query_di_sync_task_config_process_result>(once) == once);
        CHECK(once.find("0bc1411515937635973****") != std::string::npos);
    }
}

TEST_CASE("Writing a reply allocates nothing", "[operation]") {
    reply const r{.request_id = "id", .success = true};
    std::array<char, 256> memory{};
    acs::span_sink out(memory);
    acs_tests::no_allocations none;
    acs::write_json<list_things>(r, out);
    none.check();
    CHECK(out.fits());
}

}  // namespace test_operation_write_json
