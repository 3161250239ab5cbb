// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_TRANSPORT_HPP
#define ACS_TESTING_CONFORMANCE_TRANSPORT_HPP

#include <acs/core/config.hpp>
#include <acs/testing/conformance/answers.hpp>
#include <acs/testing/conformance/case.hpp>
#include <acs/testing/conformance/deadlines.hpp>
#include <acs/testing/conformance/framing.hpp>
#include <acs/testing/conformance/methods.hpp>
#include <acs/testing/conformance/pooling.hpp>
#include <acs/testing/conformance/report.hpp>
#include <acs/testing/conformance/security.hpp>
#include <acs/testing/conformance/wire.hpp>
#include <acs/testing/conformance/world.hpp>

namespace acs::conformance::inline ACS_ABI {

/// Every case there is. Each part may be had alone.
template <class World>
void check_all(cases<World>& c) {
    check_sending(c);
    check_methods(c);
    check_refusing(c);
    check_connections(c);
    check_sharing(c);
    check_answers(c);
    check_limits(c);
    check_truncation(c);
    check_framing(c);
    check_deadlines(c);
    check_cancelling(c);
    check_tls(c);
    check_proxies(c);
    c.run("a transport that failed goes on", [&] { c.arrives(200, "{}"); });
}

/// Tries a transport, blocking or not, on everything that `acs::transport` demands of one. Starts nothing by itself: servers, clocks and
/// loops are the world's. Each case counts as one in the report; one that the world can't have is skipped, and says so.
///
///     acs::conformance::report out(stdout, true);
///     my_world world;                                  // see `transport_world`
///     acs::conformance::check_transport(world, out);
///     return out.close() ? 0 : 1;
template <transport_world World>
void check_transport(World& world, report& out) {
    cases<World> c(world, out);
    check_all(c);
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
