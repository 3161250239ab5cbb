// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/error/envelope.hpp>

#include <acs/json/find.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"

namespace test_error_envelope {

using acs::errc;

namespace {

/// A field of the error and its spellings, the best first (protocol 4.3).
struct spelling_row {
    std::string_view acs::service_error::*field;
    std::vector<std::string_view> names;
};

std::vector<spelling_row> const spellings{
    {&acs::service_error::code, {"Code", "code", "ErrorCode", "errorCode"}},
    {&acs::service_error::message, {"Message", "message", "ErrorMessage", "errorMessage", "errorMsg", "ErrorMsg"}},
    {&acs::service_error::request_id, {"RequestId", "requestId", "requestid", "RequestID"}},
    {&acs::service_error::host_id, {"HostId", "hostId"}},
    {&acs::service_error::recommend, {"Recommend", "recommend"}},
    {&acs::service_error::description, {"Description", "description"}},
    {&acs::service_error::detail, {"Detail", "detail"}},
    {&acs::service_error::access_denied_detail, {"AccessDeniedDetail", "accessDeniedDetail"}},
};

/// The whole error, `-` for what is missing.
std::string summary(acs::service_error const& e) {
    std::string all;
    for (spelling_row const& row : spellings) {
        std::string_view const value = e.*row.field;
        all.append(all.empty() ? "" : "|").append(value.data() == nullptr ? "-" : value);
    }
    return all;
}

struct outcome {
    explicit outcome(std::string_view text) : body(text) {
        error.code = "left over";
        code = acs::decode_envelope(body, error);
        if (code == errc::none) return;
        CHECK(body == text);
        CHECK(summary(error) == "-|-|-|-|-|-|-|-");
    }
    outcome(outcome const&) = delete;
    outcome& operator=(outcome const&) = delete;

    std::string body;
    acs::service_error error{};
    errc code{};
};

std::string read(std::string_view text) {
    outcome const o(text);
    return o.code == errc::none ? summary(o.error) : std::string(acs::name(o.code));
}

/// The code that an object of these members says.
std::string code_of(std::string_view members) {
    outcome const o("{" + std::string(members) + "}");
    return o.error.code.data() == nullptr ? "none" : std::string(o.error.code);
}

std::string member(std::string_view name, std::string_view value) {
    return "\"" + std::string(name) + "\":" + std::string(value);
}

constexpr bool in_constant_expressions() {
    constexpr std::string_view text = R"({"Code":"A\u002fB","Message":7,"AccessDeniedDetail":{"AuthAction":"x"}})";
    std::array<char, text.size()> body{};
    std::copy_n(text.data(), text.size(), body.data());
    acs::service_error e{};
    return acs::decode_envelope(body, e) == errc::none && e.code == "A/B" && e.message == "7" &&
           e.access_denied_detail == R"({"AuthAction":"x"})" && e.detail.data() == nullptr;
}

constexpr std::string_view denied =
    R"({"AuthAction":"dataworks:CreateDISyncTask","AuthPrincipalType":"SubUser","AuthPrincipalOwnerId":"100xxxx",)"
    R"("AuthPrincipalDisplayName":"\u5f20 \"a\"","NoPermissionType":"ImplicitDeny","PolicyType":"AccountLevelIdentityBasedPolicy",)"
    R"("EncodedDiagnosticMessage":"AQE+\/w==","Unknown":{"A":[1]}})";

void check_denied(std::string_view detail) {
    std::string copy(detail);
    acs::access_denied d{};
    REQUIRE(acs::decode_access_denied(copy, d) == errc::none);
    CHECK(d.action == "dataworks:CreateDISyncTask");
    CHECK(d.principal_type == "SubUser");
    CHECK(d.owner_id == "100xxxx");
    CHECK(d.display_name == "\xE5\xBC\xA0 \"a\"");
    CHECK(d.denial == "ImplicitDeny");
    CHECK(d.policy_type == "AccountLevelIdentityBasedPolicy");
    CHECK(d.diagnostic == "AQE+/w==");
    auto const unknown = acs::find_json(detail, "Unknown.A.0");
    REQUIRE(unknown);
    CHECK(unknown->text == "1");
}

}  // namespace

TEST_CASE("the error of the protocol's example", "[error]") {
    CHECK(read(R"({"Code":"SignatureDoesNotMatch","Message":"m","RequestId":"r","HostId":"h","Recommend":"u","Description":"d1",)"
               R"("Detail":"d2","AccessDeniedDetail":{"AuthAction":"a"}})") ==
          R"(SignatureDoesNotMatch|m|r|h|u|d1|d2|{"AuthAction":"a"})");
    STATIC_REQUIRE(in_constant_expressions());
}

