// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_CHANGES_HPP
#define ACS_EXPLAIN_CHANGES_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/explain/echo_text.hpp>
#include <acs/explain/explanation.hpp>

#include <cstddef>
#include <string_view>

// What happened to one value on its way, by trying what usually happens.
namespace acs::inline ACS_ABI {

namespace changes {

/// Whether both are the same after `fold`, which maps a byte to another one, or to -1 to leave it out.
template <class Fold>
[[nodiscard]] constexpr bool same_after(std::string_view ours, echo_reader theirs, Fold fold) noexcept {
    auto const next_of_theirs = [&] {
        for (int c = theirs.next(); c != -1; c = theirs.next())
            if (int const folded = fold(static_cast<char>(c)); folded != -1) return folded;
        return -1;
    };
    for (char const c : ours)
        if (int const folded = fold(c); folded != -1 && folded != next_of_theirs()) return false;
    return next_of_theirs() == -1;
}

[[nodiscard]] constexpr int keep(char c) noexcept { return static_cast<unsigned char>(c); }

/// Whether ours, with each `from` written as `to`, is what is read.
[[nodiscard]] constexpr bool replaced(std::string_view ours, echo_reader const& theirs, char from, std::string_view to) noexcept {
    return matches(theirs, [&](auto& out) {
        for (char const& c : ours) out.write(c == from ? to : std::string_view(&c, 1));
    });
}

/// How many bytes of ours come first in theirs, and whether theirs ends there.
struct common_prefix {
    std::size_t size{};
    bool theirs_end{};
};

[[nodiscard]] constexpr common_prefix common(std::string_view ours, echo_reader theirs) noexcept {
    for (std::size_t i = 0; i < ours.size(); ++i)
        if (int const c = theirs.next(); c != static_cast<unsigned char>(ours[i])) return {i, c == -1};
    return {ours.size(), theirs.next() == -1};
}

/// Whether a path has a segment of one or two dots.
[[nodiscard]] constexpr bool has_dot_segment(std::string_view path) noexcept {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= path.size(); ++i) {
        if (i != path.size() && path[i] != '/') continue;
        std::string_view const segment(path.data() + begin, i - begin);
        if (segment == "." || segment == "..") return true;
        begin = i + 1;
    }
    return false;
}

}  // namespace changes

/// What became of a value. `theirs` reads it decoded.
[[nodiscard]] constexpr cause cause_of_change(std::string_view ours, echo_reader const& theirs) noexcept {
    using namespace changes;
    common_prefix const same = common(ours, theirs);
    if (same.size == ours.size() && same.theirs_end) return cause::encoded_differently;
    if (matches(theirs, [&](auto& out) { percent_encode(ours, out); }) || replaced(ours, theirs, '%', "%25")) return cause::encoded_twice;
    if (same.size == ours.size()) return cause::extended;
    if (same_after(ours, theirs, [](char c) { return keep(c == '+' ? ' ' : c); }))
        return ours[same.size] == '+' ? cause::space_for_plus : cause::plus_for_space;
    if (matches(theirs, [&](auto& out) { static_cast<void>(percent_decode(ours, out)); }) ||
        matches(theirs, [&](auto& out) { static_cast<void>(percent_decode(ours, true, out)); }))
        return same.theirs_end && same.size == 0 ? cause::shortened : cause::decoded;
    if (same_after(ours, theirs, [](char c) { return keep(to_lower(c)); })) return cause::letter_case;
    if (same_after(ours, theirs, [](char c) { return c == '\r' ? -1 : keep(c); })) return cause::line_ends;
    if (same.theirs_end && same.size == 0) return cause::shortened;
    if (same_after(ours, theirs, [](char c) { return is_space(c) ? -1 : keep(c); })) return cause::white_space;
    if (same.theirs_end) return cause::shortened;
    if (static_cast<unsigned char>(ours[same.size]) >= 0x80) return cause::character_set;
    return cause::changed;
}

/// What became of a path. `theirs` reads it as it is signed.
[[nodiscard]] constexpr cause cause_of_path(std::string_view ours, echo_reader const& theirs, echo_reader const& decoded) noexcept {
    using namespace changes;
    if (same_after(ours, theirs, [](char c) { return keep(to_lower(c)); })) return cause::letter_case;
    if (replaced(ours, theirs, '%', "%25")) return cause::encoded_twice;
    if (matches(decoded, [&](auto& out) { static_cast<void>(percent_decode(ours, out)); })) return cause::decoded;
    if (matches(theirs, [&](auto& out) {
            char before = '\0';
            for (char const& c : ours) {
                if (c != '/' || before != '/') out.write({&c, 1});
                before = c;
            }
        }))
        return cause::slashes_merged;
    common_prefix const same = common(ours, theirs);
    if (same.theirs_end && same.size + 1 == ours.size() && ours.back() == '/') return cause::trailing_slash;
    if (matches(theirs, [&](auto& out) {
            out.write(ours);
            out.write("/");
        }))
        return cause::trailing_slash;
    return has_dot_segment(ours) ? cause::dot_segments : cause::path_rewritten;
}

}  // namespace acs::inline ACS_ABI

#endif
