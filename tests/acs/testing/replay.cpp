// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/replay.hpp>

#include <acs/client/reply_buffer.hpp>
#include <acs/client/run.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/hosted/heap_box.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/testing/gateway.hpp>
#include <acs/testing/recording.hpp>
#include <dataworks.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "support/catch.hpp"
#include "support/simulated.hpp"
#include "support/string_sink.hpp"

namespace test_testing_replay {

namespace {

namespace t = acs::testing;

constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr acs::credentials session{"STS.id", "secret", "token+/="}, key{"other-id", "other-secret"};
constexpr dataworks::new_sync_task plan{.project_id = 10000, .task_name = "new", .source_and_target = R"({"a":1})", .task_param = "{}"};

/// All that a job tells from its start to its end, over any transport.
template <class Http, class Signer>
std::string run_job(Http& http, Signer const& signer, acs_tests::simulated_time& time, dataworks::new_sync_task const& what = plan) {
    acs_tests::simulated_clock clock{&time};
    acs_tests::simulated_entropy entropy{&time};
    acs::request_buffer<8192, 24, 24> memory;
    std::array<acs::heap_box, 2> boxes{acs::heap_box(), acs::heap_box()};
    dataworks::job job{what, host, signer, memory};
    struct log : acs::unwatched {
        std::string text{};
        void on_step(decltype(job) const& machine, acs::step const& s) {
            auto const p = machine.progress();
            text += std::to_string(static_cast<int>(s.what)) + " " + std::string(name(p.phase)) + " " + std::to_string(p.attempts) + " " +
                    std::to_string(s.until.ms) + " " + std::string(p.status) + "\n";
        }
    } told;
    bool const done = acs::run(job, http, clock, entropy, boxes, told).what == acs::action::done;
    if (done) return told.text + "file " + std::to_string(*job.reply().data.file_id);
    return told.text + "failed: " + std::string(acs::name(job.error().code)) + " " + std::string(job.error().where) + " " +
           std::string(job.error().service.code) + " after " + std::to_string(job.error().history.attempts);
}

t::gateway job_gateway(acs::credentials const& who) {
    t::gateway g{{std::string(who.access_key_id), std::string(who.access_key_secret), std::string(who.security_token)}};
    g.serve<dataworks::generate_di_sync_task_config_for_creating, dataworks::query_di_sync_task_config_process_result,
            dataworks::create_di_sync_task>();
    return g;
}

/// A call as it was recorded, for one that differs.
t::transcript recorded_call(acs::call const& call) {
    t::gateway g({std::string(key.access_key_id), std::string(key.access_key_secret)});
    t::recording recorder{g};
    acs::request_buffer<> memory;
    auto const made = acs::prepare(call, host, key, {.wall = acs_tests::simulated_start}, memory);
    REQUIRE(made);
    acs::reply_buffer<> box;
    CHECK(recorder.perform(*made, box));
    return recorder.made();
}

/// How a request differs from the only one in a transcript.
template <class Change>
std::string difference(Change change, acs::prepare_options const& options = {}) {
    constexpr acs::param params[]{{"A", "1"}, {"B", "two words"}, {"F", "content", acs::place::form}};
    acs::call call{.action = "Do", .version = "2020-05-18", .params = params};
    t::replay replay{recorded_call(call)};
    acs::endpoint to = host;
    change(call, to);
    acs::request_buffer<> memory;
    auto const made = acs::prepare(call, to, session, {.wall = {acs_tests::simulated_start.seconds + 5}, .random = {1}}, memory, options);
    REQUIRE(made);
    acs::reply_buffer<> box;
    auto const carried = replay.perform(*made, box);
    CHECK(carried.has_value() == replay.finished());
    CHECK(carried.has_value() == replay.difference().empty());
    if (!carried) {
        CHECK(carried.error().where == replay.difference());
        CHECK_FALSE(acs::advise(carried.error()).retry);
        CHECK(replay.replayed() == 0);
    }
    return replay.difference();
}

}  // namespace

TEST_CASE("A job that was recorded, saved and loaded runs again to the same end, without the service", "[testing]") {
    auto const check = [](auto const& signer, auto const& other_signer) {
        auto gateway = job_gateway(session);
        gateway.answers()
            .then("QueryDISyncTaskConfigProcessResult", t::pending())
            .then("QueryDISyncTaskConfigProcessResult", t::throttle(1500))
            .then("QueryDISyncTaskConfigProcessResult", t::stall())
            .then("QueryDISyncTaskConfigProcessResult", t::garbage())
            .then("QueryDISyncTaskConfigProcessResult", t::success());
        acs_tests::simulated_time time;
        acs_tests::simulated_service http{gateway, time};
        t::recording recorder{http};
        std::string const first = run_job(recorder, signer, time);
        REQUIRE(first.find("file 1000001") != std::string::npos);
        REQUIRE(recorder.made().exchanges.size() == 7);

        std::string const text = recorder.made().save();
        for (std::string_view const secret : {"token+/=", "STS.id", "token%2B", "token%252B"})
            CHECK(text.find(secret) == std::string::npos);
        t::transcript loaded;
        REQUIRE_FALSE(t::transcript::load(text, loaded));
        t::replay replay{loaded};
        acs_tests::simulated_time again;
        struct slow {  // as far away as the service was
            t::replay* replay;
            acs_tests::simulated_time* time;
            acs::result<void> perform(acs::request const& made, acs::heap_box& box) {
                time->ms += 100;
                return replay->perform(made, box);
            }
            acs::result<void> perform(acs::request const&, acs::answer_archetype&) { return {}; }
        } far{&replay, &again};
        CHECK(run_job(far, other_signer, again) == first);
        CHECK(replay.finished());
        CHECK(replay.replayed() == 7);
        CHECK(replay.difference().empty());
        CHECK(again.ms == time.ms);
    };
    check(acs::acs3_hmac_sha256(session), acs::acs3_hmac_sha256(session));
    check(acs::acs3_hmac_sha256(session), acs::acs3_hmac_sha256(key));  // by somebody else
    check(acs::rpc_hmac_sha1(session), acs::rpc_hmac_sha1(key));
}

TEST_CASE("A job that does anything else fails the replay at that place, and is not tried again", "[testing]") {
    auto gateway = job_gateway(key);
    acs_tests::simulated_time time;
    acs_tests::simulated_service http{gateway, time};
    t::recording recorder{http};
    REQUIRE(run_job(recorder, acs::acs3_hmac_sha256(key), time).find("file") != std::string::npos);
    acs::acs3_hmac_sha256 const signer(key);

    t::replay replay{recorder.made()};
    acs_tests::simulated_time again;
    dataworks::new_sync_task other = plan;
    other.task_name = "newer";
    std::string const told = run_job(replay, signer, again, other);
    constexpr std::string_view said = R"(request 3: query parameter TaskName differs at byte 3: recorded "new", sent "newer")";
    CHECK(replay.difference() == said);
    CHECK(told.find("failed: transport_failed " + std::string(said) + "  after 1") != std::string::npos);
    CHECK_FALSE(replay.finished());
    CHECK(replay.replayed() == 2);
    CHECK(run_job(replay, signer, again).find(said) != std::string::npos);  // from then on always

    t::transcript less = recorder.made();
    less.exchanges.pop_back();
    t::replay shorter{less};
    again = {};
    run_job(shorter, signer, again);
    CHECK(shorter.difference() == "request 3: the record is over; sent POST dataworks.cn-shanghai.aliyuncs.com CreateDISyncTask");

    t::transcript more = recorder.made();
    more.exchanges.push_back(more.exchanges[0]);
    t::replay longer{more};
    again = {};
    CHECK(run_job(longer, signer, again).find("file") != std::string::npos);
    CHECK_FALSE(longer.finished());
    CHECK(longer.difference().empty());
    CHECK(longer.replayed() == 3);
}

TEST_CASE("At another time and with other entropy only client tokens are a difference, unless they are ignored", "[testing]") {
    auto const check = [](auto const& signer) {
        auto gateway = job_gateway(key);
        acs_tests::simulated_time time;
        acs_tests::simulated_service http{gateway, time};
        t::recording recorder{http};
        run_job(recorder, signer, time);
        acs_tests::simulated_time other{.ms = 5'000'000, .drawn = 1000};
        t::replay strict{recorder.made()};
        run_job(strict, signer, other);
        CHECK(strict.difference().find("request 1: query parameter ClientToken differs at byte ") == 0);
        other = {.ms = 5'000'000, .drawn = 1000};
        t::replay lenient{recorder.made()};
        lenient.ignore("ClientToken");
        CHECK(run_job(lenient, signer, other).find("file") != std::string::npos);
        CHECK(lenient.difference() == "");
        CHECK(lenient.finished());
    };
    check(acs::acs3_hmac_sha256(key));
    check(acs::rpc_hmac_sha1(key));
}

TEST_CASE("Each kind of difference is named, with the first place", "[testing]") {
    using acs::call;
    using acs::endpoint;
    CHECK(difference([](call&, endpoint&) {}).empty());
    CHECK(difference([](call& c, endpoint&) { c.verb = acs::method::put; }) ==
          R"(request 1: the method differs at byte 1: recorded "POST", sent "PUT")");
    CHECK(difference([](call&, endpoint& to) { to.scheme = acs::scheme::http; }) ==
          R"(request 1: the scheme differs at byte 4: recorded "https", sent "http")");
    CHECK(
        difference([](call&, endpoint& to) { to.host = "dataworks.cn-hangzhou.aliyuncs.com"; }) ==
        R"(request 1: the host differs at byte 13: recorded "...orks.cn-shanghai.aliyuncs.com", sent "...orks.cn-hangzhou.aliyuncs.com")");
    CHECK(difference([](call& c, endpoint&) {
              c.style = acs::api_style::roa;
              c.path = "/x";
          }) == R"(request 1: the path differs at byte 1: recorded "/", sent "/x")");
    CHECK(difference([](call& c, endpoint&) { c.action = "Undo"; }) ==
          R"(request 1: header x-acs-action differs at byte 0: recorded "Do", sent "Undo")");
    static constexpr acs::param value[]{{"A", "1"}, {"B", "two worlds"}, {"F", "content", acs::place::form}};
    CHECK(difference([](call& c, endpoint&) { c.params = value; }) ==
          R"(request 1: query parameter B differs at byte 7: recorded "two words", sent "two worlds")");
    static constexpr acs::param less[]{{"A", "1"}, {"F", "content", acs::place::form}};
    CHECK(difference([](call& c, endpoint&) { c.params = less; }) == "request 1: query parameter B was recorded, but is not sent");
    static constexpr acs::param name[]{{"A", "1"}, {"AB", "two words"}, {"F", "content", acs::place::form}};
    CHECK(difference([](call& c, endpoint&) { c.params = name; }) == "request 1: query parameter AB is sent, but was not recorded");
    static constexpr acs::param form[]{{"A", "1"}, {"B", "two words"}, {"F", "continent", acs::place::form}};
    CHECK(difference([](call& c, endpoint&) { c.params = form; }) ==
          R"(request 1: form parameter F differs at byte 4: recorded "content", sent "continent")");
    static constexpr acs::param more[]{{"A", "1"}, {"B", "two words"}, {"F", "content", acs::place::form}, {"G", "", acs::place::form}};
    CHECK(difference([](call& c, endpoint&) { c.params = more; }) == "request 1: form parameter G is sent, but was not recorded");
    static constexpr acs::param formless[]{{"A", "1"}, {"B", "two words"}};
    CHECK(difference([](call& c, endpoint&) { c.params = formless; }) == "request 1: header content-type was recorded, but is not sent");
    constexpr acs::field extra[]{{"x-acs-extra", "1"}};
    CHECK(difference([](call&, endpoint&) {}, {.fields = extra}) == "request 1: header x-acs-extra is sent, but was not recorded");
    CHECK(difference([](call&, endpoint&) {}, {.user_agent = "another"}).empty());
    CHECK(difference([](call&, endpoint&) {}, {.user_agent = ""}).empty());
}

TEST_CASE("A body of bytes is compared as it is, and a signature method by its name", "[testing]") {
    std::string const sent(100, 'x');
    std::string changed = sent;
    changed[60] = '\n';
    acs::call const call{.action = "Do", .version = "V", .body = sent, .content_type = "application/octet-stream"};
    auto const over = [&](auto const& who, std::string_view body) {
        t::replay replay{recorded_call(call)};
        acs::call other = call;
        other.body = body;
        acs::request_buffer<> memory;
        auto const made = acs::prepare(other, host, who, {.wall = acs_tests::simulated_start}, memory);
        REQUIRE(made);
        acs::reply_buffer<> box;
        static_cast<void>(replay.perform(*made, box));
        return replay.difference();
    };
    CHECK(over(key, sent).empty());
    CHECK(over(key, changed) ==
          "request 1: the body differs at byte 60: recorded \"...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\", "
          "sent \"...xxxxxxxx?xxxxxxxxxxxxxxxxxxxxxxx...\"");
    changed[60] = '\x7F';  // no terminal is to see it
    CHECK(over(key, changed).find("sent \"...xxxxxxxx?xxxxxxxxxxxxxxxxxxxxxxx...\"") != std::string::npos);
    CHECK(over(key, std::string_view(sent).substr(1)).find("request 1: the body differs at byte 99: ") == 0);
    CHECK(over(acs::acs3_hmac_sm3(key), sent) ==
          R"(request 1: header authorization differs at byte 11: recorded "...3-HMAC-SHA256", sent "...3-HMAC-SM3")");
}

TEST_CASE("A replay answers what was recorded, also where the sink has no room for it", "[testing]") {
    t::gateway g;
    t::recording recorder{g};
    acs::call const call{.action = "Do", .version = "V"};
    acs::request_buffer<> memory;
    auto const made = acs::prepare(call, host, acs::credentials{"testid", "testsecret"}, {.wall = acs_tests::simulated_start}, memory);
    REQUIRE(made);
    acs::reply_buffer<> box, again;
    REQUIRE(recorder.perform(*made, box));
    t::replay replay{recorder.made()};
    REQUIRE(replay.perform(*made, again));
    auto const a = box.answer(), b = again.answer();
    CHECK(a.status == b.status);
    CHECK(std::string(a.body.data(), a.body.size()) == std::string(b.body.data(), b.body.size()));
    CHECK(acs::find_field(b.fields, "x-acs-request-id") == acs::find_field(a.fields, "x-acs-request-id"));
    t::replay other{recorder.made()};
    acs::reply_buffer<16> small;
    auto const refused = other.perform(*made, small);
    REQUIRE_FALSE(refused);
    CHECK(acs::name(refused.error().code) == "reply_too_large");
    CHECK(other.finished());
}

TEST_CASE("A replay hands over what there is, and nothing more once the sink has enough", "[testing]") {
    struct sparing_sink {
        int refused_field;
        bool takes_body;
        int fields = 0, pieces = 0;
        void status(std::uint16_t) noexcept {}
        bool field(std::string_view, std::string_view) noexcept { return ++fields != refused_field; }
        bool body(std::string_view) noexcept { return ++pieces > 0 && takes_body; }
    };
    acs::call const call{.action = "Do", .version = "V"};
    t::transcript recorded = recorded_call(call);
    recorded.exchanges[0].answer.fields = {{"a", "1"}, {"b", "2"}, {"c", "3"}};
    acs::request_buffer<> memory;
    auto const made = acs::prepare(call, host, key, {.wall = acs_tests::simulated_start}, memory);
    REQUIRE(made);
    auto const over = [&](std::string body, sparing_sink& sink) {
        recorded.exchanges[0].answer.body = std::move(body);
        return t::replay(recorded).perform(*made, sink);
    };
    sparing_sink all{0, true}, few{2, true}, last{3, true}, no_body{0, false}, none{0, false};
    CHECK(over("{}", all));
    CHECK(all.fields == 3);
    CHECK(all.pieces == 1);
    CHECK_FALSE(over("{}", few));
    CHECK(few.fields == 2);
    CHECK(few.pieces == 0);
    auto const carried = over("", last);
    REQUIRE_FALSE(carried);
    CHECK(carried.error().code == acs::errc::reply_too_large);
    CHECK(carried.error().delivery == acs::delivery::answered);
    CHECK(last.pieces == 0);
    CHECK_FALSE(over("{}", no_body));
    CHECK(over("", none));  // of nothing there is no piece
    CHECK(none.pieces == 0);
}

TEST_CASE("Headers that are ignored make no difference, nor does what only they say of a body", "[testing]") {
    constexpr acs::param params[]{{"F", "content", acs::place::form}};
    acs::call const form{.action = "Do", .version = "V", .params = params};
    auto const over = [&](acs::call const& call, std::string const& ignored, acs::prepare_options const& options) {
        t::replay replay{recorded_call(form)};
        replay.ignore(ignored);
        acs::request_buffer<> memory;
        auto const made = acs::prepare(call, host, key, {.wall = acs_tests::simulated_start}, memory, options);
        REQUIRE(made);
        acs::reply_buffer<> box;
        bool const carried = replay.perform(*made, box).has_value();
        CHECK(carried == replay.difference().empty());
        return replay.difference();
    };
    constexpr acs::field extra[]{{"X-Acs-Extra", "1"}};
    CHECK(over(form, "x-acs-other", {.fields = extra}) == "request 1: header x-acs-extra is sent, but was not recorded");
    CHECK(over(form, "x-acs-extra", {.fields = extra}).empty());
    acs::call bytes{.action = "Do", .version = "V", .body = "F=content", .content_type = "application/octet-stream"};
    CHECK(over(bytes, "x-acs-extra", {}).find("request 1: header content-type differs at byte 12: ") == 0);
    CHECK(over(bytes, "content-type", {}).empty());
    bytes.body = "F=contest";
    CHECK(over(bytes, "content-type", {}) == R"(request 1: the body differs at byte 7: recorded "F=content", sent "F=contest")");
}

TEST_CASE("A transcript whose request is no request matches nothing", "[testing]") {
    t::transcript made;
    made.exchanges.push_back({{"https", "POST", "h", "no path", {}, ""}, {200, {}, "", {}}, {}});
    t::replay replay{made};
    acs::request_buffer<> memory;
    auto const sent = acs::prepare(acs::call{.action = "Do", .version = "V"}, host, key, {.wall = acs_tests::simulated_start}, memory);
    REQUIRE(sent);
    acs::reply_buffer<> box;
    CHECK_FALSE(replay.perform(*sent, box));
    CHECK(replay.difference() == "request 1: the recorded one is not well-formed");
}

TEST_CASE("A request that is none matches nothing", "[testing]") {
    for (std::string_view const target : {"no path", "", "/?a=%ZZ"}) {
        t::replay replay{recorded_call({.action = "Do", .version = "V"})};
        acs::request const sent{.host = host.host, .target = target};
        acs::reply_buffer<> box;
        CHECK_FALSE(replay.perform(sent, box));
        CHECK(replay.difference() == "request 1: it is not well-formed");
    }
}

}  // namespace test_testing_replay
