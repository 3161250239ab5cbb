// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/client.hpp>

#include <acs/signing/rpc.hpp>
#include <acs/testing.hpp>

#include <dataworks.hpp>

#include "support/allocations.hpp"
#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/world.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace test_hosted_client {

namespace t = acs::testing;
using acs_tests::canned;
using acs_tests::canned_transport;
using acs_tests::list_things;
using create = dataworks::create_di_sync_task;
using query = dataworks::query_di_sync_task_config_process_result;

namespace {

constexpr acs::credentials key{"testid", "testsecret"};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr query ask{.project_id = 10000, .task_type = "DI_REALTIME", .async_process_id = 10};
constexpr create make{.project_id = 10000, .task_type = "DI_OFFLINE", .task_name = "a b", .task_content = "{\"x\": 1}"};
constexpr list_things list{.name = "n", .size = 1, .content = "c"};

template <class Http>
using test_client = acs::client<Http, acs::acs3_hmac_sha256, acs_tests::test_clock, acs_tests::test_entropy>;

// The ten lines find their types by themselves.
template <class Who>
using client_for = decltype(acs::client(std::declval<t::gateway&>(), std::declval<acs::endpoint const&>(), std::declval<Who const&>()));
static_assert(std::is_same_v<client_for<acs::credentials>, acs::client<t::gateway, acs::acs3_hmac_sha256>>);
static_assert(std::is_same_v<client_for<acs::result<acs::credentials>>, acs::client<t::gateway, acs::acs3_hmac_sha256>>);
static_assert(std::is_same_v<client_for<acs::bearer_token>, acs::client<t::gateway, acs::bearer>>);
static_assert(std::is_same_v<client_for<acs::anonymous>, acs::client<t::gateway, acs::nobody>>);
static_assert(std::is_same_v<client_for<acs::rpc_hmac_sha1>, acs::client<t::gateway, acs::rpc_hmac_sha1>>);

std::string code_of(auto const& answer) { return answer ? "ok" : std::string(acs::name(answer.error().code)); }

/// Keeps the steps, and has new credentials if there are any.
struct watching {
    std::vector<acs::action> seen{};
    acs::acs3_hmac_sha256 const* fresh{};

    template <class Machine>
    void on_step(Machine const&, acs::step const& s) {
        seen.push_back(s.what);
    }
    template <class Machine>
    acs::step refresh(Machine& machine, acs::moment const& now) {
        return fresh != nullptr ? machine.on_credentials(*fresh, now) : machine.on_no_credentials();
    }
};

}  // namespace

TEST_CASE("A client makes typed and untyped calls, by whatever method", "[hosted]") {
    t::gateway gateway;
    gateway.serve<query, create>();
    acs::client client{gateway, host, key};
    auto const reply = client.call(ask);
    REQUIRE(reply);
    CHECK(reply->success == true);
    CHECK(reply->request_id == "0bc1411515937635973****");
    CHECK(reply.status() == 200);
    CHECK(acs::find_field(reply.fields(), "x-acs-request-id") == "0bc1411515937635973****");

    acs::param const params[] = {{"ProjectId", "1"}, {"TaskType", "x"}, {"AsyncProcessId", "1"}};
    auto const untyped = client.call(acs::call{query::head.action, query::head.version, params});
    REQUIRE(untyped);
    CHECK(untyped->success == true);
    CHECK(untyped->body == untyped.body());

    acs::rpc_hmac_sha1 const kept(key);
    acs::client by_rpc{gateway, host, kept};
    CHECK(by_rpc.call(make));
    acs::client by_bearer{gateway, host, acs::bearer_token{"token"}};
    CHECK(code_of(by_bearer.call(ask)) == "service_refused");
    acs::client by_nobody{gateway, host, acs::anonymous{}};
    CHECK(code_of(by_nobody.call(ask)) == "service_refused");
    CHECK(gateway.record().size() == 5);
}

TEST_CASE("Answers outlive the client, the transport and the endpoint", "[hosted]") {
    std::vector<acs::answer<query::reply>> replies;
    std::vector<acs::answer<create::reply>> failures;
    {
        auto gateway = std::make_unique<t::gateway>();
        gateway->serve<query, create>();
        gateway->answers().then("CreateDISyncTask", t::error(400, "InvalidParameter.Name", "no \"such\" name"));
        auto const where = std::make_unique<std::string>("dataworks.cn-shanghai.aliyuncs.com");
        acs::client client{*gateway, acs::endpoint{.host = *where}, key};
        for (int i = 0; i < 10; ++i) replies.push_back(client.call(ask));
        for (int i = 0; i < 10; ++i) failures.push_back(client.call(make));
    }
    for (auto const& r : replies) {
        REQUIRE(r);
        CHECK(r->request_id == "0bc1411515937635973****");
        CHECK(r.body().find(r->request_id) != std::string_view::npos);
    }
    for (auto const& f : failures) {
        REQUIRE_FALSE(f);
        CHECK(f.error().service.code == "InvalidParameter.Name");
        CHECK(f.error().service.message == "no \"such\" name");
        CHECK(f.error().service.host_id == "dataworks.cn-shanghai.aliyuncs.com");
        CHECK(f.error().status == 400);
        CHECK(f.status() == 400);
        CHECK(f.error().history.attempts == 1);
    }
}

