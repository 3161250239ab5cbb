// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_REPORT_HPP
#define ACS_TESTING_CONFORMANCE_REPORT_HPP

#include <acs/core/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acs::conformance::inline ACS_ABI {

/// What became of a case.
enum class verdict : std::uint8_t { passed, failed, skipped };

/// A case that was tried, or skipped: `why` is empty if it passed.
struct outcome {
    std::string id{};
    verdict what{};
    std::string why{};
};

/// Keeps what became of each case, and says of a failing one where it goes wrong: stage and first differing byte.
class report {
public:
    /// Writes to `out`, which it does not close: a line for each case that fails or is skipped, or for each at all. Null: nowhere.
    explicit report(std::FILE* out, bool all = false) : out_(out), all_(all) {}

    void begin(std::string_view id) { now_ = {std::string(id)}; }

    /// One stage of the case. A case goes on after a failure, but only the first is told.
    void equal(std::string_view stage, std::string_view expected, std::string_view got) {
        if (expected == got) return;
        std::size_t const common = std::min(expected.size(), got.size());
        std::size_t at = 0;
        while (at < common && expected[at] == got[at]) ++at;
        fail(stage, "differs at byte " + std::to_string(at) + ": expected " + excerpt(expected, at) + ", got " + excerpt(got, at));
    }

    void fail(std::string_view stage, std::string_view why) {
        if (now_.what != verdict::passed) return;
        now_.what = verdict::failed;
        now_.why.append(stage).append(": ").append(why);
        say(all_ ? "FAILED  " : "", now_);
    }

    void end() {
        if (now_.what == verdict::passed && all_) say("ok      ", now_);
        outcomes_.push_back(std::move(now_));
    }

    /// A case that can't be had here: it counts neither as passed nor as failed.
    void skip(std::string_view id, std::string_view why) {
        outcomes_.push_back({std::string(id), verdict::skipped, std::string(why)});
        say("skipped ", outcomes_.back());
    }

    /// Every case so far, in order.
    [[nodiscard]] std::vector<outcome> const& outcomes() const noexcept { return outcomes_; }
    [[nodiscard]] std::size_t passed() const noexcept { return count(verdict::passed); }
    [[nodiscard]] std::size_t failed() const noexcept { return count(verdict::failed); }
    [[nodiscard]] std::size_t skipped() const noexcept { return count(verdict::skipped); }

    /// The closing line; whether all is well.
    bool close() const {
        if (out_ != nullptr) std::fprintf(out_, "%zu passed, %zu failed\n", passed(), failed());
        return passed() != 0 && failed() == 0;
    }

private:
    void say(char const* label, outcome const& o) const {
        if (out_ != nullptr) std::fprintf(out_, "%s%s%s%s\n", label, o.id.c_str(), o.why.empty() ? "" : ": ", o.why.c_str());
    }

    [[nodiscard]] std::size_t count(verdict what) const noexcept {
        auto const is = [what](outcome const& o) { return o.what == what; };
        return static_cast<std::size_t>(std::count_if(outcomes_.begin(), outcomes_.end(), is));
    }

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
    outcome now_{};
    std::vector<outcome> outcomes_{};
};

}  // namespace acs::conformance::inline ACS_ABI

#endif
