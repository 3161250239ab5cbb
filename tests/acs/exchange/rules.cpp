// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Every documented code x status x delivery x kind of operation, on the machine itself, against rules/retry.txt.
#include <acs/exchange/exchange.hpp>

#include <acs/core/history.hpp>
#include <acs/signing/unsigned.hpp>

#include <dataworks/errors.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/error_rows.hpp"
#include "support/retry_rules.hpp"

namespace test_exchange_rules {

using acs::action;
using acs::delivery;
using acs::errc;

namespace {

constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr acs::nobody unsigned_call{};
constexpr std::int64_t begin = 1'700'000'000;                               // 2023-11-14T22:13:20Z
constexpr acs::field server_date{"date", "Tue, 14 Nov 2023 23:13:20 GMT"};  // an hour later
constexpr acs::retry_policy policy{.max_attempts = 9, .first_wait_ms = 500, .max_wait_ms = 8000};

constexpr dataworks::query_di_sync_task_config_process_result reading{
    .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10};
constexpr dataworks::create_di_sync_task creating{.project_id = 10000, .task_type = "DI_OFFLINE", .task_content = "{}"};
constexpr dataworks::update_di_sync_task updating{.project_id = 10000, .task_type = "DI_OFFLINE", .file_id = 7, .task_content = "{}"};
constexpr std::array given_token{acs::param{"ClientToken", "mine", acs::place::query}};
constexpr acs::call any_call{"DeployFile", "2020-05-18"};
constexpr acs::call token_call{"CreateTable", "2020-05-18", given_token};
constexpr acs::call reading_call{.action = "ListFiles", .version = "2020-05-18", .reads = true};

/// What goes wrong in one row: an answer, or how the transport lost it.
struct trouble {
    std::uint16_t status{};  ///< 0: lost
    std::string code{};      ///< in the answer; empty: no body that says one
    bool asks{};             ///< the answer has x-acs-retry-after: 1500
    errc lost{};
    delivery how_far{delivery::answered};
    std::string flaw{};  ///< why a success can't be read
};

/// What a call did with it.
struct deed {
    std::string then{};
    std::uint32_t wait_ms{};
    std::uint16_t attempts{};
    std::uint32_t waited_ms{};
    delivery how_far{};
    bool is_over{};
    bool is_repeated_well{true};  ///< new date, nonce, and the client token of the first

    bool operator==(deed const&) const = default;
};

std::string client_token_of(acs::request const& r) {
    for (acs::param const& p : r.params)
        if (p.name == "ClientToken") return std::string(p.value);
    return {};
}

/// One call in its own world: the clock goes on by a second with every input.
template <class Op>
class trial {
public:
    explicit trial(Op const& op) : call_(op, host, unsigned_call, memory_, options()) {}

    acs::step start() { return seen(call_.start(now())); }

    acs::step meet(trouble const& t) {
        if (t.status == 0) {
            acs::failure f{};
            f.code = t.lost;
            f.origin = acs::origin::transport;
            f.delivery = t.how_far;
            return seen(call_.on_lost(f, now()));
        }
        std::vector<acs::field> fields{server_date};
        if (t.asks) fields.push_back({"x-acs-retry-after", "1500"});
        bool const is_refusal = t.status < 200 || t.status > 299;
        body_ = is_refusal ? R"({"RequestId":"r")" : R"({"Success":false,"RequestId":"r")";
        if (!t.code.empty()) body_ += (is_refusal ? R"(,"Code":")" : R"(,"ErrorCode":")") + t.code + '"';
        body_ += '}';
        if (is_refusal && t.code.empty()) body_ = "<html>Sorry</html>";
        if (!t.flaw.empty()) body_ = t.flaw == "wrong_type" ? R"({"Success":true,"Data":[7]})" : R"({"Success":true,"RequestId":"r"})";
        if (t.flaw == "html") body_ = "<html>Sorry</html>";
        if (t.flaw == "cut") body_.pop_back();
        if (t.flaw == "empty") body_.clear();
        if (t.flaw == "compressed") fields.push_back({"content-encoding", "gzip"});
        return seen(call_.on_reply({t.status, fields, body_}, now()));
    }

