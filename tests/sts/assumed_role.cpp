// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <sts/assumed_role.hpp>

#include <acs/client/reply_buffer.hpp>
#include <acs/client/run.hpp>
#include <acs/exchange/provided_signer.hpp>
#include <acs/hosted/callbacks.hpp>
#include <acs/signing/rpc.hpp>
#include <sts/endpoint.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/simulated.hpp"

namespace test_sts_assumed_role {

namespace {

constexpr sts::assume_role how{.role_arn = "acs:ram::1:role/r", .role_session_name = "night"};
constexpr acs::credentials source{"testid", "testsecret"};
constexpr std::string_view answer_text =
    R"({"Credentials":{"AccessKeyId":"STS.x","AccessKeySecret":"s","SecurityToken":"t\/u","Expiration":"2026-11-25T01:00:00Z"}})";

/// All of it at compile time: the request, the answer, and what is kept of it.
constexpr bool refreshes() {
    acs::acs3_hmac_sha256 const signer(source);
    acs::request_buffer<> memory;
    sts::assumed_role role(how, sts::endpoint(), signer, memory);
    acs::moment now{.wall = acs_tests::simulated_start};
    if (role.current() || role.expiry() || !role.due({0})) return false;

    auto refresh = role.refresh();
    if (refresh.start(now).what != acs::action::send) return false;
    if (refresh.request().host != "sts.aliyuncs.com" || refresh.request().action != "AssumeRole") return false;
    std::array<char, answer_text.size()> body{};
    std::copy_n(answer_text.data(), answer_text.size(), body.data());
    if (refresh.on_reply({200, {}, body}, now).what != acs::action::done) return false;
    if (!std::all_of(body.begin(), body.end(), [](char c) { return c == '\0'; })) return false;  // wiped

    auto const who = role.current();
    return who && who->access_key_id == "STS.x" && who->access_key_secret == "s" && who->security_token == "t/u" &&
           role.expiry() == acs::wall_time{acs_tests::simulated_start.seconds + 3600} &&
           !role.due({acs_tests::simulated_start.seconds + 2699}) && role.due({acs_tests::simulated_start.seconds + 2700});
}
static_assert(refreshes());

/// A constant expression overflows nowhere, whatever the clock says when an answer comes, or when it is asked.
constexpr bool outlives_clock(std::int64_t wall, bool refused) {
    acs::acs3_hmac_sha256 const signer(source);
    acs::request_buffer<> memory;
    sts::assumed_role role(how, sts::endpoint(), signer, memory, {.clock_offset = 30});
    auto refresh = role.refresh();
    if (refresh.start({.wall = acs_tests::simulated_start}).what != acs::action::send) return false;
    std::array<char, answer_text.size()> body{};
    std::copy_n(answer_text.data(), answer_text.size(), body.data());
    auto const status = static_cast<std::uint16_t>(refused ? 403 : 200);
    if (refresh.on_reply({status, {}, body}, {.wall = {wall}}).what != (refused ? acs::action::failed : acs::action::done)) return false;
    for (std::int64_t const later : {INT64_MIN, INT64_MAX}) static_cast<void>(role.due({later}));
    return role.due({0}) == refused;
}
// One each: clang counts the steps of an expression.
static_assert(outlives_clock(INT64_MIN, false));
static_assert(outlives_clock(INT64_MIN, true));
static_assert(outlives_clock(INT64_MAX, false));
static_assert(outlives_clock(INT64_MAX, true));

/// A role against a gateway, driven by the blocking driver.
template <class Signer = acs::acs3_hmac_sha256, std::size_t Token = 2048>
struct world {
    acs_tests::simulated_time time{};
    acs_tests::simulated_clock clock{&time};
    acs_tests::simulated_entropy entropy{&time};
    acs::testing::gateway gateway{};
    acs_tests::simulated_service http{gateway, time};
    acs_tests::session_mint mint{gateway, time};
    Signer signer{source};
    acs::request_buffer<4096, 24, 24> memory{};
    std::array<acs::reply_buffer<8192>, 1> box{};
    sts::assumed_role<Signer, Token> role;

    explicit world(acs::exchange_options const& options = {}) : role(how, sts::endpoint(), signer, memory, options) {
        gateway.serve<sts::assume_role>();
    }

