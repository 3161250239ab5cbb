// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/find.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace test_json_find {

namespace {

constexpr std::string_view sample =
    R"({"RequestId":"1","Data":{"Status":"success","Skip":{"Status":"no"}},"Items":[{"Id":1},[2,[3]],"x\n"],)"
    R"("":{"a":null},"n\u0061me":true,"0":5})";

constexpr bool finds(std::string_view path, acs::json_kind kind, std::string_view text) {
    auto const token = acs::find_json(sample, path);
    return token && token->kind == kind && token->text == text &&
           (kind == acs::json_kind::end || sample.substr(token->offset + (kind == acs::json_kind::string), text.size()) == text);
}

using enum acs::json_kind;

static_assert(finds("RequestId", string, "1") && finds("Data.Status", string, "success") && finds("Data.Skip.Status", string, "no"));
static_assert(finds("Items.0.Id", number, "1") && finds("Items.1.1.0", number, "3") && finds("Items.2", string, "x\\n") &&
              finds("0", number, "5"));
static_assert(finds("", object_begin, sample) && finds("Data.Skip", object_begin, R"({"Status":"no"})") &&
              finds("Items.1", array_begin, "[2,[3]]"));
static_assert(finds("name", boolean, "true") && finds(".a", null, "null"));
static_assert(finds("Status", end, "") && finds("Data.Nothing", end, "") && finds("Items.3", end, "") && finds("Items.4", end, "") &&
              finds("Items.x", end, ""));
static_assert(finds("Items.-1", end, "") && finds("Items.1.2", end, "") && finds("Items.1.9223372036854775807", end, "") &&
              finds("Items.", end, "") == false);
static_assert(finds("RequestId.a", end, "") && finds("name.0", end, "") && finds("Data.0", end, ""));
// A text that ends is not looked at again for each of so many elements: the compiler would give up.
static_assert(acs::find_json("[1,", "9223372036854775807").error().code == acs::errc::truncated_json);

}  // namespace

TEST_CASE("scalars, empty containers and duplicates", "[json]") {
    CHECK(acs::find_json("7", "")->text == "7");
    CHECK(acs::find_json("7", "a")->kind == acs::json_kind::end);
    CHECK(acs::find_json("[]", "0")->kind == acs::json_kind::end);
    CHECK(acs::find_json("[ ]", "1")->kind == acs::json_kind::end);
    CHECK(acs::find_json("[4]", "-1")->kind == acs::json_kind::end);
    CHECK(acs::find_json("{}", "a")->kind == acs::json_kind::end);
    CHECK(acs::find_json(R"({"a":1,"a":2})", "a")->text == "1");
    CHECK(acs::find_json(" [ [] , 4 ] ", "1")->text == "4");
    CHECK(acs::find_json(" [ [] , 4 ] ", "")->text == "[ [] , 4 ]");
}

TEST_CASE("a text is refused as far as it is read", "[json]") {
    auto const failed = [](std::string_view text, std::string_view path) {
        auto const token = acs::find_json(text, path);
        return token ? std::string("found") : std::string(acs::name(token.error().code)) + "@" + std::to_string(token.error().offset);
    };
    CHECK(failed("", "a") == "truncated_json@0");
    CHECK(failed("{\"a\":tru", "a") == "truncated_json@8");
    CHECK(failed("{\"b\":[1,],\"a\":1}", "a") == "malformed_json@8");
    CHECK(failed("[1,2", "2") == "truncated_json@4");
    CHECK(failed("[1,", "2") == "truncated_json@3");
    CHECK(failed("[[1,2", "0") == "truncated_json@5");
    CHECK(failed("{\"a\":1 ???", "a") == "found");
}

TEST_CASE("every prefix of a text gives the value, or is truncated", "[json]") {
    acs_tests::no_allocations none;
    std::size_t wrong = 0;
    constexpr std::size_t needed = sample.find("\"success\"") + 9;
    for (std::size_t size = 0; size <= sample.size(); ++size) {
        auto const token = acs::find_json(sample.substr(0, size), "Data.Status");
        bool const right = size < needed ? !token && token.error().code == acs::errc::truncated_json : token && token->text == "success";
        wrong += !right;
    }
    none.check();
    CHECK(wrong == 0);
}

}  // namespace test_json_find
