// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/scrub.hpp>

#include <acs/operation/prepare.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/signing/unsigned.hpp>
#include <acs/testing/gateway.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dataworks.hpp>

#include "support/catch.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

namespace test_testing_scrub {

namespace {

namespace t = acs::testing;

/// With characters that each encoding changes.
constexpr acs::credentials session{"STS.canary~id", "canary-secret", "canary+token/=&\"\\x"};
constexpr dataworks::query_di_sync_task_config_process_result ask{.project_id = 1, .task_type = "T", .async_process_id = 10};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};

template <class Op, class Who>
t::recorded_exchange exchange_of(Op const& op, Who const& who) {
    acs::request_buffer<4096, 24, 24> memory;
    auto const made = acs::prepare(op, host, who, acs_tests::vector_moment, memory);
    REQUIRE(made);
    return {t::recorded_request::of(*made), {}, {}};
}

std::string all_of(t::recorded_exchange const& x) {
    std::string text = x.request.target + "\n" + x.request.body + "\n" + x.answer.body;
    for (auto const* const list : {&x.request.fields, &x.answer.fields})
        for (auto const& [name, value] : *list) text += "\n" + name + ": " + value;
    return text;
}

std::string value_of(t::recorded_request const& r, std::string_view name) {
    for (auto const& [key, value] : r.fields)
        if (key == name) return value;
    return "-";
}

/// What becomes of an answer to a request with session credentials.
std::string scrubbed_answer(std::string body) {
    auto x = exchange_of(ask, session);
    x.answer = {200, {}, std::move(body), {}};
    t::scrubber::scrub(x);
    return x.answer.body;
}

}  // namespace

TEST_CASE("Of requests by each method, who called and with what is hidden, and all else stays", "[testing]") {
    auto x = exchange_of(ask, session);
    std::string const target = x.request.target;
    t::scrubber::scrub(x);
    CHECK(x.request.target == target);
    CHECK(value_of(x.request, "x-acs-security-token") == "hidden");
    CHECK(value_of(x.request, "x-acs-accesskey-id") == "hidden");
    CHECK(value_of(x.request, "authorization") ==
          "ACS3-HMAC-SHA256 Credential=hidden,SignedHeaders=host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;"
          "x-acs-security-token;x-acs-signature-nonce;x-acs-version,Signature=hidden");
    CHECK(value_of(x.request, "x-acs-signature-nonce") == "3156853299f313e23d1673dc12e1703d");

    x = exchange_of(ask, acs::rpc_hmac_sha1(session));
    t::scrubber::scrub(x);
    CHECK(x.request.target ==
          "/?AccessKeyId=hidden&Action=QueryDISyncTaskConfigProcessResult&AsyncProcessId=10&Format=JSON&ProjectId=1&SecurityToken=hidden&"
          "SignatureMethod=HMAC-SHA1&SignatureNonce=3156853299f313e23d1673dc12e1703d&SignatureVersion=1.0&TaskType=T&"
          "Timestamp=2023-10-26T10%3A22%3A32Z&Version=2020-05-18&Signature=hidden");

    x = exchange_of(acs::call{.action = "A", .version = "V", .style = acs::api_style::roa, .path = "/p"}, acs::roa_hmac_sha1(session));
    t::scrubber::scrub(x);
    CHECK(value_of(x.request, "authorization") == "acs hidden:hidden");
    CHECK(x.request.target == "/p");

    x = exchange_of(ask, acs::bearer{{"canary-bearer"}});
    t::scrubber::scrub(x);
    CHECK(value_of(x.request, "x-acs-bearer-token") == "hidden");
    x = exchange_of(ask, acs::rpc_bearer{{"canary-bearer"}});
    t::scrubber::scrub(x);
    CHECK(x.request.target.find("BearerToken=hidden&") != std::string::npos);

    x.request.fields = {{"Authorization", "Basic canary"}, {"COOKIE", "canary"}, {"authorization", "acs canary"}, {"content-type", "x"}};
    x.request.body = R"({"securitytoken": "canary", "a": "b"})";
    t::scrubber::scrub(x);
    CHECK(all_of(x).find("canary") == std::string::npos);
    CHECK(x.request.body == R"({"securitytoken": "hidden", "a": "b"})");
    x.request.fields = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    x.request.body = "a=b&&%41ccessKeyId=canary&Signature&x=%ZZ&SecurityToken=%ZZcanary&c&%ZZ=d";
    t::scrubber::scrub(x);
    CHECK(x.request.body == "a=b&&%41ccessKeyId=hidden&Signature=hidden&x=%ZZ&SecurityToken=hidden&c&%ZZ=d");
}

