// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/print.hpp>

#include <acs/operation/decode.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/operation/untyped.hpp>

#include <dataworks.hpp>

#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/signing.hpp"

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace test_hosted_print {

namespace {

using list_things = acs_tests::list_things;
constexpr acs::endpoint host{.host = "h.example"};
constexpr acs::credentials key{"testid", "testsecret"};

template <class Print>
std::string printed_by(Print print) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::tmpfile(), std::fclose);
    print(file.get());
    std::rewind(file.get());
    std::string text(100'000, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file.get()));
    return text;
}

std::string printed(acs::failure const& f) {
    return printed_by([&](std::FILE* to) { acs::print(to, f, dataworks::error_codes); });
}

/// What is printed of an answer that is no success.
std::string printed_answer(std::uint16_t status, std::string body, std::span<acs::field const> fields = {}) {
    auto const reply = acs::decode<list_things>(status, fields, body);
    REQUIRE_FALSE(reply);
    return printed(reply.error());
}

std::string shown(std::string_view text, bool keep_lines = false) {
    return printed_by([&](std::FILE* to) { acs::file_sink(to, keep_lines).write(text); });
}

}  // namespace

TEST_CASE("A failure of the caller: what and where, every parameter at fault", "[hosted]") {
    CHECK(printed(acs::refuse(acs::errc::invalid_host, "host", 7)) ==
          "the host must be a name and an optional port, without scheme, path or white space: host, at byte 7\n");
    CHECK(printed(acs::refuse_space("text", 1234)) ==
          "the buffer is too small; give as many bytes or elements as the failure says are needed: text, 1234 needed\n");
    acs::request_buffer<> memory;
    auto const made = acs::prepare(list_things{.size = 6}, host, key, acs_tests::vector_moment, memory);
    REQUIRE_FALSE(made);
    CHECK(printed(made.error()) ==
          "parameters are missing or out of range\n"
          "  Name is missing\n"
          "  Size is out of range: -5 to 5\n");
}

TEST_CASE("A failure of the transport: whether the request may have run, and what next", "[hosted]") {
    acs::failure f{};
    f.code = acs::errc::connect_failed;
    f.origin = acs::origin::transport;
    f.where = "Couldn't connect to server";
    CHECK(printed(f) ==
          "the connection could not be made: Couldn't connect to server\n"
          "  request     was not sent\n"
          "  next        wait and try again\n");
    f.code = acs::errc::timed_out;
    f.where = {};
    f.delivery = acs::delivery::unknown;
    f.history = {1500, 3, true, acs::end_reason::attempts};
    CHECK(printed(f) ==
          "the deadline passed\n"
          "  request     may have run\n"
          "  attempts    3, 1500 ms of waiting: no attempts left\n"
          "  next        wait and try again, if the operation only reads or carries a client token: it may have run\n");
    f.history = {};  // as a transport tells it, without an exchange around it
    CHECK(printed(f) ==
          "the deadline passed\n"
          "  request     may have run\n"
          "  next        wait and try again, if the operation only reads or carries a client token: it may have run\n");
}

TEST_CASE("A refusal of the service: all that it says, and the wait it asks for", "[hosted]") {
    constexpr acs::field wait[] = {{"x-acs-retry-after", "1500"}};
    CHECK(printed_answer(429,
                         R"({"RequestId":"1-2-3","HostId":"h.example","Code":"Throttling.User","Message":"Too often.",)"
                         R"("Recommend":"https://r.example/","Description":"d","Detail":"e"})",
                         wait) ==
          "the service refused the request\n"
          "  status      429\n"
          "  code        Throttling.User\n"
          "  message     Too often.\n"
          "  description d\n"
          "  detail      e\n"
          "  request id  1-2-3\n"
          "  host        h.example\n"
          "  see         https://r.example/\n"
          "  wait        1500 ms\n"
          "  next        wait and try again\n");
    CHECK(printed_answer(403, R"({"Code":"Forbidden.RAM","Message":"m","AccessDeniedDetail":{"PolicyType":"p"}})")
              .find("  denied      {\"PolicyType\":\"p\"}\n") != std::string::npos);
}

