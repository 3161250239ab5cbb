// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/client/run.hpp>

#include <acs/core/bounded_text.hpp>
#include <acs/core/text.hpp>
#include <acs/message/request.hpp>
#include <acs/client/reply_buffer.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace test_client_run {

// The driver with a machine that only says what it is told to: every call between the two stands in a log. All in constant expressions.
namespace {

using acs::action;
using acs::step;

struct journal {
    acs::bounded_text<1024> text{};

    constexpr void add(std::string_view what) {
        if (!text.empty()) text.write(" ");
        text.write(what);
    }
    constexpr void add(std::string_view what, std::uint64_t number) {
        add(what);
        text.write(acs::decimal(static_cast<std::int64_t>(number)).view());
    }
};

/// Goes through its steps, whatever it is told, but for the end.
class puppet {
public:
    static constexpr std::size_t boxes = 2;

    constexpr puppet(std::span<step const> steps, journal& log, bool begun = false) : steps_(steps), log_(&log), begun_(begun) {}

    constexpr bool has_begun() const noexcept { return begun_; }
    constexpr step due() const noexcept { return cancelled_ ? step{action::failed, 0, {}} : steps_[at_]; }
    constexpr acs::request const& request() const noexcept { return request_; }
    constexpr bool holds_answer() const noexcept { return holds_; }

    constexpr step start(acs::moment const& now) noexcept {
        log_->add("start@", now.now.ms);
        log_->text.write(is_new(now) ? "" : "?");
        begun_ = true;
        return due();
    }
    constexpr step on_reply(acs::reply const& answer, acs::moment const& now) noexcept {
        log_->add("reply", answer.status);
        holds_ = answer.status == 299;
        return next(now);
    }
    constexpr step on_lost(acs::failure const& f, acs::moment const& now) noexcept {
        log_->add("lost:");
        log_->text.write(acs::name(f.code));
        return next(now);
    }
    constexpr step on_tick(acs::moment const& now) noexcept {
        log_->add("tick");
        return next(now);
    }
    constexpr step on_no_credentials() noexcept {
        log_->add("no-credentials");
        return ++at_, due();
    }
    constexpr step on_credentials(acs::moment const& now) noexcept {
        log_->add("credentials");
        return next(now);
    }
    constexpr step cancel(acs::errc why = acs::errc::cancelled) noexcept {
        log_->add("cancel:");
        log_->text.write(acs::name(why));
        cancelled_ = true;
        return due();
    }

private:
    constexpr step next(acs::moment const& now) noexcept {
        log_->text.write("@");
        log_->text.write(acs::decimal(static_cast<std::int64_t>(now.now.ms)).view());
        log_->text.write(is_new(now) ? "" : "?");
        return ++at_, due();
    }

    /// Whether the entropy is what `dice` gives for a moment, and later than that of the last.
    constexpr bool is_new(acs::moment const& now) noexcept {
        std::uint8_t const last = std::exchange(number_, now.random.front());
        bool const whole = std::all_of(now.random.begin(), now.random.end(), [this](std::uint8_t byte) { return byte == number_; });
        return whole && number_ > last;
    }

    std::span<step const> steps_;
    journal* log_;
    acs::request request_{.action = "Do"};
    std::size_t at_{};
    std::uint8_t number_{};
    bool begun_{};
    bool holds_{};
    bool cancelled_{};
};

using box = acs::reply_buffer<16, 16, 1>;

/// Answers with the statuses in turn; 0 is a connection that breaks.
struct wire {
    std::span<std::uint16_t const> statuses{};
    std::array<box, 2> const* boxes{};
    journal* log{};

    template <acs::answer_sink Sink>
    constexpr acs::result<void> perform(acs::request const& made, Sink& sink) {
        log->add(static_cast<void const*>(&sink) == &(*boxes)[1] ? "carry/1" : "carry/0");
        if (made.action != "Do") log->add("?");
        std::uint16_t const status = statuses.front();
        statuses = statuses.subspan(1);
        if (status == 0) return acs::refuse(acs::errc::receive_failed);
        sink.status(status);
        return {};
    }
};

struct limited_wire : wire {
    constexpr void limit(std::uint32_t ms) { log->add("limit", ms); }
};

/// Time stands still but for waits, which the first `waits` of are served.
struct time_line {
    journal* log;
    int waits = 100;
    acs::tick at{10};

