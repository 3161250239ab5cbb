// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_PRINT_HPP
#define ACS_HOSTED_PRINT_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/history.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/error/classify.hpp>
#include <acs/error/codes.hpp>
#include <acs/error/echo.hpp>
#include <acs/operation/parameter.hpp>
#include <acs/operation/parameters.hpp>
#include <acs/operation/shape.hpp>

#include <cinttypes>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// A sink over a C stream. Control characters, which could move a terminal's cursor, and bytes that are not UTF-8 are shown as `\xNN`; line
/// ends stay if `keep_lines` is set. A piece holds whole characters.
class file_sink {
public:
    explicit file_sink(std::FILE* to, bool keep_lines = false) noexcept : to_(to), keep_lines_(keep_lines) {}

    void write(std::string_view text) noexcept {
        std::size_t plain = 0;  // bytes from the front that go out as they are, at once: many streams are not buffered
        while (plain < text.size()) {
            std::string_view const rest = skip(text, plain);
            std::size_t const size = utf8::sequence(rest);
            std::string_view const one = first(rest, size != 0 ? size : 1);
            if (size != 0 && !is_control(one)) {
                plain += size;
                continue;
            }
            std::fwrite(text.data(), 1, plain, to_);
            for (char const c : one) std::fprintf(to_, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
            text = skip(rest, one.size());
            plain = 0;
        }
        if (plain != 0) std::fwrite(text.data(), 1, plain, to_);
    }

private:
    [[nodiscard]] bool is_control(std::string_view one) const noexcept {
        if (one.size() == 1) return (one[0] < ' ' && !(keep_lines_ && (one[0] == '\n' || one[0] == '\t'))) || one[0] == '\x7F';
        return one[0] == '\xC2' && static_cast<unsigned char>(one[1]) < 0xA0;  // U+0080 to U+009F
    }

    std::FILE* to_;
    bool keep_lines_;
};

/// Prints a failure for people: what happened, where, every parameter that is missing or out of range, what the service said, and what to
/// do next. Of a body that could not be read, the first KiB. The request that the service repeats in some messages is left out, and what
/// follows the name of a secret.
inline void print(std::FILE* to, failure const& f, std::span<code_row const> product = {}) noexcept {
    file_sink out(to);
    auto const line = [&](char const* label, std::string_view text) {
        if (text.empty()) return;
        std::fprintf(to, "  %-11s ", label);
        out.write(text);
        std::fputc('\n', to);
    };
    out.write(message(f.code));
    if (!f.where.empty() && f.rows == nullptr) {
        out.write(": ");
        out.write(f.where);
    }
    if (f.offset != 0) std::fprintf(to, ", at byte %zu", f.offset);
    if (f.needed != 0) std::fprintf(to, ", %zu needed", f.needed);
    std::fputc('\n', to);
    for_each_fault(f, [&](parameter_row const& row, bool missing) {
        std::fputs("  ", to);
        out.write(row.name());
        std::fputs(missing ? " is missing" : " is out of range", to);
        if (row.bounds != &unbounded) std::fprintf(to, ": %" PRId64 " to %" PRId64, row.bounds->min, row.bounds->max);
        std::fputc('\n', to);
    });
    if (f.status != 0) std::fprintf(to, "  %-11s %u\n", "status", static_cast<unsigned>(f.status));
    line("code", without_secrets(f.service.code));
    line("message", without_secrets(f.service.message));
    line("description", without_secrets(f.service.description));
    line("detail", without_secrets(f.service.detail));
    line("denied", without_secrets(f.service.access_denied_detail));
    line("request id", without_secrets(f.service.request_id));
    line("host", without_secrets(f.service.host_id));
    line("see", without_secrets(f.service.recommend));
    if (f.origin == origin::service && f.service.message.empty()) {
        line("body", without_secrets(first(f.body, f.body.size() < 1024 ? f.body.size() : 1024)));
    }
    if (f.wait_ms != 0) std::fprintf(to, "  %-11s %" PRIu32 " ms\n", "wait", f.wait_ms);
    bool const may_have_run = f.history.may_have_run || (f.origin == origin::transport && f.delivery != delivery::not_sent);
    if (may_have_run)
        line("request", "may have run");
    else if (f.origin == origin::transport)
        line("request", "was not sent");
    if (f.history.why != end_reason::none) {
        std::fprintf(to, "  %-11s %u, %" PRIu32 " ms of waiting: ", "attempts", static_cast<unsigned>(f.history.attempts),
                     f.history.waited_ms);
        out.write(message(f.history.why));
        std::fputc('\n', to);
    }
    if (f.origin != origin::caller) line("next", hint(advise(f, product)));
}

}  // namespace acs::inline ACS_ABI

#endif