TEST_CASE("The request that the service repeats is not printed: it holds the key and the token", "[hosted]") {
    for (std::string const message :
         {R"(No match. server StringToSign is [ACS3-HMAC-SHA256\nTOKEN] server CanonicalRequest is [POST TOKEN])",
          R"(Specified signature is not matched with our calculation. server string to sign is:POST&%2F&AccessKeyId%3DTOKEN)",
          R"(x server CanonicalRequest is [POST TOKEN] server StringToSign is [TOKEN])"}) {
        INFO(message);
        std::string const text = printed_answer(400, R"({"Code":"SignatureDoesNotMatch","Message":")" + message + "\"}");
        CHECK(text.find("TOKEN") == std::string::npos);
        CHECK(text.find("[") == std::string::npos);
        CHECK(text.find("AccessKeyId") == std::string::npos);
        CHECK(text.find("server ") == std::string::npos);
        CHECK(text.find("  next        check the access key secret; if it is right, compare the string to sign that the service shows\n") !=
              std::string::npos);
    }
}

TEST_CASE("A page of a proxy's that shows the target is printed up to the first secret in it", "[hosted]") {
    std::string const text = printed_answer(403, "<html>GET /?Action=Do&SecurityToken=TOKEN&Signature=SIGN was rejected</html>");
    CHECK(text.find("  body        <html>GET /?Action=Do&\n") != std::string::npos);
    CHECK(text.find("TOKEN") == std::string::npos);
    CHECK(text.find("SIGN") == std::string::npos);
}

TEST_CASE("Whatever member of an answer names a secret with its value, it is printed up to there", "[hosted]") {
    for (std::string const member : {"Code", "Message", "Description", "Detail", "HostId", "RequestId", "Recommend"}) {
        INFO(member);
        std::string const text = printed_answer(403, "{\"" + member + "\":\"x BearerToken = TOKEN\"}");
        CHECK(text.find(" x \n") != std::string::npos);
        CHECK(text.find("TOKEN") == std::string::npos);
    }
    std::string const denied = printed_answer(403, R"({"AccessDeniedDetail":{"AuthAction":"a:b", "SecurityToken" : "TOKEN"}})");
    CHECK(denied.find("a:b") != std::string::npos);
    CHECK(denied.find("TOKEN") == std::string::npos);
}

TEST_CASE("A body that is no answer of the service is shown up to a KiB", "[hosted]") {
    CHECK(printed_answer(502, "<html><body>Bad Gateway</body></html>\n") ==
          "the service refused the request\n"
          "  status      502\n"
          "  code        HTTP.502\n"
          "  body        <html><body>Bad Gateway</body></html>\\x0A\n"
          "  next        wait and try again, if the operation only reads or "
          "carries a client token: it may have run\n");
    std::string const text = printed_answer(500, std::string(5000, 'x'));
    CHECK(text.find("  body        " + std::string(1024, 'x') + "\n") != std::string::npos);
    CHECK(printed_answer(200, R"({"RequestId":"1)").substr(0, 33) == "the JSON text is cut off, at byte");
}

TEST_CASE("Control characters can't reach a terminal, in whatever encoding", "[hosted]") {
    for (int c = 0; c < 256; ++c) {
        std::string const text(1, static_cast<char>(c));
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\x%02X", static_cast<unsigned>(c));
        bool const plain = c >= 0x20 && c < 0x7F;
        CHECK(shown(text) == (plain ? text : escaped));
        bool const line = c == '\n' || c == '\t';
        CHECK(shown(text, true) == (plain || line ? text : escaped));
    }
    CHECK(shown("\xC3\xA4 \xE4\xBD\xA0 \xF0\x9F\x98\x80") == "\xC3\xA4 \xE4\xBD\xA0 \xF0\x9F\x98\x80");
    for (int c = 0x80; c < 0xA0; ++c) {  // a terminal may take U+009B for the beginning of a sequence
        std::string const text{'\xC2', static_cast<char>(c)};
        char escaped[16];
        std::snprintf(escaped, sizeof escaped, "\\xC2\\x%02X", static_cast<unsigned>(c));
        CHECK(shown("a" + text + "b") == std::string("a") + escaped + "b");
    }
    CHECK(shown("\xC2\xA0") == "\xC2\xA0");
    CHECK(shown("\xE4\xBD") == "\\xE4\\xBD");  // cut off
    CHECK(shown("\xED\xA0\x80") == "\\xED\\xA0\\x80");
    std::string const text =
        printed_answer(400, "{\"Code\":\"\\u001b[2J\",\"Message\":\"a\\u0007\\u009bb\\r\\nc\",\"RequestId\":\"\\u007f\"}");
    CHECK(text ==
          "the service refused the request\n"
          "  status      400\n"
          "  code        \\x1B[2J\n"
          "  message     a\\x07\\xC2\\x9Bb\\x0D\\x0Ac\n"
          "  request id  \\x7F\n"
          "  next        correct the request\n");
}

}  // namespace test_hosted_print
