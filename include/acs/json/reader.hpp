// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_READER_HPP
#define ACS_JSON_READER_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/json/string.hpp>
#include <acs/json/token.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Reads a JSON text token by token (RFC 8259, strict), without writing, copying or allocating. It checks all that it passes: grammar,
/// numbers, escapes, surrogate pairs, UTF-8. White space around the value and a byte order mark before it are fine; the value may be a
/// scalar; a name may occur twice.
///
///     acs::json_reader json(text);
///     acs::json_token token;
///     while (json.next(token) == acs::errc::none && token.kind != acs::json_kind::end) ...
class json_reader {
public:
    static constexpr std::size_t max_depth = 512;  ///< objects and arrays may nest this deep; the stack takes a bit a level

    constexpr explicit json_reader(std::string_view text) noexcept : json_reader(text.data(), text.size()) {}
    ACS_OUTLINE constexpr json_reader(char const* text, std::size_t size) noexcept : begin_(text), at_(begin_), end_(begin_ + size) {
        std::size_t const n = mark_size(text, size);
        if (n == whole_mark || n == size) at_ += n;
    }

    /// Reads the next token; `json_kind::end` for ever once the text is over. What stands before a colon or comma is known to be followed
    /// by it.
    ///
    /// Errors, each at `offset()` and then for ever: truncated_json if the text ends too early, as every proper prefix of a JSON text
    /// does unless it is one itself, like a number; malformed_json at the first byte that cannot stand there, or the backslash of an
    /// escape that makes half a surrogate pair; invalid_utf8 at the first byte of the sequence; json_too_deep at the bracket;
    /// trailing_text behind the value.
    constexpr errc next(json_token& token) noexcept {
        if (code_ == errc::none) code_ = read(token);
        return code_;
    }

    /// Reads the value that comes next, with all that is in it, checking it like `next`. Of an object or array the token's text is all of
    /// its source. Pre: a value comes next: at the start, behind a name, or before an element of an array.
    ACS_OUTLINE constexpr errc next_value(json_token& token) noexcept {
        std::size_t const outside = depth_;
        errc code = next(token);
        if (depth_ <= outside) return code;
        json_token last;
        while (code == errc::none && depth_ > outside) code = next(last);
        if (code == errc::none) token.text = {token.text.data(), offset() - token.offset};
        return code;
    }

    /// The same of a value that nobody wants.
    constexpr errc skip_value() noexcept {
        json_token token;
        return next_value(token);
    }

    /// Where a reader is.
    class position {
        friend class json_reader;
        char const* at{};
        std::uint16_t depth{};
        std::uint8_t state{};
    };
    [[nodiscard]] constexpr position here() const noexcept {
        position p;
        p.at = at_;
        p.depth = depth_;
        p.state = static_cast<std::uint8_t>(state_);
        return p;
    }
    /// Goes back to where it was. Pre: no error since, and of the objects and arrays that were open there only the innermost was closed.
    constexpr void back(position const& p) noexcept {
        at_ = p.at;
        depth_ = p.depth;
        state_ = static_cast<state>(p.state);
    }

    /// Of the next byte to be read; of the error, if there was one.
    [[nodiscard]] constexpr std::size_t offset() const noexcept { return static_cast<std::size_t>(at_ - begin_); }
    /// How many objects and arrays are open.
    [[nodiscard]] constexpr std::size_t depth() const noexcept { return depth_; }

private:
    enum class state : std::uint8_t {
        value,          // a value has to come
        name,           // a name has to come, as for all that are odd
        first_element,  // a value or the end of the array
        first_member,   // a name or the end of the object
        behind_value,   // a comma or an end
    };

    // `at_` is kept in a local while a token is read: each step depends on it, and memory is slow to give back what it was just given.
    constexpr errc read(json_token& token) noexcept {
        char const* p = skip_space(at_);
        if (state_ == state::behind_value) {
            if (depth_ == 0) {
                at_ = p;
                token = {json_kind::end, false, {p, 0}, offset()};
                return p == end_ ? errc::none : errc::trailing_text;
            }
            if (p != end_ && *p == ',') {
                p = skip_space(p + 1);
                state_ = in_object() ? state::name : state::value;
            }
        }
        at_ = p;
        if (p == end_) return errc::truncated_json;
        token.offset = offset();
        token.escaped = false;
        char const c = *p;
        bool const wants_name = (static_cast<unsigned>(state_) & 1) != 0;
        if (c == '"' && state_ != state::behind_value) {
            token.kind = wants_name ? json_kind::name : json_kind::string;
            state_ = state::behind_value;
            errc const code = read_string(token, p);
            return code == errc::none && wants_name ? read_colon(at_) : code;
        }
        errc code = errc::none;
        if (c == ']' || c == '}') {
            if (state_ < state::first_element || in_object() != of_object(c)) return errc::malformed_json;
            close(token, c);
        } else if (wants_name || state_ == state::behind_value) {
            return errc::malformed_json;
        } else if (c == '{' || c == '[') {
            if (depth_ == max_depth) return errc::json_too_deep;
            open(token, c);
        } else {
            state_ = state::behind_value;
            if (c == '-' || is_digit(c)) {
                token.kind = json_kind::number;
                code = read_number();
            } else if (c == 'n') {
                token.kind = json_kind::null;
                code = read_word("null");
            } else {
                token.kind = json_kind::boolean;
                code = read_word(c == 't' ? "true" : "false");
            }
        }
        token.text = {p, static_cast<std::size_t>(at_ - p)};
        return code;
    }

