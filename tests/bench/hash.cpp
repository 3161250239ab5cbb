// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The hash functions, of one text in memory. 81 and 499 bytes are the string to sign and the canonical request of a small call.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bench/library.hpp"
#include "bench/openssl.hpp"
#include "bench/rows.hpp"

namespace acs_bench {
namespace {

using digest = std::array<unsigned char, 32>;

std::string text_of(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('!' + i % 94);
    return text;
}

/// Measures `hash(text, digest)`, after a look at what it gives.
template <class Hash>
void measure_hash(benchmark::State& state, digest_kind kind, std::size_t size, Hash hash) {
    std::string const text = text_of(size);
    digest wanted{}, got{};
    openssl_hash(kind).hash(text, wanted.data());
    hash(text, got.data());
    require(got == wanted, "the digests differ");
    measure(state, [&] {
        std::string_view view = text;
        benchmark::DoNotOptimize(view);
        hash(view, got.data());
        return 0;
    });
}

void add_case(digest_kind kind, std::size_t size) {
    std::string const at = std::string("hash/") + name_of(kind) + '-' + std::to_string(size) + '/';
    add_row(at + "ours", [=](benchmark::State& s) { measure_hash(s, kind, size, ours().hash(kind)); });
    add_row(at + "ours-portable", [=](benchmark::State& s) { measure_hash(s, kind, size, ours_portable().hash(kind)); });
    add_row(at + "openssl", [=](benchmark::State& s) {
        openssl_hash peer(kind);
        measure_hash(s, kind, size, [&](std::string_view text, unsigned char* out) { peer.hash(text, out); });
    });
    add_row(at + "limit", [=](benchmark::State& s) {
        block_run run(kind, blocks_of(size));
        while (s.KeepRunningBatch(static_cast<std::int64_t>(run.times()))) run.run();
        s.counters["blocks"] = as_number(blocks_of(size));
    });
}

}  // namespace

void add_hash_rows() {
    for (digest_kind const kind : {digest_kind::sha1, digest_kind::sha256, digest_kind::sm3})
        for (std::size_t const size : {0U, 64U, 81U, 499U, 4096U, 1U << 20}) add_case(kind, size);
}

}  // namespace acs_bench
