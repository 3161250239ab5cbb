// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_RPC_QUERY_HPP
#define ACS_SIGNING_RPC_QUERY_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/form.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/method.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/draft.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Takes what an unsigned request does not need.
struct no_code {
    constexpr void write(std::string_view) noexcept {}
};

/// The parameters of a call merged with those that RPC 1.0 adds, both in canonical order, and then written in one pass: into the target,
/// and into the string to sign, where they are encoded once more (protocol 1.3). Form parameters are signed as well.
class rpc_query {
public:
    /// Pre: slots for so many common parameters are reserved behind those of the caller's, and fit.
    constexpr rpc_query(draft& d, std::size_t common) noexcept : d_(&d), slots_(d.params.items()), theirs_(common) {
        for (std::size_t i = slots_.size(); i-- != common;) slots_[i] = slots_[i - common];
    }

    /// Adds a common parameter behind those of the caller's that come before it.
    ACS_INLINE constexpr void add(std::string_view name, std::string_view value, spelling how = spelling::unknown) noexcept {
        if (theirs_ != slots_.size() && compare_names(slots_[theirs_].name, name) <= 0) add_theirs(name);
        param& slot = slots_[filled_++];
        slot.name = name;
        slot.value = value;
        slot.in = place::query;
        slot.how = how != spelling::unknown || ACS_SMALL_CODE || percent::run(value) != value.size() ? how : spelling::plain;
    }

    /// Adds what is left of the caller's. errc::reserved_name, duplicate_parameter.
    [[nodiscard]] constexpr verdict finish() noexcept {
        if (theirs_ != slots_.size()) add_theirs({});
        return ok_;
    }

    /// Writes the target's begin and the string to sign. Nothing is signed of a draft whose text does not fit: then only what it takes
    /// counts.
    template <sink Code>
    constexpr void write(Code& code) noexcept {
        write_row(code, name(d_->head.verb), "&%2F&"sv);
        d_->write_path(d_->head.path, d_->text);
        for (param const& p : slots_) {
            if (p.in == place::form) {
                has_form_ = true;
                if (d_->text.fits()) write_signed(p, code);
            } else {
                write_pair(p, code);
                has_query_ = true;
            }
            if (&p != &slots_.back()) code.write("%26"sv);
            if constexpr (requires { code.advance(); }) code.advance();
        }
    }

    /// Whether there are form parameters, once everything is written.
    [[nodiscard]] constexpr bool has_form() const noexcept { return has_form_; }

private:
    /// Adds those of the caller's that come before a name; an empty one comes behind all.
    constexpr void add_theirs(std::string_view name) noexcept {
        for (; theirs_ != slots_.size(); ++theirs_) {
            param const p = slots_[theirs_];
            int const order = name.empty() ? -1 : compare_names(p.name, name);
            if (order > 0) return;
            if (ok_ && compare_names(p.name, "Signature") == 0) ok_ = refuse(errc::reserved_name, p.name);
            bool const twice = filled_ != 0 && slots_[filled_ - 1].name == p.name;
            if (ok_ && (order == 0 || twice)) ok_ = refuse(errc::duplicate_parameter, p.name);
            slots_[filled_++] = p;
        }
    }

    /// Writes a parameter into the string to sign only.
    template <sink Code>
    static constexpr void write_signed(param const& p, Code& code) noexcept {
        percent_encode_twice(p.name, code);
        code.write("%3D");
        percent_encode_twice(p.value, code);
    }

    /// Writes it into both.
    template <sink Code>
    constexpr void write_pair(param const& p, Code& code) noexcept {
        std::string_view const separator{has_query_ ? "&" : "?", 1};
        if (!ACS_SMALL_CODE && p.how == spelling::plain) {
            write_row(d_->text, separator, p.name, "="sv, p.value);
            return write_row(code, p.name, "%3D"sv, p.value);
        }
        if (!ACS_SMALL_CODE && p.how == spelling::date) {
            auto const part = [&p](std::size_t begin, std::size_t size) { return first(skip(p.value, begin), size); };
            write_row(d_->text, separator, p.name, "="sv, part(0, 13), "%3A"sv, part(14, 2), "%3A"sv, part(17, 3));
            return write_row(code, p.name, "%3D"sv, part(0, 13), "%253A"sv, part(14, 2), "%253A"sv, part(17, 3));
        }
        std::size_t const mark = d_->text.needed() + separator.size();
        if (!ACS_SMALL_CODE && percent::run(p.name) == p.name.size()) {
            std::size_t const plain = percent::run(p.value);
            write_row(d_->text, separator, p.name, "="sv, first(p.value, plain));
            percent_encode(skip(p.value, plain), d_->text);
        } else {
            d_->text.write(separator);
            write_form_pair(p.name, p.value, true, d_->text);
        }
        percent_encode_again(d_->text.since(mark), code);
    }

    draft* d_;
    std::span<param> slots_{};  // filled from the front; the caller's stand at the end until it is their turn
    std::size_t filled_{};
    std::size_t theirs_{};
    verdict ok_{};
    bool has_query_{};
    bool has_form_{};
};

}  // namespace acs::inline ACS_ABI

#endif
