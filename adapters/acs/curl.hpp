// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HPP
#define ACS_CURL_HPP

#include <acs/hosted.hpp>
#include <acs/curl/sigpipe_guard.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace acs::inline ACS_ABI {

/// How `curl` carries requests. The defaults are safe.
struct curl_options {
    bool allow_http = false;                    ///< carry requests to `scheme::http` endpoints too: for test servers
    std::uint32_t connect_timeout_ms = 10'000;  ///< for resolving, connecting and the TLS handshake; not 0
    std::uint32_t timeout_ms = 60'000;          ///< for the whole call; not 0
    char const* ca_file = nullptr;              ///< certificates to trust, PEM; null: those of the system
    char const* proxy = "";  ///< a proxy's URL; empty: none, whatever the environment says; null: as the environment says
};

/// A blocking transport over libcurl: one easy handle, which is reused, and with it the connection. One call at a time; not for use by
/// two threads at once. libcurl's global state is libcurl's: a program with threads calls `curl_global_init` before it starts them.
///
/// It verifies the server's certificate and name under TLS 1.2 or newer, follows no redirect, reads no .netrc and no cookie, sends no
/// header but the request's, asks for no compression, and takes the target as it is. Where libcurl would send a request once more, since
/// a kept connection turned out to be closed, it is stopped: the call fails, and may have run.
class curl {
public:
    explicit curl(curl_options const& options = {}) noexcept : options_(options), handle_(curl_easy_init()) {}

    /// See `acs::transport`. Errors: those of `check_request`, resolve_failed, connect_failed, tls_failed,
    /// send_failed, receive_failed, timed_out, request_too_large, reply_too_large, transport_failed, out_of_memory.
    template <answer_sink Sink>
    result<void> perform(request const& made, Sink& sink) noexcept {
        if (auto ok = check_request(made, options_.allow_http); !ok) return ok;
        if (handle_ == nullptr) return refuse(errc::out_of_memory, "curl");
        exchange<Sink> state{sink, body_reader(made.body)};
        headers fields;
        if (!fields.add_all(made)) return refuse(errc::out_of_memory, "curl");
        if (errc const code = set_url(made); code != errc::none) return refuse(code, "target");
        CURL* const h = handle_.get();
        set_safe_defaults(h);
        set_method(h, made);
        curl_easy_setopt(h, CURLOPT_HTTPHEADER, fields.list.get());
        curl_easy_setopt(h, CURLOPT_READFUNCTION, &exchange<Sink>::read);
        curl_easy_setopt(h, CURLOPT_READDATA, &state);
        curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, &exchange<Sink>::header);
        curl_easy_setopt(h, CURLOPT_HEADERDATA, &state);
        curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, &exchange<Sink>::write);
        curl_easy_setopt(h, CURLOPT_WRITEDATA, &state);
        curl_easy_setopt(h, CURLOPT_PREREQFUNCTION, &exchange<Sink>::before_sending);
        curl_easy_setopt(h, CURLOPT_PREREQDATA, &state);
        sigpipe_guard const guard;
        CURLcode const code = curl_easy_perform(h);
        if (code == CURLE_OK && state.answered) return {};
        return failure_of(code, state.times_sent, state.answered, state.full);
    }

    /// The longest that each call may take from now on, if that is less than `curl_options::timeout_ms`; 0: no less. The drivers tell.
    void limit(std::uint32_t ms) noexcept { limit_ms_ = ms; }

