// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A world for drivers and clients in which nothing is real: time passes by waiting, and every byte of entropy is known.
#ifndef ACS_TESTS_SUPPORT_WORLD_HPP
#define ACS_TESTS_SUPPORT_WORLD_HPP

#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/field.hpp>
#include <acs/message/request.hpp>
#include <acs/client/transport.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acs_tests {

/// What time it is, shared by all copies of a clock.
struct time_now {
    std::int64_t wall = 1'698'315'752;  // 2023-10-26T10:22:32Z
    std::uint64_t ms = 1000;
    std::uint64_t waited = 0;
};

/// A clock in which a wait takes no time, and time passes by waiting only.
struct test_clock {
    time_now* time;

    acs::wall_time wall() const noexcept { return {time->wall}; }
    acs::tick now() const noexcept { return {time->ms}; }
    bool wait(acs::tick until) const noexcept {
        std::uint64_t const ms = until.ms > time->ms ? until.ms - time->ms : 0;
        time->wall += static_cast<std::int64_t>(ms / 1000);
        time->ms += ms;
        time->waited += ms;
        return true;
    }
};

/// Every 16 bytes, which is what a moment takes, differ from those before; none after `left` draws.
struct test_entropy {
    std::uint8_t next = 1;
    int left = 1000;

    bool fill(std::span<std::uint8_t> out) noexcept {
        if (left-- <= 0) return false;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (i != 0 && i % 16 == 0) ++next;
            out[i] = next;
        }
        ++next;
        return true;
    }
};

/// What a transport answers, and nothing of it is owned, so that the heap may be empty.
struct canned {
    std::uint16_t status{200};
    std::string_view body{};
    std::span<acs::field const> fields{};
    acs::errc lost{};  ///< in place of an answer; sent or not as `how` says
    acs::delivery how{acs::delivery::unknown};
};

/// Answers in order, the last one again and again. What was sent is kept in `sent`, if that has room: it never grows.
class canned_transport {
public:
    struct request {
        std::string target{}, body{}, date{}, nonce{}, authorization{}, token{};
    };

    explicit canned_transport(std::span<canned const> answers) : answers_(answers) {}

    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const& made, Sink& sink) {
        if (keeping) keep(made);
        ++count;
        canned const& c = answers_.front();
        if (answers_.size() > 1) answers_ = answers_.subspan(1);
        acs::failure f{};
        f.origin = acs::origin::transport;
        f.code = c.lost;
        f.delivery = c.how;
        if (c.lost != acs::errc::none) return f;
        f.code = acs::errc::reply_too_large;
        f.delivery = acs::delivery::answered;
        sink.status(c.status);
        for (acs::field const& one : c.fields)
            if (!sink.field(one.name, one.value)) return f;
        if (!sink.body(c.body)) return f;
        return {};
    }
    void limit(std::uint32_t ms) noexcept { last_limit = ms; }

    bool keeping = true;
    std::size_t count = 0;
    std::uint32_t last_limit = 0;
    std::vector<request> sent{};

private:
    void keep(acs::request const& made) {
        auto const value = [&](std::string_view name) { return std::string(acs::find_field(made.fields, name)); };
        request r{std::string(made.target), {}, value("x-acs-date"), value("x-acs-signature-nonce"), value("authorization"), {}};
        struct {
            std::string* to;
            void write(std::string_view piece) noexcept { to->append(piece); }
        } out{&r.body};
        made.body.write_to(out);
        for (acs::param const& p : made.params)
            if (p.name == "ClientToken") r.token = p.value;
        sent.push_back(r);
    }

    std::span<canned const> answers_;
};

}  // namespace acs_tests

#endif
