// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Reads rules/retry.txt: what a call does after one attempt, as the documents of the service and of the protocol have it.
#ifndef ACS_TESTS_SUPPORT_RETRY_RULES_HPP
#define ACS_TESTS_SUPPORT_RETRY_RULES_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/files.hpp"

namespace acs_tests {

/// One line: an answer or a loss, and what follows.
struct retry_rule {
    std::string table{};      ///< asked, code, lost
    std::string subject{};    ///< a code or an errc; may end in `*`
    std::string condition{};  ///< statuses, or deliveries; `any`
    std::string operation{};  ///< reads, token, once, safe, any
    std::string then{};       ///< one of `retry_outcomes`
    int line{};
    mutable int used{};  ///< rows that it decided
};

inline constexpr std::array<std::string_view, 8> retry_outcomes{"retry",   "nonce",  "clock",   "refresh",
                                                                "refused", "unsafe", "useless", "done"};

[[nodiscard]] inline bool rule_covers(std::string_view pattern, std::string_view text) {
    if (pattern.empty() || pattern.back() != '*') return pattern == text;
    pattern.remove_suffix(1);
    return text.starts_with(pattern);
}

/// Whether a comma-separated list, or `any`, holds the word.
[[nodiscard]] inline bool rule_lists(std::string_view list, std::string_view word) {
    if (list == "any") return true;
    for (std::size_t begin = 0; begin <= list.size();) {
        std::size_t const end = std::min(list.find(',', begin), list.size());
        if (list.substr(begin, end - begin) == word) return true;
        begin = end + 1;
    }
    return false;
}

[[nodiscard]] inline bool rule_means(std::string_view kinds, std::string_view kind) {
    return kinds == "any" || kinds == kind || (kinds == "safe" && (kind == "reads" || kind == "token"));
}

class retry_rules {
public:
    /// A table begins with a line that names its columns, and ends with the next title; every line in it has to be a rule.
    explicit retry_rules(std::string const& file) {
        std::istringstream text(file_text(file));
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);) lines.push_back(line);
        std::string table;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            std::istringstream words(lines[i]);
            retry_rule r{};
            std::string because;
            words >> r.subject >> r.condition >> r.operation >> r.then >> because;
            bool const is_title = i + 1 < lines.size() && lines[i + 1].starts_with("---");
            if (is_title) table.clear();
            if (r.then == "then" && because == "because") {
                table = r.subject;
            } else if (!table.empty() && !lines[i].empty()) {
                r.table = table;
                r.line = static_cast<int>(i) + 1;
                check(r, because);
                rules_.push_back(r);
            }
        }
    }

    /// The first rule that fits; null if none does. `condition`: the status, or the delivery.
    [[nodiscard]] retry_rule const* find(std::string_view table, std::string_view subject, std::string_view condition,
                                         std::string_view kind) const {
        for (retry_rule const& r : rules_)
            if (r.table == table && rule_covers(r.subject, subject) && rule_lists(r.condition, condition) &&
                rule_means(r.operation, kind)) {
                ++r.used;
                return &r;
            }
        return nullptr;
    }
    [[nodiscard]] std::vector<retry_rule> const& all() const noexcept { return rules_; }

private:
    static void check(retry_rule const& r, std::string const& because) {
        constexpr std::array<std::string_view, 5> kinds{"reads", "token", "once", "safe", "any"};
        bool const good = std::find(kinds.begin(), kinds.end(), r.operation) != kinds.end() && !because.empty() &&
                          std::find(retry_outcomes.begin(), retry_outcomes.end(), r.then) != retry_outcomes.end();
        if (!good) throw std::runtime_error("not a rule in line " + std::to_string(r.line));
    }

    std::vector<retry_rule> rules_;
};

}  // namespace acs_tests

#endif
