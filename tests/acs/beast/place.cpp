// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/beast/place.hpp>

#include "support/catch.hpp"

namespace test_beast_place {

using acs::beast_place;

TEST_CASE("Beast: host and port, of whatever kind", "[beast]") {
    CHECK(beast_place::of("example.com", "443") == beast_place{"example.com", "443"});
    CHECK(beast_place::of("example.com:8443", "443") == beast_place{"example.com", "8443"});
    CHECK(beast_place::of("127.0.0.1:80", "443") == beast_place{"127.0.0.1", "80"});
    CHECK(beast_place::of("[::1]:80", "443") == beast_place{"::1", "80"});
    CHECK(beast_place::of("[2001:db8::1]", "443") == beast_place{"2001:db8::1", "443"});
    CHECK(beast_place{"::1", "80"}.authority() == "[::1]:80");
    CHECK(beast_place{"example.com", "443"}.authority() == "example.com:443");
    CHECK(beast_place::of(acs::request{.scheme = acs::scheme::https, .host = "h"}).port == "443");
    CHECK(beast_place::of(acs::request{.scheme = acs::scheme::http, .host = "h"}).port == "80");
}

TEST_CASE("Beast: a proxy is an http URL, or none that can be reached", "[beast]") {
    CHECK(beast_place::of_proxy("").empty());
    CHECK(beast_place::of_proxy("http://proxy:8080") == beast_place{"proxy", "8080"});
    CHECK(beast_place::of_proxy("http://proxy:8080/") == beast_place{"proxy", "8080"});
    CHECK(beast_place::of_proxy("proxy") == beast_place{"proxy", "3128"});
    CHECK(beast_place::of_proxy("http://[::1]:8080") == beast_place{"::1", "8080"});
    for (char const* const url : {"https://proxy:8080", "socks5://proxy:1080", "http://proxy/path", "http://", "/", ":3128", "http://:3128",
                                  "[]:3128", "http://proxy:65616", "proxy:-1", "proxy:", "http://user:password@proxy:3128"})
        CHECK(beast_place::of_proxy(url).host == "unsupported.invalid");
}

}  // namespace test_beast_place
