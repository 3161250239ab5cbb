// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any inputs to a state machine, in any order, and what has to hold after each of them.
#ifndef ACS_TESTS_FUZZ_MACHINE_HPP
#define ACS_TESTS_FUZZ_MACHINE_HPP

#include <acs/error/classify.hpp>
#include <acs/error/service_error.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/exchange/machine.hpp>
#include <acs/json/find.hpp>
#include <acs/signing/acs3.hpp>
#include <dataworks/errors.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/input.hpp"

namespace fuzz {

using signer = acs::acs3_hmac_sha256;

struct said {
    std::uint16_t status;
    std::string_view body;
};
/// What services and proxies answer; the last one stands for bytes of the input.
inline constexpr std::array<said, 16> answers{{
    {200, R"({"RequestId":"r","Success":true,"Data":{"Status":"success","ProcessId":"7","TaskContent":"{\"a\":1}","FileId":1}})"},
    {200, R"({"RequestId":"r","Success":true,"Data":{"Status":"running","ProcessId":7}})"},
    {200, R"({"Success":true,"Data":{"Status":"fail","Message":"no"}})"},
    {200, R"({"Success":false,"ErrorCode":"InternalError.System","ErrorMessage":"x"})"},
    {200, R"({"Success":true,"Data":{"Sta)"},
    {200, "{}"},
    {429, R"({"Code":"Throttling.User","Message":"m"})"},
    {400, R"({"Code":"SignatureNonceUsed","Message":"m"})"},
    {400, R"({"Code":"InvalidTimeStamp.Expired","Message":"m"})"},
    {400, R"({"Code":"InvalidSecurityToken.Expired","Message":"m"})"},
    {403, R"({"Code":"Forbidden.RAM","Message":"m"})"},
    {500, R"({"Code":"InternalError","Message":"m"})"},
    {502, "<html>bad gateway</html>"},
    {503, ""},
    {302, ""},
    {0, {}},
}};

inline constexpr std::array<acs::errc, 6> losses{acs::errc::connect_failed, acs::errc::timed_out,       acs::errc::receive_failed,
                                                 acs::errc::cancelled,      acs::errc::reply_too_large, acs::errc::tls_failed};

