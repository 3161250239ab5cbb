// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/read_members.hpp>

#include <acs/operation/table.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/array_operation.hpp"
#include "support/catch.hpp"

namespace test_operation_read_members {

using acs::errc;
using acs_tests::list_things;
using things = acs::table<list_things>;

namespace {

alignas(std::max_align_t) std::array<std::byte, 4096> storage;

struct outcome {
    errc code;
    acs::fault_place fault;
    list_things::reply reply;
    std::size_t needed;
};

/// The first pass alone.
outcome read(std::string_view text) {
    outcome o{};
    acs::array_memory memory(storage);
    o.code = acs::member_reader({things::members.data(), acs::member_places(&o.reply)}, text, memory).read(o.fault);
    o.needed = memory.needed();
    return o;
}

void check_fault(std::string_view text, errc code, std::size_t offset, std::string_view member) {
    outcome const o = read(text);
    INFO(text);
    CHECK(acs::name(o.code) == acs::name(code));
    CHECK(o.fault.offset == offset);
    CHECK(things::members[o.fault.row].name() == member);
}

}  // namespace

TEST_CASE("the first pass stores texts raw and leaves the text alone", "[operation]") {
    std::string const text = R"({"RequestId":"a\u0062","Names":["x\n",null,""],"Ratio":"2.5"})";
    std::string const copy = text;
    outcome const o = read(text);
    CHECK(o.code == errc::none);
    CHECK(text == copy);
    CHECK(o.reply.request_id == R"(a\u0062)");
    CHECK(o.reply.request_id.data() == text.data() + text.find("a\\u"));
    REQUIRE(o.reply.names.size() == 3);
    CHECK(o.reply.names[0] == R"(x\n)");
    CHECK(o.reply.names[1].data() == nullptr);
    CHECK(o.reply.names[2].data() != nullptr);
    CHECK(o.reply.ratio == 2.5);
}

TEST_CASE("unknown members are skipped whole, at every depth, and validated", "[operation]") {
    outcome const o = read(R"({"X":{"RequestId":"no","Y":[{"RequestId":["no"]}]},"RequestId":"yes","request_id":1,"Paging":{"Items":[
        {"Id":1,"Z":{"Id":2,"Tags":[{"Key":"no"}]}}],"RequestId":"no"},"Success":true})");
    CHECK(o.code == errc::none);
    CHECK(o.reply.request_id == "yes");
    REQUIRE(o.reply.paging.items.size() == 1);
    CHECK(o.reply.paging.items[0].id == 1);
    CHECK(o.reply.paging.items[0].tags.empty());
    check_fault(R"({"X":[1,})", errc::malformed_json, 8, "");
}

TEST_CASE("names are compared unescaped and exactly", "[operation]") {
    outcome const o = read(R"({"\u0052equest\u0049d":"yes","requestid":"no","RequestId ":"no","RequestI":"no"})");
    CHECK(o.reply.request_id == "yes");
}

TEST_CASE("a value of another type is named with its offset", "[operation]") {
    check_fault(R"({"RequestId":{}})", errc::wrong_type, 13, "RequestId");
    check_fault(R"({"RequestId": [1]})", errc::wrong_type, 14, "RequestId");
    check_fault(R"({"Paging":"x"})", errc::wrong_type, 10, "Paging");
    check_fault(R"({"Paging":[]})", errc::wrong_type, 10, "Paging");
    check_fault(R"({"Names":{}})", errc::wrong_type, 9, "Names");
    check_fault(R"({"Names":"x"})", errc::wrong_type, 9, "Names");
    check_fault(R"({"Paging":{"Total":"x"}})", errc::wrong_type, 19, "Total");
    check_fault(R"({"Paging":{"Total":99999999999999999999}})", errc::number_out_of_range, 19, "Total");
    check_fault(R"({"Paging":{"Items":[{"Id":1},{"Id":{}}]}})", errc::wrong_type, 35, "Id");
    check_fault(R"({"Success":1})", errc::wrong_type, 11, "Success");
    check_fault("[]", errc::wrong_type, 0, "");
    check_fault(" 7", errc::wrong_type, 1, "");
    check_fault("null", errc::wrong_type, 0, "");
}

