// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_WIRE_HPP
#define ACS_TESTING_CONFORMANCE_WIRE_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/request.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/conformance/case.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What leaves: the request, the whole request, and nothing but the request, once. Nobody asks for compression but the request.
namespace acs::conformance::inline ACS_ABI {

template <class World>
void sends(cases<World>& c, probe_request const& r, plan const& answered = {http_bytes(200, "{}")}) {
    std::size_t const before = c.world().requests(server::plain).size();
    c.world().plan(server::plain, answered);
    answer_log answer;
    c.equal("outcome", r.good() ? "ok" : "prepared", c.outcome(r.made, answer));
    auto const all = c.world().requests(server::plain);
    c.equal("times sent", "1", std::to_string(all.size() - before));
    if (all.empty()) return;
    arrival const& got = all.back();
    c.equal("method", name(r.made.verb), got.method);
    c.equal("target", r.made.target, got.target);
    std::string body;
    testing::string_sink body_sink(body);
    r.made.body.write_to(body_sink);
    c.equal("body", body, got.body);
    for (field const& f : r.made.fields) {
        int times = 0;
        for (auto const& [field_name, value] : got.fields) {
            if (!equal_ignoring_case(field_name, f.name)) continue;
            ++times;
            c.equal(f.name, trim(f.value), trim(value));
        }
        c.equal(f.name, "1", std::to_string(times));
    }
    for (auto const& [field_name, value] : got.fields) {
        if (find_field(r.made.fields, field_name).data() != nullptr) continue;
        bool const length = equal_ignoring_case(field_name, "content-length") && value == std::to_string(body.size());
        if (!length) c.fail("field that nobody asked for", field_name + ": " + value);
    }
}

template <class World>
void check_sending(cases<World>& c) {
    std::string all_bytes;
    for (int i = 0; i < 256; ++i) all_bytes += static_cast<char>(i);
    std::string const long_text(100'003, 'x');
    std::array<field, 4> const extra{{{"x-acs-blank", " \t"}, {"x-acs-extra", ""}, {"x-other", "a  b"}, {"accept-encoding", "gzip"}}};
    struct sent {
        std::string_view what, note, content;
    };
    for (sent const& s : {sent{"nothing", {}, {}},
                          {"a form", "", "c"},
                          {"a query", "/../?a=b&c#d", {}},
                          {"every byte", "all", all_bytes},
                          {"a long form", "n", long_text},
                          {"a long query", std::string_view(long_text).substr(0, 20'000), "c"}}) {
        c.run("sends exactly " + std::string(s.what), [&] {
            for (bool const more : {false, true}) {
                std::span<field const> const fields = more ? std::span<field const>(extra) : std::span<field const>();
                sends(c, probe_request(c.world().host(server::plain), {s.note, s.content}, scheme::http, fields));
            }
        });
    }
}

/// Refused before a byte leaves.
template <class World>
void refuses(cases<World>& c, request const& made, std::string_view expected, bool allow_http = true) {
    std::size_t const before = c.world().requests(server::plain).size();
    answer_log answer;
    c.equal("outcome", expected, c.outcome(made, answer, {.timeout_ms = short_ms, .allow_http = allow_http}));
    c.equal("times sent", "0", std::to_string(c.world().requests(server::plain).size() - before));
    c.equal("answers begun", "0", std::to_string(answer.beginnings));
}

template <class World>
void refuses(cases<World>& c, std::string_view where, std::string_view text, std::string_view expected) {
    probe_request r(c.world().host(server::plain), {"n", "c"}, scheme::http);
    std::vector<field> fields(r.made.fields.begin(), r.made.fields.end());
    if (where == "host") r.made.host = text;
    if (where == "target") r.made.target = text;
    if (where == "name") fields.push_back({text, "v"});
    if (where == "value") fields.push_back({"x-field", text});
    r.made.fields = fields;
    refuses(c, r.made, expected);
}

template <class World>
void check_refusing(cases<World>& c) {
    for (std::string_view const bad : {std::string_view("\r"), std::string_view("\n"), std::string_view("\0", 1)})
        for (std::string_view const where : {"host", "target", "name", "value"}) {
            c.run("refuses byte " + std::to_string(bad[0]) + " in a " + std::string(where), [&] {
                for (std::size_t const at : {0U, 1U, 4U}) {
                    std::string text = where == "host" ? "h.example" : where == "target" ? "/?a=bc" : "x-field";
                    text.insert(at, bad);
                    refuses(c, where, text, "forbidden_character caller not_sent");
                }
            });
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
        c.run("refuses a " + std::string(w.where) + " '" + std::string(w.text) + "'",
              [&] { refuses(c, w.where, w.text, std::string(w.code) + " caller not_sent"); });
    }
    // What could be read in two ways: one server may see another host, or another end of the request, than the next does.
    for (std::string_view const name : {"content-length", "Transfer-Encoding"})
        c.run("refuses a field " + std::string(name), [&] { refuses(c, "name", name, "reserved_name caller not_sent"); });
    for (std::string_view const name : {"host", "HOST", "x-acs-date"})
        c.run("refuses a second field " + std::string(name), [&] { refuses(c, "name", name, "duplicate_field caller not_sent"); });
    c.run("refuses a body with GET", [&] {
        probe_request r(c.world().host(server::plain), {"n", "c"}, scheme::http);
        r.made.verb = method::get;
        refuses(c, r.made, "unsupported_body caller not_sent");
    });
    if (c.needs("refuses plain http", feature::plain_is_off)) {
        c.run("refuses plain http", [&] {
            probe_request plain(c.world().host(server::plain), {"n", "c"}, scheme::http);
            refuses(c, plain.made, "insecure_transport caller not_sent", false);
        });
    }
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
