// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_DIFFER_HPP
#define ACS_EXPLAIN_DIFFER_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/marks.hpp>
#include <acs/explain/changes.hpp>
#include <acs/explain/compare.hpp>
#include <acs/explain/echo_text.hpp>
#include <acs/explain/explanation.hpp>
#include <acs/explain/neighbours.hpp>
#include <acs/explain/secrets.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// From the first byte that differs to the part that was changed, and how.
class difference_reader {
public:
    constexpr difference_reader(echo_text const& theirs, signature_style style, std::span<param const> params,
                                std::span<field const> fields, request_secrets const& secrets) noexcept
        : theirs_(&theirs), style_(style), params_(params), fields_(fields), secrets_(&secrets) {}

    /// Pre: `d.found`.
    constexpr void read(text_difference const& d, explanation& e) const noexcept {
        e.text_offset = d.offset;
        e.ours_end = d.ours_end;
        e.theirs_end = d.theirs_end;
        text_spot const& at = d.at;
        e.part = at.part;
        e.name = at.name;
        if (d.theirs_end) return read_end(d, e);

        bool const header = at.part == text_part::header;
        part_lists const list = lists(header ? text_part::header : text_part::parameter);
        if (at.part == text_part::query) return read_list(list, {}, at.theirs, e);
        if (begins_header(d)) {
            e.part = text_part::header;
            return read_list(lists(text_part::header), {}, d.their_offset, e);
        }
        bool const named = at.part == text_part::parameter || (header && !is_bare_line(at));
        if (!d.inside && (at.part == text_part::parameter || at.part == text_part::path)) {
            // Both sides are at the end of a part, and the next ones are not the same.
            bool const path = at.part == text_part::path;  // in which a separator of parameters is a byte like any other
            std::size_t const next = path ? list.behind_path(d.their_offset) : list.behind(d.their_offset);
            if (next != part_lists::none) return read_list(list, {}, next, e);
            bool const theirs_over = list.end(d.their_offset) == d.their_offset;
            if (theirs_over && !path) return read_list(list, d.next.name, part_lists::none, e);
        }
        if (d.inside && named && !at.in_value) return read_name(list, d, e);
        read_value(list, d, e);
    }

private:
    [[nodiscard]] constexpr part_lists lists(text_part what) const noexcept { return {*theirs_, style_, what, params_, fields_}; }

    /// Whether it is a header of ROA 1.0 that stands in a line of its own, without its name.
    [[nodiscard]] static constexpr bool is_bare_line(text_spot const& at) noexcept { return at.in_value && at.value_begin == at.begin; }

    /// Whether theirs goes on with a header where ours has none any more.
    [[nodiscard]] constexpr bool begins_header(text_difference const& d) const noexcept {
        bool const behind = d.at.part == text_part::header && !d.inside && d.offset != d.at.end;
        bool const before = d.at.part == text_part::path && style_ == signature_style::roa && d.offset == d.at.begin;
        return (behind || before) && lists(text_part::header).begins(d.their_offset);
    }

    /// Theirs ends before ours.
    constexpr void read_end(text_difference const& d, explanation& e) const noexcept {
        e.why = cause::cut_off;
        if (d.inside) {
            set_offset(d, e);
        } else {  // in front of the next part: each text that is signed ends in one
            e.part = d.next.part;
            e.name = d.next.name;
            // Where no bracket closes the text, nobody can tell what is cut off from what was never there.
            if (d.next.part == text_part::parameter && style_ != signature_style::acs3) e.why = cause::missing;
        }
    }

    /// Items of different names meet: behind the last of ours, or one of ours that is there no more.
    constexpr void read_list(part_lists const& list, std::string_view ours, std::size_t theirs, explanation& e) const noexcept {
        list_difference const found = compare_lists(list, ours, theirs);
        e.why = found.why;
        e.name = found.of_theirs && !secrets_->may_show(found.name) ? std::string_view() : found.name;
        if (e.part != text_part::header) e.part = text_part::parameter;
    }