    constexpr acs::wall_time wall() noexcept { return {1'700'000'000}; }
    constexpr acs::tick now() noexcept { return at; }
    constexpr bool wait(acs::tick until) noexcept {
        log->add("wait", until.ms);
        if (waits-- <= 0) return false;
        at = until;
        return true;
    }
};

/// Gives out after so many draws, each for two moments, and numbers those.
struct dice {
    int left = 100;
    std::uint8_t moments = 0;
    constexpr bool fill(std::span<std::uint8_t> out) noexcept {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(moments + 1 + i / 16);
        moments = static_cast<std::uint8_t>(moments + 2);
        return out.size() == 32 && left-- > 0;
    }
};

struct watcher {
    journal* log;
    bool has_credentials = true;

    constexpr void on_step(puppet const&, step const& s) noexcept { log->add("<", static_cast<std::uint64_t>(s.what)); }
    constexpr step refresh(puppet& machine, acs::moment const& now) noexcept {
        return has_credentials ? machine.on_credentials(now) : machine.on_no_credentials();
    }
};

constexpr std::array<step, 5> all_steps{
    {{action::send, 30, {}}, {action::wait, 0, {50}}, {action::send, 40, {}}, {action::refresh, 0, {}}, {action::done, 0, {}}}};
constexpr std::array<std::uint16_t, 2> two_answers{0, 200};

struct setting {
    int waits = 100;
    int draws = 100;
    std::span<step const> steps = all_steps;
    std::span<std::uint16_t const> statuses = two_answers;
    bool begun = false;
};

template <class Wire>
constexpr journal ran(setting const& s) {
    journal log;
    std::array<box, 2> boxes{};
    puppet machine(s.steps, log, s.begun);
    Wire http{};
    http.statuses = s.statuses;
    http.boxes = &boxes;
    http.log = &log;
    time_line clock{&log, s.waits};
    dice entropy{s.draws};
    step const last = acs::run(machine, http, clock, entropy, boxes);
    log.add(last.what == action::done ? "done" : last.what == action::failed ? "failed" : "?");
    return log;
}

static_assert(ran<wire>({}).text == "start@10 carry/0 lost:receive_failed@10 wait50 tick@50 carry/0 reply200@50 no-credentials done");
static_assert(ran<limited_wire>({}).text ==
                  "start@10 limit30 carry/0 lost:receive_failed@10 wait50 tick@50 limit40 carry/0 reply200@50 "
                  "no-credentials done",
              "a transport that can be limited is told before each attempt");

// A machine that was resumed is not started again.
static_assert(ran<wire>({.begun = true}).text == "carry/0 lost:receive_failed@10 wait50 tick@50 carry/0 reply200@50 no-credentials done");

// A wait that is called off cancels, and nothing is sent any more.
static_assert(ran<wire>({.waits = 0}).text == "start@10 carry/0 lost:receive_failed@10 wait50 cancel:cancelled failed");

// Without entropy there is no moment: before the first step, after a wait, at a refresh; and after a request, if it was begun before.
static_assert(ran<wire>({.draws = 0}).text == "cancel:no_entropy failed");
static_assert(ran<wire>({.draws = 1}).text == "start@10 carry/0 lost:receive_failed@10 wait50 cancel:no_entropy failed");
static_assert(ran<wire>({.draws = 2}).text ==
              "start@10 carry/0 lost:receive_failed@10 wait50 tick@50 carry/0 reply200@50 "
              "cancel:no_entropy failed");
static_assert(ran<wire>({.draws = 0, .begun = true}).text == "carry/0 cancel:no_entropy failed");
static_assert(ran<wire>({.draws = 1, .begun = true}).text ==
              "carry/0 lost:receive_failed@10 wait50 tick@50 carry/0 "
              "cancel:no_entropy failed");

// What is over at once needs no world at all but the moment it begins with.
constexpr std::array<step, 1> over{{{action::failed, 0, {}}}};
static_assert(ran<wire>({.steps = over}).text == "start@10 failed");

// A machine that sends on what lies in an answer takes the other box from then on.
constexpr std::array<step, 4> three_sends{{{action::send, 0, {}}, {action::send, 0, {}}, {action::send, 0, {}}, {action::done, 0, {}}}};
constexpr std::array<std::uint16_t, 3> held{200, 299, 200};
static_assert(ran<wire>({.steps = three_sends, .statuses = held}).text ==
              "start@10 carry/0 reply200@10 carry/0 reply299@10 carry/1 "
              "reply200@10 done");

constexpr journal watched(bool has_credentials) {
    journal log;
    std::array<box, 2> boxes{};
    puppet machine(all_steps, log);
    wire http{two_answers, &boxes, &log};
    time_line clock{&log};
    dice entropy;
    watcher watch{&log, has_credentials};
    static_cast<void>(acs::run(machine, http, clock, entropy, boxes, watch));
    return log;
}

// Each step is told before it is carried out, the last one too: send 0, wait 1, refresh 2, done 3.
static_assert(watched(true).text ==
              "start@10 <0 carry/0 lost:receive_failed@10 <1 wait50 tick@50 <0 carry/0 reply200@50 <2 credentials@50 "
              "<3");
static_assert(watched(false).text ==
              "start@10 <0 carry/0 lost:receive_failed@10 <1 wait50 tick@50 <0 carry/0 reply200@50 <2 "
              "no-credentials <3");

// Boxes.
struct no_answer {
    void status(std::uint16_t) noexcept;
    bool field(std::string_view, std::string_view) noexcept;
    bool body(std::string_view) noexcept;
};
struct answer_by_reference : no_answer {
    acs::reply const& answer() noexcept;
};
struct throwing_answer : no_answer {
    acs::reply answer();
};
static_assert(acs::answer_box<box> && !acs::answer_box<no_answer> && !acs::answer_box<answer_by_reference> &&
              !acs::answer_box<throwing_answer>);

}  // namespace

TEST_CASE("The driver does at run time what it does in constant expressions", "[client]") {
    CHECK(ran<wire>({}).text.view() == "start@10 carry/0 lost:receive_failed@10 wait50 tick@50 carry/0 reply200@50 no-credentials done");
    CHECK(ran<limited_wire>({.waits = 0}).text.view() == "start@10 limit30 carry/0 lost:receive_failed@10 wait50 cancel:cancelled failed");
    CHECK(watched(true).text.view().size() > 100);
}

}  // namespace test_client_run
