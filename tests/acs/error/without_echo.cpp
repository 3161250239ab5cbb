// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/error/without_echo.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>

using acs::without_echo;

static_assert(without_echo("") == "");
static_assert(without_echo("The request was refused.") == "The request was refused.");
// ACS3 (protocol 5), in either order, and each alone.
static_assert(without_echo("Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\nab] server "
                           "CanonicalRequest is [POST\n/]") == "Specified signature does not match our calculation. ");
static_assert(without_echo("a server CanonicalRequest is [x] server StringToSign is [y]") == "a ");
static_assert(without_echo("a server CanonicalRequest is [x]") == "a ");
static_assert(without_echo("server StringToSign is [x]") == "");
// RPC 1.0 and ROA 1.0.
static_assert(without_echo("Specified signature is not matched with our calculation. server string to sign is:POST&%2F&") ==
              "Specified signature is not matched with our calculation. ");
static_assert(without_echo("The request signature does not conform to Aliyun standards. server string to sign is:GET") ==
              "The request signature does not conform to Aliyun standards. ");
// What only looks like it stays.
static_assert(without_echo("the server is busy; server string") == "the server is busy; server string");

TEST_CASE("A message without its echo is the front of the same text", "[error]") {
    std::string const text = "ab server string to sign is:x server string to sign is:y";
    CHECK(without_echo(text) == "ab ");
    CHECK(without_echo(text).data() == text.data());
    CHECK(without_echo(without_echo(text)) == "ab ");
    CHECK(without_echo(std::string_view()).data() == nullptr);
}
