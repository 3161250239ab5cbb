// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/sync_task_config.hpp>

#include <acs/json/reader.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/dataworks_operations.hpp"

namespace test_dataworks_sync_task_config {

using acs_tests::check_sample;
using acs_tests::faults;
using acs_tests::outgoing;
using acs_tests::prepared;
using dataworks::phase;
using creating = dataworks::generate_di_sync_task_config_for_creating;
using updating = dataworks::generate_di_sync_task_config_for_updating;
using query = dataworks::query_di_sync_task_config_process_result;

namespace {

constexpr bool decoded_in_a_constant_expression() {
    constexpr std::string_view text = R"({"RequestId":"r-1","Success":"true","Data":{"Status":"success","TaskContent":"{\"a\":1}"}})";
    std::array<char, text.size()> body{};
    for (std::size_t i = 0; i < text.size(); ++i) body[i] = text[i];
    auto const reply = acs::decode<query>(200, {}, body);
    return reply && reply->request_id == "r-1" && reply->success == true && reply->data.task_content == R"({"a":1})" &&
           reply->data.message.data() == nullptr && phase_of(*reply) == phase::done;
}
static_assert(decoded_in_a_constant_expression());

/// `phase_of` a reply with that text for `Data`.
template <class Op>
phase phase_of_data(std::string_view data) {
    std::string body = "{\"Success\":true,\"Data\":" + std::string(data) + "}";
    auto const reply = acs::decode<Op>(200, {}, body);
    REQUIRE(reply);
    return phase_of(*reply);
}

}  // namespace

TEST_CASE("the wire of the generating and asking operations", "[dataworks]") {
    CHECK(prepared(creating{.project_id = 10000, .task_type = "DI_REALTIME", .task_param = "{\"a\": [1]}", .client_token = "t-1"}) ==
          outgoing{"/?ClientToken=t-1&ProjectId=10000&TaskParam=%7B%22a%22%3A%20%5B1%5D%7D&TaskType=DI_REALTIME", ""});
    CHECK(prepared(updating{.project_id = 1, .task_type = "DI_REALTIME", .task_id = 0, .task_param = ""}) ==
          outgoing{"/?ProjectId=1&TaskId=0&TaskParam=&TaskType=DI_REALTIME", ""});
    CHECK(prepared(query{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10}) ==
          outgoing{"/?AsyncProcessId=10&ProjectId=10000&TaskType=DI_REALTIME", ""});
    CHECK(prepared(creating{.project_id = 1, .task_type = "T", .task_param = "{}"}, {.long_query_in_form = true}) ==
          outgoing{"/?ProjectId=1&TaskType=T", "TaskParam=%7B%7D"});
}

TEST_CASE("every missing and out-of-range field of the generating and asking operations is named at once", "[dataworks]") {
    CHECK(faults(creating{}) == "ProjectId missing, TaskParam missing, TaskType missing, ");
    CHECK(faults(creating{.project_id = 0, .task_type = ""}) == "ProjectId range, TaskParam missing, ");
    CHECK(faults(updating{}) == "ProjectId missing, TaskId missing, TaskParam missing, TaskType missing, ");
    CHECK(faults(updating{.project_id = 10'000'000'001, .task_type = "T", .task_id = -1}) ==
          "ProjectId range, TaskId range, TaskParam missing, ");
    CHECK(faults(updating{.project_id = 10'000'000'000, .task_type = "T", .task_id = 9'999'999'999'999'999, .task_param = "p"}).empty());
    CHECK(faults(query{}) == "AsyncProcessId missing, ProjectId missing, TaskType missing, ");
    CHECK(faults(query{.project_id = 1, .task_type = "T", .async_process_id = 0}) == "AsyncProcessId range, ");
    CHECK(faults(query{.project_id = 1, .task_type = "T", .async_process_id = 10'000'000'000'000'000}) == "AsyncProcessId range, ");
    CHECK(faults(query{.project_id = 1, .task_type = "any text", .async_process_id = 1}).empty());
}

TEST_CASE("the documented samples of the generating operations succeed, with Status true", "[dataworks]") {
    auto const check = [](dataworks::generation_reply const& reply) {
        CHECK(reply.data.process_id == 10);
        CHECK(reply.data.status == "true");
        CHECK(reply.data.message == "XX" "X is invalid.");
        CHECK(phase_of(reply) == phase::done);
    };
    check_sample<creating>("GenerateDISyncTaskConfigForCreating.json", check);
    check_sample<updating>("GenerateDISyncTaskConfigForUpdating.json", check);
}

TEST_CASE("the documented sample of the asking operation", "[dataworks]") {
    auto const expected = nlohmann::json::parse(acs_tests::file_text("samples/QueryDISyncTaskConfigProcessResult.json"));
    check_sample<query>("QueryDISyncTaskConfigProcessResult.json", [&](query::reply const& reply) {
        CHECK(reply.data.status == "success");
        CHECK(reply.data.message == "fileId:[100] is invalid.");
        CHECK(reply.data.task_content == expected["Data"]["TaskContent"].get<std::string>());
        std::size_t offset = 0;
        CHECK(acs::check_json(reply.data.task_content, offset) == acs::errc::none);
        CHECK(phase_of(reply) == phase::done);
    });
}

TEST_CASE("the service page's own sample comes through byte for byte, although its TaskContent is not JSON", "[dataworks]") {
    auto const expected = nlohmann::json::parse(acs_tests::file_text("samples/query-result-success.json"));
    check_sample<query>("query-result-success.json", [&](query::reply const& reply) {
        CHECK(phase_of(reply) == phase::done);
        CHECK(reply.data.task_content.size() == 992);
        CHECK(reply.data.task_content == expected["Data"]["TaskContent"].get<std::string>());
        CHECK_FALSE(nlohmann::json::accept(reply.data.task_content));
        std::size_t offset = 0;
        CHECK(acs::check_json(reply.data.task_content, offset) == acs::errc::malformed_json);
        CHECK(offset == 813);
    });
}

TEST_CASE("how far a process is: only success and fail end it", "[dataworks]") {
    CHECK(phase_of_data<query>(R"({"Status":"success"})") == phase::done);
    CHECK(phase_of_data<query>(R"({"Status":"fail","Message":"m"})") == phase::failed);
    for (std::string_view const data : {R"({"Status":"running"})", R"({"Status":"Success"})", R"({"Status":""})", R"({"Status":null})",
                                        R"({})", "null", R"({"Message":"failed","TaskContent":"{}"})"})
        CHECK(phase_of_data<query>(data) == phase::pending);
}

TEST_CASE("a process was started if it has an id and did not fail", "[dataworks]") {
    for (std::string_view const data :
         {R"({"ProcessId":10})", R"({"ProcessId":"10","Status":"true"})", R"({"ProcessId":1,"Status":"success","Message":"m"})"})
        CHECK(phase_of_data<creating>(data) == phase::done);
    for (std::string_view const data : {R"({"ProcessId":10,"Status":"fail"})", R"({"Status":"success"})", "{}", "null"})
        CHECK(phase_of_data<updating>(data) == phase::failed);
}

}  // namespace test_dataworks_sync_task_config
