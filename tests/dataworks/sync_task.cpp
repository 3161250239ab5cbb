// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/sync_task.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/dataworks_operations.hpp"
#include "support/effort.hpp"
#include "support/reference_signing.hpp"

namespace test_dataworks_sync_task {

using acs_tests::check_sample;
using acs_tests::faults;
using acs_tests::outgoing;
using acs_tests::prepared;
using dataworks::phase;
using create = dataworks::create_di_sync_task;
using update = dataworks::update_di_sync_task;

namespace {

/// A `TaskContent` of that size, with something to encode in each part of it.
std::string content_of(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = "{\"steps\":[\xE6\xB5\x8B +%]}"[i % 19];
    return text;
}

template <class Op>
phase phase_of_status(std::string_view data) {
    std::string body = "{\"Data\":" + std::string(data) + "}";
    auto const reply = acs::decode<Op>(200, {}, body);
    REQUIRE(reply);
    return phase_of(*reply);
}

/// What a call takes beside the caller's text.
struct footprint {
    std::size_t text{}, fields{}, params{};
    bool operator==(footprint const&) const = default;
};

template <class Op>
footprint footprint_of(Op const& op, acs::prepare_options const& options) {
    acs::request_buffer<> memory;
    auto const text = acs::measure(op, acs_tests::test_host, acs_tests::test_key, memory, options);
    REQUIRE(text);
    auto const made = acs::prepare(op, acs_tests::test_host, acs_tests::test_key, acs_tests::vector_moment, memory, options);
    REQUIRE(made);
    return {*text, made->fields.size(), made->params.size()};
}

/// Prepares, signs, reads the body in pieces of 4 KiB and decodes the reply, in memory of fixed size. How many bytes the body had.
template <class Op>
std::size_t carry(Op const& op, acs::prepare_options const& options, std::string& reply_text) {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(op, acs_tests::test_host, acs_tests::test_key, acs_tests::vector_moment, memory, options);
    if (!made) return 0;
    std::array<char, 4096> piece{};
    acs::body_reader reader(made->body);
    std::size_t size = 0;
    while (std::size_t const n = reader.read(piece)) size += n;
    return acs::decode<Op>(200, {}, reply_text) ? size : 0;
}

}  // namespace

TEST_CASE("the wire of the creating and changing operations", "[dataworks]") {
    CHECK(prepared(create{.project_id = 10000,
                          .task_type = "DI_OFFLINE",
                          .task_name = "new_di_task",
                          .task_content = "{\"a\":\"+ \"}",
                          .task_param = "{}",
                          .client_token = "t"}) ==
          outgoing{"/?ClientToken=t&ProjectId=10000&TaskName=new_di_task&TaskParam=%7B%7D&TaskType=DI_OFFLINE",
                   "TaskContent=%7B%22a%22%3A%22%2B%20%22%7D"});
    CHECK(prepared(create{.project_id = 1, .task_type = "T", .task_content = ""}) == outgoing{"/?ProjectId=1&TaskType=T", "TaskContent="});
    CHECK(prepared(create{.project_id = 1, .task_type = "T", .task_content = "c", .task_param = "p"}, {.long_query_in_form = true}) ==
          outgoing{"/?ProjectId=1&TaskType=T", "TaskContent=c&TaskParam=p"});
    CHECK(prepared(
              update{.project_id = 1, .task_type = "T", .file_id = 9'223'372'036'854'775'807, .task_content = "{}", .task_param = "p"}) ==
          outgoing{"/?FileId=9223372036854775807&ProjectId=1&TaskContent=%7B%7D&TaskParam=p&TaskType=T", ""});
    CHECK(prepared(update{.project_id = 1, .task_type = "T", .file_id = 1}) == outgoing{"/?FileId=1&ProjectId=1&TaskType=T", ""});
    CHECK(prepared(update{.project_id = 1, .task_type = "T", .file_id = 1, .task_content = "{}"}, {.long_query_in_form = true}) ==
          outgoing{"/?FileId=1&ProjectId=1&TaskType=T", "TaskContent=%7B%7D"});
}

TEST_CASE("every missing and out-of-range field of the creating and changing operations is named at once", "[dataworks]") {
    CHECK(faults(create{}) == "ProjectId missing, TaskContent missing, TaskType missing, ");
    CHECK(faults(create{.project_id = -1, .task_type = "T", .task_content = ""}) == "ProjectId range, ");
    CHECK(faults(update{}) == "FileId missing, ProjectId missing, TaskType missing, ");
    CHECK(faults(update{.project_id = 0, .task_type = "T", .file_id = 0}) == "FileId range, ProjectId range, ");
    CHECK(faults(update{.project_id = 1, .task_type = "T", .file_id = 1}).empty());
}

TEST_CASE("the documented samples of the creating and changing operations", "[dataworks]") {
    check_sample<create>("CreateDISyncTask.json", [](create::reply const& reply) {
        CHECK(reply.data.file_id == 1000001);
        CHECK(reply.data.status == "success");
        CHECK(reply.data.message == "不合法的目录路径：业务流程/xxxx/数据集成");
        CHECK(phase_of(reply) == phase::done);
    });
    check_sample<update>("UpdateDISyncTask.json", [](update::reply const& reply) {
        CHECK(reply.data.message == "ResourceGroup:[S_res_group_XXX] is invalid.");
        CHECK(phase_of(reply) == phase::done);
    });
}

TEST_CASE("only fail says that a task was not created or changed", "[dataworks]") {
    CHECK(phase_of_status<create>(R"({"Status":"fail"})") == phase::failed);
    CHECK(phase_of_status<update>(R"({"Status":"fail"})") == phase::failed);
    for (std::string_view const data : {R"({"Status":"success","Message":"m"})", "{}", "null", R"({"Status":"true"})"}) {
        CHECK(phase_of_status<create>(data) == phase::done);
        CHECK(phase_of_status<update>(data) == phase::done);
    }
}

TEST_CASE("16 MiB of TaskContent take no more memory than 16 bytes, and allocate nothing", "[dataworks]") {
    constexpr std::size_t mebi = 1024 * 1024;
    std::string const small_text = content_of(16), large_text = content_of(16 * mebi / acs_tests::thinned);
    std::string reply_text = acs_tests::file_text("samples/CreateDISyncTask.json"), again = reply_text;
    create const small{.project_id = 1, .task_type = "DI_OFFLINE", .task_content = small_text};
    create large = small;
    large.task_content = large_text;

    footprint const few = footprint_of(small, {}), many = footprint_of(large, {});
    INFO("bytes of text: " << few.text << " for 16, " << many.text << " for 16 MiB; fields " << few.fields << ", " << many.fields);
    CHECK(few == many);

    acs_tests::no_allocations none;
    std::size_t const sent = carry(large, {}, reply_text);
    none.check();
    std::size_t const encoded = acs_tests::reference::pct(large_text).size();
    CHECK(sent == std::string_view("TaskContent=").size() + encoded);

    // The changing operation too, with the form option only: its place is the query.
    update const small_update{.project_id = 1, .task_type = "T", .file_id = 1, .task_content = small_text};
    update large_update = small_update;
    large_update.task_content = large_text;
    CHECK(footprint_of(small_update, {.long_query_in_form = true}) == footprint_of(large_update, {.long_query_in_form = true}));
    acs_tests::no_allocations none_either;
    std::size_t const updated = carry(large_update, {.long_query_in_form = true}, again);
    none_either.check();
    CHECK(updated == sent);
    acs::request_buffer<> memory;
    auto const in_query = acs::measure(large_update, acs_tests::test_host, acs_tests::test_key, memory);
    REQUIRE(in_query);
    CHECK(*in_query > encoded);
}

TEST_CASE("16 MiB are signed as they are sent", "[dataworks]") {
    std::string const text = content_of(16 * 1024 * 1024 / acs_tests::thinned);
    create const op{.project_id = 1, .task_type = "T", .task_content = text};
    acs::request_buffer<> memory;
    auto const made = acs::prepare(op, acs_tests::test_host, acs_tests::test_key, acs_tests::vector_moment, memory);
    REQUIRE(made);
    std::string body, piece(65'537, '\0');
    acs::body_reader reader(made->body);
    while (std::size_t const n = reader.read(piece)) body.append(piece, 0, n);
    CHECK((body == "TaskContent=" + acs_tests::reference::pct(text)));
    CHECK(acs::find_field(made->fields, "x-acs-content-sha256") ==
          acs_tests::reference::hex(acs_tests::reference::digest(EVP_sha256(), body)));
}

}  // namespace test_dataworks_sync_task
