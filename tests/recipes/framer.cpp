// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "../../examples/recipes/framer.hpp"

#include "support/catch.hpp"

#include <cstdint>
#include <string_view>

namespace test_recipes_framer {

namespace {

struct ignoring_sink {
    static void status(std::uint16_t) noexcept {}
    static bool field(std::string_view, std::string_view) noexcept { return true; }
    static bool body(std::string_view) noexcept { return true; }
};
using framer = recipes::framer<ignoring_sink>;

framer::state framed(std::string_view bytes) {
    ignoring_sink sink;
    framer reader(sink);
    static_cast<void>(reader.take(bytes));
    return reader.take_end();
}

constexpr bool goes_to(std::string_view host, std::string_view name, std::string_view port) {
    auto const to = recipes::address_of(host);
    return to.name == name && to.port == port;
}
static_assert(goes_to("h.example", "h.example", "443"));
static_assert(goes_to("h.example:8443", "h.example", "8443"));
static_assert(goes_to("[::1]", "::1", "443"));
static_assert(goes_to("[fe80::1]:8443", "fe80::1", "8443"));

}  // namespace

TEST_CASE("The framer refuses status lines, values and codings that others would read in another way", "[recipes]") {
    using namespace std::string_view_literals;
    CHECK(framed("HTTP/1.1 200 OK\r\nx: a b\r\ncontent-length: 1\r\n\r\nx") == framer::state::done);
    CHECK(framed("HTTP/1.0 200\r\n\r\nx") == framer::state::done);
    CHECK(framed("HTTP/1.1 2000\r\ncontent-length: 0\r\n\r\n") == framer::state::wrong);
    CHECK(framed("HTTP/1.2 200\r\ncontent-length: 0\r\n\r\n") == framer::state::wrong);
    CHECK(framed("HTTP/1.1 200\r\nx: a\rb\r\ncontent-length: 0\r\n\r\n") == framer::state::wrong);
    CHECK(framed("HTTP/1.1 200\r\nx: a\0b\r\ncontent-length: 0\r\n\r\n"sv) == framer::state::wrong);
    CHECK(framed("HTTP/1.0 200\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n") == framer::state::wrong);
    CHECK(framed("HTTP/1.1 200\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n") == framer::state::done);
}

}  // namespace test_recipes_framer
