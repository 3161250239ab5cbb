// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CLIENT_CHECK_REQUEST_HPP
#define ACS_CLIENT_CHECK_REQUEST_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/extra_fields.hpp>

#include <cstddef>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Whether it is what stands between method and version on the wire: a path, and a query.
[[nodiscard]] constexpr verdict check_target(std::string_view target) noexcept {
    std::size_t i = skip_words(target, [](std::size_t word) {
        std::size_t const above = (word | (word + in_each_byte(1))) & in_each_byte(0x80);  // `~` is the last that may be
        return (bytes_below(word, ' ' + 1) | above | bytes_below(word ^ in_each_byte('#'), 1)) == 0;
    });
    while (i < target.size() && target[i] > ' ' && target[i] <= '~' && target[i] != '#') ++i;
    if (i == target.size() && !target.empty() && target.front() == '/') return {};
    if (auto ok = check_header_text("target", target); !ok) return ok;
    bool const begins = !target.empty() && target.front() == '/';
    return refuse(errc::invalid_path, "target", begins ? i : 0);
}

/// What a transport refuses to carry, before a byte leaves: it can be given any request, not only one of `prepare`.
/// errc::insecure_transport for plain http, unless that is allowed; invalid_host, forbidden_character, invalid_name; duplicate_field, and
/// reserved_name for a field that says where the body ends, which is the transport's part: either could be read in two ways; invalid_path
/// for a target that is no path or holds what would end it on the wire; unsupported_body for a body with GET or HEAD.
[[nodiscard]] constexpr result<void> check_request(request const& made, bool allow_http) noexcept {
    if (made.scheme == scheme::http && !allow_http) return refuse(errc::insecure_transport, made.host);
    if (auto ok = check_host(made.host); !ok) return ok;
    if (auto ok = check_target(made.target); !ok) return ok;
    for (std::size_t i = 0; i < made.fields.size(); ++i) {
        field const& f = made.fields[i];
        if (!is_token(f.name)) {
            if (auto ok = check_header_text(f.name, f.name); !ok) return ok;
            return refuse(errc::invalid_name, f.name);
        }
        if (auto ok = check_header_text(f.name, f.value); !ok) return ok;
        if (equal_ignoring_case(f.name, "content-length") || equal_ignoring_case(f.name, "transfer-encoding"))
            return refuse(errc::reserved_name, f.name);
        for (field const& before : made.fields.first(i))
            if (equal_ignoring_case(before.name, f.name)) return refuse(errc::duplicate_field, f.name);
    }
    bool const bodiless = made.verb == method::get || made.verb == method::head;
    if (bodiless && !made.body.empty()) return refuse(errc::unsupported_body, "body");
    return {};
}

}  // namespace acs::inline ACS_ABI

#endif
