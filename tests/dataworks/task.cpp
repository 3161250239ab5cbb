// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The five operations against the service's own metadata.
#include <dataworks/task.hpp>

#include <acs/operation/table.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/files.hpp"

namespace test_dataworks_task {

using nlohmann::json;

namespace {

std::string_view text(json const& value) { return value.get_ref<std::string const&>(); }

json const& metadata_of(std::string_view action) {
    static json const all = json::parse(acs_tests::file_text("api/data-integration-2020-05-18.json"));
    for (json const& operation : all["operations"])
        if (text(operation["action"]) == action) return operation;
    throw std::runtime_error("no such operation");
}

acs::shape shape_of(std::string const& type) {
    if (type == "int64" || type == "int32") return acs::shape::integer;
    if (type == "bool") return acs::shape::boolean;
    if (type == "double") return acs::shape::number;
    if (type == "object") return acs::shape::object;
    if (type == "array") return acs::shape::array;
    REQUIRE(type == "string");
    return acs::shape::text;
}

/// Parameters: names, places, types, required, bounds, all of them and no other.
void check_parameters(std::span<acs::parameter_row const> rows, json const& params) {
    CHECK(rows.size() == params.size());
    for (json const& p : params) {
        auto const row = std::find_if(rows.begin(), rows.end(), [&](acs::parameter_row const& r) { return r.name() == text(p["name"]); });
        INFO(p["name"]);
        REQUIRE(row != rows.end());
        CHECK((row->in == acs::place::form ? "formData" : "query") == text(p["in"]));
        CHECK(row->what == shape_of(p["type"]));
        CHECK(row->required == p["required"]);
        CHECK(text(p["style"]) == "plain");
        CHECK(row->bounds->min == p.value("minimum", acs::unbounded.min));
        CHECK(row->bounds->max == p.value("maximum", acs::unbounded.max));
        CHECK(row->long_text == (text(p["name"]) == "TaskContent" || text(p["name"]) == "TaskParam"));
    }
    CHECK(std::is_sorted(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.name() < b.name(); }));
}

/// Members of the reply: names and types, all of them and no other.
void check_members(std::span<acs::member_row const> rows, std::size_t parent, json const& fields) {
    std::size_t children = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) children += acs::parent_of(rows.data(), i) == parent ? 1U : 0U;
    CHECK(children == fields.size());
    for (json const& field : fields) {
        std::size_t at = 1;
        while (at < rows.size() && (acs::parent_of(rows.data(), at) != parent || rows[at].name() != text(field["name"]))) ++at;
        INFO(field["name"]);
        REQUIRE(at < rows.size());
        CHECK(rows[at].what == shape_of(field["type"]));
        if (text(field["type"]) == "object") check_members(rows, at, field["fields"]);
    }
}

template <class Op>
void check_against_metadata() {
    json const& operation = metadata_of(Op::head.action);
    INFO(Op::head.action);
    CHECK(Op::head.version == "2020-05-18");
    CHECK(acs::name(Op::head.verb) == text(operation["method"]));
    CHECK(Op::head.style == acs::api_style::rpc);
    CHECK(Op::head.path == text(operation["path"]));
    check_parameters(acs::table<Op>::parameters, operation["params"]);
    check_members(acs::table<Op>::members, 0, operation["response"]);
}

}  // namespace

TEST_CASE("the operations are those of the service's metadata", "[dataworks]") {
    check_against_metadata<dataworks::create_di_sync_task>();
    check_against_metadata<dataworks::update_di_sync_task>();
    check_against_metadata<dataworks::generate_di_sync_task_config_for_creating>();
    check_against_metadata<dataworks::generate_di_sync_task_config_for_updating>();
    check_against_metadata<dataworks::query_di_sync_task_config_process_result>();
}

TEST_CASE("the kinds of task that the service knows", "[dataworks]") {
    for (json const& p : metadata_of("QueryDISyncTaskConfigProcessResult")["params"])
        if (text(p["name"]) == "TaskType")
            CHECK(p["enum"] ==
                  json::array({dataworks::task_type::di_offline, dataworks::task_type::di_realtime, dataworks::task_type::di_solution}));
}

TEST_CASE("every operation's tables are a few hundred bytes of constants", "[dataworks]") {
    using table = acs::table<dataworks::create_di_sync_task>;
    static_assert(sizeof(table::parameters) == 6 * sizeof(acs::parameter_row) && sizeof(table::members) == 7 * sizeof(acs::member_row));
    SUCCEED();
}

}  // namespace test_dataworks_task
