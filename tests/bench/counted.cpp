// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// `counted ROW TIMES` runs the library's part of a row so many times, for counts.py, which counts the instructions that are executed inside
// of counted_row(). `counted` alone lists the rows and the iterations that one run of each is, and `counted --compiler` says what compiled
// this.
#include <acs/operation/prepare.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bodies.hpp"
#include "bench/flow_cases.hpp"
#include "bench/library.hpp"
#include "bench/require.hpp"
#include "bench/sign_cases.hpp"

namespace {

using acs_bench::require;

struct row {
    std::string_view name;
    void (*prepare)();  // not counted
    void (*run)();
    int iterations = 1;
};

acs::acs3_hmac_sha256 const v3(acs_bench::key);
acs::rpc_hmac_sha1 const rpc(acs_bench::key);
acs::request_buffer<> memory;
std::string body;
acs_bench::members found;
std::array<unsigned char, 32> digest;
acs_bench::flight flight;

template <class Signer>
void sign(Signer const& signer) {
    auto const made = acs::prepare(acs_bench::query_case::operation, acs_bench::to_host, signer, acs_bench::moment_at(0), memory);
    require(made.has_value(), "prepare");
}

void nothing() {}
void small_body() { body = acs_bench::reply_body(acs_bench::content_kind::dense, 0); }
void large_body() { body = acs_bench::reply_body(acs_bench::content_kind::dense, 1 << 20); }
void block() { body.assign(4096, 'a'); }
void decode() { require(acs_bench::ours().decode(body, found), "decode"); }
void hash() { acs_bench::ours().sha256(body, digest.data()); }
void exchange() {
    flight.start(v3, acs_bench::moment_at(1));
    flight.finish(acs_bench::moment_at(2));
}

constexpr std::array rows{row{"sign/v3/query-typed", nothing, [] { sign(v3); }},
                          row{"sign/rpc/query-typed", nothing, [] { sign(rpc); }},
                          row{"decode/query/small", small_body, decode},
                          row{"decode/query/1m", large_body, decode},
                          row{"hash/sha256-4096", block, hash},
                          row{"flow/exchange-step", nothing, exchange, acs_bench::flight::steps}};

}  // namespace

/// What is counted is executed in here. By its plain name counts.py finds it.
extern "C" __attribute__((noinline)) void counted_row(void (*run)()) {
    run();
    __asm__ volatile("" ::: "memory");
}

int main(int argc, char** argv) {
    if (argc == 2 && std::strcmp(argv[1], "--compiler") == 0) {
#if defined(__clang__)
        std::printf("clang %d\n", __clang_major__);
#else
        std::printf("g++ %d\n", __GNUC__);
#endif
        return 0;
    }
    for (row const& one : rows) {
        if (argc < 3) std::printf("%s %d\n", std::string(one.name).c_str(), one.iterations);
        if (argc < 3 || one.name != argv[1]) continue;
        for (long n = std::strtol(argv[2], nullptr, 10); n > 0; --n) {
            one.prepare();
            counted_row(one.run);
        }
        return 0;
    }
    return argc < 3 ? 0 : 2;
}
