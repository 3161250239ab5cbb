// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/heap_block.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace test_hosted_heap_block {

namespace {

static_assert(!std::is_copy_constructible_v<acs::heap_block> && !std::is_copy_assignable_v<acs::heap_block>);
static_assert(std::is_nothrow_move_constructible_v<acs::heap_block> && std::is_nothrow_move_assignable_v<acs::heap_block>);

std::string text_of(acs::heap_block const& b) { return {b.data(), b.size()}; }

}  // namespace

TEST_CASE("A block grows and keeps what it holds", "[hosted]") {
    acs::heap_block b;
    CHECK(b.data() == nullptr);
    CHECK(b.size() == 0);
    CHECK(b.append(""));
    CHECK(b.data() == nullptr);
    std::string expected;
    for (std::size_t i = 0; i < 2000; ++i) {
        std::string const piece(i % 7, static_cast<char>('a' + i % 26));
        REQUIRE(b.append(piece));
        expected += piece;
    }
    CHECK(text_of(b) == expected);
    char const* const at = b.data();
    b.clear();
    CHECK(b.size() == 0);
    CHECK(b.append(expected));
    CHECK(b.data() == at);
    CHECK(text_of(b) == expected);
}

TEST_CASE("Appending takes few allocations, and none within what was reserved", "[hosted]") {
    acs::heap_block b;
    std::size_t const before = acs_tests::allocation_count();
    bool good = true;
    for (int i = 0; i < 1 << 20; ++i) good = good && b.append("x");
    std::size_t const made = acs_tests::allocation_count() - before;
    CHECK(good);
    CHECK(made <= 21);

    acs::heap_block reserved;
    REQUIRE(reserved.reserve(1000));
    acs_tests::no_allocations none;
    good = reserved.reserve(10) && reserved.reserve(1000);
    for (int i = 0; i < 1000; ++i) good = good && reserved.append("x");
    none.check();
    CHECK(good);
    CHECK(reserved.size() == 1000);
}

TEST_CASE("Texts in a row are appended together, or not at all", "[hosted]") {
    acs::heap_block b;
    std::string_view const nul{"\0", 1};
    REQUIRE(b.append("name", std::string_view(), nul, std::string(300, 'v'), nul));
    std::string const expected = std::string("name\0", 5) + std::string(300, 'v') + '\0';
    CHECK(text_of(b) == expected);
    {
        acs_tests::heap_that_gives_out const heap(0);
        CHECK_FALSE(b.append("x", std::string_view(expected.data(), expected.size())));
    }
    CHECK(text_of(b) == expected);
}

TEST_CASE("Moving a block leaves the bytes where they are", "[hosted]") {
    acs::heap_block a;
    REQUIRE(a.append("some text"));
    char const* const at = a.data();
    acs::heap_block b = std::move(a);
    CHECK(b.data() == at);
    CHECK(text_of(b) == "some text");
    CHECK(a.data() == nullptr);
    CHECK(a.size() == 0);
    CHECK(a.append("more"));
    CHECK(text_of(a) == "more");
    acs::heap_block c;
    REQUIRE(c.append("other"));
    c = std::move(b);
    CHECK(c.data() == at);
    acs::heap_block& self = c;
    c = std::move(self);
    CHECK(text_of(c) == "some text");
}

TEST_CASE("A heap that gives nothing leaves a block as it was", "[hosted]") {
    acs::heap_block b;
    REQUIRE(b.append("0123456789"));
    char const* const at = b.data();
    std::string const large(1000, 'x');
    bool appended = true, reserved = true;
    {
        acs_tests::heap_that_gives_out const heap(0);
        appended = b.append(large);
        reserved = b.reserve(5000);
    }
    CHECK_FALSE(appended);
    CHECK_FALSE(reserved);
    CHECK(b.data() == at);
    CHECK(text_of(b) == "0123456789");
    CHECK(b.append(large));
    CHECK(text_of(b) == "0123456789" + large);
}

}  // namespace test_hosted_heap_block
