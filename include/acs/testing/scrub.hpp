// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_SCRUB_HPP
#define ACS_TESTING_SCRUB_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/secret_name.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/value.hpp>
#include <acs/json/writer.hpp>
#include <acs/error/echo.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/recorded_exchange.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Takes secrets out of what was recorded, and leaves every other byte as it is.
namespace acs::testing::inline ACS_ABI {

/// What stands in place of a secret: text that no encoding changes.
inline constexpr std::string_view hidden = "hidden";

/// Header fields with a secret; of `authorization` of a request a part stays all the same. Cookies are secrets of a proxy's.
[[nodiscard]] inline bool is_secret_field(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 3> others{"proxy-authorization", "cookie", "set-cookie"};
    for (std::string_view const one : others)
        if (equal_ignoring_case(one, name)) return true;
    return is_secret_name(name);
}

/// Scrubs one exchange. What it finds secret in the request, it finds in the answer too, as it is or percent-encoded once or twice.
class scrubber {
public:
    static void scrub(recorded_exchange& x) {
        scrubber s;
        s.request(x.request);
        for (auto& [name, value] : x.answer.fields) value = is_secret_field(name) ? std::string(hidden) : s.without_values(value);
        x.answer.body = s.text(x.answer.body);
    }

    /// The request alone.
    static void scrub(recorded_request& r) { scrubber().request(r); }

private:
    /// Shorter texts, such as an access key id of tests, occur by chance.
    static constexpr std::size_t shortest = 4;

    void request(recorded_request& r) {
        for (auto& [name, value] : r.fields) {
            if (equal_ignoring_case(name, "authorization"))
                value = authorization(value);
            else if (is_secret_field(name))
                value = replaced(value);
        }
        std::size_t const query = r.target.find('?');
        if (query != std::string::npos) r.target = r.target.substr(0, query + 1) + pairs(std::string_view(r.target).substr(query + 1));
        r.body = r.has_form() ? pairs(r.body) : text(r.body);
    }

    std::string replaced(std::string_view value) {
        if (value.size() >= shortest && value != hidden) {
            std::string once, twice;
            string_sink to_once(once), to_twice(twice);
            percent_encode(value, to_once);
            percent_encode(once, to_twice);
            values_.insert(values_.end(), {twice, once, std::string(value)});
        }
        return std::string(hidden);
    }

    /// `ALGORITHM Credential=...,SignedHeaders=...,Signature=...`, `acs ID:SIGNATURE`, or anything else, of which nothing stays.
    std::string authorization(std::string_view value) {
        if (starts_with_ignoring_case(value, "acs ")) {
            std::string_view const rest = value.substr(4);
            std::size_t const colon = std::min(rest.find(':'), rest.size());
            replaced(rest.substr(0, colon));
            if (colon < rest.size()) replaced(rest.substr(colon + 1));
            return "acs hidden:hidden";
        }
        std::size_t const begin = value.find(" Credential=");
        if (begin == std::string_view::npos) return replaced(value);
        std::string out(value.substr(0, begin + 1));
        std::string_view rest = value.substr(begin + 1);
        for (bool more = true; more;) {
            std::size_t const end = std::min(rest.find(','), rest.size());
            std::string_view const part = rest.substr(0, end);
            std::size_t const value_at = part.find('=') + 1;  // npos + 1 is 0: what has no name is all value
            out.append(part.substr(0, value_at));
            out.append(part.starts_with("SignedHeaders=") ? std::string(part.substr(value_at)) : replaced(part.substr(value_at)));
            more = end < rest.size();
            if (more) out += ',';
            rest = rest.substr(more ? end + 1 : end);
        }
        return out;
    }

    /// A query or form.
    std::string pairs(std::string_view text) {
        std::string out;
        for (bool more = true; more;) {
            std::size_t const end = std::min(text.find('&'), text.size());
            std::string_view const pair = text.substr(0, end);
            std::size_t const equals = std::min(pair.find('='), pair.size());
            std::string name, value;
            string_sink to_name(name), to_value(value);
            static_cast<void>(percent_decode(pair.substr(0, equals), true, to_name));  // one that is not well-formed names nothing
            if (is_secret_name(name)) {
                std::string_view const encoded = pair.substr(std::min(equals + 1, pair.size()));
                out.append(pair.substr(0, equals)).append("=");
                out.append(replaced(percent_decode(encoded, true, to_value) == errc::none ? std::string_view(value) : encoded));
            } else {
                out.append(pair);
            }
            more = end < text.size();
            if (more) out += '&';
            text = text.substr(more ? end + 1 : end);
        }
        return out;
    }

    /// Any body: JSON whether it is whole or cut off, XML, or neither.
    std::string text(std::string_view all) {
        std::size_t first_byte = 0;
        while (first_byte < all.size() && is_space(all[first_byte])) ++first_byte;
        bool const like_json = first_byte < all.size() && (all[first_byte] == '{' || all[first_byte] == '[' || all[first_byte] == '"');
        return strings(like_json ? without_values(std::string(all)) : outside(all));
    }

