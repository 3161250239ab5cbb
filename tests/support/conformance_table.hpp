// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_SUPPORT_CONFORMANCE_TABLE_HPP
#define ACS_TESTS_SUPPORT_CONFORMANCE_TABLE_HPP

#include <acs/testing/conformance/transport.hpp>

#include <cstdio>
#include <memory>
#include <string>

#include "support/catch.hpp"

namespace acs_tests {

/// What a report says of a world.
template <class World>
std::string table_of(World& world, bool& good) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const lines(std::tmpfile(), std::fclose);
    acs::conformance::report out(lines.get());
    acs::conformance::check_transport(world, out);
    good = out.close();
    std::rewind(lines.get());
    std::string said(200'000, '\0');
    said.resize(std::fread(said.data(), 1, said.size(), lines.get()));
    return said;
}

template <class World>
void check_transport(World& world) {
    bool good = false;
    INFO(table_of(world, good));
    CHECK(good);
}

}  // namespace acs_tests

#endif
