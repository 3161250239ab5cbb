// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/beast.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <list>
#include <string>

#include "bench/require.hpp"
#include "bench/transports/contender.hpp"

namespace acs_bench {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

tcp::endpoint address_of(std::string const& host) {
    return {asio::ip::make_address(host.substr(0, host.find(':'))),
            static_cast<unsigned short>(std::stoul(host.substr(host.find(':') + 1)))};
}

/// The signed request, as Beast has it.
http::request<http::empty_body> message_of(signed_request const& r) {
    std::string_view const target = r.made.target, verb = acs::name(r.made.verb);
    http::request<http::empty_body> message(http::string_to_verb(verb), {target.data(), target.size()}, 11);
    for (acs::field const& f : r.made.fields) message.insert({f.name.data(), f.name.size()}, {f.value.data(), f.value.size()});
    require(r.made.body.empty(), "another request than this knows");
    if (r.made.verb != acs::method::get) message.insert(http::field::content_length, "0");
    return message;
}

/// As its examples do it; without a deadline, which these calls can't have.
class bare_blocking final : public contender {
public:
    explicit bare_blocking(std::string const& host) : contender("beast/blocking/bare"), request_(host) {
        socket_.connect(address_of(host));
        socket_.set_option(tcp::no_delay(true));
    }
    bool run(std::size_t calls) override {
        for (std::size_t i = 0; i < calls; ++i) {
            boost::system::error_code failed;
            http::response<http::string_body> answer;
            http::write(socket_, message_, failed);
            if (!failed) http::read(socket_, buffer_, answer, failed);
            if (failed || answer.body().empty()) return false;
        }
        return true;
    }

private:
    signed_request request_;
    http::request<http::empty_body> message_{message_of(request_)};
    asio::io_context loop_{1};
    tcp::socket socket_{loop_};
    boost::beast::flat_buffer buffer_{};
};

class our_blocking final : public contender {
public:
    explicit our_blocking(std::string const& host) : contender("beast/blocking/ours"), host_(host) {}
    bool run(std::size_t calls) override {
        for (std::size_t i = 0; i < calls; ++i) {
            auto const reply = client_.call(question);
            if (!reply || reply->data.task_content.empty()) return false;
        }
        return true;
    }

private:
    std::string host_;
    acs::beast http_{{.allow_http = true}};
    acs::client<acs::beast> client_{http_, acs::endpoint{.host = host_, .scheme = acs::scheme::http}, key};
};

/// One connection that makes one call after the other, each with a deadline, as long as there are any.
class bare_connection {
public:
    bare_connection(asio::io_context& loop, signed_request const& request, std::string const& host)
        : message_(message_of(request)), stream_(loop) {
        stream_.connect(address_of(host));
        stream_.socket().set_option(tcp::no_delay(true));
    }

    void go_on(std::size_t& left, bool& good) {
        if (left == 0) return stream_.expires_never();
        --left;
        stream_.expires_after(std::chrono::seconds(60));
        http::async_write(stream_, message_, [this, &left, &good](boost::system::error_code failed, std::size_t) {
            if (failed) {
                good = false;
                return;
            }
            answer_ = {};
            http::async_read(stream_, buffer_, answer_, [this, &left, &good](boost::system::error_code ec, std::size_t) {
                good = good && !ec && !answer_.body().empty();
                if (!ec) go_on(left, good);
            });
        });
    }

private:
    http::request<http::empty_body> message_;
    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_{};
    http::response<http::string_body> answer_{};
};

class bare_async final : public contender {
public:
    bare_async(std::string const& host, std::size_t in_flight)
        : contender("beast/" + std::to_string(in_flight) + "/bare"), request_(host), host_(host), in_flight_(in_flight) {}
    bool run(std::size_t calls) override {
        while (connections_.size() < in_flight_) connections_.emplace_back(loop_, request_, host_);
        bool good = true;
        for (bare_connection& c : connections_) c.go_on(calls, good);
        loop_.restart();
        loop_.run();
        return good && calls == 0;
    }

private:
    signed_request request_;
    std::string host_;
    std::size_t in_flight_;
    asio::io_context loop_{1};
    std::list<bare_connection> connections_{};
};

class our_async final : public contender {
public:
    our_async(std::string const& host, std::size_t in_flight)
        : contender("beast/" + std::to_string(in_flight) + "/ours"),
          host_(host),
          in_flight_(in_flight),
          http_(loop_, {.allow_http = true, .max_connections = in_flight}) {}

    bool run(std::size_t calls) override {
        std::size_t started = 0;
        bool good = true;
        std::function<void()> const start = [&] {
            if (started == calls) return;
            ++started;
            client_.call(question).start([&](auto const& reply) {
                good = good && reply && !reply->data.task_content.empty();
                start();
            });
        };
        for (std::size_t i = 0; i < in_flight_; ++i) start();
        loop_.restart();
        loop_.run();
        return good && started == calls;
    }

private:
    std::string host_;
    std::size_t in_flight_;
    asio::io_context loop_{1};
    acs::beast_client http_;
    acs::awaiting<acs::beast_client> world_{http_};
    acs::async_client<acs::awaiting<acs::beast_client>> client_{world_, acs::endpoint{.host = host_, .scheme = acs::scheme::http}, key};
};

}  // namespace

void add_beast(contenders& all, std::string const& host) {
    all.push_back(std::make_unique<bare_blocking>(host));
    all.push_back(std::make_unique<our_blocking>(host));
    for (std::size_t const in_flight : {1U, 10U, 100U, 1000U}) {
        all.push_back(std::make_unique<bare_async>(host, in_flight));
        all.push_back(std::make_unique<our_async>(host, in_flight));
    }
}

}  // namespace acs_bench
