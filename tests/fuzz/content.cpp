// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any text as the content of a task, as nested parameters, and as the members of a `TaskParam`: what is made of it is JSON or parameters
// of exactly the size that was measured, or it says why not.
#include <acs/json/reader.hpp>
#include <acs/json/writer.hpp>
#include <acs/operation/flatten.hpp>
#include <dataworks/content.hpp>
#include <dataworks/task_param.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"

namespace fuzz_content {

namespace {

using fuzz::is_inside;
using fuzz::owned_text;
using fuzz::require;

bool is_json(std::string_view text) {
    std::size_t offset = 0;
    return acs::check_json(text, offset) == acs::errc::none;
}

/// Memory as large as the text is enough, be it the text's own; what comes out is JSON, and needs nothing more.
void check_content(std::string_view text) {
    dataworks::content_report const report = dataworks::check_content(text);
    bool const json = report.form == dataworks::content_form::json, quoted = report.form == dataworks::content_form::quoted;
    require(report.offset <= text.size() && (json || quoted) == is_json(text) && (report.code == acs::errc::none) == (json || quoted));
    owned_text memory{std::string(text.size(), ' ')}, own(text);
    auto const apart = dataworks::unwrap_content(text, memory.span()), in_place = dataworks::unwrap_content(own.view(), own.span());
    require(apart.has_value() == in_place.has_value());
    if (!apart) {
        require(apart.error().code != acs::errc::no_space && apart.error().code == in_place.error().code);
        require(apart.error().offset == in_place.error().offset && apart.error().offset <= text.size());
        return;
    }
    require(*apart == *in_place && is_inside(*apart, json ? text : memory.view()) && is_inside(*in_place, own.view()));
    require(is_json(*apart) && dataworks::check_content(*apart).form == dataworks::content_form::json);
    if (!json) {
        owned_text small{std::string(apart->empty() ? 0 : apart->size() - 1, ' ')};
        auto const refused = dataworks::unwrap_content(text, small.span());
        require(!refused && refused.error().code == acs::errc::no_space && refused.error().needed <= text.size());
    }
    if (!json || !dataworks::content::looks_nested(text)) return;
    // Encoded too often, it is still found.
    std::string once = fuzz::written([&](auto& out) { acs::write_json_string(text, out); });
    std::string twice = fuzz::written([&](auto& out) { acs::write_json_string(once, out); });
    for (std::string* const wrapped : {&once, &twice}) {
        auto const inside = dataworks::unwrap_content(*wrapped, *wrapped);
        require(inside && *inside == text);
    }
}

/// As many parameters and bytes as it says, and none beyond.
void check_flat(std::string_view prefix, std::string_view text) {
    auto const into = [&](std::size_t params, std::size_t bytes, std::size_t& needed_params, std::size_t& needed_bytes) {
        std::unique_ptr<acs::param[]> const slots(new acs::param[params]);
        owned_text memory{std::string(bytes, ' ')};
        acs::span_list<acs::param> list(std::span(slots.get(), params));
        acs::span_sink out(memory.span());
        acs::verdict const done = acs::flatten(prefix, text, acs::place::query, list, out);
        needed_params = list.needed();
        needed_bytes = out.needed();
        for (acs::param const& p : done ? list.items() : std::span<acs::param>()) {
            require(is_inside(p.name, memory.view()) && (is_inside(p.value, memory.view()) || is_inside(p.value, text)));
            require(p.name.starts_with(prefix));
        }
        return done;
    };
    std::size_t params = 0, bytes = 0, p = 0, b = 0;
    acs::verdict const first = into(0, 0, params, bytes);
    if (!first && first.error().code != acs::errc::no_space) {
        require(first.error().offset <= text.size());
        return;
    }
    require(is_json(text) && into(params, bytes, p, b) && p == params && b == bytes);
    if (params != 0) require(into(params - 1, bytes, p, b).error().where == "params" && p == params && b == bytes);
    if (bytes != 0) require(into(params, bytes - 1, p, b).error().where == "text" && p == params && b == bytes);
}

void check_style(std::string_view text) {
    fuzz::string_sink out;
    bool const written = acs::write_flat_style(text, out).has_value();
    require(written == is_json(text) && (!written || is_json(out.text)));
}

/// Of any texts: JSON of the size that was measured.
template <class P>
void check_param(P const& param) {
    std::size_t const size = dataworks::measure_task_param(param);
    owned_text exact{std::string(size, ' ')}, small{std::string(size - 1, ' ')};
    auto const made = dataworks::make_task_param(param, exact.span());
    if (!made) {
        require(made.error().code != acs::errc::no_space && !made.error().where.empty());
        return;
    }
    require(made->size() == size && is_json(*made));
    auto const refused = dataworks::make_task_param(param, small.span());
    require(!refused && refused.error().code == acs::errc::no_space && refused.error().needed == size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    unsigned const what = in.byte();
    if (what % 3 == 0) {
        owned_text const text(in.rest());
        check_content(text.view());
        check_style(text.view());
    } else if (what % 3 == 1) {
        std::string_view const prefix = in.line();
        owned_text const text(in.rest());
        check_flat(prefix, text.view());
    } else {
        std::string_view const one = in.line(), two = in.line(), json = in.rest();
        std::array<std::string_view, 2> const tables{one, two};
        std::array<dataworks::source_connection, 1> const connections{{{.datasource_type = one, .datasource = two, .table = tables}}};
        check_param(dataworks::new_task_param{.file_folder_path = one, .resource_group = two, .cu = what / 2.0});
        check_param(dataworks::regeneration_param{.connections = connections, .reader_name = two});
        check_param(dataworks::generation_param{.resource_group = one, .connections = connections, .writer_parameter = json});
    }
    return 0;
}

}  // namespace fuzz_content
