// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The functions of `library`, for whichever of the two the including unit is compiled as. They stand in the library's inline namespace
// themselves: two different functions must not share a name.
#ifndef ACS_TESTS_BENCH_OURS_HPP
#define ACS_TESTS_BENCH_OURS_HPP

#include <acs/crypto/hasher.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>
#include <acs/operation/decode.hpp>
#include <dataworks/sync_task_config.hpp>

#include <cstring>
#include <span>
#include <string_view>

#include "bench/library.hpp"

namespace acs_bench::inline ACS_ABI {

template <acs::hasher H>
void hash_with(std::string_view text, unsigned char* out) {
    auto const digest = acs::hash<H>(text);
    std::memcpy(out, digest.data(), digest.size());
}

inline bool decode_query(std::span<char> body, members& out) {
    auto const reply = acs::decode<dataworks::query_di_sync_task_config_process_result>(200, {}, body);
    if (!reply) return false;
    out = {reply->request_id, reply->data.status, reply->data.message, reply->data.task_content, reply->success.value_or(false)};
    return true;
}

inline library this_library() { return {hash_with<acs::sha1>, hash_with<acs::sha256>, hash_with<acs::sm3>, decode_query}; }

}  // namespace acs_bench::inline ACS_ABI

#endif
