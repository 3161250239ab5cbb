// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/gateway.hpp>

#include "support/catch.hpp"
#include "support/dataworks_operations.hpp"
#include "support/files.hpp"
#include "support/wire.hpp"

#include <acs/client/reply_buffer.hpp>
#include <acs/signing/rpc.hpp>

#include <dataworks.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test_testing_gateway {

namespace t = acs::testing;
using acs_tests::handle;
using acs_tests::text_at;
using acs_tests::verdict;
using acs_tests::wire_request;
using create = dataworks::create_di_sync_task;
using query = dataworks::query_di_sync_task_config_process_result;

namespace {

constexpr acs::credentials key{"testid", "testsecret"};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr query ask{.project_id = 10000, .task_type = "DI_REALTIME", .async_process_id = 10};
constexpr create make{.project_id = 10000, .task_type = "DI_OFFLINE", .task_name = "a b", .task_content = "{\"x\": 1}"};

t::gateway serving() {
    t::gateway g;
    g.serve<create, query>();
    return g;
}

acs::moment next_moment() {
    static unsigned char count = 0;
    acs::moment now = acs_tests::vector_moment;
    now.random[0] = ++count;
    return now;
}

/// What a gateway that saw nothing yet says to this.
std::string fresh_verdict(wire_request const& w) {
    auto g = serving();
    auto const answer = handle(g, w);
    std::string const said = verdict(answer);
    REQUIRE(g.record().size() == 1);
    CHECK((g.record()[0].verdict == "accepted") == (answer.status == 200));
    CHECK(g.executed(g.record()[0].action) == (answer.status == 200 ? 1U : 0U));
    return said;
}

template <class Change>
std::string changed(wire_request w, Change change) {
    change(w);
    return fresh_verdict(w);
}

constexpr std::string_view mismatch = "400 SignatureDoesNotMatch";

/// Every byte of a text that a change may leave well-formed, replaced in turn: `use(copy, offset)`.
template <class Use>
void each_byte(std::string const& text, Use use) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string copy = text;
        copy[i] = copy[i] == 'q' ? 'z' : 'q';
        use(copy, i);
    }
}

}  // namespace

TEST_CASE("Requests signed by each method are accepted", "[testing]") {
    CHECK(fresh_verdict(acs_tests::wire_of(ask, host, key)) == "200");
    CHECK(fresh_verdict(acs_tests::wire_of(make, host, key)) == "200");
    CHECK(fresh_verdict(acs_tests::wire_of(make, host, acs::acs3_hmac_sm3(key))) == "200");
    CHECK(fresh_verdict(acs_tests::wire_of(make, host, acs::rpc_hmac_sha1(key))) == "200");
    acs::param const params[] = {{"ProjectId", "1"}, {"TaskType", "x"}, {"AsyncProcessId", "1"}};
    acs::call const get{query::head.action, query::head.version, params, acs::method::get};
    CHECK(fresh_verdict(acs_tests::wire_of(get, host, acs::rpc_hmac_sha1(key))) == "200");
    CHECK(fresh_verdict(acs_tests::wire_of(get, host, key)) == "200");
    auto const in_form = acs::prepare_options{.long_query_in_form = true};
    CHECK(fresh_verdict(acs_tests::wire_of(make, host, key, acs_tests::vector_moment, in_form)) == "200");
}

TEST_CASE("RPC 1.0 may name action and version in headers as well, for routing", "[testing]") {
    auto const with_headers = [](wire_request& w) {
        w.fields.emplace_back("x-acs-action", std::string(create::head.action));
        w.fields.emplace_back("x-acs-version", std::string(create::head.version));
    };
    CHECK(changed(acs_tests::wire_of(make, host, acs::rpc_hmac_sha1(key)), with_headers) == "200");

    auto g = serving();
    auto const twice = create{.project_id = 1, .task_type = "DI_OFFLINE", .task_content = "{}", .client_token = "t"};
    for (int i = 0; i < 2; ++i) {
        auto w = acs_tests::wire_of(twice, host, acs::rpc_hmac_sha1(key), next_moment());
        with_headers(w);
        CHECK(verdict(handle(g, w)) == "200");
    }
    CHECK(g.executed("CreateDISyncTask") == 1);
}

