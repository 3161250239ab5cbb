// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "../../examples/recipes/mbedtls_transport.hpp"

#include <acs/testing/conformance/transport.hpp>

#include "support/catch.hpp"
#include "support/servers.hpp"

#include <cstdio>

namespace test_recipes_mbedtls {

namespace {

/// Where the recipe is tried: over TLS only, a connection a call.
class world : public acs_tests::servers {
public:
    [[nodiscard]] static bool can(acs::conformance::feature f) {
        return f == acs::conformance::feature::secure || f == acs::conformance::feature::raw_bytes;
    }
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        return acs::conformance::call_blocking(http_, made, sink, how);
    }
    [[nodiscard]] bool good() const { return http_.good(); }

private:
    recipes::mbedtls_transport http_{trusted()};
};

}  // namespace

TEST_CASE("mbedTLS on a raw socket keeps to what TLS demands of a transport", "[recipes]") {
    world w;
    REQUIRE(w.good());
    acs::conformance::report out(stdout);
    acs::conformance::cases<world> c(w, out);
    acs::conformance::check_tls(c);
    c.run("a handshake that stalls",
          [&] { c.expect(acs::conformance::server::mute, {"timed_out transport not_sent"}, {.timeout_ms = 200}); });
    CHECK(out.failed() == 0);
    CHECK(out.passed() > 5);
}

}  // namespace test_recipes_mbedtls