TEST_CASE("An endpoint or credentials that failed are what every call reports, and nothing is sent", "[hosted]") {
    t::gateway gateway;
    gateway.serve<query>();
    std::optional<acs::answer<query::reply>> kept;
    {
        std::string const region = "nowhere-1";
        acs::client client{gateway, dataworks::endpoint(region), key};
        kept.emplace(client.call(ask));
        CHECK(code_of(client.call(make)) == "unknown_region");
    }
    CHECK(code_of(*kept) == "unknown_region");
    CHECK(kept->error().where == "nowhere-1");
    CHECK(kept->error().origin == acs::origin::caller);
    CHECK(kept->error().delivery == acs::delivery::not_sent);
    acs::result<acs::credentials> const none = acs::refuse(acs::errc::missing_credentials, "VARIABLE");
    acs::client client{gateway, host, none};
    auto const reply = client.call(ask);
    CHECK(code_of(reply) == "missing_credentials");
    CHECK(reply.error().where == "VARIABLE");
    acs::client both{gateway, dataworks::endpoint("nowhere-1"), none};
    CHECK(code_of(both.call(ask)) == "unknown_region");
    for (acs::credentials const& who : {acs::credentials{"", "s"}, {"id", ""}}) {
        acs::client empty{gateway, host, who};
        CHECK(code_of(empty.call(ask)) == (who.access_key_id.empty() ? "missing_access_key" : "missing_secret"));
    }
    acs::client good{gateway, host, key};
    auto const wrong = good.call(query{});
    CHECK(code_of(wrong) == "invalid_parameters");
    CHECK(wrong.error().missing == 0b111);
    CHECK(gateway.record().empty());
}

TEST_CASE("A call is tried again where that is safe, on the client's clock", "[hosted]") {
    t::gateway gateway;
    gateway.serve<query, create>();
    acs_tests::time_now time;
    test_client<t::gateway> client(gateway, host, key, {}, {&time});
    gateway.answers().then(t::throttle(1500)).then(t::error(503, "ServiceUnavailable")).then(t::success());
    REQUIRE(client.call(ask));
    CHECK(gateway.record().size() == 3);
    CHECK(time.waited >= 1500 + 500);
    CHECK(time.waited <= 1500 + 1000);

    gateway.answers().then("CreateDISyncTask", t::error(503, "ServiceUnavailable"));
    auto const reply = client.call(make);  // has a client token of its own
    CHECK(code_of(reply) == "service_refused");
    CHECK(reply.error().history.attempts == 4);
    CHECK(reply.error().history.why == acs::end_reason::attempts);
    REQUIRE(gateway.record().size() == 7);
    auto const token = gateway.record()[3].request.param_of("ClientToken");
    REQUIRE(token);
    CHECK(token->size() == 32);
    for (std::size_t i = 3; i < 7; ++i) CHECK(gateway.record()[i].request.param_of("ClientToken") == token);
}

