// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Runs transcripts/exchange/*.txt, which say what is told to a call and what it does.
#include <acs/exchange/exchange.hpp>

#include <acs/core/history.hpp>
#include <acs/signing/acs3.hpp>

#include <dataworks/errors.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/transcript.hpp"

namespace test_exchange_transcripts {

using acs::action;
using acs::errc;

namespace {

using signer = acs::acs3_hmac_sha256;

/// `attempts 4, first wait 500 ms` -> the numbers by what stands before them.
std::optional<std::uint32_t> number_after(std::string const& list, std::string const& name) {
    for (std::size_t begin = 0; begin < list.size();) {
        std::size_t const end = std::min(list.find(", ", begin), list.size());
        std::string const part = list.substr(begin, end - begin);
        if (part.starts_with(name + " ")) return static_cast<std::uint32_t>(std::stoul(part.substr(name.size() + 1)));
        begin = end + 2;
    }
    return {};
}

acs::retry_policy policy_of(std::string const& list) {
    acs::retry_policy p{};
    if (auto const n = number_after(list, "attempts")) p.max_attempts = static_cast<std::uint16_t>(*n);
    if (auto const n = number_after(list, "first wait")) p.first_wait_ms = *n;
    if (auto const n = number_after(list, "longest wait")) p.max_wait_ms = *n;
    if (auto const n = number_after(list, "longest asked wait")) p.max_asked_wait_ms = *n;
    if (auto const n = number_after(list, "attempt timeout")) p.attempt_timeout_ms = *n;
    if (auto const n = number_after(list, "deadline")) p.deadline_ms = *n;
    return p;
}

/// `; `-separated parts.
std::vector<std::string> parts_of(std::string const& line) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= line.size();) {
        std::size_t const end = std::min(line.find("; ", begin), line.size());
        parts.push_back(line.substr(begin, end - begin));
        begin = end + 2;
    }
    return parts;
}

/// The caller of one transcript: clocks, entropy, memory, a budget, and what it writes down.
template <class Op>
class teller {
public:
    teller(acs_tests::transcript const& t, Op const& op)
        : wall_(acs::parse_iso8601(or_else(t.setting("clock"), "2023-11-14T22:13:20Z"))->seconds), chance_(t.setting("chance")) {
        acs::exchange_options o{.retry = policy_of(t.setting("policy"))};
        if (std::string const given = t.setting("budget"); !given.empty()) {
            acs::budget_limits const limits{number_after(given, "a second").value_or(0), number_after(given, "a day").value_or(0)};
            budget_.emplace(limits, log_);
            o.budget = &*budget_;
            for (std::uint32_t i = number_after(given, "spent").value_or(0); i != 0; --i) budget_->take(tick_);
        }
        if (std::string const given = t.setting("offset"); !given.empty()) o.clock_offset = std::stoll(given);
        o.prepare.user_agent = {};
        call_.emplace(op, host_, first_, memory_, o);
    }

    /// Tells the call, and writes down what it does.
    std::vector<std::string> tell(std::string const& line) {
        std::vector<std::string> parts = parts_of(line);
        std::vector<acs::field> fields;
        std::string_view flaw;
        for (std::size_t i = 1; i < parts.size(); ++i) {
            std::size_t const colon = parts[i].find(": ");
            if (parts[i].starts_with("after "))
                tick_.ms += std::stoull(parts[i].substr(6));
            else if (colon != std::string::npos)
                fields.push_back({std::string_view(parts[i]).substr(0, colon), std::string_view(parts[i]).substr(colon + 2)});
            else
                flaw = parts[i];
        }
        return report(input(parts[0], fields, flaw));
    }

private:
    static std::string or_else(std::string const& text, char const* other) { return text.empty() ? other : text; }

    acs::step input(std::string const& what, std::vector<acs::field> const& fields, std::string_view flaw) {
        std::istringstream words(what);
        std::string first, second, third;
        words >> first >> second >> third;
        if (what == "start") return call_->start(now());
        if (what == "cancel") return call_->cancel();
        if (what == "a tick") return call_->on_tick(now());
        if (what == "the time comes") {
            tick_ = std::max(tick_, call_->due().until);
            return call_->on_tick(now());
        }
        if (what == "new credentials") return call_->on_credentials(second_, now());
        if (what == "no credentials") return call_->on_no_credentials();
        if (first == "lost") {
            acs::failure f{};
            f.code = loss_of(second);
            f.origin = acs::origin::transport;
            f.delivery = third == "not_sent"   ? acs::delivery::not_sent
                         : third == "answered" ? acs::delivery::answered
                                               : acs::delivery::unknown;
            return call_->on_lost(f, now());
        }
        auto const status = static_cast<std::uint16_t>(std::stoi(first));
        std::string& body = bodies_.emplace_back();  // a failure views its own, whatever comes later
        body = status < 300 ? R"({"RequestId":"of the answer","Success":true})"
                            : R"({"RequestId":"of the answer","Code":")" + second + R"("})";
        if (status < 300 && !second.empty()) body = R"({"RequestId":"of the answer","Success":false,"ErrorCode":")" + second + R"("})";
        if (flaw == "cut off") body.resize(body.size() / 2);
        if (flaw == "HTML") body = "<html>Sorry</html>";
        return call_->on_reply({status, fields, body}, now());
    }

    static errc loss_of(std::string const& name) {
        for (int i = 0; i < 64; ++i)
            if (acs::name(static_cast<errc>(i)) == name) return static_cast<errc>(i);
        throw std::runtime_error("no errc " + name);
    }

