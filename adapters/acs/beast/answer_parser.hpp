// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_ANSWER_PARSER_HPP
#define ACS_BEAST_ANSWER_PARSER_HPP

#include <acs/hosted.hpp>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/optional/optional.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Hands an answer to a sink as Beast reads it, one that is interim for itself. Refuses what Beast lets pass though HTTP/1.1 leaves it open
/// to two readings: codings other than chunked, chunks in HTTP/1.0, lengths in a list, 101 (RFC 9112, 5 and 6).
class beast_answer_parser final : public boost::beast::http::basic_parser<false> {
public:
    beast_answer_parser(any_sink sink, std::size_t max_header, bool no_body) : sink_(sink) {
        header_limit(static_cast<std::uint32_t>(max_header < UINT32_MAX ? max_header : UINT32_MAX));
        body_limit(boost::none);  // the sink has its own
        skip(no_body);
    }

    /// Whether an answer began, and is no interim one.
    [[nodiscard]] bool answered() const noexcept { return status_ >= 200; }
    [[nodiscard]] std::uint16_t status() const noexcept { return status_; }
    /// Whether the sink had enough.
    [[nodiscard]] bool refused() const noexcept { return refused_; }

private:
    using error_code = boost::beast::error_code;
    using text = boost::beast::string_view;
    using wrong = boost::beast::http::error;

    static std::string_view view(text t) noexcept { return {t.data(), t.size()}; }

    void take(bool taken, error_code& ec) noexcept {
        if (taken) return;
        refused_ = true;
        ec = wrong::body_limit;
    }

    void on_request_impl(boost::beast::http::verb, text, text, int, error_code& ec) override { ec = wrong::bad_version; }

    void on_response_impl(int code, text, int version, error_code& ec) override {
        if (code < 100 || code > 599 || code == 101) {
            ec = wrong::bad_status;
            return;
        }
        status_ = static_cast<std::uint16_t>(code);
        old_ = version < 11;
        if (answered()) sink_.status(status_);
    }

    void on_field_impl(boost::beast::http::field which, text name, text value, error_code& ec) override {
        using boost::beast::http::field;
        if (in_body_) return;  // a trailer
        if (which == field::transfer_encoding && (old_ || !equal_ignoring_case(view(value), "chunked"))) ec = wrong::bad_transfer_encoding;
        if (which == field::content_length && view(value).find_first_not_of("0123456789") != std::string_view::npos)
            ec = wrong::bad_content_length;
        if (view(value).find('\0') != std::string_view::npos) ec = wrong::bad_value;
        if (!ec && answered()) take(sink_.field(view(name), view(value)), ec);
    }

    void on_header_impl(error_code&) override { in_body_ = true; }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}

    std::size_t on_body_impl(text piece, error_code& ec) override {
        take(piece.empty() || sink_.body(view(piece)), ec);
        return piece.size();
    }

    void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, text piece, error_code& ec) override { return on_body_impl(piece, ec); }
    void on_finish_impl(error_code&) override {}

    any_sink sink_;
    std::uint16_t status_{};
    bool old_{};
    bool in_body_{};
    bool refused_{};
};

}  // namespace acs::inline ACS_ABI

#endif
