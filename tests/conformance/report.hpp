// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Counts cases and says of a failing one where it goes wrong: stage and first differing byte.
#ifndef ACS_TESTS_CONFORMANCE_REPORT_HPP
#define ACS_TESTS_CONFORMANCE_REPORT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace conformance {

class report {
public:
    explicit report(std::FILE* out) : out_(out) {}

    void begin(std::string_view id) {
        id_ = id;
        good_ = true;
    }

    /// One stage of the case.
    void equal(std::string_view stage, std::string_view expected, std::string_view got) {
        if (expected == got) return;
        std::size_t const common = std::min(expected.size(), got.size());
        std::size_t at = 0;
        while (at < common && expected[at] == got[at]) ++at;
        fail(stage, "differs at byte " + std::to_string(at) + ": expected " + excerpt(expected, at) + ", got " + excerpt(got, at));
    }

    void fail(std::string_view stage, std::string_view why) {
        if (good_)
            std::fprintf(out_, "%s: %.*s: %.*s\n", id_.c_str(), static_cast<int>(stage.size()), stage.data(), static_cast<int>(why.size()),
                         why.data());
        good_ = false;
    }

    void end() { ++(good_ ? passed_ : failed_); }

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
    std::string id_{};
    bool good_{true};
    std::size_t passed_{};
    std::size_t failed_{};
};

}  // namespace conformance

#endif
