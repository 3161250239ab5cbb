// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_SUPPORT_CONFORMANCE_TABLE_HPP
#define ACS_TESTS_SUPPORT_CONFORMANCE_TABLE_HPP

#include <acs/testing/conformance/transport.hpp>

#include <cstdio>
#include <memory>
#include <string>

#include "support/catch.hpp"

namespace acs_tests {

/// What a report says of a world, or of a part of it.
template <class World>
std::string table_of(World& world, void (*check)(acs::conformance::cases<World>&), bool& good) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const lines(std::tmpfile(), std::fclose);
    acs::conformance::report out(lines.get());
    acs::conformance::cases<World> c(world, out);
    check(c);
    good = out.close();
    std::rewind(lines.get());
    std::string said(200'000, '\0');
    said.resize(std::fread(said.data(), 1, said.size(), lines.get()));
    return said;
}

template <class World>
void check_transport(World& world) {
    bool good = false;
    auto const all = [](acs::conformance::cases<World>& c) { acs::conformance::check_all(c); };
    INFO(table_of<World>(world, all, good));
    CHECK(good);
}

}  // namespace acs_tests

#endif
