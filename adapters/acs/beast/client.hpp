// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_CLIENT_HPP
#define ACS_BEAST_CLIENT_HPP

#include <acs/beast/engine.hpp>
#include <acs/beast/handlers.hpp>
#include <acs/beast/options.hpp>
#include <acs/hosted.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace acs::inline ACS_ABI {

/// Many calls at once over Boost.Beast, on any executor, for any completion token; and the world of `callback_driver`, and of `drive`
/// through `awaiting`. At most `beast_options::max_connections` connections, which are kept and used again; calls beyond wait for their
/// turn, which is part of their time.
///
/// As other I/O objects of Asio: its functions are called on its executor, one at a time (give it a strand where several threads run), but
/// for `cancel` and `stop`; and it goes before its execution context does. Whatever was started ends exactly once: its handler is posted
/// to its associated executor, or else to the client's; none is called from within one of these functions. What is under way at the end of
/// the client ends as cancelled. Requests and sinks stay where they are until then. Where the heap gives nothing, these functions throw as
/// Asio's do, and so does the loop's `run`: the call that it gave nothing for may stay untold then, the others go on.
///
///     boost::asio::io_context loop;
///     acs::beast_client http{loop};
///     http.async_perform(request, answer, [](acs::result<void> carried) { ... });
///     loop.run();
class beast_client {
public:
    using executor_type = boost::asio::any_io_executor;

    explicit beast_client(executor_type const& executor, beast_options const& options = {})
        : engine_(std::make_shared<beast_engine>(executor, options)) {}
    template <class Context>
    requires requires(Context& c) {
        { c.get_executor() } -> std::convertible_to<executor_type>;
    }
    explicit beast_client(Context& context, beast_options const& options = {})
        : beast_client(executor_type(context.get_executor()), options) {}
    beast_client(beast_client const&) = delete;
    beast_client& operator=(beast_client const&) = delete;
    ~beast_client() { engine_->stop(); }

    [[nodiscard]] executor_type get_executor() const noexcept { return engine_->executor(); }

    /// Sends a request and completes with `result<void>` when the sink has the answer, or with a failure: see `acs::transport`. It takes
    /// `timeout_ms` at most, or as long as the options say for 0. A cancellation of any type, emitted on the client's executor, ends it as
    /// cancelled. Errors: those of `check_request`, resolve_failed, connect_failed, tls_failed, send_failed, receive_failed, timed_out,
    /// cancelled, reply_too_large, transport_failed, out_of_memory.
    template <answer_sink Sink, class Token>
    auto async_perform(request const& made, Sink& sink, std::uint32_t timeout_ms, Token&& token) {
        return boost::asio::async_initiate<Token, void(result<void>)>(
            [engine = engine_](auto&& handler, request const& r, any_sink to, std::uint32_t ms) {
                begin_call(engine, std::forward<decltype(handler)>(handler), r, to, ms);
            },
            token, made, any_sink(sink), timeout_ms);
    }
    template <answer_sink Sink, class Token>
    auto async_perform(request const& made, Sink& sink, Token&& token) {
        return async_perform(made, sink, 0, std::forward<Token>(token));
    }

    /// Completes with true when it is time, or with false if it is cancelled.
    template <class Token>
    auto async_wait(tick until, Token&& token) {
        return boost::asio::async_initiate<Token, void(bool)>(
            [engine = engine_](auto&& handler, tick t) { begin_wait(engine, std::forward<decltype(handler)>(handler), t); }, token, until);
    }

    /// For drivers that call back (`callback_world`). Returns what `cancel` takes.
    template <answer_sink Sink, class Done>
    std::uint64_t carry(request const& made, Sink& sink, std::uint32_t timeout_ms, Done done) {
        return begin_call(engine_, std::move(done), made, any_sink(sink), timeout_ms);
    }
    template <class Done>
    std::uint64_t wait(tick until, Done done) {
        return begin_wait(engine_, std::move(done), until);
    }

    /// The clocks and the entropy of the system.
    [[nodiscard]] bool look(moment& now) const noexcept {
        now = {system_clock().wall(), system_clock().now(), {}};
        return system_entropy().fill(std::span<std::uint8_t>(now.random));
    }

    /// From any thread: the call or wait that has this name ends as cancelled, soon. One that is over is nothing to it.
    void cancel(std::uint64_t id) {
        boost::asio::post(engine_->executor(), [engine = engine_, id] { engine->cancel(id); });
    }

    /// From any thread: everything that is under way ends as cancelled, soon, and so does whatever begins later.
    void stop() {
        boost::asio::post(engine_->executor(), [engine = engine_] { engine->stop(); });
    }

private:
    using engine_ptr = std::shared_ptr<beast_engine>;

    template <class Handler>
    static std::uint64_t begin_call(engine_ptr const& engine, Handler&& handler, request const& made, any_sink sink, std::uint32_t ms) {
        using pending = beast_pending<beast_call, result<void>, std::decay_t<Handler>>;
        return begin(engine, pending::make(engine, std::forward<Handler>(handler), made, sink), ms);
    }
    template <class Handler>
    static std::uint64_t begin_wait(engine_ptr const& engine, Handler&& handler, tick until) {
        using pending = beast_pending<in_flight, bool, std::decay_t<Handler>>;
        return begin(engine, pending::make(engine, std::forward<Handler>(handler)), until);
    }

    /// After an exception it never began: nobody is told, and nothing of the caller's is looked at again.
    template <class Pending, class How>
    static std::uint64_t begin(engine_ptr const& engine, Pending& one, How how) {
        struct discard_if_thrown {
            beast_engine& engine;
            Pending* one;
            std::uint64_t id;
            bool begun;
            ~discard_if_thrown() {
                if (one != nullptr && (!begun || engine.abandon(id))) one->discard();
            }
        } thrown{*engine, &one, engine->next_id(), false};
        one.cancel_by_slot(engine, thrown.id, engine->executor());
        thrown.begun = true;
        std::uint64_t const id = engine->begin(one, how);
        thrown.one = nullptr;
        return id;
    }

    engine_ptr engine_;
};

}  // namespace acs::inline ACS_ABI

#endif
