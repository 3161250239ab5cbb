// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What signing costs as the parameters become more. How decoding grows is beside the other decoding rows.
#include <cstddef>
#include <string>

#include "bench/openssl.hpp"
#include "bench/rows.hpp"
#include "bench/sign.hpp"
#include "bench/sign_cases.hpp"

namespace acs_bench {

void add_grow_rows() {
    static params_case cases[] = {params_case(1), params_case(10), params_case(100), params_case(1000)};
    for (params_case& one : cases) {
        std::string const at = "grow/sign-params-" + std::to_string(one.params.size()) + '/';
        add_row(at + "ours", [&one](benchmark::State& s) { measure_ours<v3_method, true>(s, one, false); });
        add_row(at + "openssl-kept", [&one](benchmark::State& s) { measure_by_hand<v3_method, openssl_kept>(s, one, false, true); });
        add_row(at + "limit", [&one](benchmark::State& s) { measure_limit<v3_method>(s, one); });
    }
}

}  // namespace acs_bench
