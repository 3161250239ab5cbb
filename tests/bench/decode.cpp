// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Decoding, by size and by what the TaskContent is like; and how its cost grows.
#include "bench/decode.hpp"

#include <cstddef>
#include <string>

namespace acs_bench {

namespace {

[[maybe_unused]] std::string version(int major, int minor, int patch) {
    return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
}

/// Says beside the figures which versions of the peers they belong to.
void name_peers() {
#if ACS_BENCH_WITH_SIMDJSON
    benchmark::AddCustomContext(
        "simdjson", version(simdjson::SIMDJSON_VERSION_MAJOR, simdjson::SIMDJSON_VERSION_MINOR, simdjson::SIMDJSON_VERSION_REVISION));
#endif
#if ACS_BENCH_WITH_RAPIDJSON
    benchmark::AddCustomContext("RapidJSON", version(RAPIDJSON_MAJOR_VERSION, RAPIDJSON_MINOR_VERSION, RAPIDJSON_PATCH_VERSION));
#endif
#if ACS_BENCH_WITH_NLOHMANN
    benchmark::AddCustomContext("nlohmann-json",
                                version(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH));
#endif
}

}  // namespace

void add_decode_rows() {
    name_peers();
    add_decode_case("decode/query/small/", content_kind::dense, 0);
    add_decode_case("decode/query/64k/", content_kind::dense, 64 << 10);
    add_decode_case("decode/query/1m/", content_kind::dense, 1 << 20);
    add_decode_case("decode/query/16m/", content_kind::dense, 16 << 20);
    add_decode_case("decode/sparse/1m/", content_kind::sparse, 1 << 20);
    add_decode_case("decode/unicode/1m/", content_kind::unicode, 1 << 20);
    add_decode_case("decode/pretty/1m/", content_kind::pretty, 1 << 20);
    for (std::size_t const size : {1U << 10, 10U << 10, 100U << 10, 1U << 20, 10U << 20})
        add_decode_case("grow/decode-bytes-" + std::to_string(size) + '/', content_kind::dense, size);
}

}  // namespace acs_bench
