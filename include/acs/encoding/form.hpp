// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ENCODING_FORM_HPP
#define ACS_ENCODING_FORM_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/percent.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Writes `pct(name)=pct(value)`, with `&` before it unless it is the first pair (protocol 0.5).
template <sink S>
constexpr void write_form_pair(std::string_view const& name, std::string_view const& value, bool first_pair, S& out) noexcept {
    if (!first_pair) out.write("&"sv);
    percent_encode(name, out);
    if constexpr (ACS_SMALL_CODE)
        write_char('=', out);
    else
        out.write("="sv);
    percent_encode(value, out);
}

/// Yields the bytes that `write_form_pair` writes, in pieces of whatever size the caller has room for: a `%XX` may be split between two
/// of them. Needs no memory for encoded text, and time in proportion to what is read. Views name and value, and is valid as long as these.
class form_pair_reader {
public:
    /// At the end already.
    constexpr form_pair_reader() noexcept = default;
    constexpr form_pair_reader(std::string_view name, std::string_view value, bool first_pair) noexcept
        : text_(name), value_(value), in_name_(true) {
        if (!first_pair) hold('&');
    }

    [[nodiscard]] constexpr bool at_end() const noexcept { return held_ == 0 && text_.empty() && !in_name_; }

    /// Fills `room` from the front and returns how many bytes were written: all of it, or what was left.
    constexpr std::size_t read(std::span<char> room) noexcept {
        std::size_t done = 0;
        while (done < room.size()) {
            char* const out = room.data() + done;
            std::size_t const left = room.size() - done;
            if (held_ != 0) {
                *out = held_bytes_[held_bytes_.size() - held_];
                --held_;
                ++done;
            } else if (!text_.empty()) {
                done += left >= 3 ? put(out, left) : hold_next();
            } else if (in_name_) {
                in_name_ = false;
                text_ = value_;
                hold('=');
            } else {
                break;
            }
        }
        return done;
    }

private:
    /// Encodes as much text as surely fits. Pre: text left, room for 3.
    constexpr std::size_t put(char* out, std::size_t room) noexcept {
        // Looks no further than there is room: a reader with little room must not scan a long run again at each call.
        std::size_t const run = percent::run(first(text_, smaller(text_.size(), room)));
        if (run >= percent::long_run || run == text_.size()) {
            copy_n(text_.data(), run, out);
            text_.remove_prefix(run);
            return run;
        }
        std::size_t const part = smaller(smaller(text_.size(), room / 3), percent::long_run);
        std::size_t const size = percent::put<3>(first(text_, part), out);
        text_.remove_prefix(part);
        return size;
    }

    /// Encodes one byte aside, where the room may be too small for it; nothing is written yet. Pre: text left.
    constexpr std::size_t hold_next() noexcept {
        std::array<char, 3> encoded{};
        std::size_t const size = percent::put<3>(first(text_, 1), encoded.data());
        copy_n(encoded.data(), size, held_bytes_.data() + held_bytes_.size() - size);
        held_ = static_cast<std::uint8_t>(size);
        text_.remove_prefix(1);
        return 0;
    }

    constexpr void hold(char c) noexcept {
        held_bytes_.back() = c;
        held_ = 1;
    }

    std::string_view text_{};             // of the part that is being read, what is not encoded yet
    std::string_view value_{};            // the part after the name
    std::array<char, 3> held_bytes_{};    // encoded, not read yet: the last `held_` of them
    std::uint8_t held_{};
    bool in_name_{};
};

}  // namespace acs::inline ACS_ABI

#endif
