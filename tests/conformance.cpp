// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// conformance vectors FILE...    runs vector files; last line `N passed, N failed`
// conformance json DIR           y_*.json must be accepted, n_*.json refused, i_*.json may be either; same last line
// conformance decode ACTION STATUS FILE [--header 'name: value']...    decodes a body as that operation, one line of JSON
// Exit 0 if all is well, 1 if not, 2 for wrong usage and unreadable files.
#include <acs.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/decode.hpp"
#include "conformance/vectors.hpp"

namespace {

int usage() {
    std::fputs("usage: conformance vectors FILE... | json DIR | decode ACTION STATUS FILE [--header 'name: value']...\n", stderr);
    return 2;
}

std::optional<std::string> read_file(std::filesystem::path const& path) {
    std::error_code ignored;
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path, ignored)) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return {};
    }
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

int vectors(std::vector<std::string> const& files) {
    if (files.empty()) return usage();
    conformance::report out(stdout);
    for (std::string const& file : files) {
        auto const text = read_file(file);
        if (!text) return 2;
        conformance::run_vectors(file, *text, out);
    }
    return out.close() ? 0 : 1;
}

int json(std::string const& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder, error)) files.push_back(entry.path());
    if (error) {
        std::fprintf(stderr, "cannot read %s\n", folder.c_str());
        return 2;
    }
    std::sort(files.begin(), files.end());
    conformance::report out(stdout);
    for (auto const& path : files) {
        std::string const name = path.filename().string();
        if (path.extension() != ".json" || name.size() < 2 || name[1] != '_') continue;
        auto const text = read_file(path);
        if (!text) return 2;
        std::size_t offset = 0;
        acs::errc const code = acs::check_json(*text, offset);
        out.begin(name);
        if (name[0] == 'y' && code != acs::errc::none)
            out.fail("refused", std::string(acs::message(code)) + ", at byte " + std::to_string(offset));
        else if (name[0] == 'n' && code == acs::errc::none)
            out.fail("accepted", "it is no JSON");
        else if (name[0] != 'y' && name[0] != 'n' && name[0] != 'i')
            out.fail("name", "must begin with y_, n_ or i_");
        out.end();
    }
    return out.close() ? 0 : 1;
}

int decode(std::vector<std::string> const& arguments) {
    if (arguments.size() < 3) return usage();
    auto const status = acs::parse_integer(arguments[1]);
    if (!status || *status < 100 || *status > 599) return usage();
    std::vector<acs::field> fields;
    for (std::size_t i = 3; i < arguments.size(); i += 2) {
        if (arguments[i] != "--header" || i + 1 == arguments.size()) return usage();
        std::string_view const header = arguments[i + 1];
        std::size_t const colon = header.find(':');
        if (colon == std::string_view::npos) return usage();
        fields.push_back({header.substr(0, colon), acs::trim(header.substr(colon + 1))});
    }
    auto body = read_file(arguments[2]);
    if (!body) return 2;
    auto const done = conformance::decode(arguments[0], {static_cast<std::uint16_t>(*status), fields, *body});
    if (!done) {
        std::fprintf(stderr, "no type for the action %s\n", arguments[0].c_str());
        return 2;
    }
    std::printf("%s\n", done->line.c_str());
    return done->ok ? 0 : 1;
}

}  // namespace

int main(int argc, char* argv[]) {
    std::vector<std::string> arguments(argv + 1, argv + std::max(argc, 1));
    if (arguments.empty()) return usage();
    std::string const command = arguments.front();
    arguments.erase(arguments.begin());
    if (command == "vectors") return vectors(arguments);
    if (command == "json" && arguments.size() == 1) return json(arguments.front());
    if (command == "decode") return decode(arguments);
    return usage();
}
