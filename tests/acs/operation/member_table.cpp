// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/member_table.hpp>

#include <acs/operation/decode.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_operation_member_table {

namespace {

struct started {
    struct process {
        std::optional<std::int64_t> id{};
    };
    std::string_view request_id{};
    process data{};

    static consteval auto describe_members() {
        return acs::members(acs::member<&started::request_id>("RequestId"),
                            acs::member<&started::data>("Data", acs::member<&process::id>("Id")));
    }
};

struct start_one {
    static constexpr acs::call_head head{"StartOne", "1"};
    using reply = started;
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members_of<reply>); }
};

struct start_other {
    static constexpr acs::call_head head{"StartOther", "1"};
    using reply = started;
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members_of<reply>); }
};

struct start_alone {
    static constexpr acs::call_head head{"StartAlone", "1"};
    using reply = started;
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members(acs::member<&started::data>("Data"))); }
};

}  // namespace

TEST_CASE("operations with one reply share its rows, if the reply describes them", "[operation]") {
    CHECK(acs::table<start_one>::members.data() == acs::table<start_other>::members.data());
    CHECK(acs::table<start_one>::members.data() != acs::table<start_alone>::members.data());
    static_assert(acs::table<start_one>::member_count == 4 && acs::table<start_alone>::member_count == 2);
    static_assert(acs::table<start_one>::top_member("RequestId", acs::shape::text) == 1);
    std::string body = R"({"RequestId":"r","Data":{"Id":7}})";
    auto const reply = acs::decode<start_other>(200, {}, body);
    REQUIRE(reply);
    CHECK(reply->request_id == "r");
    CHECK(reply->data.id == 7);
}

TEST_CASE("a row stands before those inside it, and is pointed to its member", "[operation]") {
    using rows = acs::table<start_one>::member_rows;
    started object;
    auto const slots = rows::bind(object);
    CHECK(rows::rows[2].name() == "Data");
    CHECK(rows::rows[3].parent == 2);
    CHECK(slots[1].text == &object.request_id);
    CHECK(slots[3].integer == &object.data.id);
}

}  // namespace test_operation_member_table
