// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_OPTIONS_HPP
#define ACS_CURL_OPTIONS_HPP

#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

// 7.80 is the first that tells when it sends, without which nobody knows whether a request was sent twice.
#if LIBCURL_VERSION_NUM < 0x075000
#error "acs::curl needs libcurl 7.80 or newer"
#endif

namespace acs::inline ACS_ABI {

/// How libcurl carries requests. The defaults are safe. Texts are views, which have to outlive the transport.
struct curl_options {
    bool allow_http = false;                    ///< carry requests to `scheme::http` endpoints too: for test servers
    std::uint32_t connect_timeout_ms = 10'000;  ///< for resolving, connecting and the TLS handshake; 0 stands for 10 000
    std::uint32_t timeout_ms = 60'000;          ///< for the whole call, the time in a queue included; 0 stands for 60 000
    char const* ca_file = nullptr;              ///< certificates to trust, PEM, and no others; null: those that libcurl knows
    std::string_view ca_pem{};                  ///< the same from memory, in place of a file
    bool ca_of_system = false;                  ///< trust those of the operating system as well
    char const* proxy = "";               ///< a proxy's URL; empty: none, whatever the environment says; null: as the environment says
    std::size_t max_header = 256 * 1024;  ///< bytes of an answer's head, with those of interim answers before it
    std::size_t max_connections = 64;     ///< connections of one `curl_multi`; calls beyond wait for their turn; 0 stands for 1
};

}  // namespace acs::inline ACS_ABI

#endif
