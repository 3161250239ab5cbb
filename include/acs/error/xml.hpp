// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_XML_HPP
#define ACS_ERROR_XML_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/result.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/error/envelope.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// Error bodies in XML, as gateways send them when nobody asked for JSON (protocol 4.4):
//
//     <?xml version='1.0' encoding='UTF-8'?><Error><RequestId>..</RequestId><HostId>..</HostId><Code>..</Code><Message>..</Message></Error>
//
// Enough of XML for these: the children of the root and their text. No entities of a document's own, so nothing expands.
namespace acs::inline ACS_ABI {

/// The character that a reference such as `&lt;` or `&#xA;` at the front of a text stands for, and the reference's size; size 0 if it is
/// none of XML's own.
struct xml_reference {
    static constexpr std::size_t max_size = 16;

    char32_t code{};
    std::size_t size{};

    ACS_COLD constexpr explicit xml_reference(std::string_view text) noexcept {
        struct entity {
            std::string_view name;
            char value;
        };
        constexpr std::array<entity, 5> entities{{{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};
        for (entity const& e : entities)
            if (text.size() >= e.name.size() && first(text, e.name.size()) == e.name) {
                code = static_cast<unsigned char>(e.value);
                size = e.name.size();
                return;
            }
        if (text.size() < 4 || first(text, 2) != "&#") return;
        bool const hex = text[2] == 'x';
        std::size_t const begin = hex ? 3 : 2;
        unsigned const base = hex ? 16 : 10;
        std::size_t i = begin;
        for (; i < text.size() && i < max_size; ++i) {
            unsigned const digit = hex_digit(text[i]);
            if (digit >= base || code > 0x10FFFF) break;
            code = code * base + digit;
        }
        if (i > begin && i < text.size() && text[i] == ';' && is_character(code)) size = i + 1;
    }

private:
    /// What may stand in a document (XML 1.0, 2.2).
    static constexpr bool is_character(char32_t c) noexcept {
        if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
        return c < 0xD800 || (c >= 0xE000 && c <= 0x10FFFF && c != 0xFFFE && c != 0xFFFF);
    }
};

/// The size of the markup at the front of a text that is no tag: a comment, a CDATA section, a processing instruction, a declaration. 0 if
/// there is none; all of the text if it has no end.
[[nodiscard]] ACS_COLD constexpr std::size_t xml_section_size(std::string_view text) noexcept {
    struct section {
        std::string_view from;
        std::string_view to;
    };
    constexpr std::array<section, 4> sections{{{"<?", "?>"}, {"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<!", ">"}}};
    if (text.empty() || text.front() != '<') return 0;
    for (section const& s : sections) {
        if (text.size() < s.from.size() || first(text, s.from.size()) != s.from) continue;
        std::size_t const end = text.find(s.to, s.from.size());
        return end == std::string_view::npos ? text.size() : end + s.to.size();
    }
    return 0;
}

/// Replaces references by their characters, takes CDATA as it is and leaves comments out; returns the size of the text. `out` may be
/// `raw`'s own memory. References that are none of XML's own stay.
ACS_COLD constexpr std::size_t unescape_xml(std::string_view raw, char* out) noexcept {
    constexpr std::string_view cdata = "<![CDATA[";
    std::size_t size = 0;
    while (!raw.empty()) {
        std::size_t taken = xml_section_size(raw);
        xml_reference const reference(raw.front() == '&' ? raw : std::string_view());
        if (reference.size != 0) {
            std::array<char, 4> encoded{};
            std::size_t const n = put_utf8(reference.code, encoded.data());  // never longer than the reference
            copy_n(encoded.data(), n, out + size);
            size += n;
            taken = reference.size;
        } else if (taken == 0) {
            out[size++] = raw.front();
            taken = 1;
        } else if (raw.size() >= cdata.size() && first(raw, cdata.size()) == cdata) {
            std::size_t const end = smaller(raw.find("]]>", cdata.size()), raw.size());
            for (std::size_t i = cdata.size(); i < end; ++i) out[size++] = raw[i];
        }
        raw.remove_prefix(taken);
    }
    return size;
}

/// Whether a body is XML by its first bytes, after white space.
[[nodiscard]] constexpr bool looks_like_xml(std::string_view text) noexcept {
    return text.size() >= 6 && (first(text, 5) == "<?xml" || first(text, 6) == "<Error");
}

/// Walks over the tags of a document.
class xml_walker {
public:
    constexpr explicit xml_walker(std::string_view text) noexcept : rest_(text) {}

    /// Moves to the next start or end tag; false at the end, or where the text is no XML. What stands between two tags is `content`.
    ACS_COLD constexpr bool next() noexcept {
        char const* const begin = rest_.data();
        for (;;) {
            std::size_t const open = rest_.find('<');
            if (open == std::string_view::npos) return false;
            content_ = {begin, static_cast<std::size_t>(rest_.data() + open - begin)};
            rest_.remove_prefix(open);
            std::size_t const section = xml_section_size(rest_);
            if (section == 0) break;
            rest_.remove_prefix(section);
        }
        std::size_t close = 1;
        for (char quote = '\0'; close < rest_.size() && (quote != '\0' || rest_[close] != '>'); ++close) {  // `>` may be in an attribute
            char const c = rest_[close];
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && (c == '"' || c == '\''))
                quote = c;
        }
        if (close == rest_.size() || close < 2) return false;
        std::string_view tag(rest_.data() + 1, close - 1);
        rest_.remove_prefix(close + 1);
        end_ = tag.front() == '/';
        empty_ = tag.back() == '/';
        if (end_) tag.remove_prefix(1);
        std::size_t size = 0;
        while (size < tag.size() && !is_space(tag[size]) && tag[size] != '/') ++size;
        name_ = first(tag, size);
        return size != 0;
    }

    [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
    [[nodiscard]] constexpr std::string_view content() const noexcept { return content_; }
    [[nodiscard]] constexpr bool is_end() const noexcept { return end_; }
    [[nodiscard]] constexpr bool is_empty() const noexcept { return empty_; }

private:
    std::string_view rest_;
    std::string_view name_{};
    std::string_view content_{};
    bool end_{};
    bool empty_{};
};

/// The texts that an XML error body holds; see below.
[[nodiscard]] ACS_COLD constexpr bool read_xml_envelope(std::span<char> body, std::span<std::string_view> texts) noexcept {
    xml_walker xml({body.data(), body.size()});
    envelope members(service_error_spellings, texts);
    std::string_view root;
    std::string_view child;
    std::size_t depth = 0;
    bool wanted = false;
    do {
        if (!xml.next()) return false;
        if (!xml.is_end()) {
            if (depth == 0) root = xml.name();
            if (depth == 1) {
                child = xml.name();
                wanted = members.find(child);
            }
            if (depth == 2) wanted = false;  // not plain text
            if (!xml.is_empty()) ++depth;
            continue;
        }
        if (depth == 0 || (depth == 2 && xml.name() != child) || (depth == 1 && xml.name() != root)) return false;
        if (depth-- == 2 && wanted) members.set(trim(xml.content()));
    } while (depth != 0);
    bool any = false;
    for (std::string_view& member : texts) {
        if (member.empty()) continue;
        char* const at = body.data() + (member.data() - body.data());
        member = {at, unescape_xml(member, at)};
        if (member.empty()) member = {};  // nothing but comments
        any = any || !member.empty();
    }
    return any;
}

/// Reads an XML error body; texts are unescaped in place, so they view `body`. False if the root or one of its children is not well-formed,
/// or if it says nothing that an error body would: then `body` is unchanged and `out` empty. What follows the root is not looked at.
[[nodiscard]] constexpr bool decode_xml_envelope(std::span<char> body, service_error& out) noexcept {
    out = {};
    return fill_texts(out, [body](std::span<std::string_view> texts) { return read_xml_envelope(body, texts); });
}

}  // namespace acs::inline ACS_ABI

#endif
