// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_REPLIES_HPP
#define ACS_TESTING_REPLIES_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/json/writer.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/samples.hpp>
#include <acs/testing/script.hpp>
#include <acs/testing/verify.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The service's answers, in the shape that the service gives them.
namespace acs::testing::inline ACS_ABI {

/// How an answer travels.
enum class passage : std::uint8_t {
    whole,  ///< as any
    drip,   ///< byte by byte
    stall,  ///< not at all, and the connection stays open
    reset,  ///< not at all, and the connection breaks
};

/// An HTTP answer.
struct http_answer {
    std::uint16_t status{};
    std::vector<std::pair<std::string, std::string>> fields{};
    std::string body{};
    passage how{};
};

/// A request id in the service's shape, a different one for each number.
[[nodiscard]] inline std::string make_request_id(std::uint64_t number) {
    std::string digits = std::to_string(number % 1'000'000'000'000);
    return "ACS00000-7E57-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

/// An answer with a JSON body.
[[nodiscard]] inline http_answer json_answer(std::uint16_t status, std::string text, std::string const& request_id) {
    return {status, {{"content-type", "application/json;charset=utf-8"}, {"x-acs-request-id", request_id}}, std::move(text)};
}

/// The error envelope (protocol 4.3).
[[nodiscard]] inline http_answer error_answer(refusal const& why, std::string_view host, std::uint64_t number) {
    std::string const id = make_request_id(number);
    std::string text;
    string_sink out(text);
    json_writer json(out);
    json.begin_object();
    json.name("RequestId");
    json.string(id);
    json.name("HostId");
    json.string(host);
    json.name("Code");
    json.string(why.code);
    json.name("Message");
    json.string(why.message);
    json.name("Recommend");
    json.string("https://api.aliyun.com/troubleshoot?q=" + why.code);
    json.end_object();
    return json_answer(why.status, std::move(text), id);
}

/// A reply of one of the operations, with what `Data` holds beside its status.
[[nodiscard]] inline http_answer process_answer(std::string_view status, std::string_view name, std::string_view value,
                                                std::uint64_t number) {
    std::string const id = make_request_id(number);
    std::string text;
    string_sink out(text);
    json_writer json(out);
    json.begin_object();
    json.name("Success");
    json.boolean(true);
    json.name("RequestId");
    json.string(id);
    json.name("Data");
    json.begin_object();
    json.name("Status");
    json.string(status);
    if (!name.empty()) {
        json.name(name);
        json.string(value);
    }
    json.end_object();
    json.end_object();
    return json_answer(200, std::move(text), id);
}

/// The documented reply of an action; for one that has none, `{"RequestId":...}`.
[[nodiscard]] inline http_answer documented_answer(std::string_view action, std::uint64_t number) {
    std::string_view const body = documented_reply_of(action);
    if (!body.empty()) return json_answer(200, std::string(body), "0bc1411515937635973****");
    std::string const id = make_request_id(number);
    return json_answer(200, R"({"RequestId":")" + id + R"(","Success":true})", id);
}

/// What a script's line stands for.
[[nodiscard]] inline http_answer scripted_answer(scripted const& line, std::string_view action, std::string_view host,
                                                 std::uint64_t number) {
    switch (line.what) {
        case scripted::kind::pending: return process_answer("running", {}, {}, number);
        case scripted::kind::success:
            return line.text.empty() ? documented_answer(action, number) : process_answer("success", "TaskContent", line.text, number);
        case scripted::kind::fail: return process_answer("fail", "Message", line.text, number);
        case scripted::kind::unsuccessful: {
            std::string const id = make_request_id(number);
            return json_answer(200,
                               R"({"Success":false,"RequestId":")" + id +
                                   R"(","ErrorCode":"InternalError.System","ErrorMessage":"An internal system error occurred."})",
                               id);
        }
        case scripted::kind::throttle: {
            http_answer answer = error_answer({429, "Throttling.User", "Request was denied due to user flow control."}, host, number);
            answer.fields.emplace_back("x-acs-retry-after", std::to_string(line.number));
            return answer;
        }
        case scripted::kind::error: return error_answer({line.status, line.code, line.text}, host, number);
        case scripted::kind::body: return {line.status, {{"x-acs-request-id", make_request_id(number)}}, line.text, {}};
        case scripted::kind::cut: {
            http_answer answer = documented_answer(action, number);
            if (line.number < answer.body.size()) answer.body.resize(line.number);
            return answer;
        }
        case scripted::kind::garbage:
            return {200, {{"x-acs-request-id", make_request_id(number)}}, "\x1F\x8B\x08 this is no JSON \xFF\xFE", {}};
        case scripted::kind::html:
            return {line.status, {{"Content-Type", "text/html"}}, "<!DOCTYPE html><html><body><h1>Bad Gateway</h1></body></html>\n", {}};
        case scripted::kind::xml: {
            std::string const id = make_request_id(number);
            return {line.status,
                    {{"content-type", "text/xml;charset=utf-8"}, {"x-acs-request-id", id}},
                    "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>" + id + "</RequestId><HostId>" + std::string(host) +
                        "</HostId><Code>" + line.code + "</Code><Message>The request was refused.</Message></Error>",
                    {}};
        }
        case scripted::kind::odd: {
            http_answer answer = documented_answer(action, number);
            answer.fields.insert(answer.fields.begin(), {{"X-ACS-REQUEST-ID", ""}, {"x-empty", ""}, {"x-long", std::string(8000, 'x')}});
            answer.fields.insert(answer.fields.end(), {{"x-twice", "1"}, {"X-Twice", "2"}, {"x-acs-retry-after", "soon"}});
            return answer;
        }
        case scripted::kind::drip:
        case scripted::kind::stall:
        case scripted::kind::reset_before:
        case scripted::kind::reset_after: {
            http_answer answer = documented_answer(action, number);
            answer.how = line.what == scripted::kind::drip    ? passage::drip
                         : line.what == scripted::kind::stall ? passage::stall
                                                              : passage::reset;
            return answer;
        }
    }
    return {};
}

}  // namespace acs::testing::inline ACS_ABI

#endif
