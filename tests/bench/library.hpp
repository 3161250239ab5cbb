// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What is measured of the library both with the CPU's instructions and without, as functions: the two stand in one program under inline
// namespaces of their own, and are compiled in units of their own, ours.cpp and ours_portable.cpp.
#ifndef ACS_TESTS_BENCH_LIBRARY_HPP
#define ACS_TESTS_BENCH_LIBRARY_HPP

#include <cstddef>
#include <span>
#include <string_view>

namespace acs_bench {

/// What a reply to the query says. Texts view the body, or what a parser keeps.
struct members {
    std::string_view request_id{}, status{}, message{}, task_content{};
    bool success{};
    bool operator==(members const&) const = default;
};

enum class digest_kind { sha1, sha256, sm3 };

[[nodiscard]] inline char const* name_of(digest_kind kind) {
    return kind == digest_kind::sha1 ? "sha1" : kind == digest_kind::sha256 ? "sha256" : "sm3";
}
[[nodiscard]] inline std::size_t size_of(digest_kind kind) { return kind == digest_kind::sha1 ? 20 : 32; }

struct library {
    /// Writes `size_of(kind)` bytes.
    using hash_function = void (*)(std::string_view text, unsigned char* digest);
    hash_function sha1, sha256, sm3;
    /// Decodes a reply in place, every member of it.
    bool (*decode)(std::span<char> body, members& out);

    [[nodiscard]] hash_function hash(digest_kind kind) const {
        return kind == digest_kind::sha1 ? sha1 : kind == digest_kind::sha256 ? sha256 : sm3;
    }
};

[[nodiscard]] library ours();
/// Decodes in vectors of 32 bytes at most.
[[nodiscard]] library ours_avx2();
[[nodiscard]] library ours_portable();

}  // namespace acs_bench

#endif
