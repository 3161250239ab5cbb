// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/task_param.hpp>

#include <acs/json/find.hpp>
#include <acs/json/value.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/string_sink.hpp"

namespace test_dataworks_task_param {

namespace {

template <class P>
std::string text_of(P const& p) {
    std::string const text = acs_tests::written([&](auto& out) { dataworks::write_task_param(p, out); });
    CHECK(dataworks::measure_task_param(p) == text.size());
    return text;
}

/// JSON without the white space between its tokens.
std::string compact(std::string_view text) {
    std::string out;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) in_string = !in_string;
        if (in_string || (text[i] != ' ' && text[i] != '\n')) out += text[i];
    }
    return out;
}

std::string at(std::string_view json, std::string_view path) {
    auto const token = acs::find_json(json, path);
    REQUIRE(token);
    std::string text(token->text);
    if (token->escaped) text.resize(acs::json_unescape(text, text.data()));
    return text;
}

template <class P>
std::string fault(P const& p) {
    auto const ok = dataworks::check_task_param(p);
    std::array<char, 8192> memory{};
    auto const made = dataworks::make_task_param(p, memory);
    CHECK(made.has_value() == ok.has_value());
    if (ok) return "good";
    CHECK(made.error().code == ok.error().code);
    CHECK(ok.error().origin == acs::origin::caller);
    return std::string(acs::name(ok.error().code)) + " " + std::string(ok.error().where) + " " + std::to_string(ok.error().offset);
}

constexpr std::array<std::string_view, 1> one_table{"xyx"};
constexpr std::array<std::string_view, 1> selected{"molin_di_test_in_pk_v4"};
constexpr std::array<dataworks::database_tables, 1> databases{{{"mysql_db", selected}}};

constexpr bool at_compile_time() {
    std::array<char, 64> memory{};
    auto const made = dataworks::make_task_param(dataworks::changed_task_param{.resource_group = "S_res_group_XXX_XXXX"}, memory);
    return made && *made == R"({"ResourceGroup":"S_res_group_XXX_XXXX"})";
}
static_assert(at_compile_time());

}  // namespace

TEST_CASE("The documented TaskParam of CreateDISyncTask and UpdateDISyncTask", "[dataworks]") {
    CHECK(text_of(
              dataworks::new_task_param{.file_folder_path = "Business Flow/ceshi/Data Integration", .resource_group = "S_res_group_1_2"}) ==
          R"({"FileFolderPath":"Business Flow/ceshi/Data Integration","ResourceGroup":"S_res_group_1_2"})");
    CHECK(text_of(dataworks::new_task_param{.file_folder_path = "f", .resource_group = "g", .cu = 1.5}) ==
          R"({"FileFolderPath":"f","ResourceGroup":"g","Cu":1.5})");
    CHECK(text_of(dataworks::changed_task_param{.resource_group = "S_res_group_XXX_XXXX"}) ==
          R"({"ResourceGroup":"S_res_group_XXX_XXXX"})");
    CHECK(text_of(dataworks::changed_task_param{.cu = 2.0}) == R"({"Cu":2})");
    CHECK(text_of(dataworks::new_task_param{}) == "{}");
}