/// What goes beyond one machine: the clock, the budget, and what was sent of each action, by one process after the other.
struct world {
    struct action_log {
        std::string token{};
        bool may_have_run{};
    };
    acs::moment now{.wall = {1'698'315'752}, .now = {1'000'000}};
    std::uint64_t moments{};
    std::uint32_t per_second{}, per_day{};
    std::array<std::uint32_t, 8> log{};
    std::vector<std::uint64_t> sends{};
    std::map<std::string, action_log, std::less<>> actions{};
    std::set<std::string, std::less<>> nonces{};

    /// A moment is used once.
    acs::moment moment() {
        ++moments;
        for (std::size_t i = 0; i < 8; ++i) now.random[i] = static_cast<std::uint8_t>(moments >> (8 * i));
        return now;
    }
    void pass(std::uint64_t ms) {
        now.now.ms += ms;
        now.wall.seconds = 1'698'315'752 + static_cast<std::int64_t>((now.now.ms - 1'000'000) / 1000);
    }
};

/// Drives one machine. `calls(machine)`: how many requests it sent; `is_once(action)`: whether repeating that may do it twice.
template <class Machine, class Calls, class Once>
class driver {
public:
    driver(Machine& machine, world& around, Calls calls, Once is_once)
        : machine_(&machine), world_(&around), calls_(calls), is_once_(is_once) {}

    /// The first input.
    template <class Begin>
    void begin(Begin begin) {
        take([&](acs::moment const& now) { return begin(now); }, true);
    }

    /// One input more; whether it was the end of this process.
    bool next(input& in) {
        acs::step const due = machine_->due();
        bool const sends = due.what == acs::action::send, refreshes = due.what == acs::action::refresh;
        switch (in.below(8)) {
            case 0: pass(in, due); break;
            case 1: reply(in); break;
            case 2: lose(in); break;
            case 3: take([&](acs::moment const& now) { return machine_->on_tick(now); }, due.what == acs::action::wait); break;
            case 4: take([&](acs::moment const& now) { return machine_->on_credentials(other_, now); }, refreshes); break;
            case 5: take([&](acs::moment const& now) { return machine_->on_credentials(now); }, refreshes); break;
            case 6:
                if (in.below(8) != 0) return true;
                take([&](acs::moment const&) { return machine_->cancel(); }, true);
                if (sends) ran();
                require(machine_->is_over());
                break;
            default: take([&](acs::moment const&) { return machine_->on_no_credentials(); }, refreshes); break;
        }
        return false;
    }

    /// The process ends: what was being sent may have arrived.
    void crash() {
        if (machine_->due().what == acs::action::send) ran();
    }

private:
    /// `due`: whether the input is; one that is not changes nothing.
    template <class Input>
    void take(Input input, bool due) {
        acs::step const before = machine_->due();
        bool const over = machine_->is_over();
        auto const calls = calls_(*machine_);
        acs::step const s = input(world_->moment());
        require(s == machine_->due() && machine_->has_begun());
        auto const made = calls_(*machine_) - calls;
        require(made <= 1);
        if (over || !due) require(s == before && made == 0);
        if (made != 0) {
            require(s.what == acs::action::send);
            sent(machine_->request());
        }
        if (s.what == acs::action::failed) require(machine_->error().code != acs::errc::none);
    }

    void sent(acs::request const& r) {
        std::uint64_t const at = world_->now.now.ms;
        world_->sends.push_back(at);
        auto const within = [&](std::uint64_t ms) {
            return static_cast<std::size_t>(
                std::count_if(world_->sends.begin(), world_->sends.end(), [&](std::uint64_t t) { return at - t < ms; }));
        };
        require(world_->per_second == 0 || within(1000) <= world_->per_second);
        require(world_->per_day == 0 || within(86'400'000) <= world_->per_day);
        require(world_->nonces.emplace(acs::find_field(r.fields, "x-acs-signature-nonce")).second);
        auto const [log, is_new] = world_->actions.try_emplace(std::string(r.action));
        require(!log->second.may_have_run || !is_once_(r.action));  // never twice
        std::string token;
        for (acs::param const& p : r.params)
            if (p.name == "ClientToken") token = p.value;
        require(is_new || token == log->second.token);  // by which the service knows it again
        log->second.token = token;
        action_ = r.action;
    }

    void ran() { world_->actions.find(action_)->second.may_have_run = true; }

    void pass(input& in, acs::step const& due) {
        std::uint64_t const left = due.what == acs::action::wait && due.until.ms != UINT64_MAX ? due.wait_ms(world_->now.now) : 0;
        switch (in.below(4)) {
            case 0: return world_->pass(left);
            case 1: return world_->pass(left != 0 ? left - 1 : 0);
            case 2: return world_->pass(in.number(2));
            default: return world_->pass(3'600'000);
        }
    }

    /// In memory of its own: the machine may look at the last answer until it is over, and at the one before only while it says so.
    void reply(input& in) {
        said one = answers[in.below(answers.size())];
        if (one.status == 0) {
            constexpr std::array<std::uint16_t, 6> statuses{200, 204, 400, 403, 429, 500};
            one = {statuses[in.below(statuses.size())], {}};
            one.body = in.take(in.byte());
        }
        bool const due = machine_->due().what == acs::action::send;
        constexpr std::array<acs::field, 3> fields{
            {{"date", "Thu, 26 Oct 2023 11:22:32 GMT"}, {"x-acs-request-id", "in-header"}, {"x-acs-retry-after", "1500"}}};
        std::span<acs::field const> const some = std::span(fields).first(in.below(4));
        auto body = std::make_unique<owned_text>(one.body);
        acs::reply const answer{one.status, some, body->span()};
        if (due && may_have_run(one, some)) ran();
        auto& box = boxes_[due ? (machine_->holds_answer() ? 1U : 0U) : 2U];
        box = std::move(body);
        std::size_t const size = machine_->arrays_size(answer);
        if (due) arrays_.reset(new std::byte[size]);
        take([&](acs::moment const& now) { return machine_->on_reply(answer, now, {arrays_.get(), due ? size : 0}); }, due);
    }

    /// Whether a call that is answered so may have been carried out, by whatever table of codes.
    static bool may_have_run(said const& one, std::span<acs::field const> fields) {
        auto const success = acs::find_json(one.body, "Success");
        bool const refused = success && acs::equal_ignoring_case(success->text, "false");
        if (one.status >= 200 && one.status < 300 && !refused) return true;
        owned_text copy(one.body);
        acs::failure const judged = acs::answer_failure({one.status, fields, copy.span()});
        return acs::advise(judged).may_have_run && acs::advise(judged, dataworks::error_codes).may_have_run;
    }

    void lose(input& in) {
        acs::failure f{};
        f.code = losses[in.below(losses.size())];
        f.origin = acs::origin::transport;
        f.delivery = in.coin() ? acs::delivery::unknown : acs::delivery::not_sent;
        bool const due = machine_->due().what == acs::action::send;
        if (due && f.delivery != acs::delivery::not_sent) ran();
        take([&](acs::moment const& now) { return machine_->on_lost(f, now); }, due);
    }

    Machine* machine_;
    world* world_;
    Calls calls_;
    Once is_once_;
    std::string action_{};
    signer other_{acs::credentials{"other", "secret", "token"}};
    std::array<std::unique_ptr<owned_text>, 3> boxes_{};
    std::unique_ptr<std::byte[]> arrays_{};
};

}  // namespace fuzz

#endif
