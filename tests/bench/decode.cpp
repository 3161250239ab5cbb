// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Decoding, by size and by what the TaskContent is like; and how its cost grows.
#include "bench/decode.hpp"

#include <cstddef>
#include <string>

namespace acs_bench {

void add_decode_rows() {
    add_decode_case("decode/query/small/", content_kind::dense, 0);
    add_decode_case("decode/query/64k/", content_kind::dense, 64 << 10);
    add_decode_case("decode/query/1m/", content_kind::dense, 1 << 20);
    add_decode_case("decode/query/16m/", content_kind::dense, 16 << 20);
    add_decode_case("decode/sparse/1m/", content_kind::sparse, 1 << 20);
    add_decode_case("decode/unicode/1m/", content_kind::unicode, 1 << 20);
    add_decode_case("decode/pretty/1m/", content_kind::pretty, 1 << 20);
    for (std::size_t const size : {1 << 10, 10 << 10, 100 << 10, 1 << 20, 10 << 20})
        add_decode_case("grow/decode-bytes-" + std::to_string(size) + '/', content_kind::dense, size);
}

}  // namespace acs_bench
