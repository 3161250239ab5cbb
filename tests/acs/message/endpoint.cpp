// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/endpoint.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_message_endpoint {

using acs::errc;

namespace {

/// The offset at which a host is refused as that.
std::size_t fault(std::string_view host) {
    auto const checked = acs::check_host(host);
    INFO("host " << host);
    REQUIRE_FALSE(checked);
    CHECK(acs::name(checked.error().code) == "invalid_host");
    CHECK(checked.error().where == "host");
    CHECK(checked.error().origin == acs::origin::caller);
    CHECK(checked.error().delivery == acs::delivery::not_sent);
    return checked.error().offset;
}

bool is_name_byte(int byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_';
}

}  // namespace

TEST_CASE("names and addresses, with a port or without", "[message]") {
    for (std::string_view const host :
         {"dataworks.cn-hangzhou.aliyuncs.com", "DataWorks.CN-Hangzhou.AliyunCS.com", "localhost", "localhost:1", "a", "a:65535",
          "example.com.", "example.com.:80", "127.0.0.1", "127.0.0.1:8080", "my_host.internal:8443", "xn--fiqs8s", "1", "[::1]",
          "[::1]:443", "[::]", "[2001:db8::1]:8443", "[2001:DB8::ABCD]", "[::ffff:192.0.2.1]:80"}) {
        INFO("host " << host);
        CHECK(acs::check_host(host));
    }
    STATIC_REQUIRE(acs::check_host("dataworks.cn-hangzhou.aliyuncs.com:443").has_value());
    STATIC_REQUIRE_FALSE(acs::check_host("https://dataworks.cn-hangzhou.aliyuncs.com").has_value());
}

TEST_CASE("anything else that a URL has is refused where it begins", "[message]") {
    constexpr std::array<std::pair<std::string_view, std::size_t>, 36> faults{{
        {"", 0},
        {"/", 0},
        {":", 0},
        {":443", 0},
        {".", 0},
        {".a", 0},
        {"a..b", 2},
        {"a..:80", 2},
        {"a b", 1},
        {" a", 0},
        {"a ", 1},
        {"a\tb", 1},
        {"a/", 1},
        {"a.example/path", 9},
        {"a.example:443/path", 13},
        {"a.example?x=1", 9},
        {"a.example:443?x=1", 13},
        {"a.example#x", 9},
        {"//a.example", 0},
        {"https://a.example", 6},
        {"user@a.example", 4},
        {"user:secret@a.example", 5},
        {"user:1@a.example", 6},
        {"a%20b", 1},
        {"a,b", 1},
        {"a\\b", 1},
        {"a.example:", 10},
        {"a.example:0", 10},
        {"a.example:080", 10},
        {"a.example:65536", 10},
        {"a.example:100000", 10},
        {"a.example:-1", 10},
        {"a.example:+1", 10},
        {"a.example: 80", 10},
        {"a.example:80 ", 12},
        {"a.example:80:80", 12},
    }};
    for (auto const& [host, offset] : faults) CHECK(fault(host) == offset);
    CHECK(fault("\xE4\xB8\xAD.example") == 0);
    CHECK(fault("a.example:18446744073709551697") == 10);  // 81 in 64 bits
    CHECK(fault("a.example:4294967376") == 10);            // 80 in 32 bits
}

TEST_CASE("an IPv6 address stands in brackets, closed and alone", "[message]") {
    constexpr std::array<std::pair<std::string_view, std::size_t>, 15> faults{{
        {"[", 1},
        {"[]", 1},
        {"[:]", 2},
        {"[abcd]", 5},
        {"[1.2.3.4]", 8},
        {"[::1", 4},
        {"[::1:443", 8},
        {"[::g]", 3},
        {"[::1]x", 5},
        {"[::1]/", 5},
        {"[::1]:", 6},
        {"[::1]:0", 6},
        {"[::1]:8 ", 7},
        {"[[::1]]", 1},
        {"[fe80::1%25eth0]", 8},
    }};
    for (auto const& [host, offset] : faults) CHECK(fault(host) == offset);
    CHECK(fault("::1") == 0);
    CHECK(fault("2001:db8::1") == 5);
    CHECK(fault("a[::1]") == 1);
}