TEST_CASE("Of an authorization only the signed headers stay, however odd the rest is", "[testing]") {
    auto const scrubbed = [](std::string value) {
        t::recorded_request r{"https", "POST", "h", "/", {{"Authorization", std::move(value)}}, ""};
        t::scrubber::scrub(r);
        return r.fields[0].second;
    };
    CHECK(scrubbed("A Credential=STS.canary,SignedHeaders=host;x=y,Signature=canary=") ==
          "A Credential=hidden,SignedHeaders=host;x=y,Signature=hidden");
    CHECK(scrubbed("A Credential=STS.canary,canary,SignedHeaders=host,Signature=canary,canary") ==
          "A Credential=hidden,hidden,SignedHeaders=host,Signature=hidden,hidden");
    CHECK(scrubbed("A Credential=canary,Other=canary,signedheaders=canary,SignedHeaders") ==
          "A Credential=hidden,Other=hidden,signedheaders=hidden,hidden");
    auto const x = exchange_of(ask, acs::credentials{"STS.canary,canary", "s"});  // an id in which there is a comma
    CHECK(scrubbed(value_of(x.request, "authorization")).find("canary") == std::string::npos);
}

TEST_CASE("A cookie that an answer sets is hidden, and its other fields stay but for values of the request", "[testing]") {
    auto x = exchange_of(ask, session);
    x.answer = {200, {{"Set-Cookie", "canary=1; path=/"}, {"x-acs-request-id", "r"}, {"x", "by STS.canary~id"}}, "", {}};
    t::scrubber::scrub(x);
    CHECK(x.answer.fields == decltype(x.answer.fields){{"Set-Cookie", "hidden"}, {"x-acs-request-id", "r"}, {"x", "by hidden"}});
}

TEST_CASE("No secret of a request is in what the gateway refuses it with", "[testing]") {
    auto const check = [](auto const& right, auto const& wrong) {
        t::gateway g({std::string(session.access_key_id), "another", std::string(session.security_token)});
        g.serve<dataworks::query_di_sync_task_config_process_result>();
        for (auto const& x : {exchange_of(ask, right), exchange_of(ask, wrong)}) {
            auto copy = x;
            std::vector<acs::field> fields;
            for (auto const& [name, value] : copy.request.fields) fields.push_back({name, value});
            copy.answer = g.handle(copy.request.method, copy.request.target, fields, copy.request.body);
            REQUIRE(copy.answer.body.find("SignatureDoesNotMatch") != std::string::npos);
            REQUIRE(copy.answer.body.find("canary") != std::string::npos);
            t::scrubber::scrub(copy);
            INFO(copy.answer.body);
            CHECK(all_of(copy).find("canary") == std::string::npos);
            CHECK(copy.answer.body.find("SignatureDoesNotMatch") != std::string::npos);
            CHECK(copy.answer.body.find(R"(alculation. hidden",")") != std::string::npos);
        }
    };
    acs::credentials const other{session.access_key_id, "canary-2", session.security_token};
    check(acs::acs3_hmac_sha256(session), acs::acs3_hmac_sha256(other));
    check(acs::rpc_hmac_sha1(session), acs::rpc_hmac_sha1(other));
}

TEST_CASE("Values of the request are found in any text of the answer, however they are encoded", "[testing]") {
    CHECK(scrubbed_answer(R"({"Message":"token canary+token\/=&\"\\x of STS.canary~id", "a":1.50 , "b":"\u0041"})") ==
          R"({"Message":"token hidden of hidden", "a":1.50 , "b":"\u0041"})");
    CHECK(scrubbed_answer(R"({"m":"canary%2Btoken%2F%3D%26%22%5Cx canary%252Btoken%252F%253D%2526%2522%255Cx"})") ==
          R"({"m":"hidden hidden"})");
    CHECK(scrubbed_answer("plain STS.canary~id text") == "plain hidden text");
    CHECK(scrubbed_answer("<m>canary+token/=&\"\\x</m>") == "<m>hidden</m>");
    CHECK(scrubbed_answer("no. server string to sign is:a\"b\"canary") == "no. hidden");
    CHECK(scrubbed_answer("x {\"AccessKeySecret\":\"canary\"}") == "x {\"AccessKeySecret\":\"hidden\"}");
    CHECK(scrubbed_answer(R"("\x STS.canary~id")") == R"("\x hidden")");
}

