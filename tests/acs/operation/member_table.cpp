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

TEST_CASE("a row stands before those inside it, and knows where its member is", "[operation]") {
    using table = acs::table<start_one>::member_rows;
    auto const* const rows = table::rows.data();
    acs::result<started> made{started{}};
    acs::member_places const places(&*made);
    CHECK(rows[2].name() == "Data");
    CHECK(acs::parent_of(rows, 0) == 0);
    CHECK(acs::parent_of(rows, 1) == 0);
    CHECK(acs::parent_of(rows, 2) == 0);
    CHECK(acs::parent_of(rows, 3) == 2);
    CHECK(places.of(rows, 1).text == &made->request_id);
    CHECK(places.of(rows, 3).integer == &made->data.id);
    auto const slots = table::bind(*made);
    CHECK(slots[1].text == &made->request_id);
    CHECK(slots[3].integer == &made->data.id);
}

TEST_CASE("row 0 says where in its result a reply is", "[operation]") {
    acs::result<started> made{started{}};
    acs::fallible* const begin = &made;
    CHECK(reinterpret_cast<char*>(begin) + acs::table<start_one>::members[0].offset == reinterpret_cast<char*>(&*made));
}

}  // namespace test_operation_member_table
