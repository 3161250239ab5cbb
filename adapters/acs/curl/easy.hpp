// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_EASY_HPP
#define ACS_CURL_EASY_HPP

#include <acs/curl/options.hpp>
#include <acs/curl/sockets.hpp>
#include <acs/curl/transfer.hpp>
#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <utility>

namespace acs::inline ACS_ABI {

struct close_curl_easy {
    void operator()(CURL* h) const noexcept { curl_easy_cleanup(h); }
};

/// As libcurl takes a time.
[[nodiscard]] inline long curl_milliseconds(std::uint32_t ms) noexcept { return static_cast<long>(ms < 0x7FFF'FFFF ? ms : 0x7FFF'FFFF); }

/// An easy handle of libcurl. Connections are a multi handle's, so that its end closes none.
using curl_easy = std::unique_ptr<CURL, close_curl_easy>;

/// Makes easy handles with safe settings: they verify the server's certificate and name under TLS 1.2 or newer, follow no redirect, read
/// no .netrc and no cookie, ask for no compression, and take the target as it is. Outlives their connections.
class curl_easy_source {
public:
    explicit curl_easy_source(curl_options const& options) noexcept : options_(options) {}

    /// What they are made with.
    [[nodiscard]] curl_options const& options() const noexcept { return options_; }
    /// How long connecting may take, in milliseconds.
    [[nodiscard]] std::uint32_t connect_timeout() const noexcept {
        return options_.connect_timeout_ms != 0 ? options_.connect_timeout_ms : 10'000;
    }
    /// The sockets of all of them.
    [[nodiscard]] curl_sockets& sockets() noexcept { return sockets_; }

    /// Puts a handle for the next request, which calls back to what stands at `to`, in place of one that was made for the same and works no
    /// more. CURLE_OUT_OF_MEMORY, or what libcurl says to an option.
    [[nodiscard]] CURLcode renew(curl_easy& handle, curl_transfer::place& to) noexcept {
        if (handle != nullptr && serves_again()) {
            set_what_requests_change(handle.get());
            return CURLE_OK;
        }
        make_ready(&to);
        if (!is_ready_) return failed_;
        std::swap(handle, next_);
        is_ready_ = false;
        return CURLE_OK;
    }

    /// To be called while an answer is awaited: does now what the next `renew` would do, for the same place if it is known.
    void make_ready(curl_transfer::place* to) noexcept {
        if (!is_ready_) make_next();
        if (!is_ready_ || to == nullptr || to == to_) return;
        curl_transfer::attach(next_.get(), *to);
        to_ = to;
    }

    /// Whether a handle carries more than one request. Before 8.2 libcurl reads freed memory if one is used again and an answer's first
    /// field is folded.
    [[nodiscard]] static bool serves_again() noexcept {
        static bool const can = curl_version_info(CURLVERSION_NOW)->version_num >= 0x080200;
        return can;
    }

private:
    void make_next() noexcept {
        next_.reset();  // the last, so that its memory serves again
        next_.reset(curl_easy_init());
        to_ = nullptr;
        failed_ = next_ != nullptr ? set_safe_defaults(next_.get()) : CURLE_OUT_OF_MEMORY;
        is_ready_ = failed_ == CURLE_OK;
        if (!is_ready_) return;
        set_what_requests_change(next_.get());
        curl_transfer::prepare(next_.get());
        sockets_.attach(next_.get());
    }

    void set_what_requests_change(CURL* h) const noexcept {
        curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, static_cast<char const*>(nullptr));
        curl_easy_setopt(h, CURLOPT_FRESH_CONNECT, 0L);
        curl_easy_setopt(h, CURLOPT_FORBID_REUSE, 0L);
        curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, curl_milliseconds(connect_timeout()));
    }

    /// An error where libcurl does not take a proxy or certificates of one's own: without, it would go another way, and trust others.
    [[nodiscard]] CURLcode set_safe_defaults(CURL* h) const noexcept {
#if LIBCURL_VERSION_NUM >= 0x075500
        curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, options_.allow_http ? "http,https" : "https");
#else
        curl_easy_setopt(h, CURLOPT_PROTOCOLS, options_.allow_http ? long{CURLPROTO_HTTP | CURLPROTO_HTTPS} : long{CURLPROTO_HTTPS});
#endif
        curl_easy_setopt(h, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
        // Where there are certificates of one's own, those of a folder that libcurl was built with are not meant.
        bool const own = options_.ca_file != nullptr || !options_.ca_pem.empty();
        if (own && !options_.ca_of_system) curl_easy_setopt(h, CURLOPT_CAPATH, static_cast<char const*>(nullptr));
        if (options_.ca_of_system) curl_easy_setopt(h, CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NATIVE_CA));
        CURLcode code = CURLE_OK;
        if (options_.ca_file != nullptr) code = curl_easy_setopt(h, CURLOPT_CAINFO, options_.ca_file);
        if (code == CURLE_OK && !options_.ca_pem.empty()) {
            curl_blob certificates{const_cast<char*>(options_.ca_pem.data()), options_.ca_pem.size(), CURL_BLOB_NOCOPY};
            code = curl_easy_setopt(h, CURLOPT_CAINFO_BLOB, &certificates);
        }
        curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(h, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
        curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(h, CURLOPT_HTTP09_ALLOWED, 0L);
        curl_easy_setopt(h, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // what a proxy says is no answer
        if (code == CURLE_OK && options_.proxy != nullptr) code = curl_easy_setopt(h, CURLOPT_PROXY, options_.proxy);
        return code;
    }

    curl_options options_;
    curl_sockets sockets_{};
    curl_easy next_{};            // ready, or the one before the last
    curl_transfer::place* to_{};  // what `next_` calls back to
    bool is_ready_{};
    CURLcode failed_{};  // why it is not
};

}  // namespace acs::inline ACS_ABI

#endif
