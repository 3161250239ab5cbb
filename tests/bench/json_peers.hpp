// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The peers of the decoding rows. Each has `decode(body, size, members)`, and keeps between two calls whatever makes the second one
// faster; what it found views the body or the peer until the next call. Bodies have `fresh_bodies::padding` bytes behind them, all NUL.
#ifndef ACS_TESTS_BENCH_JSON_PEERS_HPP
#define ACS_TESTS_BENCH_JSON_PEERS_HPP

#include <cstddef>
#include <string>
#include <string_view>

#if ACS_BENCH_WITH_NLOHMANN
#include <nlohmann/json.hpp>
#endif
#if ACS_BENCH_WITH_RAPIDJSON
#include <rapidjson/document.h>
#endif
#if ACS_BENCH_WITH_SIMDJSON
#include <simdjson.h>
#endif

#include "bench/library.hpp"
#include "bench/rows.hpp"

namespace acs_bench {

#if ACS_BENCH_WITH_SIMDJSON
/// The DOM parser: unlike On-Demand it picks the processor's instructions at run time, as a distribution's library has to.
class simdjson_peer {
public:
    static constexpr char const* name = "simdjson";
    bool decode(char* body, std::size_t size, members& out) {
        static_assert(simdjson::SIMDJSON_PADDING <= fresh_bodies::padding);
        simdjson::dom::object reply, data;
        if (parser_.parse(body, size, false).get(reply) != simdjson::SUCCESS) return false;
        if (reply["Success"].get(out.success) != simdjson::SUCCESS || reply["RequestId"].get(out.request_id) != simdjson::SUCCESS)
            return false;
        if (reply["Data"].get(data) != simdjson::SUCCESS) return false;
        return data["Status"].get(out.status) == simdjson::SUCCESS && data["Message"].get(out.message) == simdjson::SUCCESS &&
               data["TaskContent"].get(out.task_content) == simdjson::SUCCESS;
    }

private:
    simdjson::dom::parser parser_;
};
#endif

#if ACS_BENCH_WITH_RAPIDJSON
/// In place, like ours, and with the same care for the encoding.
class rapidjson_peer {
public:
    static constexpr char const* name = "rapidjson";
    bool decode(char* body, std::size_t, members& out) {
        rapidjson::Document document;  // owns no text: strings stay in the body
        document.ParseInsitu<rapidjson::kParseValidateEncodingFlag>(body);
        if (document.HasParseError() || !document.IsObject()) return false;
        auto const text = [](rapidjson::Value const& object, char const* member) -> std::string_view {
            auto const found = object.FindMember(member);
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
};
#endif

#if ACS_BENCH_WITH_NLOHMANN
class nlohmann_peer {
public:
    static constexpr char const* name = "nlohmann";
    bool decode(char* body, std::size_t size, members& out) {
        document_ = nlohmann::json::parse(body, body + size, nullptr, false);
        if (document_.is_discarded()) return false;
        auto const& data = document_["Data"];
        auto const text = [](nlohmann::json const& value) -> std::string_view { return value.get_ref<std::string const&>(); };
        out = {text(document_["RequestId"]), text(data["Status"]), text(data["Message"]), text(data["TaskContent"]),
               document_["Success"].get<bool>()};
        return true;
    }

private:
    nlohmann::json document_;
};
#endif

}  // namespace acs_bench

#endif
