// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/canonical.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/string_sink.hpp"

namespace test_signing_canonical {

using acs_tests::written;

namespace {

std::string canonical_request(acs::signed_parts const& parts) {
    return written([&](auto& out) { acs::write_canonical_request(parts, out); });
}

std::string roa_text(acs::signed_parts const& parts) {
    return written([&](auto& out) { acs::write_roa_string_to_sign(parts, out); });
}

template <class Write>
constexpr bool writes(Write write, std::string_view expected) {
    std::array<char, 512> room{};
    acs::span_sink out(room);
    write(out);
    return out.view() == expected;
}

constexpr std::array documented_query{acs::param{"ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"},
                                      acs::param{"RegionId", "cn-shanghai"}};

}  // namespace

TEST_CASE("the signed set is x-acs-*, host and content-type in any case, and nothing else", "[signing]") {
    for (std::string_view const name : {"x-acs-date", "X-ACS-Anything", "x-acs-", "host", "Host", "Content-Type"})
        CHECK(acs::is_signed_field(name));
    for (std::string_view const name : {"authorization", "accept", "user-agent", "x-acs", "hosts", "content-length", "content-md5", ""})
        CHECK_FALSE(acs::is_signed_field(name));
}

TEST_CASE("signed fields are selected and put in byte order of their lower-case names", "[signing]") {
    std::array const all{acs::field{"X-Acs-b", "2"}, acs::field{"accept", "*/*"},     acs::field{"x-acs-B_c", "4"}, acs::field{"Host", "h"},
                         acs::field{"x-acs-a", "1"}, acs::field{"Content-Type", "t"}, acs::field{"x-acs-b-c", "3"}};
    std::array<acs::field, all.size()> room{};
    auto const selected = acs::select_signed_fields(all, room);
    CHECK(written([&](auto& out) { acs::write_canonical_fields(selected, out); }) ==
          "content-type:t\nhost:h\nx-acs-a:1\nx-acs-b:2\nx-acs-b-c:3\nx-acs-b_c:4\n");
    CHECK(written([&](auto& out) { acs::write_signed_names(selected, out); }) == "content-type;host;x-acs-a;x-acs-b;x-acs-b-c;x-acs-b_c");
}

TEST_CASE("values are trimmed and keep their inner white space; values of one name are sorted and joined", "[signing]") {
    std::array const all{acs::field{"x-acs-twice", "b"}, acs::field{"X-Acs-Twice", " \ta"}, acs::field{"x-acs-inner", "  a  b\t"},
                         acs::field{"x-acs-empty", " "}};
    std::array<acs::field, all.size()> room{};
    auto const selected = acs::select_signed_fields(all, room);
    CHECK(written([&](auto& out) { acs::write_canonical_fields(selected, out); }) == "x-acs-empty:\nx-acs-inner:a  b\nx-acs-twice:a,b\n");
    CHECK(written([&](auto& out) { acs::write_signed_names(selected, out); }) == "x-acs-empty;x-acs-inner;x-acs-twice");
}

TEST_CASE("the canonical query encodes names and values and passes over the form", "[signing]") {
    std::array const params{acs::param{"#a b", "\xE6\xB5\x8B"}, acs::param{"body", "not here", acs::place::form}, acs::param{"e", ""},
                            acs::param{"z~", "*/+"}};
    CHECK(written([&](auto& out) { acs::write_canonical_query(params, out); }) == "%23a%20b=%E6%B5%8B&e=&z~=%2A%2F%2B");
    std::array const form_only{acs::param{"body", "x", acs::place::form}};
    CHECK(written([&](auto& out) { acs::write_canonical_query(form_only, out); }).empty());
}

TEST_CASE("a path stays as it is sent", "[signing]") {
    auto const path = [](std::string_view text) { return written([&](auto& out) { acs::write_canonical_path(text, out); }); };
    CHECK(path("") == "/");
    CHECK(path("/") == "/");
    CHECK(path("/a//b/") == "/a//b/");
    CHECK(path("/./../a") == "/./../a");
    CHECK(path("/a%2Fb%zz*+ ~") == "/a%2Fb%25zz%2A%2B%20~");
    CHECK(path("/%2") == "/%252");
    CHECK(path("/%") == "/%25");
}

TEST_CASE("without query or headers the lines are there and empty", "[signing]") {
    CHECK(canonical_request({"GET", "", {}, {}, "h"}) == "GET\n/\n\n\n\nh");
    std::array const host{acs::field{"host", "a"}};
    CHECK(canonical_request({"GET", "/", {}, host, "h"}) == "GET\n/\n\nhost:a\n\nhost\nh");
}

TEST_CASE("the RPC string to sign encodes twice and covers the form", "[signing]") {
    std::array const params{acs::param{"A b", "c&d=e"}, acs::param{"F", "10:22", acs::place::form}, acs::param{"Z", ""}};
    CHECK(written([&](auto& out) { acs::write_rpc_string_to_sign("POST", params, out); }) ==
          "POST&%2F&A%2520b%3Dc%2526d%253De%26F%3D10%253A22%26Z%3D");
    CHECK(written([&](auto& out) { acs::write_rpc_string_to_sign("GET", {}, out); }) == "GET&%2F&");
}

TEST_CASE("the ROA string to sign: missing headers are empty lines, control characters become spaces, an empty value leaves its name",
          "[signing]") {
    CHECK(roa_text({"GET", "/", {}, {}, {}}) == "GET\n\n\n\n\n/");
    std::array const fields{acs::field{"Accept", "application/json"},
                            acs::field{"Content-MD5", "m"},
                            acs::field{"content-type", " t "},
                            acs::field{"Date", "d"},
                            acs::field{"host", "h"},
                            acs::field{"X-ACS-a", "\t1\t2\r\n3\f"}};
    std::array const query{acs::param{"a b", "\xC3\xA4 &"}, acs::param{"bare", ""}, acs::param{"f", "x", acs::place::form},
                           acs::param{"z", "1"}};
    CHECK(roa_text({"PUT", "/p", query, fields, {}}) == "PUT\napplication/json\nm\nt\nd\nx-acs-a:1 2  3\n/p?a b=\xC3\xA4 &&bare&z=1");
}

TEST_CASE("canonical texts are written in constant expressions", "[signing]") {
    static_assert(writes([](auto& out) { acs::write_canonical_query(documented_query, out); },
                         "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"));
    static_assert(writes([](auto& out) { acs::write_rpc_string_to_sign("GET", documented_query, out); },
                         "GET&%2F&ImageId%3Dwin2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd%26RegionId%3Dcn-shanghai"));
    static_assert(writes([](auto& out) { acs::write_lower("X-Acs-DATE_\xC3\x84", out); }, "x-acs-date_\xC3\x84"));
    SUCCEED();
}

}  // namespace test_signing_canonical
