// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The rows of api/errors.json: what the service's pages say of its codes.
#ifndef ACS_TESTS_SUPPORT_ERROR_ROWS_HPP
#define ACS_TESTS_SUPPORT_ERROR_ROWS_HPP

#include <acs/core/result.hpp>
#include <acs/error/codes.hpp>
#include <acs/json/find.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/files.hpp"

namespace acs_tests {

/// A code, what it means, and with which statuses it was seen.
struct error_row {
    std::string code{};
    acs::error_class what{};
    acs::remedy how{};
    bool retry{};
    std::vector<std::uint16_t> statuses{};
};

/// A value of a JSON text that was checked before; a missing one is `end`.
inline acs::json_token json_at(std::string_view text, std::string const& path) {
    auto const found = acs::find_json(text, path);
    if (!found) throw std::runtime_error("no JSON at " + path);
    return *found;
}

template <class T, std::size_t N>
T value_of(std::array<std::pair<std::string_view, T>, N> const& names, std::string_view name) {
    for (auto const& [text, value] : names)
        if (text == name) return value;
    throw std::runtime_error("unknown word " + std::string(name));
}

inline error_row error_row_of(std::string_view row) {
    using acs::error_class;
    using acs::remedy;
    constexpr std::array<std::pair<std::string_view, error_class>, 8> classes{{{"auth", error_class::auth},
                                                                               {"signature", error_class::signature},
                                                                               {"clock", error_class::clock},
                                                                               {"throttling", error_class::throttling},
                                                                               {"server", error_class::server},
                                                                               {"request", error_class::request},
                                                                               {"permission", error_class::permission},
                                                                               {"not-found", error_class::not_found}}};
    constexpr std::array<std::pair<std::string_view, remedy>, 9> remedies{{{"", remedy::none},
                                                                           {"backoff", remedy::backoff},
                                                                           {"with-new-nonce", remedy::new_nonce},
                                                                           {"after-clock-correction", remedy::correct_clock},
                                                                           {"with-refreshed-credentials", remedy::refresh_credentials},
                                                                           {"maybe-later", remedy::maybe_later},
                                                                           {"other-region", remedy::other_region},
                                                                           {"daily-limit", remedy::daily_limit},
                                                                           {"quota", remedy::quota}}};
    error_row made;
    made.code = json_at(row, "code").text;
    // A pattern such as `Missing{ParameterName}` stands for any name.
    if (auto const open = made.code.find('{'); open != std::string::npos) made.code.replace(open, std::string::npos, "ProjectId");
    made.what = value_of(classes, json_at(row, "class").text);
    made.how = value_of(remedies, json_at(row, "how").text);
    made.retry = json_at(row, "retry").text == "true";
    auto const add = [&](acs::json_token const& status) {
        if (status.kind == acs::json_kind::number) made.statuses.push_back(static_cast<std::uint16_t>(std::stoi(std::string(status.text))));
        return status.kind == acs::json_kind::number;
    };
    if (json_at(row, "httpStatus").kind == acs::json_kind::array_begin)
        for (int i = 0; add(json_at(row, "httpStatus." + std::to_string(i)));) ++i;
    else
        add(json_at(row, "httpStatus"));
    if (json_at(row, "httpStatusElsewhere").kind == acs::json_kind::array_begin)
        for (int i = 0; add(json_at(row, "httpStatusElsewhere." + std::to_string(i)));) ++i;
    return made;
}

/// All rows of `gateway` or `dataworks`.
inline std::vector<error_row> error_rows(std::string const& section) {
    std::string const file = file_text("api/errors.json");
    std::string const all(json_at(file, section).text);
    std::vector<error_row> rows;
    for (int i = 0;; ++i) {
        std::string_view const row = json_at(all, std::to_string(i)).text;
        if (row.empty()) return rows;
        rows.push_back(error_row_of(row));
    }
}

/// A refusal by the service, as `answer_failure` makes it.
constexpr acs::failure refusal_by_service(std::string_view code, std::uint16_t status, std::uint32_t wait_ms = 0) {
    acs::failure f{};
    f.code = status >= 300 && status < 400 ? acs::errc::redirected : acs::errc::service_refused;
    f.origin = acs::origin::service;
    f.delivery = acs::delivery::answered;
    f.status = status;
    f.wait_ms = wait_ms;
    f.service.code = code;
    return f;
}

}  // namespace acs_tests

#endif
