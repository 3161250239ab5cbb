// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What a step of the state machines costs, signing and decoding included, and how many bytes a call in flight takes.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/flow_cases.hpp"
#include "bench/rows.hpp"

namespace acs_bench {
namespace {

/// One exchange after another, each from its beginning to its end.
void measure_exchange(benchmark::State& state) {
    flow_signer const signer(key);
    flight one;
    std::uint64_t n = 0;
    std::size_t const before = heap_calls();
    while (state.KeepRunningBatch(flight::steps)) {
        one.start(signer, moment_at(++n));
        one.finish(moment_at(n));
        benchmark::ClobberMemory();
    }
    report_heap(state, before);
    state.counters["bytes"] = as_number(sizeof(flight));
}

void measure_job(benchmark::State& state) {
    job_run job;
    std::uint64_t n = 0;
    require(job.run(n) == job_run::steps, "the job takes another number of steps");
    std::size_t const before = heap_calls();
    while (state.KeepRunningBatch(job_run::steps)) benchmark::DoNotOptimize(job.run(++n));
    report_heap(state, before);
    state.counters["bytes"] = as_number(job_run::bytes());
}

/// All of them are started before the first answer arrives, so that none is in a cache by then.
void measure_in_flight(benchmark::State& state) {
    constexpr std::size_t count = 100'000;
    flow_signer const signer(key);
    std::vector<flight> all(count);
    std::uint64_t n = 0;
    std::size_t const before = heap_calls();
    while (state.KeepRunningBatch(count * flight::steps)) {
        for (flight& one : all) one.start(signer, moment_at(++n));
        for (flight& one : all) one.finish(moment_at(n));
        benchmark::ClobberMemory();
    }
    report_heap(state, before);
    state.counters["bytes"] = as_number(sizeof(flight));
}

}  // namespace

void add_flow_rows() {
    add_row("flow/exchange-step/ours", measure_exchange);
    add_row("flow/job-step/ours", measure_job);
    add_row("flow/in-flight-100000/ours", measure_in_flight);
}

}  // namespace acs_bench
