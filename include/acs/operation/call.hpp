// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_CALL_HPP
#define ACS_OPERATION_CALL_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sort.hpp>
#include <acs/core/text.hpp>
#include <acs/message/call_head.hpp>
#include <acs/message/method.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/draft.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Any action of any product, without a type: `acs::call{"ListProjects", "2020-05-18", params}`. Views only.
struct call {
    std::string_view action{};         ///< may be empty for ROA
    std::string_view version{};        ///< of the API
    std::span<param const> params{};   ///< in any order; nested values flattened (operation/flatten.hpp)
    method verb = method::post;        ///< GET carries every parameter in the query
    api_style style = api_style::rpc;  ///< ROA: `path` says what is called
    std::string_view path = "/";       ///< ROA only; percent-encode what is put into it
    std::string_view body{};           ///< bytes in place of a form; null data: none
    std::string_view content_type{};   ///< of `body`, such as `application/json; charset=utf-8`
    bool reads{};                      ///< changes nothing, so that repeating it is always safe
};

/// errc::invalid_path (with offset), forbidden_character.
[[nodiscard]] constexpr verdict check_path(call const& any) noexcept {
    if (auto ok = check_header_text("path", any.path); !ok) return ok;
    if (any.path.empty() || any.path.front() != '/') return refuse(errc::invalid_path, "path");
    if (any.style == api_style::rpc && any.path.size() != 1) return refuse(errc::invalid_path, "path", 1);
    for (std::size_t i = 0; i < any.path.size(); ++i)
        if (any.path[i] == '?' || any.path[i] == '#') return refuse(errc::invalid_path, "path", i);
    return {};
}

/// Puts the parameters where they travel and in order, which costs a typed call one pass. errc::duplicate_parameter, unsupported_body.
[[nodiscard]] constexpr verdict settle_params(draft& d) noexcept {
    std::span<param> const all = d.params.items();
    bool const bodiless = d.head.verb == method::get || d.head.verb == method::head;
    if (bodiless) {
        if (d.bytes.data() != nullptr) return refuse(errc::unsupported_body, "body");
        for (param& p : all) p.in = place::query;
    }
    for (param& p : all) {
        if constexpr (!ACS_SMALL_CODE) p.how = spelling::unknown;
        if (p.name.empty()) return refuse(errc::invalid_name, "params");
        if (p.in == place::form && d.bytes.data() != nullptr) return refuse(errc::unsupported_body, p.name);
    }
    sort_params(all);
    return check_unique_params(all);
}

}  // namespace acs::inline ACS_ABI

#endif
