// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/error/write_failure.hpp>

#include <acs/encoding/utf8.hpp>
#include <acs/error/service_error.hpp>
#include <acs/json/find.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/value.hpp>

#include <dataworks.hpp>

#include "support/catch.hpp"
#include "support/string_sink.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace test_error_write_failure {

namespace {

/// The failure as JSON, which our reader has to take.
std::string json_of(acs::failure const& f, bool show_echo = false) {
    std::string const text = acs_tests::written([&](auto& out) { acs::write_failure(f, out, dataworks::error_codes, show_echo); });
    std::size_t offset = 0;
    INFO(text);
    CHECK(acs::check_json(text, offset) == acs::errc::none);
    return text;
}

std::string text_at(std::string_view json, std::string_view path) {
    auto const token = acs::find_json(json, path);
    if (!token) return "-";
    std::string text(token->text);
    if (token->escaped) text.resize(acs::json_unescape(text, text.data()));
    return text;
}

acs::failure refused(std::uint16_t status, std::string& body, std::span<acs::field const> fields = {}) {
    return acs::answer_failure({status, fields, body});
}

constexpr bool writes_in_a_constant_expression() {
    std::array<char, 512> memory{};
    acs::span_sink out(memory);
    acs::write_failure(acs::refuse(acs::errc::invalid_host, "host", 7), out);
    return out.view().size() > 200 && out.view().front() == '{' && out.view().back() == '}';
}
static_assert(writes_in_a_constant_expression());

}  // namespace

TEST_CASE("A failure as JSON has these members, in this order", "[error]") {
    CHECK(json_of(acs::refuse(acs::errc::invalid_host, "host", 7)) ==
          R"({"code":"invalid_host","origin":"caller","offset":7,"status":0,"service_code":"",)"
          R"("message":"the host must be a name and an optional port, without scheme, path or white space","request_id":"",)"
          R"("retry":false,"wait_ms":0,"delivery":"not_sent"})");
    constexpr std::array<acs::field, 1> wait{{{"x-acs-retry-after", "1500"}}};
    std::string body = R"({"Code":"Throttling.User","Message":"Too \"often\".","RequestId":"1-2"})";
    CHECK(json_of(refused(400, body, wait)) ==
          R"({"code":"service_refused","origin":"service","offset":0,"status":400,"service_code":"Throttling.User",)"
          R"("message":"Too \"often\".","request_id":"1-2","retry":true,"wait_ms":1500,"delivery":"answered"})");
}

TEST_CASE("The echo of a request is shown only where it was asked for", "[error]") {
    std::string body =
        R"({"Code":"SignatureDoesNotMatch","Message":"No match. server StringToSign is [A\nb] server CanonicalRequest is [TOKEN]"})";
    acs::failure const f = refused(400, body);
    CHECK(text_at(json_of(f), "message") == "No match. ");
    CHECK(json_of(f).find("TOKEN") == std::string::npos);
    CHECK(text_at(json_of(f, true), "message") == "No match. server StringToSign is [A\nb] server CanonicalRequest is [TOKEN]");
    // Where the message is nothing but an echo, the library's own sentence stands in for it.
    std::string bare = R"({"Code":"SignatureDoesNotMatch","Message":"server string to sign is:TOKEN"})";
    CHECK(text_at(json_of(refused(400, bare)), "message") == acs::message(acs::errc::service_refused));
}

TEST_CASE("A secret that the service names with its value is in no member", "[error]") {
    std::string body = R"({"Code":"Signature=CODE","Message":"'Signature': 'TEXT'","RequestId":"x-acs-bearer-token: ID"})";
    acs::failure const f = refused(400, body);
    CHECK(text_at(json_of(f), "service_code").empty());
    CHECK(text_at(json_of(f), "message") == "'");
    CHECK(text_at(json_of(f), "request_id").empty());
    CHECK(text_at(json_of(f, true), "request_id") == "x-acs-bearer-token: ID");
}

TEST_CASE("Whatever the service says, a failure stays JSON", "[error]") {
    std::string every;
    for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
    acs::failure f{};
    f.code = acs::errc::service_refused;
    f.origin = acs::origin::service;
    f.service.message = every;
    f.service.code = "\"\\\xFF";
    f.service.request_id = "\xE4\xBD";  // cut off
    f.offset = std::numeric_limits<std::uint32_t>::max();
    f.wait_ms = std::numeric_limits<std::uint32_t>::max();
    std::string const text = json_of(f);
    CHECK(acs::find_invalid_utf8(text) == text.size());
    CHECK(text_at(text, "offset") == "4294967295");
    CHECK(text_at(text, "wait_ms") == "4294967295");
    CHECK(text_at(text, "message").substr(0, 128) == every.substr(0, 128));

    std::string xml = "<?xml version='1.0'?><Error><Code>X</Code><Message>a\xFF&lt;b</Message><RequestId>r</RequestId></Error>";
    CHECK(text_at(json_of(refused(500, xml)), "request_id") == "r");
    std::string html = "<html>\xFF\xFE";
    CHECK(text_at(json_of(refused(502, html)), "service_code") == "HTTP.502");
}

}  // namespace test_error_write_failure