private:
    struct close {
        void operator()(CURL* h) const noexcept {
            sigpipe_guard const guard;  // TLS says good-bye
            curl_easy_cleanup(h);
        }
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };

    /// The header fields in libcurl's shape, with those switched off that it would add by itself.
    struct headers {
        std::unique_ptr<curl_slist, close> list{};

        [[nodiscard]] bool add(std::string_view name, std::string_view value) noexcept {
            heap_block line;
            // An empty value has to be said in another way, or libcurl takes the header out.
            bool const good = line.append(name) && line.append(value.empty() ? ";" : ": ") && line.append(value) && line.append({"\0", 1});
            curl_slist* const longer = good ? curl_slist_append(list.get(), line.data()) : nullptr;
            if (longer == nullptr) return false;
            static_cast<void>(list.release());
            list.reset(longer);
            return true;
        }

        [[nodiscard]] bool remove(char const* name) noexcept {
            curl_slist* const longer = curl_slist_append(list.get(), name);
            if (longer == nullptr) return false;
            static_cast<void>(list.release());
            list.reset(longer);
            return true;
        }

        [[nodiscard]] bool add_all(request const& made) noexcept {
            for (field const& f : made.fields)
                if (!add(f.name, f.value)) return false;
            if (!remove("Expect:")) return false;
            if (find_field(made.fields, "accept").data() == nullptr && !remove("Accept:")) return false;
            if (find_field(made.fields, "user-agent").data() == nullptr && !remove("User-Agent:")) return false;
            return find_field(made.fields, "content-type").data() != nullptr || remove("Content-Type:");
        }
    };

    /// What libcurl's callbacks work on. They never throw: a sink does not.
    template <class Sink>
    struct exchange {
        Sink& sink;
        body_reader body;
        int times_sent{};
        bool answered{};
        bool full{};
        bool interim{};

        static int before_sending(void* self, char*, char*, int, int) noexcept {
            return ++static_cast<exchange*>(self)->times_sent == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
        }

        static std::size_t read(char* out, std::size_t size, std::size_t count, void* self) noexcept {
            return static_cast<exchange*>(self)->body.read({out, size * count});
        }

        static std::size_t header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
            return static_cast<exchange*>(self)->take_header({data, size * count}) ? size * count : 0;
        }

        static std::size_t write(char* data, std::size_t size, std::size_t count, void* self) noexcept {
            auto* const x = static_cast<exchange*>(self);
            if (x->sink.body(std::string_view(data, size * count))) return size * count;
            x->full = true;
            return 0;
        }

        bool take_header(std::string_view line) noexcept {
            if (line.size() > 5 && first(line, 5) == "HTTP/") {
                std::size_t const space = line.find(' ');
                if (space == std::string_view::npos || line.size() < space + 4) return false;
                auto const code = parse_integer({line.data() + space + 1, 3});
                if (!code) return false;
                interim = *code < 200;
                answered = answered || !interim;
                sink.status(static_cast<std::uint16_t>(*code));
                return true;
            }
            std::size_t const colon = line.find(':');
            if (interim || colon == std::string_view::npos) return true;  // the empty line at the end
            full = !sink.field(first(line, colon), trim(skip(line, colon + 1)));
            return !full;
        }
    };

    /// libcurl takes no text longer than 8 MB.
    [[nodiscard]] errc set_url(request const& made) noexcept {
        heap_block url;
        bool const good = url.append(made.scheme == scheme::http ? "http://" : "https://") && url.append(made.host) &&
                          url.append(made.target) && url.append({"\0", 1});
        if (!good) return errc::out_of_memory;
        curl_easy_reset(handle_.get());
        CURLcode const code = curl_easy_setopt(handle_.get(), CURLOPT_URL, url.data());
        return code == CURLE_OK ? errc::none : code == CURLE_OUT_OF_MEMORY ? errc::out_of_memory : errc::request_too_large;
    }

    void set_safe_defaults(CURL* h) const noexcept {
        char const* const protocols = options_.allow_http ? "http,https" : "https";
        curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, protocols);
        curl_easy_setopt(h, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
        if (options_.ca_file != nullptr) curl_easy_setopt(h, CURLOPT_CAINFO, options_.ca_file);
        curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(h, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
        curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(h, CURLOPT_HTTP09_ALLOWED, 0L);
        if (options_.proxy != nullptr) curl_easy_setopt(h, CURLOPT_PROXY, options_.proxy);
        std::uint32_t const whole = options_.timeout_ms != 0 ? options_.timeout_ms : 60'000;
        curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS,
                         milliseconds(options_.connect_timeout_ms != 0 ? options_.connect_timeout_ms : 10'000));
        curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, milliseconds(limit_ms_ != 0 && limit_ms_ < whole ? limit_ms_ : whole));
    }

    static long milliseconds(std::uint32_t ms) noexcept { return static_cast<long>(ms < 0x7FFF'FFFF ? ms : 0x7FFF'FFFF); }

    static void set_method(CURL* h, request const& made) noexcept {
        bool const bodiless = made.verb == method::get || made.verb == method::head;
        if (bodiless) {
            curl_easy_setopt(h, made.verb == method::head ? CURLOPT_NOBODY : CURLOPT_HTTPGET, 1L);
            return;
        }
        // The body is read by the callback, and can't be read again: libcurl has no way to send it twice.
        curl_easy_setopt(h, CURLOPT_POST, 1L);
        curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(made.body.size()));
        if (made.verb != method::post) curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, name(made.verb).data());
    }

    /// Before the handshakes are done no byte of a request leaves: then libcurl did not announce that it sends.
    [[nodiscard]] static failure failure_of(CURLcode code, int times_sent, bool answered, bool full) noexcept {
        failure f{};
        f.origin = origin::transport;
        // A header line longer than it takes, about 100 KB, is what libcurl calls out of memory, and from 8.6 on code 100.
        bool const long_line = answered && (code == CURLE_OUT_OF_MEMORY || static_cast<int>(code) == 100);
        f.code = full || long_line ? errc::reply_too_large : errc_of(code);
        f.delivery = answered ? delivery::answered : times_sent == 0 ? delivery::not_sent : delivery::unknown;
        f.where = curl_easy_strerror(code);
        return f;
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

    curl_options options_;
    std::unique_ptr<CURL, close> handle_;
    std::uint32_t limit_ms_{};
};

static_assert(transport<curl>);

}  // namespace acs::inline ACS_ABI

#endif
