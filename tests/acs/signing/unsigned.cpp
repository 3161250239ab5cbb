// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/unsigned.hpp>

#include <array>
#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_signing_unsigned {

using acs::errc;
using acs_tests::check_every_size;
using acs_tests::draft_parts;
using acs_tests::refusal_of;
using acs_tests::signed_draft;

namespace {

constexpr acs::bearer bearer{{"bearer-token-1"}};

/// Whether the method leaves this target and exactly these headers.
template <class Signer>
constexpr bool sends(Signer const& signer, draft_parts const& parts, std::string_view target, std::span<acs::field const> fields) {
    return signed_draft(signer, parts, [&](acs::draft const& d) {
        if (d.target != target || d.fields.items().size() != fields.size()) return false;
        for (acs::field const& f : fields)
            if (acs::find_field(d.fields.items(), f.name) != f.value) return false;
        return true;
    });
}

constexpr std::string_view host = "dataworks.cn-shanghai.aliyuncs.com";
constexpr std::string_view no_body = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view nonce = "3156853299f313e23d1673dc12e1703d";

// The official client's: vectors client-v3-bearer-rpc and client-v3-anonymous.
constexpr std::array project{acs::param{"ProjectId", "27"}};
constexpr std::array bearer_fields{acs::field{"accept", "application/json"},    acs::field{"host", host},
                                   acs::field{"x-acs-action", "GetProject"},    acs::field{"x-acs-bearer-token", "bearer-token-1"},
                                   acs::field{"x-acs-content-sha256", no_body}, acs::field{"x-acs-date", "2023-10-26T10:22:32Z"},
                                   acs::field{"x-acs-signature-nonce", nonce},  acs::field{"x-acs-version", "2020-05-18"}};
static_assert(sends(bearer, {.params = project}, "/?ProjectId=27&SignatureType=BEARERTOKEN", bearer_fields));

constexpr std::array a_1{acs::param{"A", "1"}};
constexpr std::array anonymous_fields{acs::field{"accept", "application/json"},         acs::field{"host", host},
                                      acs::field{"x-acs-action", "GetProject"},         acs::field{"x-acs-content-sha256", no_body},
                                      acs::field{"x-acs-date", "2023-10-26T10:22:32Z"}, acs::field{"x-acs-signature-nonce", nonce},
                                      acs::field{"x-acs-version", "2020-05-18"}};
static_assert(sends(acs::nobody{}, {.params = a_1}, "/?A=1", anonymous_fields));

constexpr acs::call_head roa_head{"", "1", acs::method::get, acs::api_style::roa, "/p"};
constexpr std::array roa_fields{acs::field{"accept", "application/json"},           acs::field{"host", host},
                                acs::field{"x-acs-bearer-token", "bearer-token-1"}, acs::field{"x-acs-content-sha256", no_body},
                                acs::field{"x-acs-date", "2023-10-26T10:22:32Z"},   acs::field{"x-acs-signature-nonce", nonce},
                                acs::field{"x-acs-signature-type", "BEARERTOKEN"},  acs::field{"x-acs-version", "1"}};

}  // namespace

TEST_CASE("ROA says BEARERTOKEN in a header", "[signing]") {
    static_assert(sends(bearer, {.head = roa_head}, "/p", roa_fields));
    SUCCEED();
}

TEST_CASE("a body is hashed all the same", "[signing]") {
    CHECK(signed_draft(acs::nobody{}, {.bytes = "a", .content_type = "text/plain"}, [](acs::draft const& d) {
        return acs::find_field(d.fields.items(), "x-acs-content-sha256") ==
                   "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" &&
               acs::find_field(d.fields.items(), "authorization").data() == nullptr;
    }));
}

TEST_CASE("an empty token, and one with line ends, is refused", "[signing]") {
    CHECK(refusal_of(acs::bearer{}, {}).code == errc::missing_token);
    acs_tests::for_each_forbidden("token", [](std::string_view text, std::size_t at) {
        acs::failure const f = refusal_of(acs::bearer{{text}}, {});
        CHECK(f.code == errc::forbidden_character);
        CHECK(f.where == "token");
        CHECK(f.offset == at);
    });
    constexpr std::array twice{acs::param{"SignatureType", "x"}};
    CHECK(refusal_of(bearer, {.params = twice}).code == errc::duplicate_parameter);
}

TEST_CASE("bearer and anonymous in memory of every size", "[signing]") {
    constexpr std::array extra{acs::field{"x-acs-region-id", "cn-shanghai"}, acs::field{"x-trace", "1"}};
    check_every_size(bearer, {.user_agent = "agent", .extra_fields = extra, .params = project});
    check_every_size(bearer, {.head = roa_head});
    check_every_size(acs::nobody{}, {.params = project});
}

}  // namespace test_signing_unsigned
