// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The rows of one decoding case: from the body of an answer to every member of the reply, unescaped. The bodies are made afresh off the
// clock, for those that change them and for those that do not.
#ifndef ACS_TESTS_BENCH_DECODE_HPP
#define ACS_TESTS_BENCH_DECODE_HPP

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/bodies.hpp"
#include "bench/compaction.hpp"
#include "bench/json_peers.hpp"
#include "bench/library.hpp"
#include "bench/rows.hpp"

namespace acs_bench {

/// The library as a contender.
template <library (*Made)()>
class our_decoder {
public:
    bool decode(char* body, std::size_t size, members& out) { return library_.decode({body, size}, out); }

private:
    library library_ = Made();
};

/// Measures a contender, after a look at what it finds: the same as the library compiled without the CPU's instructions.
template <class Peer>
void measure_decode(benchmark::State& state, std::string_view text) {
    std::string own(text);
    members wanted, out;
    require(ours_portable().decode(own, wanted) && wanted.success && wanted.status == "success", "ours-portable does not decode");
    fresh_bodies bodies(text);
    bodies.refresh();
    Peer peer;
    require(peer.decode(bodies.at(0), text.size(), out) && out == wanted, "contenders decode different replies");
    measure_batches(
        state, bodies.count(), [&] { bodies.refresh(); },
        [&](std::size_t i) {
            if (!peer.decode(bodies.at(i), text.size(), out)) state.SkipWithError("not decoded");
            benchmark::DoNotOptimize(out);
        });
    state.counters["bytes"] = as_number(text.size());
}

#if ACS_BENCH_WITH_COMPACTION
inline void measure_compaction(benchmark::State& state, std::string_view text) {
    if (!__builtin_cpu_supports("ssse3") || !__builtin_cpu_supports("popcnt")) return state.SkipWithError("no SSSE3");
    fresh_bodies bodies(text);
    bodies.refresh();
    std::vector<char> out(text.size() + fresh_bodies::padding);
    std::string wanted;
    for (char const c : text)
        if (c != '\\') wanted += c;
    require(drop_backslashes(bodies.at(0), text.size(), out.data()) == wanted.size() &&
                wanted.compare(0, wanted.npos, out.data(), wanted.size()) == 0,
            "limit drops other bytes");
    measure_batches(
        state, bodies.count(), [&] { bodies.refresh(); },
        [&](std::size_t i) { benchmark::DoNotOptimize(drop_backslashes(bodies.at(i), text.size(), out.data())); });
    state.counters["bytes"] = as_number(text.size());
}
#endif

/// Adds every contender. The text is made when the first of them is measured.
inline void add_decode_case(std::string const& at, content_kind kind, std::size_t size) {
    auto const add = [&](char const* name, auto measure_it) {
        add_row(at + name, [=](benchmark::State& state) { measure_it(state, reply_body(kind, size)); });
    };
    add("ours", measure_decode<our_decoder<ours>>);
    add("ours-avx2", measure_decode<our_decoder<ours_avx2>>);
    add("ours-portable", measure_decode<our_decoder<ours_portable>>);
#if ACS_BENCH_WITH_SIMDJSON
    add(simdjson_peer::name, measure_decode<simdjson_peer>);
#endif
#if ACS_BENCH_WITH_RAPIDJSON
    add(rapidjson_peer::name, measure_decode<rapidjson_peer>);
#endif
#if ACS_BENCH_WITH_NLOHMANN
    add(nlohmann_peer::name, measure_decode<nlohmann_peer>);
#endif
#if ACS_BENCH_WITH_COMPACTION
    add("limit", measure_compaction);
#endif
}

}  // namespace acs_bench

#endif