TEST_CASE("The options of a client hold for each of its calls", "[hosted]") {
    constexpr std::array<canned, 1> answers{{{.body = R"({"RequestId":"0123456789"})"}}};
    canned_transport http(answers);
    acs_tests::time_now time;
    acs::param const more[] = {{"Extra", "1"}};
    test_client<canned_transport> client(http, host, key, {.prepare = {.params = more}, .max_body = 25}, {&time});
    CHECK(code_of(client.call(list)) == "reply_too_large");
    CHECK(http.sent[0].target.find("Extra=1") != std::string::npos);
    CHECK(http.last_limit == 30'000);
    test_client<canned_transport> larger(http, host, key, {.max_body = 26, .retry = {.attempt_timeout_ms = 7}}, {&time});
    CHECK(code_of(larger.call(list)) == "ok");
    CHECK(http.last_limit == 7);
    CHECK(http.sent.back().target.find("Extra") == std::string::npos);

    constexpr std::array<canned, 1> lost{{{.lost = acs::errc::connect_failed, .how = acs::delivery::not_sent}}};
    canned_transport broken(lost);
    test_client<canned_transport> once(broken, host, key, {.retry = acs::single_attempt}, {&time});
    auto const reply = once.call(list);
    CHECK(code_of(reply) == "connect_failed");
    CHECK(reply.error().delivery == acs::delivery::not_sent);
    CHECK(broken.count == 1);
}

TEST_CASE("What a client learns of the server's clock serves the calls that follow", "[hosted]") {
    static constexpr std::array<acs::field, 1> dated{{{"Date", "Thu, 26 Oct 2023 11:22:32 GMT"}}};  // an hour ahead
    constexpr std::array<canned, 2> answers{
        {{400, R"({"Code":"InvalidTimeStamp.Expired","Message":"m"})", dated, {}, {}}, {200, R"({"RequestId":"1"})", {}, {}, {}}}};
    canned_transport http(answers);
    acs_tests::time_now time;
    test_client<canned_transport> client(http, host, key, {}, {&time});
    REQUIRE(client.call(list));
    REQUIRE(client.call(list));
    REQUIRE(http.sent.size() == 3);
    CHECK(http.sent[0].date == "2023-10-26T10:22:32Z");
    CHECK(http.sent[1].date == "2023-10-26T11:22:32Z");
    CHECK(http.sent[2].date == "2023-10-26T11:22:32Z");
    CHECK(http.sent[0].nonce != http.sent[1].nonce);
    CHECK(http.sent[1].nonce != http.sent[2].nonce);
}

TEST_CASE("A request of any size finds its memory", "[hosted]") {
    constexpr std::array<canned, 1> answers{{{.body = R"({"RequestId":"1"})"}}};
    canned_transport http(answers);
    acs_tests::time_now time;
    test_client<canned_transport> client(http, host, key, {}, {&time});
    std::string const long_text(200'000, ' ');
    list_things large = list;
    large.long_query = long_text;
    REQUIRE(client.call(large));
    CHECK(http.sent.back().target.size() > 3 * long_text.size());

    std::vector<std::string> names;
    for (int i = 0; i < 300; ++i) names.push_back("x-acs-name-" + std::to_string(1000 + i));
    std::vector<acs::param> params;
    std::vector<acs::field> fields;
    for (std::string const& name : names) {
        params.push_back({name, "v"});
        fields.push_back({name, "v"});
    }
    test_client<canned_transport> wide(http, host, key, {.prepare = {.fields = fields}}, {&time});
    REQUIRE(wide.call(acs::call{"Do", "2020-05-18", params}));
    CHECK(http.sent.back().target.find("x-acs-name-1299=v") != std::string::npos);
}

TEST_CASE("Without entropy there is no call", "[hosted]") {
    constexpr std::array<canned, 1> answers{{{.status = 429, .body = R"({"Code":"Throttling"})"}}};
    acs_tests::time_now time;
    for (int const draws : {0, 1, 2}) {  // each for two moments: before a request, and after it
        canned_transport http(answers);
        test_client<canned_transport> client(http, host, key, {}, {&time}, {1, draws});
        auto const reply = client.call(list);
        CHECK(code_of(reply) == "no_entropy");
        CHECK(http.count == static_cast<std::size_t>(draws));
        CHECK_FALSE(reply.error().history.may_have_run);  // it was throttled, or not sent at all
        CHECK(reply.error().delivery != acs::delivery::unknown);
    }
}

TEST_CASE("A watch sees every step, and may give new credentials once", "[hosted]") {
    watching watch;
    t::gateway gateway({"STS.id", "secret", "token"});
    gateway.serve<query>();
    t::scripted const expired = t::error(400, "InvalidSecurityToken.Expired");
    gateway.answers().then(expired).then(expired).then(t::success()).then(expired);
    acs_tests::time_now time;
    acs::credentials const old{"STS.id", "secret", "token"};
    acs::acs3_hmac_sha256 const fresh(old);
    test_client<t::gateway> client(gateway, host, old, {}, {&time});
    auto const refused = client.call(ask, watch);
    CHECK(code_of(refused) == "service_refused");
    CHECK(refused.error().service.code == "InvalidSecurityToken.Expired");
    CHECK(refused.error().history.why == acs::end_reason::no_credentials);
    watch.seen.clear();
    watch.fresh = &fresh;
    CHECK(client.call(ask, watch));
    using enum acs::action;
    CHECK(watch.seen == std::vector<acs::action>{send, refresh, send, done});
    auto const again = client.call(ask, watch);
    CHECK(code_of(again) == "service_refused");
    CHECK(again.error().history.why == acs::end_reason::remedy_used);
}

TEST_CASE("A call that can't be made says so at once, however long its turn is away", "[hosted]") {
    constexpr std::array<canned, 1> answers{{{.body = "{}"}}};
    canned_transport http(answers);
    acs_tests::time_now time;
    std::array<std::uint32_t, 3> day{};
    acs::call_budget budget{{.per_second = 3, .per_day = 3}, day};
    test_client<canned_transport> client(http, host, key, {.budget = &budget}, {&time});
    REQUIRE(client.call(list));
    REQUIRE(client.call(acs::call{.action = "Do", .version = "2020-05-18"}));
    REQUIRE(client.call(make));
    CHECK(code_of(client.call(list)) != "ok");  // used up for today
    CHECK(code_of(client.call(acs::call{.action = "Do", .version = ""})) == "invalid_name");
    CHECK(code_of(client.call(create{.project_id = 1})) == "invalid_parameters");
    CHECK(code_of(client.call(list_things{})) == "invalid_parameters");
    CHECK(http.count == 3);
}

TEST_CASE("New credentials may be longer than there was memory for", "[hosted]") {
    constexpr std::array<canned, 2> answers{{{.status = 400, .body = R"({"Code":"InvalidSecurityToken.Expired"})"}, {.body = "{}"}}};
    canned_transport http(answers);
    acs_tests::time_now time;
    std::string const long_id(5'000, 'K');
    acs::acs3_hmac_sha256 const fresh(acs::credentials{long_id, "secret", "token"});
    watching watch{.fresh = &fresh};
    test_client<canned_transport> client(http, host, key, {}, {&time});
    REQUIRE(client.call(list, watch));
    using enum acs::action;
    CHECK(watch.seen == std::vector<acs::action>{send, refresh, send, done});
    CHECK(http.sent[0].authorization.find("Credential=testid,") != std::string::npos);
    CHECK(http.sent[1].authorization.find("Credential=" + long_id + ",") != std::string::npos);
}

TEST_CASE("Credentials that there is no room for are what a call reports, and no reason to make room for its request", "[hosted]") {
    canned_transport http({});
    acs_tests::time_now time;
    acs::kept_credentials<> kept;
    auto const taken = kept.keep({"STS.id", "secret", std::string(3'000, 't')});
    REQUIRE_FALSE(taken);
    acs::static_credentials const found{acs::result<acs::credentials>(taken.error())};
    acs::provided_signer const signer(found);
    acs::client client(http, host, signer, {}, acs_tests::test_clock{&time}, acs_tests::test_entropy{});
    auto const answer = client.call(list);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == acs::errc::no_space);
    CHECK(answer.error().where == "SecurityToken");
    CHECK(http.count == 0);
}

struct heap_is_empty {};

/// A transport that runs out of memory, and says so by an exception.
struct throwing_transport {
    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const&, Sink&) {
        throw heap_is_empty();
    }
};

TEST_CASE("An exception of the transport leaves the call", "[hosted]") {
    throwing_transport http;
    acs_tests::time_now time;
    test_client<throwing_transport> client(http, host, key, {}, {&time});
    CHECK_THROWS_AS(static_cast<void>(client.call(list)), heap_is_empty);
}

TEST_CASE("Wherever the heap gives out, a call says so or succeeds", "[hosted]") {
    static constexpr std::array<acs::field, 2> fields{{{"x-acs-request-id", "header"}, {"x-other", "value"}}};
    constexpr std::array<canned, 1> answers{
        {{200, R"({"RequestId":"body","Names":["a","b"],"Paging":{"Items":[{"Id":1}]}})", fields, {}, {}}}};
    std::string const long_text(50'000, 'x');
    list_things large = list;
    large.long_query = long_text;
    std::vector<acs::param> params;
    std::vector<std::string> names;
    for (int i = 0; i < 100; ++i) names.push_back("Name" + std::to_string(i));
    for (std::string const& name : names) params.push_back({name, "v"});
    acs::call const wide{"Do", "2020-05-18", params};
    acs_tests::time_now time;

    auto const sweep = [&](auto const& op) {
        for (std::size_t good = 0; good < 50; ++good) {
            INFO(good);
            canned_transport http(answers);
            http.keeping = false;
            test_client<canned_transport> client(http, host, key, {}, {&time});
            using outcome = decltype(client.call(op));
            alignas(outcome) static std::byte room[sizeof(outcome)];
            outcome* reply = nullptr;
            {
                acs_tests::heap_that_gives_out const heap(good);
                reply = ::new (static_cast<void*>(room)) outcome(client.call(op));
            }
            std::string const code = code_of(*reply);
            std::destroy_at(reply);
            if (code == "ok") return good;
            CHECK(code == "out_of_memory");
            CHECK(http.count <= 1);
        }
        return std::size_t{50};
    };
    std::size_t const small = sweep(list), of_large = sweep(large), of_wide = sweep(wide);
    INFO(small << " " << of_large << " " << of_wide);
    CHECK(small >= 1);
    CHECK(small < 10);
    CHECK(of_large > small);
    CHECK(of_large < 12);
    CHECK(of_wide < 12);
}

}  // namespace test_hosted_client