TEST_CASE("The documented TaskParam of GenerateDISyncTaskConfigForCreating, for several databases and for one", "[dataworks]") {
    std::array<dataworks::source_connection, 1> const several{
        {{.datasource_type = "mysql", .datasource = "mysql_pub1", .selected_tables = databases}}};
    CHECK(text_of(dataworks::generation_param{.resource_group = "S_res_group_280749521950784_1623033752022",
                                              .task_type = "oneclick_to_odps",
                                              .reader_type = "mysql",
                                              .connections = several,
                                              .writer_type = "odps",
                                              .writer_datasource = "odps_source"}) == compact(R"({ "type": "realtime", "version": "1.0",
        "setting": { "resourceGroup": "S_res_group_280749521950784_1623033752022", "taskType": "oneclick_to_odps" },
        "steps": [{ "stepType": "mysql", "parameter": { "connection": [ { "datasourceType": "mysql", "datasource": "mysql_pub1",
            "selectedTables": [ { "dbName": "mysql_db", "schema": [ { "tableInfos": [ { "table": "molin_di_test_in_pk_v4" }] } ] } ] } ] },
            "name": "Reader", "category": "reader" },
          { "stepType": "odps", "parameter": { "datasource": "odps_source" }, "name": "Writer", "category": "writer" } ] })"));

    std::array<dataworks::source_connection, 1> const one{{{.datasource_type = "mysql", .datasource = "mysql_pub", .table = one_table}}};
    CHECK(text_of(dataworks::generation_param{.resource_group = "S_res_group_280749521950784_1623033752022",
                                              .schedule_resgroup_id = 30003913,
                                              .name = "openapi_realtime_solution_0813_1739",
                                              .task_type = "oneclick_to_odps",
                                              .reader_type = "mysql",
                                              .connections = one,
                                              .writer_type = "odps",
                                              .writer_datasource = "odps_first"}) == compact(R"({ "type": "realtime", "version": "1.0",
        "setting": { "resourceGroup": "S_res_group_280749521950784_1623033752022", "scheduleResgroupId": 30003913,
            "name": "openapi_realtime_solution_0813_1739", "taskType": "oneclick_to_odps" },
        "steps": [ { "stepType": "mysql", "parameter": { "connection": [ { "datasourceType": "mysql", "datasource": "mysql_pub",
            "table": [ "xyx" ] } ] }, "name": "Reader", "category": "reader" },
          { "stepType": "odps", "parameter": { "datasource": "odps_first" }, "name": "Writer", "category": "writer" } ] })"));
}

TEST_CASE("The documented TaskParam of GenerateDISyncTaskConfigForUpdating", "[dataworks]") {
    std::array<dataworks::source_connection, 1> const one{{{.table = one_table}}};
    CHECK(text_of(dataworks::regeneration_param{.connections = one}) ==
          compact(
              R"({ "steps": [ { "parameter": { "connection": [ { "table": [ "xyx" ] } ] }, "name": "Reader", "category": "reader" } ] })"));
}

TEST_CASE("A target's parameter can be given as JSON, which is checked and not touched", "[dataworks]") {
    dataworks::generation_param p{.writer_type = "kafka", .writer_datasource = "left out", .writer_parameter = R"({"topic" : "t"})"};
    CHECK(text_of(p).find(R"("parameter":{"topic" : "t"},"name":"Writer")") != std::string::npos);
    CHECK(text_of(p).find("left out") == std::string::npos);
    CHECK(fault(p) == "good");
    p.writer_parameter = "\xEF\xBB\xBF{}";  // a mark is good at the front of a text, but not in the middle of one
    CHECK(text_of(p).find(R"("parameter":{},"name":"Writer")") != std::string::npos);
    CHECK(fault(p) == "good");
    p.writer_parameter = R"({"topic":})";
    CHECK(fault(p) == "malformed_json parameter 9");
    p.writer_parameter = "";
    CHECK(fault(p) == "truncated_json parameter 0");
}

