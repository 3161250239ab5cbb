// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Runs every fuzz target over its corpus, where libFuzzer is not at hand; or one of them over some files:
//
//     fuzz_replay [TARGET FILE...]
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

}  // namespace

int main(int argc, char* argv[]) {
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
