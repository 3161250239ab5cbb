// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Requests as they travel, to be changed on the way to the gateway.
#ifndef ACS_TESTS_SUPPORT_WIRE_HPP
#define ACS_TESTS_SUPPORT_WIRE_HPP

#include <acs/json/find.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/testing/gateway.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

namespace acs_tests {

/// A request that owns its texts.
struct wire_request {
    std::string method{}, target{};
    std::vector<std::pair<std::string, std::string>> fields{};
    std::string body{};

    [[nodiscard]] std::string& value(std::string_view name) {
        for (auto& [key, text] : fields)
            if (key == name) return text;
        return fields.emplace_back(name, "").second;
    }
    void erase(std::string_view name) {
        std::erase_if(fields, [&](auto const& f) { return f.first == name; });
    }
};

template <class Op, class Who>
wire_request wire_of(Op const& op, acs::endpoint const& to, Who const& who, acs::moment const& now = vector_moment,
                     acs::prepare_options const& options = {}) {
    acs::request_buffer<8192, 32, 40> memory;
    auto const made = acs::prepare(op, to, who, now, memory, options);
    REQUIRE(made);
    wire_request w{std::string(name(made->verb)), std::string(made->target), {}, written([&](auto& out) { made->body.write_to(out); })};
    for (acs::field const& f : made->fields) w.fields.emplace_back(f.name, f.value);
    return w;
}

inline acs::testing::http_answer handle(acs::testing::gateway& gateway, wire_request const& w) {
    std::vector<acs::field> fields;
    for (auto const& [name, value] : w.fields) fields.push_back({name, value});
    return gateway.handle(w.method, w.target, fields, w.body);
}

/// The text at a path of an answer's body; `-` if there is none.
inline std::string text_at(acs::testing::http_answer const& answer, std::string_view path) {
    auto const token = acs::find_json(answer.body, path);
    if (!token || token->kind == acs::json_kind::end) return "-";
    std::string text(token->text);
    if (token->escaped) text.resize(acs::json_unescape(text, text.data()));
    return text;
}

/// `200`, or status and code of an error: `404 InvalidAction.NotFound`.
inline std::string verdict(acs::testing::http_answer const& answer) {
    std::string text = std::to_string(answer.status);
    if (answer.status != 200) text += " " + text_at(answer, "Code");
    return text;
}

}  // namespace acs_tests

#endif
