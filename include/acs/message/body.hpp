// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_BODY_HPP
#define ACS_MESSAGE_BODY_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/sink.hpp>
#include <acs/encoding/form.hpp>
#include <acs/message/param.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// Writes `pct(name)=pct(value)` of the parameters that travel there, joined with `&` (protocol 0.5, 1.3, 2.2). Before the first of them,
/// if there is one, stands `before`, unless that is 0.
template <sink S>
ACS_OUTLINE constexpr void write_pairs(std::span<param const> const& params, place where, char before, S& out) noexcept {
    for (param const& p : params) {
        if (p.in != where) continue;
#if defined(__GNUC__) && ACS_SMALL_CODE
        if (!std::is_constant_evaluated()) __asm__("" : "+r"(before));  // or g++ writes the loop twice: for the first pair, and the others
#endif
        if (before != '\0') write_char(before, out);
        write_form_pair(p.name, p.value, true, out);
        before = '&';
    }
}

/// A request body that exists only as what it is made of: form parameters, or bytes of the caller's. It is read in pieces
/// (`body_reader`), any number of times, and never stored whole. Views what it was made from, and is valid as long as that is.
class request_body {
public:
    constexpr request_body() noexcept = default;
    /// Bytes as they are.
    constexpr explicit request_body(std::string_view bytes) noexcept : bytes_(bytes) {}
    /// The parameters among `params` that travel in the form, in their order, form-encoded (protocol 0.5).
    constexpr explicit request_body(std::span<param const> params) noexcept : params_(params) {}

    /// Writes the whole body to a sink: bytes in one piece.
    template <sink S>
    constexpr void write_to(S& out) const noexcept {
        if (bytes_.data() != nullptr)
            out.write(bytes_);
        else
            share_code(out, [this](auto& any) { write_pairs(params_, place::form, '\0', any); });
    }

    /// The exact number of bytes that reading yields. Costs a pass over the form's text.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        count_sink count;
        write_to(count);
        return count.needed();
    }

    /// Whether there is nothing to read.
    [[nodiscard]] constexpr bool empty() const noexcept {
        for (param const& p : params_)
            if (p.in == place::form) return false;
        return bytes_.empty();
    }

    [[nodiscard]] constexpr std::string_view bytes() const noexcept { return bytes_; }
    [[nodiscard]] constexpr std::span<param const> params() const noexcept { return params_; }

private:
    std::string_view bytes_{};
    std::span<param const> params_{};
};

/// Reads a body in pieces of whatever size the caller has room for; every split gives the same bytes. Copy it to remember a position,
/// make a new one to start over.
class body_reader {
public:
    constexpr explicit body_reader(request_body const& body) noexcept : bytes_(body.bytes()), params_(body.params()) {}

    /// Fills `room` from the front and returns how many bytes were written; 0 (for a room that is not empty) means the end.
    constexpr std::size_t read(std::span<char> room) noexcept {
        std::size_t done = 0;
        while (done < room.size()) {
            if (!bytes_.empty()) {
                std::size_t const n = bytes_.size() < room.size() - done ? bytes_.size() : room.size() - done;
                copy_n(bytes_.data(), n, room.data() + done);
                bytes_.remove_prefix(n);
                done += n;
            } else if (!pair_.at_end()) {
                done += pair_.read({room.data() + done, room.size() - done});
            } else if (!next_pair()) {
                break;
            }
        }
        return done;
    }

private:
    constexpr bool next_pair() noexcept {
        while (next_ < params_.size()) {
            param const& p = params_[next_++];
            if (p.in != place::form) continue;
            pair_ = form_pair_reader(p.name, p.value, first_pair_);
            first_pair_ = false;
            return true;
        }
        return false;
    }

    std::string_view bytes_;
    std::span<param const> params_;
    std::size_t next_{};
    form_pair_reader pair_{};
    bool first_pair_{true};
};

}  // namespace acs::inline ACS_ABI

#endif
