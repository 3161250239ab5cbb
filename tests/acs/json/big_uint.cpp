// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/big_uint.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace test_json_big_uint {

namespace {

using acs::big_uint;

constexpr big_uint<4> made(std::uint64_t value, int shift = 0) {
    big_uint<4> n(value);
    n.shift_left(shift);
    return n;
}

constexpr bool carries() {
    big_uint<4> n = made(~std::uint64_t{0});
    n.add(made(1));
    if (n.compare(made(1, 64)) != 0 || n.bit_size() != 65) return false;
    n.subtract(made(1));
    return n.compare(made(~std::uint64_t{0})) == 0 && n.bit_size() == 64;
}

constexpr bool multiplies() {
    big_uint<4> n = made(1);
    n.multiply_by_power_of_five(27);
    big_uint<4> m = made(7'450'580'596'923'828'125);  // 5^27
    n.multiply_add(1'000'000'000, 7);
    m.multiply_add(1'000'000'000, 7);
    return n.compare(m) == 0;
}

static_assert(made(0).bit_size() == 0 && made(1).bit_size() == 1 && made(0xFFFFFFFF).bit_size() == 32 && made(1, 127).bit_size() == 128);
static_assert(made(0, 5).compare(made(0)) == 0 && made(3, 31).compare(made(0x180000000)) == 0 &&
              made(1, 64).compare(made(~std::uint64_t{0})) > 0);
static_assert(made(5).compare(made(6)) < 0 && made(1).compare(made(1, 32)) < 0);
static_assert(carries());
static_assert(multiplies());

}  // namespace

TEST_CASE("sums and differences undo each other across limbs", "[json]") {
    for (int i = 0; i < 100; ++i)
        for (int j = 0; j <= i; ++j) {
            big_uint<4> n = made(1, i);
            n.add(made(1, j));
            bool const grown = n.bit_size() == (i == j ? i + 2 : i + 1);
            n.subtract(made(1, j));
            if (!grown || n.compare(made(1, i)) != 0) {
                CAPTURE(i, j);
                FAIL();
            }
        }
}

TEST_CASE("what is left of a number less itself has no bits", "[json]") {
    big_uint<4> n = made(5, 64);
    n.subtract(made(5, 64));
    CHECK(n.bit_size() == 0);
    CHECK(n.compare(made(0)) == 0);
}

}  // namespace test_json_big_uint
