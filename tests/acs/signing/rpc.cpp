// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/rpc.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_signing_rpc {

using acs::errc;
using acs_tests::check_every_size;
using acs_tests::draft_parts;
using acs_tests::refusal_of;
using acs_tests::signed_draft;

namespace {

constexpr acs::credentials test_key{"testid", "testsecret"};
constexpr acs::credentials session{"STS.testid", "testsecret", "CAIShwF1q6Ft5B2yfSjIr5bSEsj4g+7wrJCL/tf3Vg=="};

template <class Signer>
constexpr bool targets(Signer const& signer, draft_parts const& parts, std::string_view target) {
    return signed_draft(signer, parts, [&](acs::draft const& d) { return d.target == target; });
}

// The documented example of DescribeDedicatedHosts, GET.
constexpr std::array beijing{acs::param{"RegionId", "cn-beijing"}};
constexpr draft_parts documented{.head = {"DescribeDedicatedHosts", "2014-05-26", acs::method::get},
                                 .now = acs_tests::moment_of("2023-03-13T08:34:30Z", "edb2b34af0af9a6d14deaf7c1a5315eb"),
                                 .params = beijing};
static_assert(targets(acs::rpc_hmac_sha1(test_key), documented,
                      "/?AccessKeyId=testid&Action=DescribeDedicatedHosts&Format=JSON&RegionId=cn-beijing&SignatureMethod=HMAC-SHA1"
                      "&SignatureNonce=edb2b34af0af9a6d14deaf7c1a5315eb&SignatureVersion=1.0&Timestamp=2023-03-13T08%3A34%3A30Z"
                      "&Version=2014-05-26&Signature=9NaGiOspFP5UPcwX8Iwt2YJXXuk%3D"));

// The documented examples whose nonce is not of our shape, by their parts: DescribeRegions and DescribeDomainRecords.
constexpr std::array describe_regions{acs::param{"AccessKeyId", "testid"},
                                      acs::param{"Action", "DescribeRegions"},
                                      acs::param{"Format", "XML"},
                                      acs::param{"SignatureMethod", "HMAC-SHA1"},
                                      acs::param{"SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"},
                                      acs::param{"SignatureVersion", "1.0"},
                                      acs::param{"Timestamp", "2016-02-23T12:46:24Z"},
                                      acs::param{"Version", "2014-05-26"}};
static_assert(acs::rpc_hmac_sha1(test_key).sign("GET", describe_regions) == "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
constexpr std::array describe_records{
    acs::param{"AccessKeyId", "testid"},        acs::param{"Action", "DescribeDomainRecords"},
    acs::param{"DomainName", "example.com"},    acs::param{"Format", "XML"},
    acs::param{"SignatureMethod", "HMAC-SHA1"}, acs::param{"SignatureNonce", "f59ed6a9-83fc-473b-9cc6-99c95df3856e"},
    acs::param{"SignatureVersion", "1.0"},      acs::param{"Timestamp", "2016-03-24T16:41:54Z"},
    acs::param{"Version", "2015-01-09"}};
static_assert(acs::rpc_hmac_sha1(test_key).sign("GET", describe_records) == "uRpHwaSEt3J+6KQD//svCh/x+pI=");

// The official client's POST with a form (vector client-v2-form-nested; it spells `Format=json`), by its parts.
constexpr std::array create{acs::param{"AccessKeyId", "testid"},
                            acs::param{"Action", "CreateX"},
                            acs::param{"Cfg.a.b", "true", acs::place::form},
                            acs::param{"Format", "json"},
                            acs::param{"SignatureMethod", "HMAC-SHA1"},
                            acs::param{"SignatureNonce", "3156853299f313e23d1673dc12e1703d"},
                            acs::param{"SignatureVersion", "1.0"},
                            acs::param{"Tags.1.Key", "k", acs::place::form},
                            acs::param{"Tags.1.Value", "v 1", acs::place::form},
                            acs::param{"Timestamp", "2023-10-26T10:22:32Z"},
                            acs::param{"Version", "2020-05-18"}};
static_assert(acs::rpc_hmac_sha1(test_key).sign("POST", create) == "Ryn5DXXBfL1Mlf0d3uJfnEkSXU8=");

// The old official client with a session (vector pop-rpc-sts), whole.
constexpr std::array page_size{acs::param{"PageSize", "10"}};
static_assert(
    targets(acs::rpc_hmac_sha1(session), {.head = {"ListProjects", "2020-05-18", acs::method::get}, .params = page_size},
            "/?AccessKeyId=STS.testid&Action=ListProjects&Format=JSON&PageSize=10&SecurityToken=CAIShwF1q6Ft5B2yfSjIr5bSEsj4g%2B7wrJCL"
            "%2Ftf3Vg%3D%3D&SignatureMethod=HMAC-SHA1&SignatureNonce=3156853299f313e23d1673dc12e1703d&SignatureVersion=1.0"
            "&Timestamp=2023-10-26T10%3A22%3A32Z&Version=2020-05-18&Signature=YxIOLT1b4pFHPVSQCQQrjIrn5%2FQ%3D"));

// Bearer and anonymous (protocol 1.4, 1.5): no signature parameters.
static_assert(targets(acs::rpc_bearer{{"a b"}}, {.params = page_size},
                      "/?Action=GetProject&BearerToken=a%20b&Format=JSON&PageSize=10&SignatureNonce=3156853299f313e23d1673dc12e1703d"
                      "&SignatureType=BEARERTOKEN&Timestamp=2023-10-26T10%3A22%3A32Z&Version=2020-05-18"));
static_assert(targets(acs::rpc_nobody{}, {.params = page_size},
                      "/?Action=GetProject&Format=JSON&PageSize=10&SignatureNonce=3156853299f313e23d1673dc12e1703d"
                      "&Timestamp=2023-10-26T10%3A22%3A32Z&Version=2020-05-18"));

constexpr std::array mixed{acs::param{"AA", "1"}, acs::param{"b", "x y", acs::place::form}, acs::param{"zz", ""}};

template <class Signer>
void check_refusals(Signer const& signer) {
    CHECK(refusal_of(signer, {.head = {"A", "1", acs::method::post, acs::api_style::roa, "/a"}}).code == errc::invalid_path);
    CHECK(refusal_of(signer, {.bytes = "{}"}).code == errc::unsupported_body);
    CHECK(refusal_of(signer, {.bytes = ""}).code == errc::unsupported_body);
    for (std::string_view const name : {"Action", "Format", "SignatureNonce", "Timestamp", "Version"}) {
        std::array const params{acs::param{name, "x"}};
        acs::failure const f = refusal_of(signer, {.params = params});
        CHECK(f.code == errc::duplicate_parameter);
        CHECK(f.where == name);
    }
    std::array const signature{acs::param{"Signature", "x"}};
    CHECK(refusal_of(signer, {.params = signature}).code == errc::reserved_name);
    CHECK(refusal_of(signer, {.params = signature}).where == "Signature");
    std::array const twice{acs::param{"B", "1"}, acs::param{"B", "2"}};
    CHECK(refusal_of(signer, {.params = twice}).code == errc::duplicate_parameter);
    CHECK(refusal_of(signer, {.params = twice}).where == "B");
    // Of two faults the first is told.
    std::array const both{acs::param{"Action", "x"}, acs::param{"Signature", "x"}};
    CHECK(refusal_of(signer, {.params = both}).code == errc::duplicate_parameter);
    CHECK(refusal_of(signer, {.params = both}).where == "Action");
}

}  // namespace

TEST_CASE("RPC 1.0 sends few headers, and the form's content type", "[signing]") {
    CHECK(signed_draft(acs::rpc_hmac_sha1(test_key), {.user_agent = "agent", .params = mixed}, [](acs::draft const& d) {
        std::string lines;
        for (acs::field const& f : d.fields.items()) lines.append(f.name).append(":").append(f.value).append("\n");
        CHECK(lines ==
              "host:dataworks.cn-shanghai.aliyuncs.com\ncontent-type:application/x-www-form-urlencoded\naccept:application/json\n"
              "user-agent:agent\n");
        return d.body().size() == std::string_view("b=x%20y").size();
    }));
}

TEST_CASE("RPC 1.0 covers the method really sent", "[signing]") {
    acs::rpc_hmac_sha1 const signer(test_key);
    CHECK_FALSE(signer.sign("GET", create) == signer.sign("POST", create).view());
}

TEST_CASE("RPC 1.0 refuses what it cannot cover or would send twice", "[signing]") {
    check_refusals(acs::rpc_hmac_sha1(test_key));
    check_refusals(acs::rpc_bearer{{"token"}});
    check_refusals(acs::rpc_nobody{});
    for (std::string_view const name : {"AccessKeyId", "SignatureMethod", "SignatureVersion", "SecurityToken"}) {
        std::array const params{acs::param{name, "x", acs::place::form}};
        CHECK(refusal_of(acs::rpc_hmac_sha1(session), {.params = params}).code == errc::duplicate_parameter);
    }
    CHECK(refusal_of(acs::rpc_hmac_sha1({"", "secret"}), {}).code == errc::missing_access_key);
    CHECK(refusal_of(acs::rpc_hmac_sha1({"id", ""}), {}).code == errc::missing_secret);
    CHECK(refusal_of(acs::rpc_hmac_sha1({"id\r", "secret"}), {}).code == errc::forbidden_character);
    CHECK(refusal_of(acs::rpc_bearer{}, {}).code == errc::missing_token);
}

TEST_CASE("RPC 1.0 in memory of every size", "[signing]") {
    constexpr std::array extra{acs::field{"x-acs-region-id", "cn-shanghai"}, acs::field{"x-trace", "1"}};
    draft_parts const parts{.user_agent = "agent", .extra_fields = extra, .params = mixed};
    check_every_size(acs::rpc_hmac_sha1(session), parts);
    check_every_size(acs::rpc_bearer{{"a b"}}, parts);
    check_every_size(acs::rpc_nobody{}, {});
}

}  // namespace test_signing_rpc
