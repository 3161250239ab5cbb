// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_ANSWERS_HPP
#define ACS_TESTING_CONFORMANCE_ANSWERS_HPP

#include <acs/core/config.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/testing/conformance/case.hpp>

#include <cstddef>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <string_view>

// What comes: every answer as it is, up to the sink's limits.
namespace acs::conformance::inline ACS_ABI {

/// A body in chunks of so many bytes, with an extension and a trailer. `more_trailers` are whole lines.
[[nodiscard]] inline std::string chunked_bytes(std::string_view body, std::size_t piece, std::string_view more_trailers = {}) {
    std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    while (!body.empty()) {
        std::string_view const part = body.substr(0, piece);
        char size[32];
        std::snprintf(size, sizeof size, "%zX;extension=1\r\n", part.size());
        text.append(size).append(part).append("\r\n");
        body.remove_prefix(part.size());
    }
    return text.append("0\r\nX-Trailer: t\r\n").append(more_trailers).append("\r\n");
}

/// A hundred thousand times `0`, by gzip.
[[nodiscard]] inline std::string packed_bytes() {
    std::string text("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0\x4a\xeb\x9f\xce\x1a\x1e\x40\x01", 27);
    return text.append(96, '\0').append("\xaf\x06\x85\xc2\x4d\xc5\xa0\x86\x01\x00", 10);
}

template <class World>
void check_answers(cases<World>& c) {
    for (int const status : {200, 201, 204, 299, 304, 400, 401, 404, 407, 417, 429, 500, 502, 503, 599}) {
        c.run("an answer of status " + std::to_string(status),
              [&] { c.arrives(status, status == 204 || status == 304 ? "" : R"({"Code":"x"})"); });
    }
    for (int const status : {301, 302, 303, 307, 308}) {
        c.run("a redirect of status " + std::to_string(status) + " is an answer, and is not followed", [&] {
            std::string const location = "Location: http://" + c.world().host(server::other) + "/\r\n";
            std::size_t const others = c.world().requests(server::other).size();
            c.arrives(server::plain, {http_bytes(status, "moved", location)}, status, "moved");
            c.equal("requests elsewhere", "0", std::to_string(c.world().requests(server::other).size() - others));
        });
    }
    std::string bytes(70'001, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
    for (std::size_t const size : {0U, 1U, 255U, 16'384U, 70'001U}) {
        c.run("a body of " + std::to_string(size) + " bytes", [&] { c.arrives(200, bytes.substr(0, size)); });
    }
    if (!c.needs("answers in many shapes", feature::raw_bytes)) return;

    std::string const body = R"({"RequestId":"1","Data":"0123456789"})";
    auto const comes = [&c](std::string_view what, plan const& p, int status, std::string_view expected) {
        c.run("an answer " + std::string(what), [&] {
            c.arrives(server::plain, p, status, expected);
            c.arrives(500, "{}", "the next answer");
        });
    };
    using then = plan::then;
    std::string const whole = http_bytes(200, body, "X-Padded: \t a \t\r\nX-Empty:\r\n");
    comes("byte by byte", {whole, then::keep, false, true}, 200, body);
    comes("after interim ones",
          {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nx-interim: yes\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + whole}, 200,
          body);
    for (int const status : {100, 102, 103})
        for (bool const drip : {false, true})
            comes("after one of status " + std::to_string(status) + (drip ? ", byte by byte" : ""),
                  {http_bytes(status, "", "x-interim: yes\r\n") + whole, then::keep, false, drip}, 200, body);
    for (std::size_t const piece : {1U, 7U, 1000U}) comes("in chunks of " + std::to_string(piece), {chunked_bytes(body, piece)}, 200, body);
    comes("in chunks, byte by byte", {chunked_bytes(body, 5), then::keep, false, true}, 200, body);
    comes("in no chunk", {chunked_bytes("", 1)}, 200, "");
    comes("until the end", {"HTTP/1.1 200 OK\r\n\r\n" + body, then::close}, 200, body);
    comes("in HTTP/1.0", {"HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}", then::close}, 200, "{}");
    comes("without a reason", {"HTTP/1.1 404 \r\ncontent-length: 2\r\n\r\n{}"}, 404, "{}");
    comes("of status 204 with a length", {"HTTP/1.1 204 No Content\r\n\r\n"}, 204, "");
    comes("of status 304 with a length that is another's", {"HTTP/1.1 304 Not Modified\r\ncontent-length: 10\r\n\r\n"}, 304, "");
    comes("before the body was sent", {http_bytes(413, "{}", "connection: close\r\n"), then::keep, true}, 413, "{}");
    comes("that is compressed, though nobody asked", {http_bytes(200, packed_bytes(), "content-encoding: gzip\r\n")}, 200, packed_bytes());
    c.run("an answer that is compressed needs no more room than it takes", [&] {
        for (std::string const& said : {http_bytes(200, packed_bytes(), "content-encoding: gzip\r\n"),
                                        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n" + chunked_bytes(packed_bytes(), 50).substr(17)}) {
            c.world().plan(server::plain, {said});
            probe_request r(c.world().host(server::plain), {}, scheme::http);
            answer_log answer(packed_bytes().size());
            c.equal("outcome", "ok", c.outcome(r.made, answer));
            c.equal("body", packed_bytes(), answer.text);
        }
    });
}

template <class World>
void overflows(cases<World>& c, answer_log&& answer, plan const& p, std::initializer_list<std::string_view> expected) {
    c.world().plan(server::plain, p);
    probe_request r(c.world().host(server::plain), {}, scheme::http);
    c.expect(c.outcome(r.made, answer), expected);
    c.arrives(200, "{}", "the next answer");
}

template <class World>
void check_limits(cases<World>& c) {
    constexpr std::string_view full = "reply_too_large transport answered";
    for (std::size_t const room : {0U, 1U, 9U}) {
        c.run("a body one byte longer than " + std::to_string(room),
              [&] { overflows(c, answer_log(room), {http_bytes(200, std::string(room + 1, 'x'))}, {full}); });
    }
    c.run("a body as long as there is room", [&] {
        c.world().plan(server::plain, {http_bytes(200, "0123456789")});
        probe_request r(c.world().host(server::plain), {}, scheme::http);
        answer_log answer(10);
        c.equal("outcome", "ok", c.outcome(r.made, answer));
    });
    c.run("a field too many", [&] { overflows(c, answer_log(100, 0), {http_bytes(200, "{}", "x-field: x\r\n")}, {full}); });
    if (!c.needs("limits of what has no length", feature::raw_bytes)) return;

    c.run("a body that is too long, in chunks", [&] { overflows(c, answer_log(9), {chunked_bytes("0123456789", 3)}, {full}); });
    c.run("a body that is too long, until the end", [&] {
        overflows(c, answer_log(9), {"HTTP/1.1 200 OK\r\n\r\n0123456789", plan::then::close}, {full});
    });
    c.run("a length that is too long is no reason to wait for it",
          [&] { overflows(c, answer_log(9), {"HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n0123456789"}, {full}); });
    c.run("a head without end", [&] {
        std::string fields;
        for (int i = 0; i < 4000; ++i) fields += "x-" + std::to_string(i) + ": " + std::string(1000, 'x') + "\r\n";
        overflows(c, answer_log(), {"HTTP/1.1 200 OK\r\n" + fields, plan::then::stall}, {full});
    });
    std::string many;
    for (int i = 0; i < 10'000; ++i) many += "a: b\r\n";
    c.run("ten thousand fields", [&] {
        c.world().plan(server::plain, {http_bytes(200, "{}", many)});
        probe_request r(c.world().host(server::plain), {}, scheme::http);
        answer_log answer;
        std::string const got = c.outcome(r.made, answer);
        c.expect(got, {"ok", full});
        if (got == "ok") c.equal("fields", "10001", std::to_string(answer.fields.size()));
        c.arrives(200, "{}", "the next answer");
    });
    c.run("ten thousand fields, where there is room for a hundred",
          [&] { overflows(c, answer_log(100, 100), {http_bytes(200, "{}", many)}, {full}); });
    c.run("trailers without end", [&] {
        std::string trailers;
        for (int i = 0; i < 4000; ++i) trailers += "x-" + std::to_string(i) + ": " + std::string(1000, 'x') + "\r\n";
        overflows(c, answer_log(), {chunked_bytes("{}", 2, trailers), plan::then::stall}, {full});
    });
    c.run("a line without end", [&] {
        overflows(c, answer_log(), {"HTTP/1.1 200 OK\r\nx: " + std::string(4'000'000, 'x'), plan::then::stall}, {full});
    });
    c.run("interim answers without end", [&] {
        std::string interim;
        for (int i = 0; i < 100'000; ++i) interim += "HTTP/1.1 100 Continue\r\nx-interim: yes\r\n\r\n";
        overflows(c, answer_log(), {interim, plan::then::stall}, {"reply_too_large transport unknown"});
    });
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
