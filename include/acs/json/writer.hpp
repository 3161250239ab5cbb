// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_WRITER_HPP
#define ACS_JSON_WRITER_HPP

#include <acs/core/config.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/json/number.hpp>
#include <acs/json/scan.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Writes a string with its quotes. What has to be is escaped: quotes, backslashes, controls; each byte that is not UTF-8 becomes U+FFFD,
/// so that the output is JSON whatever the text.
template <sink S>
constexpr void write_json_string(std::string_view text, S& out) noexcept {
    constexpr std::string_view names = "btnvfr"sv, hex = "0123456789abcdef"sv;
    char const* p = text.data();
    char const* const end = p + text.size();
    out.write("\"");
    for (char const* done = p;;) {
        p = json_scan::skip_plain(p, end);
        std::size_t const rest = static_cast<std::size_t>(end - p);
        auto const byte = static_cast<unsigned char>(rest != 0 ? *p : '"');
        if (byte >= 0x80) {
            if (std::size_t const size = utf8::sequence({p, rest}); size != 0) {
                p += size;
                continue;
            }
        }
        out.write({done, static_cast<std::size_t>(p - done)});
        if (rest == 0) break;
        done = ++p;
        if (byte >= 0x80) {
            out.write("\xEF\xBF\xBD");
        } else if (byte >= 0x20) {
            std::array<char, 2> const escape{'\\', static_cast<char>(byte)};
            out.write({escape.data(), escape.size()});
        } else if (byte >= '\b' && byte <= '\r' && byte != '\v') {
            std::array<char, 2> const escape{'\\', names[byte - std::size_t{'\b'}]};
            out.write({escape.data(), escape.size()});
        } else {
            std::array<char, 6> const escape{'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15U]};
            out.write({escape.data(), escape.size()});
        }
    }
    out.write("\"");
}

/// Writes compact JSON to a sink; commas and colons come by themselves. It keeps no stack: that what is begun is ended, and that names
/// stand where they belong, is the caller's part.
///
///     json.begin_object();
///     json.name("id");
///     json.integer(7);
///     json.end_object();
template <sink S>
class json_writer {
public:
    constexpr explicit json_writer(S& out) noexcept : out_(&out) {}

    constexpr void begin_object() noexcept { begin("{"); }
    constexpr void end_object() noexcept { end("}"); }
    constexpr void begin_array() noexcept { begin("["); }
    constexpr void end_array() noexcept { end("]"); }

    /// The name of the member whose value comes next.
    constexpr void name(std::string_view text) noexcept {
        separate();
        write_json_string(text, *out_);
        out_->write(":");
        separated_ = true;
    }

    constexpr void string(std::string_view text) noexcept {
        separate();
        write_json_string(text, *out_);
    }
    constexpr void integer(std::int64_t value) noexcept { raw(decimal(value).view()); }
    /// As `write_double`.
    constexpr void number(double value) noexcept {
        separate();
        write_double(value, *out_);
    }
    constexpr void boolean(bool value) noexcept { raw(value ? "true" : "false"); }
    constexpr void null() noexcept { raw("null"); }
    /// A value that is JSON already, as it is.
    constexpr void raw(std::string_view json) noexcept {
        separate();
        out_->write(json);
    }

private:
    constexpr void begin(std::string_view bracket) noexcept {
        raw(bracket);
        separated_ = true;
    }
    constexpr void end(std::string_view bracket) noexcept {
        out_->write(bracket);
        separated_ = false;
    }
    constexpr void separate() noexcept {
        if (!separated_) out_->write(",");
        separated_ = false;
    }

    S* out_;
    bool separated_{true};
};

}  // namespace acs::inline ACS_ABI

#endif
