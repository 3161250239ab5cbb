// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/credentials.hpp>

#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_signing_credentials {

using acs::errc;

TEST_CASE("each empty part of the credentials has its own error", "[signing]") {
    CHECK(acs::check_credentials("id", true, ""));
    CHECK(acs::check_credentials("id", true, "token"));
    CHECK(acs::check_credentials("", true, "token").error().code == errc::missing_access_key);
    CHECK(acs::check_credentials("", false, "").error().code == errc::missing_access_key);
    CHECK(acs::check_credentials("id", false, "").error().code == errc::missing_secret);
    CHECK(acs::check_credentials("id", false, "").error().where == "access_key_secret");
}

TEST_CASE("CR, LF or NUL anywhere in the id or the token is named with its offset", "[signing]") {
    acs_tests::for_each_forbidden("LTAI0123", [](std::string_view text, std::size_t at) {
        auto const id = acs::check_credentials(text, true, "");
        REQUIRE_FALSE(id);
        CHECK(id.error().code == errc::forbidden_character);
        CHECK(id.error().where == "access_key_id");
        CHECK(id.error().offset == at);

        auto const token = acs::check_credentials("id", true, text);
        REQUIRE_FALSE(token);
        CHECK(token.error().code == errc::forbidden_character);
        CHECK(token.error().where == "security_token");
        CHECK(token.error().offset == at);
    });
}

TEST_CASE("all other bytes may stand in a header", "[signing]") {
    for (int byte = 1; byte < 256; ++byte) {
        char const c = static_cast<char>(byte);
        if (c == '\r' || c == '\n') continue;
        CHECK(acs::check_header_text("text", {&c, 1}));
    }
    static_assert(acs::check_header_text("text", ""));
    static_assert(acs::check_header_text("text", "a\rb").error().offset == 1);
}

}  // namespace test_signing_credentials
