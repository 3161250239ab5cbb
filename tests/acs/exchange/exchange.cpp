// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/exchange/exchange.hpp>

#include <acs/core/history.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/signing/unsigned.hpp>

#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include <acs/testing/gateway.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/string_sink.hpp"

namespace test_exchange_exchange {

using acs::action;
using acs::errc;
using acs::step;

namespace {

using query = dataworks::query_di_sync_task_config_process_result;
using create = dataworks::create_di_sync_task;
using update = dataworks::update_di_sync_task;
using signer = acs::acs3_hmac_sha256;

constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr query asking{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10};
constexpr create creating{.project_id = 10000, .task_type = "DI_OFFLINE", .task_content = "{}"};

/// 2023-11-14T22:13:20Z and so much later, with entropy of which the first bytes, that become jitter, are zero.
constexpr acs::moment at(std::uint64_t ms, std::uint8_t number) {
    acs::moment m{.wall = {1'700'000'000 + static_cast<std::int64_t>(ms / 1000)}, .now = {ms}};
    m.random[15] = number;
    return m;
}

/// An answer that may be changed, as typed decoding does.
template <std::size_t Size>
struct answer_text {
    std::array<char, Size> text{};
    constexpr answer_text(char const (&source)[Size + 1]) { std::copy_n(source, Size, text.begin()); }
};
template <std::size_t Size>
answer_text(char const (&)[Size]) -> answer_text<Size - 1>;

constexpr bool is_sent(step const& s) { return s == step{action::send, 30'000, {}}; }
constexpr bool is_wait(step const& s, std::uint64_t until) { return s == step{action::wait, 0, {until}}; }

/// 503, then throttled for 1500 ms, then success: the steps, the waits to the millisecond, and the reply.
constexpr bool whole_run() {
    signer const who(acs::credentials{"testid", "testsecret"});
    acs::request_buffer<1024, 16, 8> memory;
    acs::exchange call{asking, host, who, memory};
    std::array<char, 64> first{}, second{};
    auto const signature = [&] {
        std::string_view const proof = acs::find_field(call.request().fields, "authorization");
        return proof.substr(proof.size() - 64);
    };

    if (!is_sent(call.start(at(0, 1)))) return false;
    std::copy_n(signature().data(), 64, first.data());
    answer_text fault(R"({"Code":"ServiceUnavailable"})");
    // Half of 500 ms, and none of the other half, which is left to chance.
    if (!is_wait(call.on_reply({503, {}, fault.text}, at(50, 2)), 300)) return false;
    if (!is_wait(call.on_tick(at(299, 3)), 300)) return false;

    if (!is_sent(call.on_tick(at(300, 4)))) return false;
    std::copy_n(signature().data(), 64, second.data());
    answer_text throttled(R"({"Code":"Throttling.User"})");
    std::array const asks{acs::field{"x-acs-retry-after", "1500"}};
    if (!is_wait(call.on_reply({400, asks, throttled.text}, at(400, 5)), 1900)) return false;

    if (!is_sent(call.on_tick(at(1900, 6)))) return false;
    if (signature() == std::string_view(first.data(), 64) || signature() == std::string_view(second.data(), 64)) return false;
    answer_text good(R"({"RequestId":"r-3","Success":true,"Data":{"Status":"success","TaskContent":"{\"a\":1}"}})");
    if (call.on_reply({200, {}, good.text}, at(2000, 7)).what != action::done) return false;

    acs::history const& h = call.history();
    return call.is_over() && call.reply().request_id == "r-3" && call.reply().data.task_content == R"({"a":1})" && h.attempts == 3 &&
           h.waited_ms == 250 + 1500 && h.may_have_run && h.why == acs::end_reason::none;
}
static_assert(whole_run());

/// Fails for good: the history is in the failure.
constexpr bool whole_failure() {
    acs::nobody const who;
    acs::request_buffer<512, 16, 8> memory;
    acs::exchange call{asking, host, who, memory, {.retry = {.max_attempts = 2, .attempt_timeout_ms = 0, .deadline_ms = 0}}};
    acs::failure lost{};
    lost.code = errc::connect_failed;
    lost.origin = acs::origin::transport;
    if (call.start(at(0, 1)) != step{action::send, 0, {}}) return false;
    if (!is_wait(call.on_lost(lost, at(10, 2)), 260)) return false;
    if (call.on_tick(at(260, 3)) != step{action::send, 0, {}}) return false;
    if (call.on_lost(lost, at(270, 4)).what != action::failed) return false;
    acs::failure const& f = call.error();
    return f.code == errc::connect_failed && f.delivery == acs::delivery::not_sent && f.history.attempts == 2 &&
           f.history.waited_ms == 250 && !f.history.may_have_run && f.history.why == acs::end_reason::attempts;
}
static_assert(whole_failure());

}  // namespace

namespace {

template <class Op>
constexpr std::size_t beside = sizeof(acs::exchange<Op, signer>) - sizeof(Op) - sizeof(acs::reply_of<Op>);
static_assert(beside<query> <= 512 && beside<create> <= 512 && beside<update> <= 512 && beside<acs::call> <= 512);

// Of an answer in which there are no arrays no byte is read to measure them: this one has none that could be.
constexpr std::size_t measured_unread() {
    std::array<char, 8> body;
    return acs::exchange<query, signer>::arrays_size({200, {}, body});
}
static_assert(measured_unread() == 0);

template <class Op>
void print_size(char const* what) {
    std::printf("size: exchange of %s: %zu bytes beside its operation (%zu) and reply (%zu)\n", what, beside<Op>, sizeof(Op),
                sizeof(acs::reply_of<Op>));
}

/// What one attempt puts on the wire.
struct attempt {
    std::string date{}, nonce{}, proof{}, token{}, body{}, verdict{};
};

/// Sends a call four times through losses, and keeps what went out; the gateway says whether it takes each of them.
template <class Op, class Signer>
std::vector<attempt> four_attempts(Op const& op, Signer const& who, acs::testing::gateway& gateway, acs::exchange_options const& options) {
    acs::request_buffer<4096> memory;
    acs::exchange call{op, host, who, memory, options};
    std::vector<attempt> all;
    std::uint8_t number = 0;
    std::uint64_t ms = 0;
    for (step s = call.start(at(ms, ++number)); s.what != action::failed;) {
        if (s.what == action::wait) {
            ms = s.until.ms + 1000;  // whoever sleeps, sleeps longer
            s = call.on_tick(at(ms, ++number));
            continue;
        }
        REQUIRE(s.what == action::send);
        acs::request const& r = call.request();
        std::string const body = acs_tests::written([&](auto& out) { r.body.write_to(out); });
        gateway.set_time(at(ms, 0).wall);
        auto const answer = gateway.handle(name(r.verb), r.target, r.fields, body);
        acs::testing::received const& seen = gateway.record().back().request;
        auto const either = [&](char const* field, char const* param) {
            std::string text(seen.field_of(field));
            return text.empty() ? std::string(seen.param_of(param).value_or(std::string_view())) : text;
        };
        all.push_back({either("x-acs-date", "Timestamp"), either("x-acs-signature-nonce", "SignatureNonce"),
                       either("authorization", "Signature"), std::string(seen.param_of("ClientToken").value_or(std::string_view())),
                       std::string(seen.param_of("TaskContent").value_or(std::string_view())), gateway.record().back().verdict});
        acs::failure lost{};
        lost.code = errc::receive_failed;
        lost.origin = acs::origin::transport;
        lost.delivery = acs::delivery::unknown;
        s = call.on_lost(lost, at(ms, ++number));
    }
    CHECK(call.error().history.attempts == all.size());
    return all;
}

void check_attempts(std::vector<attempt> const& all, std::string_view token) {
    REQUIRE(all.size() == 4);
    std::set<std::string> dates, nonces, proofs;
    for (attempt const& a : all) {
        CHECK(a.verdict == "accepted");
        CHECK(a.token == token);
        CHECK(a.body == creating.task_content);
        dates.insert(a.date);
        nonces.insert(a.nonce);
        proofs.insert(a.proof);
    }
    CHECK(dates.size() == 4);
    CHECK(nonces.size() == 4);
    CHECK(proofs.size() == 4);
}

}  // namespace

TEST_CASE("each attempt has a date, a nonce and a signature of its own, and the client token of the first", "[exchange]") {
    // 32 digits of the start's entropy, every bit of it turned over.
    std::string const from_entropy = "fffffffffffffffffffffffffffffffe";
    acs::credentials const key{"testid", "testsecret"};
    SECTION("ACS3, a token from the entropy") {
        acs::testing::gateway gateway;
        gateway.serve<create>();
        check_attempts(four_attempts(creating, signer(key), gateway, {}), from_entropy);
        CHECK(gateway.executed("CreateDISyncTask") == 1);
    }
    SECTION("ACS3, the operation's own token, whatever the options say") {
        create given = creating;
        given.client_token = "mine";
        acs::testing::gateway gateway;
        gateway.serve<create>();
        check_attempts(four_attempts(given, signer(key), gateway, {.prepare = {.client_token = "theirs"}}), "mine");
        CHECK(gateway.executed("CreateDISyncTask") == 1);
    }
    SECTION("ACS3, a token in the options") {
        acs::testing::gateway gateway;
        gateway.serve<create>();
        check_attempts(four_attempts(creating, signer(key), gateway, {.prepare = {.client_token = "theirs"}}), "theirs");
    }
    SECTION("RPC 1.0") {
        acs::testing::gateway gateway;
        gateway.serve<create>();
        check_attempts(four_attempts(creating, acs::rpc_hmac_sha1(key), gateway, {}), from_entropy);
        CHECK(gateway.executed("CreateDISyncTask") == 1);
    }
}

TEST_CASE("two calls from two moments have two client tokens", "[exchange]") {
    acs::nobody const who;
    std::set<std::string> tokens;
    for (std::uint8_t number = 1; number <= 3; ++number) {
        acs::request_buffer<> memory;
        acs::exchange call{creating, host, who, memory};
        call.start(at(0, number));
        for (acs::param const& p : call.request().params)
            if (p.name == "ClientToken") tokens.insert(std::string(p.value));
        std::string const nonce(acs::find_field(call.request().fields, "x-acs-signature-nonce"));
        CHECK(tokens.count(nonce) == 0);
    }
    CHECK(tokens.size() == 3);
}

TEST_CASE("an exchange can be copied before it starts, and keeps its own client token", "[exchange]") {
    acs::nobody const who;
    acs::request_buffer<> memory;
    acs::exchange const fresh{creating, host, who, memory};
    acs::exchange call = fresh;
    call.start(at(0, 1));
    CHECK(call.request().target.find("ClientToken=fffffffffffffffffffffffffffffffe") != std::string_view::npos);
    CHECK(fresh.due().what == action::wait);
    CHECK_FALSE(fresh.has_begun());
}

TEST_CASE("the codes of a product come from the operation, or from the options of an untyped call", "[exchange]") {
    acs::nobody const who;
    constexpr std::array rows{acs::code_row{"My.Code", acs::error_class::server, acs::remedy::backoff, true}};
    acs::call const any{.action = "ListFiles", .version = "2020-05-18", .reads = true};
    auto const next = [&](auto const& op, std::span<acs::code_row const> codes, std::string body) {
        acs::request_buffer<> memory;
        acs::exchange call{op, host, who, memory, {.codes = codes}};
        call.start(at(0, 1));
        return call.on_reply({400, {}, body}, at(10, 2)).what;
    };
    CHECK(next(any, rows, R"({"Code":"My.Code"})") == action::wait);
    CHECK(next(any, {}, R"({"Code":"My.Code"})") == action::failed);
    CHECK(next(asking, rows, R"({"Code":"My.Code"})") == action::wait);
    CHECK(next(any, {}, R"({"Code":"UNKNOWN.ERROR"})") == action::failed);
    CHECK(next(asking, {}, R"({"Code":"UNKNOWN.ERROR"})") == action::wait);
}

TEST_CASE("the memory for a request may be too small, and the call says how much it takes", "[exchange]") {
    signer const who(acs::credentials{"testid", "testsecret"});
    acs::request_buffer<16, 16, 8> memory;
    acs::exchange call{asking, host, who, memory};
    CHECK(call.start(at(0, 1)).what == action::failed);
    CHECK(call.error().code == errc::no_space);
    CHECK(call.error().needed > 16);
    CHECK(call.error().history.attempts == 0);
    CHECK(call.error().history.why == acs::end_reason::final);
}

TEST_CASE("what was learnt of the clock can make a date that can't be written: the call fails", "[exchange]") {
    acs::nobody const who;
    acs::request_buffer<> memory;
    for (std::int64_t const offset : {INT64_MAX, INT64_MIN, std::int64_t{-1'700'000'001}, std::int64_t{253'402'300'800}}) {
        acs::exchange call{asking, host, who, memory, {.clock_offset = offset}};
        CHECK(call.start(at(0, 1)).what == action::failed);
        CHECK(call.error().code == errc::invalid_time);
    }
}

TEST_CASE("a whole call takes no memory from the heap", "[exchange]") {
    signer const who(acs::credentials{"testid", "testsecret"});
    std::string body = R"({"Code":"ServiceUnavailable"})", good = R"({"RequestId":"r","Success":true})";
    acs_tests::no_allocations watch;
    acs::request_buffer<> memory;
    acs::exchange call{creating, host, who, memory};
    step s = call.start(at(0, 1));
    s = call.on_reply({503, {}, body}, at(10, 2));
    s = call.on_tick(at(s.until.ms, 3));
    s = call.on_reply({200, {}, good}, at(5000, 4));
    watch.check();
    CHECK(s.what == action::done);
}

TEST_CASE("the sizes of an exchange", "[exchange]") {
    std::puts("");
    print_size<query>("QueryDISyncTaskConfigProcessResult");
    print_size<create>("CreateDISyncTask");
    print_size<update>("UpdateDISyncTask");
    print_size<acs::call>("an untyped call");
    std::printf("size: a budget: %zu bytes, and 4 for each call of a day\n", sizeof(acs::call_budget));
    CHECK(acs::exchange_overhead<query, signer> == beside<query>);
    CHECK(acs::exchange_overhead<query, signer> <= 512);
    CHECK(sizeof(acs::call_budget) <= 64);
}

}  // namespace test_exchange_exchange
