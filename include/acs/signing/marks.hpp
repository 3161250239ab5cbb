// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_MARKS_HPP
#define ACS_SIGNING_MARKS_HPP

#include <acs/core/config.hpp>

#include <cstdint>
#include <string_view>

// The canonical writers say which part of the text they write to a sink that cares, such as one that compares. To any other sink, a hash
// first of all, these cost nothing.
namespace acs::inline ACS_ABI {

/// What a stretch of signed text stands for.
enum class text_part : std::uint8_t {
    none,
    method,
    path,
    query,  ///< before its first parameter
    parameter,
    header,
    signed_list,  ///< the names of the signed headers
    body_hash,
    algorithm,     ///< first line of the string to sign of ACS3
    request_hash,  ///< second line of it
};

[[nodiscard]] constexpr std::string_view name(text_part p) noexcept {
    switch (p) {
        case text_part::none: return "none";
        case text_part::method: return "method";
        case text_part::path: return "path";
        case text_part::query: return "query";
        case text_part::parameter: return "parameter";
        case text_part::header: return "header";
        case text_part::signed_list: return "signed_list";
        case text_part::body_hash: return "body_hash";
        case text_part::algorithm: return "algorithm";
        case text_part::request_hash: return "request_hash";
    }
    return "unknown";
}

/// Whether a sink cares.
template <class S>
concept hears_parts = requires(S& out) { out.end_part(); };

/// What follows belongs to that part. `name` and `value` are those of a parameter or header, as the caller gave them.
template <class S>
constexpr void begin_part(S& out, text_part what, std::string_view name = {}, std::string_view value = {}) noexcept {
    if constexpr (requires { out.begin_part(what, name, value); }) out.begin_part(what, name, value);
}

/// What follows is the value of a parameter or header.
template <class S>
constexpr void begin_value(S& out) noexcept {
    if constexpr (requires { out.begin_value(); }) out.begin_value();
}

/// What follows stands between two parts.
template <class S>
constexpr void end_part(S& out) noexcept {
    if constexpr (requires { out.end_part(); }) out.end_part();
}

}  // namespace acs::inline ACS_ABI

#endif
