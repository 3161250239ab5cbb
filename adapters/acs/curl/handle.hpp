// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HANDLE_HPP
#define ACS_CURL_HANDLE_HPP

#include <acs/curl/options.hpp>
#include <acs/curl/sigpipe_guard.hpp>
#include <acs/curl/transfer.hpp>
#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace acs::inline ACS_ABI {

/// An easy handle that is used again and again, with safe settings: it verifies the server's certificate and name under TLS 1.2 or newer,
/// follows no redirect, reads no .netrc and no cookie, sends no header but the request's, asks for no compression, and takes the target
/// as it is.
class curl_handle {
public:
    curl_handle() noexcept : handle_(curl_easy_init()) {}

    [[nodiscard]] CURL* get() const noexcept { return handle_.get(); }

    /// Makes it ready for a request. Errors: out_of_memory, request_too_large.
    [[nodiscard]] result<void> aim(request const& made, curl_transfer& transfer, curl_options const& options,
                                   std::uint32_t timeout_ms) noexcept {
        if (handle_ == nullptr || !list_fields(made)) return refuse(errc::out_of_memory, "curl");
        curl_easy_reset(get());
        if (errc const code = set_url(made); code != errc::none) return refuse(code, "target");
        set_safe_defaults(options);
        curl_easy_setopt(get(), CURLOPT_TIMEOUT_MS, milliseconds(timeout_ms));
        std::uint32_t const connect = options.connect_timeout_ms != 0 ? options.connect_timeout_ms : 10'000;
        curl_easy_setopt(get(), CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connect < timeout_ms ? connect : timeout_ms));
        set_method(made);
        curl_easy_setopt(get(), CURLOPT_HTTPHEADER, fields_.get());
        transfer.attach(get());
        return {};
    }

    /// The time that a call may take: what is asked for, but no more than the options say.
    [[nodiscard]] static std::uint32_t timeout(curl_options const& options, std::uint32_t asked_ms) noexcept {
        std::uint32_t const whole = options.timeout_ms != 0 ? options.timeout_ms : 60'000;
        return asked_ms != 0 && asked_ms < whole ? asked_ms : whole;
    }

private:
    struct close {
        void operator()(CURL* h) const noexcept {
            sigpipe_guard const guard;  // TLS says good-bye
            curl_easy_cleanup(h);
        }
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };

    /// The header fields in libcurl's shape, with those switched off that it would add by itself.
    [[nodiscard]] bool list_fields(request const& made) noexcept {
        fields_.reset();
        for (field const& f : made.fields)
            if (!list(f)) return false;
        bool const content = find_field(made.fields, "content-type").data() != nullptr;
        bool const accept = find_field(made.fields, "accept").data() != nullptr;
        bool const agent = find_field(made.fields, "user-agent").data() != nullptr;
        return list("Expect:") && (accept || list("Accept:")) && (agent || list("User-Agent:")) && (content || list("Content-Type:"));
    }

    [[nodiscard]] bool list(field const& f) noexcept {
        line_.clear();
        // An empty value has to be said in another way, or libcurl takes the header out.
        return line_.append(f.name) && line_.append(f.value.empty() ? ";" : ": ") && line_.append(f.value) && line_.append({"\0", 1}) &&
               list(line_.data());
    }

    [[nodiscard]] bool list(char const* line) noexcept {
        curl_slist* const longer = curl_slist_append(fields_.get(), line);
        if (longer == nullptr) return false;
        static_cast<void>(fields_.release());
        fields_.reset(longer);
        return true;
    }

    /// libcurl takes no text longer than 8 MB.
    [[nodiscard]] errc set_url(request const& made) noexcept {
        line_.clear();
        bool const good = line_.append(made.scheme == scheme::http ? "http://" : "https://") && line_.append(made.host) &&
                          line_.append(made.target) && line_.append({"\0", 1});
        if (!good) return errc::out_of_memory;
        CURLcode const code = curl_easy_setopt(get(), CURLOPT_URL, line_.data());
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

    std::unique_ptr<CURL, close> handle_;
    std::unique_ptr<curl_slist, close> fields_{};
    heap_block line_{};
};

}  // namespace acs::inline ACS_ABI

#endif
