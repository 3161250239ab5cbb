// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_RECEIVED_HPP
#define ACS_TESTING_RECEIVED_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A request as a server receives it.
namespace acs::testing::inline ACS_ABI {

/// A sink that appends to a string.
class string_sink {
public:
    explicit string_sink(std::string& to) noexcept : to_(&to) {}
    void write(std::string_view text) noexcept { to_->append(text); }

private:
    std::string* to_;
};

/// A request, taken apart. Owns its texts.
struct received {
    std::string method{};                                       ///< as sent
    std::string target{};                                       ///< as sent
    std::string path{};                                         ///< the target without its query, still encoded
    std::vector<std::pair<std::string, std::string>> fields{};  ///< in the order received
    std::string body{};                                         ///< as sent
    std::vector<std::pair<std::string, std::string>> query{};   ///< decoded, in the order received
    std::vector<std::pair<std::string, std::string>> form{};    ///< of a body that is a form, decoded

    /// The value of the first header of that name; empty if there is none.
    [[nodiscard]] std::string_view field_of(std::string_view name) const noexcept {
        for (auto const& [key, value] : fields)
            if (equal_ignoring_case(key, name)) return trim(value);
        return {};
    }

    /// The value of a parameter, from the query or the form; none if it was not sent.
    [[nodiscard]] std::optional<std::string_view> param_of(std::string_view name) const noexcept {
        for (auto const* const list : {&form, &query})
            for (auto const& [key, value] : *list)
                if (key == name) return value;
        return {};
    }

    /// Whether it is signed by ACS3, or means to be; by RPC 1.0, headers may name the action as well, for routing (protocol 1.2).
    [[nodiscard]] bool is_acs3() const noexcept {
        return !field_of("authorization").empty() || (!field_of("x-acs-action").empty() && !param_of("Signature"));
    }

    /// Views of all parameters, in canonical order.
    [[nodiscard]] std::vector<param> params() const {
        std::vector<param> all;
        for (auto const& [name, value] : query) all.push_back({name, value, place::query});
        for (auto const& [name, value] : form) all.push_back({name, value, place::form});
        sort_params(all);
        return all;
    }
};

/// Takes `name=value&name=value` apart. False if a percent sign stands alone.
[[nodiscard]] inline bool parse_pairs(std::string_view text, std::vector<std::pair<std::string, std::string>>& out) {
    while (!text.empty()) {
        std::size_t const end = text.find('&') < text.size() ? text.find('&') : text.size();
        std::string_view const pair = first(text, end);
        text = skip(text, end < text.size() ? end + 1 : end);
        if (pair.empty()) continue;
        std::size_t const equals = pair.find('=') < pair.size() ? pair.find('=') : pair.size();
        auto& [name, value] = out.emplace_back();
        string_sink name_sink(name);
        string_sink value_sink(value);
        if (percent_decode(first(pair, equals), true, name_sink) != errc::none) return false;
        if (percent_decode(skip(pair, equals < pair.size() ? equals + 1 : equals), true, value_sink) != errc::none) return false;
    }
    return true;
}

/// Takes a request apart. Empty if its target is no path, or its query or form is not well-formed.
[[nodiscard]] inline std::optional<received> receive(std::string_view method, std::string_view target, std::span<field const> fields,
                                                     std::string_view body) {
    received r;
    r.method = method;
    r.target = target;
    r.body = body;
    for (field const& f : fields) r.fields.emplace_back(f.name, f.value);
    std::size_t const query = target.find('?') < target.size() ? target.find('?') : target.size();
    r.path = first(target, query);
    if (r.path.empty() || r.path.front() != '/') return {};
    if (query < target.size() && !parse_pairs(skip(target, query + 1), r.query)) return {};
    if (starts_with_ignoring_case(r.field_of("content-type"), "application/x-www-form-urlencoded") && !parse_pairs(body, r.form)) return {};
    return r;
}

}  // namespace acs::testing::inline ACS_ABI

#endif
