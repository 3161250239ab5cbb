// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/workflow/plan.hpp>

#include "support/catch.hpp"

namespace test_dataworks_workflow_plan {

namespace {

constexpr dataworks::new_sync_task creation{.project_id = 1,
                                            .task_type = "T",
                                            .task_name = "name",
                                            .source_and_target = "what to generate",
                                            .task_content = "own",
                                            .task_param = "where to create",
                                            .generation_token = "g",
                                            .client_token = "c"};
constexpr dataworks::changed_sync_task change{.project_id = 1,
                                              .task_type = "T",
                                              .task_id = 2,
                                              .file_id = 3,
                                              .source_and_target = "what to generate",
                                              .task_content = "own",
                                              .task_param = "where to change",
                                              .generation_token = "g"};

}  // namespace

TEST_CASE("A plan for a new task makes both calls of it", "[workflow]") {
    auto const first = creation.generate();
    CHECK(first.project_id == 1);
    CHECK(first.task_type == "T");
    CHECK(first.task_param == "what to generate");
    CHECK(first.client_token == "g");
    auto const last = creation.finish("generated");
    CHECK(last.project_id == 1);
    CHECK(last.task_type == "T");
    CHECK(last.task_name == "name");
    CHECK(last.task_content == "generated");
    CHECK(last.task_param == "where to create");
    CHECK(last.client_token == "c");
}

TEST_CASE("A plan for a change makes both calls of it", "[workflow]") {
    auto const first = change.generate();
    CHECK(first.project_id == 1);
    CHECK(first.task_type == "T");
    CHECK(first.task_id == 2);
    CHECK(first.task_param == "what to generate");
    CHECK(first.client_token == "g");
    auto const last = change.finish("generated");
    CHECK(last.project_id == 1);
    CHECK(last.task_type == "T");
    CHECK(last.file_id == 3);
    CHECK(last.task_content == "generated");
    CHECK(last.task_param == "where to change");
}

TEST_CASE("Only batch tasks need nothing generated, and plans are real-time unless they say so", "[workflow]") {
    CHECK_FALSE(dataworks::is_batch(dataworks::new_sync_task{}));
    CHECK_FALSE(dataworks::is_batch(dataworks::changed_sync_task{}));
    CHECK_FALSE(dataworks::is_batch(dataworks::new_sync_task{.task_type = "DI_SOLUTION"}));
    CHECK_FALSE(dataworks::is_batch(dataworks::new_sync_task{.task_type = "di_offline"}));
    CHECK(dataworks::is_batch(dataworks::new_sync_task{.task_type = "DI_OFFLINE"}));
    CHECK(dataworks::is_batch(dataworks::changed_sync_task{.task_type = "DI_OFFLINE"}));
}

}  // namespace test_dataworks_workflow_plan
