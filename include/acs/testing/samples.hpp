// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_SAMPLES_HPP
#define ACS_TESTING_SAMPLES_HPP

#include <acs/core/config.hpp>

#include <array>
#include <string_view>

// Replies as the service's pages document them, byte for byte: what the gateway answers unless a script says otherwise. Lines are split
// where they are too long, or where a page's placeholder looks like a note to ourselves.
namespace acs::testing::inline ACS_ABI {

/// The documented reply of one action.
struct documented_reply {
    std::string_view action{};
    std::string_view body{};
};

namespace samples {

/// QueryDISyncTaskConfigProcessResult.
inline constexpr std::string_view query_result =
    R"json({)json" "\n"
    R"json("Success": true,)json" "\n"
    R"json("RequestId": "0bc1411515937635973****",)json" "\n"
    R"json("Data": {)json" "\n"
    R"json("Status": "success",)json" "\n"
    R"json("Message": "fileId:[100] is invalid.",)json" "\n"
    R"json("TaskContent": "{\"extend\":{\"mode\":\"migration_holo\",\"resourceGroup\":\"280749\",\"name\":\"h\"},\"type\")json"
    R"json(:\"job\",\"steps\":[{\"stepType\":\"mysql\",\"parameter\":{\"connection\":[{\"datasourceType\":\"mysql\",\"dat)json"
    R"json(asource\":\"mm\",\"selectedTables\":[{\"schema\":[{\"tableInfos\":[{\"enable\":true,\"table\":\"m_v1\",\"table)json"
    R"json(Name\":\"m_v1\"}]}],\"dbName\":\"m\"}]}]},\"name\":\"reader\",\"category\":\"reader\"},{\"stepType\":\"holo\",)json"
    R"json(\"parameter\":{\"datasource\":\"h\",\"tableMappingRule\":{\"datasource\":[{\"tableRule\":[{\"srcTable\":\"m_v1)json"
    R"json(\",\"mergeIntoCycleType\":\"DEFAULT\",\"hourDeltaEnable\":false,\"dstTable\":\"m.m_v1\",\"dayDeltaEnable\":fal)json"
    R"json(se,\"primaryKeyInfo\":{\"column\":[\"id\"],\"type\":\"pk\"},\"dstCreateTableInfo\":{\"indexType\":\"m_v1\",\"d)json"
    R"json(ataColumn\":[{\"columnSize\":0,\"name\":\"id\",\"index\":0,\"comment\":\"\",\"newDigit\":0,\"type\":\"int8\",\)json"
    R"json("digit\":0,\"primaryKey\":true}],\"schemaName\":\"m\",\"tableName\":\"m_v1\"},\"srcDbName\":\"m\"],\"srcDataso)json"
    R"json(urceName\":\"mm\"}],\"totalTableMapping\":1},\"writeMode\":\"replay\"},\"name\":\"writer\",\"category\":\"writ)json"
    R"json(er\"}],\"version\":\"2.0\",\"order\":{\"hops\":[{\"from\":\"reader\",\"to\":\"writer\"}]}}")json" "\n"
    R"json(})json" "\n"
    R"json(})json";

/// GenerateDISyncTaskConfigForCreating.
inline constexpr std::string_view generate_for_creating =
    R"json({)json" "\n"
    R"json(  "Success": true,)json" "\n"
    R"json(  "RequestId": "0bc1411515937635973****",)json" "\n"
    R"json(  "Data": {)json" "\n"
    R"json(    "Status": "true",)json" "\n"
    R"json(    "ProcessId": 10,)json" "\n"
    R"json(    "Message": "X)json" R"json(XX is invalid.")json" "\n"
    R"json(  })json" "\n"
    R"json(})json";

/// GenerateDISyncTaskConfigForUpdating.
inline constexpr std::string_view generate_for_updating =
    R"json({)json" "\n"
    R"json(  "Success": true,)json" "\n"
    R"json(  "RequestId": "0bc1411515937635973****",)json" "\n"
    R"json(  "Data": {)json" "\n"
    R"json(    "Status": "true",)json" "\n"
    R"json(    "ProcessId": 10,)json" "\n"
    R"json(    "Message": "X)json" R"json(XX is invalid.")json" "\n"
    R"json(  })json" "\n"
    R"json(})json";

/// CreateDISyncTask.
inline constexpr std::string_view create =
    R"json({)json" "\n"
    R"json(  "Success": true,)json" "\n"
    R"json(  "RequestId": "0bc1411515937635973****",)json" "\n"
    R"json(  "Data": {)json" "\n"
    R"json(    "Status": "success",)json" "\n"
    R"json(    "Message": "不合法的目录路径：业务流程/xxxx/数据集成",)json" "\n"
    R"json(    "FileId": 1000001)json" "\n"
    R"json(  })json" "\n"
    R"json(})json";

/// UpdateDISyncTask.
inline constexpr std::string_view update =
    R"json({)json" "\n"
    R"json(  "Success": true,)json" "\n"
    R"json(  "RequestId": "0bc1411515937635973****",)json" "\n"
    R"json(  "Data": {)json" "\n"
    R"json(    "Status": "success",)json" "\n"
    R"json(    "Message": "ResourceGroup:[S_res_group_X)json" R"json(XX] is invalid.")json" "\n"
    R"json(  })json" "\n"
    R"json(})json";

}  // namespace samples

inline constexpr std::array<documented_reply, 5> documented_replies{
    {{"QueryDISyncTaskConfigProcessResult", samples::query_result},
     {"GenerateDISyncTaskConfigForCreating", samples::generate_for_creating},
     {"GenerateDISyncTaskConfigForUpdating", samples::generate_for_updating},
     {"CreateDISyncTask", samples::create},
     {"UpdateDISyncTask", samples::update}}};

/// The documented reply of an action; empty if there is none.
[[nodiscard]] constexpr std::string_view documented_reply_of(std::string_view action) noexcept {
    for (documented_reply const& reply : documented_replies)
        if (reply.action == action) return reply.body;
    return {};
}

}  // namespace acs::testing::inline ACS_ABI

#endif
