// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "archetypes/sink.hpp"

#include <acs/core/time.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/encoding/base64.hpp>
#include <acs/encoding/form.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/body.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/json/number.hpp>
#include <acs/json/writer.hpp>
#include <acs/error/write_failure.hpp>
#include <acs/operation/flatten.hpp>
#include <acs/operation/write_json.hpp>

#include "support/array_operation.hpp"
#include "support/catch.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace test_archetypes_sink {

namespace {

template <class Writer>
std::string written(Writer writer) {
    std::string text;
    acs_tests::text_sink_archetype out(text);
    writer(out);
    return text;
}

constexpr std::array<std::uint8_t, 3> bytes{1, 2, 255};
constexpr std::array<acs::param, 2> params{{{"a", "b c", acs::place::form}, {"d", "e", acs::place::query}}};
constexpr std::array<acs::field, 2> fields{{{"Host", "h"}, {"x-acs-a", " b "}}};
constexpr acs::signed_parts parts{"POST", "/", params, fields, "hash"};

}  // namespace

TEST_CASE("Writers of dates, encodings and forms need no more than the sink concept", "[archetypes]") {
    CHECK(written([](auto& out) { acs::write_iso8601({0}, out); }) == "1970-01-01T00:00:00Z");
    CHECK(written([](auto& out) { acs::write_http_date({0}, out); }) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(written([](auto& out) { acs::hex_encode(bytes, out); }) == "0102ff");
    CHECK(written([](auto& out) { acs::base64_encode(bytes, out); }) == "AQL/");
    CHECK(written([](auto& out) { acs::percent_encode("a b", out); }) == "a%20b");
    CHECK(written([](auto& out) { acs::percent_encode_twice("a b", out); }) == "a%2520b");
    CHECK(written([](auto& out) { acs::percent_encode_path("/a b/", out); }) == "/a%20b/");
    CHECK(written([](auto& out) { CHECK(acs::percent_decode("a%20b", out) == acs::errc::none); }) == "a b");
    CHECK(written([](auto& out) { CHECK(acs::percent_decode("a+b", true, out) == acs::errc::none); }) == "a b");
    CHECK(written([](auto& out) { acs::write_form_pair("a", "b c", true, out); }) == "a=b%20c");
    CHECK(written([](auto& out) { acs::request_body(std::span<acs::param const>(params)).write_to(out); }) == "a=b%20c");
    CHECK(written([](auto& out) { acs::request_body("bytes").write_to(out); }) == "bytes");
}

TEST_CASE("Writers of canonical texts need no more than the sink concept", "[archetypes]") {
    CHECK(written([](auto& out) { acs::write_lower("Ab", out); }) == "ab");
    CHECK(written([](auto& out) { acs::write_canonical_query(params, out); }) == "d=e");
    CHECK(written([](auto& out) { acs::write_canonical_path("/", out); }) == "/");
    CHECK(written([](auto& out) { acs::write_canonical_fields(fields, out); }) == "host:h\nx-acs-a:b\n");
    CHECK(written([](auto& out) { acs::write_signed_names(fields, out); }) == "host;x-acs-a");
    CHECK(written([](auto& out) { acs::write_canonical_request(parts, out); }) == "POST\n/\nd=e\nhost:h\nx-acs-a:b\n\nhost;x-acs-a\nhash");
    CHECK(written([](auto& out) { acs::write_rpc_string_to_sign("POST", params, out); }) == "POST&%2F&a%3Db%2520c%26d%3De");
    CHECK(!written([](auto& out) { acs::write_roa_string_to_sign(parts, out); }).empty());
    CHECK(written([](auto& out) { acs::write_acs3_string_to_sign<acs::sha256>("ALGORITHM", parts, out); }).size() == 10 + 64);
}

TEST_CASE("Writers of JSON need no more than the sink concept", "[archetypes]") {
    CHECK(written([](auto& out) { acs::write_double(0.5, out); }) == "0.5");
    CHECK(written([](auto& out) { acs::write_double(-0.0, out); }) == "-0");
    CHECK(written([](auto& out) { acs::write_json_string("a\n", out); }) == "\"a\\n\"");
    CHECK(written([](auto& out) {
              acs::json_writer json(out);
              json.begin_object();
              json.name("a");
              json.begin_array();
              json.string("b");
              json.integer(1);
              json.number(1.5);
              json.boolean(true);
              json.null();
              json.raw("{}");
              json.end_array();
              json.end_object();
          }) == R"({"a":["b",1,1.5,true,null,{}]})");
    CHECK(written([](auto& out) { CHECK(acs::write_flat_style(R"({"a":[1]})", out)); }) == R"({"#1#a":[1]})");
    acs_tests::list_things::reply reply{.request_id = "id"};
    reply.paging.total = 1;
    CHECK(written([&](auto& out) { acs::write_json<acs_tests::list_things>(reply, out); }) == R"({"RequestId":"id","Paging":{"Total":1}})");
    CHECK(written([](auto& out) { acs::write_failure(acs::refuse(acs::errc::no_space), out); }).substr(0, 21) ==
          R"({"code":"no_space","o)");
}

}  // namespace test_archetypes_sink
