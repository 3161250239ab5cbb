// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_HANDLERS_HPP
#define ACS_BEAST_HANDLERS_HPP

#include <acs/beast/engine.hpp>
#include <acs/hosted.hpp>

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

namespace acs::inline ACS_ABI {

/// What is left of a call when it is over: the handler, which is called with how it ended.
template <class Handler, class Value>
struct beast_completion {
    using allocator_type = boost::asio::associated_allocator_t<Handler>;
    [[nodiscard]] allocator_type get_allocator() const noexcept { return boost::asio::get_associated_allocator(handler); }
    void operator()() { std::move(handler)(std::move(value)); }

    Handler handler;
    Value value;
};

/// A call or a wait (`Base`) with its handler: in memory of the handler's allocator, on whose executor it is told, posted, and which its
/// cancellation slot cancels. The executor has work until then.
template <class Base, class Value, class Handler>
class beast_pending final : public Base {
    using allocator = typename std::allocator_traits<boost::asio::associated_allocator_t<Handler>>::template rebind_alloc<beast_pending>;
    using memory = std::allocator_traits<allocator>;

public:
    template <class... Args>
    static beast_pending& make(std::shared_ptr<beast_engine> const& engine, Handler handler, Args&&... args) {
        allocator from(boost::asio::get_associated_allocator(handler));
        beast_pending* const at = memory::allocate(from, 1);
        return *::new (static_cast<void*>(at)) beast_pending(engine, std::move(handler), std::forward<Args>(args)...);
    }

    /// Lets the handler's slot cancel what has this name. From any thread, as far as the engine's executor is concerned.
    void cancel_by_slot(std::weak_ptr<beast_engine> const& engine, std::uint64_t name, boost::asio::any_io_executor const& executor) {
        auto slot = boost::asio::get_associated_cancellation_slot(handler_);
        if (!slot.is_connected()) return;
        slot.assign([engine, name, executor](boost::asio::cancellation_type) {
            boost::asio::post(executor, [engine, name] {
                if (auto const alive = engine.lock()) alive->cancel(name);
            });
        });
    }

    /// Ends it untold.
    void discard() noexcept {
        auto slot = boost::asio::get_associated_cancellation_slot(handler_);
        if (slot.is_connected()) slot.clear();
        allocator from(boost::asio::get_associated_allocator(handler_));
        this->~beast_pending();
        memory::deallocate(from, this, 1);
    }

    void end(result<void> const& how) override {
        auto slot = boost::asio::get_associated_cancellation_slot(handler_);
        if (slot.is_connected()) slot.clear();
        auto const work = std::move(work_);  // until it is posted: an executor that runs out of work stops
        beast_completion<Handler, Value> last{std::move(handler_), value(how)};
        allocator from(last.get_allocator());
        this->~beast_pending();
        memory::deallocate(from, this, 1);
        boost::asio::post(work.get_executor(), std::move(last));
    }

private:
    template <class... Args>
    beast_pending(std::shared_ptr<beast_engine> const& engine, Handler handler, Args&&... args)
        : Base(std::forward<Args>(args)...),
          work_(boost::asio::get_associated_executor(handler, engine->executor())),
          handler_(std::move(handler)) {}

    static Value value(result<void> const& how) {
        if constexpr (std::is_same_v<Value, bool>)
            return how.has_value();
        else
            return how;
    }

    boost::asio::executor_work_guard<boost::asio::associated_executor_t<Handler, boost::asio::any_io_executor>> work_;
    Handler handler_;
};

}  // namespace acs::inline ACS_ABI

#endif
