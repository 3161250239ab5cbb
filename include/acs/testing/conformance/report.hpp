// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_REPORT_HPP
#define ACS_TESTING_CONFORMANCE_REPORT_HPP

#include <acs/core/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace acs::conformance::inline ACS_ABI {

/// Counts cases, and says of a failing one where it goes wrong: stage and first differing byte.
class report {
public:
    /// Writes to `out`, which it does not close: a line for each case that fails, or for each at all.
    explicit report(std::FILE* out, bool all = false) : out_(out), all_(all) {}

    void begin(std::string_view id) {
        id_ = id;
        good_ = true;
    }

    /// One stage of the case. A case goes on after a failure, but only the first is told.
    void equal(std::string_view stage, std::string_view expected, std::string_view got) {
        if (expected == got) return;
        std::size_t const common = std::min(expected.size(), got.size());
        std::size_t at = 0;
        while (at < common && expected[at] == got[at]) ++at;
        fail(stage, "differs at byte " + std::to_string(at) + ": expected " + excerpt(expected, at) + ", got " + excerpt(got, at));
    }

    void fail(std::string_view stage, std::string_view why) {
        if (good_)
            std::fprintf(out_, "%s%s: %.*s: %.*s\n", all_ ? "FAILED  " : "", id_.c_str(), static_cast<int>(stage.size()), stage.data(),
                         static_cast<int>(why.size()), why.data());
        good_ = false;
    }

    void end() {
        if (good_ && all_) std::fprintf(out_, "ok      %s\n", id_.c_str());
        ++(good_ ? passed_ : failed_);
    }

    /// A case that can't be had here: it counts as nothing.
    void skip(std::string_view id, std::string_view why) {
        std::fprintf(out_, "skipped %.*s: %.*s\n", static_cast<int>(id.size()), id.data(), static_cast<int>(why.size()), why.data());
    }

    [[nodiscard]] std::size_t passed() const noexcept { return passed_; }
    [[nodiscard]] std::size_t failed() const noexcept { return failed_; }

    /// The closing line; whether all is well.
    bool close() const {
        std::fprintf(out_, "%zu passed, %zu failed\n", passed_, failed_);
        return passed_ != 0 && failed_ == 0;
    }

private:
    static std::string excerpt(std::string_view text, std::size_t at) {
        std::string shown = "\"";
        for (char const c : text.substr(at, 32)) {
            if (c == '\n')
                shown += "\\n";
            else if (static_cast<unsigned char>(c) < 0x20)
                shown += '?';
            else
                shown += c;
        }
        return shown + '"';
    }

    std::FILE* out_;
    bool all_;
    std::string id_{};
    bool good_{true};
    std::size_t passed_{};
    std::size_t failed_{};
};

}  // namespace acs::conformance::inline ACS_ABI

#endif
