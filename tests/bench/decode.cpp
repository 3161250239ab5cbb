// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// From the body of an answer to every member of the typed reply, unescaped. Each contender gets the body afresh, as from a socket: one copy
// of it is part of every row.
#include <acs/operation/decode.hpp>
#include <dataworks/sync_task_config.hpp>

#include <benchmark/benchmark.h>
#include <rapidjson/document.h>
#include <simdjson.h>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "bench/require.hpp"

namespace {

using acs_bench::require;
using query = dataworks::query_di_sync_task_config_process_result;

/// What a reply says.
struct members {
    std::string_view request_id{}, status{}, message{}, task_content{};
    bool success{};
    bool operator==(members const&) const = default;
};

// The documented sample's TaskContent, cut down to what one table takes.
constexpr std::string_view content_piece =
    R"({\"stepType\":\"mysql\",\"parameter\":{\"connection\":[{\"datasourceType\":\"mysql\",\"datasource\":\"mm\",)"
    R"(\"selectedTables\":[{\"schema\":[{\"tableInfos\":[{\"enable\":true,\"table\":\"m_v1\",\"tableName\":\"m_v1\"}]}],)"
    R"(\"dbName\":\"m\"}]}]},\"name\":\"reader\",\"category\":\"reader\"})";

/// The documented sample with a TaskContent of so many pieces.
std::string sample(std::size_t pieces) {
    std::string text = R"({"Success": true, "RequestId": "0bc1411515937635973****", "Data": {"Status": "success", )"
                       R"("Message": "fileId:[100] is invalid.", "TaskContent": "{\"steps\":[)";
    for (std::size_t i = 0; i < pieces; ++i) text.append(i == 0 ? "" : ",").append(content_piece);
    return text + R"(]}"}})";
}

std::string const small = sample(3);
std::string const large = sample(1024 * 1024 / content_piece.size());

bool decode_ours(std::string& body, members& out) {
    auto const reply = acs::decode<query>(200, {}, body);
    if (!reply) return false;
    out = {reply->request_id, reply->data.status, reply->data.message, reply->data.task_content, reply->success.value_or(false)};
    return true;
}

/// The DOM parser: unlike On-Demand it picks the processor's instructions at run time, as a distribution's library has to.
bool decode_simdjson(simdjson::dom::parser& parser, std::vector<char> const& body, std::size_t size, members& out) {
    simdjson::dom::object reply, data;
    if (parser.parse(body.data(), size, false).get(reply) != simdjson::SUCCESS) return false;
    if (reply["Success"].get(out.success) != simdjson::SUCCESS || reply["RequestId"].get(out.request_id) != simdjson::SUCCESS) return false;
    if (reply["Data"].get(data) != simdjson::SUCCESS) return false;
    return data["Status"].get(out.status) == simdjson::SUCCESS && data["Message"].get(out.message) == simdjson::SUCCESS &&
           data["TaskContent"].get(out.task_content) == simdjson::SUCCESS;
}

bool decode_rapidjson(char* body, members& out) {
    rapidjson::Document document;  // owns no text: strings stay in the body
    document.ParseInsitu<rapidjson::kParseValidateEncodingFlag>(body);
    if (document.HasParseError() || !document.IsObject()) return false;
    auto const text = [](rapidjson::Value const& object, char const* name) -> std::string_view {
        auto const found = object.FindMember(name);
        if (found == object.MemberEnd() || !found->value.IsString()) return {};
        return {found->value.GetString(), found->value.GetStringLength()};
    };
    auto const data = document.FindMember("Data");
    auto const success = document.FindMember("Success");
    if (data == document.MemberEnd() || success == document.MemberEnd()) return false;
    out = {text(document, "RequestId"), text(data->value, "Status"), text(data->value, "Message"), text(data->value, "TaskContent"),
           success->value.GetBool()};
    return true;
}

void ours(benchmark::State& state, std::string const& text) {
    std::string body(text.size(), '\0');
    members out;
    for (auto _ : state) {
        std::memcpy(body.data(), text.data(), text.size());
        require(decode_ours(body, out), "ours");
        benchmark::DoNotOptimize(out);
        benchmark::ClobberMemory();
    }
}

/// What a peer has to find.
members expected(std::string& body) {
    members out;
    require(decode_ours(body, out) && out.success && out.request_id == "0bc1411515937635973****", "ours");
    return out;
}

void small_ours(benchmark::State& state) { ours(state, small); }
void large_ours(benchmark::State& state) { ours(state, large); }

void small_simdjson(benchmark::State& state) {
    simdjson::dom::parser parser;
    std::vector<char> body(small.size() + simdjson::SIMDJSON_PADDING);
    std::string own = small;
    members const wanted = expected(own);
    members out;
    for (auto _ : state) {
        std::memcpy(body.data(), small.data(), small.size());
        require(decode_simdjson(parser, body, small.size(), out), "simdjson");
        benchmark::DoNotOptimize(out);
        benchmark::ClobberMemory();
    }
    require(out == wanted, "decode/query/small");
}

void large_rapidjson(benchmark::State& state) {
    std::vector<char> body(large.size() + 1);
    std::string own = large;
    members const wanted = expected(own);
    members out;
    for (auto _ : state) {
        std::memcpy(body.data(), large.c_str(), large.size() + 1);
        require(decode_rapidjson(body.data(), out), "rapidjson");
        benchmark::DoNotOptimize(out);
        benchmark::ClobberMemory();
    }
    require(out == wanted, "decode/query/1m");
}

[[maybe_unused]] auto const* const rows = [] {
    benchmark::RegisterBenchmark("decode/query/small/ours", small_ours);
    benchmark::RegisterBenchmark("decode/query/small/simdjson", small_simdjson);
    benchmark::RegisterBenchmark("decode/query/1m/ours", large_ours);
    return benchmark::RegisterBenchmark("decode/query/1m/rapidjson", large_rapidjson);
}();

}  // namespace
