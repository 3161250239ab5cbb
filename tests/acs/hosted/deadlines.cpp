// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/deadlines.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <random>
#include <set>
#include <utility>

namespace test_deadlines {

TEST_CASE("The earliest is first, whatever was added and taken out before", "[hosted]") {
    std::mt19937 random(5);
    acs::deadlines all;
    std::list<acs::deadline_node> nodes;
    std::multiset<std::uint64_t> expected;
    CHECK(all.first() == nullptr);
    for (int i = 0; i < 20'000; ++i) {
        unsigned const what = random() % 8;
        if (what < 4) {
            nodes.push_back({{random() % 100}, SIZE_MAX});
            REQUIRE(all.add(nodes.back()));
            expected.insert(nodes.back().at.ms);
        } else if (what < 6 && all.first() != nullptr) {
            acs::deadline_node& first = *all.first();
            REQUIRE(first.at.ms == *expected.begin());
            expected.erase(expected.begin());
            all.remove(first);
            REQUIRE(first.place == SIZE_MAX);
        } else if (!nodes.empty()) {
            auto at = nodes.begin();
            std::advance(at, static_cast<std::ptrdiff_t>(random() % nodes.size()));
            if (at->place != SIZE_MAX) expected.erase(expected.find(at->at.ms));
            all.remove(*at);  // also one that waits no more
            nodes.erase(at);
        }
        REQUIRE((all.first() == nullptr) == expected.empty());
        if (all.first() != nullptr) REQUIRE(all.first()->at.ms == *expected.begin());
    }
}

}  // namespace test_deadlines
