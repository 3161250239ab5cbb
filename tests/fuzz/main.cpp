// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Runs every fuzz target over its corpus, where libFuzzer is not at hand; or one of them over some files; or over all small texts those
// that are readers, or one of them:
//
//     fuzz_replay [TARGET FILE...]
//     fuzz_replay --small [TARGET]
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "fuzz/small.hpp"

// All of them in one translation unit, which compiles ten times sooner than each alone: a line each, written by CMake.
#include "fuzz_targets.inc"

namespace {

bool run_file(replayed const& target, std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open()) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return false;
    }
    std::unique_ptr<std::uint8_t[]> const bytes(new std::uint8_t[text.size()]);
    for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = static_cast<std::uint8_t>(text[i]);
    return target.run(bytes.get(), text.size()) == 0;
}

bool run_corpus(replayed const& target) {
    std::size_t count = 0;
    bool well = true;
    for (auto const& entry : std::filesystem::directory_iterator(std::filesystem::path(ACS_FUZZ_CORPUS) / target.name)) {
        well = run_file(target, entry.path()) && well;
        ++count;
    }
    std::printf("%s: %zu inputs\n", target.name, count);
    std::fflush(stdout);  // who it was if the next one crashes
    return well && count != 0;
}

int run_small(std::string_view only) {
    std::size_t domains = 0;
    for (fuzz::small_domain const& domain : fuzz::small_domains)
        for (replayed const& target : fuzz_targets) {
            if (domain.target != std::string_view(target.name) || (!only.empty() && only != target.name)) continue;
            std::size_t const count = fuzz::for_all(domain, target.run);
            std::printf("%s: %zu small texts\n", target.name, count);
            std::fflush(stdout);
            ++domains;
        }
    return domains != 0 && (!only.empty() || domains == fuzz::small_domains.size()) ? 0 : 1;
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc > 1 && std::string_view(argv[1]) == "--small") return run_small(argc > 2 ? argv[2] : "");
    bool well = true;
    std::size_t tried = 0;
    for (replayed const& target : fuzz_targets) {
        if (argc > 1 && std::string_view(argv[1]) != target.name) continue;
        ++tried;
        if (argc < 3) well = run_corpus(target) && well;
        for (int i = 2; i < argc; ++i) well = run_file(target, argv[i]) && well;
    }
    return well && tried != 0 ? 0 : 1;
}
