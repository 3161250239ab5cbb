// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_FIND_HPP
#define ACS_JSON_FIND_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The value at a dotted path, such as `Data.Status`, or `Items.0.Id` with an index into an array; the empty path is the whole value. Of
/// an object or array the token's text is all of its source. A value that is not there is no error: `json_kind::end`. Of members with one
/// name the first is taken; names with a dot cannot be reached.
///
/// The text is read, and checked, as far as the end of that value. Errors as `json_reader::next`, with their offset. The token views
/// `text`.
[[nodiscard]] constexpr result<json_token> find_json(std::string_view text, std::string_view path) noexcept {
    json_reader json(text);
    json_token token;
    auto const failed = [&json](errc code) { return refuse(code, "json", json.offset()); };
    for (;;) {
        if (errc const code = json.next(token); code != errc::none) return failed(code);
        if (token.kind == json_kind::array_end) return json_token{};  // the index was its size
        if (path.empty()) break;
        std::size_t size = 0;
        while (size < path.size() && path[size] != '.') ++size;
        std::string_view const step = first(path, size);
        path = skip(path, size < path.size() ? size + 1 : size);

        if (token.kind == json_kind::object_begin) {
            for (;;) {
                if (errc const code = json.next(token); code != errc::none) return failed(code);
                if (token.kind == json_kind::object_end) return json_token{};
                if (json_equals(token.text, token.escaped, step)) break;
                if (errc const code = json.skip_value(); code != errc::none) return failed(code);
            }
            continue;
        }
        std::optional<std::int64_t> const index = parse_integer(step);
        if (token.kind != json_kind::array_begin || !index || *index < 0) return json_token{};
        std::size_t const inside = json.depth();
        for (std::int64_t i = 0; i < *index; ++i) {
            if (errc const code = json.skip_value(); code != errc::none) return failed(code);
            if (json.depth() < inside) return json_token{};
        }
    }
    if (token.kind == json_kind::object_begin || token.kind == json_kind::array_begin) {
        json_token last;
        for (std::size_t const inside = json.depth(); json.depth() >= inside;)
            if (errc const code = json.next(last); code != errc::none) return failed(code);
        token.text = first(skip(text, token.offset), json.offset() - token.offset);
    }
    return token;
}

}  // namespace acs::inline ACS_ABI

#endif
