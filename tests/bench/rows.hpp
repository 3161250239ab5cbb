// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// How a row is measured. Setting up and checking happen outside of the clock; a row's name is what scripts know it by, so nothing is ever
// appended to it: no manual time, no arguments.
#ifndef ACS_TESTS_BENCH_ROWS_HPP
#define ACS_TESTS_BENCH_ROWS_HPP

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/heap.hpp"
#include "bench/require.hpp"

namespace acs_bench {

/// Adds `area/case/contender`, which `body(benchmark::State&)` measures.
template <class Body>
void add_row(std::string const& name, Body body) {
    benchmark::RegisterBenchmark(name.c_str(), std::move(body));
}

inline double as_number(std::size_t n) { return static_cast<double>(n); }

/// Says how often the heap was called per iteration since `before`.
inline void report_heap(benchmark::State& state, std::size_t before) {
    if (!heap_is_counted) return;
    std::size_t const calls = heap_calls() - before;
    state.counters["allocs"] = as_number(calls) / as_number(static_cast<std::size_t>(std::max<std::int64_t>(state.iterations(), 1)));
}

/// Measures `once()`, whose result is taken as used.
template <class Once>
void measure(benchmark::State& state, Once once) {
    [[maybe_unused]] auto const first = once();  // what is made at first use is not part of it
    std::size_t const before = heap_calls();
    for (auto _ : state) {
        auto made = once();
        benchmark::DoNotOptimize(made);
        benchmark::ClobberMemory();
    }
    report_heap(state, before);
}

/// Measures `once(i)` for each i below `batch`, as that many iterations, with `refresh()` off the clock before each batch. Stopping the
/// clock costs some hundred nanoseconds, which a batch divides.
template <class Refresh, class Once>
void measure_batches(benchmark::State& state, std::size_t batch, Refresh refresh, Once once) {
    refresh();
    once(std::size_t{0});
    std::size_t calls = 0;
    while (state.KeepRunningBatch(static_cast<std::int64_t>(batch))) {
        state.PauseTiming();
        refresh();
        std::size_t const before = heap_calls();
        state.ResumeTiming();
        for (std::size_t i = 0; i < batch; ++i) once(i);
        benchmark::ClobberMemory();
        calls += heap_calls() - before;
    }
    report_heap(state, heap_calls() - calls);
}

/// Copies of one text that are changed when they are read, and made afresh: each as if it had just come from a socket. Together they stay
/// within what a core's own cache holds, unless one alone does not.
class fresh_bodies {
public:
    static constexpr std::size_t padding = 64;  // some parsers read, and one writes, beyond the end

    explicit fresh_bodies(std::string_view text)
        : text_(text), stride_((text.size() + padding + 63) / 64 * 64), count_(std::clamp<std::size_t>((384U << 10) / stride_, 1, 256)) {
        room_.resize(stride_ * count_);
    }

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] std::size_t size() const { return text_.size(); }
    [[nodiscard]] char* at(std::size_t i) { return room_.data() + i * stride_; }
    void refresh() {
        for (std::size_t i = 0; i < count_; ++i) std::memcpy(at(i), text_.data(), text_.size());
    }

private:
    std::string_view text_;
    std::size_t stride_;
    std::size_t count_;
    std::vector<char> room_;  // zeros between the texts
};

void add_sign_rows();
void add_hash_rows();
void add_decode_rows();
void add_flow_rows();
void add_encode_rows();
void add_grow_rows();

}  // namespace acs_bench

#endif
