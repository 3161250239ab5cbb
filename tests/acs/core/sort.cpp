// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/sort.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"

namespace test_core_sort {

namespace {

constexpr bool sorted_in_constants() {
    std::array<std::string_view, 5> names{"b", "B", "a", "ab", ""};
    acs::sort_in_place(std::span<std::string_view>(names));
    return names == std::array<std::string_view, 5>{"", "B", "a", "ab", "b"};
}
static_assert(sorted_in_constants());

/// Has an order and nothing else: no equality, no other comparison.
struct item {
    int key{};
    int payload{};
    friend constexpr bool operator<(item const& a, item const& b) noexcept { return a.key < b.key; }
};

/// Counts comparisons.
struct counted {
    unsigned key{};
    static inline std::size_t comparisons{};
    friend bool operator<(counted const& a, counted const& b) noexcept {
        ++comparisons;
        return a.key < b.key;
    }
};

bool sorts(std::vector<int> items) {
    std::vector<int> expected = items;
    std::sort(expected.begin(), expected.end());
    acs::sort_in_place(std::span(items));
    return items == expected;
}

std::size_t comparisons_of(std::vector<counted>& items) {
    counted::comparisons = 0;
    acs::sort_in_place(std::span(items));
    return counted::comparisons;
}

}  // namespace

TEST_CASE("sort_in_place sorts every permutation of up to eight items", "[core][exhaustive]") {
    bool good = true;
    for (std::size_t n = 0; n <= 8; ++n) {
        std::vector<int> items(n);
        std::iota(items.begin(), items.end(), 0);
        do good = good && sorts(items);
        while (std::next_permutation(items.begin(), items.end()));
    }
    CHECK(good);
}

TEST_CASE("sort_in_place sorts every sequence of up to six items of up to four kinds, and of up to 16 of two", "[core][exhaustive]") {
    bool good = true;
    for (std::size_t n = 0; n <= 6; ++n)
        for (std::size_t code = 0; code < std::size_t{1} << 2 * n; ++code) {
            std::vector<int> items(n);
            for (std::size_t i = 0; i < n; ++i) items[i] = static_cast<int>(code >> 2 * i & 3);
            good = good && sorts(items);
        }
    for (std::size_t n = 0; n <= 16; ++n)
        for (std::size_t code = 0; code < std::size_t{1} << n; ++code) {
            std::vector<int> items(n);
            for (std::size_t i = 0; i < n; ++i) items[i] = static_cast<int>(code >> i & 1);
            good = good && sorts(items);
        }
    CHECK(good);
}

TEST_CASE("sort_in_place sorts random items of any number", "[core]") {
    std::mt19937_64 random(1);
    bool good = true;
    for (std::size_t n = 0; n < 500; ++n) {
        std::vector<int> items(n);
        for (int& i : items) i = static_cast<int>(random() % (1 + random() % 1000));
        good = good && sorts(items);
    }
    CHECK(good);
}

TEST_CASE("sort_in_place needs operator< only, and loses no item", "[core]") {
    std::vector<item> items;
    for (int i = 0; i < 300; ++i) items.push_back({i * 7 % 10, i});
    acs::sort_in_place(std::span(items));
    std::vector<bool> seen(300);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) CHECK_FALSE(items[i] < items[i - 1]);
        CHECK(items[i].key == items[i].payload * 7 % 10);
        CHECK_FALSE(seen[static_cast<std::size_t>(items[i].payload)]);
        seen[static_cast<std::size_t>(items[i].payload)] = true;
    }
}

TEST_CASE("sort_in_place compares names as bytes: upper case first, above ASCII last, a prefix before what it begins", "[core]") {
    std::vector<std::string_view> names{"\xE4\xB8\xAD", "a", "Z", "_", "-", "a.1", "a.10", "a.2", ""};
    acs::sort_in_place(std::span(names));
    CHECK(names == std::vector<std::string_view>{"", "-", "Z", "_", "a", "a.1", "a.10", "a.2", "\xE4\xB8\xAD"});
}

TEST_CASE("sort_in_place takes n log n comparisons at worst and one pass for what is in order", "[core]") {
    std::mt19937_64 random(2);
    for (std::size_t const n : {2U, 10U, 100U, 1000U, 20'000U}) {
        std::vector<counted> items(n);
        std::size_t const most = 2 * n * static_cast<std::size_t>(std::bit_width(n)) + 4 * n;
        INFO("n " << n);
        for (std::size_t i = 0; i < n; ++i) items[i].key = static_cast<unsigned>(i);
        CHECK(comparisons_of(items) == n - 1);
        CHECK(comparisons_of(items) == n - 1);
        std::reverse(items.begin(), items.end());
        CHECK(comparisons_of(items) <= most);
        for (counted& c : items) c.key = 7;
        CHECK(comparisons_of(items) == n - 1);
        for (int kind = 0; kind < 4; ++kind) {
            for (std::size_t i = 0; i < n; ++i)
                items[i].key = kind == 0   ? static_cast<unsigned>(random())
                               : kind == 1 ? static_cast<unsigned>(i % 2)
                               : kind == 2 ? static_cast<unsigned>(i < n / 2 ? i : n - i)
                                           : static_cast<unsigned>(i + 1 == n ? 0 : i);
            CHECK(comparisons_of(items) <= most);
            CHECK(std::is_sorted(items.begin(), items.end()));
        }
    }
}

TEST_CASE("sort_in_place allocates nothing and touches nothing outside", "[core]") {
    std::vector<int> items{99, 5, 4, 3, 2, 1, -99};
    {
        acs_tests::no_allocations const none;
        acs::sort_in_place(std::span(items).subspan(1, 5));
        acs::sort_in_place(std::span<int>());
    }
    CHECK(items == std::vector<int>{99, 1, 2, 3, 4, 5, -99});
}

}  // namespace test_core_sort
