// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_OUTGOING_HPP
#define ACS_BEAST_OUTGOING_HPP

#include <acs/hosted.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acs::inline ACS_ABI {

/// A request's bytes, exactly as it says and with its length, in pieces that are the connection's: the caller's texts are read only while
/// the call is under way, whatever the operating system still holds.
class beast_outgoing {
public:
    /// The head, and as much of the body as a piece takes.
    void begin(request const& made) {
        left_ = made.body.size();
        body_.emplace(made.body);
        text_.clear();
        add({name(made.verb), " ", made.target, " HTTP/1.1\r\n"});
        for (field const& f : made.fields) add({f.name, ": ", f.value, "\r\n"});
        if (made.verb != method::get && made.verb != method::head) {
            decimal const length(static_cast<std::int64_t>(left_));
            add({"content-length: ", length.view(), "\r\n"});
        }
        add({"\r\n"});
        fill();
    }

    /// Asks a proxy to connect.
    void begin_connect(std::string const& authority) {
        left_ = 0;
        text_.clear();
        add({"CONNECT ", authority, " HTTP/1.1\r\nHost: ", authority, "\r\n\r\n"});
    }

    /// The next piece of the body, in place of the last.
    void next() {
        text_.clear();
        fill();
    }

    [[nodiscard]] std::string const& piece() const noexcept { return text_; }
    /// Whether this piece is the last.
    [[nodiscard]] bool last() const noexcept { return left_ == 0; }

private:
    static constexpr std::size_t piece_size = 16 * 1024;

    void add(std::initializer_list<std::string_view> parts) {
        for (std::string_view const p : parts) text_.append(p);
    }

    void fill() {
        std::size_t const at = text_.size(), n = left_ < piece_size ? left_ : piece_size;
        if (n == 0) return;
        text_.resize(at + n);
        left_ -= body_->read({text_.data() + at, n});
    }

    std::string text_{};
    std::size_t left_{};
    std::optional<body_reader> body_{};
};

}  // namespace acs::inline ACS_ABI

#endif
