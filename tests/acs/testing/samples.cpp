// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/samples.hpp>

#include "support/catch.hpp"
#include "support/files.hpp"

#include <string>
#include <string_view>

namespace test_testing_samples {

using acs::testing::documented_reply_of;

static_assert(documented_reply_of("NoSuchAction").empty() && documented_reply_of("").empty());
static_assert(!documented_reply_of("CreateDISyncTask").empty() && documented_reply_of("createDISyncTask").empty());

TEST_CASE("The replies held in memory are the service's, byte for byte", "[testing]") {
    for (auto const& reply : acs::testing::documented_replies) {
        bool const is_query = reply.action == "QueryDISyncTaskConfigProcessResult";
        std::string const file = "samples/" + (is_query ? "query-result-success" : std::string(reply.action)) + ".json";
        std::string const text = acs_tests::file_text(file);
        INFO(file);
        CHECK(reply.body == text);
        CHECK(documented_reply_of(reply.action) == text);
    }
}

TEST_CASE("Every operation of the main job has a documented reply", "[testing]") {
    CHECK(acs::testing::documented_replies.size() == 5);
    for (std::string_view const action : {"GenerateDISyncTaskConfigForCreating", "GenerateDISyncTaskConfigForUpdating",
                                          "QueryDISyncTaskConfigProcessResult", "CreateDISyncTask", "UpdateDISyncTask"})
        CHECK_FALSE(documented_reply_of(action).empty());
}

}  // namespace test_testing_samples