    // `chance` is what the entropy says of jitter: none, half, all. The last byte counts.
    acs::moment now() {
        acs::moment m{.wall = {wall_ + static_cast<std::int64_t>((tick_.ms - origin) / 1000)}, .now = tick_};
        std::uint8_t const byte = chance_ == "all" ? 0xFF : 0;
        for (std::size_t i = 0; i < 4; ++i) m.random[i] = byte;
        if (chance_ == "half") m.random[0] = 0x80;
        m.random[15] = ++count_;
        return m;
    }

    std::vector<std::string> report(acs::step const& s) {
        std::ostringstream line;
        switch (s.what) {
            case action::send: describe_request(line, s); break;
            case action::wait: line << "wait " << s.wait_ms(tick_) << " ms"; break;
            case action::refresh: line << "refresh"; break;
            case action::done: line << "done"; break;
            case action::failed: describe_failure(line); break;
        }
        std::vector<std::string> lines{line.str()};
        if (!call_->is_over() || ended_) return lines;
        ended_ = true;
        acs::history const& h = call_->history();
        std::string counts = std::to_string(h.attempts) + (h.attempts == 1 ? " attempt, " : " attempts, ");
        lines.push_back(counts + std::to_string(h.waited_ms) + " ms of waiting" + (h.may_have_run ? ", may have run" : ""));
        if (call_->clock_offset() != 0) lines.push_back("the server is " + std::to_string(call_->clock_offset()) + " s ahead");
        return lines;
    }

    void describe_request(std::ostringstream& line, acs::step const& s) {
        acs::request const& r = call_->request();
        std::string_view const proof = acs::find_field(r.fields, "authorization");
        std::size_t const begin = proof.find("Credential=") + 11;
        line << "send " << acs::find_field(r.fields, "x-acs-date") << " nonce "
             << acs::find_field(r.fields, "x-acs-signature-nonce").substr(30) << " key " << proof.substr(begin, proof.find(',') - begin);
        for (acs::param const& p : r.params)
            if (p.name == "ClientToken")
                line << " token " << (p.value.size() > 8 ? "..." : "") << p.value.substr(p.value.size() > 8 ? 28 : 0);
        if (s.timeout_ms != 0) line << " within " << s.timeout_ms << " ms";
    }

    void describe_failure(std::ostringstream& line) {
        acs::failure const& f = call_->error();
        line << "failed " << (f.service.code.empty() ? acs::name(f.code) : f.service.code) << ", " << name(f.delivery) << ": "
             << message(f.history.why);
    }

    static constexpr acs::credentials first_key{"testid", "testsecret"}, second_key{"STS.new", "secret", "token"};
    static constexpr acs::endpoint host_{.host = "dataworks.cn-shanghai.aliyuncs.com"};
    signer first_{first_key}, second_{second_key};
    std::int64_t wall_;
    std::string chance_;
    acs::request_buffer<> memory_{};
    std::array<std::uint32_t, 100> log_{};
    std::optional<acs::call_budget> budget_{};
    static constexpr std::uint64_t origin = 1'000'000;
    acs::tick tick_{origin};
    std::uint8_t count_{};
    std::list<std::string> bodies_{};
    bool ended_{};
    std::optional<acs::exchange<Op, signer>> call_{};
};

template <class Op>
void run(acs_tests::transcript const& t, Op const& op) {
    teller<Op> call(t, op);
    std::vector<std::vector<std::string>> did;
    for (acs_tests::exchange_of_words const& words : t.talk) did.push_back(call.tell(words.told));
    std::string const differs = difference(t, did);
    INFO(differs);
    CHECK(differs.empty());
}

void run(acs_tests::transcript const& t) {
    constexpr std::array settings{"call", "policy", "clock", "chance", "budget", "offset"};
    for (auto const& [name, value] : t.setup)
        if (std::find(settings.begin(), settings.end(), name) == settings.end()) throw std::runtime_error("no setting " + name);
    std::string const call = t.setting("call");
    constexpr std::array token{acs::param{"ClientToken", "mine", acs::place::query}};
    dataworks::create_di_sync_task create{.project_id = 10000, .task_type = "DI_OFFLINE", .task_content = "{}"};
    if (call == "query")
        run(t, dataworks::query_di_sync_task_config_process_result{
                   .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10});
    else if (call == "create")
        run(t, create);
    else if (call == "create with a token") {
        create.client_token = "mine";
        run(t, create);
    } else if (call == "update")
        run(t, dataworks::update_di_sync_task{.project_id = 10000, .task_type = "DI_OFFLINE", .file_id = 7, .task_content = "{}"});
    else if (call == "untyped")
        run(t, acs::call{"DeployFile", "2020-05-18"});
    else if (call == "untyped with a token")
        run(t, acs::call{"CreateTable", "2020-05-18", token});
    else if (call == "impossible")
        run(t, dataworks::update_di_sync_task{});
    else
        throw std::runtime_error("no call " + call);
}

}  // namespace

TEST_CASE("calls do what their transcripts say", "[exchange]") {
    std::vector<acs_tests::transcript> const all = acs_tests::transcripts_below("transcripts/exchange");
    CHECK(all.size() > 90);
    for (acs_tests::transcript const& t : all) {
        INFO(t.file << ":" << t.line << ": " << t.title);
        CHECK_FALSE(t.talk.empty());
        run(t);
    }
}

TEST_CASE("a transcript that differs is shown line by line", "[exchange]") {
    acs_tests::transcript t{.talk = {{"start", {"send"}}, {"200", {"done"}}}};
    CHECK(difference(t, {{"send"}, {"done"}}).empty());
    CHECK(difference(t, {{"send"}, {"failed"}}) == "  > start\n      send\n  > 200\n-     done\n+     failed\n");
    CHECK(difference(t, {{"send"}}) == "  > start\n      send\n  > 200\n-     done\n");
}

}  // namespace test_exchange_transcripts
