// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/untyped.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace test_operation_untyped {

namespace {

constexpr std::array<acs::field, 1> with_id{{{"X-Acs-Request-Id", " header "}}};

struct outcome {
    std::string text{};
    std::size_t offset{};
};

/// `id success body`, or code and origin; the body must not have been changed.
outcome decoded(std::uint16_t status, std::string body, std::span<acs::field const> fields = with_id) {
    std::string const before = body;
    auto const reply = acs::decode_untyped({status, fields, body});
    CHECK(body == before);
    if (!reply) {
        acs::failure const& f = reply.error();
        CHECK(f.delivery == acs::delivery::answered);
        CHECK(f.status == status);
        return {std::string(acs::name(f.code)) + " " + std::string(acs::name(f.origin)) + " " + std::string(f.service.request_id),
                f.offset};
    }
    CHECK(reply->status == status);
    std::string const success = !reply->success ? "-" : *reply->success ? "true" : "false";
    return {std::string(reply->request_id) + " " + success + " " + std::string(reply->body)};
}

constexpr bool decodes_in_a_constant_expression() {
    std::array<char, 17> body{'{', '"', 'S', 'u', 'c', 'c', 'e', 's', 's', '"', ':', 'f', 'a', 'l', 's', 'e', '}'};
    auto const reply = acs::decode_untyped({200, {}, body});
    return reply && reply->success == false && reply->request_id.empty() && reply->body.size() == 17;
}
static_assert(decodes_in_a_constant_expression());

}  // namespace

TEST_CASE("Any 2xx with JSON or nothing is a success, and says what it says", "[operation]") {
    CHECK(decoded(200, R"({"RequestId":"body","Success":true})").text == R"(body true {"RequestId":"body","Success":true})");
    CHECK(decoded(299, R"({"Success":"True"})").text == R"(header true {"Success":"True"})");
    CHECK(decoded(200, R"({"Success":false,"ErrorCode":"x"})").text == R"(header false {"Success":false,"ErrorCode":"x"})");
    CHECK(decoded(200, R"({"Success":"false"})").text == R"(header false {"Success":"false"})");
    for (std::string_view const value : {"null", "1", "\"yes\"", "[true]", R"({"Success":true})"}) {
        std::string const body = R"({"Success":)" + std::string(value) + "}";
        CHECK(decoded(200, body).text == "header - " + body);
    }
    for (std::string_view const value : {"null", "\"\"", "5", R"(["id"])", R"({"RequestId":"x"})"}) {
        std::string const body = R"({"RequestId":)" + std::string(value) + "}";
        CHECK(decoded(200, body).text == "header - " + body);
    }
    CHECK(decoded(200, R"({"Data":{"RequestId":"inner","Success":false},"RequestId":"outer"})").text.substr(0, 8) == "outer - ");
    CHECK(decoded(200, R"([{"RequestId":"x","Success":true}])").text == R"(header - [{"RequestId":"x","Success":true}])");
    CHECK(decoded(200, "7").text == "header - 7");
    CHECK(decoded(204, "").text == "header - ");
    CHECK(decoded(200, " \r\n").text == "header - ");
    CHECK(decoded(200, "", {}).text == " - ");
    CHECK(decoded(200, "\xEF\xBB\xBF {}").text == "header - {}");
}

TEST_CASE("What is no JSON is a failure that still has the request id, and where", "[operation]") {
    CHECK(decoded(200, R"({"RequestId":"body",)").text == "truncated_json service header");
    std::string const whole = R"({"RequestId":"body","Data":[1,"x",null]})";
    for (std::size_t size = 1; size < whole.size(); ++size) {
        outcome const cut = decoded(200, whole.substr(0, size));
        CHECK(cut.text == "truncated_json service header");
        CHECK(cut.offset == size);
    }
    CHECK(decoded(200, "{\"a\":1}x").offset == 7);
    CHECK(decoded(200, "{\"a\":1}x").text == "trailing_text service header");
    CHECK(decoded(200, "{\"a\":01}").text == "malformed_json service header");
    CHECK(decoded(200, "{\"a\":\"\xFF\"}").text == "invalid_utf8 service header");
    CHECK(decoded(200, "  <html>").text == "unexpected_body service header");
    CHECK(decoded(200, "  <html>").offset == 2);
    CHECK(decoded(200, std::string(600, '[')).text == "json_too_deep service header");
}

TEST_CASE("Errors of the service are failures, whatever the caller asked for", "[operation]") {
    CHECK(decoded(400, R"({"Code":"x","Message":"m","RequestId":"body"})").text == "service_refused service body");
    CHECK(decoded(500, "").text == "service_refused service header");
    CHECK(decoded(302, "{}").text == "redirected service header");
    for (std::uint16_t const status : std::array<std::uint16_t, 4>{0, 100, 199, 300})
        CHECK(decoded(status, R"({"Code":"x","RequestId":"body"})").text.ends_with("service body"));
}

TEST_CASE("A body that is still encoded is refused as that", "[operation]") {
    constexpr std::array<acs::field, 1> zipped{{{"Content-Encoding", "gzip"}}}, plain{{{"content-encoding", "Identity"}}};
    CHECK(decoded(200, "{}", zipped).text == "unsupported_encoding service ");
    CHECK(decoded(200, "{}", plain).text == " - {}");
}

TEST_CASE("Reading an untyped reply allocates nothing", "[operation]") {
    std::string body = R"({"RequestId":"1","Data":")" + std::string(100'000, 'x') + "\"}";
    acs_tests::no_allocations none;
    bool const good = acs::decode_untyped({200, with_id, body}).has_value();
    none.check();
    CHECK(good);
}

}  // namespace test_operation_untyped
