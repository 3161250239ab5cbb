// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_REQUEST_HPP
#define ACS_MESSAGE_REQUEST_HPP

#include <acs/core/config.hpp>
#include <acs/message/body.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/param.hpp>

#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// A signed HTTP message, ready to be carried: send exactly this, add nothing that a signature covers, follow no redirect.
/// Everything is a view into what it was prepared from: the operation, the endpoint, the credentials and the memory given.
struct request {
    acs::scheme scheme{};               ///< https unless the endpoint says otherwise
    method verb{};                      ///< for the request line
    std::string_view host{};            ///< name and optional port, equal to the `host` field
    std::string_view target{};          ///< path and query for the request line, encoded; send it as it is
    std::span<field const> fields{};    ///< every header to send but content-length, which is the transport's
    request_body body{};                ///< read it with a body_reader; `body.size()` is the content length
    std::string_view action{};          ///< the operation's name, for logs
    std::span<param const> params{};    ///< what target and form are made of, in canonical order, for explaining a signature
};

}  // namespace acs::inline ACS_ABI

#endif
