// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/parts.hpp>

#include <acs/operation/prepare.hpp>
#include <acs/signing/acs3.hpp>

#include <array>
#include <span>
#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

TEST_CASE("a prepared request can be explained: its parts give the signature that it carries", "[signing]") {
    acs::credentials const who{"id", "secret", "token"};
    constexpr std::array params{acs::param{"b", "2"}, acs::param{"form", "x y", acs::place::form}, acs::param{"a?", "1"}};
    constexpr std::array extra{acs::field{"x-acs-zone", " z "}, acs::field{"x-trace", "1"}};
    acs::request_buffer<> memory;
    for (std::string_view const path : {"/", "/a%2Fb c"}) {
        acs::call any{"A", "1", params};
        if (path.size() > 1) {
            any.style = acs::api_style::roa;
            any.path = path;
        }
        auto const made = acs::prepare(any, {.host = "h"}, who, acs_tests::vector_moment, memory, {.fields = extra});
        REQUIRE(made);
        std::array<acs::field, 24> room{};
        acs::signed_parts const parts = acs::parts_of(*made, room);
        auto const authorization = acs::find_field(made->fields, "authorization");
        CHECK(authorization.ends_with(acs::sign(acs::acs3_hmac_sha256(who), parts).view()));

        // printf 'form=x%%20y' | sha256sum
        std::string const text = acs_tests::written([&](auto& out) { acs::write_canonical_request(parts, out); });
        CHECK(text ==
              std::string("POST\n") + (path.size() > 1 ? "/a%2Fb%20c" : "/") +
                  "\na%3F=1&b=2\ncontent-type:application/x-www-form-urlencoded\nhost:h\nx-acs-accesskey-id:id\nx-acs-action:A\n"
                  "x-acs-content-sha256:a3f435e23e01e5c1ddcdb1beb532cedae524830ff218f0e0b8c9eceb62b7975f\nx-acs-date:2023-10-26T10:22:"
                  "32Z\nx-acs-security-token:token\n"
                  "x-acs-signature-nonce:3156853299f313e23d1673dc12e1703d\nx-acs-version:1\nx-acs-zone:z\n\n"
                  "content-type;host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;"
                  "x-acs-signature-nonce;x-acs-version;x-acs-zone\na3f435e23e01e5c1ddcdb1beb532cedae524830ff218f0e0b8c9eceb62b7975f");
    }
}

TEST_CASE("a request of nothing but signed headers has no parts beyond them", "[signing]") {
    std::array fields{acs::field{"host", "h"}, acs::field{"x-acs-date", "d"}, acs::field{"x-acs-zone", "behind the request"}};
    acs::request made;
    made.target = "/";
    made.fields = std::span(fields).first(2);
    CHECK(acs::prepared_parts_of(made).fields.size() == 2);
}
