// A transport over cpp-httplib 0.11: one connection a call, so that it never sends twice. What it does not do: it adds a connection field,
// which no signature covers; its deadlines are for each read and write, so that a server which says one byte at a time can hold a call for
// longer than `limit`, and it does not tell one that passed from a connection that broke; and it waits for a body after 204 and 304, which
// the service does not send.
#ifndef ACS_EXAMPLES_RECIPES_HTTPLIB_TRANSPORT_HPP
#define ACS_EXAMPLES_RECIPES_HTTPLIB_TRANSPORT_HPP

#include <acs.hpp>

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace recipes {

class httplib_transport {
public:
    /// `ca_file`: certificates to trust, PEM; null: the system's. `allow_http`: for test servers.
    explicit httplib_transport(char const* ca_file = nullptr, bool allow_http = false) : ca_file_(ca_file), allow_http_(allow_http) {}

    void limit(std::uint32_t ms) noexcept { limit_ = std::chrono::milliseconds(ms != 0 ? ms : 60'000); }

    /// See `acs::transport`.
    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const& made, Sink& sink) {
        if (auto ok = acs::check_request(made, allow_http_); !ok) return ok;
        httplib::Client http((made.scheme == acs::scheme::http ? "http://" : "https://") + std::string(made.host));
        if (ca_file_ != nullptr) http.set_ca_cert_path(ca_file_);
        http.enable_server_certificate_verification(true);
        http.set_follow_location(false);
        http.set_url_encode(false);
        http.set_decompress(false);
        http.set_keep_alive(false);
        http.set_connection_timeout(limit_);
        http.set_read_timeout(limit_);
        http.set_write_timeout(limit_);

        bool answered = false, full = false;
        httplib::Request request;
        request.method = acs::name(made.verb);
        request.path = made.target;
        for (acs::field const& f : made.fields) request.headers.emplace(f.name, f.value);
        std::array<char, 4096> piece{};
        acs::body_reader body(made.body);
        for (std::size_t n = body.read(piece); n != 0; n = body.read(piece)) request.body.append(piece.data(), n);
        request.response_handler = [&](httplib::Response const& said) {
            answered = true;
            sink.status(static_cast<std::uint16_t>(said.status));
            for (auto const& [name, value] : said.headers) full = full || !sink.field(name, value);
            return !full;
        };
        request.content_receiver = [&](char const* data, std::size_t size, std::uint64_t, std::uint64_t) {
            full = full || !sink.body({data, size});
            return !full;
        };
        httplib::Response ignored;
        httplib::Error error = httplib::Error::Success;
        bool const good = http.send(request, ignored, error);
        if (good && answered && !full) return {};
        return lost(error, answered, full);
    }

private:
    static acs::result<void> lost(httplib::Error error, bool answered, bool full) {
        acs::failure f{};
        f.origin = acs::origin::transport;
        f.where = "httplib";
        f.delivery = answered ? acs::delivery::answered : acs::delivery::unknown;
        switch (error) {
            case httplib::Error::Connection: f = not_sent(acs::errc::connect_failed); break;
            case httplib::Error::ConnectionTimeout: f = not_sent(acs::errc::timed_out); break;
            case httplib::Error::SSLConnection:
            case httplib::Error::SSLLoadingCerts:
            case httplib::Error::SSLServerVerification: f = not_sent(acs::errc::tls_failed); break;
            case httplib::Error::Write: f.code = acs::errc::send_failed; break;
            case httplib::Error::Success:
            case httplib::Error::Canceled:
            case httplib::Error::Read: f.code = acs::errc::receive_failed; break;
            default: f.code = acs::errc::transport_failed; break;
        }
        if (full) f.code = acs::errc::reply_too_large;
        return f;
    }

    static acs::failure not_sent(acs::errc code) {
        acs::failure f{};
        f.origin = acs::origin::transport;
        f.code = code;
        f.where = "httplib";
        return f;
    }

    char const* ca_file_;
    bool allow_http_;
    std::chrono::milliseconds limit_{60'000};
};

static_assert(acs::transport<httplib_transport>);

}  // namespace recipes

#endif
