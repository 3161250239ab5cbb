// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_CALL_HEAD_HPP
#define ACS_MESSAGE_CALL_HEAD_HPP

#include <acs/core/config.hpp>
#include <acs/message/method.hpp>

#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The two ways in which products name their operations.
enum class api_style : std::uint8_t {
    rpc,  ///< by action, the path is `/`
    roa,  ///< by method and path
};

/// What an operation is called on the wire.
struct call_head {
    std::string_view action{};           ///< such as `CreateDISyncTask`
    std::string_view version{};          ///< of the API, such as `2020-05-18`
    method verb = method::post;          ///< how it is sent
    api_style style = api_style::rpc;    ///< how it is named
    std::string_view path = "/";         ///< ROA only; a parameter in it is percent-encoded already
    bool reads{};                        ///< changes nothing, so that repeating it is always safe
};

}  // namespace acs::inline ACS_ABI

#endif
