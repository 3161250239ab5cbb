// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The library as it is used: with what the CPU offers.
#include "bench/ours.hpp"
#include "support/without.hpp"

acs_bench::library acs_bench::ours() { return this_library(); }

acs_bench::library acs_bench::ours_avx2() {
    library less = this_library();
    less.decode = [](std::span<char> body, members& out) {
        acs_tests::without const wide(acs::cpu::wide);
        return decode_query(body, out);
    };
    return less;
}
