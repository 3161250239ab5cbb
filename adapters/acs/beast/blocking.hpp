// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_BLOCKING_HPP
#define ACS_BEAST_BLOCKING_HPP

#include <acs/beast/engine.hpp>
#include <acs/beast/options.hpp>
#include <acs/hosted.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <cstdint>
#include <memory>

namespace acs::inline ACS_ABI {

/// A blocking transport over Boost.Beast, which keeps its connections. One call at a time; not for use by two threads at once, but for
/// `stop`. Every call has a deadline: it waits on an event loop of its own.
class beast {
public:
    explicit beast(beast_options const& options = {}) : engine_(std::make_shared<beast_engine>(loop_.get_executor(), options)) {}
    beast(beast const&) = delete;
    beast& operator=(beast const&) = delete;
    ~beast() { engine_->stop(); }

    /// See `acs::transport`. Errors: those of `beast_client::async_perform`. Where the heap gives nothing, it throws as Asio does.
    template <answer_sink Sink>
    result<void> perform(request const& made, Sink& sink) {
        return carry(made, any_sink(sink));
    }

    /// The longest that each call may take from now on, if that is less than `beast_options::timeout_ms`; 0: no less. The drivers tell.
    void limit(std::uint32_t ms) noexcept { limit_ms_ = ms; }

    /// From any thread: the call under way ends at once, with errc::cancelled, and so does every later one.
    void stop() {
        stopped_.store(true, std::memory_order_relaxed);
        boost::asio::post(loop_, [engine = engine_] { engine->stop(); });
    }

private:
    struct call final : beast_call {
        using beast_call::beast_call;
        void end(result<void> const& how) override {
            outcome = how;
            over = true;
        }
        result<void> outcome{};
        bool over{};
    };

    result<void> carry(request const& made, any_sink sink) {
        if (stopped_.load(std::memory_order_relaxed)) return call_in_flight::not_sent(errc::cancelled);
        call c(made, sink);
        struct abandon_if_thrown {
            beast_engine& engine;
            call const& one;
            std::uint64_t id;
            ~abandon_if_thrown() {
                if (!one.over) engine.abandon(id);
            }
        } const thrown{*engine_, c, engine_->next_id()};
        engine_->begin(c, limit_ms_);
        if (loop_.stopped()) loop_.restart();
        while (!c.over) loop_.run_one();
        return c.outcome;
    }

    boost::asio::io_context loop_{1};
    std::shared_ptr<beast_engine> engine_;
    std::uint32_t limit_ms_{};
    std::atomic<bool> stopped_{};
};

static_assert(transport<beast>);

}  // namespace acs::inline ACS_ABI

#endif