TEST_CASE("Any text arrives as it is, in every place", "[dataworks]") {
    std::string text = "\"\\/\b\f\n\r\t\x01\x1F\x7F' \xE4\xB8\x9A\xE5\x8A\xA1\xE6\xB5\x81\xE7\xA8\x8B \xF0\x9F\x98\x80 </script>";
    text += '\0';
    std::array<std::string_view, 2> const tables{text, ""};
    std::array<dataworks::database_tables, 1> const in_database{{{text, tables}}};
    std::array<dataworks::source_connection, 1> const both{
        {{.datasource_type = text, .datasource = text, .table = tables, .selected_tables = in_database}}};
    dataworks::generation_param const p{.type = text,
                                        .version = text,
                                        .resource_group = text,
                                        .name = text,
                                        .task_type = text,
                                        .reader_type = text,
                                        .connections = both,
                                        .reader_name = text,
                                        .writer_type = text,
                                        .writer_datasource = text,
                                        .writer_name = text};
    CHECK(fault(p) == "good");
    std::string const json = text_of(p);
    std::size_t offset = 0;
    REQUIRE(acs::check_json(json, offset) == acs::errc::none);
    for (std::string_view const path :
         {"type", "version", "setting.resourceGroup", "setting.name", "setting.taskType", "steps.0.stepType", "steps.0.name",
          "steps.0.parameter.connection.0.datasourceType", "steps.0.parameter.connection.0.datasource",
          "steps.0.parameter.connection.0.table.0", "steps.0.parameter.connection.0.selectedTables.0.dbName",
          "steps.0.parameter.connection.0.selectedTables.0.schema.0.tableInfos.0.table", "steps.1.stepType", "steps.1.name",
          "steps.1.parameter.datasource"}) {
        INFO(path);
        CHECK(at(json, path) == text);
    }
    CHECK(at(json, "steps.0.parameter.connection.0.table.1").empty());
}

TEST_CASE("Text that is not UTF-8 is refused by its member and offset, and written as JSON all the same", "[dataworks]") {
    CHECK(fault(dataworks::new_task_param{.file_folder_path = "ab\xFF"}) == "invalid_utf8 FileFolderPath 2");
    CHECK(fault(dataworks::changed_task_param{.resource_group = "\xE4\xB8"}) == "invalid_utf8 ResourceGroup 0");
    CHECK(text_of(dataworks::new_task_param{.file_folder_path = "ab\xFF"}) == "{\"FileFolderPath\":\"ab\xEF\xBF\xBD\"}");
    std::array<std::string_view, 2> const tables{"good", "b\xC0\x80"};
    std::array<dataworks::database_tables, 1> const in_database{{{"d", tables}}};
    std::array<dataworks::source_connection, 2> const connections{{{.table = one_table}, {.selected_tables = in_database}}};
    CHECK(fault(dataworks::regeneration_param{.connections = connections}) == "invalid_utf8 table 1");
    CHECK(fault(dataworks::generation_param{.connections = connections, .writer_name = "\xFF"}) == "invalid_utf8 table 1");
    std::array<dataworks::source_connection, 1> const single{{{.table = tables}}};
    CHECK(fault(dataworks::regeneration_param{.connections = single}) == "invalid_utf8 table 1");
}

TEST_CASE("Cu is a multiple of one half", "[dataworks]") {
    for (double const good : {0.5, 1.0, 1.5, 128.0, 1e6}) CHECK(fault(dataworks::changed_task_param{.cu = good}) == "good");
    for (double const bad : {0.0, -0.5, 0.25, 0.1, 1.0000000001, 1e6 + 0.5, 1e300, std::numeric_limits<double>::infinity(), std::nan("")}) {
        INFO(bad);
        CHECK(fault(dataworks::changed_task_param{.cu = bad}) == "number_out_of_range Cu 0");
        CHECK(fault(dataworks::new_task_param{.cu = bad}) == "number_out_of_range Cu 0");
    }
}

TEST_CASE("Memory that is too small is told the exact need, and nothing is on the heap", "[dataworks]") {
    dataworks::new_task_param const p{.file_folder_path = "a\"b\\c\n", .resource_group = "\xE4\xB8\x9A", .cu = 0.5};
    std::string const text = text_of(p);
    std::string memory(text.size(), '#');
    for (std::size_t size = 0; size < text.size(); ++size) {
        auto const made = dataworks::make_task_param(p, std::span(memory).first(size));
        REQUIRE_FALSE(made);
        CHECK(acs::name(made.error().code) == "no_space");
        CHECK(made.error().needed == text.size());
        CHECK(made.error().where == "TaskParam");
    }
    acs_tests::no_allocations none;
    auto const made = dataworks::make_task_param(p, memory);
    bool const same = made && *made == text && made->data() == memory.data();
    none.check();
    CHECK(same);
}

}  // namespace test_dataworks_task_param
