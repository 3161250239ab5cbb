// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Command line flags: those of an operation are its wire names in kebab case, read off its table.
#ifndef EXAMPLES_COMMAND_FLAGS_HPP
#define EXAMPLES_COMMAND_FLAGS_HPP

#include <dataworks.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace command {

/// A mistake of whoever typed the command, as a sentence.
struct usage_error {
    std::string text{};
};

/// `AsyncProcessId` -> `async-process-id`.
inline std::string kebab(std::string_view name) {
    std::string out;
    for (char const c : name) {
        bool const upper = c >= 'A' && c <= 'Z';
        if (upper && !out.empty()) out += '-';
        out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

inline std::string read_file(std::string const& path) {
    std::error_code ignored;
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path, ignored)) throw usage_error{"cannot read " + path};
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

/// What was typed: `--name value`, `--name=value`, `--switch`, and words. A value `@FILE` is what the file holds.
class flags {
public:
    flags(int argc, char const* const* argv, std::set<std::string, std::less<>> const& switches) {
        for (int i = 1; i < argc; ++i) {
            std::string_view const word = argv[i];
            if (word.substr(0, 2) != "--") {
                words_.emplace_back(word);
                continue;
            }
            std::string name(word.substr(2));
            std::string value;
            if (auto const equals = name.find('='); equals != std::string::npos) {
                value = name.substr(equals + 1);
                name.resize(equals);
            } else if (switches.count(name) == 0) {
                if (++i == argc) throw usage_error{"--" + name + " takes a value"};
                value = argv[i];
            }
            if (!value.empty() && value.front() == '@') value = read_file(value.substr(1));
            if (!values_.emplace(name, std::move(value)).second) throw usage_error{"--" + name + " is given twice"};
        }
    }

    [[nodiscard]] std::vector<std::string> const& words() const { return words_; }
    [[nodiscard]] bool has(std::string_view name) {
        used_.emplace(name);
        return values_.find(name) != values_.end();
    }

    /// The text of a flag, null data if it was not given. Lives as long as this object.
    [[nodiscard]] std::string_view text(std::string_view name) {
        return has(name) ? std::string_view(values_.find(name)->second) : std::string_view();
    }

    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) {
        if (!has(name)) return {};
        auto const value = acs::parse_integer(text(name));
        if (!value) throw usage_error{"--" + std::string(name) + " takes a whole number, not " + std::string(text(name))};
        return value;
    }

    /// Nobody asked for what is left: a misspelling, most likely.
    void refuse_unused() const {
        for (auto const& [name, value] : values_)
            if (used_.count(name) == 0) throw usage_error{"there is no --" + name + " here; see --help"};
    }

private:
    std::map<std::string, std::string, std::less<>> values_{};
    std::set<std::string, std::less<>> used_{};
    std::vector<std::string> words_{};
};

inline void set(std::string_view& member, flags& given, std::string const& name) { member = given.text(name); }
inline void set(std::optional<std::int64_t>& member, flags& given, std::string const& name) { member = given.integer(name); }

/// An operation with every parameter that a flag gives. The operation views the flags.
template <acs::operation Op>
Op operation_of(flags& given) {
    Op op{};
    constexpr auto described = Op::describe();
    [&]<auto... Pointer>(acs::described_parameters<Pointer...> const& all) {
        auto const* p = all.words.data();
        (set(op.*Pointer, given, kebab(p++->name)), ...);
    }(described.parameters);
    return op;
}

/// `--project-id (required) --task-type ...`, for help.
template <acs::operation Op>
std::string flags_of() {
    std::string out;
    for (acs::parameter_row const& row : acs::table<Op>::parameters)
        out += (row.required ? " --" : " [--") + kebab(row.name()) + (row.required ? " ..." : " ...]");
    return out;
}

}  // namespace command

#endif
