// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A world in which time passes when it is told to: clocks, entropy, and the gateway by the same clock.
#ifndef ACS_TESTS_SUPPORT_SIMULATED_HPP
#define ACS_TESTS_SUPPORT_SIMULATED_HPP

#include <acs/client/transport.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/json/writer.hpp>
#include <acs/message/request.hpp>
#include <acs/testing/gateway.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "support/string_sink.hpp"

namespace acs_tests {

/// 2026-11-25T00:00:00Z.
inline constexpr acs::wall_time simulated_start{1'795'564'800};

struct simulated_time {
    std::uint64_t ms{};
    std::uint64_t drawn{};
    [[nodiscard]] acs::wall_time wall() const noexcept { return {simulated_start.seconds + static_cast<std::int64_t>(ms / 1000)}; }
};

struct simulated_clock {
    simulated_time* time;
    [[nodiscard]] acs::wall_time wall() const noexcept { return time->wall(); }
    [[nodiscard]] acs::tick now() const noexcept { return {time->ms}; }
    [[nodiscard]] bool wait(acs::tick until) const noexcept {
        if (until.ms > time->ms) time->ms = until.ms;
        return true;
    }
};

/// A counter, so that no 16 bytes, which is what a moment takes, are like others.
struct simulated_entropy {
    simulated_time* time;
    bool dry{};
    [[nodiscard]] bool fill(std::span<std::uint8_t> out) const noexcept {
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (i % 16 == 0) ++time->drawn;
            out[i] = i % 16 < 8 ? static_cast<std::uint8_t>(time->drawn >> 8 * (i % 16)) : std::uint8_t{0};
        }
        return !dry;
    }
};

/// Adds the date that servers send.
template <acs::answer_sink Sink>
struct dated_sink {
    Sink* to;
    acs::wall_time now;
    void status(std::uint16_t code) noexcept {
        to->status(code);
        string_sink date;
        acs::write_http_date(now, date);
        to->field("date", date.text);
    }
    bool field(std::string_view name, std::string_view value) noexcept { return to->field(name, value); }
    bool body(std::string_view piece) noexcept { return to->body(piece); }
};

/// The gateway, a tenth of a second away.
class simulated_service {
public:
    simulated_service(acs::testing::gateway& gateway, simulated_time& time) noexcept : gateway_(&gateway), time_(&time) {}

    std::int64_t seconds_ahead = 0;  ///< its clock, of ours

    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const& made, Sink& sink) {
        time_->ms += 100;
        acs::wall_time const now{time_->wall().seconds + seconds_ahead};
        gateway_->set_time(now);
        dated_sink<Sink> dated{&sink, now};
        return gateway_->perform(made, dated);
    }

private:
    acs::testing::gateway* gateway_;
    simulated_time* time_;
};

/// The answer to AssumeRole in its documented shape.
inline std::string session_json(std::string const& id, std::string const& secret, std::string const& token, acs::wall_time expiry) {
    string_sink out, date;
    acs::write_iso8601(expiry, date);
    acs::json_writer json(out);
    auto const text = [&](std::string_view name, std::string_view value) {
        json.name(name);
        json.string(value);
    };
    json.begin_object();
    text("RequestId", "6894B13B-6D71-4EF5-88FA-F32781734A7F");
    json.name("AssumedRoleUser");
    json.begin_object();
    text("Arn", "acs:ram::123456789012****:role/adminrole/alice");
    text("AssumedRoleId", "344584339364951186:alice");
    json.end_object();
    json.name("Credentials");
    json.begin_object();
    text("AccessKeyId", id);
    text("AccessKeySecret", secret);
    text("SecurityToken", token);
    text("Expiration", date.text);
    json.end_object();
    json.end_object();
    return out.text;
}

/// Makes session credentials that the gateway knows, each with texts of its own.
class session_mint {
public:
    session_mint(acs::testing::gateway& gateway, simulated_time& time) noexcept : gateway_(&gateway), time_(&time) {}

    std::int64_t said_seconds = 3600;   ///< how long they live, as the answer says
    std::int64_t lives_seconds = 3600;  ///< and as the gateway takes it
    unsigned made = 0;

    acs::testing::scripted operator()() {
        std::string const number = std::to_string(++made);
        std::string const id = "STS.id" + number, secret = "canary-secret-" + number, token = "canary+token/" + number + "==";
        gateway_->know({id, secret, token}, acs::wall_time{time_->wall().seconds + lives_seconds});
        return acs::testing::body(200, session_json(id, secret, token, {time_->wall().seconds + said_seconds}));
    }

private:
    acs::testing::gateway* gateway_;
    simulated_time* time_;
};

}  // namespace acs_tests

#endif
