// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_TASK_PARAM_HPP
#define DATAWORKS_TASK_PARAM_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/writer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// `TaskParam` of the four operations that take one, as structs instead of JSON by hand. Views only; what is absent is left out.
namespace dataworks::inline ACS_ABI {

/// `TaskParam` of CreateDISyncTask.
struct new_task_param {
    std::string_view file_folder_path{};  ///< where the task is kept, such as `Business Flow/flow/Data Integration`
    std::string_view resource_group{};    ///< of Data Integration, such as `S_res_group_XXX_XXXX`
    std::optional<double> cu{};           ///< size of a serverless resource group: a multiple of 0.5
};

/// `TaskParam` of UpdateDISyncTask.
struct changed_task_param {
    std::string_view resource_group{};
    std::optional<double> cu{};
};

/// Tables of one database.
struct database_tables {
    std::string_view db_name{};
    std::span<std::string_view const> tables{};
};

/// What is read of one source.
struct source_connection {
    std::string_view datasource_type{};                  ///< such as `mysql`
    std::string_view datasource{};                       ///< its name in the workspace
    std::span<std::string_view const> table{};           ///< of the one database of the source
    std::span<database_tables const> selected_tables{};  ///< of several
};

/// `TaskParam` of GenerateDISyncTaskConfigForCreating.
struct generation_param {
    std::string_view type = "realtime";
    std::string_view version = "1.0";
    std::string_view resource_group{};                   ///< of Data Integration
    std::optional<std::int64_t> schedule_resgroup_id{};  ///< of scheduling, for solutions
    std::string_view name{};                             ///< of the solution
    std::string_view task_type{};                        ///< such as `oneclick_to_odps`
    std::string_view reader_type{};                      ///< `stepType` of the source, such as `mysql`
    std::span<source_connection const> connections{};
    std::string_view reader_name = "Reader";
    std::string_view writer_type{};        ///< `stepType` of the target, such as `odps`
    std::string_view writer_datasource{};  ///< name of the target in the workspace
    std::string_view writer_parameter{};  ///< JSON of an object, in place of the one that holds the data source, for targets that want more
    std::string_view writer_name = "Writer";
};

/// `TaskParam` of GenerateDISyncTaskConfigForUpdating: the tables that the task has from now on.
struct regeneration_param {
    std::span<source_connection const> connections{};
    std::string_view reader_name = "Reader";
};

namespace task_params {

/// Each shape is walked by one function, for whoever visits its members: one writes, one checks.
template <class V>
constexpr void walk(new_task_param const& p, V& v) noexcept {
    v.begin_object({});
    v.text("FileFolderPath", p.file_folder_path);
    v.text("ResourceGroup", p.resource_group);
    v.half_units("Cu", p.cu);
    v.end_object();
}

template <class V>
constexpr void walk(changed_task_param const& p, V& v) noexcept {
    v.begin_object({});
    v.text("ResourceGroup", p.resource_group);
    v.half_units("Cu", p.cu);
    v.end_object();
}

template <class V>
constexpr void texts(std::string_view name, std::span<std::string_view const> all, V& v) noexcept {
    if (all.empty()) return;
    v.begin_array(name);
    for (std::string_view const one : all) v.element(name, one);
    v.end_array();
}

template <class V>
constexpr void reader(std::span<source_connection const> connections, std::string_view type, std::string_view name, V& v) noexcept {
    v.begin_object({});
    v.text("stepType", type);
    v.begin_object("parameter");
    v.begin_array("connection");
    for (source_connection const& one : connections) {
        v.begin_object({});
        v.text("datasourceType", one.datasource_type);
        v.text("datasource", one.datasource);
        texts("table", one.table, v);
        if (!one.selected_tables.empty()) v.begin_array("selectedTables");
        for (database_tables const& database : one.selected_tables) {
            v.begin_object({});
            v.text("dbName", database.db_name);
            v.begin_array("schema");
            v.begin_object({});
            v.begin_array("tableInfos");
            for (std::string_view const table : database.tables) {
                v.begin_object({});
                v.text("table", table);
                v.end_object();
            }
            v.end_array();
            v.end_object();
            v.end_array();
            v.end_object();
        }
        if (!one.selected_tables.empty()) v.end_array();
        v.end_object();
    }
    v.end_array();
    v.end_object();
    v.text("name", name);
    v.text("category", "reader");
    v.end_object();
}

template <class V>
constexpr void walk(generation_param const& p, V& v) noexcept {
    v.begin_object({});
    v.text("type", p.type);
    v.text("version", p.version);
    v.begin_object("setting");
    v.text("resourceGroup", p.resource_group);
    v.integer("scheduleResgroupId", p.schedule_resgroup_id);
    v.text("name", p.name);
    v.text("taskType", p.task_type);
    v.end_object();
    v.begin_array("steps");
    reader(p.connections, p.reader_type, p.reader_name, v);
    v.begin_object({});
    v.text("stepType", p.writer_type);
    if (p.writer_parameter.data() != nullptr) {
        v.raw("parameter", p.writer_parameter);
    } else {
        v.begin_object("parameter");
        v.text("datasource", p.writer_datasource);
        v.end_object();
    }
    v.text("name", p.writer_name);
    v.text("category", "writer");
    v.end_object();
    v.end_array();
    v.end_object();
}

template <class V>
constexpr void walk(regeneration_param const& p, V& v) noexcept {
    v.begin_object({});
    v.begin_array("steps");
    reader(p.connections, {}, p.reader_name, v);
    v.end_array();
    v.end_object();
}

template <acs::sink S>
class writer {
public:
    constexpr explicit writer(S& out) noexcept : json_(out) {}

