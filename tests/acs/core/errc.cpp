// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/errc.hpp>

#include "support/catch.hpp"

#include <set>
#include <string>

namespace test_core_errc {

namespace {

constexpr int last = static_cast<int>(acs::errc::malformed_text);

static_assert(acs::name(acs::errc::none) == "none");
static_assert(acs::message(acs::errc{255}) == "unknown error");
static_assert(acs::name(acs::errc{255}) == "unknown");

}  // namespace

TEST_CASE("every error has a message and a name of its own", "[core]") {
    std::set<std::string> messages;
    std::set<std::string> names;
    for (int i = 0; i <= last; ++i) {
        auto const code = static_cast<acs::errc>(i);
        messages.emplace(acs::message(code));
        names.emplace(acs::name(code));
    }
    CHECK(messages.size() == last + 1);
    CHECK(names.size() == last + 1);
    CHECK(messages.count("unknown error") == 0);
    CHECK(names.count("unknown") == 0);
    CHECK(messages.count("") == 0);
    // One past the end has none: whoever adds an error moves 'last'.
    CHECK(acs::name(static_cast<acs::errc>(last + 1)) == "unknown");
    for (std::string const& name : names)
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos);
}

}  // namespace test_core_errc
