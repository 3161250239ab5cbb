// The testing gateway behind plain HTTP on 127.0.0.1, for clients in any language.
//
//     gateway [--port N] [--access-key-id ID] [--access-key-secret S] [--script FILE]
//
// Prints `listening on 127.0.0.1:PORT`, then a line a request: `ACTION accepted` or `ACTION CODE`. Ends on SIGTERM.
#include <dataworks.hpp>
#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <charconv>
#include <chrono>
#include <cstddef>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::uint32_t limit = 97 * 1024 * 1024;  // of a target or a form: 32 MiB, every byte of it escaped, and what stands around it

struct options {
    std::uint16_t port = 0;
    acs::testing::access_key key{"testid", "testsecret"};
    std::string script{};
};

std::optional<options> parse(int argc, char const* const* argv) {
    options parsed;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string_view const flag = argv[i];
        std::string_view const value = argv[i + 1];
        if (flag == "--port") {
            auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed.port);
            if (error != std::errc() || end != value.data() + value.size()) return {};
        } else if (flag == "--access-key-id") {
            parsed.key.id = value;
        } else if (flag == "--access-key-secret") {
            parsed.key.secret = value;
        } else if (flag == "--script") {
            parsed.script = value;
        } else {
            return {};
        }
    }
    if (argc % 2 == 0) return {};
    return parsed;
}

std::optional<std::string> read_file(std::string const& path) {
    std::error_code ignored;
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path, ignored)) return {};
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

/// One connection: reads a request, answers it, and goes on as long as the client keeps it open.
class session : public std::enable_shared_from_this<session> {
public:
    session(tcp::socket&& socket, acs::testing::gateway& service) : stream_(std::move(socket)), service_(service) {}

    void read() {
        parser_.emplace();
        parser_->header_limit(limit);
        parser_->body_limit(limit);
        stream_.expires_after(std::chrono::seconds(60));
        http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (error) return self->hang_up();
            bool const waits = beast::iequals(self->parser_->get()[http::field::expect], "100-continue");
            waits ? self->tell_to_go_on() : self->read_body();
        });
    }

private:
    /// Some clients, curl's program among them, wait for a word before they send a large body.
    void tell_to_go_on() {
        constexpr std::string_view word = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream_, asio::buffer(word), [self = shared_from_this()](beast::error_code error, std::size_t) {
            error ? self->hang_up() : self->read_body();
        });
    }

    void read_body() {
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](beast::error_code error, std::size_t) { error ? self->hang_up() : self->answer(); });
    }

    void hang_up() {
        beast::error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }

    void answer() {
        auto const& request = parser_->get();
        std::vector<acs::field> fields;
        for (auto const& f : request) fields.push_back({view(f.name_string()), view(f.value())});
        service_.set_time(acs::system_clock().wall());
        acs::testing::http_answer made = service_.handle(view(request.method_string()), view(request.target()), fields, request.body());
        auto const& entry = service_.record().back();
        std::printf("%s %s\n", entry.action.empty() ? "-" : printable(entry.action).c_str(), entry.verdict.c_str());
        std::fflush(stdout);
        service_.forget();

        response_ = {};
        response_.version(11);
        response_.result(made.status);
        for (auto const& [name, value] : made.fields) response_.insert(name, value);
        bool const bodiless = made.status == 204 || made.status == 304;  // HTTP has no place for a body there
        if (!bodiless) response_.body() = std::move(made.body);
        response_.keep_alive(request.keep_alive());
        response_.prepare_payload();
        switch (made.how) {
            case acs::testing::passage::whole: break;
            case acs::testing::passage::drip: return drip();
            case acs::testing::passage::stall: return wait_for_end();
            case acs::testing::passage::reset: return reset();
        }
        http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (!error && self->response_.keep_alive()) self->read();
        });
    }

    /// Writes the answer byte by byte.
    void drip() {
        std::ostringstream text;
        text << response_;
        dripping_ = text.str();
        stream_.socket().set_option(tcp::no_delay(true));
        write_byte(0);
    }
    void write_byte(std::size_t at) {
        if (at == dripping_.size()) return response_.keep_alive() ? read() : void();
        asio::async_write(stream_, asio::buffer(&dripping_[at], 1), [self = shared_from_this(), at](beast::error_code error, std::size_t) {
            if (!error) self->write_byte(at + 1);
        });
    }

    /// Says nothing until the client hangs up.
    void wait_for_end() {
        stream_.async_read_some(buffer_.prepare(1), [self = shared_from_this()](beast::error_code, std::size_t) {});
    }

    void reset() {
        beast::error_code ignored;
        stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
        stream_.socket().close(ignored);
    }

    static std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

    /// An action comes from outside: nothing that could move a terminal's cursor is printed, and no line is broken.
    static std::string printable(std::string_view text) {
        std::string shown(text.substr(0, 128));
        for (char& c : shown)
            if (c <= ' ' || c > '~') c = '?';
        return shown;
    }

    beast::tcp_stream stream_;
    acs::testing::gateway& service_;
    beast::flat_buffer buffer_{};
    std::optional<http::request_parser<http::string_body>> parser_{};
    http::response<http::string_body> response_{};
    std::string dripping_{};
};

void accept(tcp::acceptor& acceptor, acs::testing::gateway& service) {
    acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
        if (error == asio::error::operation_aborted) return;
        if (!error) std::make_shared<session>(std::move(socket), service)->read();
        accept(acceptor, service);
    });
}

}  // namespace

int main(int argc, char* argv[]) {
    auto const parsed = parse(argc, argv);
    if (!parsed) {
        std::fputs("usage: gateway [--port N] [--access-key-id ID] [--access-key-secret S] [--script FILE]\n", stderr);
        return 2;
    }
    acs::testing::gateway service{parsed->key};
    service.serve<dataworks::query_di_sync_task_config_process_result, dataworks::generate_di_sync_task_config_for_creating,
                  dataworks::generate_di_sync_task_config_for_updating, dataworks::create_di_sync_task, dataworks::update_di_sync_task>();
    if (!parsed->script.empty()) {
        auto const text = read_file(parsed->script);
        auto const wrong =
            text ? acs::testing::script::parse(*text, read_file, service.answers()) : std::optional<std::string>("cannot read it");
        if (wrong) {
            std::fprintf(stderr, "%s: %s\n", parsed->script.c_str(), wrong->c_str());
            return 2;
        }
    }

    asio::io_context context{1};
    beast::error_code error;
    tcp::acceptor acceptor(context);
    tcp::endpoint const address(asio::ip::address_v4::loopback(), parsed->port);
    acceptor.open(address.protocol(), error);
    acceptor.set_option(asio::socket_base::reuse_address(true), error);
    acceptor.bind(address, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        std::fprintf(stderr, "cannot listen on 127.0.0.1:%u: %s\n", static_cast<unsigned>(parsed->port), error.message().c_str());
        return 1;
    }
    asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([&](beast::error_code, int) { context.stop(); });
    std::printf("listening on 127.0.0.1:%u\n", static_cast<unsigned>(acceptor.local_endpoint().port()));
    std::fflush(stdout);
    accept(acceptor, service);
    context.run();
}
