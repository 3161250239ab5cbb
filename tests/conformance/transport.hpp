// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What every transport has to do, as `acs::transport` says. A transport of your own runs it over a server of its own: `World` has
//
// - `transport()`, which may carry to `endpoint()`;
// - `plan(said)`: how the server answers the next request; `can(how)`: whether it can answer in that way;
// - `requests()`: what arrived so far, to the byte, each as `acs_tests::arrived`;
// - `strict()`: a transport that was not told to allow plain http, or null if this one knows no such thing;
// - `nowhere()`: an endpoint that nobody listens at; its host may be empty.
//
// Every request goes out signed, so that the testing gateway may be the server.
#ifndef ACS_TESTS_CONFORMANCE_TRANSPORT_HPP
#define ACS_TESTS_CONFORMANCE_TRANSPORT_HPP

#include <acs/client/transport.hpp>
#include <acs/core/text.hpp>
#include <acs/operation/description.hpp>
#include <acs/operation/prepare.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archetypes/transport.hpp"
#include "conformance/report.hpp"
#include "support/loopback.hpp"

namespace conformance {

/// The operation that is called.
struct probe {
    static constexpr acs::call_head head{"Probe", "2020-05-18"};
    std::string_view note{};
    std::string_view content{};
    struct reply {
        std::string_view request_id{};
    };
    static consteval auto describe() {
        return acs::description(
            acs::parameters(acs::query<&probe::note>("Note", acs::long_text), acs::form<&probe::content>("Content", acs::long_text)),
            acs::members(acs::member<&reply::request_id>("RequestId")));
    }
};

inline constexpr acs::credentials probe_key{"testid", "testsecret"};

/// How the server answers.
enum class manner : std::uint8_t {
    whole,
    drip,     ///< one byte a time
    interim,  ///< after two 1xx answers, with fields of their own
    chunked,  ///< in chunks of odd sizes
    to_end,   ///< without a length: until the connection closes
    cut,      ///< closes before the last byte
    reset,    ///< breaks the connection in place of an answer
    stall,    ///< never
};

struct said {
    std::uint16_t status{200};
    std::string body{};
    manner how{};
};

/// A request, in memory of its own.
class probe_request {
public:
    template <class World>
    probe_request(World& world, probe const& op, std::span<acs::field const> extra = {}) : op_(op) {
        acs::moment now{{1'698'315'752}, {}, {}};
        static std::uint32_t count = 0;
        ++count;
        for (std::size_t i = 0; i < 4; ++i) now.random[i] = static_cast<std::uint8_t>(count >> 8 * i);
        auto const result = acs::prepare(op_, world.endpoint(), probe_key, now, memory_, {.fields = extra});
        good_ = result.has_value();
        if (good_) made = *result;
    }
    probe_request(probe_request const&) = delete;
    probe_request& operator=(probe_request const&) = delete;

    [[nodiscard]] bool good() const noexcept { return good_; }

    acs::request made{};

private:
    probe op_;
    acs::request_buffer<1 << 16> memory_{};
    bool good_{};
};

/// The cases, over a world.
template <class World>
class transport_case {
public:
    transport_case(World& world, report& out) : world_(&world), out_(&out) {}

    void run() {
        sends_exactly();
        takes_every_status();
        takes_every_body();
        for (manner const how : {manner::drip, manner::interim, manner::chunked, manner::to_end}) takes(how);
        stops_where_the_sink_says();
        loses(manner::cut, "receive_failed", "answered");
        loses(manner::reset, "receive_failed", "unknown");
        loses(manner::stall, "timed_out", "unknown");
        refuses_texts();
        refuses_plain_http();
        finds_nobody();
        out_->begin("a transport that failed goes on");
        check_answer("after it all", {200, "{}", {}});
        out_->end();
    }

private:
    using sink = acs_tests::sink_archetype;

    /// What becomes of a request: `ok`, or code, origin and delivery.
    std::string outcome(acs::request const& made, sink& answer) { return outcome(world_->transport(), made, answer); }
    template <class Http>
    static std::string outcome(Http& http, acs::request const& made, sink& answer) {
        acs::result<void> const carried = http.perform(made, answer);
        if (carried) return "ok";
        acs::failure const& f = carried.error();
        return std::string(acs::name(f.code)) + " " + std::string(acs::name(f.origin)) + " " + std::string(acs::name(f.delivery));
    }

    void sends_exactly() {
        std::string all_bytes;
        for (int i = 0; i < 256; ++i) all_bytes += static_cast<char>(i);
        std::string const long_text(100'003, 'x');
        std::array<acs::field, 2> const extra{{{"x-acs-extra", ""}, {"x-other", "a  b"}}};
        struct sent {
            std::string_view what, note, content;
        };
        for (sent const& s : {sent{"nothing", {}, {}},
                              {"a form", "", "c"},
                              {"a query", "/../?a=b&c#d", {}},
                              {"every byte", "all", all_bytes},
                              {"a long form", "n", long_text},
                              {"a long query", std::string_view(long_text).substr(0, 20'000), "c"}}) {
            out_->begin("sends exactly " + std::string(s.what));
            for (bool const more : {false, true}) {
                probe_request r(*world_, {s.note, s.content}, more ? std::span<acs::field const>(extra) : std::span<acs::field const>());
                sends(r);
            }
            out_->end();
        }
    }

    void sends(probe_request const& r) {
        std::size_t const before = world_->requests().size();
        world_->plan({});
        sink answer;
        equal("outcome", r.good() ? "ok" : "prepared", outcome(r.made, answer));
        auto const all = world_->requests();
        equal("times sent", "1", std::to_string(all.size() - before));
        if (all.empty()) return;
        acs_tests::arrived const& got = all.back();
        equal("method", acs::name(r.made.verb), got.method);
        equal("target", r.made.target, got.target);
        std::string body;
        acs::testing::string_sink body_sink(body);
        r.made.body.write_to(body_sink);
        equal("body", body, got.body);
        for (acs::field const& f : r.made.fields) {
            int times = 0;
            for (auto const& [name, value] : got.fields) {
                if (!acs::equal_ignoring_case(name, f.name)) continue;
                ++times;
                equal(f.name, f.value, value);
            }
            equal(f.name, "1", std::to_string(times));
        }
        for (auto const& [name, value] : got.fields) {
            bool const ours = acs::find_field(r.made.fields, name).data() != nullptr;
            if (!ours)
                equal("field that nobody asked for", "content-length: " + std::to_string(body.size()),
                      name_in_lower_case(name) + ": " + value);
        }
    }

    void takes_every_status() {
        for (int const status : {200, 201, 204, 299, 301, 302, 307, 308, 400, 401, 404, 407, 429, 500, 502, 503, 599}) {
            out_->begin("an answer of status " + std::to_string(status));
            check_answer("answer", {static_cast<std::uint16_t>(status), status == 204 ? "" : R"({"Code":"x"})", {}});
            out_->end();
        }
    }

    void takes_every_body() {
        std::string bytes(70'001, '\0');
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
        for (std::size_t const size : {0U, 1U, 255U, 16'384U, 70'001U}) {
            out_->begin("a body of " + std::to_string(size) + " bytes");
            check_answer("answer", {200, bytes.substr(0, size), {}});
            out_->end();
        }
    }

    void takes(manner how) {
        if (!world_->can(how)) return;
        out_->begin("an answer in manner " + std::to_string(static_cast<int>(how)));
        check_answer("answer", {200, R"({"RequestId":"1","Data":"0123456789"})", how});
        check_answer("the next answer", {500, "{}", {}});
        out_->end();
    }

    /// One request, one answer, which arrives as it is.
    void check_answer(std::string_view stage, said const& expected) {
        std::size_t const before = world_->requests().size();
        world_->plan(expected);
        probe_request r(*world_, {"n", "c"});
        sink answer;
        equal(stage, "ok", outcome(r.made, answer));
        equal(stage, std::to_string(expected.status), std::to_string(answer.said().status));
        equal(stage, expected.body, answer.said().body);
        equal("times sent", "1", std::to_string(world_->requests().size() - before));
        for (auto const& [name, value] : answer.said().fields) {
            equal("fields of interim answers", "", name == "x-interim" ? value : "");
            equal("white space around a value", acs::trim(value), value);
        }
    }

    void stops_where_the_sink_says() {
        for (std::size_t const room : {0U, 1U, 9U}) {
            out_->begin("a body one byte longer than " + std::to_string(room));
            overflows(sink(room), std::string(room + 1, 'x'));
            out_->end();
        }
        out_->begin("a body as long as there is room");
        world_->plan({200, "0123456789", {}});
        probe_request r(*world_, {});
        sink answer(10);
        equal("outcome", "ok", outcome(r.made, answer));
        out_->end();
        out_->begin("a field too many");
        overflows(sink(100, 0), "{}");
        out_->end();
    }

    void overflows(sink&& answer, std::string const& body) {
        world_->plan({200, body, {}});
        probe_request r(*world_, {});
        equal("outcome", "reply_too_large transport answered", outcome(r.made, answer));
        check_answer("the next answer", {200, "{}", {}});
    }

    void loses(manner how, std::string const& code, std::string const& delivery) {
        if (!world_->can(how)) return;
        out_->begin("an answer lost in manner " + std::to_string(static_cast<int>(how)));
        std::size_t const before = world_->requests().size();
        world_->plan({200, "0123456789", how});
        probe_request r(*world_, {"n", "c"});
        sink answer;
        equal("outcome", code + " transport " + delivery, outcome(r.made, answer));
        equal("times sent", "1", std::to_string(world_->requests().size() - before));
        check_answer("the next answer", {200, "{}", {}});
        out_->end();
    }

    /// CR, LF and NUL, wherever they are, and hosts and targets that are none: nothing is sent.
    void refuses_texts() {
        for (std::string_view const bad : {std::string_view("\r"), std::string_view("\n"), std::string_view("\0", 1)})
            for (std::string_view const where : {"host", "target", "name", "value"})
                for (std::size_t const at : {0U, 1U, 4U}) {
                    out_->begin("refuses byte " + std::to_string(bad[0]) + " at " + std::to_string(at) + " of a " + std::string(where));
                    std::string text = where == "host" ? "h.example" : where == "target" ? "/?a=bc" : "x-field";
                    text.insert(at, bad);
                    refuses(where, text, "forbidden_character caller not_sent");
                    out_->end();
                }
        struct wrong {
            std::string_view where, text, code;
        };
        for (wrong const& w : {wrong{"host", "h/path", "invalid_host"},
                               {"host", "", "invalid_host"},
                               {"host", "user@h", "invalid_host"},
                               {"target", "", "invalid_path"},
                               {"target", "a", "invalid_path"},
                               {"target", "/a b", "invalid_path"},
                               {"target", "/a#b", "invalid_path"},
                               {"target", "/\xC3\xA4", "invalid_path"},
                               {"name", "", "invalid_name"},
                               {"name", "a:b", "invalid_name"},
                               {"name", "a b", "invalid_name"}}) {
            out_->begin("refuses a " + std::string(w.where) + " '" + std::string(w.text) + "'");
            refuses(w.where, w.text, std::string(w.code) + " caller not_sent");
            out_->end();
        }
        out_->begin("refuses a body with GET");
        probe_request r(*world_, {"n", "c"});
        r.made.verb = acs::method::get;
        refuses(r.made, "unsupported_body caller not_sent");
        out_->end();
    }

    void refuses(std::string_view where, std::string_view text, std::string const& expected) {
        probe_request r(*world_, {"n", "c"});
        std::vector<acs::field> fields(r.made.fields.begin(), r.made.fields.end());
        if (where == "host") r.made.host = text;
        if (where == "target") r.made.target = text;
        if (where == "name") fields.push_back({text, "v"});
        if (where == "value") fields.push_back({"x-field", text});
        r.made.fields = fields;
        refuses(r.made, expected);
    }
    void refuses(acs::request const& made, std::string const& expected) {
        std::size_t const before = world_->requests().size();
        sink answer;
        equal("outcome", expected, outcome(made, answer));
        equal("times sent", "0", std::to_string(world_->requests().size() - before));
        equal("answers begun", "0", std::to_string(answer.said().beginnings));
    }

    void refuses_plain_http() {
        if (world_->strict() == nullptr) return;
        out_->begin("refuses plain http");
        std::size_t const before = world_->requests().size();
        probe_request r(*world_, {"n", "c"});
        sink answer;
        equal("scheme", "http", r.made.scheme == acs::scheme::http ? "http" : "https");
        equal("outcome", "insecure_transport caller not_sent", outcome(*world_->strict(), r.made, answer));
        equal("times sent", "0", std::to_string(world_->requests().size() - before));
        out_->end();
    }

    void finds_nobody() {
        if (world_->nowhere().host.empty()) return;
        out_->begin("nobody listens");
        probe_request r(*world_, {"n", "c"});
        r.made.host = world_->nowhere().host;
        sink answer;
        equal("outcome", "connect_failed transport not_sent", outcome(r.made, answer));
        out_->end();
    }

    static std::string name_in_lower_case(std::string text) {
        for (char& c : text) c = acs::to_lower(c);
        return text;
    }

    void equal(std::string_view stage, std::string_view expected, std::string_view got) { out_->equal(stage, expected, got); }

    World* world_;
    report* out_;
};

/// Runs every case; each counts as one in the report.
template <class World>
void check_transport(World& world, report& out) {
    transport_case<World>(world, out).run();
}

}  // namespace conformance

#endif
