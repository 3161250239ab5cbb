// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_XML_HPP
#define ACS_ERROR_XML_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/error/envelope.hpp>

#include <algorithm>
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

/// Replaces the five named entities and character references by their text, over itself, and returns its size. Unknown ones stay.
constexpr std::size_t unescape_xml(std::string_view raw, char* out) noexcept {
    struct entity {
        std::string_view name;
        char value;
    };
    constexpr std::array<entity, 5> entities{{{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};
    std::size_t size = 0;
    while (!raw.empty()) {
        std::size_t const end = raw.front() == '&' ? raw.find(';') : std::string_view::npos;
        std::size_t taken = 0;
        if (end != std::string_view::npos && end > 1 && end < 12) {
            std::string_view const name(raw.data() + 1, end - 1);
            for (entity const& e : entities)
                if (e.name == name) {
                    out[size++] = e.value;
                    taken = end + 1;
                }
            if (taken == 0 && name.front() == '#' && name.size() > 1) {
                bool const hex = name[1] == 'x';
                char32_t code = 0;
                bool good = name.size() > (hex ? 2U : 1U);
                for (char const c : skip(name, hex ? 2 : 1)) {
                    unsigned const digit = hex_digit(c);
                    good = good && digit < (hex ? 16U : 10U) && code <= 0x10FFFF;
                    if (good) code = code * (hex ? 16U : 10U) + digit;
                }
                if (good) {
                    std::array<char, 4> encoded{};
                    std::size_t const n = put_utf8(code, encoded.data());  // never longer than the reference
                    std::copy_n(encoded.data(), n, out + size);
                    size += n;
                    taken = end + 1;
                }
            }
        }
        if (taken == 0) {
            out[size++] = raw.front();
            taken = 1;
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
    constexpr bool next() noexcept {
        char const* const begin = rest_.data();
        for (;;) {
            std::size_t const open = rest_.find('<');
            if (open == std::string_view::npos) return false;
            content_ = {begin, static_cast<std::size_t>(rest_.data() + open - begin)};
            rest_.remove_prefix(open);
            if (skip_section("<?", "?>") || skip_section("<!--", "-->") || skip_section("<![CDATA[", "]]>") || skip_section("<!", ">"))
                continue;
            break;
        }
        std::size_t const close = rest_.find('>');
        if (close == std::string_view::npos || close < 2) return false;
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
    constexpr bool skip_section(std::string_view from, std::string_view to) noexcept {
        if (rest_.size() < from.size() || first(rest_, from.size()) != from) return false;
        std::size_t const end = rest_.find(to, from.size());
        rest_ = end == std::string_view::npos ? std::string_view() : skip(rest_, end + to.size());
        return true;
    }

    std::string_view rest_;
    std::string_view name_{};
    std::string_view content_{};
    bool end_{};
    bool empty_{};
};

/// Reads an XML error body; texts are unescaped in place, so they view `body`. False if it is not well-formed or says nothing that an error
/// body would: then `body` is unchanged and `out` empty.
[[nodiscard]] constexpr bool decode_xml_envelope(std::span<char> body, service_error& out) noexcept {
    out = {};
    xml_walker xml({body.data(), body.size()});
    envelope members;
    std::string_view root;
    std::string_view child;
    std::size_t depth = 0;
    bool wanted = false;
    bool any = false;
    do {
        if (!xml.next()) return false;
        if (!xml.is_end()) {
            if (depth == 0) root = xml.name();
            if (depth == 1) {
                child = xml.name();
                wanted = members.find(child) != nullptr;
            }
            if (depth == 2) wanted = false;  // not plain text
            if (!xml.is_empty()) ++depth;
            continue;
        }
        if (depth == 0 || (depth == 2 && xml.name() != child) || (depth == 1 && xml.name() != root)) return false;
        if (depth-- == 2 && wanted) {
            members.set(xml.content());
            any = any || !xml.content().empty();
        }
    } while (depth != 0);
    if (!any) return false;
    members.for_each_text([&](std::string_view& member) noexcept {
        constexpr std::string_view open = "<![CDATA[", close = "]]>";
        std::string_view raw = trim(member);
        bool const verbatim = raw.size() >= open.size() + close.size() && first(raw, open.size()) == open &&
                              skip(raw, raw.size() - close.size()) == close;
        if (verbatim) {
            member = {raw.data() + open.size(), raw.size() - open.size() - close.size()};
            return;
        }
        char* const at = body.data() + (raw.data() - body.data());
        member = {at, unescape_xml(raw, at)};
    });
    out = members.view();
    return true;
}

}  // namespace acs::inline ACS_ABI

#endif
