// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Runs a fuzz target over files, where libFuzzer is not at hand: target [FILE or FOLDER]...
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <memory>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

bool run_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open()) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return false;
    }
    std::unique_ptr<std::uint8_t[]> const bytes(new std::uint8_t[text.size()]);
    for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = static_cast<std::uint8_t>(text[i]);
    return LLVMFuzzerTestOneInput(bytes.get(), text.size()) == 0;
}

}  // namespace

int main(int argc, char* argv[]) {
    std::size_t count = 0;
    bool well = true;
    for (int i = 1; i < argc; ++i) {
        if (!std::filesystem::is_directory(argv[i])) {
            well = run_file(argv[i]) && well;
            ++count;
            continue;
        }
        for (auto const& entry : std::filesystem::recursive_directory_iterator(argv[i]))
            if (entry.is_regular_file()) {
                well = run_file(entry.path()) && well;
                ++count;
            }
    }
    std::printf("%zu inputs\n", count);
    return well && count != 0 ? 0 : 1;
}
