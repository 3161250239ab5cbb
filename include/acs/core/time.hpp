// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_TIME_HPP
#define ACS_CORE_TIME_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// Two clocks, two types: wall time goes into signatures, ticks measure waits. Neither is read here; both are arguments everywhere.
namespace acs::inline ACS_ABI {

/// A point in time as a calendar sees it.
struct wall_time {
    std::int64_t seconds{};  ///< since 1970-01-01T00:00:00Z, without leap seconds

    friend constexpr auto operator<=>(wall_time const&, wall_time const&) noexcept = default;
};

/// A reading of a clock that is never set and never goes back, from an origin of its own.
struct tick {
    std::uint64_t ms{};  ///< milliseconds

    friend constexpr auto operator<=>(tick const&, tick const&) noexcept = default;
};

/// What a state machine may know of the world at one instant. A fresh one for every input: the random bytes become nonces.
struct moment {
    wall_time wall{};                       ///< for dates in signatures
    tick now{};                             ///< for waits and deadlines
    std::array<std::uint8_t, 16> random{};  ///< from a cryptographic source, never used before
};

/// The time so many seconds later. Wraps, as does what follows: a clock may say anything, and a time that makes no sense is refused when a
/// request is prepared.
[[nodiscard]] constexpr wall_time shift(wall_time t, std::int64_t seconds) noexcept {
    return {static_cast<std::int64_t>(static_cast<std::uint64_t>(t.seconds) + static_cast<std::uint64_t>(seconds))};
}

/// How many seconds lie between two times; below 0 if `to` is the earlier one.
[[nodiscard]] constexpr std::int64_t distance(wall_time from, wall_time to) noexcept {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(to.seconds) - static_cast<std::uint64_t>(from.seconds));
}

/// Whether the texts here can state the time: 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
[[nodiscard]] constexpr bool writable(wall_time t) noexcept { return t.seconds >= 0 && t.seconds <= 253'402'300'799; }

namespace calendar {

inline constexpr std::string_view weekdays = "ThuFriSatSunMonTueWed"sv;  // 1970-01-01 was a Thursday
inline constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec"sv;

/// Date and time of day, in UTC.
struct fields {
    std::uint32_t days{};  // since 1970-01-01
    std::uint32_t year{}, month{}, day{};
    std::uint32_t hour{}, minute{}, second{};
};

/// Days since 1970-01-01.
[[nodiscard]] constexpr std::uint32_t days(wall_time t) noexcept {
    // Everything is 32-bit work after the first shift: 64-bit division costs firmware 700 bytes. 86400 is 675 << 7.
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(t.seconds) >> 7) / 675;
}

[[nodiscard]] constexpr fields split(wall_time t) noexcept {
    fields f{};
    f.days = days(t);
    std::uint32_t const of_day = static_cast<std::uint32_t>(t.seconds) - f.days * 86'400;  // modulo 2^32, and so exact
    f.hour = of_day / 3600;
    f.minute = of_day / 60 % 60;
    f.second = of_day % 60;
    // Years that begin in March put the leap day last; 719468 days lie between 0000-03-01 and 1970-01-01. Centuries and years are counted
    // in quarters of a day, which makes both of them of one length; five months of these years are 153 days, from any March or August on.
    std::uint32_t const quarters = 4 * (f.days + 719'468) + 3;
    std::uint32_t const century = quarters / 146'097;
    std::uint32_t const of_century = quarters % 146'097 | 3U;
    std::uint32_t const of_year = of_century % 1461 / 4;
    std::uint32_t const fifths = 5 * of_year + 461;
    std::uint32_t const month = fifths / 153;  // from 3
    f.day = fifths % 153 / 5 + 1;
    f.month = month > 12 ? month - 12 : month;
    f.year = century * 100 + of_century / 1461 + (month > 12 ? 1 : 0);
    return f;
}

/// The inverse; `days` is not read. Empty if no such time exists between 1970 and 9999.
[[nodiscard]] constexpr std::optional<wall_time> join(fields const& f) noexcept {
    bool const leap = f.year % 4 == 0 && (f.year % 100 != 0 || f.year % 400 == 0);
    std::uint32_t const length = f.month == 2 ? (leap ? 29 : 28) : 30 + ((f.month ^ f.month >> 3) & 1U);
    if (f.year < 1970 || f.year > 9999 || f.month < 1 || f.month > 12 || f.day < 1 || f.day > length) return {};
    if (f.hour > 23 || f.minute > 59 || f.second > 59) return {};
    std::uint32_t const year = f.month <= 2 ? f.year - 1 : f.year;
    std::uint32_t const march_month = f.month <= 2 ? f.month + 9 : f.month - 3;
    std::uint32_t const of_year = (153 * march_month + 2) / 5 + f.day - 1;
    std::uint32_t const days = year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719'468;
    return wall_time{static_cast<std::int64_t>(days) * 86'400 + f.hour * 3600 + f.minute * 60 + f.second};
}

/// Overwrites four bytes with the digits of a year.
constexpr void put_year(std::uint32_t year, char* out) noexcept {
    put_two_digits(year / 100, out);
    put_two_digits(year % 100, out + 2);
}

/// Overwrites 20 bytes with `2023-10-26T10:22:32Z`.
constexpr void put_iso8601(wall_time t, char* out) noexcept {
    fields const f = split(t);
    if constexpr (!ACS_SMALL_CODE) {
        copy_text({"0000-00-00T00:00:00Z", 20}, out);
        put_two_digits(f.year / 100, out);
        put_two_digits(f.year % 100, out + 2);
        put_two_digits(f.month, out + 5);
        put_two_digits(f.day, out + 8);
        put_two_digits(f.hour, out + 11);
        put_two_digits(f.minute, out + 14);
        put_two_digits(f.second, out + 17);
        return;
    }
    std::array<std::uint32_t, 7> const pairs{f.year / 100, f.year % 100, f.month, f.day, f.hour, f.minute, f.second};
    char const* behind = "0--T::Z";
    for (std::uint32_t const pair : pairs) {
        put_two_digits(pair, out);
        out[2] = *behind++;
        out += out[2] == '0' ? 2 : 3;  // nothing stands inside the year
    }
}

/// Overwrites the digits of `00:00:00`.
constexpr void put_clock(std::uint32_t hour, std::uint32_t minute, std::uint32_t second, char* out) noexcept {
    put_two_digits(hour, out);
    put_two_digits(minute, out + 3);
    put_two_digits(second, out + 6);
}

/// Whether the text has the shape: `0` stands for any digit, `a` for any letter, everything else for itself.
[[nodiscard]] constexpr bool has_shape(std::string_view text, std::string_view shape) noexcept {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        char const lower = to_lower(text[i]);
        bool const same = shape[i] == '0' ? is_digit(text[i]) : shape[i] == 'a' ? lower >= 'a' && lower <= 'z' : text[i] == shape[i];
        if (!same) return false;
    }
    return true;
}

/// The number that the digits at `offset` state. Pre: there are that many, and they are digits.
[[nodiscard]] constexpr std::uint32_t number(std::string_view text, std::size_t offset, std::size_t digits) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = offset; i < offset + digits; ++i) value = value * 10 + static_cast<std::uint32_t>(text[i] - '0');
    return value;
}

