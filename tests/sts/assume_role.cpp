// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <sts/assume_role.hpp>

#include <acs/operation/decode.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/operation/write_json.hpp>
#include <acs/signing/rpc.hpp>

#include <dataworks/sync_task.hpp>

#include <string>
#include <string_view>
#include <utility>

#include "support/catch.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

namespace test_sts_assume_role {

namespace {

constexpr sts::assume_role ask{.role_arn = "acs:ram::123456789012****:role/adminrole",
                               .role_session_name = "alice",
                               .duration_seconds = 3600,
                               .policy = R"({"Version":"1"})",
                               .external_id = "abcd1234"};
constexpr acs::credentials source{"testid", "testsecret"};
constexpr acs::endpoint host{.host = "sts.aliyuncs.com"};

/// As documented; there is no `Success` in it.
constexpr std::string_view documented = R"({
  "RequestId": "6894B13B-6D71-4EF5-88FA-F32781734A7F",
  "AssumedRoleUser": {
    "AssumedRoleId": "34458433936495****:alice",
    "Arn": "acs:ram::123456789012****:role/adminrole/alice"
  },
  "Credentials": {
    "SecurityToken": "canary\/token+==",
    "Expiration": "2015-04-09T11:52:19Z",
    "AccessKeySecret": "canary-secret",
    "AccessKeyId": "STS.L4aBSCSJVMuKg5U1****"
  }
})";

template <class Op>
concept writable_reply = requires(typename Op::reply const& reply, acs::count_sink& out) {
    acs::write_json<Op>(reply, out);
};
static_assert(!writable_reply<sts::assume_role>, "a reply that holds a secret is not written");
static_assert(writable_reply<dataworks::create_di_sync_task>);

template <class Who>
std::string body_of(sts::assume_role const& op, Who const& who, std::string& target) {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(op, host, who, acs_tests::vector_moment, memory);
    REQUIRE(made);
    CHECK(made->verb == acs::method::post);
    target = made->target;
    return acs_tests::written([&](auto& out) { made->body.write_to(out); });
}

std::string faults(sts::assume_role const& op) {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(op, host, source, acs_tests::vector_moment, memory);
    std::string list;
    if (made) return list;
    acs::for_each_fault(made.error(), [&](acs::parameter_row const& row, bool missing) {
        list.append(row.name()).append(missing ? " missing, " : " range, ");
    });
    return list;
}

}  // namespace

TEST_CASE("AssumeRole on the wire: its parameters in the form, by ACS3 and by RPC 1.0", "[sts]") {
    constexpr std::string_view form =
        "DurationSeconds=3600&ExternalId=abcd1234&Policy=%7B%22Version%22%3A%221%22%7D&RoleArn=acs%3Aram%3A%3A123456789012%2A%2A%2A%2A%3A"
        "role%2Fadminrole&RoleSessionName=alice";
    std::string target;
    CHECK(body_of(ask, source, target) == form);
    CHECK(target == "/");
    CHECK(body_of(ask, acs::rpc_hmac_sha1(source), target) == form);
    CHECK(target.find("/?AccessKeyId=testid&Action=AssumeRole&Format=JSON&SignatureMethod=HMAC-SHA1&") == 0);
    CHECK(target.find("&Version=2015-04-01&Signature=") != std::string::npos);
    CHECK(body_of({.role_arn = "r", .role_session_name = "s"}, source, target) == "RoleArn=r&RoleSessionName=s");

    acs::request_buffer<> memory;
    auto const made = acs::prepare(ask, host, source, acs_tests::vector_moment, memory);
    REQUIRE(made);
    CHECK(acs::find_field(made->fields, "x-acs-action") == "AssumeRole");
    CHECK(acs::find_field(made->fields, "x-acs-version") == "2015-04-01");
}

TEST_CASE("AssumeRole is checked before it is sent", "[sts]") {
    CHECK(faults(ask).empty());
    CHECK(faults({}) == "RoleArn missing, RoleSessionName missing, ");
    for (auto const& [seconds, good] : {std::pair{899, false}, {900, true}, {43'200, true}, {43'201, false}, {-1, false}})
        CHECK(faults({.role_arn = "r", .role_session_name = "s", .duration_seconds = seconds}) == (good ? "" : "DurationSeconds range, "));
}

TEST_CASE("The documented reply, which has no Success", "[sts]") {
    std::string body(documented);
    auto const reply = acs::decode<sts::assume_role>(200, {}, body);
    REQUIRE(reply);
    CHECK(reply->request_id == "6894B13B-6D71-4EF5-88FA-F32781734A7F");
    CHECK(reply->assumed_role_user.arn == "acs:ram::123456789012****:role/adminrole/alice");
    CHECK(reply->assumed_role_user.assumed_role_id == "34458433936495****:alice");
    CHECK(reply->credentials.access_key_id == "STS.L4aBSCSJVMuKg5U1****");
    CHECK(reply->credentials.access_key_secret == "canary-secret");
    CHECK(reply->credentials.security_token == "canary/token+==");
    CHECK(reply->credentials.expiration == "2015-04-09T11:52:19Z");
}

TEST_CASE("No failure to decode a success shows what the body holds; an error's body is shown", "[sts]") {
    for (std::size_t size = 0; size < documented.size(); ++size) {
        std::string body(documented.substr(0, size));
        auto const reply = acs::decode<sts::assume_role>(200, {}, body);
        REQUIRE_FALSE(reply);
        CHECK(reply.error().body.data() == nullptr);
        CHECK(reply.error().offset == size);
        auto const arrays = acs::measure_arrays<sts::assume_role>({200, {}, body});
        CHECK((arrays ? acs::failure{} : arrays.error()).body.data() == nullptr);
    }
    for (std::string_view const wrong : {R"({"Credentials":"canary-secret"})", R"({"Credentials":{"AccessKeySecret":["canary"]}})",
                                         "canary", "<canary/>", R"({"Credentials":{"AccessKeySecret":"canary"}} x)"}) {
        std::string body(wrong);
        auto const reply = acs::decode<sts::assume_role>(200, {}, body);
        REQUIRE_FALSE(reply);
        CHECK(reply.error().body.data() == nullptr);
    }
    std::string page = "<html>Bad Gateway</html>";
    auto const reply = acs::decode<sts::assume_role>(502, {}, page);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().body == "<html>Bad Gateway</html>");
}

}  // namespace test_sts_assume_role
