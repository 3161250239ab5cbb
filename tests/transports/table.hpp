// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What became of the kit's cases over several transports: a row a case, a column a transport.
#ifndef ACS_TESTS_TRANSPORTS_TABLE_HPP
#define ACS_TESTS_TRANSPORTS_TABLE_HPP

#include <acs/testing/conformance/report.hpp>
#include <acs/testing/conformance/transport.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace acs_transports {

class table {
public:
    /// Tries a transport on the whole kit. Rows stand where a transport came to them first.
    template <acs::conformance::transport_world World>
    void add(std::string name, World& world) {
        std::fprintf(stderr, "trying %s\n", name.c_str());  // who it was if one crashes
        acs::conformance::report out(nullptr);
        acs::conformance::check_transport(world, out);
        columns_.push_back({std::move(name), out.outcomes()});
        std::size_t at = 0;
        for (acs::conformance::outcome const& o : out.outcomes()) {
            auto const known = std::find(rows_.begin(), rows_.end(), o.id);
            if (known == rows_.end()) rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(at), o.id);
            at = 1 + static_cast<std::size_t>(std::find(rows_.begin(), rows_.end(), o.id) - rows_.begin());
        }
    }

    /// The table, then a line for each case that failed or was skipped, then the closing line.
    void write(std::FILE* out) const {
        std::size_t wide = 4;
        for (std::string const& id : rows_) wide = std::max(wide, id.size());
        line(out, wide, "case", [](column const& c) { return c.name; });
        for (std::string const& id : rows_) line(out, wide, id, [&id](column const& c) { return cell(c, id); });
        for (column const& c : columns_)
            for (acs::conformance::outcome const& o : c.outcomes)
                if (o.what != acs::conformance::verdict::passed)
                    std::fprintf(out, "%s %s: %s: %s\n", word(o.what), c.name.c_str(), o.id.c_str(), o.why.c_str());
        std::fprintf(out, "%zu passed, %zu failed\n", count(acs::conformance::verdict::passed), count(acs::conformance::verdict::failed));
    }

    [[nodiscard]] bool good() const {
        return count(acs::conformance::verdict::failed) == 0 && count(acs::conformance::verdict::passed) != 0;
    }

private:
    struct column {
        std::string name{};
        std::vector<acs::conformance::outcome> outcomes{};
    };

    static char const* word(acs::conformance::verdict what) {
        using enum acs::conformance::verdict;
        return what == passed ? "ok" : what == failed ? "FAILED" : "skipped";
    }

    /// `-`: this transport never came to the case, since it skipped all of its kind.
    static std::string cell(column const& c, std::string const& id) {
        for (acs::conformance::outcome const& o : c.outcomes)
            if (o.id == id) return word(o.what);
        return "-";
    }

    template <class Text>
    void line(std::FILE* out, std::size_t wide, std::string const& id, Text const& text) const {
        std::string said = id + std::string(wide - id.size(), ' ');
        for (column const& c : columns_) {
            std::string const shown = text(c);
            said += "  " + shown + std::string(std::max(c.name.size(), std::size_t{7}) - std::min(shown.size(), c.name.size()), ' ');
        }
        said.erase(said.find_last_not_of(' ') + 1);
        std::fprintf(out, "%s\n", said.c_str());
    }

    [[nodiscard]] std::size_t count(acs::conformance::verdict what) const {
        std::size_t sum = 0;
        for (column const& c : columns_)
            for (acs::conformance::outcome const& o : c.outcomes) sum += o.what == what ? 1 : 0;
        return sum;
    }

    std::vector<std::string> rows_{};
    std::vector<column> columns_{};
};

}  // namespace acs_transports

#endif