    std::optional<acs::failure> refresh() {
        auto machine = role.refresh();
        if (acs::run(machine, http, clock, entropy, box).what == acs::action::done) return {};
        return machine.error();
    }
    std::string id() {
        auto const who = role.current();
        return who ? std::string(who->access_key_id) : "none";
    }
};

/// A loop that calls back, at once.
struct loop {
    world<>* w;
    bool look(acs::moment& now) noexcept {
        now = {w->clock.wall(), w->clock.now(), {}};
        return w->entropy.fill(now.random);
    }
    void carry(acs::request const& made, auto& box, std::uint32_t, auto done) { done(w->http.perform(made, box)); }
    void wait(acs::tick until, auto done) { done(w->clock.wait(until)); }
};

std::string answer_with(std::string_view member, std::string_view value) {
    std::string text(answer_text);
    std::size_t const at = text.find("\"" + std::string(member) + "\"");
    std::size_t const end = text.find_first_of(",}", at);
    return text.replace(at, end - at, value);
}

}  // namespace

TEST_CASE("a role outlives every clock", "[sts]") {
    for (std::int64_t const wall : {INT64_MIN, INT64_MIN + 30, std::int64_t{0}, INT64_MAX - 30, INT64_MAX})
        for (bool const refused : {false, true}) CHECK(outlives_clock(wall, refused));
}

TEST_CASE("A role is assumed by either signature method, and its credentials are accepted", "[sts]") {
    auto const check = [](auto& w) {
        w.gateway.answers().decide([&](std::string const&) { return w.mint(); });
        CHECK_FALSE(w.refresh());
        CHECK(w.id() == "STS.id1");
        CHECK(w.role.expiry() == acs::wall_time{acs_tests::simulated_start.seconds + 3600});
        CHECK_FALSE(w.refresh());
        CHECK(w.id() == "STS.id2");
        CHECK(w.gateway.executed("AssumeRole") == 2);

        // With what was got, a role can be assumed in turn.
        acs::provided_signer const chained(w.role);
        acs::request_buffer<8192, 24, 24> memory;
        sts::assumed_role next(how, sts::endpoint(), chained, memory);
        auto machine = next.refresh();
        CHECK(acs::run(machine, w.http, w.clock, w.entropy, w.box).what == acs::action::done);
        CHECK(next.current()->access_key_id == "STS.id3");
        CHECK(w.gateway.record().back().request.field_of("x-acs-security-token") == w.role.current()->security_token);
    };
    world<> acs3;
    check(acs3);
    world<acs::rpc_hmac_sha1> rpc;
    check(rpc);
}

TEST_CASE("A refresh takes no memory but what it was given", "[sts]") {
    world<> w;
    std::string const text(answer_text);
    auto machine = w.role.refresh();
    acs::moment const now{.wall = acs_tests::simulated_start};
    acs_tests::no_allocations none;
    machine.start(now);
    std::array<char, answer_text.size()> body{};
    std::copy_n(answer_text.data(), body.size(), body.data());
    machine.on_reply({200, {}, body}, now);
    none.check();
    CHECK(machine.due().what == acs::action::done);
    static_assert(sizeof(sts::assumed_role<>) <= 3 * 1024 && sizeof(sts::role_refresh<acs::acs3_hmac_sha256, 2048>) <= 1024);
}

TEST_CASE("A refresh that fails leaves what is there, and is not due again for a minute", "[sts]") {
    world<> w;
    auto& answers = w.gateway.answers();
    answers.decide([&](std::string const&) { return w.mint(); });
    REQUIRE_FALSE(w.refresh());
    w.time.ms = 2700 * 1000 + 200;
    CHECK(w.role.due(w.time.wall()));
    answers.decide([](std::string const&) { return acs::testing::error(403, "NoPermission", "You are not authorized."); });
    auto const refused = w.refresh();
    REQUIRE(refused);
    CHECK(refused->service.code == "NoPermission");
    CHECK(w.id() == "STS.id1");
    auto const at = w.time.wall();
    CHECK_FALSE(w.role.due(at));
    CHECK_FALSE(w.role.due({at.seconds + 59}));
    CHECK(w.role.due({at.seconds + 60}));
    CHECK(w.role.due({acs_tests::simulated_start.seconds + 3600}));

    w.time.ms = 3590 * 1000;
    REQUIRE(w.refresh());
    CHECK_FALSE(w.role.due({acs_tests::simulated_start.seconds + 3599}));
    CHECK(w.role.due({acs_tests::simulated_start.seconds + 3600}));  // no credentials are worse than no pause
    answers.decide([&](std::string const&) { return w.mint(); });
    CHECK_FALSE(w.refresh());
    CHECK(w.id() == "STS.id2");
}

TEST_CASE("Sessions that live for the shortest time are not refreshed without end", "[sts]") {
    world<> w;
    w.mint.said_seconds = 900;
    w.gateway.answers().decide([&](std::string const&) { return w.mint(); });
    REQUIRE_FALSE(w.refresh());
    CHECK_FALSE(w.role.due(w.time.wall()));
    CHECK_FALSE(w.role.due({acs_tests::simulated_start.seconds + 449}));
    CHECK(w.role.due({acs_tests::simulated_start.seconds + 450}));
}

TEST_CASE("What a reply lacks is named, and nothing of it is shown or kept", "[sts]") {
    struct expectation {
        std::string text;
        std::string_view code, where;
    };
    for (auto const& [text, code, where] :
         {expectation{answer_with("AccessKeyId", R"("a":1)"), "process_failed", "Credentials.AccessKeyId"},
          {answer_with("AccessKeySecret", R"("AccessKeySecret":"")"), "process_failed", "Credentials.AccessKeySecret"},
          {answer_with("SecurityToken", R"("SecurityToken":null)"), "process_failed", "Credentials.SecurityToken"},
          {answer_with("Expiration", R"("Expiration":"2026-11-25T01:00:00+08:00")"), "process_failed", "Credentials.Expiration"},
          {answer_with("Expiration", R"("Expiration":"tomorrow")"), "process_failed", "Credentials.Expiration"},
          {"{}", "process_failed", "Credentials.AccessKeyId"},
          {answer_with("SecurityToken", R"("SecurityToken":")" + std::string(33, 't') + "\""), "no_space", "SecurityToken"},
          {answer_with("AccessKeySecret", R"("AccessKeySecret":")" + std::string(200, 't') + "\""), "no_space", "AccessKeySecret"}}) {
        INFO(text);
        world<acs::acs3_hmac_sha256, 32> w;
        w.gateway.answers().then(acs::testing::body(200, std::string(text)));
        auto const wrong = w.refresh();
        REQUIRE(wrong);
        CHECK(acs::name(wrong->code) == code);
        CHECK(wrong->where == where);
        CHECK((wrong->needed != 0) == (code == "no_space"));
        CHECK(wrong->status == 200);
        CHECK(wrong->delivery == acs::delivery::answered);
        CHECK(wrong->body.empty());
        CHECK(wrong->service.request_id.substr(0, 3) == "ACS");
        CHECK(wrong->history.attempts == 1);
        CHECK(w.id() == "none");
        auto const kept = w.box[0].answer().body;
        CHECK(std::all_of(kept.begin(), kept.end(), [](char c) { return c == '\0'; }));
    }
}

