// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "differential/hashes.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>

#include "differential/library.hpp"
#include "support/reference_signing.hpp"

namespace acs_differential {

bool compare_hashes() {
    struct function {
        char const* name;
        EVP_MD const* theirs;
    };
    std::array<function, 3> const functions{{{"SHA-1", EVP_sha1()}, {"SHA-256", EVP_sha256()}, {"SM3", EVP_sm3()}}};
    std::array<library, 2> const libraries{ours(), ours_portable()};
    std::mt19937_64 random(20231026);
    auto const bytes = [&random](std::size_t size) {
        std::string text(size, '\0');
        for (char& c : text) c = static_cast<char>(random() & 0xFF);
        return text;
    };
    std::size_t compared = 0, wrong = 0;
    auto const check = [&](char const* what, std::size_t size, std::string const& expected, std::string const& got) {
        ++compared;
        if (expected != got && ++wrong <= 10) std::printf("%s of %zu bytes differs\n", what, size);
    };
    std::string const all = bytes(4096 + 64);
    for (std::size_t size = 0; size <= 4096; ++size) {
        // From every place of a block of memory.
        std::string_view const text = std::string_view(all).substr(size % 64, size);
        std::string const key = bytes(random() % 200), message = bytes(random() % 4097);
        for (std::size_t i = 0; i < functions.size(); ++i) {
            std::string const digest = acs_tests::reference::digest(functions[i].theirs, text);
            std::string const code = acs_tests::reference::hmac(functions[i].theirs, key, message);
            for (library const& one : libraries) {
                check(functions[i].name, size, digest, one.hash[i](text));
                check("a code", message.size(), code, one.hmac[i](key, message));
            }
        }
    }
    std::printf("%zu digests and codes, %zu of them wrong\n", compared, wrong);
    return wrong == 0;
}

}  // namespace acs_differential