TEST_CASE("A request that is accepted is answered with the documented reply, and stays in the record", "[testing]") {
    auto g = serving();
    auto const w = acs_tests::wire_of(make, host, key);
    auto const answer = handle(g, w);
    CHECK(answer.body == acs_tests::file_text("samples/CreateDISyncTask.json"));
    REQUIRE(g.record().size() == 1);
    t::seen const& seen = g.record()[0];
    CHECK(seen.action == "CreateDISyncTask");
    CHECK(seen.verdict == "accepted");
    CHECK(seen.request.method == "POST");
    CHECK(seen.request.target == w.target);
    CHECK(seen.request.body == w.body);
    CHECK(seen.request.param_of("TaskContent") == "{\"x\": 1}");
    CHECK(seen.request.param_of("TaskName") == "a b");
    CHECK(seen.request.field_of("HOST") == host.host);
    CHECK(g.executed("CreateDISyncTask") == 1);
    CHECK(g.executed("UpdateDISyncTask") == 0);
    g.forget();
    CHECK(g.record().empty());
    CHECK(verdict(handle(g, w)) == "400 SignatureNonceUsed");
}

TEST_CASE("ACS3: a change of method or path is refused", "[testing]") {
    auto const w = acs_tests::wire_of(make, host, key);
    CHECK(changed(w, [](auto& r) { r.method = "GET"; }) == mismatch);
    for (std::string_view const method : {"PUT", "DELETE", "HEAD", "post", "", "POST "})
        CHECK(changed(w, [&](auto& r) { r.method = method; }) == "400 UnsupportedHTTPMethod");
    for (std::string_view const path : {"//", "/q", "/%2F", "/.", "/;"})
        CHECK(changed(w, [&](auto& r) { r.target.replace(0, 1, path); }) == mismatch);
    CHECK(changed(w, [](auto& r) { r.target.erase(0, 1); }) == "400 InvalidParameter");
}

TEST_CASE("ACS3: a change of any byte of the query is refused", "[testing]") {
    auto const w = acs_tests::wire_of(make, host, key);
    REQUIRE(w.target == "/?ProjectId=10000&TaskName=a%20b&TaskType=DI_OFFLINE");
    each_byte(w.target.substr(2), [&](std::string const& query_text, std::size_t at) {
        INFO(query_text);
        bool const escape = at == 27 || at == 28;  // a digit of %20
        CHECK(changed(w, [&](auto& r) { r.target = "/?" + query_text; }) == (escape ? "400 InvalidParameter" : mismatch));
    });
    for (std::string_view const more : {"&", "&&"})  // nothing is added
        CHECK(changed(w, [&](auto& r) { r.target += more; }) == "200");
    for (std::string_view const more : {"&A", "&ProjectId=10000", "x", "%00"})
        CHECK(changed(w, [&](auto& r) { r.target += more; }) == mismatch);
    CHECK(changed(w, [](auto& r) { r.target = "/"; }) == mismatch);
}

TEST_CASE("ACS3: a change of any header that is signed is refused", "[testing]") {
    auto const w = acs_tests::wire_of(make, host, key);
    struct expectation {
        std::string_view name, changed, erased;
    };
    constexpr std::string_view incomplete = "400 IncompleteSignature";
    for (expectation const& e : {expectation{"host", mismatch, incomplete},
                                 {"content-type", mismatch, incomplete},
                                 {"x-acs-action", mismatch, "400 MissingAction"},
                                 {"x-acs-content-sha256", mismatch, incomplete},
                                 {"x-acs-date", "400 InvalidTimeStamp.Format", incomplete},
                                 {"x-acs-signature-nonce", mismatch, incomplete},
                                 {"x-acs-version", mismatch, incomplete},
                                 {"accept", "200", "200"},
                                 {"user-agent", "200", "200"}}) {
        INFO(e.name);
        wire_request sent = w;
        std::string const value = sent.value(e.name);
        REQUIRE(sent.fields.size() == w.fields.size());
        for (std::size_t i = 0; i < value.size(); ++i) CHECK(changed(w, [&](auto& r) { r.value(e.name)[i] = 'q'; }) == e.changed);
        CHECK(changed(w, [&](auto& r) { r.value(e.name) += 'q'; }) == e.changed);
        CHECK(changed(w, [&](auto& r) { r.erase(e.name); }) == e.erased);
        CHECK(changed(w, [&](auto& r) { r.fields.emplace_back(e.name, "another"); }) == (e.changed == "200" ? "200" : mismatch));
    }
    // A date that is well-formed, but not the one that was signed.
    CHECK(changed(w, [](auto& r) { r.value("x-acs-date") = "2023-10-26T10:22:33Z"; }) == mismatch);
}

