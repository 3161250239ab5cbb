// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_MESSAGE_ENDPOINT_HPP
#define ACS_MESSAGE_ENDPOINT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/core/vectors.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/percent.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// How a request travels.
enum class scheme : std::uint8_t { https, http };

/// Where a request goes. Views only.
struct endpoint {
    std::string_view host{};                  ///< a name, or an IPv6 address in brackets, and an optional `:port`
    acs::scheme scheme = acs::scheme::https;  ///< http is for test servers; transports refuse it unless they are told to allow it
    std::string_view region{};                ///< for people
};

/// Whether the text is a port: 1 to 65535, without leading zeros.
[[nodiscard]] constexpr bool is_port(std::string_view text) noexcept {
    std::uint32_t const port = parse_count(text.data(), text.size());
    return port != 0 && port <= 65'535 && text.front() != '0';
}

/// Whether the text is surely a name without a port, as most hosts are. Says no where it would have to look closer.
[[nodiscard]] constexpr bool is_plain_name(std::string_view host) noexcept {
#if ACS_CPU_VECTORS
    constexpr std::size_t width = sizeof(text_vector);
    if (std::is_constant_evaluated() || host.size() <= width || host.front() == '.') return false;
    std::size_t const last = host.size() - 1 - width;
    for (std::size_t i = 0;; i = i + width < last ? i + width : last) {
        auto const here = vectors::load<text_vector>(host.data() + i);
        auto const next = vectors::load<text_vector>(host.data() + i + 1);
        auto const dot = static_cast<text_vector>(here == '.');
        auto const of_label = vectors::alphanumeric(here) | static_cast<text_vector>(here == '-') | static_cast<text_vector>(here == '_');
        if (!vectors::all(of_label | (dot & static_cast<text_vector>(next != '.')))) return false;
        if (i == last) return host.back() == '.' || percent::is(percent::of_label, host.back());
    }
#else
    return static_cast<void>(host), false;
#endif
}

/// Offset of the first byte with which the text is no host: a name or an IPv6 address in brackets, and an optional port. Npos if it is one.
[[nodiscard]] ACS_OUTLINE constexpr std::size_t find_host_fault(char const* data, std::size_t size) noexcept {
    std::string_view const host(data, size);
    std::size_t i = 0;
    if (!host.empty() && host.front() == '[') {
        unsigned colons = 0;
        for (i = 1; i < host.size(); ++i) {
            bool const colon = host[i] == ':';
            if (!colon && host[i] != '.' && hex_digit(host[i]) > 15) break;
            colons += colon ? 1U : 0U;
        }
        if (colons < 2 || i == host.size() || host[i] != ']') return i;
        ++i;
    } else {
        for (bool in_label = false; i < host.size(); ++i) {
            bool const dot = host[i] == '.';
            if (dot ? !in_label : !percent::is(percent::of_label, host[i])) break;
            in_label = !dot;
        }
        if (i == 0) return i;
    }
    if (i == host.size()) return std::string_view::npos;
    if (host[i] != ':') return i;
    std::size_t const port = ++i;
    if (is_port(skip(host, port))) return std::string_view::npos;
    while (i < host.size() && is_digit(host[i])) ++i;
    return i == host.size() ? port : i;
}

/// Whether a host can stand in the `host` header and nowhere else: no scheme, path, user info, query or white space. errc::invalid_host
/// with the offset of the fault; errc::forbidden_character for CR, LF and NUL.
[[nodiscard]] constexpr verdict check_host(std::string_view host) noexcept {
    if (is_plain_name(host)) return {};
    std::size_t offset = find_host_fault(host.data(), host.size());
    if (offset == std::string_view::npos) return {};
    errc code = errc::invalid_host;
    if (std::size_t const forbidden = find_forbidden(host); forbidden != host.size()) {
        code = errc::forbidden_character;
        offset = forbidden;
    }
    return refuse(code, "host", offset);
}

}  // namespace acs::inline ACS_ABI

#endif
