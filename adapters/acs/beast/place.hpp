// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_PLACE_HPP
#define ACS_BEAST_PLACE_HPP

#include <acs/hosted.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace acs::inline ACS_ABI {

/// A place to connect to.
struct beast_place {
    std::string host{};  ///< a name, or an address without brackets
    std::string port{};

    [[nodiscard]] bool operator==(beast_place const&) const = default;
    /// Whether there is none.
    [[nodiscard]] bool empty() const noexcept { return host.empty(); }

    /// Of `host`, `host:port` or `[address]:port`.
    [[nodiscard]] static beast_place of(std::string_view authority, std::string_view default_port) {
        std::size_t const bracket = authority.rfind(']'), colon = authority.rfind(':');
        bool const has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
        std::string_view name = has_port ? authority.substr(0, colon) : authority;
        if (name.size() >= 2 && name.front() == '[' && name.back() == ']') name = name.substr(1, name.size() - 2);
        return {std::string(name), std::string(has_port ? authority.substr(colon + 1) : default_port)};
    }

    /// Where a request goes.
    [[nodiscard]] static beast_place of(request const& made) { return of(made.host, made.scheme == scheme::http ? "80" : "443"); }

    /// Of `http://host:port`, of which the beginning and a slash at the end may be missing. A proxy that would be spoken to under TLS,
    /// wants a password, or has no name or no port there can be, is not supported: nobody is connected to then.
    [[nodiscard]] static beast_place of_proxy(std::string_view url) {
        if (url.empty()) return {};
        if (url.starts_with("http://")) url.remove_prefix(7);
        if (url.ends_with('/')) url.remove_suffix(1);
        beast_place place = of(url, "3128");
        bool const good = url.find_first_of("/@") == std::string_view::npos && !place.host.empty() && is_port(place.port);
        return good ? std::move(place) : beast_place{"unsupported.invalid", "0"};
    }

    /// For CONNECT: `host:port`, an IPv6 address in brackets.
    [[nodiscard]] std::string authority() const {
        bool const literal = host.find(':') != std::string::npos;
        return (literal ? '[' + host + ']' : host) + ':' + port;
    }
};

}  // namespace acs::inline ACS_ABI

#endif