TEST_CASE("A refresh is tried again as any call that reads", "[sts]") {
    world<> w;
    unsigned calls = 0;
    w.gateway.answers().decide([&](std::string const&) {
        switch (++calls) {
            case 1: return acs::testing::reset_after();
            case 2: return acs::testing::throttle(700);
            case 3: return acs::testing::cut(20);
            default: return w.mint();
        }
    });
    CHECK_FALSE(w.refresh());
    CHECK(calls == 4);
    CHECK(w.id() == "STS.id1");
}

TEST_CASE("A clock that is off is corrected, for the refresh, the next one, and when it is due", "[sts]") {
    world<> w;
    w.http.seconds_ahead = -3600;
    w.gateway.answers().decide([&](std::string const&) {
        return acs::testing::body(200, acs_tests::session_json("STS.a", "s", "t", acs_tests::simulated_start));  // in an hour, for it
    });
    CHECK_FALSE(w.refresh());
    CHECK(w.gateway.record().size() == 2);
    CHECK(w.gateway.record()[0].verdict == "InvalidTimeStamp.Expired");
    CHECK_FALSE(w.role.due({acs_tests::simulated_start.seconds + 2699}));
    CHECK(w.role.due({acs_tests::simulated_start.seconds + 2700}));
    CHECK_FALSE(w.refresh());
    CHECK(w.gateway.record().size() == 3);
}