TEST_CASE("every spelling alone gives its member, and no other", "[error]") {
    for (spelling_row const& row : spellings)
        for (std::string_view const name : row.names) {
            INFO(name);
            outcome const o("{" + member(name, "\"value\"") + "}");
            REQUIRE(o.code == errc::none);
            for (spelling_row const& other : spellings)
                CHECK(o.error.*other.field == (&other == &row ? std::string_view("value") : std::string_view()));
        }
}

TEST_CASE("of two spellings the better one wins in either order, unless it is empty, null or no text", "[error]") {
    for (spelling_row const& row : spellings)
        for (std::size_t better = 0; better < row.names.size(); ++better)
            for (std::size_t worse = better + 1; worse < row.names.size(); ++worse) {
                INFO(row.names[better] << " and " << row.names[worse]);
                auto const value = [&](std::string_view of_better) {
                    std::string const one = member(row.names[better], of_better), two = member(row.names[worse], "\"two\"");
                    outcome const o("{" + one + "," + two + "}"), reversed("{" + two + "," + one + "}");
                    CHECK(o.error.*row.field == reversed.error.*row.field);
                    return std::string(o.error.*row.field);
                };
                CHECK(value("\"one\"") == "one");
                CHECK(value("1") == "1");
                for (std::string_view const none : {"\"\"", "null", "[]", "[\"one\"]"}) CHECK(value(none) == "two");
                if (row.field != &acs::service_error::access_denied_detail) CHECK(value("{\"A\":\"one\"}") == "two");
            }
}

TEST_CASE("of one spelling twice the first that says something counts", "[error]") {
    CHECK(code_of(R"("Code":"a","Code":"b")") == "a");
    CHECK(code_of(R"("Code":"","Code":null,"Code":"b","Code":"c")") == "b");
    CHECK(code_of(R"("code":"b","Code":"a","code":"c","Code":"d")") == "a");
}

TEST_CASE("names are exact, and only those of the outermost object count", "[error]") {
    for (std::string_view const name : {"CODE", "cOde", "Code ", " Code", "Cod", "Codes", "", "Code code", ";", " ", "Code;", "C\\u006fde"})
        CHECK(code_of(member(name, "\"a\"")) == "none");
    CHECK(code_of(R"("Data":{"Code":"a"},"List":[{"Code":"b"},"Code"],"X":"Code")") == "none");
    CHECK(code_of(R"("Data":{"Code":"a"},"code":"c")") == "c");
    CHECK(code_of(R"("Code":{"Code":"a"})") == "none");
}

TEST_CASE("numbers and booleans are taken as they are written", "[error]") {
    for (std::string_view const value : {"0", "-1", "500", "1.50", "1e+2", "9007199254740993", "true", "false"})
        CHECK(code_of(member("Code", value)) == value);
    CHECK(code_of("\"Code\" \t:\r\n 500 ") == "500");
    CHECK(code_of(R"("Code":"500")") == "500");
    CHECK(code_of(R"("Code":"null")") == "null");
}

