// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_OPTIONS_HPP
#define ACS_BEAST_OPTIONS_HPP

#include <acs/hosted.hpp>

#include <boost/asio/ssl/context.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// How Boost.Beast carries requests. The defaults are safe. Texts are views, which have to outlive the constructor only.
struct beast_options {
    bool allow_http = false;                    ///< carry requests to `scheme::http` endpoints too: for test servers
    std::uint32_t connect_timeout_ms = 10'000;  ///< for resolving, connecting and the TLS handshake; 0 stands for 10 000
    std::uint32_t timeout_ms = 60'000;          ///< for the whole call, the time in a queue included; 0 stands for 60 000
    char const* ca_file = nullptr;              ///< certificates to trust, PEM, and no others; null: those of the operating system
    std::string_view ca_pem{};                  ///< the same from memory
    bool ca_of_system = false;                  ///< trust those of the operating system as well
    std::string_view proxy{};  ///< `http://host:port` of a proxy that connects (CONNECT); empty: none, whatever the environment says
    std::size_t max_header = 256 * 1024;  ///< bytes of an answer's head, with those of interim answers before it
    std::size_t max_connections = 64;     ///< connections in all; calls beyond wait for their turn; 0 stands for 1

    /// A context of one's own, which outlives the transport: certificates of clients, other rules. The options on trust say nothing then;
    /// the server's certificate and name are verified all the same.
    boost::asio::ssl::context* tls = nullptr;
};

}  // namespace acs::inline ACS_ABI

#endif