    constexpr void read_name(part_lists const& list, text_difference const& d, explanation& e) const noexcept {
        if (list.begins(d.at.theirs) && list.has_name(d.at.theirs, d.at.name)) return read_value(list, d, e);  // ours is a bare name
        read_list(list, d.at.name, d.at.theirs, e);
    }

    constexpr void set_offset(text_difference const& d, explanation& e) const noexcept {
        std::size_t const begin = d.at.in_value ? d.at.value_begin : d.at.begin;
        e.offset = d.offset - begin;
        if (d.theirs_end || d.ours_end || is_secret_name(d.at.name)) return;
        e.shows_bytes = true;
        e.ours = d.ours;
        e.theirs = d.theirs;
    }

    /// One part, with another value.
    constexpr void read_value(part_lists const& list, text_difference const& d, explanation& e) const noexcept {
        set_offset(d, e);
        text_spot const& at = d.at;
        std::size_t const begin = at.in_value ? at.their_value : at.theirs;
        switch (at.part) {
            case text_part::none: break;
            case text_part::method: e.why = cause::method_changed; break;
            case text_part::path: {
                std::size_t const end = path_end(begin);
                e.why = cause_of_path(at.value, echo_reader(*theirs_, begin, end, 0), echo_reader(*theirs_, begin, end, 1));
                break;
            }
            case text_part::query:
            case text_part::parameter: read_parameter(list, d, begin, e); break;
            case text_part::header: read_header(list, d, begin, e); break;
            case text_part::signed_list: e.why = cause::list_changed; break;
            case text_part::body_hash: e.why = cause::body_changed; break;
            case text_part::algorithm: e.why = cause::algorithm; break;
            case text_part::request_hash: e.why = cause::request_hash; break;
        }
    }

    [[nodiscard]] constexpr std::size_t path_end(std::size_t at) const noexcept {
        char const end = style_ == signature_style::rpc ? '&' : style_ == signature_style::roa ? '?' : '\n';
        while (!theirs_->at_end(at) && theirs_->match(at, end) == 0) at = theirs_->after(at);
        return at;
    }

    constexpr void read_parameter(part_lists const& list, text_difference const& d, std::size_t begin, explanation& e) const noexcept {
        unsigned const depth = style_ == signature_style::rpc ? 2 : style_ == signature_style::acs3 ? 1 : 0;
        std::size_t const end = list.end(d.at.theirs);
        if (!d.at.in_value) begin = list.value_of(d.at.theirs);
        std::size_t const next = list.behind(end);
        bool const twice = next != part_lists::none && list.has_name(next, d.at.name);
        e.why = twice ? cause::repeated : cause_of_change(d.at.value, echo_reader(*theirs_, begin, end, depth));
    }

    constexpr void read_header(part_lists const& list, text_difference const& d, std::size_t begin, explanation& e) const noexcept {
        text_spot const& at = d.at;
        std::size_t const end = list.end(begin);
        echo_reader const theirs(*theirs_, begin, end, 0);
        cause const change = cause_of_change(at.value, theirs);
        bool const longer = change == cause::extended;
        bool const type = equal_ignoring_case(at.name, "content-type");
        e.why = change;
        if (begin == end && is_bare_line(at))
            e.why = cause::missing;
        else if (at.value.empty() && is_bare_line(at))
            e.why = cause::added;
        else if (equal_ignoring_case(at.name, "host"))
            e.why = cause::host_rewritten;
        else if (equal_ignoring_case(at.name, "x-acs-content-sha256"))
            e.why = cause::body_changed;
        else if (longer && theirs_->match(d.their_offset, ',') != 0)
            e.why = cause::repeated;
        else if (type && longer)
            e.why = cause::media_type;
    }

    echo_text const* theirs_;
    signature_style style_;
    std::span<param const> params_;
    std::span<field const> fields_;
    request_secrets const* secrets_;
};

}  // namespace acs::inline ACS_ABI

#endif