TEST_CASE("ACS3: a change of any byte of the authorization is refused", "[testing]") {
    auto const w = acs_tests::wire_of(make, host, key);
    wire_request sent = w;
    std::string const said = sent.value("authorization");
    REQUIRE(sent.fields.size() == w.fields.size());
    std::size_t const id = said.find("testid"), list = said.find("SignedHeaders="), signature = said.find("Signature=") + 10;
    each_byte(said, [&](std::string const& text, std::size_t at) {
        INFO(text);
        std::string const verdict_of = changed(w, [&](auto& r) { r.value("authorization") = text; });
        if (at < id - 12)
            CHECK(verdict_of == "400 InvalidSignatureMethod");
        else if (at >= id && at < id + 6)
            CHECK(verdict_of == "404 InvalidAccessKeyId.NotFound");
        else if (at >= signature)
            CHECK(verdict_of == mismatch);
        else
            CHECK(verdict_of == "400 IncompleteSignature");
    });
    CHECK(list < signature);
    CHECK(changed(w, [](auto& r) { r.erase("authorization"); }) == "400 IncompleteSignature");
    CHECK(changed(w, [](auto& r) { r.value("authorization") = "Bearer x"; }) == "400 IncompleteSignature");
}

TEST_CASE("ACS3: a change of any byte of the body is refused", "[testing]") {
    auto const w = acs_tests::wire_of(make, host, key);
    REQUIRE(w.body == "TaskContent=%7B%22x%22%3A%201%7D");
    each_byte(w.body, [&](std::string const& text, std::size_t) {
        INFO(text);
        std::string const said = changed(w, [&](auto& r) { r.body = text; });
        CHECK((said == mismatch || said == "400 InvalidParameter"));  // a broken escape is no form
    });
    CHECK(changed(w, [](auto& r) { r.body += '&'; }) == mismatch);
    CHECK(changed(w, [](auto& r) { r.body.clear(); }) == mismatch);
    CHECK(changed(w, [](auto& r) { r.body.back() = 'd'; }) == mismatch);
}