/// Which of the three-letter names stands at `offset`, from 0; their count if none does. Case counts.
[[nodiscard]] constexpr std::uint32_t index(std::string_view text, std::size_t offset, std::string_view names) noexcept {
    std::uint32_t i = 0;
    while (3 * i < names.size() && std::string_view(names.data() + 3 * i, 3) != std::string_view(text.data() + offset, 3)) ++i;
    return i;
}

}  // namespace calendar

/// Writes `2023-10-26T10:22:32Z`, 20 bytes (protocol 0.6). Pre: writable(t).
template <sink S>
constexpr void write_iso8601(wall_time t, S& out) noexcept {
    ACS_ASSERT(writable(t));
    std::array<char, 20> text;
    calendar::put_iso8601(t, text.data());
    out.write({text.data(), text.size()});
}

/// Writes `Thu, 26 Oct 2023 10:22:32 GMT`, 29 bytes, in English whatever the locale (protocol 0.6). Pre: writable(t).
template <sink S>
constexpr void write_http_date(wall_time t, S& out) noexcept {
    ACS_ASSERT(writable(t));
    calendar::fields const f = calendar::split(t);
    std::array<char, 29> text{'T', 'h', 'u', ',', ' ', '0', '0', ' ', 'O', 'c', 't', ' ', '0', '0', '0',
                              '0', ' ', '0', '0', ':', '0', '0', ':', '0', '0', ' ', 'G', 'M', 'T'};
    copy_n(calendar::weekdays.data() + f.days % 7 * 3, 3, text.data());
    copy_n(calendar::months.data() + (f.month - 1) * 3, 3, text.data() + 8);
    put_two_digits(f.day, text.data() + 5);
    calendar::put_year(f.year, text.data() + 12);
    put_two_digits(f.hour, text.data() + 17);
    put_two_digits(f.minute, text.data() + 20);
    put_two_digits(f.second, text.data() + 23);
    out.write({text.data(), text.size()});
}

/// Reads exactly what `write_iso8601` writes: no other zone, no fraction, no leap second. Empty for any other text and for dates that
/// do not exist.
[[nodiscard]] constexpr std::optional<wall_time> parse_iso8601(std::string_view text) noexcept {
    if (!calendar::has_shape(text, "0000-00-00T00:00:00Z")) return {};
    calendar::fields f{};
    f.year = calendar::number(text, 0, 4);
    f.month = calendar::number(text, 5, 2);
    f.day = calendar::number(text, 8, 2);
    f.hour = calendar::number(text, 11, 2);
    f.minute = calendar::number(text, 14, 2);
    f.second = calendar::number(text, 17, 2);
    return calendar::join(f);
}

/// Reads the IMF-fixdate form of RFC 9110, the only one that may be sent today: what `write_http_date` writes. The weekday has to be one
/// of the seven names, but not the right one. Empty for any other text (the two obsolete forms included) and for dates that do not exist.
[[nodiscard]] constexpr std::optional<wall_time> parse_http_date(std::string_view text) noexcept {
    if (!calendar::has_shape(text, "aaa, 00 aaa 0000 00:00:00 GMT")) return {};
    if (calendar::index(text, 0, calendar::weekdays) == 7) return {};
    calendar::fields f{};
    f.day = calendar::number(text, 5, 2);
    f.month = calendar::index(text, 8, calendar::months) + 1;  // 13 if it is no month, which join() refuses
    f.year = calendar::number(text, 12, 4);
    f.hour = calendar::number(text, 17, 2);
    f.minute = calendar::number(text, 20, 2);
    f.second = calendar::number(text, 23, 2);
    return calendar::join(f);
}

}  // namespace acs::inline ACS_ABI

#endif
