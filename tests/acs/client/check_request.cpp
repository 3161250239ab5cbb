// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/client/check_request.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace test_client_check_request {

namespace {

/// What a request is like that nothing is wrong with, and one thing that differs.
struct change {
    acs::scheme scheme = acs::scheme::https;
    acs::method verb = acs::method::post;
    std::string_view host = "h.example:443";
    std::string_view target = "/a?b=%20";
    std::string_view name = "x-name";
    std::string_view value = " any \t \x01 value \xFF";
    std::string_view body = "body";
    bool allow_http = false;
};

struct verdict {
    acs::errc code{};
    std::string_view where{};
    std::size_t offset{};
    bool operator==(verdict const&) const = default;
};

constexpr verdict said(change const& c) {
    std::array<acs::field, 2> const fields{{{"host", c.host}, {c.name, c.value}}};
    acs::request_body const body = c.body.empty() ? acs::request_body() : acs::request_body(c.body);
    auto const ok = acs::check_request({c.scheme, c.verb, c.host, c.target, fields, body, "Do", {}}, c.allow_http);
    if (ok) return {};
    if (ok.error().origin != acs::origin::caller || ok.error().delivery != acs::delivery::not_sent) return {acs::errc::cancelled, "", 0};
    return {ok.error().code, ok.error().where, ok.error().offset};
}

using acs::errc;
constexpr std::string_view nul("a\0", 2);

static_assert(said({}) == verdict{});
static_assert(said({.scheme = acs::scheme::http}) == verdict{errc::insecure_transport, "h.example:443", 0});
static_assert(said({.scheme = acs::scheme::http, .allow_http = true}) == verdict{});
static_assert(said({.allow_http = true}) == verdict{});

static_assert(said({.host = ""}) == verdict{errc::invalid_host, "host", 0});
static_assert(said({.host = "a/b"}) == verdict{errc::invalid_host, "host", 1});
static_assert(said({.host = "a\rb"}) == verdict{errc::forbidden_character, "host", 1});

static_assert(said({.target = ""}) == verdict{errc::invalid_path, "target", 0});
static_assert(said({.target = "a"}) == verdict{errc::invalid_path, "target", 0});
static_assert(said({.target = "*"}) == verdict{errc::invalid_path, "target", 0});
static_assert(said({.target = "/a\nb"}) == verdict{errc::forbidden_character, "target", 2});
static_assert(said({.target = "/a b"}) == verdict{errc::invalid_path, "target", 2});
static_assert(said({.target = "/a?b#c"}) == verdict{errc::invalid_path, "target", 4});
static_assert(said({.target = "/\x7F"}) == verdict{errc::invalid_path, "target", 1});
static_assert(said({.target = "/\xC3\xA4"}) == verdict{errc::invalid_path, "target", 1});
static_assert(said({.target = "//a/../b/./?\"<>[]\\^`{|}~!"}) == verdict{});

static_assert(said({.name = ""}) == verdict{errc::invalid_name, "", 0});
static_assert(said({.name = "a:"}) == verdict{errc::invalid_name, "a:", 0});
static_assert(said({.name = "a b"}) == verdict{errc::invalid_name, "a b", 0});
static_assert(said({.name = "a\n"}) == verdict{errc::forbidden_character, "a\n", 1});
static_assert(said({.name = nul}) == verdict{errc::forbidden_character, nul, 1});
static_assert(said({.name = "HOST"}) == verdict{errc::duplicate_field, "HOST", 0});
static_assert(said({.name = "Content-Length", .value = "4"}) == verdict{errc::reserved_name, "Content-Length", 0});
static_assert(said({.name = "transfer-encoding", .value = "chunked"}) == verdict{errc::reserved_name, "transfer-encoding", 0});
static_assert(said({.value = "v\r\nx-other: y"}) == verdict{errc::forbidden_character, "x-name", 1});
static_assert(said({.value = nul}) == verdict{errc::forbidden_character, "x-name", 1});
static_assert(said({.value = ""}) == verdict{});

static_assert(said({.verb = acs::method::get}) == verdict{errc::unsupported_body, "body", 0});
static_assert(said({.verb = acs::method::head}) == verdict{errc::unsupported_body, "body", 0});
static_assert(said({.verb = acs::method::get, .body = ""}) == verdict{});
static_assert(said({.verb = acs::method::delete_}) == verdict{});

}  // namespace

TEST_CASE("Every byte of a target, wherever it stands, is one that a request line can hold, or refused", "[client]") {
    // Of more than two words, so that bytes are looked at eight at a time as well as alone.
    for (std::size_t const size : {3U, 8U, 9U, 21U})
        for (std::size_t at = 1; at < size; ++at)
            for (int c = 0; c < 256; ++c) {
                std::string target(size, 'x');
                target[0] = '/';
                target[at] = static_cast<char>(c);
                verdict const got = said({.target = target});
                bool const forbidden = c == '\r' || c == '\n' || c == 0;
                bool const good = c > 0x20 && c < 0x7F && c != '#';
                REQUIRE(got.code == (forbidden ? errc::forbidden_character : good ? errc::none : errc::invalid_path));
                REQUIRE(got.offset == (good ? 0 : at));
            }
}

}  // namespace test_client_check_request
