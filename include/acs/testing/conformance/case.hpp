// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_CASE_HPP
#define ACS_TESTING_CONFORMANCE_CASE_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/request.hpp>
#include <acs/testing/conformance/probe.hpp>
#include <acs/testing/conformance/report.hpp>
#include <acs/testing/conformance/world.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace acs::conformance::inline ACS_ABI {

/// A call that ends within this many milliseconds of its deadline ends in time, on a machine that is busy.
inline constexpr int grace_ms = 10'000;
/// The deadline of calls to servers that stall.
inline constexpr std::uint32_t short_ms = 200;

/// One case after the other over a world: what they have in common.
template <transport_world World>
class cases {
public:
    cases(World& world, report& out) : world_(&world), out_(&out) {}

    [[nodiscard]] World& world() noexcept { return *world_; }

    /// Whether the world can do what a case needs; else the case is skipped.
    [[nodiscard]] bool needs(std::string_view id, feature f) {
        if (world_->can(f)) return true;
        out_->skip(id, "needs " + std::string(name(f)));
        return false;
    }

    /// A case: `body` tries it, unless the world avoids it.
    template <class Body>
    void run(std::string_view id, Body const& body) {
        if constexpr (requires { world_->avoids(id); })
            if (std::string const why(world_->avoids(id)); !why.empty()) return out_->skip(id, why);
        out_->begin(id);
        body();
        out_->end();
    }
    void equal(std::string_view stage, std::string_view expected, std::string_view got) { out_->equal(stage, expected, got); }
    void fail(std::string_view stage, std::string_view why) { out_->fail(stage, why); }

    /// Makes a call and says what became of it: `ok`, or code, origin and delivery. It must be told once, and no later than it may take.
    std::string outcome(request const& made, answer_log& answer, call_how const& how = {}) {
        auto const begun = std::chrono::steady_clock::now();
        called const c = world_->call(made, answer, how);
        auto const took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
        equal("times told", "1", std::to_string(c.times));
        if (took > std::int64_t{how.timeout_ms} + grace_ms) fail("time", "took " + std::to_string(took) + " ms");
        if (c.carried) return "ok";
        failure const& f = c.carried.error();
        return std::string(name(f.code)) + " " + std::string(name(f.origin)) + " " + std::string(name(f.delivery));
    }

    /// One call to a server; its outcome is one of those expected.
    void expect(server to, std::initializer_list<std::string_view> expected, call_how const& how = {}, std::string_view content = "c") {
        probe_request r(world_->host(to), {"n", content}, scheme_of(to));
        answer_log answer;
        expect(outcome(r.made, answer, how), expected);
    }
    void expect(std::string_view got, std::initializer_list<std::string_view> expected) {
        for (std::string_view const e : expected)
            if (e == got) return;
        equal("outcome", *expected.begin(), got);
    }

    [[nodiscard]] static scheme scheme_of(server to) noexcept {
        switch (to) {
            case server::plain:
            case server::plain_alias:
            case server::other:
            case server::nobody:
            case server::nameless:
            case server::full: return scheme::http;
            default: return scheme::https;
        }
    }

    /// One request, one answer, which arrives as it is: `bytes` on the wire are this status and body.
    void arrives(server to, plan const& p, int status, std::string_view body, std::string_view stage = "answer") {
        std::size_t const before = world_->requests(to).size();
        world_->plan(to, p);
        probe_request r(world_->host(to), {"n", "c"}, scheme_of(to));
        answer_log answer;
        equal(stage, "ok", outcome(r.made, answer));
        equal(stage, std::to_string(status), std::to_string(answer.said));
        equal(stage, body, answer.text);
        equal("times sent", "1", std::to_string(world_->requests(to).size() - before));
        for (auto const& [field_name, value] : answer.fields) {
            equal("fields of interim answers", "", equal_ignoring_case(field_name, "x-interim") ? value : "");
            equal("trailers that are no fields", "", equal_ignoring_case(field_name, "x-trailer") ? value : "");
            equal("white space around a value", trim(value), value);
        }
    }
    void arrives(int status, std::string_view body, std::string_view stage = "answer") {
        arrives(server::plain, {http_bytes(status, body)}, status, body, stage);
    }

    /// One request, and an answer that is none: it fails, and the next call works.
    void loses(server to, plan const& p, std::initializer_list<std::string_view> expected, call_how const& how = {},
               std::string_view content = "c") {
        std::size_t const before = world_->requests(to).size();
        world_->plan(to, p);
        expect(to, expected, how, content);
        if (world_->requests(to).size() > before + 1) fail("times sent", "more than once");
        arrives(to, {http_bytes(200, "{}")}, 200, "{}", "the next answer");
    }

private:
    World* world_;
    report* out_;
};

}  // namespace acs::conformance::inline ACS_ABI

#endif
