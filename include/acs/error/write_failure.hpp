// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_WRITE_FAILURE_HPP
#define ACS_ERROR_WRITE_FAILURE_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/json/writer.hpp>
#include <acs/error/classify.hpp>
#include <acs/error/codes.hpp>
#include <acs/error/echo.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Writes a failure as one JSON object, for machines. `product`: rows of the product, as for `advise`. The request that the service repeats
/// in some messages is left out, unless `show_echo` is set: it holds the access key id and any token. So is what follows a secret's name.
template <sink S>
constexpr void write_failure(failure const& f, S& out, std::span<code_row const> product = {}, bool show_echo = false) noexcept {
    json_writer json(out);
    auto const text = [&json](std::string_view name, std::string_view value) {
        json.name(name);
        json.string(value);
    };
    auto const number = [&json](std::string_view name, std::size_t value) {
        json.name(name);
        json.integer(static_cast<std::int64_t>(value));
    };
    json.begin_object();
    text("code", name(f.code));
    text("origin", name(f.origin));
    number("offset", f.offset);
    number("status", f.status);
    auto const shown = [show_echo](std::string_view value) { return show_echo ? value : without_secrets(value); };
    text("service_code", shown(f.service.code));
    std::string_view const said = shown(f.service.message);
    text("message", said.empty() ? message(f.code) : said);
    text("request_id", shown(f.service.request_id));
    json.name("retry");
    json.boolean(advise(f, product).retry);
    number("wait_ms", f.wait_ms);
    text("delivery", name(f.delivery));
    json.end_object();
}

}  // namespace acs::inline ACS_ABI

#endif
