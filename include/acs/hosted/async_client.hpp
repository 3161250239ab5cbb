// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_ASYNC_CLIENT_HPP
#define ACS_HOSTED_ASYNC_CLIENT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/signer.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/exchange/step.hpp>
#include <acs/hosted/answer.hpp>
#include <acs/hosted/client.hpp>
#include <acs/hosted/coroutine.hpp>
#include <acs/hosted/heap_box.hpp>
#include <acs/hosted/task.hpp>

#include <array>
#include <cstdint>

namespace acs::inline ACS_ABI {

/// Makes calls like `client`, as coroutines, as many at once as there is memory for: in an `awaited_world`. Everything that it
/// views has to outlive it, and it its calls. One thread at a time.
///
///     acs::curl_multi http;
///     acs::awaiting world{http};
///     acs::async_client client{world, dataworks::endpoint("cn-hangzhou"), acs::credentials_from_environment()};
///     client.call(operation).start([](auto reply) { ... });
///     http.run();
template <class World, signer Signer = acs3_hmac_sha256>
class async_client {
public:
    async_client(World& world, result<endpoint> const& to, result<credentials> const& who, client_options const& options = {}) noexcept
        : world_(&world),
          to_(to),
          signer_(who ? Signer(*who) : Signer(credentials{})),
          who_(who ? result<void>() : result<void>(who.error())),
          options_(options) {}
    async_client(World& world, result<endpoint> const& to, Signer const& kept, client_options const& options = {}) noexcept
        : world_(&world), to_(to), signer_(kept), options_(options) {}

    /// Makes a call: a coroutine of whatever kind `Task` is, such as `boost::asio::awaitable`. The operation is kept by the coroutine, but
    /// not the texts it views. Errors: those of `client::call`.
    template <template <class...> class Task = task, class Op>
    Task<answer<reply_of<Op>>> call(Op op) {
        using outcome = answer<reply_of<Op>>;
        if (!to_) co_return outcome(to_.error());
        if (!who_) co_return outcome(who_.error());
        std::int64_t const offset = clock_offset_;
        request_heap memory;
        if (options_.budget != nullptr)
            if (auto const ok = memory.check(op, *to_, signer_, options_.prepare); !ok) co_return outcome(ok.error());

        exchange<Op, Signer, request_heap*> machine(op, *to_, signer_, &memory,
                                                    {options_.retry, options_.prepare, {}, options_.budget, offset});
        std::array<heap_box, 1> boxes{heap_box(options_.max_body)};
        step const last = co_await drive<Task<step>>(machine, *world_, boxes);
        if (machine.clock_offset() != offset) clock_offset_ = machine.clock_offset();  // others may have learnt it meanwhile
        co_return take_outcome<reply_of<Op>>(machine, last, boxes[0]);
    }

private:
    World* world_;
    result<endpoint> to_;
    Signer signer_;
    result<void> who_{};
    client_options options_;
    std::int64_t clock_offset_{};
};

template <class World, class To, class... More>
async_client(World&, To const&, credentials const&, More const&...) -> async_client<World, acs3_hmac_sha256>;
template <class World, class To, class... More>
async_client(World&, To const&, result<credentials> const&, More const&...) -> async_client<World, acs3_hmac_sha256>;
template <class World, class To, signer S, class... More>
async_client(World&, To const&, S const&, More const&...) -> async_client<World, S>;

}  // namespace acs::inline ACS_ABI

#endif
