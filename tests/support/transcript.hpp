// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Transcripts of machines as text: what is told to them, and the steps that they take.
//
//     A title
//     -------
//     What it shows, in prose.
//     call: query
//
//     > what is told
//       what the machine does
#ifndef ACS_TESTS_SUPPORT_TRANSCRIPT_HPP
#define ACS_TESTS_SUPPORT_TRANSCRIPT_HPP

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/files.hpp"

namespace acs_tests {

/// One input, and the lines that should follow.
struct exchange_of_words {
    std::string told{};
    std::vector<std::string> done{};
};

struct transcript {
    std::string file{}, title{};
    int line{};
    std::map<std::string, std::string> setup{};
    std::vector<exchange_of_words> talk{};

    /// The value of a setting; empty if it is not set.
    [[nodiscard]] std::string setting(std::string const& name) const {
        auto const found = setup.find(name);
        return found != setup.end() ? found->second : std::string();
    }
};

/// The word before a colon and a space, if the line is a setting; else nothing.
[[nodiscard]] inline std::string setting_name(std::string const& line) {
    std::size_t const colon = line.find(": ");
    bool const is_word = colon != std::string::npos && colon != 0 && line.find(' ') == colon + 1;
    return is_word ? line.substr(0, colon) : std::string();
}

/// The transcripts of a file, whose first title is its own.
[[nodiscard]] inline std::vector<transcript> transcripts_of(std::string const& file) {
    std::istringstream text(file_text(file));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    std::vector<transcript> all;
    auto const bad = [&](std::size_t i) { throw std::runtime_error(file + ":" + std::to_string(i + 1) + ": " + lines[i]); };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string const& line = lines[i];
        if (i + 1 < lines.size() && lines[i + 1].starts_with("---")) {
            all.push_back({.file = file, .title = line, .line = static_cast<int>(++i)});
        } else if (line.starts_with("> ")) {
            if (all.empty()) bad(i);
            all.back().talk.push_back({line.substr(2)});
        } else if (line.starts_with("  ")) {
            if (all.empty() || all.back().talk.empty()) bad(i);
            all.back().talk.back().done.push_back(line.substr(2));
        } else if (std::string const name = setting_name(line); !name.empty()) {
            if (all.empty() || !all.back().talk.empty()) bad(i);
            all.back().setup[name] = line.substr(name.size() + 2);
        } else if (!all.empty() && !all.back().talk.empty() && !line.empty()) {
            bad(i);  // prose belongs before the talk
        }
    }
    return all;
}

/// Every transcript below a folder of the tests, by name.
[[nodiscard]] inline std::vector<transcript> transcripts_below(std::string const& folder) {
    std::vector<std::string> files;
    for (auto const& entry : std::filesystem::directory_iterator(ACS_TESTS_DIR "/" + folder))
        if (entry.path().extension() == ".txt") files.push_back(folder + "/" + entry.path().filename().string());
    std::sort(files.begin(), files.end());
    std::vector<transcript> all;
    for (std::string const& file : files)
        for (transcript& t : transcripts_of(file)) all.push_back(std::move(t));
    return all;
}

/// The talk as it is written, with what was done instead of what should have been: `-` for lines that are missing, `+` for others.
/// Empty if nothing differs.
[[nodiscard]] inline std::string difference(transcript const& due, std::vector<std::vector<std::string>> const& did) {
    std::string text;
    bool differs = false;
    for (std::size_t i = 0; i < due.talk.size(); ++i) {
        text += "  > " + due.talk[i].told + "\n";
        static std::vector<std::string> const nothing;
        std::vector<std::string> const& lines = i < did.size() ? did[i] : nothing;
        bool const same = lines == due.talk[i].done;
        for (std::string const& line : due.talk[i].done) text += (same ? "      " : "-     ") + line + "\n";
        for (std::string const& line : lines)
            if (!same) text += "+     " + line + "\n";
        differs = differs || !same;
    }
    return differs ? text : std::string();
}

}  // namespace acs_tests

#endif
