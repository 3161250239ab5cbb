// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Rows are named area/case/contender. Every contender of a case makes the same result, which is checked before it is measured.
#include <benchmark/benchmark.h>
#include <openssl/crypto.h>

#include <array>
#include <string>
#include <vector>

#include "bench/rows.hpp"

int main(int argc, char** argv) {
    // Medians, unless the command line asks for something else: what comes later counts. Repetitions of all rows are mixed, so that a
    // machine that slows down for a while does not slow down one contender.
    std::array<std::string, 4> defaults{"--benchmark_repetitions=5", "--benchmark_min_time=0.05",
                                        "--benchmark_enable_random_interleaving=true", "--benchmark_report_aggregates_only=true"};
    std::vector<char*> arguments{argv[0]};
    for (std::string& one : defaults) arguments.push_back(one.data());
    arguments.insert(arguments.end(), argv + 1, argv + argc);
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);

#if defined(__clang__)
    benchmark::AddCustomContext("compiler", "clang " __clang_version__);
#else
    benchmark::AddCustomContext("compiler", "g++ " __VERSION__);
#endif
    benchmark::AddCustomContext("OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING));
    acs_bench::add_sign_rows();
    acs_bench::add_hash_rows();
    acs_bench::add_decode_rows();
    acs_bench::add_flow_rows();
    acs_bench::add_encode_rows();
    acs_bench::add_grow_rows();
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 1;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
