// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/error/echo.hpp>

#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_error_echo {

using acs::find_echo;
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

TEST_CASE("The text of RPC 1.0 and ROA 1.0 stands directly behind its colon, to the end of the message", "[error]") {
    std::string_view const message =
        "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&Action%3DDo]";
    acs::request_echo const echo = find_echo(message);
    CHECK(echo.plain == "POST&%2F&Action%3DDo]");
    CHECK(echo.plain.data() + echo.plain.size() == message.data() + message.size());
    CHECK(echo.string_to_sign.data() == nullptr);
    CHECK(echo.canonical_request.data() == nullptr);
    CHECK(find_echo("server string to sign is:").plain.data() != nullptr);
    CHECK(find_echo("server string to sign is: GET").plain == " GET");
    CHECK(find_echo("server string to sign is").plain.data() == nullptr);
}

TEST_CASE("The texts of ACS3 stand in brackets, in either order, the request to the last one", "[error]") {
    std::string const string_part = "server StringToSign is [ACS3-HMAC-SHA256\n00ff]";
    std::string const request_part = "server CanonicalRequest is [POST\n/\n\nx-acs-note:[a]\n\nx-acs-note\n00]";
    for (std::string const& message :
         {"No match. " + string_part + " " + request_part, request_part + string_part, string_part + request_part}) {
        acs::request_echo const echo = find_echo(message);
        CHECK(echo.string_to_sign == "ACS3-HMAC-SHA256\n00ff");
        CHECK(echo.canonical_request.substr(0, 37) == "POST\n/\n\nx-acs-note:[a]\n\nx-acs-note\n00");
        CHECK(echo.closed);
    }
    CHECK(find_echo(string_part + request_part).canonical_request == "POST\n/\n\nx-acs-note:[a]\n\nx-acs-note\n00");
    CHECK(find_echo(request_part).string_to_sign.data() == nullptr);
    CHECK(find_echo(string_part).closed);
    CHECK(find_echo("server CanonicalRequest is: [a]").canonical_request == "a");
    CHECK(find_echo("server CanonicalRequest is a]").canonical_request.data() == nullptr);
}

TEST_CASE("A text without its last bracket is cut off", "[error]") {
    acs::request_echo const echo = find_echo("server StringToSign is [a] server CanonicalRequest is [POST\n/x");
    CHECK(echo.string_to_sign == "a");
    CHECK(echo.canonical_request == "POST\n/x");
    CHECK_FALSE(echo.closed);
    CHECK_FALSE(find_echo("server StringToSign is [a").closed);
    CHECK(find_echo("server StringToSign is [a").string_to_sign == "a");
    CHECK_FALSE(find_echo("").closed);
}

TEST_CASE("In a body that was cut off a text ends at the quote that ends its message, in XML at the tag", "[error]") {
    acs::request_echo echo = acs::find_echo_in_body("{\"Message\":\"No. server string to sign is:<GET>\\n\\\"/\",\"RequestId\":\"<1");
    CHECK(echo.plain == "<GET>\\n\\\"/");
    CHECK(echo.closed);
    CHECK(echo.json);
    CHECK_FALSE(echo.xml);
    echo = acs::find_echo_in_body("\n<Error><Message>No {1}. server string to sign is:\"GET\"/\\</Message><RequestId>1</R");
    CHECK(echo.plain == "\"GET\"/\\");
    CHECK(echo.closed);
    CHECK(echo.xml);
    CHECK_FALSE(echo.json);
    echo = acs::find_echo_in_body("<Message>server string to sign is:GET\"\\");
    CHECK(echo.plain == "GET\"\\");
    CHECK_FALSE(echo.closed);
}

TEST_CASE("An escape or a reference that was cut off is no part of the text", "[error]") {
    auto const plain = [](std::string const& body) {
        acs::request_echo const echo = acs::find_echo_in_body(body);
        CHECK_FALSE(echo.closed);
        return std::string(echo.plain);
    };
    for (std::string_view const whole : {"\\u0026", "\\n", "\\\\", "\\\""})
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            std::string const text = "GET<" + std::string(whole.substr(0, size));
            CHECK(plain("{\"Message\":\"server string to sign is:" + text) == (size == whole.size() ? text : "GET<"));
        }
    for (std::string_view const whole : {"&amp;", "&#x0000000000A;", "&lt;"})
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            std::string const text = "GET\"" + std::string(whole.substr(0, size));
            CHECK(plain("<Message>server string to sign is:" + text) == (size == whole.size() ? text : "GET\""));
        }
    // What is too long for a reference is none, and neither is what a tag ends.
    CHECK(plain("<Message>server string to sign is:GET&123456789012345") == "GET&123456789012345");
    CHECK(acs::find_echo_in_body("<Message>server string to sign is:GET&am</M").plain == "GET&am");
    CHECK(acs::find_echo_in_body("{\"Message\":\"server string to sign is:GET\\u\"}").plain == "GET\\u");
}