    constexpr void begin_object(std::string_view name) noexcept {
        if (!name.empty()) json_.name(name);
        json_.begin_object();
    }
    constexpr void end_object() noexcept { json_.end_object(); }
    constexpr void begin_array(std::string_view name) noexcept {
        json_.name(name);
        json_.begin_array();
    }
    constexpr void end_array() noexcept { json_.end_array(); }
    constexpr void text(std::string_view name, std::string_view value) noexcept {
        if (value.data() == nullptr) return;
        json_.name(name);
        json_.string(value);
    }
    constexpr void element(std::string_view, std::string_view value) noexcept { json_.string(value); }
    constexpr void integer(std::string_view name, std::optional<std::int64_t> const& value) noexcept {
        if (!value) return;
        json_.name(name);
        json_.integer(*value);
    }
    constexpr void half_units(std::string_view name, std::optional<double> const& value) noexcept {
        if (!value) return;
        json_.name(name);
        json_.number(*value);
    }
    constexpr void raw(std::string_view name, std::string_view value) noexcept {
        constexpr std::string_view mark = "\xEF\xBB\xBF";  // at the front of a text it may stand, but not in the middle of one
        json_.name(name);
        json_.raw(value.starts_with(mark) ? acs::skip(value, mark.size()) : value);
    }

private:
    acs::json_writer<S> json_;
};

/// Finds the first member that makes no JSON, or that the service is known to refuse.
class checker {
public:
    constexpr void begin_object(std::string_view) noexcept {}
    constexpr void end_object() noexcept {}
    constexpr void begin_array(std::string_view) noexcept {}
    constexpr void end_array() noexcept {}
    constexpr void text(std::string_view name, std::string_view value) noexcept {
        if (std::size_t const at = acs::find_invalid_utf8(value); at != value.size()) fault(acs::errc::invalid_utf8, name, at);
    }
    constexpr void element(std::string_view name, std::string_view value) noexcept { text(name, value); }
    constexpr void integer(std::string_view, std::optional<std::int64_t> const&) noexcept {}
    constexpr void half_units(std::string_view name, std::optional<double> const& value) noexcept {
        if (!value) return;
        bool const in_range = *value > 0 && *value <= 1'000'000;
        if (!in_range || static_cast<double>(static_cast<std::int64_t>(*value * 2)) != *value * 2)
            fault(acs::errc::number_out_of_range, name, 0);
    }
    constexpr void raw(std::string_view name, std::string_view value) noexcept {
        std::size_t at = 0;
        if (acs::errc const code = acs::check_json(value, at); code != acs::errc::none) fault(code, name, at);
    }
    [[nodiscard]] constexpr acs::result<void> found() const noexcept { return first_; }

private:
    constexpr void fault(acs::errc code, std::string_view name, std::size_t offset) noexcept {
        if (first_) first_ = acs::refuse(code, name, offset);
    }
    acs::result<void> first_{};
};

}  // namespace task_params

/// A struct that stands for a `TaskParam`.
template <class P>
concept task_param = std::same_as<P, new_task_param> || std::same_as<P, changed_task_param> || std::same_as<P, generation_param> ||
    std::same_as<P, regeneration_param>;

/// Whether it makes the JSON that it should: errc::invalid_utf8 with the member and the offset in its text; number_out_of_range for a `Cu`
/// that is no multiple of 0.5; errors of JSON for a parameter that is given as JSON.
template <task_param P>
[[nodiscard]] constexpr acs::result<void> check_task_param(P const& p) noexcept {
    task_params::checker v;
    task_params::walk(p, v);
    return v.found();
}

/// Writes compact JSON to a sink, whatever the texts: what is not UTF-8 becomes U+FFFD, which `check_task_param` finds beforehand.
template <task_param P, acs::sink S>
constexpr void write_task_param(P const& p, S& out) noexcept {
    task_params::writer<S> v(out);
    task_params::walk(p, v);
}

/// How many bytes that takes.
template <task_param P>
[[nodiscard]] constexpr std::size_t measure_task_param(P const& p) noexcept {
    acs::count_sink count;
    write_task_param(p, count);
    return count.needed();
}

/// Checks it and writes it into memory of the caller's, which the text views. Errors of `check_task_param`; no_space.
template <task_param P>
[[nodiscard]] constexpr acs::result<std::string_view> make_task_param(P const& p, std::span<char> memory) noexcept {
    if (auto ok = check_task_param(p); !ok) return ok.error();
    acs::span_sink out(memory);
    write_task_param(p, out);
    if (!out.fits()) return acs::refuse_space("TaskParam", out.needed());
    return out.view();
}

}  // namespace dataworks::inline ACS_ABI

#endif
