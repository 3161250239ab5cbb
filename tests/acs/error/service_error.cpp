// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/error/service_error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"

namespace test_error_service_error {

using acs::errc;

namespace {

/// An answer, and the failure that it is.
struct answer {
    answer(int status, std::vector<acs::field> header, std::string_view text, bool json_only = false)
        : fields(std::move(header)), body(text) {
        acs::reply const reply{static_cast<std::uint16_t>(status), fields, body};
        f = json_only ? acs::json_answer_failure(reply) : acs::answer_failure(reply);
        CHECK(f.status == status);
        CHECK(f.origin == acs::origin::service);
        CHECK(f.delivery == acs::delivery::answered);
        CHECK(f.body.data() == body.data());
        CHECK(f.body.size() == body.size());
        CHECK((json_only || !f.service.code.empty()));
    }
    answer(answer const&) = delete;
    answer& operator=(answer const&) = delete;

    std::vector<acs::field> fields;
    std::string body;
    acs::failure f{};
};

constexpr acs::field header_id{"X-Acs-Request-Id", "from-header"};
constexpr std::string_view xml = "<Error><RequestId>r</RequestId><Code>A.B</Code><Message>m&amp;n</Message></Error>";

/// Whether the body gave nothing: the code is the status, unless only JSON is read, the rest is missing but for the id in the header, and
/// the body is as it came.
void check_unread(int status, std::vector<acs::field> header, std::string_view text, bool json_only = false) {
    header.push_back(header_id);
    answer const a(status, header, text, json_only);
    INFO(text);
    CHECK(a.f.service.code == (json_only ? std::string_view() : acs::code_of_status(a.f.status)));
    CHECK(a.f.service.message.data() == nullptr);
    CHECK(a.f.service.host_id.data() == nullptr);
    CHECK(a.f.service.request_id == "from-header");
    CHECK(a.body == text);
}

constexpr bool in_constant_expressions() {
    std::array<char, 13> body{'{', '"', 'c', 'o', 'd', 'e', '"', ':', '"', 'a', '"', '}', ' '};
    std::array const fields{acs::field{"x-acs-request-id", "r"}, acs::field{"x-acs-retry-after", "7"}};
    acs::failure const f = acs::answer_failure({400, fields, body});
    return f.code == errc::service_refused && f.service.code == "a" && f.service.request_id == "r" && f.wait_ms == 7;
}

}  // namespace

TEST_CASE("a JSON error says code, message and request id", "[error]") {
    answer const a(400, {header_id}, R"({"RequestId":"r","HostId":"h","Code":"Throttling.User","Message":"a\nb"})");
    CHECK(a.f.code == errc::service_refused);
    CHECK(a.f.service.code == "Throttling.User");
    CHECK(a.f.service.message == "a\nb");
    CHECK(a.f.service.request_id == "r");
    CHECK(a.f.service.host_id == "h");
    CHECK(a.f.wait_ms == 0);
    STATIC_REQUIRE(in_constant_expressions());
}

TEST_CASE("the request id is the body's; the header's if the body has none", "[error]") {
    auto const id = [](std::vector<acs::field> header, std::string_view body) {
        answer const a(400, std::move(header), body);
        return a.f.service.request_id.data() == nullptr ? std::string("none") : std::string(a.f.service.request_id);
    };
    CHECK(id({header_id}, R"({"requestId":"r"})") == "r");
    for (std::string_view const body : {"{}", R"({"RequestId":""})", R"({"RequestId":null})", R"({"RequestId":["r"]})", "", "<html>", "{"})
        CHECK(id({header_id}, body) == "from-header");
    CHECK(id({header_id}, xml) == "r");
    CHECK(id({header_id}, "<Error><Code>a</Code></Error>") == "from-header");
    CHECK(id({{"x-acs-request-id", " spaced\t"}}, "") == "spaced");
    CHECK(id({{"x-acs-trace-id", "t"}}, "") == "none");
    CHECK(id({}, "") == "none");
}

TEST_CASE("XML is read whatever the content type says, if it looks like XML", "[error]") {
    for (std::string_view const type : {"text/xml;charset=utf-8", "text/xml", "Text/XML; Charset=\"UTF-8\"", "application/xml",
                                        "APPLICATION/XML;charset=gbk", " text/xml ", "application/json", "text/html", "text/plain", ""})
        for (std::string_view const before : {"", " \r\n\t", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n", "<?xml version='1.0' encoding='UTF-8'?>"}) {
            INFO(type << " with '" << before << "' before it");
            answer const a(403, {{"content-type", type}}, std::string(before) + std::string(xml) + "\n");
            CHECK(a.f.service.code == "A.B");
            CHECK(a.f.service.message == "m&n");
            CHECK(a.f.service.request_id == "r");
        }
    answer const untold(403, {}, xml);
    CHECK(untold.f.service.code == "A.B");
}

TEST_CASE("XML with another root is read if the content type says what it is", "[error]") {
    constexpr std::string_view other = "<GetProjectResponse><Code>A.B</Code></GetProjectResponse>";
    for (std::string_view const type : {"text/xml", "application/xml; charset=utf-8"}) {
        answer const a(400, {{"Content-Type", type}}, other);
        CHECK(a.f.service.code == "A.B");
    }
    for (std::string_view const type : {"application/json", "text/html", "text", "xml", ""})
        check_unread(400, {{"content-type", type}}, other);
    check_unread(400, {}, other);
}

TEST_CASE("JSON is read though it was declared XML", "[error]") {
    answer const a(400, {{"content-type", "text/xml"}}, R"({"Code":"A"})");
    CHECK(a.f.service.code == "A");
}

TEST_CASE("other bodies give a code made from the status, and stay as they are", "[error]") {
    for (int const status : {400, 403, 429, 500, 502, 503, 504, 302})
        for (std::string_view const text : {"",
                                            " ",
                                            "\r\n",
                                            "\xEF\xBB\xBF",
                                            "Bad Gateway",
                                            "upstream connect error",
                                            "<html><h1>502 Bad Gateway</h1></html>",
                                            "<!DOCTYPE html><html><head><title>Message</title></head></html>",
                                            "{",
                                            "{\"Code\":\"A\",\"Message\":\"\\u0041",
                                            "{\"Code\":\"A\"} x",
                                            "[]",
                                            "[{\"Code\":\"A\"}]",
                                            "null",
                                            "{\"Code\":\"\xFF\"}",
                                            "<?xml version='1.0'?>",
                                            "<Error>",
                                            "<Error><Code>A</Code>",
                                            "<Error><Code>A&lt;</Error>",
                                            "Code=A&Message=m",
                                            "\x1F\x8B\x08",
                                            "\xFE\xFF"})
            check_unread(status, {}, text);
    for (std::string_view const text : {"Bad Gateway", "<html><Code>", "<Error><Code>A&lt;</Error>", ""})
        check_unread(502, {{"content-type", "text/xml"}}, text);
    check_unread(502, {}, std::string(100'000, 'x'));
    check_unread(502, {}, {"{\"Code\":\"A\"}\0", 13});
}

TEST_CASE("a JSON object that says nothing gives a code made from the status too", "[error]") {
    for (std::string_view const text : {"{}", R"({"error":{"code":"A"}})", R"({"Code":""})", R"({"Code":null})", R"({"Success":false})"}) {
        answer const a(500, {header_id}, text);
        CHECK(a.f.service.code == "HTTP.500");
        CHECK(a.f.service.request_id == "from-header");
    }
    answer const a(500, {}, R"({"Message":"m"})");
    CHECK(a.f.service.code == "HTTP.500");
    CHECK(a.f.service.message == "m");
    answer const empty_code(400, {}, "<Error><Code><!----></Code><Message>m</Message></Error>");
    CHECK(empty_code.f.service.code == "HTTP.400");
    CHECK(empty_code.f.service.message == "m");
}

TEST_CASE("who reads JSON only takes XML as text", "[error]") {
    check_unread(403, {{"content-type", "text/xml"}}, xml, true);
    answer const a(403, {header_id}, R"({"Code":"A","Message":"\u0041"})", true);
    CHECK(a.f.service.code == "A");
    CHECK(a.f.service.message == "A");
    CHECK(a.f.service.request_id == "from-header");
}

TEST_CASE("a redirect is told from a refusal", "[error]") {
    for (int status = 100; status < 600; ++status) {
        answer const a(status, {}, R"({"Code":"A"})");
        CHECK((a.f.code == errc::redirected) == (status >= 300 && status < 400));
        CHECK((a.f.code == errc::service_refused) == (status < 300 || status >= 400));
        CHECK(a.f.service.code == "A");
    }
}

TEST_CASE("the wait comes from the header, in milliseconds", "[error]") {
    CHECK(answer(400, {{"X-Acs-Retry-After", "1500"}}, "").f.wait_ms == 1500);
    CHECK(answer(503, {{"x-acs-retry-after", " 1 "}, {"retry-after", "9"}}, "{}").f.wait_ms == 1);
    CHECK(answer(429, {{"x-acs-retry-after", "99999999999999999999"}}, "{}").f.wait_ms == 0xFFFF'FFFF);
    for (std::string_view const text : {"", "0", "-1", "1.5", "soon", "Thu, 26 Oct 2023 10:22:32 GMT", "1 2"})
        CHECK(answer(429, {{"x-acs-retry-after", text}}, "{}").f.wait_ms == 0);
    CHECK(answer(503, {{"retry-after", "120"}}, "{}").f.wait_ms == 0);
    CHECK(answer(502, {{"content-encoding", "gzip"}, {"x-acs-retry-after", "5"}}, "\x1F\x8B").f.wait_ms == 5);
}

TEST_CASE("a content encoding that nobody took off is said, and the body is left alone", "[error]") {
    for (std::string_view const coding : {"gzip", "GZip", "br", "deflate", "identity, gzip", "x"}) {
        constexpr std::string_view text = R"({"Code":"\u0041"})";
        answer const a(503, {{"Content-Encoding", coding}, header_id}, text);
        CHECK(a.f.code == errc::unsupported_encoding);
        CHECK(a.f.service.code == "HTTP.503");
        CHECK(a.f.service.request_id == "from-header");
        CHECK(a.body == text);
    }
    answer const packed(503, {{"content-encoding", "gzip"}, {"content-type", "text/xml"}}, "<Error><Code>A</Code></Error>");
    CHECK(packed.f.code == errc::unsupported_encoding);
    CHECK(packed.f.service.code == "HTTP.503");
    for (std::string_view const coding : {"", " ", "identity", " Identity "}) {
        answer const a(503, {{"content-encoding", coding}}, R"({"Code":"\u0041"})");
        CHECK(a.f.code == errc::service_refused);
        CHECK(a.f.service.code == "A");
    }
}

TEST_CASE("a code made from the status names it, or its class", "[error]") {
    STATIC_REQUIRE(acs::code_of_status(502) == "HTTP.502");
    for (int const status : {301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 408, 411, 413, 414, 429, 431, 500, 501, 502, 503, 504})
        CHECK(acs::code_of_status(static_cast<std::uint16_t>(status)) == "HTTP." + std::to_string(status));
    for (int status = 0; status <= 0xFFFF; ++status) {
        std::string_view const code = acs::code_of_status(static_cast<std::uint16_t>(status));
        std::string const exact = "HTTP." + std::to_string(status), kind = "HTTP." + std::to_string(status / 100) + "xx";
        bool const right = status < 100 || status >= 600   ? code == "HTTP"
                           : status >= 200 && status < 300 ? code == "Unsuccessful"
                                                           : code == exact || code == kind;
        if (!right) FAIL("status " << status << " is " << code);
    }
}

TEST_CASE("reading an error allocates nothing, whatever the body", "[error]") {
    std::array const fields{acs::field{"content-type", "text/xml"}, header_id};
    std::array<std::string, 4> bodies{R"({"Code":"\u0041"})", std::string(xml), "<html>", ""};
    std::size_t refused = 0;
    acs_tests::no_allocations watch;
    for (std::string& body : bodies)
        if (acs::answer_failure({400, fields, body}).code == errc::service_refused) ++refused;
    watch.check();
    CHECK(refused == bodies.size());
}

}  // namespace test_error_service_error