TEST_CASE("A message is shown without what it repeats", "[error]") {
    CHECK(without_echo("No match. server string to sign is:GET&%2F&A%3D1") == "No match. ");
    CHECK(without_echo("No match. server StringToSign is [a] server CanonicalRequest is [b]") == "No match. ");
    CHECK(without_echo("No match. server CanonicalRequest is [b] server StringToSign is [a]") == "No match. ");
    // Garbled words in front of it.
    CHECK(without_echo("No match. server sXring to sign is:GET&%2F&A%3D1") == "No match. server sXring to sign ");
    CHECK(without_echo("No match. server sXring to sign is:GET%26A%3D1") == "No match. server sXring to sign ");
    CHECK(without_echo("No match. CanXnicalRequest is [GET\n/\n\nx-acs-date:1\n") == "No match. CanXnicalRequest is [GET");
    CHECK(without_echo("No match. CanXnicalRequest is [GET\\n/\\n\\nx-acs-date:1\\n") == "No match. CanXnicalRequest is [GET");
    // Ordinary words stay.
    for (std::string_view const plain :
         {"", "Specified access key is not found.", "The header x-acs-version is mandatory.", "The server is busy.\nTry again.",
          "Bad value: 50% or 3D.", "AccessKeyId is mandatory for this action."})
        CHECK(without_echo(plain) == plain);
    static_assert(without_echo("a server string to sign is:b") == "a ");
}

TEST_CASE("A message without its echo is the front of the same text", "[error]") {
    std::string const text = "ab server string to sign is:x server string to sign is:y";
    CHECK(without_echo(text) == "ab ");
    CHECK(without_echo(text).data() == text.data());
    CHECK(without_echo(without_echo(text)) == "ab ");
    CHECK(without_echo(std::string_view()).data() == nullptr);
}

TEST_CASE("A text is shown up to the first secret that it names with a value, however that is written", "[error]") {
    using acs::without_secrets;
    for (std::string_view const secret :
         {"SecurityToken=CANARY", "x-acs-security-token: CANARY", "X-Acs-Security-Token:CANARY", "Signature%3DCANARY",
          "securitytoken%253dCANARY", "\"BearerToken\":\"CANARY\"", "<SecurityToken>CANARY</SecurityToken>", "Authorization: acs CANARY",
          "'x-acs-security-token': 'CANARY'", "\\\"SecurityToken\\\" : \\\"CANARY", "SecurityToken = CANARY",
          "[Authorization] => CANARY", "&quot;Signature&quot;:&quot;CANARY", "Signature&#61;CANARY", "Signature&#x3d;CANARY",
          "<BearerToken a=\"b\">CANARY</BearerToken>", "<SecurityToken><![CDATA[CANARY]]></SecurityToken>",
          "<td>x-acs-security-token</td><td>CANARY</td>", "BearerToken\tCANARY", "SecurityToken%22%20%3A%20%22CANARY",
          "%2522SecurityToken%2522%253A%2522CANARY", "HTTP_X_ACS_SECURITY_TOKEN: CANARY", "access_key_secret=CANARY",
          "ACCESS-KEY-SECRET = CANARY"}) {
        std::string const page = "<html>The URL /?Action=Do&amp;" + std::string(secret) + "&amp;A=1 was rejected</html>";
        INFO(page);
        CHECK(without_secrets(page).find("CANARY") == std::string_view::npos);
        CHECK(without_secrets(page).size() < page.size());
        CHECK(without_secrets(secret).find("CANARY") == std::string_view::npos);
    }
    CHECK(without_secrets("a Signature=b") == "a ");
    CHECK(without_secrets("a &lt;SecurityToken&gt;CANARY") == "a &lt;");  // a tag that is shown as such
    CHECK(without_secrets("a %3CSecurityToken%3ECANARY") == "a %3C");
    CHECK(without_secrets("No match. server string to sign is:GET&%2F&A%3D1") == "No match. ");
    for (std::string_view const plain :
         {"", "AccessKeyId is mandatory for this action.", "Specified SecurityToken is expired.", "<html><body>Bad Gateway</body></html>",
          "The signature method is not supported: X", "Signature%20is%20wrong%25", "no SecurityToken&amp; so on", "a Signature%2",
          "Signature &unknown;=", "Signature&#x120;=b", "Signature%GA=b", "Security--Token --", "Access denied to key: id"})
        CHECK(without_secrets(plain) == plain);
    static_assert(without_secrets("a SecurityToken=b") == "a ");
}

}  // namespace test_error_echo
