// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HANDLE_HPP
#define ACS_CURL_HANDLE_HPP

#include <acs/curl/easy.hpp>
#include <acs/curl/header_list.hpp>
#include <acs/curl/options.hpp>
#include <acs/curl/transfer.hpp>
#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Carries one request after the other: an easy handle with what is peculiar to a request. It sends no header but the request's, and
/// works for nobody when it is aimed again.
class curl_handle {
public:
    [[nodiscard]] CURL* get() const noexcept { return handle_.get(); }

    /// Makes it ready for a request, on a connection that is kept, unless it is to be a fresh one. Errors: out_of_memory,
    /// request_too_large, transport_failed if libcurl does not take the options.
    [[nodiscard]] result<void> aim(request const& made, any_sink sink, std::uint32_t timeout_ms, curl_easy_source& source,
                                   bool fresh) noexcept {
        curl_options const& options = source.options();
        transfer_.reset();
        CURLcode const renewed = source.renew(handle_, transfer_);
        if (renewed != CURLE_OK && renewed != CURLE_OUT_OF_MEMORY) return refuse(errc::transport_failed, "curl_options");
        if (renewed != CURLE_OK || !fields_.set(made) || !set_method(made)) return refuse(errc::out_of_memory, "curl");
        transfer_.emplace(get(), made, sink, options.max_header, source.sockets());
        if (errc const code = set_url(made, options); code != errc::none) return refuse(code, "target");
        curl_easy_setopt(get(), CURLOPT_HTTPHEADER, fields_.get());
        if (fresh) curl_easy_setopt(get(), CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(get(), CURLOPT_TIMEOUT_MS, curl_milliseconds(timeout_ms));
        if (timeout_ms < source.connect_timeout()) curl_easy_setopt(get(), CURLOPT_CONNECTTIMEOUT_MS, curl_milliseconds(timeout_ms));
        return {};
    }

    /// After a request that failed: libcurl keeps something of it in a handle, such as that a body has to be sent from its beginning.
    void forget() noexcept { handle_.reset(); }

    /// Whether the last request came to a kept connection that was no good any more, and nothing was sent: another one may serve.
    [[nodiscard]] bool stale() const noexcept { return transfer_ && transfer_->stale(); }
    /// Where the transfers stand that it carries: for `curl_easy_source::make_ready`.
    [[nodiscard]] curl_transfer::place& place() noexcept { return transfer_; }
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
    /// False if there was no memory.
    [[nodiscard]] bool set_method(request const& made) const noexcept {
        CURL* const h = get();
        if (made.verb == method::get || made.verb == method::head)
            return curl_easy_setopt(h, made.verb == method::head ? CURLOPT_NOBODY : CURLOPT_HTTPGET, 1L) == CURLE_OK;
        // The body is read by the callback, and can't be read again: libcurl has no way to send it twice.
        curl_easy_setopt(h, CURLOPT_POST, 1L);
        curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(made.body.size()));
        return made.verb == method::post || curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, name(made.verb).data()) == CURLE_OK;
    }

    /// The target goes beside the URL, since that is read, taken apart and put together again, unless a proxy is to have all of it. libcurl
    /// takes no text longer than 8 MB.
    [[nodiscard]] errc set_url(request const& made, curl_options const& options) noexcept {
        bool const whole = made.scheme == scheme::http && (options.proxy == nullptr || *options.proxy != '\0');
        std::string_view const scheme_text = made.scheme == scheme::http ? "http://" : "https://", end{"\0", 1};
        std::string_view const between = whole ? std::string_view() : end;
        url_.clear();
        if (!url_.append(scheme_text, made.host, between, made.target, end)) return errc::out_of_memory;
        std::size_t const target = scheme_text.size() + made.host.size() + between.size();
        CURLcode code = curl_easy_setopt(get(), CURLOPT_REQUEST_TARGET, whole ? nullptr : url_.data() + target);
        if (code == CURLE_OK) code = curl_easy_setopt(get(), CURLOPT_URL, url_.data());
        return code == CURLE_OK ? errc::none : code == CURLE_OUT_OF_MEMORY ? errc::out_of_memory : errc::request_too_large;
    }

    curl_easy handle_{};
    curl_header_list fields_{};
    curl_transfer::place transfer_{};
    heap_block url_{};
};

}  // namespace acs::inline ACS_ABI

#endif
