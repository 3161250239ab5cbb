// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Reads values out of a JSON document, with the library's own reader.
#ifndef ACS_TESTS_CONFORMANCE_DOCUMENT_HPP
#define ACS_TESTS_CONFORMANCE_DOCUMENT_HPP

#include <acs/encoding/base64.hpp>
#include <acs/json/find.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conformance {

using pairs = std::vector<std::pair<std::string, std::string>>;

inline std::string unescaped(acs::json_token const& token) {
    std::string text(token.text);
    text.resize(acs::json_unescape(token.text, text.data()));
    return text;
}

/// The value at a path; `json_kind::end` if it is not there.
inline acs::json_token at(std::string_view json, std::string_view path) {
    auto const found = acs::find_json(json, path);
    return found ? *found : acs::json_token{};
}

/// The text at a path; none if it is absent or null.
inline std::optional<std::string> text_at(std::string_view json, std::string_view path) {
    acs::json_token const token = at(json, path);
    if (token.kind != acs::json_kind::string) return {};
    return unescaped(token);
}

/// The sources of the elements of an array, and the names of the members of an object in pairs with their sources.
inline std::vector<std::pair<std::string, std::string_view>> children(std::string_view json) {
    std::vector<std::pair<std::string, std::string_view>> all;
    acs::json_reader reader(json);
    acs::json_token token;
    if (reader.next(token) != acs::errc::none) return all;
    bool const object = token.kind == acs::json_kind::object_begin;
    if (!object && token.kind != acs::json_kind::array_begin) return all;
    for (;;) {
        acs::json_reader ahead = reader;
        if (ahead.next(token) != acs::errc::none || ahead.depth() == 0) return all;
        std::string name;
        if (object) {
            name = unescaped(token);
            reader = ahead;
        }
        std::size_t const begin = reader.offset();
        if (reader.skip_value() != acs::errc::none) return all;
        std::string_view source = acs::trim(json.substr(begin, reader.offset() - begin));
        if (!source.empty() && source.front() == ',') source = acs::trim(source.substr(1));
        all.emplace_back(std::move(name), source);
    }
}

/// A list of `[name, value]`; a null value counts as the empty one.
inline pairs pairs_at(std::string_view json, std::string_view path) {
    pairs list;
    for (auto const& [index, pair] : children(at(json, path).text))
        list.emplace_back(text_at(pair, "0").value_or(""), text_at(pair, "1").value_or(""));
    return list;
}

inline std::string from_base64(std::string_view text) {
    std::vector<std::uint8_t> bytes(text.size());
    auto const size = acs::base64_decode(text, bytes);
    return size ? std::string(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*size)) : std::string();
}

/// A body: null, `{text}` or `{base64}`.
inline std::optional<std::string> body_at(std::string_view json, std::string_view path) {
    std::string_view const body = at(json, path).text;
    if (auto text = text_at(body, "text")) return text;
    if (auto text = text_at(body, "base64")) return from_base64(*text);
    return {};
}

}  // namespace conformance

#endif