    /// Carries out a step, as the rules name it; then everything goes well.
    deed follow(acs::step const& s, trouble const& t) {
        deed d{};
        acs::step next = s;
        if (s.what == action::wait) {
            d.then = "retry";
            d.wait_ms = static_cast<std::uint32_t>(s.wait_ms(tick_));
            next = wait(s);
        } else if (s.what == action::refresh) {
            d.then = "refresh";
            next = seen(call_.on_credentials(unsigned_call, now()));
        } else if (s.what == action::send) {
            d.then = date_ == "2023-11-14T23:13" ? "clock" : "nonce";
        } else {
            d.then = s.what == action::done ? "done" : name_of_end(t);
        }
        if (next.what == action::send) {
            body_ = R"({"Success":true,"RequestId":"r"})";
            next = call_.on_reply({200, {}, body_}, now());
        }
        d.is_over = call_.is_over() && (next.what == action::done) == (s.what != action::failed);
        d.attempts = call_.history().attempts;
        d.waited_ms = call_.history().waited_ms;
        d.how_far = s.what == action::failed ? call_.error().delivery : delivery::answered;
        d.is_repeated_well = is_repeated_well_;
        return d;
    }

    acs::step wait(acs::step const& s) {
        tick_ = s.until;
        return seen(call_.on_tick(now(0)));
    }

private:
    static acs::exchange_options options() {
        acs::exchange_options o{.retry = policy};
        if constexpr (!acs::operation<Op>) o.codes = dataworks::error_codes;
        return o;
    }

    // No entropy is drawn to chance: the first four bytes, which become jitter, are zero; the last one counts.
    acs::moment now(std::uint64_t later_ms = 1000) {
        tick_.ms += later_ms;
        acs::moment m{.wall = {begin + static_cast<std::int64_t>(tick_.ms / 1000)}, .now = tick_};
        m.random[15] = ++count_;
        return m;
    }

    acs::step seen(acs::step const& s) {
        if (s.what != action::send) return s;
        acs::request const& r = call_.request();
        std::string const nonce(acs::find_field(r.fields, "x-acs-signature-nonce")), date(acs::find_field(r.fields, "x-acs-date"));
        std::string const token = client_token_of(r);
        if (!nonce_.empty()) is_repeated_well_ = is_repeated_well_ && nonce != nonce_ && date != whole_date_ && token == token_;
        nonce_ = nonce;
        whole_date_ = date;
        date_ = date.substr(0, 16);
        token_ = token;
        return s;
    }

    std::string name_of_end(trouble const& t) {
        acs::history const& h = call_.error().history;
        if (h.why == acs::end_reason::may_have_run) return h.may_have_run ? "unsafe" : "unsafe, but the history does not say so";
        if (h.why == acs::end_reason::final && (t.status == 0 || !t.flaw.empty()) && t.how_far != delivery::not_sent && !h.may_have_run)
            return "useless, but the history does not say that it may have run";
        if (h.why == acs::end_reason::final) return t.status != 0 && t.flaw.empty() ? "refused" : "useless";
        return std::string(message(h.why));
    }

    acs::request_buffer<> memory_{};
    acs::exchange<Op, acs::nobody> call_;
    acs::tick tick_{};
    std::uint8_t count_{};
    std::string body_{}, nonce_{}, date_{}, whole_date_{}, token_{};
    bool is_repeated_well_{true};
};

/// What the rules want; `earlier` attempts were lost before, and may have run.
deed expected(std::string const& then, trouble const& t, std::uint16_t earlier) {
    deed d{.then = then, .is_over = true};
    bool const again = then == "retry" || then == "nonce" || then == "clock" || then == "refresh";
    // Half of the wait is left to chance, and there is none: 250 ms, then 500 ms.
    if (then == "retry") d.wait_ms = t.asks ? 1500 : earlier == 0 ? 250 : 500;
    d.attempts = static_cast<std::uint16_t>(earlier + (again ? 2 : 1));
    d.waited_ms = d.wait_ms + (earlier != 0 ? 250 : 0);
    d.how_far = again || then == "done" || t.status != 0 ? delivery::answered : t.how_far;
    if (earlier != 0 && d.how_far == delivery::not_sent) d.how_far = delivery::unknown;
    return d;
}

std::string text_of(deed const& d) {
    return d.then + " after " + std::to_string(d.wait_ms) + " ms, " + std::to_string(d.attempts) + " attempts, waited " +
           std::to_string(d.waited_ms) + ", " + std::string(name(d.how_far)) + (d.is_over ? "" : ", not over") +
           (d.is_repeated_well ? "" : ", repeated badly");
}

/// Tries what can go wrong in a row of the table, with or without an attempt before it that was lost on the way.
class table {
public:
    void try_all(trouble const& t) {
        try_kind("typed, reads", "reads", reading, t);
        try_kind("typed, token", "token", creating, t);
        try_kind("typed, once", "once", updating, t);
        try_kind("untyped, reads", "reads", reading_call, t);
        try_kind("untyped, token", "token", token_call, t);
        try_kind("untyped, once", "once", any_call, t);
    }

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] acs_tests::retry_rules const& rules() const noexcept { return rules_; }

private:
    template <class Op>
    void try_kind(char const* what, std::string_view kind, Op const& op, trouble const& t) {
        std::string const row = "code '" + t.code + "' status " + std::to_string(t.status) + (t.asks ? " asks to wait" : "") + " " +
                                t.flaw + ", lost " + std::string(acs::name(t.lost)) + " " + std::string(acs::name(t.how_far)) + ", " + what;
        try_row(row, kind, op, t, 0);
        // An operation that must not run twice has no second attempt after a loss.
        if (kind != "once") try_row(row + ", after a loss", kind, op, t, 1);
    }

