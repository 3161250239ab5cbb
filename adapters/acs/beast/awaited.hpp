// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_AWAITED_HPP
#define ACS_BEAST_AWAITED_HPP

#include <acs/beast/client.hpp>
#include <acs/hosted.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>

namespace acs::inline ACS_ABI {

/// An `awaited_world` for coroutines of Asio. A view of a client. A coroutine that is cancelled ends as Asio's do.
///
///     acs::beast_client http{loop};
///     acs::beast_awaited world{http};
///     acs::async_client client{world, dataworks::endpoint("cn-hangzhou"), acs::credentials_from_environment()};
///     auto const reply = co_await client.call<boost::asio::awaitable>(operation);
class beast_awaited {
public:
    explicit beast_awaited(beast_client& client) noexcept : client_(&client) {}

    [[nodiscard]] bool look(moment& now) const noexcept { return client_->look(now); }

    template <answer_sink Sink>
    boost::asio::awaitable<result<void>> carry(request const& made, Sink& sink, std::uint32_t timeout_ms) {
        return client_->async_perform(made, sink, timeout_ms, boost::asio::use_awaitable);
    }

    boost::asio::awaitable<bool> wait(tick until) { return client_->async_wait(until, boost::asio::use_awaitable); }

private:
    beast_client* client_;
};

}  // namespace acs::inline ACS_ABI

#endif