TEST_CASE("every byte at every place of a name", "[message]") {
    std::string const plain = "ab.cd";
    for (std::size_t at = 0; at < plain.size(); ++at)
        for (int byte = 0; byte < 256; ++byte) {
            std::string host = plain;
            host[at] = static_cast<char>(byte);
            auto const checked = acs::check_host(host);
            INFO("byte " << byte << " at " << at);
            if (byte == ':') {
                CHECK_FALSE(checked);  // no port follows
            } else if (byte == '.') {
                CHECK(checked.has_value() == (at == 2 || at == 4));  // no label is empty; one dot may end the name
            } else if (byte == '\r' || byte == '\n' || byte == '\0') {
                REQUIRE_FALSE(checked);
                CHECK(checked.error().code == errc::forbidden_character);
                CHECK(checked.error().offset == at);
            } else {
                REQUIRE(checked.has_value() == is_name_byte(byte));
                if (!checked && host.front() != '[') CHECK(checked.error().offset == at);
            }
        }
}

TEST_CASE("CR, LF and NUL are named before every other fault, with their offset", "[message]") {
    for (std::string_view const plain : {"", "a.example", "a b", "https://a.example/", "[::1]:443", "[", "a:"})
        acs_tests::for_each_forbidden(plain, [](std::string_view host, std::size_t at) {
            auto const checked = acs::check_host(host);
            REQUIRE_FALSE(checked);
            CHECK(checked.error().code == errc::forbidden_character);
            CHECK(checked.error().where == "host");
            CHECK(checked.error().offset == at);
        });
}

TEST_CASE("ports are 1 to 65535 in as few digits as it takes", "[message]") {
    for (int port = 0; port <= 110'000; ++port) {
        std::string const text = std::to_string(port);
        if (acs::is_port(text) != (port >= 1 && port <= 65'535)) FAIL("port " << port);
        if (acs::is_port("0" + text) || acs::is_port("-" + text) || acs::is_port("+" + text) || acs::is_port(text + " ")) FAIL(text);
    }
    CHECK_FALSE(acs::is_port(""));
    CHECK_FALSE(acs::is_port("a"));
    CHECK_FALSE(acs::is_port("1a"));
    CHECK_FALSE(acs::is_port("00000080"));
    STATIC_REQUIRE(acs::is_port("443"));
}

TEST_CASE("an endpoint is https unless it says otherwise", "[message]") {
    STATIC_REQUIRE(acs::endpoint{"a.example"}.scheme == acs::scheme::https);
    STATIC_REQUIRE(acs::endpoint{}.host.empty());
}

TEST_CASE("checking a host allocates nothing and takes time in proportion to its size", "[message]") {
    std::string const long_host(1 << 20, 'a');
    acs_tests::no_allocations watch;
    bool const taken = acs::check_host(long_host).has_value();
    watch.check();
    CHECK(taken);
}

TEST_CASE("A host is plain only if it is a name, wherever something else stands", "[message]") {
    for (std::size_t size = 1; size <= 40; ++size)
        for (std::size_t at = 0; at < size; ++at)
            for (int byte = 0; byte < 256; ++byte) {
                std::string host(size, 'a');
                host[at] = static_cast<char>(byte);
                if (at % 3 == 0 && at + 1 < size) host[at + 1] = '.';
                if (acs::is_plain_name(host)) REQUIRE(acs::find_host_fault(host.data(), host.size()) == std::string_view::npos);
            }
    if (ACS_CPU_VECTORS) CHECK(acs::is_plain_name("dataworks.cn-hangzhou.aliyuncs.com"));
    CHECK_FALSE(acs::is_plain_name("dataworks.cn-hangzhou..aliyuncs.com"));
    CHECK_FALSE(acs::is_plain_name("dataworks.cn-hangzhou.aliyuncs.com:443"));
}

}  // namespace test_message_endpoint
