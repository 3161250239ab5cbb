// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/replies.hpp>

#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/wire.hpp"

#include <acs/json/reader.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace test_testing_replies {

namespace t = acs::testing;
using acs_tests::text_at;

namespace {

constexpr std::string_view query = "QueryDISyncTaskConfigProcessResult";

t::http_answer answer(t::scripted const& line, std::string_view action = query, std::uint64_t number = 7) {
    return t::scripted_answer(line, action, "dataworks.example", number);
}

std::string field(t::http_answer const& from, std::string_view name) {
    for (auto const& [key, value] : from.fields)
        if (key == name) return value;
    return "-";
}

bool is_json(std::string_view text) {
    std::size_t offset = 0;
    return acs::check_json(text, offset) == acs::errc::none;
}

std::string documented() { return acs_tests::file_text("samples/query-result-success.json"); }

}  // namespace

TEST_CASE("Request ids have the service's shape, and differ", "[testing]") {
    CHECK(t::make_request_id(0) == "ACS00000-7E57-4000-8000-000000000000");
    CHECK(t::make_request_id(123) == "ACS00000-7E57-4000-8000-000000000123");
    CHECK(t::make_request_id(999'999'999'999) == "ACS00000-7E57-4000-8000-999999999999");
    CHECK(t::make_request_id(UINT64_MAX).size() == 36);
}

TEST_CASE("An error comes in the service's envelope", "[testing]") {
    auto const a = t::error_answer({403, "Forbidden.RAM", "No \"right\"\n"}, "h.example", 7);
    CHECK(a.status == 403);
    CHECK(text_at(a, "Code") == "Forbidden.RAM");
    CHECK(text_at(a, "Message") == "No \"right\"\n");
    CHECK(text_at(a, "HostId") == "h.example");
    CHECK(text_at(a, "RequestId") == t::make_request_id(7));
    CHECK(text_at(a, "Recommend") == "https://api.aliyun.com/troubleshoot?q=Forbidden.RAM");
    CHECK(field(a, "x-acs-request-id") == t::make_request_id(7));
    CHECK(field(a, "content-type") == "application/json;charset=utf-8");
    CHECK(is_json(a.body));
}

TEST_CASE("An action without a documented reply has a request id", "[testing]") {
    auto const a = t::documented_answer("ListThings", 1);
    CHECK(a.status == 200);
    CHECK(is_json(a.body));
    CHECK(text_at(a, "RequestId") == t::make_request_id(1));
    CHECK(text_at(a, "Success") == "true");
}

TEST_CASE("pending: the process runs, without parameters", "[testing]") {
    auto const a = answer(t::pending());
    CHECK(a.status == 200);
    CHECK(text_at(a, "Success") == "true");
    CHECK(text_at(a, "Data.Status") == "running");
    CHECK(text_at(a, "Data.TaskContent") == "-");
    CHECK(text_at(a, "RequestId") == field(a, "x-acs-request-id"));
    CHECK(is_json(a.body));
}

TEST_CASE("success: the documented reply, or one with this text, which survives byte for byte", "[testing]") {
    CHECK(answer(t::success()).body == documented());
    std::string every;
    for (int c = 0; c < 128; ++c) every += static_cast<char>(c);
    every += "\xE4\xB8\x8D\xF0\x9F\x98\x80";
    auto const a = answer(t::success(every));
    CHECK(text_at(a, "Data.Status") == "success");
    CHECK(text_at(a, "Data.TaskContent") == every);
    CHECK(text_at(a, "Success") == "true");
}

TEST_CASE("fail: the process failed, and says why", "[testing]") {
    auto const a = answer(t::fail("no \"such\" table"));
    CHECK(a.status == 200);
    CHECK(text_at(a, "Success") == "true");
    CHECK(text_at(a, "Data.Status") == "fail");
    CHECK(text_at(a, "Data.Message") == "no \"such\" table");
}

TEST_CASE("unsuccessful: Success is false at status 200, with code and message", "[testing]") {
    auto const a = answer(t::unsuccessful());
    CHECK(a.status == 200);
    CHECK(is_json(a.body));
    CHECK(text_at(a, "Success") == "false");
    CHECK(text_at(a, "ErrorCode") == "InternalError.System");
    CHECK(text_at(a, "ErrorMessage") != "-");
    CHECK(text_at(a, "RequestId") == t::make_request_id(7));
}

TEST_CASE("throttle: an error that says how many milliseconds to wait", "[testing]") {
    auto const a = answer(t::throttle(1500));
    CHECK(a.status == 429);
    CHECK(text_at(a, "Code") == "Throttling.User");
    CHECK(field(a, "x-acs-retry-after") == "1500");
}

TEST_CASE("error: status, code and message as the script says", "[testing]") {
    auto const a = answer(t::error(403, "Forbidden.Access", "Not yours."));
    CHECK(a.status == 403);
    CHECK(text_at(a, "Code") == "Forbidden.Access");
    CHECK(text_at(a, "Message") == "Not yours.");
    CHECK(text_at(a, "HostId") == "dataworks.example");
    CHECK(text_at(answer(t::error(500, "C")), "Message") == "The request was refused.");
}

TEST_CASE("body: any bytes, as they are", "[testing]") {
    std::string const bytes("\xFF\0<", 3);
    auto const a = answer(t::body(418, bytes));
    CHECK(a.status == 418);
    CHECK(a.body == bytes);
    CHECK(field(a, "content-type") == "-");
}

TEST_CASE("cut: the first bytes of the documented reply", "[testing]") {
    std::string const whole = documented();
    for (std::size_t const size : {std::size_t{0}, std::size_t{1}, whole.size() - 1, whole.size()})
        CHECK(answer(t::cut(size)).body == whole.substr(0, size));
    CHECK(answer(t::cut(whole.size() + 1)).body == whole);
}

TEST_CASE("garbage is not JSON", "[testing]") {
    auto const a = answer(t::garbage());
    CHECK(a.status == 200);
    CHECK_FALSE(is_json(a.body));
}

TEST_CASE("html and xml: what others answer in the service's place", "[testing]") {
    auto const page = answer(t::html(502));
    CHECK(page.status == 502);
    CHECK(field(page, "Content-Type") == "text/html");
    CHECK(page.body.rfind("<!DOCTYPE html>", 0) == 0);
    auto const old = answer(t::xml(400, "Throttling"));
    CHECK(old.status == 400);
    CHECK(field(old, "content-type") == "text/xml;charset=utf-8");
    CHECK(old.body.find("<Code>Throttling</Code>") != std::string::npos);
    CHECK(old.body.find("<HostId>dataworks.example</HostId>") != std::string::npos);
}

TEST_CASE("How an answer travels goes with it", "[testing]") {
    CHECK(answer(t::success()).how == t::passage::whole);
    CHECK(answer(t::drip()).how == t::passage::drip);
    CHECK(answer(t::drip()).body == documented());
    CHECK(answer(t::stall()).how == t::passage::stall);
    CHECK(answer(t::reset_before()).how == t::passage::reset);
    CHECK(answer(t::reset_after()).how == t::passage::reset);
}

TEST_CASE("odd: headers twice, empty and long, around the documented reply", "[testing]") {
    auto const a = answer(t::odd());
    CHECK(a.body == documented());
    CHECK(field(a, "x-empty").empty());
    CHECK(field(a, "x-long").size() == 8000);
    CHECK(field(a, "x-twice") == "1");
    CHECK(field(a, "X-Twice") == "2");
}

}  // namespace test_testing_replies
