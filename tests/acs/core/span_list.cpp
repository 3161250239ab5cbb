// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/span_list.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace test_core_span_list {

namespace {

/// Every beginning for every number of items and size of room, in constant expressions, where a pointer beyond the memory is an error.
constexpr bool right_in_constants() {
    for (std::size_t size = 0; size <= 3; ++size)
        for (std::size_t pushed = 0; pushed <= 5; ++pushed) {
            std::array<int, 3> room{-1, -1, -1};
            acs::span_list<int> list{std::span(room).first(size)};
            for (std::size_t i = 0; i < pushed; ++i) list.push(static_cast<int>(i));
            std::size_t const stored = pushed < size ? pushed : size;
            if (list.needed() != pushed || list.fits() != (pushed <= size)) return false;
            for (std::size_t begin = 0; begin <= 6; ++begin) {
                std::span<int> const items = list.items(begin);
                if (items.size() != (begin < stored ? stored - begin : 0)) return false;
                for (std::size_t i = 0; i < items.size(); ++i)
                    if (items[i] != static_cast<int>(begin + i)) return false;
            }
            for (std::size_t i = stored; i < room.size(); ++i)
                if (room[i] != -1) return false;
        }
    return true;
}
static_assert(right_in_constants());

}  // namespace

TEST_CASE("span_list stores what fits, in order, and counts the rest", "[core]") {
    for (std::size_t size = 0; size <= 6; ++size) {
        std::vector<std::string> room(size + 1, "#");
        acs::span_list<std::string> list{std::span(room).first(size)};
        CHECK(list.fits());
        CHECK(list.items().empty());
        for (std::size_t i = 0; i < 5; ++i) {
            list.push(std::to_string(i));
            CHECK(list.needed() == i + 1);
            CHECK(list.fits() == (i < size));
        }
        CHECK(list.items().size() == (size < 5 ? size : 5));
        for (std::size_t i = 0; i < list.items().size(); ++i) CHECK(list.items()[i] == std::to_string(i));
        CHECK(room.back() == "#");
    }
}

TEST_CASE("span_list gives what was stored since a mark, nothing if that lies beyond its memory", "[core]") {
    std::array<int, 3> room{};
    acs::span_list<int> list(room);
    list.push(1);
    std::size_t const mark = list.needed();
    list.push(2);
    list.push(3);
    REQUIRE(list.items(mark).size() == 2);
    CHECK(list.items(mark)[0] == 2);
    CHECK(list.items(mark).data() == room.data() + 1);
    list.push(4);
    std::size_t const beyond = list.needed();
    list.push(5);
    CHECK(list.items(mark).size() == 2);
    CHECK(list.items(beyond).empty());

    acs::span_list<int> none{std::span<int>()};
    none.push(1);
    CHECK_FALSE(none.fits());
    CHECK(none.items(none.needed()).empty());
}

TEST_CASE("The items of a span_list can be changed where they are", "[core]") {
    std::array<int, 2> room{};
    acs::span_list<int> list(room);
    list.push(1);
    list.items()[0] = 7;
    CHECK(room[0] == 7);
}

TEST_CASE("span_list leaves slots open, counts them, and goes on behind them", "[core]") {
    std::array<int, 4> room{7, 7, 7, 7};
    acs::span_list<int> list(room);
    list.push(1);
    list.reserve(2);
    CHECK(list.needed() == 3);
    CHECK(list.fits());
    list.push(2);
    CHECK(room == std::array{1, 7, 7, 2});
    list.reserve(1);
    CHECK(list.needed() == 5);
    CHECK_FALSE(list.fits());
    CHECK(list.items().size() == room.size());
}

TEST_CASE("A slot that is filled in later counts as pushed, stored or not", "[core]") {
    std::array<int, 2> room{};
    acs::span_list<int> list(room);
    *list.next() = 1;
    list.push(2);
    CHECK(list.next() == nullptr);
    CHECK(room == std::array{1, 2});
    CHECK(list.needed() == 3);
    CHECK_FALSE(list.fits());
}

TEST_CASE("Slots in a row are given whole or not at all, and none behind what did not fit", "[core]") {
    std::array<int, 3> room{};
    acs::span_list<int> list(room);
    CHECK(list.has_room(3));
    CHECK_FALSE(list.has_room(4));
    CHECK(list.next(2) == room.data());
    CHECK(list.has_room(1));
    CHECK(list.next(2) == nullptr);
    CHECK(list.needed() == 4);
    CHECK_FALSE(list.has_room(0));
    CHECK_FALSE(list.has_room(1));
}

}  // namespace test_core_span_list
