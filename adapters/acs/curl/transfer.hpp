// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_TRANSFER_HPP
#define ACS_CURL_TRANSFER_HPP

#include <acs/curl/head_check.hpp>
#include <acs/curl/sockets.hpp>
#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace acs::inline ACS_ABI {

/// One request and its answer, as libcurl's callbacks work on them. Nothing in here throws: sinks do not.
class curl_transfer {
public:
    /// Where one transfer after the other stands.
    using place = std::optional<curl_transfer>;

    curl_transfer(CURL* handle, request const& made, any_sink sink, std::size_t max_header, curl_sockets& sockets) noexcept
        : handle_(handle),
          sockets_(&sockets),
          sink_(sink),
          body_(made.body),
          head_(max_header),
          secure_(made.scheme == scheme::https),
          needs_length_(secure_ && made.verb != method::head) {}
    curl_transfer(curl_transfer const&) = delete;
    curl_transfer& operator=(curl_transfer const&) = delete;

    /// Makes a handle call back, to what `attach` says.
    static void prepare(CURL* h) noexcept {
        curl_easy_setopt(h, CURLOPT_READFUNCTION, &read);
        curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, &header);
        curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, &write);
        curl_easy_setopt(h, CURLOPT_PREREQFUNCTION, &before_sending);
    }
    /// Makes it call back to whatever transfer stands there while it works.
    static void attach(CURL* h, place& to) noexcept {
        curl_easy_setopt(h, CURLOPT_READDATA, &to);
        curl_easy_setopt(h, CURLOPT_HEADERDATA, &to);
        curl_easy_setopt(h, CURLOPT_WRITEDATA, &to);
        curl_easy_setopt(h, CURLOPT_PREREQDATA, &to);
    }

    /// See `curl_handle::stale`.
    [[nodiscard]] bool stale() const noexcept { return stale_; }

    /// What came of it. Views only static texts.
    [[nodiscard]] result<void> outcome(CURLcode code) const noexcept {
        // libcurl does not tell whether TLS ended where the connection did: then an answer that only ends there may have been cut.
        if (code == CURLE_OK && head_.complete() && !(needs_length_ && head_.until_end())) return {};
        failure f = lost(refused_ != errc::none ? refused_ : errc_of(code));
        // A header line longer than it takes, about 100 KB, is what libcurl calls out of memory, and from 8.6 on code 100, which is also
        // that of a head longer than 300 KB.
        bool const too_large = code == CURLE_OUT_OF_MEMORY ? head_.answered() : static_cast<int>(code) == 100 && times_sent_ > 0;
        if (too_large) f.code = errc::reply_too_large;
        // Nothing was sent yet: it is a proxy that did not connect.
        if (times_sent_ == 0 && f.code == errc::receive_failed) f.code = errc::connect_failed;
        f.where = curl_easy_strerror(code);
        return f;
    }

    /// The failure of a transfer that ends now, with the certainty there is.
    [[nodiscard]] failure lost(errc code) const noexcept {
        failure f{};
        f.origin = origin::transport;
        f.code = code;
        // Before the handshakes are done no byte of a request leaves: then libcurl did not announce that it sends.
        f.delivery = head_.answered() ? delivery::answered : times_sent_ == 0 ? delivery::not_sent : delivery::unknown;
        return f;
    }

private:
    static curl_transfer& at(void* to) noexcept { return **static_cast<place*>(to); }

    // Where libcurl would send a request once more, since a kept connection turned out to be closed, it is stopped here; and before it
    // sends one where something else than an answer to it would be read.
    static int before_sending(void* self, char* peer, char*, int peer_port, int local_port) noexcept {
        curl_transfer& t = at(self);
        long made = 0;
        curl_easy_getinfo(t.handle_, CURLINFO_NUM_CONNECTS, &made);
        t.stale_ = t.times_sent_ == 0 && !t.sockets_->usable(made > 0, t.secure_, peer, peer_port, local_port);
        return !t.stale_ && ++t.times_sent_ == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
    }

    static std::size_t read(char* out, std::size_t size, std::size_t count, void* self) noexcept {
        return at(self).body_.read({out, size * count});
    }

    static std::size_t header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
        return at(self).take_header({data, size * count}) ? size * count : 0;
    }

    static std::size_t write(char* data, std::size_t size, std::size_t count, void* self) noexcept {
        curl_transfer& t = at(self);
        return t.sink_.body({data, size * count}) || t.refuse_answer(errc::reply_too_large) ? size * count : 0;
    }

    bool take_header(std::string_view text) noexcept {
        switch (head_.take(text)) {
            case head_check::line::status: sink_.status(head_.status()); return true;
            case head_check::line::field: return sink_.field(head_.name(), head_.value()) || refuse_answer(errc::reply_too_large);
            case head_check::line::end:
                // libcurl, of 8.14 at least, overlooks that where it is said in capitals.
                if (head_.closes()) curl_easy_setopt(handle_, CURLOPT_FORBID_REUSE, 1L);
                return true;
            case head_check::line::passed_over: return true;
            case head_check::line::wrong: return refuse_answer(errc::transport_failed);
            case head_check::line::too_much: return refuse_answer(errc::reply_too_large);
        }
        return false;
    }

    bool refuse_answer(errc why) noexcept {
        refused_ = why;
        return false;
    }

    [[nodiscard]] static errc errc_of(CURLcode code) noexcept {
        switch (code) {
            case CURLE_COULDNT_RESOLVE_PROXY:
            case CURLE_COULDNT_RESOLVE_HOST: return errc::resolve_failed;
            case CURLE_COULDNT_CONNECT: return errc::connect_failed;
            case CURLE_SSL_CONNECT_ERROR:
            case CURLE_PEER_FAILED_VERIFICATION:
            case CURLE_SSL_CERTPROBLEM:
            case CURLE_SSL_CIPHER:
            case CURLE_SSL_CACERT_BADFILE:
            case CURLE_SSL_ISSUER_ERROR: return errc::tls_failed;
            case CURLE_SEND_ERROR: return errc::send_failed;
            case CURLE_SEND_FAIL_REWIND:  // a kept connection broke before an answer began, and libcurl would have sent again
            case CURLE_OK:
            case CURLE_ABORTED_BY_CALLBACK:
            case CURLE_GOT_NOTHING:
            case CURLE_PARTIAL_FILE:
            case CURLE_RECV_ERROR: return errc::receive_failed;
            case CURLE_OPERATION_TIMEDOUT: return errc::timed_out;
            case CURLE_OUT_OF_MEMORY: return errc::out_of_memory;
            default: return errc::transport_failed;
        }
    }

    CURL* handle_;
    curl_sockets* sockets_;
    any_sink sink_;
    body_reader body_;
    head_check head_;
    int times_sent_{};
    errc refused_{};
    bool stale_{};
    bool secure_;
    bool needs_length_;
};

}  // namespace acs::inline ACS_ABI

#endif
