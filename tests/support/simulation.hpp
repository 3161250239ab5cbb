// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Worlds in which a few jobs share a gateway, a budget and a process, and everything goes wrong that can: on simulated time, from one
// number each. A world looks at nothing but what a caller and the service would see, and throws `broken` where that breaks a promise.
#ifndef ACS_TESTS_SUPPORT_SIMULATION_HPP
#define ACS_TESTS_SUPPORT_SIMULATION_HPP

#include <acs/client/reply_buffer.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/json/find.hpp>
#include <acs/json/value.hpp>
#include <acs/testing/gateway.hpp>
#include <dataworks/workflow/job.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/string_sink.hpp"

namespace acs_tests::simulation {

namespace t = acs::testing;

/// A promise that was not kept.
struct broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};
inline void require(bool kept, std::string const& promise) {
    if (!kept) throw broken(promise);
}

/// Numbers from one number (splitmix64).
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed * 0xD134'2543'DE82'EF95U + 1) {}

    std::uint64_t next() {
        std::uint64_t x = state_ += 0x9E37'79B9'7F4A'7C15U;
        x = (x ^ x >> 30) * 0xBF58'476D'1CE4'E5B9U;
        x = (x ^ x >> 27) * 0x94D0'49BB'1331'11EBU;
        return x ^ x >> 31;
    }
    std::uint64_t below(std::uint64_t n) { return next() % n; }
    std::uint64_t from(std::uint64_t least, std::uint64_t most) { return least + below(most - least + 1); }
    bool percent(std::uint64_t p) { return below(100) < p; }
    template <class T>
    T one_of(std::initializer_list<T> list) {
        return list.begin()[below(list.size())];
    }

private:
    std::uint64_t state_;
};

/// What may go wrong with a request, at the gateway or on the way to it.
enum class fault : std::uint8_t {
    none,
    throttled,        // with a wait
    throttled_blank,  // without one
    internal_error,   // 500
    bad_gateway,      // 502
    unavailable,      // 503
    gateway_timeout,  // 504
    html,
    xml,
    garbage,
    cut,
    stall,
    reset_before,
    reset_after,
    drip,
    odd,
    nonce_used,
    token_expired,
    clock_refused,
    no_connection,  // certainly not sent
    lost,           // perhaps sent, and not arrived
    empty,          // {}, and carried out
    unsuccessful,   // from here on they end the job
    failed,
    forbidden,
    daily_limit,
    redirect,
    count
};

/// What happened in some worlds.
struct tally {
    std::uint64_t worlds{}, jobs{}, sends{}, crashes{}, resumes{}, done{};
    std::array<std::uint64_t, 10> ends{};  ///< by acs::end_reason, of jobs that failed
    std::array<std::uint64_t, static_cast<std::size_t>(fault::count)> faults{};
    std::uint64_t created{}, updated{}, repeated{};  ///< `repeated`: carried again, and known again by the token
};

/// A job of either kind, in one process.
struct runner {
    acs::request_buffer<8192> memory{};
    std::array<acs::reply_buffer<4096>, 2> boxes{};

    virtual ~runner() = default;
    virtual acs::step start(acs::moment const&) = 0;
    virtual acs::step resume(dataworks::checkpoint const&, acs::moment const&) = 0;
    virtual acs::step take(acs::result<void> const&, acs::moment const&) = 0;
    virtual acs::step tick(acs::moment const&) = 0;
    virtual acs::step credentials(acs::acs3_hmac_sha256 const*, acs::moment const&) = 0;
    virtual acs::step cancel() = 0;
    [[nodiscard]] virtual acs::step due() const = 0;
    [[nodiscard]] virtual acs::result<void> carry(t::gateway&) = 0;
    [[nodiscard]] virtual std::uint64_t most_calls(acs::tick) const = 0;
    [[nodiscard]] virtual dataworks::job_progress progress() const = 0;
    [[nodiscard]] virtual dataworks::leftover left() const = 0;
    [[nodiscard]] virtual dataworks::checkpoint save(acs::moment const&) const = 0;
    [[nodiscard]] virtual acs::history const& history() const = 0;
    [[nodiscard]] virtual acs::failure const& error() const = 0;
};

