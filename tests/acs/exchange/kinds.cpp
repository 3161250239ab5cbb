// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/kinds.hpp>

#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include "support/catch.hpp"

#include <array>
#include <span>
#include <string>
#include <type_traits>

#include "support/array_operation.hpp"

namespace test_exchange_kinds {

using acs::effect;

namespace {

using query = dataworks::query_di_sync_task_config_process_result;
using create = dataworks::create_di_sync_task;
using update = dataworks::update_di_sync_task;
using generate = dataworks::generate_di_sync_task_config_for_creating;
using regenerate = dataworks::generate_di_sync_task_config_for_updating;

static_assert(std::is_same_v<acs::reply_of<create>, create::reply>);
static_assert(std::is_same_v<acs::reply_of<acs::call>, acs::untyped_reply>);

// Which operations take a client token is in protocol 6.2: create, and both ways to generate; not update, not query.
static_assert(acs::takes_client_token(create{}) && acs::takes_client_token(generate{}) && acs::takes_client_token(regenerate{}));
static_assert(!acs::takes_client_token(update{}) && !acs::takes_client_token(query{}));
static_assert(!acs::takes_client_token(create{.client_token = "mine"}));
static_assert(!acs::takes_client_token(acs::call{"CreateTable", "2020-05-18"}));

static_assert(acs::effect_of(query{}, false) == effect::reads);
static_assert(acs::effect_of(query{}, true) == effect::reads);
static_assert(acs::effect_of(update{}, false) == effect::once);
static_assert(acs::effect_of(update{}, true) == effect::once);  // it has nowhere to put one
static_assert(acs::effect_of(create{}, false) == effect::once);
static_assert(acs::effect_of(create{}, true) == effect::repeatable);
static_assert(acs::effect_of(create{.client_token = "mine"}, false) == effect::repeatable);
static_assert(acs::effect_of(acs_tests::list_things{}, true) == effect::once);  // a name tells nothing: its head does not say that it reads

constexpr std::array rows{acs::code_row{"My.Code", acs::error_class::server, acs::remedy::none}};
static_assert(acs::codes_of(query{}, {}).data() == dataworks::error_codes.data());
static_assert(acs::codes_of(query{}, rows).data() == rows.data());
static_assert(acs::codes_of(acs::call{}, {}).empty());
static_assert(acs::codes_of(acs::call{}, rows).data() == rows.data());
static_assert(acs::codes_of(acs_tests::list_things{}, {}).empty());

acs::effect effect_with(std::span<acs::param const> params, bool reads = false) {
    return acs::effect_of(acs::call{.action = "CreateTable", .version = "2020-05-18", .params = params, .reads = reads}, false);
}

}  // namespace

TEST_CASE("an untyped call may be repeated if its caller says that it reads, or gave it a client token", "[exchange]") {
    std::array params{acs::param{"A", "1"}, acs::param{"ClientToken", "mine"}, acs::param{"Z", "2"}};
    CHECK(effect_with({}) == effect::once);
    CHECK(effect_with(params) == effect::repeatable);
    CHECK(effect_with({}, true) == effect::reads);
    CHECK(effect_with(params, true) == effect::reads);
    params[1].value = "";
    CHECK(effect_with(params) == effect::once);
    for (std::string_view const name : {"clienttoken", "ClientTokens", "Clienttoken", "MyClientToken"}) {
        params[1] = {name, "mine"};
        CHECK(effect_with(params) == effect::once);
    }
    // The name of the action tells nothing.
    CHECK(acs::effect_of(acs::call{"ListTables", "2020-05-18"}, false) == effect::once);
}

TEST_CASE("an operation that takes a client token may be repeated if there is one, of its own or another", "[exchange]") {
    create op{};
    CHECK(acs::effect_of(op, false) == effect::once);
    CHECK(acs::effect_of(op, true) == effect::repeatable);
    op.client_token = "mine";
    CHECK(acs::effect_of(op, false) == effect::repeatable);
}

TEST_CASE("an answer is decoded as its operation has it", "[exchange]") {
    std::string typed = R"({"RequestId":"r","Success":true,"Data":{"FileId":7}})", untyped = typed, refused = R"({"Success":false})";
    auto const reply = acs::decode_as<create>({200, {}, typed}, {});
    REQUIRE(reply);
    CHECK(reply->data.file_id == 7);
    auto const any = acs::decode_as<acs::call>({200, {}, untyped}, {});
    REQUIRE(any);
    CHECK(any->body == untyped);
    CHECK_FALSE(acs::decode_as<create>({200, {}, refused}, {}));
    CHECK(acs::decode_as<acs::call>({200, {}, refused}, {}));
}

}  // namespace test_exchange_kinds
