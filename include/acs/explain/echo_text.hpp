// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_ECHO_TEXT_HPP
#define ACS_EXPLAIN_ECHO_TEXT_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/error/xml.hpp>

#include <cstddef>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Text that the service repeats, with line ends that may be LF or CR LF, or the letters `\n` or `\r\n`: the first one tells. Letters
/// count only where there is no LF at all, references to LF and CR LF always. JSON escapes or XML references may be in it still. Positions
/// are those of the bytes as they came.
class echo_text {
public:
    constexpr echo_text() noexcept = default;
    constexpr explicit echo_text(std::string_view text, bool json = false, bool xml = false) noexcept
        : text_(text), json_(json), xml_(xml) {
        std::size_t at = text.find('\n');
        if (at != std::string_view::npos) {
            line_end_ = at != 0 && text[at - 1] == '\r' ? "\r\n" : "\n";
            return;
        }
        at = text.find("\\n");
        line_end_ = at != std::string_view::npos && at >= 2 && text[at - 2] == '\\' && text[at - 1] == 'r' ? "\\r\\n" : "\\n";
    }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return text_.size(); }
    [[nodiscard]] constexpr bool at_end(std::size_t at) const noexcept { return at >= text_.size(); }
    /// The bytes as they came. Pre: begin <= end <= size().
    [[nodiscard]] constexpr std::string_view between(std::size_t begin, std::size_t end) const noexcept {
        return {text_.data() + begin, end - begin};
    }

    /// One byte of the text, and how many bytes it came in; 0 at the end.
    struct unit {
        char byte{};
        std::size_t size{};
    };
    [[nodiscard]] constexpr unit at(std::size_t at) const noexcept {
        if (at_end(at)) return {};
        if (std::size_t const size = line_end(at); size != 0) return {'\n', size};
        if (json_ && text_[at] == '\\') return unescape(at);
        if (xml_ && text_[at] == '&') return dereference(at);
        return {text_[at], 1};
    }
    /// Where the next byte of the text begins.
    [[nodiscard]] constexpr std::size_t after(std::size_t from) const noexcept { return from + at(from).size; }

    /// How many bytes the line end at that position came in; 0 if there is none.
    [[nodiscard]] constexpr std::size_t line_end(std::size_t from) const noexcept {
        if (at_end(from)) return 0;
        if (begins(from, line_end_)) return line_end_.size();
        unit const cr = reference_to('\r', from), lf = reference_to('\n', from + cr.size);
        if (lf.size != 0) return cr.size + lf.size;
        return cr.size != 0 && begins(from + cr.size, "\n") ? cr.size + 1 : 0;
    }

    /// Whether the text ends there in the first bytes of a line end of any form.
    [[nodiscard]] constexpr bool ends_in_line_end(std::size_t from) const noexcept {
        std::string_view const rest = skip(text_, from);
        if (std::size_t const cr = reference_to('\r', from).size; cr != 0) return cr == rest.size();
        return rest == "\r" || rest == "\\" || rest == "\\r" || rest == "\\r\\";
    }

    /// How many bytes stand for `c` at that position; 0 if it is another byte.
    [[nodiscard]] constexpr std::size_t match(std::size_t from, char c) const noexcept {
        if (c == '\n') return line_end(from);
        if (c == '\\' && !json_ && !at_end(from) && text_[from] == c) return 1;  // even where the letters look like a line end
        unit const found = at(from);
        return found.byte == c ? found.size : 0;
    }

    /// How many bytes stand for that text at that position; 0 if it is not there.
    [[nodiscard]] constexpr std::size_t match(std::size_t from, std::string_view form) const noexcept {
        std::size_t end = from;
        for (char const c : form) {
            std::size_t const size = match(end, c);
            if (size == 0) return 0;
            end += size;
        }
        return end - from;
    }

    /// The next byte, and goes on behind it; -1 at the end.
    [[nodiscard]] constexpr int next(std::size_t& from, std::size_t end) const noexcept {
        if (from >= end) return -1;
        unit const found = at(from);
        from += found.size;
        return static_cast<unsigned char>(found.byte);
    }

