// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HANDLE_HPP
#define ACS_CURL_HANDLE_HPP

#include <acs/curl/header_list.hpp>
#include <acs/curl/options.hpp>
#include <acs/curl/transfer.hpp>
#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace acs::inline ACS_ABI {

/// An easy handle for one request after the other, with safe settings: it verifies the server's certificate and name under TLS 1.2 or
/// newer, follows no redirect, reads no .netrc and no cookie, sends no header but the request's, asks for no compression, and takes the
/// target as it is. It is taken out of its multi handle before it is aimed again.
class curl_handle {
public:
    [[nodiscard]] CURL* get() const noexcept { return handle_.get(); }

    /// Makes it ready for a request, on a connection that is kept, unless it is to be a fresh one. Errors: out_of_memory,
    /// request_too_large.
    [[nodiscard]] result<void> aim(request const& made, any_sink sink, curl_options const& options, std::uint32_t timeout_ms,
                                   curl_sockets& sockets, bool fresh) noexcept {
        // A new one for each request: libcurl 7.88 reads freed memory if a handle is used again and an answer's first field is folded.
        handle_.reset(curl_easy_init());
        if (handle_ == nullptr || !fields_.set(made)) return refuse(errc::out_of_memory, "curl");
        set_safe_defaults(options);
        set_method(made);
        transfer_.emplace(made, sink, options.max_header, sockets).attach(get());
        if (errc const code = set_url(made); code != errc::none) return refuse(code, "target");
        curl_easy_setopt(get(), CURLOPT_HTTPHEADER, fields_.get());
        curl_easy_setopt(get(), CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L);
        curl_easy_setopt(get(), CURLOPT_TIMEOUT_MS, milliseconds(timeout_ms));
        std::uint32_t const connect = options.connect_timeout_ms != 0 ? options.connect_timeout_ms : 10'000;
        curl_easy_setopt(get(), CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connect < timeout_ms ? connect : timeout_ms));
        return {};
    }

    /// What became of the request that it is aimed at.
    [[nodiscard]] curl_transfer const& transfer() const noexcept { return *transfer_; }

    /// Whether TLS may come into it, to the server or to a proxy.
    [[nodiscard]] static bool may_be_secure(request const& made, curl_options const& options) noexcept {
        return made.scheme == scheme::https || options.proxy == nullptr || *options.proxy != '\0';
    }

    /// The time that a call may take: what is asked for, but no more than the options say.
    [[nodiscard]] static std::uint32_t timeout(curl_options const& options, std::uint32_t asked_ms) noexcept {
        std::uint32_t const whole = options.timeout_ms != 0 ? options.timeout_ms : 60'000;
        return asked_ms != 0 && asked_ms < whole ? asked_ms : whole;
    }

private:
    /// Connections are a multi handle's, so that this closes none.
    struct close {
        void operator()(CURL* h) const noexcept { curl_easy_cleanup(h); }
    };

    void set_method(request const& made) const noexcept {
        CURL* const h = get();
        if (made.verb == method::get || made.verb == method::head) {
            curl_easy_setopt(h, made.verb == method::head ? CURLOPT_NOBODY : CURLOPT_HTTPGET, 1L);
            return;
        }
        // The body is read by the callback, and can't be read again: libcurl has no way to send it twice.
        curl_easy_setopt(h, CURLOPT_POST, 1L);
        curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(made.body.size()));
        if (made.verb != method::post) curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, name(made.verb).data());
    }

    /// libcurl takes no text longer than 8 MB.
    [[nodiscard]] errc set_url(request const& made) noexcept {
        url_.clear();
        bool const good = url_.append(made.scheme == scheme::http ? "http://" : "https://") && url_.append(made.host) &&
                          url_.append(made.target) && url_.append({"\0", 1});
        if (!good) return errc::out_of_memory;
        CURLcode const code = curl_easy_setopt(get(), CURLOPT_URL, url_.data());
        return code == CURLE_OK ? errc::none : code == CURLE_OUT_OF_MEMORY ? errc::out_of_memory : errc::request_too_large;
    }

    void set_safe_defaults(curl_options const& options) const noexcept {
        CURL* const h = get();
#if LIBCURL_VERSION_NUM >= 0x075500
        curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, options.allow_http ? "http,https" : "https");
#else
        curl_easy_setopt(h, CURLOPT_PROTOCOLS, options.allow_http ? long{CURLPROTO_HTTP | CURLPROTO_HTTPS} : long{CURLPROTO_HTTPS});
#endif
        curl_easy_setopt(h, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
        // Where there are certificates of one's own, those of a folder that libcurl was built with are not meant.
        bool const own = options.ca_file != nullptr || !options.ca_pem.empty();
        if (own && !options.ca_of_system) curl_easy_setopt(h, CURLOPT_CAPATH, static_cast<char const*>(nullptr));
        if (options.ca_of_system) curl_easy_setopt(h, CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NATIVE_CA));
        if (options.ca_file != nullptr) curl_easy_setopt(h, CURLOPT_CAINFO, options.ca_file);
        if (!options.ca_pem.empty()) {
            curl_blob certificates{const_cast<char*>(options.ca_pem.data()), options.ca_pem.size(), CURL_BLOB_NOCOPY};
            curl_easy_setopt(h, CURLOPT_CAINFO_BLOB, &certificates);
        }
        curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(h, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
        curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(h, CURLOPT_HTTP09_ALLOWED, 0L);
        curl_easy_setopt(h, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // what a proxy says is no answer
        if (options.proxy != nullptr) curl_easy_setopt(h, CURLOPT_PROXY, options.proxy);
    }

    static long milliseconds(std::uint32_t ms) noexcept { return static_cast<long>(ms < 0x7FFF'FFFF ? ms : 0x7FFF'FFFF); }

    std::unique_ptr<CURL, close> handle_{};
    curl_header_list fields_{};
    std::optional<curl_transfer> transfer_{};
    heap_block url_{};
};

}  // namespace acs::inline ACS_ABI

#endif
