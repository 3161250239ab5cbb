// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/curl/head_check.hpp>

#include "support/catch.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace test_curl_head_check {

namespace {

/// Each line in a letter: s status, f field, e end, . passed over; W or M, and no more, for one that is refused.
std::string read(std::string_view head, std::size_t room = 1000) {
    acs::head_check check(room);
    std::string said;
    while (!head.empty()) {
        std::size_t const end = head.find('\n');
        std::string_view const line = head.substr(0, end == std::string_view::npos ? head.size() : end + 1);
        head.remove_prefix(line.size());
        said += "sfe.WM"[static_cast<int>(check.take(line))];
        if (said.back() == 'W' || said.back() == 'M') break;
    }
    return said + (check.answered() ? " answered" : "");
}

}  // namespace

TEST_CASE("The heads that HTTP allows", "[curl]") {
    CHECK(read("HTTP/1.1 200 OK\r\nA: b\r\nC:\r\n\r\n") == "sffe answered");
    CHECK(read("HTTP/1.0 200\r\n\r\n") == "se answered");
    CHECK(read("HTTP/1.1 200 \r\n") == "s answered");
    CHECK(read("HTTP/1.1 599 Any reason: at all\r\nx:y:z\r\n\r\n") == "sfe answered");
    CHECK(read("HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 103 x\r\n\r\nHTTP/1.1 204 No\r\n\r\n") == "s.esese answered");
    CHECK(read("HTTP/1.1 100 Continue\r\n\r\n") == "se");
    CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\ncontent-length:5\r\n\r\n") == "sffe answered");
    CHECK(read("HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\ntrailer: content\r\nno trailer\n") == "sfe.. answered");
    CHECK(read("HTTP/1.1 103 x\r\ncontent-length: 1\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n") == "s.esfe answered");
}

TEST_CASE("The heads that could be read in two ways, or in none", "[curl]") {
    for (std::string_view const line :
         {"HTTP/1.1 200 OK\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 2000 OK\r\n", "HTTP/1.1 099 x\r\n", "HTTP/1.1 600 x\r\n",
          "HTTP/1.1 -20 x\r\n", "HTTP/1.1 +20 x\r\n", "HTTP/1.1  200 x\r\n", "HTTP/1.1\t200 x\r\n", "HTTP/2 200\r\n", "HTTP/1.2 200 OK\r\n",
          "http/1.1 200 OK\r\n", "HTTP/1.1 101 Switching Protocols\r\n", "\r\n", "ICY 200 OK\r\n", " HTTP/1.1 200 OK\r\n",
          "HTTP/1.1 200OK\r\n"}) {
        INFO(line);
        CHECK(read(line) == "W");
    }
    for (std::string_view const fields : {"a: b\n",
                                          " folded: x\r\n",
                                          "\tfolded\r\n",
                                          "no colon\r\n",
                                          ": no name\r\n",
                                          "a b: c\r\n",
                                          "a : b\r\n",
                                          "a: b\rc\r\n",
                                          "content-length: +5\r\n",
                                          "content-length: -1\r\n",
                                          "content-length: 5,5\r\n",
                                          "content-length:\r\n",
                                          "content-length: 0x5\r\n",
                                          "content-length: 18446744073709551616\r\n",
                                          "content-length: 5 5\r\n",
                                          "transfer-encoding: gzip\r\n",
                                          "transfer-encoding: chunked, gzip\r\n",
                                          "transfer-encoding: gzip, chunked\r\n",
                                          "transfer-encoding: xchunked\r\n",
                                          "transfer-encoding:\r\n",
                                          "transfer-encoding: chunked;q=1\r\n"}) {
        INFO(fields);
        CHECK(read("HTTP/1.1 200 OK\r\n" + std::string(fields)) == "sW answered");
    }
    CHECK(read(std::string_view("HTTP/1.1 200 OK\r\na: b\0c\r\n", 25)) == "sW answered");
    CHECK(read("HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n") == "sfW answered");
    CHECK(read("HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 05\r\n") == "sfW answered");
    CHECK(read("HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n") == "sfW answered");
    CHECK(read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n") == "sfW answered");
    CHECK(read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n") == "sfW answered");
    CHECK(read("HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n") == "sW answered");
}

TEST_CASE("A head has room for so many bytes, those of interim answers and trailers among them", "[curl]") {
    std::string const head = "HTTP/1.1 200 OK\r\na: b\r\n\r\n";
    CHECK(read(head, head.size()) == "sfe answered");
    CHECK(read(head, head.size() - 1) == "sfM answered");
    std::string const interim = "HTTP/1.1 100 x\r\n\r\n";
    CHECK(read(interim + interim + head, 2 * interim.size() + head.size()) == "sesesfe answered");
    CHECK(read(interim + interim + interim, 2 * interim.size()) == "seseM");
    CHECK(read(head + "a: b\r\n", head.size() + 5) == "sfeM answered");
}

TEST_CASE("A connection that the server says it closes", "[curl]") {
    auto const closes = [](std::initializer_list<std::string_view> lines) {
        acs::head_check check(1000);
        for (std::string_view const line : lines) static_cast<void>(check.take(line));
        return check.closes();
    };
    constexpr std::string_view status = "HTTP/1.1 200 OK\r\n";
    for (std::string_view const value : {"close", "CLOSE", "x-a, Close", "close,x-a", ",,close", "x ,\tclose\t, y"})
        CHECK(closes({status, "Connection:" + std::string(value) + "\r\n"}));
    CHECK(closes({status, "connection: close\r\n", "connection: x\r\n"}));
    for (std::string_view const value : {"", "keep-alive", "closed", "x close", "\"close\"", ","})
        CHECK_FALSE(closes({status, "Connection:" + std::string(value) + "\r\n"}));
    CHECK_FALSE(closes({status, "Proxy-Connection: close\r\n"}));
    CHECK_FALSE(closes({"HTTP/1.1 100 Continue\r\n", "connection: close\r\n", "\r\n", status}));
}

TEST_CASE("A field is told by name and value", "[curl]") {
    acs::head_check check(1000);
    REQUIRE(check.take("HTTP/1.1 404 Not\r\n") == acs::head_check::line::status);
    CHECK(check.status() == 404);
    REQUIRE(check.take("X-Name: \t a: b \t\r\n") == acs::head_check::line::field);
    CHECK(check.name() == "X-Name");
    CHECK(check.value() == "a: b");
}

}  // namespace test_curl_head_check