private:
    [[nodiscard]] constexpr bool begins(std::size_t from, std::string_view form) const noexcept {
        return text_.size() - from >= form.size() && std::string_view(text_.data() + from, form.size()) == form;
    }

    /// The byte that a JSON escape stands for; a backslash if it is none, or stands for what is not ASCII.
    [[nodiscard]] constexpr unit unescape(std::size_t from) const noexcept {
        constexpr std::string_view letters = "\"\\/bfnrt", bytes = "\"\\/\b\f\n\r\t";
        if (text_.size() - from < 2) return {'\\', 1};
        if (std::size_t const i = letters.find(text_[from + 1]); i < letters.size()) return {bytes[i], 2};
        if (text_.size() - from < 6 || !begins(from + 1, "u00")) return {'\\', 1};
        unsigned const high = hex_digit(text_[from + 4]);
        unsigned const low = hex_digit(text_[from + 5]);
        if (high > 7 || low > 15) return {'\\', 1};
        return {static_cast<char>(high << 4 | low), 6};
    }

    /// The byte that a reference of XML stands for; an ampersand if it is none, or stands for what is not ASCII.
    [[nodiscard]] constexpr unit dereference(std::size_t from) const noexcept {
        xml_reference const reference(skip(text_, from));
        if (reference.size == 0 || reference.code > 0x7F) return {'&', 1};
        return {static_cast<char>(reference.code), reference.size};
    }

    /// Empty if there is no such reference.
    [[nodiscard]] constexpr unit reference_to(char c, std::size_t from) const noexcept {
        unit const found = xml_ && !at_end(from) && text_[from] == '&' ? dereference(from) : unit{};
        return found.byte == c ? found : unit{};
    }

    std::string_view text_{};
    std::string_view line_end_ = "\n";
    bool json_{};
    bool xml_{};
};

/// Reads a stretch of repeated text, percent-decoded as many times as the signature encodes it.
class echo_reader {
public:
    constexpr echo_reader(echo_text const& text, std::size_t begin, std::size_t end, unsigned depth) noexcept
        : text_(&text), at_(begin), end_(end), depth_(depth) {}

    /// The next byte; -1 at the end.
    [[nodiscard]] constexpr int next() noexcept {
        int const c = next_once();
        if (c != '%' || depth_ != 2) return c;
        echo_reader ahead = *this;
        int const high = ahead.next_once();
        int const low = ahead.next_once();
        return take_escape(c, high, low, ahead);
    }

private:
    /// The next byte, decoded at most once.
    [[nodiscard]] constexpr int next_once() noexcept {
        int const c = text_->next(at_, end_);
        if (c != '%' || depth_ == 0) return c;
        echo_reader ahead = *this;
        int const high = text_->next(ahead.at_, end_);
        int const low = text_->next(ahead.at_, end_);
        return take_escape(c, high, low, ahead);
    }

    [[nodiscard]] constexpr int take_escape(int c, int high, int low, echo_reader const& ahead) noexcept {
        if (high < 0 || low < 0) return c;
        unsigned const h = hex_digit(static_cast<char>(high));
        unsigned const l = hex_digit(static_cast<char>(low));
        if (h > 15 || l > 15) return c;
        at_ = ahead.at_;
        return static_cast<int>(h << 4 | l);
    }

    echo_text const* text_;
    std::size_t at_;
    std::size_t end_;
    unsigned depth_;
};

/// A sink that tells whether what is written is what a reader reads.
class match_sink {
public:
    constexpr explicit match_sink(echo_reader const& other) noexcept : other_(other) {}

    constexpr void write(std::string_view piece) noexcept {
        for (std::size_t i = 0; i < piece.size() && same_; ++i) same_ = other_.next() == static_cast<unsigned char>(piece[i]);
    }

    /// Whether all of it was the same. Asked once.
    [[nodiscard]] constexpr bool matched() noexcept { return same_ && other_.next() == -1; }

private:
    echo_reader other_;
    bool same_{true};
};

/// Whether `writer(sink)` writes exactly what is read.
template <class Writer>
[[nodiscard]] constexpr bool matches(echo_reader const& other, Writer const& writer) noexcept {
    match_sink out(other);
    writer(out);
    return out.matched();
}

}  // namespace acs::inline ACS_ABI

#endif
