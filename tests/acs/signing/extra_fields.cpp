// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/extra_fields.hpp>

#include <acs/signing/acs3.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/signing/unsigned.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_signing_extra_fields {

using acs::errc;
using acs_tests::refusal_of;

namespace {

constexpr acs::credentials key{"id", "secret"};
constexpr acs::call_head roa_head{"A", "1", acs::method::get, acs::api_style::roa, "/"};

/// All methods treat the caller's headers alike.
template <class Use>
void for_each_method(std::span<acs::field const> extra, Use use) {
    use(refusal_of(acs::acs3_hmac_sha256(key), {.extra_fields = extra}));
    use(refusal_of(acs::rpc_hmac_sha1(key), {.extra_fields = extra}));
    use(refusal_of(acs::roa_hmac_sha1(key), {.head = roa_head, .extra_fields = extra}));
    use(refusal_of(acs::bearer{{"token"}}, {.extra_fields = extra}));
    use(refusal_of(acs::nobody{}, {.extra_fields = extra}));
    use(refusal_of(acs::rpc_bearer{{"token"}}, {.extra_fields = extra}));
    use(refusal_of(acs::rpc_nobody{}, {.extra_fields = extra}));
}

}  // namespace

TEST_CASE("the token bytes of a header name", "[signing]") {
    for (int byte = 0; byte < 256; ++byte) {
        char const c = static_cast<char>(byte);
        bool const expected = std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ").find(c) !=
                              std::string_view::npos;
        CHECK(acs::is_token({&c, 1}) == expected);
        for (std::size_t const at : {0U, 3U, 16U, 19U}) {  // what most names hold is looked at many bytes at a time
            std::string name(20, 'x');
            name[at] = c;
            CHECK(acs::is_token(name) == expected);
        }
    }
    CHECK_FALSE(acs::is_token(""));
    CHECK_FALSE(acs::is_token("a b"));
}

TEST_CASE("CR, LF or NUL anywhere in the name or value of an extra header is refused by every method", "[signing]") {
    for (std::string_view const plain : {"x-ok", "x-acs-ok"})
        acs_tests::for_each_forbidden(plain, [](std::string_view text, std::size_t at) {
            std::array const name{acs::field{text, "v"}};
            for_each_method(name, [&](acs::failure const& f) {
                CHECK(f.code == errc::forbidden_character);
                CHECK(f.offset == at);
            });
        });
    for (std::string_view const header : {"x-ok", "x-acs-ok"})
        acs_tests::for_each_forbidden("value", [&](std::string_view text, std::size_t at) {
            std::array const value{acs::field{header, text}};
            for_each_method(value, [&](acs::failure const& f) {
                CHECK(f.code == errc::forbidden_character);
                CHECK(f.where == header);
                CHECK(f.offset == at);
            });
        });
}

TEST_CASE("reserved and malformed names are refused by every method, in any case", "[signing]") {
    for (std::string_view const name : {"Accept",
                                        "authorization",
                                        "Connection",
                                        "content-length",
                                        "Content-Type",
                                        "date",
                                        "Expect",
                                        "HOST",
                                        "transfer-encoding",
                                        "user-agent",
                                        "X-ACS-Action",
                                        "x-acs-content-sha256",
                                        "x-acs-date",
                                        "x-acs-security-token",
                                        "x-acs-signature-nonce",
                                        "X-Acs-Signature-Anything",
                                        "x-acs-version",
                                        "x-acs-accesskey-id",
                                        "x-acs-bearer-token",
                                        "te",
                                        "upgrade"}) {
        std::array const extra{acs::field{name, "v"}};
        for_each_method(extra, [&](acs::failure const& f) {
            CHECK(f.code == errc::reserved_name);
            CHECK(f.where == name);
        });
    }
    for (std::string_view const name : {"", " ", "a b", "a:", ":a", "x-acs-\xC3\xA4", "a\t"}) {
        std::array const extra{acs::field{name, "v"}};
        for_each_method(extra, [&](acs::failure const& f) { CHECK(f.code == errc::invalid_name); });
    }
}

TEST_CASE("a header that is there twice is refused by every method", "[signing]") {
    for (std::string_view const name : {"x-trace", "x-acs-trace", "traceparent"}) {
        std::string upper(name);
        upper.front() = static_cast<char>(upper.front() - 'a' + 'A');
        std::array const extra{acs::field{name, "1"}, acs::field{"x-other", "1"}, acs::field{upper, "2"}};
        for_each_method(extra, [&](acs::failure const& f) {
            CHECK(f.code == errc::duplicate_field);
            CHECK(acs::equal_ignoring_case(f.where, name));
        });
    }
}

TEST_CASE("extra headers are sent as they are given, signed ones in order among the others", "[signing]") {
    constexpr std::array extra{acs::field{"X-Acs-Zone", " z "}, acs::field{"x-trace", "1"}, acs::field{"x-acs-b", ""},
                               acs::field{"Cookie", "c"}};
    CHECK(acs_tests::signed_draft(acs::acs3_hmac_sha256(key), {.extra_fields = extra}, [](acs::draft const& d) {
        CHECK(acs_tests::wire_of("", d.fields.items()).find("\nx-acs-b: \n") != std::string::npos);
        CHECK(acs_tests::wire_of("", d.fields.items()).find("\nX-Acs-Zone:  z ") != std::string::npos);
        CHECK(acs::find_field(d.fields.items(), "cookie") == "c");
        return acs::find_field(d.fields.items(), "authorization")
                   .find(
                       "SignedHeaders=host;x-acs-action;x-acs-b;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version;"
                       "x-acs-zone,") != std::string_view::npos;
    }));
}

}  // namespace test_signing_extra_fields
