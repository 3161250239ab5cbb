// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_CONNECTION_HPP
#define ACS_BEAST_CONNECTION_HPP

#include <acs/beast/answer_parser.hpp>
#include <acs/beast/outgoing.hpp>
#include <acs/beast/place.hpp>
#include <acs/beast/tls.hpp>
#include <acs/hosted.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace acs::inline ACS_ABI {

class beast_connection;

/// A call that Beast carries.
struct beast_call : call_in_flight {
    using call_in_flight::call_in_flight;
    tick whole{};                                    ///< when its time is over, however far it came
    std::shared_ptr<beast_connection> connection{};  ///< null while it waits for its turn
};

/// What a connection tells whoever gave it a call.
class beast_owner {
public:
    beast_owner() = default;
    beast_owner(beast_owner const&) = delete;
    beast_owner& operator=(beast_owner const&) = delete;
    /// It is connected, and goes on with the request.
    virtual void connected(beast_call& call) = 0;
    /// The call is over. The connection is either open, and can serve another, or not.
    virtual void over(beast_call& call, result<void> const& how) = 0;

protected:
    ~beast_owner() = default;
};

/// A connection to one host, plain or under TLS, perhaps through a proxy: serves one call after the other. What is under way of it keeps
/// it alive; a call that was taken away from it hears nothing more. All on one executor.
class beast_connection : public std::enable_shared_from_this<beast_connection> {
public:
    beast_connection(boost::asio::any_io_executor const& executor, beast_owner& owner, beast_trust& trust, beast_place proxy,
                     std::size_t max_header, request const& first)
        : owner_(&owner),
          trust_(&trust),
          host_(first.host),
          secure_(first.scheme != scheme::http),
          place_(beast_place::of(first)),
          proxy_(std::move(proxy)),
          max_header_(max_header),
          socket_(executor),
          in_(std::min(max_header, SIZE_MAX / 2 - largest_piece) + largest_piece) {}

    /// Whether it is the way to where a request goes.
    [[nodiscard]] bool serves(request const& made) const noexcept { return secure_ == (made.scheme != scheme::http) && host_ == made.host; }

    /// Whether the last call left it open.
    [[nodiscard]] bool open() const noexcept { return socket_.is_open(); }

    /// Whether it is still open, and silent: what comes unasked is no answer to anything.
    [[nodiscard]] bool usable() {
        if (tls_ && has_unread(tls_->native_handle())) return false;
        char byte{};
        error_code ec;
        socket_.receive(boost::asio::buffer(&byte, 1), tcp::socket::message_peek, ec);
        return ec == boost::asio::error::would_block || ec == boost::asio::error::try_again;
    }

    /// Carries a call, which stays where it is until `over` or `drop`.
    void start(beast_call& call) {
        call_ = &call;
        sent_ = false;
        parser_.reset();
        in_.clear();
        open() ? send() : resolve();
    }

    /// The failure of a call that ends now, with the certainty there is.
    [[nodiscard]] failure lost(errc code) const noexcept {
        failure f = call_in_flight::not_sent(code);
        if (sent_) f.delivery = parser_ && parser_->answered() ? delivery::answered : delivery::unknown;
        return f;
    }

    /// Takes the call away from it, and closes it.
    void drop() noexcept {
        call_ = nullptr;
        resolver_.reset();  // cancels, and takes no memory for it
        close();
    }

private:
    using tcp = boost::asio::ip::tcp;
    using error_code = boost::system::error_code;
    static constexpr std::size_t largest_piece = 64 * 1024, first_piece = 4 * 1024;

    /// Makes `step` what follows; a call that was taken away in the meantime ends it.
    auto then(void (beast_connection::*step)(error_code)) {
        return [self = shared_from_this(), step](error_code ec, auto const&...) {
            if (self->call_ != nullptr) ((*self).*step)(ec);
        };
    }

    /// Whether TLS holds what came with the last answer, and is not in the socket any more: what is read of that is several records.
    static bool has_unread(SSL* tls) noexcept { return SSL_has_pending(tls) == 1 || BIO_ctrl_pending(SSL_get_rbio(tls)) != 0; }

    /// Hands on what is meant for the host: under TLS, once it is there.
    template <class Use>
    void with_stream(Use use) {
        tls_ ? use(*tls_) : use(socket_);
    }

    void write(void (beast_connection::*step)(error_code)) {
        with_stream([&](auto& stream) { boost::asio::async_write(stream, boost::asio::buffer(out_.piece()), then(step)); });
    }

    void fail(errc code) {
        failure const f = lost(code);
        close();
        over(f);
    }

    void over(result<void> const& how) { owner_->over(*std::exchange(call_, nullptr), how); }

    void close() noexcept {
        error_code ignored;
        socket_.close(ignored);
    }