    template <class Op>
    void try_row(std::string const& row, std::string_view kind, Op const& op, trouble const& t, std::uint16_t earlier) {
        ++rows_;
        acs_tests::retry_rule const* const rule = rule_of(kind, t);
        if (rule == nullptr && !is_done(op, t)) {
            INFO(row);
            FAIL_CHECK("no rule");
            return;
        }
        trial<Op> call(op);
        acs::step s = call.start();
        if (earlier != 0) s = call.wait(call.meet({.lost = errc::receive_failed, .how_far = delivery::unknown}));
        if (s.what == action::send) s = call.meet(t);
        deed const did = call.follow(s, t);
        deed const due = expected(is_done(op, t) ? "done" : rule->then, t, earlier);
        if (did == due) return;
        INFO(row << "; rule in line " << (rule != nullptr ? rule->line : 0));
        CHECK(text_of(did) == text_of(due));
    }

    [[nodiscard]] acs_tests::retry_rule const* rule_of(std::string_view kind, trouble const& t) const {
        if (t.status == 0) return rules_.find("lost", acs::name(t.lost), acs::name(t.how_far), kind);
        if (!t.flaw.empty()) return rules_.find("unread", t.flaw, std::to_string(t.status), kind);
        return rules_.find(t.asks ? "asked" : "code", t.code, std::to_string(t.status), kind);
    }

    template <class Op>
    static bool is_done(Op const&, trouble const& t) {
        bool const is_read = t.flaw.empty() || t.flaw == "empty" || t.flaw == "wrong_type";
        return !acs::operation<Op> && t.status >= 200 && t.status < 300 && is_read;
    }

    acs_tests::retry_rules rules_{"rules/retry.txt"};
    std::size_t rows_{};
};

std::vector<acs_tests::error_row> documented() {
    std::vector<acs_tests::error_row> rows = acs_tests::error_rows("gateway");
    for (acs_tests::error_row& row : acs_tests::error_rows("dataworks")) rows.push_back(std::move(row));
    return rows;
}

constexpr std::array<std::uint16_t, 10> statuses{200, 302, 400, 403, 404, 429, 500, 502, 503, 504};
constexpr std::array losses{errc::insecure_transport, errc::resolve_failed, errc::connect_failed,   errc::tls_failed,
                            errc::send_failed,        errc::receive_failed, errc::timed_out,        errc::request_too_large,
                            errc::reply_too_large,    errc::redirected,     errc::transport_failed, errc::cancelled};

}  // namespace

TEST_CASE("every documented code x status x delivery x kind of operation does what the rules say", "[exchange]") {
    table all;
    std::vector<std::string> codes{"", "Unheard.Of"};
    for (acs_tests::error_row const& row : documented()) codes.push_back(row.code);
    for (std::string const& code : codes)
        for (std::uint16_t const status : statuses)
            for (bool const asks : {false, true}) all.try_all({.status = status, .code = code, .asks = asks});
    for (errc const lost : losses)
        for (delivery const how_far : {delivery::not_sent, delivery::unknown, delivery::answered})
            all.try_all({.lost = lost, .how_far = how_far});
    for (char const* const flaw : {"cut", "html", "empty", "compressed", "wrong_type"}) all.try_all({.status = 200, .flaw = flaw});
    CHECK(codes.size() == 2 + 50 + 128);
    INFO(all.rows() << " rows");
    CHECK(all.rows() == (180 * 10 * 2 + 12 * 3 + 5) * 10);
    for (acs_tests::retry_rule const& rule : all.rules().all()) {
        INFO("the rule in line " << rule.line << " decides nothing");
        CHECK(rule.used != 0);
    }
}

TEST_CASE("the rules name every documented code, and repeat those that the service's pages repeat", "[exchange]") {
    acs_tests::retry_rules const rules("rules/retry.txt");
    for (acs_tests::error_row const& row : documented()) {
        INFO(row.code);
        acs_tests::retry_rule const* const rule = rules.find("code", row.code, "400", "reads");
        REQUIRE(rule != nullptr);
        CHECK(rule->subject != "*");
        CHECK(row.retry == (rule->then != "refused"));
    }
}

}  // namespace test_exchange_rules
