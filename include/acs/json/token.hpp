// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_JSON_TOKEN_HPP
#define ACS_JSON_TOKEN_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

enum class json_kind : std::uint8_t {
    object_begin,  ///< `{`
    object_end,    ///< `}`
    array_begin,   ///< `[`
    array_end,     ///< `]`
    name,          ///< the name of a member; its value follows
    string,        ///< a text
    number,        ///< a number
    boolean,       ///< `true` or `false`
    null,          ///< `null`
    end,           ///< the text is over, or there is no such value
};

/// One token of a JSON text. Its text views the input and lives as long as that.
struct json_token {
    json_kind kind{json_kind::end};  ///< which token
    bool escaped{};                  ///< names and strings: whether the text holds a backslash
    std::string_view text{};         ///< the source of it; of a name or string what stands between the quotes, still escaped
    std::size_t offset{};            ///< of its first byte in the input; of a name or string the opening quote
};

}  // namespace acs::inline ACS_ABI

#endif
