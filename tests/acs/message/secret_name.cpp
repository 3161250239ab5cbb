// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/secret_name.hpp>

#include <string_view>

#include "support/catch.hpp"

TEST_CASE("Names whose values are never shown are known in any case", "[message]") {
    for (std::string_view const name :
         {"AccessKeyId", "accesskeyid", "SecurityToken", "BearerToken", "Signature", "authorization", "Authorization",
          "x-acs-security-token", "X-Acs-Bearer-Token", "x-acs-accesskey-id", "x-acs-zero-trust-idtoken"})
        CHECK(acs::is_secret_name(name));
    for (std::string_view const name : {"", "AccessKey", "Signatures", "SignatureNonce", "x-acs-date", "x-acs-signature-nonce", "host"})
        CHECK_FALSE(acs::is_secret_name(name));
}