TEST_CASE("RPC 1.0: a change of method, path, any parameter or its place's type is refused", "[testing]") {
    auto const w = acs_tests::wire_of(make, host, acs::rpc_hmac_sha1(key));
    CHECK(fresh_verdict(w) == "200");
    CHECK(changed(w, [](auto& r) { r.method = "GET"; }) == mismatch);
    CHECK(changed(w, [](auto& r) { r.method = "PUT"; }) == "400 UnsupportedHTTPMethod");
    // The signature never covers a path, since there is one only.
    CHECK(changed(w, [](auto& r) { r.target.insert(1, "x"); }) == "404 InvalidAction.NotFound");
    for (std::string_view const name : {"ProjectId", "TaskName", "TaskType", "SignatureNonce", "Format", "Version"}) {
        INFO(name);
        std::size_t at = w.target.find(name);
        while (w.target[at - 1] != '?' && w.target[at - 1] != '&') at = w.target.find(name, at + 1);  // not SignatureVersion
        CHECK(changed(w, [&](auto& r) { r.target.insert(at + name.size() + 1, "q"); }) == mismatch);
        CHECK(changed(w, [&](auto& r) { r.target.insert(at, "q"); }) == mismatch);
    }
    auto const with = [&](std::string_view name, std::string_view replacement) {
        return changed(w, [&](auto& r) { r.target.replace(r.target.find(name), name.size(), replacement); });
    };
    CHECK(with("Action=", "action=") == "400 MissingAction");
    CHECK(with("&Action=C", "&Action=D") == mismatch);
    CHECK(with("AccessKeyId=t", "AccessKeyId=x") == "404 InvalidAccessKeyId.NotFound");
    CHECK(with("AccessKeyId=", "AccessKeyid=") == "400 MissingAccessKeyId");
    CHECK(with("Timestamp=2", "Timestamp=x") == "400 InvalidTimeStamp.Format");
    CHECK(with("Timestamp=", "timestamp=") == "400 IllegalTimestamp");
    CHECK(with("HMAC-SHA1", "HMAC-SHA256") == "400 InvalidSignatureMethod");
    CHECK(with("SignatureVersion=1.0", "SignatureVersion=2.0") == "400 InvalidSignatureMethod");
    CHECK(with("Signature=", "signature=") == "400 IncompleteSignature");
    CHECK(with("&SignatureNonce=", "&SignatureNonc=") == mismatch);
    each_byte(w.body, [&](std::string const& text, std::size_t) {
        INFO(text);
        std::string const said = changed(w, [&](auto& r) { r.body = text; });
        CHECK((said == mismatch || said == "400 InvalidParameter"));
    });
    CHECK(changed(w, [](auto& r) { r.erase("content-type"); }) == mismatch);
}

TEST_CASE("A session key needs its token, and that token", "[testing]") {
    acs::credentials const session{"testid", "testsecret", "token"}, other{"testid", "testsecret", "other"};
    auto const said = [&](auto const& who) {
        t::gateway g({"testid", "testsecret", "token"});
        g.serve<query>();
        return verdict(handle(g, acs_tests::wire_of(ask, host, who)));
    };
    CHECK(said(session) == "200");
    CHECK(said(acs::rpc_hmac_sha1(session)) == "200");
    CHECK(said(key) == "400 MissingSecurityToken");
    CHECK(said(acs::rpc_hmac_sha1(key)) == "400 MissingSecurityToken");
    CHECK(said(other) == "400 InvalidSecurityToken.MismatchWithAccessKey");
    CHECK(fresh_verdict(acs_tests::wire_of(ask, host, session)) == "400 InvalidSecurityToken.MismatchWithAccessKey");
}

TEST_CASE("Keys are known by id and secret", "[testing]") {
    CHECK(fresh_verdict(acs_tests::wire_of(ask, host, acs::credentials{"other", "testsecret"})) == "404 InvalidAccessKeyId.NotFound");
    CHECK(fresh_verdict(acs_tests::wire_of(ask, host, acs::credentials{"testid", "other"})) == mismatch);
    CHECK(fresh_verdict(acs_tests::wire_of(ask, host, acs::bearer_token{"token"})) == "400 IncompleteSignature");
    CHECK(fresh_verdict(acs_tests::wire_of(ask, host, acs::anonymous{})) == "400 IncompleteSignature");
}

TEST_CASE("A date outside 15 minutes is refused by both methods, in both directions", "[testing]") {
    for (int const off : {-901, -900, 0, 900, 901}) {
        INFO(off);
        auto g = serving();
        g.set_time({acs_tests::vector_moment.wall.seconds + off});
        std::string const expected = off < -900 || off > 900 ? "400 InvalidTimeStamp.Expired" : "200";
        CHECK(verdict(handle(g, acs_tests::wire_of(ask, host, key, next_moment()))) == expected);
        CHECK(verdict(handle(g, acs_tests::wire_of(ask, host, acs::rpc_hmac_sha1(key), next_moment()))) == expected);
    }
}

TEST_CASE("A gateway whose clock says what no calendar knows refuses every date", "[testing]") {
    for (std::int64_t const wall : {INT64_MIN, std::int64_t{-1}, INT64_MAX}) {
        auto g = serving();
        g.set_time({wall});
        CHECK(verdict(handle(g, acs_tests::wire_of(ask, host, key, next_moment()))) == "400 InvalidTimeStamp.Expired");
    }
}