TEST_CASE("a bad element is named by the array around it", "[operation]") {
    check_fault(R"({"Names":["x",{}]})", errc::wrong_type, 14, "Names");
    check_fault(R"({"Flags":[true,7]})", errc::wrong_type, 15, "Flags");
    check_fault(R"({"Matrix":[[1],[2,"x"]]})", errc::wrong_type, 18, "Matrix");
    check_fault(R"({"Matrix":[[1],2]})", errc::wrong_type, 15, "Matrix");
    check_fault(R"({"Paging":{"Items":["x"]}})", errc::wrong_type, 20, "Items");
}

TEST_CASE("a fault inside an array has its own offset", "[operation]") {
    check_fault(R"({"Names":["x",,]})", errc::malformed_json, 14, "Names");
    check_fault(R"({"Matrix":[[1],[2,3)", errc::truncated_json, 19, "Matrix");
    check_fault("{\"Names\":[\"a\",\"\xFF\"]}", errc::invalid_utf8, 15, "Names");
}

TEST_CASE("what follows the value is an error", "[operation]") {
    check_fault("{} {}", errc::trailing_text, 3, "");
    check_fault("{}\n\t ", errc::none, 0, "");
}

TEST_CASE("of a member that occurs twice the last value counts", "[operation]") {
    outcome const o = read(
        R"({"RequestId":"a","RequestId":"b","Paging":{"Total":1,"Items":[{"Id":1}]},"Paging":{"Total":2},
        "Names":["x"],"Names":["y","z"]})");
    CHECK(o.code == errc::none);
    CHECK(o.reply.request_id == "b");
    CHECK(o.reply.paging.total == 2);
    REQUIRE(o.reply.names.size() == 2);
    CHECK(o.reply.names[1] == "z");
}

TEST_CASE("arrays in arrays, with nulls and empty ones", "[operation]") {
    outcome const o = read(R"({"Matrix":[[1,"2",null],[],null,[3]],"Deep":[[[["a"],[]],[]],[],[[["b","c"]]]],"Flags":[],"Paging":{"Items":[
        {"Tags":[{"Key":"k","On":"true"},null,{}],"Labels":["l",7,true]},null,{"Id":-1}]}})");
    REQUIRE(o.code == errc::none);
    REQUIRE(o.reply.matrix.size() == 4);
    REQUIRE(o.reply.matrix[0].size() == 3);
    CHECK(o.reply.matrix[0][1] == 2);
    CHECK_FALSE(o.reply.matrix[0][2]);
    CHECK(o.reply.matrix[1].empty());
    CHECK(o.reply.matrix[2].empty());
    CHECK(o.reply.matrix[3][0] == 3);
    REQUIRE(o.reply.deep.size() == 3);
    CHECK(o.reply.deep[0][0][0][0] == "a");
    CHECK(o.reply.deep[0][0][1].empty());
    CHECK(o.reply.deep[0][1].empty());
    CHECK(o.reply.deep[1].empty());
    CHECK(o.reply.deep[2][0][0][1] == "c");
    CHECK(o.reply.flags.empty());
    auto const items = o.reply.paging.items;
    REQUIRE(items.size() == 3);
    REQUIRE(items[0].tags.size() == 3);
    CHECK(items[0].tags[0].on == true);
    CHECK(items[0].tags[1].key.data() == nullptr);
    REQUIRE(items[0].labels.size() == 3);
    CHECK(items[0].labels[1] == "7");
    CHECK(items[0].labels[2] == "true");
    CHECK_FALSE(items[1].id);
    CHECK(items[2].id == -1);
}

}  // namespace test_operation_read_members
