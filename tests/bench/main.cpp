// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Rows are named area/case/contender. Every contender of a case makes the same result, which is checked before it is measured.
#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
