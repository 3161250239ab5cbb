// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Texts that are measured: the reply that the service's page documents, and the same with a TaskContent of any size.
#ifndef ACS_TESTS_BENCH_BODIES_HPP
#define ACS_TESTS_BENCH_BODIES_HPP

#include <acs/testing/samples.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "bench/require.hpp"

namespace acs_bench {

/// The documented reply to QueryDISyncTaskConfigProcessResult.
inline std::string_view documented_reply() { return acs::testing::samples::query_result; }

/// The documented TaskContent, as JSON, with its first step repeated until the text has at least that size.
inline std::string json_text(std::size_t size) {
    std::string_view const reply = documented_reply();
    std::string_view const label = "\"TaskContent\": \"";
    std::size_t const begin = reply.find(label);
    std::size_t const end = reply.rfind("\"\n}\n}");
    require(begin != std::string_view::npos && end != std::string_view::npos, "the documented reply has another shape");
    std::string text;
    for (char const c : reply.substr(begin + label.size(), end - begin - label.size()))
        if (c != '\\') text += c;  // nothing but quotes is escaped there
    std::size_t const steps = text.find("\"steps\":[") + 9;
    std::string const step = text.substr(steps, text.find("{\"stepType\":\"holo\"") - steps);
    std::string more;
    while (text.size() + more.size() < size) more += step;
    return text.insert(steps, more);
}

/// The text as the content of a JSON string: quotes, backslashes and line ends escaped.
inline std::string escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return out;
}

/// JSON as editors show it, indented by four.
inline std::string pretty(std::string_view json) {
    std::string out;
    std::size_t depth = 0;
    bool in_string = false;
    auto const line = [&] { out.append("\n").append(4 * depth, ' '); };
    for (char const c : json) {
        if (c == '"') in_string = !in_string;  // the text has no escapes
        if (!in_string && (c == '}' || c == ']')) {
            if (depth != 0) --depth;
            line();
        }
        out += c;
        if (in_string) continue;
        if (c == '{' || c == '[') ++depth;
        if (c == '{' || c == '[' || c == ',') line();
        if (c == ':') out += ' ';
    }
    return out;
}

/// What a TaskContent is like.
enum class content_kind {
    dense,    ///< JSON, in which every sixth or seventh byte is a backslash
    sparse,   ///< long comments between quotes
    unicode,  ///< nothing but \uXXXX, every fourth a surrogate pair
    pretty,   ///< JSON with line ends and indentation
};

/// Of exactly that size.
inline std::string escaped_content(content_kind kind, std::size_t size) {
    std::string out;
    switch (kind) {
        case content_kind::dense: out = escaped(json_text(size)); break;
        case content_kind::pretty: out = escaped(pretty(json_text(size / 4))); break;
        case content_kind::sparse:
            while (out.size() < size) out.append("\\\"comment\\\":\\\"").append(240, 'c').append("\\\",");
            break;
        case content_kind::unicode: {
            constexpr std::string_view unit = R"(\u4e1a\u52a1\u6d41\ud83d\ude80)";
            while (out.size() + unit.size() <= size) out += unit;
            break;
        }
    }
    out.resize(size, '.');
    if (size != 0 && out.back() == '\\') out.back() = '.';  // of an escape that was cut in two
    return out;
}

/// The documented reply with a TaskContent that makes it so large, made once. Size 0: as it is documented.
inline std::string_view reply_body(content_kind kind, std::size_t size) {
    static std::map<std::pair<content_kind, std::size_t>, std::string> made;
    std::string& body = made[{kind, size}];
    if (!body.empty()) return body;
    body = documented_reply();
    if (size == 0) return body;
    std::size_t const begin = body.find("\"TaskContent\": \"") + 16;
    std::size_t const end = body.rfind("\"\n}\n}");
    std::size_t const frame = body.size() - (end - begin);
    body.replace(begin, end - begin, escaped_content(kind, size > frame ? size - frame : 1));
    return body;
}

}  // namespace acs_bench

#endif
