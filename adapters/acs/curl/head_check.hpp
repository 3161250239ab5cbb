// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HEAD_CHECK_HPP
#define ACS_CURL_HEAD_CHECK_HPP

#include <acs/hosted.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Reads the head of an answer line by line, and refuses what HTTP/1.1 leaves open to two readings and libcurl lets pass: two lengths,
/// a length beside a transfer coding, a coding other than chunked, line ends without CR, folded and nameless fields (RFC 9112, 2.2, 5, 6).
class head_check {
public:
    /// What a line was.
    enum class line : std::uint8_t { status, field, end, passed_over, wrong, too_much };

    explicit head_check(std::size_t max_bytes) noexcept : room_(max_bytes) {}

    [[nodiscard]] line take(std::string_view text) noexcept {
        if (text.size() > room_) return line::too_much;
        room_ -= text.size();
        if (done_) return line::passed_over;  // a trailer
        if (text.size() < 2 || text.substr(text.size() - 2) != "\r\n") return line::wrong;
        text.remove_suffix(2);
        if (!in_head_) return take_status(text);
        return text.empty() ? take_end() : take_field(text);
    }

    [[nodiscard]] std::uint16_t status() const noexcept { return status_; }
    [[nodiscard]] std::string_view name() const noexcept { return name_; }    ///< of the last field, until the next line
    [[nodiscard]] std::string_view value() const noexcept { return value_; }  ///< its value, without white space around
    /// Whether the answer began, and is no interim one.
    [[nodiscard]] bool answered() const noexcept { return in_head_ && status_ >= 200; }
    /// Whether all of its head came.
    [[nodiscard]] bool complete() const noexcept { return done_; }
    /// Whether the server says that it closes the connection.
    [[nodiscard]] bool closes() const noexcept { return closes_; }
    /// Whether its body goes on until the connection ends.
    [[nodiscard]] bool until_end() const noexcept { return length_size_ == 0 && !coded_ && status_ != 204 && status_ != 304; }

private:
    [[nodiscard]] line take_status(std::string_view text) noexcept {
        // HTTP/1.x, a space, three digits, and nothing or a space and a reason. 101 would go on in another language.
        bool const shaped = text.size() >= 12 && (first(text, 9) == "HTTP/1.1 " || first(text, 9) == "HTTP/1.0 ");
        if (!shaped || (text.size() > 12 && text[12] != ' ')) return line::wrong;
        auto const code = parse_integer(text.substr(9, 3));
        if (!code || *code < 100 || *code > 599 || *code == 101 || text[9] == '-') return line::wrong;
        status_ = static_cast<std::uint16_t>(*code);
        in_head_ = true;
        length_size_ = 0;
        coded_ = false;
        closes_ = false;
        old_ = text[7] == '0';
        return line::status;
    }

    [[nodiscard]] line take_end() noexcept {
        done_ = status_ >= 200;
        in_head_ = done_;
        return line::end;
    }

    [[nodiscard]] line take_field(std::string_view text) noexcept {
        std::size_t const colon = text.find(':');
        if (colon == std::string_view::npos || !is_token(first(text, colon))) return line::wrong;
        name_ = first(text, colon);
        value_ = trim(text.substr(colon + 1));
        if (find_forbidden(value_) != value_.size()) return line::wrong;
        bool good = true;
        if (equal_ignoring_case(name_, "content-length"))
            good = take_length();
        else if (equal_ignoring_case(name_, "transfer-encoding"))
            good = take_coding();
        else if (equal_ignoring_case(name_, "connection"))
            take_connection();
        if (!good) return line::wrong;
        return status_ < 200 ? line::passed_over : line::field;
    }

    void take_connection() noexcept {
        for (std::string_view left = value_; !left.empty();) {
            std::size_t const comma = std::min(left.find(','), left.size());
            closes_ = closes_ || equal_ignoring_case(trim(first(left, comma)), "close");
            left.remove_prefix(std::min(comma + 1, left.size()));
        }
    }

    [[nodiscard]] bool take_length() noexcept {
        bool const digits = !value_.empty() && value_.find_first_not_of("0123456789") == std::string_view::npos;
        if (!digits || value_.size() > sizeof length_ || coded_) return false;
        bool const same = length_size_ == 0 || std::string_view(length_, length_size_) == value_;
        length_size_ = static_cast<std::uint8_t>(value_.copy(length_, sizeof length_));
        return same;
    }

    [[nodiscard]] bool take_coding() noexcept {
        bool const alone = !coded_ && !old_ && length_size_ == 0;
        coded_ = true;
        return alone && equal_ignoring_case(value_, "chunked");
    }

    std::size_t room_;
    std::string_view name_{};
    std::string_view value_{};
    std::uint16_t status_{};
    char length_[18]{};  // digits enough for any length that fits 63 bits
    std::uint8_t length_size_{};
    bool in_head_{};
    bool done_{};
    bool coded_{};
    bool old_{};
    bool closes_{};
};

}  // namespace acs::inline ACS_ABI

#endif
