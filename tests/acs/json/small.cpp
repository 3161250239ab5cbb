// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Small texts while compiling, where undefined behaviour is an error. All of up to three bytes, beside another reader: build/differential.
#include <acs/core/errc.hpp>
#include <acs/json/reader.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace test_json_small {

namespace {

constexpr bool is_json(std::string_view text) {
    std::size_t offset = 0;
    return acs::check_json(text, offset) == acs::errc::none;
}

/// How many texts of `size` of these letters are JSON.
template <std::size_t Size>
constexpr int count_json(std::string_view letters) {
    std::array<char, Size> text{};
    std::size_t all = 1;
    for (std::size_t i = 0; i < Size; ++i) all *= letters.size();
    int count = 0;
    for (std::size_t number = 0; number < all; ++number) {
        std::size_t left = number;
        for (char& c : text) {
            c = letters[left % letters.size()];
            left /= letters.size();
        }
        count += is_json({text.data(), Size}) ? 1 : 0;
    }
    return count;
}

constexpr std::string_view many = "09-{}[] ,:\"te.+\\";
static_assert(count_json<1>(many) == 2);   // 0 9
static_assert(count_json<2>(many) == 11);  // [] {} "", each digit beside a space, 90 99 -0 -9

// Of three bytes: 1xx, -1x, "x" but for a quote, [x] and [ ] are 4 + 2 + 6 + 3; the six of two bytes beside a space are twice 6, and the
// two digits among two spaces three times 2.
constexpr std::string_view few = "01-[] \"";
static_assert(count_json<2>(few) == 6 + 4);
static_assert(count_json<3>(few) == 15 + 12 + 6);

}  // namespace

TEST_CASE("small texts are JSON at run time if they are while compiling", "[json]") {
    CHECK(count_json<2>(many) == 11);
    CHECK(count_json<3>(few) == 33);
}

}  // namespace test_json_small
