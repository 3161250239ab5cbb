// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_NEIGHBOURS_HPP
#define ACS_EXPLAIN_NEIGHBOURS_HPP

#include <acs/core/config.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/marks.hpp>
#include <acs/explain/compare.hpp>
#include <acs/explain/echo_text.hpp>
#include <acs/explain/explanation.hpp>

#include <cstddef>
#include <span>
#include <string_view>

// Parameters and headers as lists: where an item of ours and one of theirs have different names, which of them is one too many.
namespace acs::inline ACS_ABI {

/// Writes the name of a parameter or header as it is signed.
template <sink S>
constexpr void write_signed_name(signature_style style, bool header, std::string_view name, S& out) noexcept {
    if (header)
        write_lower(name, out);
    else if (style == signature_style::acs3)
        percent_encode(name, out);
    else if (style == signature_style::rpc)
        percent_encode_twice(name, out);
    else
        out.write(name);
}

/// The parameters, or the headers, of both sides.
class part_lists {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    constexpr part_lists(echo_text const& theirs, signature_style style, text_part what, std::span<param const> params,
                         std::span<field const> fields) noexcept
        : theirs_(&theirs), style_(style), headers_(what == text_part::header), params_(params), fields_(fields) {}

    /// Whether an item of theirs begins there.
    [[nodiscard]] constexpr bool begins(std::size_t at) const noexcept {
        if (theirs_->at_end(at)) return false;
        if (headers_) return theirs_->line_end(at) == 0 && theirs_->match(at, '/') == 0;
        return style_ != signature_style::acs3 || theirs_->line_end(at) == 0;
    }

    /// The end of the item of theirs that begins there.
    [[nodiscard]] constexpr std::size_t end(std::size_t at) const noexcept {
        while (!ends(at)) at = theirs_->after(at);
        return at;
    }

    /// The item of theirs behind the one that ends there; `none` if it is the last.
    [[nodiscard]] constexpr std::size_t behind(std::size_t at) const noexcept {
        if (std::size_t const size = theirs_->match(at, separator()); !headers_ && size != 0) return at + size;
        if (!headers_ || theirs_->line_end(at) == 0) return none;
        std::size_t const next = at + theirs_->line_end(at);
        return begins(next) ? next : none;
    }

    /// The first item of theirs behind a path that ends there; `none` if there is none. Only ROA 1.0 has it there: ACS3 and RPC 1.0 say
    /// where a query begins, even if it is empty.
    [[nodiscard]] constexpr std::size_t behind_path(std::size_t at) const noexcept {
        return style_ == signature_style::roa && theirs_->match(at, '?') != 0 ? theirs_->after(at) : none;
    }

    /// The end of the name of the item of theirs that begins there.
    [[nodiscard]] constexpr std::size_t name_end(std::size_t at) const noexcept {
        while (!ends(at) && theirs_->match(at, assign()) == 0) at = theirs_->after(at);
        return at;
    }

    /// Where the value of the item of theirs that begins there begins; its end if it has none.
    [[nodiscard]] constexpr std::size_t value_of(std::size_t at) const noexcept {
        at = name_end(at);
        return ends(at) ? at : at + theirs_->match(at, assign());
    }

    /// The name of the item of theirs that begins there, as it is written.
    [[nodiscard]] constexpr std::string_view name(std::size_t at) const noexcept { return theirs_->between(at, name_end(at)); }

    /// Whether the item of theirs that begins there has that name.
    [[nodiscard]] constexpr bool has_name(std::size_t at, std::string_view ours) const noexcept { return is_named(at, name_end(at), ours); }

    /// Whether the item of theirs that begins there has that name but for upper and lower case.
    [[nodiscard]] constexpr bool resembles(std::size_t at, std::string_view ours) const noexcept {
        return equal_ignoring_case(name(at), ours);
    }

    /// Whether an item of that name is in theirs, from there on.
    [[nodiscard]] constexpr bool theirs_have(std::size_t at, std::string_view ours) const noexcept {
        for (; at != none && begins(at); at = behind(end(at)))
            if (has_name(at, ours)) return true;
        return false;
    }

