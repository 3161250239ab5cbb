// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "../../examples/recipes/httplib_transport.hpp"

#include <acs/testing/conformance/transport.hpp>

#include "support/catch.hpp"
#include "support/servers.hpp"

#include <cstddef>
#include <cstdio>
#include <string>

namespace test_recipes_httplib {

namespace {

class world : public acs_tests::servers {
public:
    [[nodiscard]] static bool can(acs::conformance::feature f) {
        return f == acs::conformance::feature::secure || f == acs::conformance::feature::plain_is_off;
    }
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        recipes::httplib_transport http(trusted(), how.allow_http);
        return acs::conformance::call_blocking(http, made, sink, how);
    }
};

}  // namespace

TEST_CASE("cpp-httplib answers, refuses and trusts as a transport does", "[recipes]") {
    world w;
    acs::conformance::report out(stdout);
    acs::conformance::cases<world> c(w, out);
    acs::conformance::check_refusing(c);
    for (int const status : {200, 201, 301, 307, 400, 404, 407, 429, 500, 503}) {
        c.run("an answer of status " + std::to_string(status), [&] { c.arrives(status, R"({"Code":"x"})"); });
    }
    for (std::size_t const room : {0U, 9U}) {
        c.run("a body one byte longer than " + std::to_string(room), [&] {
            acs::conformance::overflows(c, acs::conformance::answer_log(room),
                                        {acs::conformance::http_bytes(200, std::string(room + 1, 'x'))},
                                        {"reply_too_large transport answered"});
        });
    }
    c.run("a server that never answers", [&] {
        c.loses(acs::conformance::server::plain, {{}, acs::conformance::plan::then::stall}, {"receive_failed transport unknown"},
                {.timeout_ms = 200});
    });
    for (auto const who : {acs::conformance::server::expired, acs::conformance::server::other_host, acs::conformance::server::unknown}) {
        c.run("a certificate that is not to be trusted", [&] { c.expect(who, {"tls_failed transport not_sent"}); });
    }
    c.run("a certificate that is",
          [&] { c.arrives(acs::conformance::server::secure, {acs::conformance::http_bytes(200, "{}")}, 200, "{}"); });
    CHECK(out.failed() == 0);
    CHECK(out.passed() > 40);
}

}  // namespace test_recipes_httplib