    void resolve() {
        beast_place const& to = proxy_.empty() ? place_ : proxy_;
        error_code no_address;
        auto const address = boost::asio::ip::make_address(to.host, no_address);
        auto const port = parse_integer(to.port);
        if (!no_address && port && *port > 0 && *port < 65'536)
            return socket_.async_connect({address, static_cast<std::uint16_t>(*port)}, then(&beast_connection::on_connected));
        resolver_.emplace(socket_.get_executor());
        resolver_->async_resolve(to.host, to.port, [self = shared_from_this()](error_code ec, tcp::resolver::results_type const& found) {
            if (self->call_ != nullptr) self->on_resolved(ec, found);
        });
    }

    void on_resolved(error_code ec, tcp::resolver::results_type const& found) {
        if (ec) return fail(errc::resolve_failed);
        boost::asio::async_connect(socket_, found, then(&beast_connection::on_connected));
    }

    void on_connected(error_code ec) {
        if (!ec) socket_.non_blocking(true, ec);
        if (!ec) socket_.set_option(tcp::no_delay(true), ec);
        if (ec) return fail(errc::connect_failed);
        if (proxy_.empty()) return shake();
        out_.begin_connect(place_.authority());
        parser_.emplace(any_sink(greeting_), max_header_, true);
        write(&beast_connection::on_asked_proxy);
    }

    void on_asked_proxy(error_code ec) { ec ? fail(errc::connect_failed) : read(); }

    void on_proxy_answered() {
        bool const good = parser_->status() / 100 == 2 && in_.size() == 0;
        parser_.reset();
        good ? shake() : fail(errc::connect_failed);
    }

    void shake() {
        if (!secure_) return on_ready({});
        trust_->put_on(tls_, socket_, place_.host);
        tls_->async_handshake(boost::asio::ssl::stream_base::client, then(&beast_connection::on_ready));
    }

    void on_ready(error_code ec) {
        if (ec) return fail(errc::tls_failed);
        owner_->connected(*call_);
        send();
    }

    void send() {
        request const& made = call_->request;
        out_.begin(made);
        parser_.emplace(call_->sink, max_header_, made.verb == method::head);
        sent_ = true;
        head_size_ = 0;
        written_ = false;
        write_failed_ = false;
        bool const at_once = out_.last();
        write(&beast_connection::on_written);
        if (!at_once) read();  // an answer may come before all was sent
    }

    void on_written(error_code ec) {
        write_failed_ = ec.failed();  // there may be an answer all the same
        written_ = !ec && out_.last();
        if (!ec && !written_) {
            out_.next();
            write(&beast_connection::on_written);
        }
        if (!reading_) read();
    }

    void read() {
        bool const in_head = !parser_->is_header_done();
        std::size_t const most = in_head ? max_header_ - head_size_ : in_.max_size(), piece = in_head ? first_piece : largest_piece;
        if (in_.size() >= most) return fail(errc::reply_too_large);
        reading_ = true;
        auto const into = in_.prepare(std::min(piece, in_.max_size() - in_.size()));
        with_stream([&](auto& stream) {
            stream.async_read_some(into, [self = shared_from_this()](error_code ec, std::size_t n) {
                self->reading_ = false;
                if (self->call_ != nullptr) self->on_read(ec, n);
            });
        });
    }

    void on_read(error_code ec, std::size_t n) {
        in_.commit(n);
        while (in_.size() != 0) {
            error_code wrong;
            bool const in_head = !parser_->is_header_done();
            if (!in_head && parser_->chunked() && in_.size() < 5) break;  // as many still follow, and Beast asserts that they are there
            std::size_t const used = parser_->put(in_.data(), wrong);
            in_.consume(used);
            if (in_head && (head_size_ += used) > max_header_) return fail(sent_ ? errc::reply_too_large : errc::connect_failed);
            if (wrong == boost::beast::http::error::need_more) break;
            if (wrong) return fail(refusal(wrong));
            if (!parser_->is_done()) continue;
            if (!sent_) return on_proxy_answered();
            if (parser_->answered()) return on_answered();
            if (head_size_ >= max_header_) return fail(errc::reply_too_large);  // of interim answers
            parser_.emplace(call_->sink, max_header_ - head_size_, call_->request.verb == method::head);
        }
        ec ? on_end(ec) : read();
    }

    /// No more comes: that is how some answers end.
    void on_end(error_code ec) {
        if (!sent_) return fail(errc::connect_failed);
        error_code cut = ec;
        if (ec == boost::asio::error::eof && parser_->answered()) parser_->put_eof(cut = {});
        if (!cut && parser_->is_done()) return on_answered();
        fail(write_failed_ && !parser_->answered() ? errc::send_failed : errc::receive_failed);
    }

    void on_answered() {
        if (!parser_->keep_alive() || in_.size() != 0 || !written_) close();
        over({});
    }

    [[nodiscard]] errc refusal(error_code wrong) const noexcept {
        using http = boost::beast::http::error;
        if (!sent_) return errc::connect_failed;
        bool const too_much = parser_->refused() || wrong == http::header_limit || wrong == http::buffer_overflow;
        return too_much ? errc::reply_too_large : errc::transport_failed;
    }

    /// What a proxy says is no answer.
    struct unheard {
        void status(std::uint16_t) noexcept {}
        bool field(std::string_view, std::string_view) noexcept { return true; }
        bool body(std::string_view) noexcept { return true; }
    };

    beast_owner* owner_;
    beast_trust* trust_;
    std::string host_;
    bool secure_;
    beast_place place_;
    beast_place proxy_;
    std::size_t max_header_;
    std::optional<tcp::resolver> resolver_{};  // from then on
    tcp::socket socket_;
    std::optional<beast_trust::stream> tls_{};
    unheard greeting_{};
    beast_outgoing out_{};
    boost::beast::flat_buffer in_;
    std::optional<beast_answer_parser> parser_{};
    beast_call* call_{};       // null: idle, or dropped
    std::size_t head_size_{};  // of interim answers
    bool sent_{};              // some of it may have left
    bool written_{};           // all of it
    bool write_failed_{};
    bool reading_{};
};

}  // namespace acs::inline ACS_ABI

#endif