    [[nodiscard]] constexpr char const* skip_space(char const* p) const noexcept {
        while (p != end_ && *p <= ' ' && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) ++p;
        return p;
    }

    [[nodiscard]] constexpr bool in_object() const noexcept { return (objects_[(depth_ - 1u) / 8] >> ((depth_ - 1u) % 8) & 1) != 0; }

    /// Whether a bracket is one of an object: in ASCII those of arrays are without this bit, and else the same.
    [[nodiscard]] static constexpr bool of_object(char bracket) noexcept { return (bracket >> 5 & 1) != 0; }

    /// What a bracket is, given what it is of an array.
    [[nodiscard]] static constexpr json_kind kind_of(char bracket, json_kind of_array) noexcept {
        return static_cast<json_kind>(static_cast<unsigned>(of_array) - 2U * of_object(bracket));
    }

    constexpr void open(json_token& token, char bracket) noexcept {
        bool const object = of_object(bracket);
        unsigned const at = depth_ % 8u;
        std::uint8_t& bits = objects_[depth_ / 8u];
        bits = static_cast<std::uint8_t>((bits & ~(1u << at)) | unsigned{object} << at);
        ++depth_;
        state_ = static_cast<state>(static_cast<unsigned>(state::first_element) + object);
        token.kind = kind_of(bracket, json_kind::array_begin);
        ++at_;
    }

    constexpr void close(json_token& token, char bracket) noexcept {
        --depth_;
        state_ = state::behind_value;
        token.kind = kind_of(bracket, json_kind::array_end);
        ++at_;
    }

    constexpr errc read_colon(char const* p) noexcept {
        at_ = skip_space(p);
        state_ = state::value;
        return expect(':');
    }

    /// Reads one byte, which has to be this.
    ACS_OUTLINE constexpr errc expect(char c) noexcept {
        if (at_ == end_) return errc::truncated_json;
        if (*at_ != c) return errc::malformed_json;
        ++at_;
        return errc::none;
    }
    [[gnu::always_inline]] constexpr bool take(char c) noexcept { return expect(c) == errc::none; }

    constexpr errc read_word(char const* word) noexcept {
        errc code = errc::none;
        while (code == errc::none && *word != '\0') code = expect(*word++);
        return code;
    }

    ACS_INLINE_ONCE constexpr errc read_number() noexcept {
        take('-');
        errc code = take('0') ? errc::none : read_digits();
        if (code == errc::none && take('.')) code = read_digits();
        if (code != errc::none || (!take('e') && !take('E'))) return code;
        if (!take('+')) take('-');
        return read_digits();
    }

    /// One digit at least.
    constexpr errc read_digits() noexcept {
        if (at_ == end_) return errc::truncated_json;
        if (!is_digit(*at_)) return errc::malformed_json;
        while (at_ != end_ && is_digit(*at_)) ++at_;
        return errc::none;
    }

    /// Moves from the opening quote at `p` behind the closing one.
    ACS_INLINE_ONCE constexpr errc read_string(json_token& token, char const* p) noexcept {
        char const* const from = p + 1;
        char const* to = json_text::skip_plain(from, end_);
        errc code = errc::none;
        if (ACS_SMALL_CODE || to == end_ || *to != '"') code = json_text::check(begin_, to, end_, token.escaped);
        at_ = to;
        if (code != errc::none) return code;
        token.text = {from, static_cast<std::size_t>(to - from)};
        at_ = to + 1;
        return code;
    }

    char const* begin_;
    char const* at_;
    char const* end_;
    std::uint16_t depth_{};
    state state_{state::value};
    errc code_{};
    std::array<std::uint8_t, max_depth / 8> objects_{};  // one bit a level: object or array; behind what is asked more often
};

/// Whether a whole text is JSON. Errors as `json_reader::next`; `offset` is then where, else the size of the text.
[[nodiscard]] constexpr errc check_json(std::string_view text, std::size_t& offset) noexcept {
    json_reader json(text);
    json_token token;
    errc code = json.skip_value();
    if (code == errc::none) code = json.next(token);
    offset = json.offset();
    return code;
}

}  // namespace acs::inline ACS_ABI

#endif
