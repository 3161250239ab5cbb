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

namespace acs::inline ACS_ABI {

/// What a transport refuses to carry, before a byte leaves: it can be given any request, not only one of `prepare`.
/// errc::insecure_transport for plain http, unless that is allowed; invalid_host, forbidden_character, invalid_name; duplicate_field, and
/// reserved_name for a field that says where the body ends, which is the transport's part: either could be read in two ways; invalid_path
/// for a target that is no path or holds what would end it on the wire; unsupported_body for a body with GET or HEAD.
[[nodiscard]] constexpr result<void> check_request(request const& made, bool allow_http) noexcept {
    if (made.scheme == scheme::http && !allow_http) return refuse(errc::insecure_transport, made.host);
    if (auto ok = check_host(made.host); !ok) return ok;
    if (auto ok = check_header_text("target", made.target); !ok) return ok;
    if (made.target.empty() || made.target.front() != '/') return refuse(errc::invalid_path, "target");
    for (std::size_t i = 0; i < made.target.size(); ++i)
        if (made.target[i] <= ' ' || made.target[i] > '~' || made.target[i] == '#') return refuse(errc::invalid_path, "target", i);
    for (std::size_t i = 0; i < made.fields.size(); ++i) {
        field const& f = made.fields[i];
        if (auto ok = check_header_text(f.name, f.name); !ok) return ok;
        if (!is_token(f.name)) return refuse(errc::invalid_name, f.name);
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