template <class Plan>
struct runner_of final : runner {
    dataworks::job<Plan, acs::acs3_hmac_sha256> job;

    runner_of(Plan const& plan, acs::acs3_hmac_sha256 const& who, acs::exchange_options const& options, dataworks::job_pace const& pace)
        : job(plan, acs::endpoint{.host = "dataworks.cn-shanghai.aliyuncs.com"}, who, memory, options, pace) {}

    auto& box() { return boxes[job.holds_answer() ? 1 : 0]; }
    acs::step start(acs::moment const& now) override { return job.start(now); }
    acs::step resume(dataworks::checkpoint const& c, acs::moment const& now) override { return job.resume(c, now); }
    acs::step take(acs::result<void> const& carried, acs::moment const& now) override {
        return carried ? job.on_reply(box().answer(), now) : job.on_lost(carried.error(), now);
    }
    acs::step tick(acs::moment const& now) override { return job.on_tick(now); }
    acs::step credentials(acs::acs3_hmac_sha256 const* who, acs::moment const& now) override {
        return who != nullptr ? job.on_credentials(*who, now) : job.on_no_credentials();
    }
    acs::step cancel() override { return job.cancel(); }
    [[nodiscard]] acs::step due() const override { return job.due(); }
    [[nodiscard]] acs::result<void> carry(t::gateway& g) override { return g.perform(job.request(), box()); }
    [[nodiscard]] std::uint64_t most_calls(acs::tick now) const override { return job.most_calls(now); }
    [[nodiscard]] dataworks::job_progress progress() const override { return job.progress(); }
    [[nodiscard]] dataworks::leftover left() const override { return job.left_running(); }
    [[nodiscard]] dataworks::checkpoint save(acs::moment const& now) const override { return job.save(now); }
    [[nodiscard]] acs::history const& history() const override { return job.history(); }
    [[nodiscard]] acs::failure const& error() const override { return job.error(); }
};

/// The configuration that the documented sample brings.
inline std::string const& sample_content() {
    static std::string const content = [] {
        auto const token = acs::find_json(t::samples::query_result, "Data.TaskContent");
        std::string text(token->text);
        text.resize(acs::json_unescape(text, text.data()));
        return text;
    }();
    return content;
}

class world {
public:
    world(std::uint64_t seed, tally& counts) : dice_(seed), counts_(counts) {
        gateway_
            .serve<dataworks::generate_di_sync_task_config_for_creating, dataworks::generate_di_sync_task_config_for_updating,
                   dataworks::query_di_sync_task_config_process_result, dataworks::create_di_sync_task, dataworks::update_di_sync_task>();
        gateway_.answers().decide([this](std::string const& action) { return decide(action); });
    }

