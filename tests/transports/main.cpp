// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Tries the transports of every adapter on the conformance kit, on loopback, and shows which passes which case. The last line is
// `N passed, N failed`.
//
//     transports [--table FILE]        keeps what it shows in a file as well
#include <cstdio>
#include <memory>
#include <string_view>

#include "transports/adapters.hpp"

int main(int argc, char** argv) {
    bool const keeps = argc == 3 && std::string_view(argv[1]) == "--table";
    if (argc != 1 && !keeps) {
        std::fputs("usage: transports [--table FILE]\n", stderr);
        return 2;
    }
    acs_transports::table all;
#if ACS_TRANSPORTS_WITH_CURL
    acs_transports::try_curl(all);
#endif
#if ACS_TRANSPORTS_WITH_BEAST
    acs_transports::try_beast(all);
#endif
    all.write(stdout);
    if (keeps) {
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::fopen(argv[2], "w"), std::fclose);
        if (file == nullptr) {
            std::perror(argv[2]);
            return 2;
        }
        all.write(file.get());
    }
    return all.good() ? 0 : 1;
}
