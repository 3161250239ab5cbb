// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Dates, times, waits and numbers, as headers bring them: the first byte chooses what the rest is read as.
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <dataworks/workflow/pace.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "fuzz/input.hpp"

namespace fuzz_dates {

namespace {

using fuzz::require;

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), acs::is_digit); }

/// Every date that is read is written as it was, but for the case of what says nothing and the weekday, which nobody checks.
void check_dates(std::string_view text) {
    if (auto const read = acs::parse_iso8601(text)) {
        require(acs::writable(*read));
        require(fuzz::written([&](auto& out) { acs::write_iso8601(*read, out); }) == text);
    }
    if (auto const read = acs::parse_http_date(text)) {
        require(acs::writable(*read));
        std::string const again = fuzz::written([&](auto& out) { acs::write_http_date(*read, out); });
        require(again.substr(3) == text.substr(3) && acs::parse_http_date(again) == *read);
    }
}

/// Any time that can be written is read back, and its neighbours are neighbours.
void check_time(std::uint64_t number) {
    acs::wall_time const t{static_cast<std::int64_t>(number % 253'402'300'800)};
    std::string const iso = fuzz::written([&](auto& out) { acs::write_iso8601(t, out); });
    std::string const http = fuzz::written([&](auto& out) { acs::write_http_date(t, out); });
    require(iso.size() == 20 && http.size() == 29 && acs::parse_iso8601(iso) == t && acs::parse_http_date(http) == t);
    acs::wall_time const next{t.seconds + 1};
    if (acs::writable(next)) require(fuzz::written([&](auto& out) { acs::write_iso8601(next, out); }) > iso);
    require(http.substr(5, 2) == iso.substr(8, 2) && http.substr(12, 4) == iso.substr(0, 4) && http.substr(17, 8) == iso.substr(11, 8));
}

/// The standard library reads the same integers; waits are read by ordinary arithmetic of more bits.
void check_numbers(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const good = error == std::errc() && end == text.data() + text.size();
    require(acs::parse_integer(text) == (good ? std::optional(value) : std::nullopt));

    std::array<acs::field, 2> const fields{{{"x-Acs-Retry-After", text}, {"x-acs-retry-after", "7"}}};
    std::string_view const trimmed = acs::trim(text);
    std::uint64_t wait = 0;
    if (all_digits(trimmed))
        for (char const c : trimmed) wait = std::min<std::uint64_t>(wait * 10 + static_cast<unsigned>(c - '0'), UINT32_MAX);
    require(acs::retry_after_ms(fields) == wait);
}

/// How a job waits: never backwards, never beyond its deadline.
void check_pace(fuzz::input& in) {
    dataworks::job_pace const pace{static_cast<std::uint32_t>(in.number(4)), static_cast<std::uint32_t>(in.number(4)),
                                   static_cast<std::uint32_t>(in.number(4)), static_cast<std::uint32_t>(in.number(4))};
    acs::moment const now{.wall = {static_cast<std::int64_t>(in.number(8))}, .now = {in.number(8)}};
    acs::wall_time const started{static_cast<std::int64_t>(in.number(8))}, seen{static_cast<std::int64_t>(in.number(8))};
    acs::tick const end = pace.deadline(now, started, seen);
    require(end >= now.now && (pace.deadline_ms == 0 || end.ms - now.now.ms <= pace.deadline_ms));
    static_cast<void>(pace.start(now, end, started));
    std::uint32_t wait = pace.first();
    require(wait >= 100 && wait <= std::max(pace.max_wait_ms, 100U));
    for (int i = 0; i < 8; ++i) {
        std::uint32_t const next = pace.after(wait);
        require(next >= wait && next <= std::max(pace.max_wait_ms, 100U));
        wait = next;
    }
    std::uint64_t const left = in.number(3);
    std::uint64_t asked = 0, at = 0;
    wait = pace.first();
    std::uint64_t const most = pace.most_questions(left, wait);
    for (; at < left && asked <= 2000; ++asked, wait = pace.after(wait)) at += wait;
    require(asked > 2000 ? most > 2000 : most == asked);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    switch (in.below(4)) {
        case 0: check_dates(in.rest()); break;
        case 1: check_time(in.number(8)); break;
        case 2: check_numbers(in.rest()); break;
        default: check_pace(in); break;
    }
    return 0;
}

}  // namespace fuzz_dates