    /// Lives until every job has ended.
    void run() {
        choose_rules();
        begin_process();
        for (agent& a : agents_)
            if (a.checkpoint.empty()) begin(a);  // a crash may have begun it
        for (std::uint64_t events = 0;; ++events) {
            require(events < 20'000, "every job ends");
            agent* next = nullptr;
            for (agent& a : agents_)
                if (!a.over && (next == nullptr || a.at_ms < next->at_ms)) next = &a;
            if (next == nullptr) break;
            now_ms_ = std::max(now_ms_, next->at_ms);
            if (dice_.below(1000) < crash_permille_)
                crash();
            else if (dice_.below(1000) < cancel_permille_)
                input(*next, [&] { next->job->cancel(); });
            else
                handle(*next);
        }
        check_budget();
        ++counts_.worlds;
        counts_.jobs += agents_.size();
    }

private:
    struct agent {
        dataworks::new_sync_task creation{};
        dataworks::changed_sync_task change{};
        bool creates{}, batch{};
        std::string name{}, content{};
        std::uint32_t pending{};  // answers before the process is ready
        acs::exchange_options options{};
        dataworks::job_pace pace{};

        std::unique_ptr<runner> job{};
        std::string checkpoint{};
        std::uint64_t begun_ms{}, at_ms{}, stored_ms{}, hidden_ms{};
        bool in_flight{}, over{}, set_back{}, generation_failed{}, finish_failed{};
        acs::result<void> carried{};
        std::uint64_t sent{}, bound{};  // in this process
        std::size_t generated{}, finished{};
    };

    [[nodiscard]] acs::tick tick() const { return {origin_ + now_ms_}; }
    [[nodiscard]] acs::wall_time true_wall() const { return {1'700'000'000 + static_cast<std::int64_t>(now_ms_ / 1000)}; }
    [[nodiscard]] acs::moment moment() {
        acs::moment m{.wall = {true_wall().seconds + skew_}, .now = tick()};
        for (std::size_t i = 0; i < 16; i += 8) {
            std::uint64_t x = dice_.next();
            for (std::size_t k = 0; k < 8; ++k, x >>= 8) m.random[i + k] = static_cast<std::uint8_t>(x);
        }
        return m;
    }

    void choose_rules() {
        fault_percent_ = dice_.one_of<std::uint64_t>({0, 5, 20, 40, 70});
        fatal_percent_ = dice_.one_of<std::uint64_t>({0, 2, 10});
        crash_permille_ = dice_.one_of<std::uint64_t>({0, 0, 20, 100});
        cancel_permille_ = dice_.one_of<std::uint64_t>({0, 0, 0, 30});
        skew_ = dice_.percent(70) ? 0 : static_cast<std::int64_t>(dice_.below(400'000)) - 200'000;
        keeps_time_ = dice_.percent(90);
        has_budget_ = dice_.percent(80);
        limits_ = {.per_second = dice_.one_of<std::uint32_t>({0, 1, 2, 5, 5}),
                   .per_day = dice_.one_of<std::uint32_t>({0, 0, 3, 12, 40, 100, 100})};
        log_.resize(std::max<std::size_t>(std::max(limits_.per_second, limits_.per_day), 1));
        if (dice_.percent(10)) log_.resize(static_cast<std::size_t>(dice_.from(1, log_.size())));

        auto const jobs = static_cast<std::size_t>(dice_.from(1, 6));
        for (std::size_t i = 0; i < jobs; ++i) {
            agent& a = agents_.emplace_back();
            a.creates = dice_.percent(60);
            a.batch = dice_.percent(20);
            a.name = "task " + std::to_string(i);
            a.content = a.batch ? R"({"type":"job","of":")" + a.name + "\"}" : sample_content();
            a.pending = static_cast<std::uint32_t>(dice_.percent(90) ? dice_.below(6) : dice_.below(60));
            std::string_view const type = a.batch ? dataworks::task_type::di_offline : dataworks::task_type::di_realtime;
            std::string_view const own = a.batch ? std::string_view(a.content) : std::string_view();
            std::string_view const param = a.batch ? std::string_view() : R"({"reader":"m","writer":"h"})";
            a.creation = {.project_id = 10000,
                          .task_type = type,
                          .task_name = a.name,
                          .source_and_target = param,
                          .task_content = own,
                          .task_param = R"({"FileFolderPath":"x"})"};
            a.change = {.project_id = 10000,
                        .task_type = type,
                        .task_id = 1000 + static_cast<std::int64_t>(i),
                        .file_id = 1000 + static_cast<std::int64_t>(i),
                        .source_and_target = param,
                        .task_content = own};
            a.options.retry = {.max_attempts = static_cast<std::uint16_t>(dice_.from(1, 6)),
                               .first_wait_ms = dice_.one_of<std::uint32_t>({0, 1, 500, 5000}),
                               .max_wait_ms = dice_.one_of<std::uint32_t>({0, 20'000, UINT32_MAX}),
                               .max_asked_wait_ms = dice_.one_of<std::uint32_t>({0, 60'000, UINT32_MAX}),
                               .attempt_timeout_ms = dice_.one_of<std::uint32_t>({0, 1000, 30'000})};
            a.pace = {.first_wait_ms = dice_.one_of<std::uint32_t>({0, 3000, 20'000}),
                      .growth_percent = dice_.one_of<std::uint32_t>({0, 100, 150, 400}),
                      .max_wait_ms = dice_.one_of<std::uint32_t>({1000, 60'000, 600'000}),
                      .deadline_ms = dice_.one_of<std::uint32_t>({5'000, 60'000, 1'800'000, 1'800'000, 43'200'000, 259'200'000, 0})};
        }
    }

    /// Another process: its ticks have an origin of their own, its budget knows nothing, and its jobs are not begun.
    void begin_process() {
        origin_ = dice_.one_of<std::uint64_t>({0, dice_.below(1U << 20), 0xFFFF'FFFFU - dice_.below(100'000), dice_.next() >> 8});
        budget_.emplace(limits_, log_);
        for (agent& a : agents_) {
            a.options.budget = has_budget_ ? &*budget_ : nullptr;
            a.in_flight = false;
            a.sent = 0;
            a.job.reset();
            if (a.over) continue;
            if (a.creates)
                a.job = std::make_unique<runner_of<dataworks::new_sync_task>>(a.creation, who_, a.options, a.pace);
            else
                a.job = std::make_unique<runner_of<dataworks::changed_sync_task>>(a.change, who_, a.options, a.pace);
        }
    }

    void begin(agent& a) {
        a.begun_ms = now_ms_;
        a.bound = a.job->most_calls(tick());
        a.job->start(moment());
        settle(a);
    }

    /// The process dies: answers on their way are lost, and all goes on from what was stored.
    void crash() {
        ++counts_.crashes;
        ++crashes_;
        std::uint64_t const down = dice_.one_of<std::uint64_t>({0, 1, dice_.below(2'000), dice_.below(3'600'000), dice_.below(90'000'000)});
        now_ms_ += down;
        if (dice_.percent(10)) {  // the clock was set back
            skew_ -= static_cast<std::int64_t>(dice_.below(7'200));
            for (agent& a : agents_) a.set_back = true;
        }
        begin_process();
        auto const last = dataworks::read_checkpoint(last_stored_);
        require(last.has_value(), "what was stored is read again");
        dataworks::restore(*budget_, *last, moment());
        std::uint64_t const process = crashes_;
        for (agent& a : agents_) {
            if (process != crashes_) return;  // it died again before all of them went on
            if (a.over) continue;
            if (a.checkpoint.empty()) {
                begin(a);
                continue;
            }
            ++counts_.resumes;
            auto const from = dataworks::read_checkpoint(a.checkpoint);
            require(from.has_value(), "what was stored is read again");
            a.bound = a.job->most_calls(tick());
            a.job->resume(*from, moment());
            settle(a);
        }
    }

    template <class Input>
    void input(agent& a, Input what) {
        what();
        a.in_flight = false;
        settle(a);
    }

    void handle(agent& a) {
        acs::step const s = a.job->due();
        switch (s.what) {
            case acs::action::send:
                if (a.in_flight) return input(a, [&] { a.job->take(a.carried, moment()); });
                return carry(a, s);
            case acs::action::wait: return input(a, [&] { a.job->tick(moment()); });
            case acs::action::refresh: return input(a, [&] { a.job->credentials(dice_.percent(70) ? &renewed_ : nullptr, moment()); });
            case acs::action::done:
            case acs::action::failed: break;
        }
        throw broken("a job that is over is left alone");
    }

    /// Stores what another process needs, and plans when the step that is due is carried out.
    void settle(agent& a) {
        acs::step const s = a.job->due();
        a.checkpoint = last_stored_ = written([&](auto& out) { dataworks::write_checkpoint(a.job->save(moment()), out); });
        if (a.set_back) a.hidden_ms += now_ms_ - a.stored_ms;
        a.set_back = false;
        a.stored_ms = now_ms_;
        require(a.checkpoint.size() < 400, "a checkpoint is short");
        switch (s.what) {
            case acs::action::send:
            case acs::action::refresh: a.at_ms = now_ms_; break;
            case acs::action::wait: {
                require(s.until >= tick(), "a wait is never negative");
                std::uint64_t const ms = s.wait_ms(tick());
                std::uint64_t const left = a.pace.deadline_ms != 0 ? a.pace.deadline_ms : UINT64_MAX;
                require(ms < left, "a wait ends before the deadline");
                require(ms <= 2 * std::uint64_t{UINT32_MAX}, "a wait does not overflow");
                a.bound = std::min(a.bound, saturated(a.sent, a.job->most_calls(tick())));
                a.at_ms = now_ms_ + (dice_.percent(5) ? ms / 2 : dice_.percent(5) ? ms + dice_.below(3'000) : ms);
                break;
            }
            case acs::action::done:
            case acs::action::failed:
                if (crash_permille_ != 0 && dice_.percent(3) && ++late_crashes_ < 5) return crash();  // before anybody has noticed
                end(a, s.what == acs::action::done);
                break;
        }
    }

    [[nodiscard]] static std::uint64_t saturated(std::uint64_t a, std::uint64_t b) { return b > UINT64_MAX - a ? UINT64_MAX : a + b; }

    /// The request that is due goes out. What it does at the gateway is seen by what the gateway carried out before and after.
    void carry(agent& a, acs::step const& s) {
        ++counts_.sends;
        ++a.sent;
        sends_.push_back(now_ms_);
        require(a.sent <= a.bound, "a job makes no more calls than it said");
        // Wall time is in whole seconds, and a clock that was set back hides how long it is since the checkpoint was stored.
        std::uint64_t const unknown = 1'000 * (1 + crashes_) + a.hidden_ms;
        if (a.pace.deadline_ms != 0) require(now_ms_ - a.begun_ms < a.pace.deadline_ms + unknown, "nothing is sent after the deadline");
        fault_ = choose_fault();
        ++counts_.faults[static_cast<std::size_t>(fault_)];
        asking_ = &a;
        if (keeps_time_) gateway_.set_time(true_wall());
        std::string_view const generating = a.creates ? "GenerateDISyncTaskConfigForCreating" : "GenerateDISyncTaskConfigForUpdating";
        std::string_view const finishing = a.creates ? "CreateDISyncTask" : "UpdateDISyncTask";
        std::size_t const generated = gateway_.executed(generating), finished = gateway_.executed(finishing);
        std::uint64_t answered = dice_.percent(95) ? dice_.below(400) : dice_.below(60'000);
        acs::failure f{};
        f.origin = acs::origin::transport;
        if (fault_ == fault::no_connection || fault_ == fault::lost) {
            f.code = fault_ == fault::lost ? acs::errc::send_failed : acs::errc::connect_failed;
            f.delivery = fault_ == fault::lost ? acs::delivery::unknown : acs::delivery::not_sent;
            a.carried = f;
        } else {
            a.carried = a.job->carry(gateway_);
            if (!a.carried && a.carried.error().code == acs::errc::timed_out) answered = s.timeout_ms != 0 ? s.timeout_ms : 60'000;
            t::seen const& entry = gateway_.record().back();
            if (entry.action == finishing && entry.verdict == "accepted") {
                require(entry.request.param_of("TaskContent") == a.content, "the configuration arrives byte for byte");
                bool const repeats = fault_executes() && gateway_.executed(finishing) == finished;
                counts_.repeated += repeats ? 1U : 0U;
            }
            gateway_.forget();
        }
        a.generated += gateway_.executed(generating) - generated;
        a.finished += gateway_.executed(finishing) - finished;
        if (fault_ == fault::failed) {  // the service carried a call out, and said that it came to nothing
            a.generation_failed = a.generation_failed || gateway_.executed(generating) != generated;
            a.finish_failed = a.finish_failed || gateway_.executed(finishing) != finished;
        }
        require(a.generated <= 1, "nothing is generated twice");
        require(a.finished <= 1, a.creates ? "nothing is created twice" : "nothing is updated twice");
        a.in_flight = true;
        a.at_ms = now_ms_ + answered;
    }

    [[nodiscard]] bool fault_executes() const {
        return fault_ == fault::none || fault_ == fault::cut || fault_ == fault::garbage || fault_ == fault::stall ||
               fault_ == fault::reset_after || fault_ == fault::drip || fault_ == fault::odd;
    }

    [[nodiscard]] fault choose_fault() {
        if (dice_.percent(fault_percent_)) {
            bool const fatal = dice_.percent(fatal_percent_);
            auto const first = static_cast<std::uint64_t>(fatal ? fault::unsuccessful : fault::throttled);
            auto const last = static_cast<std::uint64_t>(fatal ? fault::redirect : fault::empty);
            return static_cast<fault>(dice_.from(first, last));
        }
        return fault::none;
    }

    /// What the gateway answers to a request that it accepts.
    [[nodiscard]] t::scripted decide(std::string const& action) {
        std::size_t const wait = dice_.one_of<std::size_t>({0, 1, 700, 5'000, 90'000, 4'294'967'295U});
        switch (fault_) {
            case fault::throttled: return t::throttle(wait);
            case fault::throttled_blank: return t::error(400, "Throttling.User");
            case fault::internal_error: return t::error(500, "InternalError");
            case fault::bad_gateway: return t::error(502, "BadGateway");
            case fault::unavailable: return t::error(503, "ServiceUnavailable");
            case fault::gateway_timeout: return t::error(504, "GatewayTimeout");
            case fault::html: return t::html(dice_.one_of<std::uint16_t>({200, 429, 500, 502, 503, 504}));
            case fault::xml: return dice_.percent(50) ? t::xml(500, "InternalError") : t::xml(503, "Throttling");
            case fault::garbage: return t::garbage();
            case fault::cut: {
                bool const long_answer = action == "QueryDISyncTaskConfigProcessResult";
                return t::cut(static_cast<std::size_t>(dice_.below(long_answer ? 1400 : 180)));
            }
            case fault::stall: return t::stall();
            case fault::reset_before: return t::reset_before();
            case fault::reset_after: return t::reset_after();
            case fault::drip: return t::drip();
            case fault::odd: return t::odd();
            case fault::nonce_used: return t::error(400, "SignatureNonceUsed");
            case fault::token_expired: return t::error(400, "InvalidSecurityToken.Expired");
            case fault::clock_refused: return t::error(400, "InvalidTimeStamp.Expired");
            case fault::empty: return t::body(200, "{}");
            case fault::unsuccessful: return t::unsuccessful();
            case fault::failed: return t::fail("it did not work");
            case fault::forbidden: return t::error(403, "Forbidden.Access");
            case fault::daily_limit: return t::error(400, "Throttling.Api.Risk");
            case fault::redirect: return t::body(302, {});
            case fault::none:
            case fault::no_connection:
            case fault::lost:
            case fault::count: break;
        }
        bool const is_question = action == "QueryDISyncTaskConfigProcessResult";
        if (is_question && asking_->pending != 0) {
            --asking_->pending;
            return t::pending();
        }
        return t::success();
    }

    void end(agent& a, bool done) {
        a.over = true;
        if (a.creates) counts_.created += a.finished;
        if (!a.creates) counts_.updated += a.finished;
        if (done) {
            ++counts_.done;
            require(a.finished == 1, "a job that is done was carried out");
            require(a.generated == (a.batch ? 0U : 1U), "a job that is done was generated once");
            return;
        }
        acs::failure const& f = a.job->error();
        acs::history const& h = a.job->history();
        dataworks::leftover const left = a.job->left();
        dataworks::job_phase const phase = a.job->progress().phase;
        bool const refused = f.code == acs::errc::process_failed;
        ++counts_.ends[static_cast<std::size_t>(h.why)];
        require(f.code != acs::errc::none && h.why != acs::end_reason::none, "a job that failed has a reason");
        require(f.history.why == h.why, "the failure tells the history");
        require(f.code != acs::errc::outcome_unknown || !a.creates, "a creating job always goes on");
        require(a.finished == 0 || left.task || a.finish_failed, "a task that may exist is left, and is told");
        require(phase != dataworks::job_phase::generating || a.generated == 0 || left.generation || a.generation_failed,
                "a process that may have been started is told");
        require(phase != dataworks::job_phase::asking || refused || left.process_id, "a process that goes on is told");
        require(h.why != acs::end_reason::budget || has_budget_, "no budget is used up where there is none");
        require(h.why != acs::end_reason::deadline || a.pace.deadline_ms != 0, "no deadline passes where there is none");
    }

    /// No window of a second or a day holds more calls than it may, wherever it begins: counted from the times of all requests.
    void check_budget() const {
        if (!has_budget_) return;
        auto const check = [&](std::uint64_t window, std::uint32_t limit, char const* promise) {
            if (limit == 0) return;
            for (std::size_t i = 0; i < sends_.size(); ++i) {
                std::size_t held = 0;
                for (std::size_t k = i; k < sends_.size() && sends_[k] - sends_[i] < window; ++k) ++held;
                require(held <= limit, promise);
            }
        };
        check(1'000, limits_.per_second, "no second holds more calls than the budget");
        check(86'400'000, limits_.per_day, "no 24 hours hold more calls than the budget");
    }

    dice dice_;
    tally& counts_;
    t::gateway gateway_{};
    acs::acs3_hmac_sha256 who_{acs::credentials{"testid", "testsecret"}};
    acs::acs3_hmac_sha256 renewed_{acs::credentials{"testid", "testsecret"}};
    std::deque<agent> agents_{};
    agent* asking_{};
    fault fault_{};
    std::string last_stored_{};

    std::uint64_t now_ms_{}, origin_{}, crashes_{};
    std::int64_t skew_{};
    std::uint64_t fault_percent_{}, fatal_percent_{}, crash_permille_{}, cancel_permille_{};
    unsigned late_crashes_{};
    bool keeps_time_{}, has_budget_{};
    acs::budget_limits limits_{};
    std::vector<std::uint32_t> log_{};
    std::optional<acs::call_budget> budget_{};
    std::vector<std::uint64_t> sends_{};
};

/// What a long simulation should have met, and did not; empty if it met everything.
inline std::string unmet(tally const& c) {
    std::string list;
    for (std::size_t i = 0; i < c.faults.size(); ++i)
        if (c.faults[i] == 0) list += "fault " + std::to_string(i) + ", ";
    for (std::size_t i = 1; i < c.ends.size(); ++i)
        if (c.ends[i] == 0) list.append("a job that ends with: ").append(acs::message(static_cast<acs::end_reason>(i))).append(", ");
    if (c.done == 0 || c.created == 0 || c.updated == 0) list += "a job that is done, ";
    if (c.resumes == 0 || c.repeated == 0) list += "a call that was carried again";
    return list;
}

/// What became of a simulation: empty, or the promise that was broken first and the seed of that world.
struct outcome {
    tally counts{};
    std::string wrong{};
    std::uint64_t seed{};
};

/// Runs worlds from seed on, one seed after the other, until there have been so many jobs.
inline outcome run(std::uint64_t seed, std::uint64_t jobs) {
    outcome o;
    for (o.seed = seed; o.counts.jobs < jobs; ++o.seed) {
        try {
            world(o.seed, o.counts).run();
        } catch (broken const& promise) {
            o.wrong = promise.what();
            return o;
        }
    }
    return o;
}

}  // namespace acs_tests::simulation

#endif