    /// Text that is taken apart into its strings: all of it, or what one of those strings stands for.
    struct level {
        std::string text{};
        std::string out{};
        std::size_t at{};
        bool hide{};          // the string that comes next is the value of a secret member
        std::string raw{};    // the string that the text came from, of the level before,
        std::string plain{};  // what that stands for,
        bool closed{};        // and whether it ends in a quote
    };

    /// JSON in strings in JSON is taken apart as deep as this; a string of more is hidden.
    static constexpr std::size_t most_levels = 16;

    /// The strings of JSON one by one, and what stands between them; JSON that is encoded in them as well.
    std::string strings(std::string all) {
        std::vector<level> open(1);
        open.front().text = std::move(all);
        for (;;) {
            level& l = open.back();
            if (l.at < l.text.size()) {
                if (auto inner = next(l); inner && open.size() < most_levels)
                    open.push_back(std::move(*inner));
                else if (inner)
                    l.out.append(hidden).append(inner->closed ? "\"" : "");
                continue;
            }
            level done = std::move(open.back());
            open.pop_back();
            if (open.empty()) return std::move(done.out);
            open.back().out.append(encoded_again(done.out, done)).append(done.closed ? "\"" : "");
        }
    }

    /// Goes on to behind the next string, or to its front; what the string stands for if there are strings in that.
    std::optional<level> next(level& l) {
        std::string_view const all = l.text;
        if (all[l.at] != '"') {
            std::size_t const end = std::min(all.find('"', l.at), all.size());
            l.out += all.substr(l.at, end - l.at);
            l.at = end;
            return {};
        }
        std::size_t end = l.at + 1;
        while (end < all.size() && all[end] != '"') end += all[end] == '\\' ? 2U : 1U;
        level inner{.raw = std::string(all.substr(l.at + 1, std::min(end, all.size()) - l.at - 1)), .closed = end < all.size()};
        l.at = inner.closed ? end + 1 : all.size();
        std::size_t behind = l.at;
        while (behind < all.size() && is_space(all[behind])) ++behind;
        bool const is_name = behind < all.size() && all[behind] == ':';
        bool const is_secret = l.hide && !is_name;
        auto plain = plain_of(inner.raw);
        l.hide = is_name && is_secret_name(plain.value_or(inner.raw));
        l.out += '"';
        if (is_secret || !plain) {
            l.out.append(is_secret ? std::string(hidden) : without_values(without_echoes(inner.raw)));
        } else {
            inner.plain = std::move(*plain);
            inner.text = without_echoes(without_values(inner.plain));
            if (inner.text.find('"') != std::string::npos) return inner;
            l.out.append(encoded_again(inner.text, inner));
        }
        if (inner.closed) l.out += '"';
        return {};
    }

    /// What the raw text of a string stands for; none if it is not well-formed.
    static std::optional<std::string> plain_of(std::string_view raw) {
        std::size_t offset = 0;
        if (check_json("\"" + std::string(raw) + "\"", offset) != errc::none) return {};
        std::string plain(raw);
        plain.resize(json_unescape(plain, plain.data()));
        return plain;
    }

    /// What is left of a string, escaped as it was, unless something was taken out.
    static std::string encoded_again(std::string_view clean, level const& from) {
        if (clean == from.plain) return from.raw;
        std::string out;
        string_sink sink(out);
        write_json_string(clean, sink);
        return out.substr(1, out.size() - 2);
    }

    /// XML, or text of no sort.
    std::string outside(std::string_view text) {
        std::string out;
        while (!text.empty()) {
            std::size_t const open = std::min(text.find('<'), text.size());
            out += without_values(without_echoes(text.substr(0, open)));
            text = text.substr(open);
            std::size_t const close = std::min(text.find('>'), text.size());
            std::string_view const element = text.substr(0, std::min(close + 1, text.size()));
            out += element;
            text = text.substr(element.size());
            std::string_view const name = name_of(element), local = name.substr(name.rfind(':') + 1);
            if (!is_secret_name(local) || element.ends_with("/>")) continue;
            out += hidden;
            text = text.substr(std::min(text.find("</" + std::string(name)), text.size()));
        }
        return out;
    }

    /// The name in a start tag; empty if it is none.
    static std::string_view name_of(std::string_view tag) {
        return tag.empty() ? tag : tag.substr(1, std::min(tag.find_first_of(" \t\r\n/>"), tag.size()) - 1);
    }

    static std::string without_echoes(std::string_view message) {
        std::string_view const kept = without_echo(message);
        return kept.size() == message.size() ? std::string(message) : std::string(kept).append(hidden);
    }

    [[nodiscard]] std::string without_values(std::string text) const {
        for (std::string const& value : values_) {
            std::string clean;  // put together anew: to replace in the midst of a text costs as much as what follows is long
            std::size_t done = 0;
            for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, done)) {
                clean.append(text, done, at - done).append(hidden);
                done = at + value.size();
            }
            if (done != 0) text = std::move(clean.append(text, done));
        }
        return text;
    }

    std::vector<std::string> values_{};
};

}  // namespace acs::testing::inline ACS_ABI

#endif
