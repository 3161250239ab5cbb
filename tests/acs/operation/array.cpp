// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/array.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "support/catch.hpp"

namespace test_operation_array {

namespace {

struct alignas(8) big {  // as everywhere but on i686
    std::array<std::uint64_t, 5> words{1, 2, 3, 4, 5};
};

alignas(std::max_align_t) std::array<std::byte, 256> storage;

}  // namespace

TEST_CASE("elements are made one behind the other, each aligned", "[operation]") {
    acs::array_memory memory(storage);
    CHECK(memory.needed() == 0);
    char* const letters = memory.make<char>(3);
    big* const bigs = memory.make<big>(2);
    REQUIRE(letters != nullptr);
    REQUIRE(bigs != nullptr);
    CHECK(static_cast<void*>(letters) == storage.data());
    CHECK(static_cast<void*>(bigs) == storage.data() + 8);
    CHECK(memory.needed() == 8 + 2 * sizeof(big));
    CHECK(letters[2] == '\0');
    CHECK(bigs[1].words[4] == 5);
    CHECK(memory.fits());
}

TEST_CASE("memory that is full gives nothing, and counts on", "[operation]") {
    for (std::size_t size = 0; size <= 2 * sizeof(big) + 8; ++size) {
        acs::array_memory memory{std::span(storage).first(size)};
        char* const letter = memory.make<char>(1);
        big* const bigs = memory.make<big>(2);
        char* const last = memory.make<char>(1);
        std::size_t const needed = 8 + 2 * sizeof(big) + 1;
        CHECK(memory.needed() == needed);
        CHECK_FALSE(memory.fits());
        CHECK((letter != nullptr) == (size >= 1));
        CHECK((bigs != nullptr) == (size >= needed - 1));
        CHECK(last == nullptr);
    }
}

TEST_CASE("memory that begins anywhere is used from the first aligned byte on", "[operation]") {
    for (std::size_t skip = 0; skip < acs::array_memory::alignment; ++skip) {
        std::size_t const lost = (acs::array_memory::alignment - skip) % acs::array_memory::alignment;
        acs::array_memory enough{std::span(storage).subspan(skip, lost + sizeof(big))};
        CHECK(static_cast<void*>(enough.make<big>(1)) == storage.data() + skip + lost);
        acs::array_memory small{std::span(storage).subspan(skip, lost + sizeof(big) - 1)};
        CHECK(small.make<big>(1) == nullptr);
        CHECK(small.needed() == sizeof(big));
        if (lost != 0) {
            acs::array_memory none{std::span(storage).subspan(skip, lost - 1)};
            CHECK(none.make<char>(1) == nullptr);
        }
    }
}

TEST_CASE("more elements than can be counted do not fit, and go on not to", "[operation]") {
    constexpr std::size_t wraps = SIZE_MAX / sizeof(big) + 1;  // the product is less than the size of one
    for (std::size_t const count : {wraps, SIZE_MAX / sizeof(big), SIZE_MAX}) {
        acs::array_memory memory(storage);
        CHECK(memory.make<char>(1) != nullptr);
        CHECK(memory.make<big>(count) == nullptr);
        CHECK(memory.needed() > SIZE_MAX - 2 * sizeof(big));
        CHECK(memory.make<big>(1) == nullptr);
        CHECK(memory.make<char>(1) == nullptr);
        CHECK(memory.make<big>(1) == nullptr);
        CHECK(memory.needed() == SIZE_MAX);
        CHECK_FALSE(memory.fits());
    }
}

}  // namespace test_operation_array
