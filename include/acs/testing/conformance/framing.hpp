// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_FRAMING_HPP
#define ACS_TESTING_CONFORMANCE_FRAMING_HPP

#include <acs/core/config.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/testing/conformance/answers.hpp>
#include <acs/testing/conformance/case.hpp>

#include <string>
#include <string_view>

// Answers that are cut, that can be read in two ways, or that are none at all (RFC 9112): none of them is taken for whole.
namespace acs::conformance::inline ACS_ABI {

template <class World>
void check_truncation(cases<World>& c) {
    if (!c.needs("answers that are cut", feature::raw_bytes)) return;
    struct cut {
        std::string_view what, bytes;
    };
    std::string const chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    for (cut const& k : {cut{"before the last byte", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123456789"},
                         {"before the body", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n"},
                         {"in the size of a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1"},
                         {"behind the size of a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n"},
                         {"in a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n123"},
                         {"between two chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n"},
                         {"in the last chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n"}}) {
        c.run("an answer that is cut " + std::string(k.what), [&] {
            c.loses(server::plain, {std::string(k.bytes), plan::then::close}, {"receive_failed transport answered"});
            c.loses(server::plain, {std::string(k.bytes), plan::then::reset},
                    {"receive_failed transport answered", "receive_failed transport unknown"});
        });
    }
    for (cut const& k :
         {cut{"before it begins", ""}, {"in its first line", "HTTP/1.1 20"}, {"after an interim one", "HTTP/1.1 100 Continue\r\n\r\n"}}) {
        c.run("an answer that is cut " + std::string(k.what), [&] {
            c.loses(server::plain, {std::string(k.bytes), plan::then::close},
                    {"receive_failed transport unknown", "transport_failed transport unknown", "send_failed transport unknown"});
        });
    }
    c.run("an answer that is cut in its head", [&] {
        c.loses(server::plain, {"HTTP/1.1 200 OK\r\ncontent-le", plan::then::close},
                {"receive_failed transport answered", "receive_failed transport unknown", "transport_failed transport unknown"});
    });
}

template <class World>
void check_framing(cases<World>& c) {
    if (!c.needs("answers that can be read in two ways", feature::raw_bytes)) return;
    auto const wrong = [&c](std::string_view what, std::string const& bytes) {
        c.run("not taken: " + std::string(what), [&] {
            c.loses(server::plain, {bytes, plan::then::close},
                    {"transport_failed transport answered", "transport_failed transport unknown", "receive_failed transport answered",
                     "receive_failed transport unknown", "reply_too_large transport answered"});
        });
    };
    // May be read in the one way that is meant, or refused.
    auto const one_way = [&c](std::string_view what, std::string const& bytes, std::string_view body) {
        c.run("taken as meant, or not: " + std::string(what), [&] {
            c.world().plan(server::plain, {bytes, plan::then::close});
            probe_request r(c.world().host(server::plain), {"n", "c"}, scheme::http);
            answer_log answer;
            std::string const got = c.outcome(r.made, answer);
            if (got == "ok")
                c.equal("body", body, answer.text);
            else
                c.expect(got, {"transport_failed transport answered", "transport_failed transport unknown",
                               "receive_failed transport answered", "receive_failed transport unknown"});
            c.arrives(200, "{}", "the next answer");
        });
    };
    std::string const ok = "HTTP/1.1 200 OK\r\n";
    struct fields {
        std::string_view what, lines;
    };
    for (fields const& f : {fields{"a length beside chunks", "content-length: 5\r\ntransfer-encoding: chunked\r\n"},
                            {"chunks beside a length", "transfer-encoding: chunked\r\ncontent-length: 5\r\n"},
                            {"a coding that is none", "transfer-encoding: xchunked\r\n"},
                            {"chunks that are not the last coding", "transfer-encoding: chunked, gzip\r\n"},
                            {"two chunked codings", "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n"}})
        wrong(f.what, ok + std::string(f.lines) + "\r\n5\r\n12345\r\n0\r\n\r\n");
    for (fields const& f : {fields{"two lengths", "content-length: 5\r\ncontent-length: 6\r\n"},
                            {"two lengths in a line", "content-length: 5, 6\r\n"},
                            {"a length with a sign", "content-length: +5\r\n"},
                            {"a negative length", "content-length: -5\r\n"},
                            {"a hexadecimal length", "content-length: 0x5\r\n"},
                            {"a length of 2^64 and 5", "content-length: 18446744073709551621\r\n"},
                            {"a length that is a word", "content-length: five\r\n"}})
        wrong(f.what, ok + std::string(f.lines) + "\r\n12345");
    std::string const chunks = ok + "transfer-encoding: chunked\r\n\r\n";
    wrong("a chunk whose size is no number", chunks + "x\r\n12345\r\n0\r\n\r\n");
    wrong("a chunk whose size has a sign", chunks + "+5\r\n12345\r\n0\r\n\r\n");
    wrong("a chunk of 2^64 bytes", chunks + "10000000000000000\r\n12345\r\n0\r\n\r\n");
    wrong("a chunk that goes on where it should end", chunks + "5\r\n123456\r\n0\r\n\r\n");

    wrong("HTTP/0.9", "{\"RequestId\":\"1\"}");
    wrong("another protocol", "220 smtp.example ESMTP\r\n");
    wrong("HTTP/2", std::string_view("\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80", 15).data() + std::string("\r\n\r\n"));
    wrong("a status of two digits", "HTTP/1.1 20 OK\r\ncontent-length: 2\r\n\r\n{}");
    wrong("a status of letters", "HTTP/1.1 abc OK\r\ncontent-length: 2\r\n\r\n{}");
    wrong("status 99", "HTTP/1.1 099 OK\r\ncontent-length: 2\r\n\r\n{}");
    wrong("a switch of protocols that nobody asked for", "HTTP/1.1 101 Switching\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n{}");
    wrong("nothing but line ends", "\r\n\r\n\r\n\r\n");
    wrong("a field without a name", ok + ": value\r\ncontent-length: 2\r\n\r\n{}");
    wrong("a line that is no field", ok + "nonsense\r\ncontent-length: 2\r\n\r\n{}");
    wrong("a first field that goes on a line before", ok + " x\r\ncontent-length: 2\r\n\r\n{}");
    wrong("a name with a space", ok + "a b: c\r\ncontent-length: 2\r\n\r\n{}");
    wrong("a length with a space before its colon", ok + "content-length : 2\r\n\r\n{}");

    one_way("the same length twice", ok + "connection: close\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\n{}", "{}");
    std::string const whole = ok + "connection: close\r\ncontent-length: 2\r\n\r\n{}";
    one_way("an empty line before the answer", "\r\n" + whole, "{}");
    one_way("empty lines before the answer", "\r\n\r\n\r\n" + whole, "{}");
    one_way("an empty line after an interim answer", "HTTP/1.1 100 Continue\r\n\r\n\r\n" + whole, "{}");
    one_way("lines that end in LF", "HTTP/1.1 200 OK\nconnection: close\ncontent-length: 2\n\n{}", "{}");
    one_way("a field on two lines", ok + "connection: close\r\nx-a: b\r\n c\r\ncontent-length: 2\r\n\r\n{}", "{}");
    // RFC 7230, 4.1.2: ignored, or an error.
    std::string const trailers = chunked_bytes("{}", 1, "Content-Length: 1\r\nTransfer-Encoding: gzip\r\nX-Trailer: u\r\n");
    one_way("trailers that would say where it ends", ok + "connection: close\r\n" + trailers.substr(ok.size()), "{}");
    one_way("a status without a space behind it", "HTTP/1.1 200\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}", "{}");
    one_way("a status of four digits", "HTTP/1.1 2000 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}", "{}");
    one_way("status 999", "HTTP/1.1 999 Odd\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}", "{}");
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