    /// Where in ours, from 0, the name of the item of theirs that begins there is; `none` if nowhere.
    [[nodiscard]] constexpr std::size_t index_in_ours(std::size_t at) const noexcept {
        std::size_t const last = name_end(at);
        for (std::size_t i = 0; i < size(); ++i)
            if (covers(i) && is_named(at, last, name_of(i))) return i;
        return none;
    }
    [[nodiscard]] constexpr std::size_t index_of(std::string_view ours) const noexcept {
        for (std::size_t i = 0; i < size(); ++i)
            if (name_of(i) == ours) return i;
        return none;
    }
    [[nodiscard]] constexpr std::string_view name_of(std::size_t i) const noexcept { return headers_ ? fields_[i].name : params_[i].name; }

    /// Whether that item of theirs has the name of a form parameter of ours, which ACS3 does not cover as a parameter.
    [[nodiscard]] constexpr bool in_our_form(std::size_t at) const noexcept {
        if (headers_ || style_ != signature_style::acs3) return false;
        std::size_t const last = name_end(at);
        for (param const& p : params_)
            if (p.in == place::form && is_named(at, last, p.name)) return true;
        return false;
    }

private:
    /// Whether an item of theirs ends there.
    [[nodiscard]] constexpr bool ends(std::size_t at) const noexcept {
        return theirs_->at_end(at) || theirs_->match(at, separator()) != 0 || (in_lines() && theirs_->line_end(at) != 0);
    }
    [[nodiscard]] constexpr bool is_named(std::size_t begin, std::size_t end, std::string_view ours) const noexcept {
        return matches(echo_reader(*theirs_, begin, end, 0), [&](auto& out) { write_signed_name(style_, headers_, ours, out); });
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return headers_ ? fields_.size() : params_.size(); }
    [[nodiscard]] constexpr bool covers(std::size_t i) const noexcept {
        return headers_ || style_ == signature_style::rpc || params_[i].in == place::query;
    }
    [[nodiscard]] constexpr bool in_lines() const noexcept { return headers_ || style_ == signature_style::acs3; }
    [[nodiscard]] constexpr std::string_view assign() const noexcept {
        return headers_ ? ":" : style_ == signature_style::rpc ? "%3D" : "=";
    }
    [[nodiscard]] constexpr std::string_view separator() const noexcept {
        return headers_ ? "\n" : style_ == signature_style::rpc ? "%26" : "&";
    }

    echo_text const* theirs_;
    signature_style style_;
    bool headers_;
    std::span<param const> params_;
    std::span<field const> fields_;
};

/// One item too many, or too few, or with another name.
struct list_difference {
    cause why{};
    std::string_view name{};
    bool of_theirs{};  ///< the name is one that only the service tells
};

/// Where an item of ours meets one of theirs with another name. `ours`: null data if ours has no more; `theirs`: where theirs begins,
/// `none` if it has no more.
[[nodiscard]] constexpr list_difference compare_lists(part_lists const& lists, std::string_view ours, std::size_t theirs) noexcept {
    bool const ours_has = ours.data() != nullptr;
    // Where neither has one, theirs has a separator that nothing follows.
    if (theirs == part_lists::none || !lists.begins(theirs)) return {ours_has ? cause::missing : cause::added, ours, false};
    std::size_t const known = lists.index_in_ours(theirs);
    if (!ours_has || lists.theirs_have(theirs, ours)) {
        if (known == part_lists::none) return {lists.in_our_form(theirs) ? cause::moved_to_query : cause::added, lists.name(theirs), true};
        bool const later = ours_has && known > lists.index_of(ours);
        return {later ? cause::reordered : cause::repeated, lists.name_of(known), false};
    }
    if (known != part_lists::none) return {cause::missing, ours, false};
    return {lists.resembles(theirs, ours) ? cause::letter_case : cause::renamed, ours, false};
}

}  // namespace acs::inline ACS_ABI

#endif