TEST_CASE("texts are unescaped in place", "[error]") {
    outcome const o(R"({"Message":"a\"b\\c\/d\b\f\n\r\t\u00e4\u4e2d\ud83d\ude00 \\n","Code" : "\u0041" })");
    REQUIRE(o.code == errc::none);
    CHECK(o.error.message == "a\"b\\c/d\b\f\n\r\t\xC3\xA4\xE4\xB8\xAD\xF0\x9F\x98\x80 \\n");
    CHECK(o.error.code == "A");
    CHECK(o.error.message.data() == o.body.data() + 12);
    CHECK(code_of(R"("Code":"\u0000")") == std::string(1, '\0'));
    CHECK(code_of(R"("Code":"{\"a\":1}")") == R"({"a":1})");
    CHECK(code_of(R"("Code":" a ")") == " a ");
}

TEST_CASE("a byte order mark and white space are skipped", "[error]") {
    CHECK(read("\xEF\xBB\xBF \r\n\t{ \"Code\" : \"a\" } \n") == "a|-|-|-|-|-|-|-");
    CHECK(read("\xEF\xBB\xBF\xEF\xBB\xBF{}") == "malformed_json");
    CHECK(read("{}") == "-|-|-|-|-|-|-|-");
}

TEST_CASE("what is no object, or no JSON, is an error and changes nothing", "[error]") {
    for (std::string_view const text : {"[]", "[{\"Code\":\"a\"}]", "1", "\"\\u0041\"", "null", "true"}) CHECK(read(text) == "wrong_type");
    for (std::string_view const text : {"", " ", "\xEF\xBB\xBF", "{", "{\"Code\":\"a"}) CHECK(read(text) == "truncated_json");
    for (std::string_view const text : {"<html>", "Service Unavailable", "{'Code':'a'}", "{\"Code\":a}", "{\"Code\":\"a\",}", "{Code:1}",
                                        "{\"Code\":\"\\u0041\"]", "{\"Message\":\"\\u0041\",\"Code\":01}", "{\"Code\":\"\\ud800\"}"})
        CHECK(read(text) == "malformed_json");
    CHECK(read("{\"Message\":\"\\u0041\"}}") == "trailing_text");
    CHECK(read("{\"Message\":\"\\u0041\"} x") == "trailing_text");
    CHECK(read("{\"Message\":\"\\u0041\",\"X\":\"\xFF\"}") == "invalid_utf8");
    CHECK(read("{\"Message\":\"\\u0041\",\"X\":" + std::string(600, '[')) == "json_too_deep");
}

TEST_CASE("a body that is cut off anywhere is an error and unchanged", "[error]") {
    std::string const whole = R"({"Code":"\u0041","Message":"a\nb","AccessDeniedDetail":{"A":[1,2.5e3,null]},"RequestId":"r"})";
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK(read(whole.substr(0, size)) == "truncated_json");
    CHECK(read(whole) == R"(A|a
b|r|-|-|-|-|{"A":[1,2.5e3,null]})");
}

TEST_CASE("details of a denied access stay JSON, as an object or as a text of one", "[error]") {
    std::string quoted;
    for (char const c : denied) {
        if (c == '"' || c == '\\') quoted.push_back('\\');
        quoted.push_back(c);
    }
    for (std::string const& value : {std::string(denied), "\"" + quoted + "\"", " \n" + std::string(denied) + "\t"}) {
        outcome const o("{\"Code\":\"NoPermission\",\"AccessDeniedDetail\":" + value + ",\"RequestId\":\"r\"}");
        REQUIRE(o.code == errc::none);
        CHECK(o.error.code == "NoPermission");
        CHECK(o.error.request_id == "r");
        REQUIRE(o.error.access_denied_detail == denied);
        check_denied(o.error.access_denied_detail);
    }
    CHECK(read(R"({"AccessDeniedDetail":{}})") == "-|-|-|-|-|-|-|{}");
    CHECK(read(R"({"AccessDeniedDetail":"You are not authorized"})") == "-|-|-|-|-|-|-|You are not authorized");
    CHECK(read(R"({"AccessDeniedDetail":null})") == "-|-|-|-|-|-|-|-");
    CHECK(read(R"({"Message":{"AuthAction":"a"}})") == "-|-|-|-|-|-|-|-");
}

TEST_CASE("what RAM leaves out is missing, and what it says otherwise is taken", "[error]") {
    auto const decode = [](std::string text) {
        acs::access_denied d{.action = "left over"};
        std::string const before = text;
        errc const code = acs::decode_access_denied(text, d);
        if (code != errc::none) CHECK(text == before);
        return std::string(code != errc::none ? acs::name(code) : d.action.data() == nullptr ? "-" : d.action);
    };
    CHECK(decode("{}") == "-");
    CHECK(decode(R"({"AuthAction":""})") == "-");
    CHECK(decode(R"({"AuthAction":null})") == "-");
    CHECK(decode(R"({"AuthAction":{"a":1}})") == "-");
    CHECK(decode(R"({"authAction":"a"})") == "-");
    CHECK(decode(R"({"AuthAction":1})") == "1");
    CHECK(decode("You are not authorized") == "malformed_json");
    CHECK(decode("\"text\"") == "wrong_type");
    CHECK(decode("") == "truncated_json");
    CHECK(decode(R"({"AuthAction":"\u0041")") == "truncated_json");
}

TEST_CASE("random bodies: views stay inside the body, and what could not be read is unchanged", "[error]") {
    std::vector<std::string> pieces{"{", "}", "[", "]", ",", ":", "{}", " ", "1", "null", "true", "\"\"", "\"x\"", "\"\\u4e2d\"", "\"",
                                    "\\"};
    for (spelling_row const& row : spellings) pieces.push_back(member(row.names[0], "\"a\\nb\","));
    std::mt19937 random(13);
    std::size_t good = 0;
    for (int round = 0; round < 40'000; ++round) {
        std::string text = "{";
        for (std::size_t n = random() % 8; n > 0; --n) text.append(pieces[random() % pieces.size()]);
        text.append("\"Z\":0}");
        outcome const o(text);
        if (o.code != errc::none) continue;
        ++good;
        for (spelling_row const& row : spellings) {
            std::string_view const view = o.error.*row.field;
            if (view.data() == nullptr) continue;
            CHECK(view == "a\nb");
            CHECK(view.data() > o.body.data());
            CHECK(view.data() + view.size() < o.body.data() + o.body.size());
        }
    }
    CHECK(good > 1000);
}

TEST_CASE("a long body takes time in proportion to its size, and no memory", "[error]") {
    std::string body = "{";
    for (int i = 0; i < 100'000; ++i) body.append(R"("Code":"","Message":{"Code":[null]},)");
    body.append(R"("Code":"a"})");
    acs::service_error error{};
    acs_tests::no_allocations watch;
    errc const code = acs::decode_envelope(body, error);
    watch.check();
    CHECK(code == errc::none);
    CHECK(error.code == "a");
}

}  // namespace test_error_envelope