TEST_CASE("Credentials in an answer are hidden, wherever they are and even if it was cut off", "[testing]") {
    std::string const before = R"({"RequestId":"r","Credentials":{)", behind = R"("Expiration":"2026"}})";
    std::string const whole =
        before + R"("AccessKeyId":"STS.canary2","AccessKeySecret" : "canary\"secret","SecurityToken":"canary",)" + behind;
    CHECK(scrubbed_answer(whole) == before + R"("AccessKeyId":"hidden","AccessKeySecret" : "hidden","SecurityToken":"hidden",)" + behind);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(size);
        std::string const cut = scrubbed_answer(whole.substr(0, size));
        CHECK(cut.find("canary") == std::string::npos);
        CHECK(cut.find("cana") == std::string::npos);
    }
    CHECK(scrubbed_answer(R"({"Data":"{\"SecurityToken\":\"canary\",\"n\":[1]}"})") ==
          R"({"Data":"{\"SecurityToken\":\"hidden\",\"n\":[1]}"})");
    CHECK(scrubbed_answer(R"({"AccessKeyId":5,"x":"y","Signature":null,"z":"w"})") ==
          R"({"AccessKeyId":5,"x":"y","Signature":null,"z":"w"})");
    CHECK(scrubbed_answer(R"({"\u0053ecurityToken":"canary"})") == R"({"\u0053ecurityToken":"hidden"})");
    CHECK(scrubbed_answer("<R a=\"b\"><AccessKeySecret>canary</AccessKeySecret><X>y</X><SecurityToken>cana") ==
          "<R a=\"b\"><AccessKeySecret>hidden</AccessKeySecret><X>y</X><SecurityToken>hidden");
    CHECK(scrubbed_answer("<a:AccessKeySecret b=\"c\"><![CDATA[canary]]>canary</a:AccessKeySecret><X>y</X>") ==
          "<a:AccessKeySecret b=\"c\">hidden</a:AccessKeySecret><X>y</X>");
    CHECK(scrubbed_answer("<SecurityToken\n>canary<b>canary</b>canary</SecurityToken>") ==
          "<SecurityToken\n>hidden</SecurityToken>");
    CHECK(scrubbed_answer("<SecurityToken/><X>y</X><") == "<SecurityToken/><X>y</X><");
    CHECK(scrubbed_answer("<SecurityToken>canary</X>canary") == "<SecurityToken>hidden");
    CHECK(scrubbed_answer("<Message>no. server string to sign is:canary</Message>") == "<Message>no. hidden</Message>");
}

TEST_CASE("Of a message in JSON of any kind only the repeated request is hidden, and what stands behind it stays", "[testing]") {
    std::string const message = R"("Message":"no. server string to sign is:canary","a":"b")", clean = R"("Message":"no. hidden","a":"b")";
    for (auto const& [open, close] : {std::pair<std::string, std::string>{"{", "}"}, {" \r\n\t{", "}"}, {"[{", "}]"}, {" [{", ""}}) {
        INFO(open);
        CHECK(scrubbed_answer(open + message + close) == open + clean + close);
    }
}

TEST_CASE("JSON in a string that is cut off stays cut off", "[testing]") {
    CHECK(scrubbed_answer(R"({"Data":"{\"a\":\"b\",\"SecurityToken\":\"canary)") == R"({"Data":"{\"a\":\"b\",\"SecurityToken\":\"hidden)");
    CHECK(scrubbed_answer(R"({"Data":"{\"a\":\"b\"})") == R"({"Data":"{\"a\":\"b\"})");
    // So does the string that is hidden since it is too deep.
    std::string text = R"("\"canary)", clean = R"("hidden)";
    for (int depth = 1; depth < 16; ++depth)
        for (std::string* const one : {&text, &clean}) {
            std::string const inner = *one;
            *one = acs_tests::written([&](auto& out) { acs::write_json_string(inner, out); });
        }
    CHECK(scrubbed_answer(text) == clean);
}

TEST_CASE("JSON in strings in JSON, however deep, hides its secrets, and takes no stack", "[testing]") {
    std::string text = R"({"SecurityToken":"canary","n":"v"})";
    for (int depth = 1; depth <= 200; ++depth) {
        std::string outer = R"({"Data":")";
        for (char const c : text) {
            if (c == '"')
                outer += "\\u0022";
            else if (c == '\\')
                outer += "\\u005c";
            else
                outer += c;
        }
        text = outer + "\"}";
        if (depth > 20 && depth % 60 != 0) continue;
        INFO("depth " << depth);
        std::string const clean = scrubbed_answer(text);
        CHECK(clean.find("canary") == std::string::npos);
        CHECK(clean.find("hidden") != std::string::npos);
        CHECK((clean.find("SecurityToken") != std::string::npos) == (depth < 16));
    }
}

TEST_CASE("A body without secrets stays as it is, byte for byte", "[testing]") {
    std::string odd = "{\"a\" : \"\\u00e9\\/\\\"\" , \"b\":\"{\\\"c\\\":\\\"\\\\n\\\"}\"} \xFF\xFE \" unclosed \\";
    odd += '\0';
    for (std::string const& text :
         {std::string(), odd, std::string("\""), std::string("\"\\"), std::string("<"), std::string("<>"), std::string(R"({"\x":"y"})"),
          std::string(t::samples::query_result), std::string("\x1F\x8B\x08 no JSON \xFF")})
        CHECK(scrubbed_answer(text) == text);
}

}  // namespace test_testing_scrub