TEST_CASE("Answers are dated by the gateway's clock if it was set, refusals above all", "[testing]") {
    auto const date_of = [](t::http_answer const& answer) {
        for (auto const& [name, value] : answer.fields)
            if (name == "date") return value;
        return std::string("-");
    };
    auto g = serving();
    CHECK(date_of(handle(g, acs_tests::wire_of(ask, host, key, next_moment()))) == "-");
    g.set_time({1'698'315'752 + 86'400});  // a day after the request
    auto const refused = handle(g, acs_tests::wire_of(ask, host, key, next_moment()));
    CHECK(verdict(refused) == "400 InvalidTimeStamp.Expired");
    CHECK(date_of(refused) == "Fri, 27 Oct 2023 10:22:32 GMT");
    g.set_time({1'698'315'752});
    CHECK(date_of(handle(g, acs_tests::wire_of(ask, host, key, next_moment()))) == "Thu, 26 Oct 2023 10:22:32 GMT");
}

TEST_CASE("A nonce is good once, but a request that was refused does not use it up", "[testing]") {
    auto g = serving();
    auto const w = acs_tests::wire_of(ask, host, key);
    wire_request bad = w;
    bad.value("host") = "other.example";
    CHECK(verdict(handle(g, bad)) == mismatch);
    CHECK(verdict(handle(g, w)) == "200");
    auto const again = handle(g, w);
    CHECK(verdict(again) == "400 SignatureNonceUsed");
    CHECK(text_at(again, "Message") == "Specified signature nonce was used already.");
    CHECK(g.executed(query::head.action) == 1);
    CHECK(verdict(handle(g, acs_tests::wire_of(ask, host, acs::rpc_hmac_sha1(key)))) == "400 SignatureNonceUsed");
    CHECK(g.record().size() == 4);
    CHECK(g.record()[0].verdict == "SignatureDoesNotMatch");
    CHECK(g.record()[3].verdict == "SignatureNonceUsed");
}

TEST_CASE("RPC 1.0: a request without a nonce is refused, though its signature holds", "[testing]") {
    auto const said = [](std::string_view without) {
        acs::rpc_hmac_sha1 const signer(key);
        auto w = acs_tests::wire_of(ask, host, signer);
        auto const apart = t::receive(w.method, w.target, {}, {});
        REQUIRE(apart);
        auto params = apart->params();
        std::erase_if(params, [&](acs::param const& p) { return p.name == "Signature" || p.name == without; });
        auto const signature = signer.sign(w.method, params);
        params.push_back({"Signature", signature.view()});
        w.target = "/?" + acs_tests::written([&](auto& out) { acs::write_pairs(params, acs::place::query, '\0', out); });
        return fresh_verdict(w);
    };
    CHECK(said("") == "200");
    CHECK(said("SignatureNonce") == "400 MissingSignatureNonce");
}

TEST_CASE("Actions and versions that are not served are not found", "[testing]") {
    acs::call const other{"DeleteEverything", "2020-05-18"};
    CHECK(fresh_verdict(acs_tests::wire_of(other, host, key)) == "404 InvalidAction.NotFound");
    acs::call const old{query::head.action, "2018-06-01"};
    CHECK(fresh_verdict(acs_tests::wire_of(old, host, key)) == "400 InvalidVersion");
    acs::call const roa{query::head.action, query::head.version, {}, acs::method::get, acs::api_style::roa, "/v1/x"};
    CHECK(fresh_verdict(acs_tests::wire_of(roa, host, key)) == "404 InvalidAction.NotFound");
}

TEST_CASE("Parameters of typed operations are checked: required, kinds and bounds", "[testing]") {
    auto const said = [](std::string_view project, std::string_view type, std::string_view process) {
        std::vector<acs::param> params;
        if (project.data() != nullptr) params.push_back({"ProjectId", project});
        if (type.data() != nullptr) params.push_back({"TaskType", type, acs::place::form});
        if (process.data() != nullptr) params.push_back({"AsyncProcessId", process});
        acs::call const call{query::head.action, query::head.version, params};
        return fresh_verdict(acs_tests::wire_of(call, host, key));
    };
    CHECK(said("1", "t", "1") == "200");
    CHECK(said("10000000000", "t", "9999999999999999") == "200");
    CHECK(said({}, "t", "1") == "400 MissingProjectId");
    CHECK(said("", "t", "1") == "400 MissingProjectId");
    CHECK(said("1", {}, "1") == "400 MissingTaskType");
    CHECK(said("1", "t", {}) == "400 MissingAsyncProcessId");
    for (std::string_view const project : {"0", "-1", "10000000001", "1.0", "x", "1 ", "9223372036854775808"}) {
        INFO(project);
        CHECK(said(project, "t", "1") == "400 InvalidProjectId");
    }
    CHECK(said("1", "t", "10000000000000000") == "400 InvalidAsyncProcessId");
}

namespace {

struct switching {
    static constexpr acs::call_head head{"Switch", "2020-05-18"};
    std::optional<bool> on{};
    struct reply {
        std::string_view request_id{};
    };
    static consteval auto describe() {
        return acs::description(acs::parameters(acs::query<&switching::on>("On")),
                                acs::members(acs::member<&reply::request_id>("RequestId")));
    }
};

}  // namespace

TEST_CASE("A parameter that is true or false is nothing else", "[testing]") {
    auto const said = [](std::string_view on) {
        t::gateway g;
        g.serve<switching>();
        acs::param const params[] = {{"On", on}};
        return verdict(handle(g, acs_tests::wire_of(acs::call{"Switch", "2020-05-18", params}, host, key)));
    };
    CHECK(said("true") == "200");
    CHECK(said("false") == "200");
    for (std::string_view const on : {"True", "FALSE", "1", "0", "yes", "truefalse", " true"}) {
        INFO(on);
        CHECK(said(on) == "400 InvalidOn");
    }
}

TEST_CASE("Refusals come with the request's host and a request id of their own", "[testing]") {
    auto g = serving();
    wire_request w = acs_tests::wire_of(ask, host, key);
    w.method = "GET";
    auto const first = handle(g, w), second = handle(g, w);
    CHECK(text_at(first, "HostId") == host.host);
    CHECK(text_at(first, "RequestId") != text_at(second, "RequestId"));
    std::string const message = text_at(first, "Message");
    CHECK(message.find("server StringToSign is [ACS3-HMAC-SHA256\n") != std::string::npos);
    CHECK(message.find("server CanonicalRequest is [GET\n/\n") != std::string::npos);
    CHECK(message.back() == ']');
}

TEST_CASE("The script answers what was accepted, and only that", "[testing]") {
    auto g = serving();
    g.answers().then(t::pending()).then(t::error(500, "InternalError")).then(t::success("text"));
    wire_request bad = acs_tests::wire_of(ask, host, acs::credentials{"testid", "wrong"}, next_moment());
    CHECK(verdict(handle(g, bad)) == mismatch);
    CHECK(text_at(handle(g, acs_tests::wire_of(ask, host, key, next_moment())), "Data.Status") == "running");
    CHECK(verdict(handle(g, acs_tests::wire_of(ask, host, key, next_moment()))) == "500 InternalError");
    for (int i = 0; i < 2; ++i) CHECK(text_at(handle(g, acs_tests::wire_of(ask, host, key, next_moment())), "Data.TaskContent") == "text");
    CHECK(g.executed(query::head.action) == 3);
}

TEST_CASE("A call with the client token of an earlier one is answered as that was, and carried out once", "[testing]") {
    create once = make;
    once.client_token = "token-1";
    auto g = serving();
    g.answers().then(t::reset_after()).then(t::success());
    CHECK(handle(g, acs_tests::wire_of(once, host, key, next_moment())).how == t::passage::reset);
    CHECK(verdict(handle(g, acs_tests::wire_of(once, host, key, next_moment()))) == "200");
    CHECK(g.executed(create::head.action) == 1);
    CHECK(verdict(handle(g, acs_tests::wire_of(make, host, key, next_moment()))) == "200");
    CHECK(g.executed(create::head.action) == 2);
    once.task_name = "another";
    CHECK(verdict(handle(g, acs_tests::wire_of(once, host, key, next_moment()))) == "400 IdempotentParameterMismatch");
    CHECK(g.record().back().verdict == "IdempotentParameterMismatch");
    once.client_token = "token-2";
    CHECK(verdict(handle(g, acs_tests::wire_of(once, host, key, next_moment()))) == "200");
    CHECK(g.executed(create::head.action) == 3);
}

TEST_CASE("What is no HTTP request of the service is refused, and recorded", "[testing]") {
    auto g = serving();
    CHECK(verdict(g.handle("GET", "*", {}, {})) == "400 InvalidParameter");
    CHECK(verdict(g.handle("GET", "/", {}, {})) == "400 MissingAction");
    CHECK(verdict(g.handle("GET", "/?Action=x", {}, {})) == "400 MissingAccessKeyId");
    CHECK(verdict(g.handle("", "/", {}, std::string_view("\0", 1))) == "400 MissingAction");
    REQUIRE(g.record().size() == 4);
    CHECK(g.record()[0].verdict == "InvalidParameter");
}

namespace {

/// Sends `ask` through the transport.
struct carried {
    acs::result<void> outcome;
    acs::reply answer;
};

template <class Sink>
acs::result<void> carry(t::gateway& g, Sink& sink) {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(ask, host, key, next_moment(), memory);
    REQUIRE(made);
    return g.perform(*made, sink);
}

}  // namespace

TEST_CASE("As a transport, the gateway hands an answer over whole, or byte by byte", "[testing]") {
    auto g = serving();
    g.answers().then(t::success()).then(t::drip());
    for (int i = 0; i < 2; ++i) {
        auto const box = std::make_unique<acs::reply_buffer<4096>>();
        REQUIRE(carry(g, *box));
        acs::reply const answer = box->answer();
        CHECK(answer.status == 200);
        CHECK(acs::find_field(answer.fields, "x-acs-request-id") == "0bc1411515937635973****");
        CHECK(std::string(answer.body.begin(), answer.body.end()) == acs_tests::file_text("samples/query-result-success.json"));
    }
}

TEST_CASE("As a transport, the gateway loses answers on command, and says how far the request came", "[testing]") {
    auto g = serving();
    g.answers().then(t::stall()).then(t::reset_before()).then(t::reset_after());
    acs::reply_buffer<> box;
    auto const stalled = carry(g, box), before = carry(g, box), after = carry(g, box);
    REQUIRE(!stalled);
    REQUIRE(!before);
    REQUIRE(!after);
    CHECK(stalled.error().code == acs::errc::timed_out);
    CHECK(before.error().code == acs::errc::receive_failed);
    CHECK(after.error().code == acs::errc::receive_failed);
    for (auto const& lost : {stalled, before, after}) {
        CHECK(lost.error().origin == acs::origin::transport);
        CHECK(lost.error().delivery == acs::delivery::unknown);
    }
    CHECK(g.executed(query::head.action) == 2);
}

TEST_CASE("As a transport, the gateway stops where the sink has enough", "[testing]") {
    auto g = serving();
    acs::reply_buffer<100> box;
    auto const lost = carry(g, box);
    REQUIRE(!lost);
    CHECK(lost.error().code == acs::errc::reply_too_large);
    CHECK(lost.error().delivery == acs::delivery::answered);
    CHECK(lost.error().status == 200);

    struct {  // has no room for the first field, but for all that is smaller
        int fields = 0, pieces = 0;
        void status(std::uint16_t) noexcept {}
        bool field(std::string_view, std::string_view) noexcept { return ++fields > 1; }
        bool body(std::string_view) noexcept { return ++pieces > 0; }
    } sparing;
    auto const less = carry(g, sparing);
    REQUIRE(!less);
    CHECK(less.error().code == acs::errc::reply_too_large);
    CHECK(sparing.fields == 1);
    CHECK(sparing.pieces == 0);
}

}  // namespace test_testing_gateway
