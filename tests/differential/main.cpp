// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// differential FOLDER [ROUNDS]    compares ours with others: JSON with nlohmann-json and RapidJSON, hashes and codes with OpenSSL; the
//                                 folder holds JSON texts. Signatures are compared in acs/signing/differential.cpp, with the suite.
// Exit 0 if every difference is explained, 1 if not, 2 for wrong usage.
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "differential/hashes.hpp"
#include "differential/json.hpp"

int main(int argc, char* argv[]) {
    if (argc < 2 || argc > 3) {
        std::fputs("usage: differential FOLDER [ROUNDS]\n", stderr);
        return 2;
    }
    std::size_t const rounds = argc == 3 ? std::strtoul(argv[2], nullptr, 10) : 60'000;
    bool const hashes = acs_differential::compare_hashes();
    bool const json = acs_differential::compare_json(argv[1], rounds);
    bool const small = acs_differential::compare_small_json();
    return hashes && json && small ? 0 : 1;
}
