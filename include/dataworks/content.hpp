// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_CONTENT_HPP
#define DATAWORKS_CONTENT_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/scan.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Operations take `TaskContent` and `TaskParam` as they are. Here is what to call beforehand, for whoever wants to know what they send.
namespace dataworks::inline ACS_ABI {

/// What a text is that should be JSON.
enum class content_form : std::uint8_t {
    json,     ///< JSON, as the service wants it
    quoted,   ///< JSON, but a string that holds an object or array: `"{\"a\":1}"`, encoded too often
    escaped,  ///< the same without the outer quotes: `{\"a\":1}`, as it comes of cutting a text out of another
    broken,   ///< neither
};

[[nodiscard]] constexpr std::string_view message(content_form form) noexcept {
    switch (form) {
        case content_form::json: return "JSON";
        case content_form::quoted: return "JSON inside a JSON string: it was encoded too often; unwrap_content takes that off";
        case content_form::escaped: return "JSON whose quotes are escaped, without the quotes around it; unwrap_content takes that off";
        case content_form::broken: return "not JSON";
    }
    return "unknown";
}

/// What `check_content` found.
struct content_report {
    content_form form{};
    acs::errc code{};      ///< `escaped`, `broken`: what keeps it from being JSON; else none
    std::size_t offset{};  ///< where: of the first fault; of `quoted` the opening quote; of `json` the end of the text

    friend constexpr bool operator==(content_report const&, content_report const&) noexcept = default;
};

namespace content {

/// Whether a text begins and ends like an object or an array, white space aside.
[[nodiscard]] constexpr bool looks_nested(std::string_view text) noexcept {
    text = acs::trim(text);
    return text.size() >= 2 && ((text.front() == '{' && text.back() == '}') || (text.front() == '[' && text.back() == ']'));
}

/// Without the white space around a text, which is escaped as often as the text was encoded: a file ends in `\n`, and in letters then.
[[nodiscard]] constexpr std::string_view trim_encoded(std::string_view raw) noexcept {
    auto const is_escaped = [](char c) { return c == 'n' || c == 'r' || c == 't'; };
    for (;;) {
        raw = acs::trim(raw);
        std::size_t slashes = 0;
        while (slashes < raw.size() && raw[slashes] == '\\') ++slashes;
        if (slashes == 0 || slashes == raw.size() || !is_escaped(raw[slashes])) break;
        raw.remove_prefix(slashes + 1);
    }
    while (raw.size() >= 2 && is_escaped(raw.back()) && raw[raw.size() - 2] == '\\') {
        raw.remove_suffix(1);
        while (!raw.empty() && raw.back() == '\\') raw.remove_suffix(1);
        raw = acs::trim(raw);
    }
    return raw;
}

/// Whether what stands in a string looks so, or again like a string in which it stands, with its quotes escaped.
[[nodiscard]] constexpr bool looks_encoded(std::string_view raw) noexcept {
    for (;;) {
        raw = trim_encoded(raw);
        if (raw.empty() || raw.front() != '\\') return looks_nested(raw);
        while (!raw.empty() && raw.front() == '\\') raw.remove_prefix(1);
        if (raw.size() < 2 || raw.front() != '"' || raw.back() != '"') return false;
        raw = acs::first(acs::skip(raw, 1), raw.size() - 2);
        while (!raw.empty() && raw.back() == '\\') raw.remove_suffix(1);
    }
}

/// Offset of the first backslash that begins no escape of a JSON string, or half of a surrogate pair; the text's size if there is none.
[[nodiscard]] constexpr std::size_t find_bad_escape(std::string_view text) noexcept {
    auto const unit = [text](std::size_t at) -> char32_t {
        if (text.size() - at < 6 || text[at] != '\\' || text[at + 1] != 'u') return 0xFFFFFFFF;
        char32_t value = 0;
        for (std::size_t i = at + 2; i < at + 6; ++i) {
            unsigned const digit = acs::hex_digit(text[i]);
            if (digit > 15) return 0xFFFFFFFF;
            value = value << 4 | digit;
        }
        return value;
    };
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '\\') {
            ++i;
        } else if (i + 1 < text.size() && acs::json_scan::escaped(text[i + 1]) != '\0') {
            i += 2;
        } else {
            char32_t const high = unit(i);
            if (high > 0xFFFF || high >> 10 == 0xDC00 >> 10) return i;
            if (high >> 10 == 0xD800 >> 10) {
                if (unit(i + 6) >> 10 != 0xDC00 >> 10) return i;
                i += 6;
            }
            i += 6;
        }
    }
    return text.size();
}

/// The raw text of the string that a whole JSON text is; null data if it is anything else.
[[nodiscard]] constexpr std::string_view string_of(std::string_view text) noexcept {
    acs::json_reader json(text);
    acs::json_token token;
    if (json.next(token) != acs::errc::none || token.kind != acs::json_kind::string) return {};
    return token.text;
}

}  // namespace content

/// Whether a text is JSON, and if not where; or JSON that was encoded twice, by its look: whether its inside is JSON is known when it was
/// unwrapped. Takes no memory.
///
///     auto const report = dataworks::check_content(text);
///     if (report.form != dataworks::content_form::json) complain(message(report.form), report.offset);
[[nodiscard]] constexpr content_report check_content(std::string_view text) noexcept {
    std::size_t offset = 0;
    acs::errc const code = acs::check_json(text, offset);
    if (code == acs::errc::none) {
        std::string_view const inside = content::string_of(text);
        if (!content::looks_encoded(inside)) return {content_form::json, code, offset};
        return {content_form::quoted, code, static_cast<std::size_t>(inside.data() - text.data()) - 1};
    }
    bool const at_escape = offset < text.size() && text[offset] == '\\';
    bool const escaped = at_escape && content::looks_nested(content::trim_encoded(text)) && content::find_bad_escape(text) == text.size();
    return {escaped ? content_form::escaped : content_form::broken, code, offset};
}

/// Takes off every encoding that was too much, into memory as large as the text, which may be the text's own. Returns a view of that
/// memory; of JSON that needed nothing a view of the text, with nothing written.
///
/// Errors: of JSON, where `where` is `content` and the offset is in the text given, or `unwrapped` and it is in what was in the memory
/// when it ended; no_space.
[[nodiscard]] constexpr acs::result<std::string_view> unwrap_content(std::string_view text, std::span<char> memory) noexcept {
    // Each level halves the backslashes, so there are few.
    for (bool unwrapped = false;; unwrapped = true) {
        content_report const report = check_content(text);
        if (report.form == content_form::json) return text;
        if (report.form == content_form::broken) return acs::refuse(report.code, unwrapped ? "unwrapped" : "content", report.offset);
        std::string_view const raw = report.form == content_form::quoted ? content::string_of(text) : text;
        if (raw.size() > memory.size()) return acs::refuse_space("content", raw.size());
        text = {memory.data(), acs::json_unescape(raw, memory.data())};
    }
}

}  // namespace dataworks::inline ACS_ABI

#endif
