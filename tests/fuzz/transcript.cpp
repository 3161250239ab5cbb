// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any text as a transcript: it is refused with a line that it has, or it is read, kept without secrets, and replayed.
#include <acs/testing/recording.hpp>
#include <acs/testing/replay.hpp>
#include <acs/testing/scrub.hpp>
#include <acs/testing/transcript.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/input.hpp"

namespace fuzz_transcript {

namespace {

using acs::testing::recorded_exchange;
using acs::testing::transcript;
using fuzz::require;

/// Takes any answer.
struct answer_counter {
    std::size_t bytes{};
    void status(std::uint16_t) noexcept {}
    bool field(std::string_view, std::string_view) noexcept { return true; }
    bool body(std::string_view piece) noexcept {
        bytes += piece.size();
        return true;
    }
};

std::optional<acs::method> method_of(std::string_view name) {
    for (auto const m :
         {acs::method::get, acs::method::post, acs::method::put, acs::method::patch, acs::method::delete_, acs::method::head})
        if (acs::name(m) == name) return m;
    return {};
}

/// The fault is told with a line of the text, or the one behind its end.
void check_refusal(std::string const& wrong, std::string_view text, transcript const& made) {
    require(made.exchanges.empty() && wrong.starts_with("line "));
    std::string_view const digits = std::string_view(wrong).substr(5, std::min(wrong.find_first_not_of("0123456789", 5), wrong.size()) - 5);
    auto const number = acs::parse_integer(digits);
    require(number && *number >= 1 && *number <= std::count(text.begin(), text.end(), '\n') + 1);
}

/// The requests that were recorded, sent again.
void check_replay(transcript const& made) {
    acs::testing::replay replay{made};
    answer_counter sink;
    for (recorded_exchange const& x : made.exchanges) {
        auto const verb = method_of(x.request.method);
        if (!verb || (x.request.scheme != "https" && x.request.scheme != "http") || !x.request.apart()) return;
        std::vector<acs::field> fields;
        for (auto const& [name, value] : x.request.fields) fields.push_back({name, value});
        acs::request sent{};
        sent.scheme = x.request.scheme == "https" ? acs::scheme::https : acs::scheme::http;
        sent.verb = *verb;
        sent.host = x.request.host;
        sent.target = x.request.target;
        sent.fields = fields;
        sent.body = acs::request_body(x.request.body);
        std::size_t const before = sink.bytes;
        auto const carried = replay.perform(sent, sink);
        require(carried.has_value() == !x.failure && replay.difference().empty());
        require(sink.bytes - before == (x.failure ? 0 : x.answer.body.size()));

        // Another method is noticed, by a replay of its own.
        acs::testing::replay other{transcript{{x}}};
        sent.verb = *verb == acs::method::get ? acs::method::post : acs::method::get;
        auto const refused = other.perform(sent, sink);
        require(!refused && refused.error().origin == acs::origin::caller && !other.difference().empty() && !other.finished());
    }
    require(replay.finished() && replay.replayed() == made.exchanges.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::owned_text const text({reinterpret_cast<char const*>(data), size});
    transcript made;
    if (auto const wrong = transcript::load(text.view(), made)) {
        check_refusal(*wrong, text.view(), made);
        return 0;
    }
    std::string const saved = made.save();
    transcript again;
    require(!transcript::load(saved, again) && again.exchanges.size() == made.exchanges.size());
    for (std::size_t i = 0; i < made.exchanges.size(); ++i) {
        recorded_exchange const &before = made.exchanges[i], &after = again.exchanges[i];
        require(before.failure == after.failure && before.answer.status == after.answer.status);
        require(before.request.fields.size() == after.request.fields.size() && before.answer.fields.size() == after.answer.fields.size());
        for (std::size_t k = 0; k < after.request.fields.size(); ++k)
            if (acs::testing::is_secret_field(after.request.fields[k].first))
                require(after.request.fields[k].second == acs::testing::hidden ||
                        acs::equal_ignoring_case(after.request.fields[k].first, "authorization"));
        for (auto const& [name, value] : after.answer.fields)
            if (acs::testing::is_secret_field(name)) require(value == acs::testing::hidden);
    }
    check_replay(made);
    check_replay(again);
    return 0;
}

}  // namespace fuzz_transcript