TEST_CASE("An input of a refresh that is not due changes nothing, and an answer that nobody waits for is not kept", "[sts]") {
    world<> w;
    acs::moment const now{.wall = acs_tests::simulated_start}, later{.wall = {now.wall.seconds + 1}, .now = {1'000}, .random = {7}};
    auto machine = w.role.refresh();
    std::string early(answer_text), late(answer_text);
    CHECK(machine.on_reply({200, {}, early}, now).what == acs::action::wait);
    CHECK(w.id() == "none");
    acs::step const due = machine.start(now);
    REQUIRE(due.what == acs::action::send);
    std::string const nonce(acs::find_field(machine.request().fields, "x-acs-signature-nonce"));
    CHECK(machine.start(later) == due);
    CHECK(acs::find_field(machine.request().fields, "x-acs-signature-nonce") == nonce);
    REQUIRE(machine.cancel().what == acs::action::failed);
    CHECK(machine.on_reply({200, {}, late}, later).what == acs::action::failed);
    CHECK(machine.start(later).what == acs::action::failed);
    CHECK(acs::name(machine.error().code) == "cancelled");
    CHECK(w.id() == "none");
}

TEST_CASE("When credentials expire is told by one's own clock, whatever it shows", "[sts]") {
    for (std::int64_t const ahead : {-3600, 0, 3600}) {
        world<> w({.clock_offset = -ahead});
        w.gateway.answers().decide([&](std::string const&) { return w.mint(); });
        acs::moment const now{.wall = {acs_tests::simulated_start.seconds + ahead}, .now = {}, .random = {7}};
        auto machine = w.role.refresh();
        REQUIRE(machine.start(now).what == acs::action::send);
        std::string body(answer_text);
        REQUIRE(machine.on_reply({200, {}, body}, now).what == acs::action::done);
        CHECK(w.role.expiry() == acs::wall_time{now.wall.seconds + 3600});
        CHECK(w.role.due({now.wall.seconds + 2700}));
        CHECK_FALSE(w.role.due({now.wall.seconds + 2699}));
    }
}

TEST_CASE("A refresh that was cancelled is due at once", "[sts]") {
    world<> w;
    w.gateway.answers().decide([&](std::string const&) { return w.mint(); });
    REQUIRE_FALSE(w.refresh());
    acs::moment const near_end{.wall = {w.role.expiry()->seconds - 60}};
    auto machine = w.role.refresh();
    REQUIRE(machine.start(near_end).what == acs::action::send);
    REQUIRE(machine.cancel().what == acs::action::failed);
    CHECK(w.role.due(near_end.wall));
    CHECK(w.id() == "STS.id1");
}

TEST_CASE("A refresh without a deadline may take as long as it likes", "[sts]") {
    world<> w({.retry = {.attempt_timeout_ms = 0, .deadline_ms = 0}});
    auto machine = w.role.refresh();
    CHECK(machine.start({.wall = acs_tests::simulated_start, .now = {1'000}}) == acs::step{acs::action::send, 0, {}});
}

TEST_CASE("A refresh whose own source has expired is not due again for a minute either", "[sts]") {
    world<> w;
    auto& answers = w.gateway.answers();
    answers.decide([&](std::string const&) { return w.mint(); });
    REQUIRE_FALSE(w.refresh());
    w.time.ms = 2700 * 1000 + 200;
    REQUIRE(w.role.due(w.time.wall()));
    answers.decide([](std::string const&) { return acs::testing::error(400, "InvalidSecurityToken.Expired", "Expired."); });
    auto const refused = w.refresh();
    REQUIRE(refused);
    CHECK(refused->history.why == acs::end_reason::no_credentials);
    CHECK(w.id() == "STS.id1");
    auto const at = w.time.wall();
    CHECK_FALSE(w.role.due({at.seconds + 59}));
    CHECK(w.role.due({at.seconds + 60}));
}

TEST_CASE("Without source credentials nothing is sent", "[sts]") {
    acs::static_credentials const nobody{acs::refuse(acs::errc::missing_credentials, "HERE")};
    acs::provided_signer const signer(nobody);
    acs::request_buffer<> memory;
    sts::assumed_role role(how, sts::endpoint(), signer, memory);
    auto machine = role.refresh();
    CHECK(machine.start({.wall = acs_tests::simulated_start}).what == acs::action::failed);
    CHECK(acs::name(machine.error().code) == "missing_credentials");
    CHECK(machine.error().where == "HERE");
    CHECK(machine.on_tick({}).what == acs::action::failed);
    CHECK_FALSE(role.current());
    CHECK(acs::name(role.current().error().code) == "missing_credentials");
}

TEST_CASE("A loop that calls back carries a refresh like any machine", "[sts]") {
    world<> w;
    w.gateway.answers().decide([&](std::string const&) { return w.mint(); });
    loop world_loop{&w};
    auto machine = w.role.refresh();
    acs::action last{};
    acs::callback_driver driver{machine, world_loop, w.box, [&](acs::step s) { last = s.what; }};
    driver.start();
    CHECK(last == acs::action::done);
    CHECK(w.id() == "STS.id1");
}

}  // namespace test_sts_assumed_role
