// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_ENGINE_HPP
#define ACS_BEAST_ENGINE_HPP

#include <acs/beast/connection.hpp>
#include <acs/beast/options.hpp>
#include <acs/beast/place.hpp>
#include <acs/beast/tls.hpp>
#include <acs/hosted.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/core/no_exceptions_support.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace acs::inline ACS_ABI {

/// The calls and waits of a transport over Beast: those that have a connection, those that wait for one, and those that wait for a time;
/// how each begins, and ends once. All on one executor, which runs one of its functions at a time.
class beast_engine final : public beast_owner, public std::enable_shared_from_this<beast_engine> {
public:
    beast_engine(boost::asio::any_io_executor const& executor, beast_options const& options)
        : executor_(executor),
          allow_http_(options.allow_http),
          connect_ms_(options.connect_timeout_ms != 0 ? options.connect_timeout_ms : 10'000),
          whole_ms_(options.timeout_ms != 0 ? options.timeout_ms : 60'000),
          max_header_(options.max_header),
          max_connections_(options.max_connections != 0 ? options.max_connections : 1),
          proxy_(beast_place::of_proxy(options.proxy)),
          trust_(options),
          timer_(executor) {}

    [[nodiscard]] boost::asio::any_io_executor const& executor() const noexcept { return executor_; }

    /// The name that the next call or wait will have.
    [[nodiscard]] std::uint64_t next_id() const noexcept { return last_id_ + 1; }

    /// Takes a call over: it takes `timeout_ms` at most, and no more than the options say. Returns what `cancel` takes.
    std::uint64_t begin(beast_call& call, std::uint32_t timeout_ms) {
        std::uint64_t const now = clock_.now().ms, id = call.id = ++last_id_;
        call.whole = {now + (timeout_ms != 0 && timeout_ms < whole_ms_ ? timeout_ms : whole_ms_)};
        call.at = call.whole;
        auto ok = stopped_ ? result<void>(call_in_flight::not_sent(errc::cancelled)) : check_request(call.request, allow_http_);
        if (add(call, queue_, ok)) start_queued();
        return id;
    }

    /// The same for a wait.
    std::uint64_t begin(in_flight& wait, tick until) {
        wait.at = until;
        std::uint64_t const id = wait.id = ++last_id_;
        add(wait, waits_, stopped_ ? result<void>(refuse(errc::cancelled, "beast")) : result<void>());
        return id;
    }

    /// Ends it as cancelled; one that is over is nothing to it.
    void cancel(std::uint64_t id) {
        auto const is = [id](in_flight const& p) { return p.id == id; };
        if (in_flight* const call = running_.find(is))
            give_up(static_cast<beast_call&>(*call), errc::cancelled);
        else if (in_flight* const queued = queue_.find(is))
            end(*queued, queue_, call_in_flight::not_sent(errc::cancelled));
        else if (in_flight* const wait = waits_.find(is))
            end(*wait, waits_, refuse(errc::cancelled, "beast"));
    }

    /// Takes it away untold, for whoever had an exception instead; false: it is over.
    bool abandon(std::uint64_t id) noexcept {
        auto const is = [id](in_flight const& p) { return p.id == id; };
        for (in_flight_list* const list : {&running_, &queue_, &waits_}) {
            in_flight* const found = list->find(is);
            if (found == nullptr) continue;
            if (list == &running_) {
                std::exchange(static_cast<beast_call&>(*found).connection, nullptr)->drop();
                --connection_count_;
            }
            deadlines_.remove(*found);
            list->remove(*found);
            if (--pending_ == 0) unset_timer();
            return true;
        }
        return false;
    }

    /// Ends all of them, and each that begins later. One that there is no memory to tell goes untold.
    void stop() noexcept {
        stopped_ = true;
        while (queue_.first() != nullptr)
            or_untold([this] { end(*queue_.first(), queue_, call_in_flight::not_sent(errc::cancelled)); });
        while (waits_.first() != nullptr) or_untold([this] { end(*waits_.first(), waits_, refuse(errc::cancelled, "beast")); });
        while (running_.first() != nullptr)
            or_untold([this] { give_up(static_cast<beast_call&>(*running_.first()), errc::cancelled); });
        for (auto const& c : idle_) c->drop();
        idle_.clear();
        unset_timer();
    }

private:
    template <class End>
    static void or_untold(End end) noexcept {
        BOOST_TRY {
            end();
        }
        BOOST_CATCH(...) {
        }
        BOOST_CATCH_END
    }

    void connected(beast_call& call) override {
        if (call.at == call.whole) return;
        deadlines_.remove(call);
        call.at = call.whole;
        static_cast<void>(deadlines_.add(call));  // there was room for it
    }

    void over(beast_call& call, result<void> const& how) override {
        auto const self = shared_from_this();
        end_running(call, how);
    }

    /// Takes the connection away from a call: for others, if it is open.
    void release(beast_call& call) {
        auto connection = std::exchange(call.connection, nullptr);
        if (connection->open())
            idle_.push_back(std::move(connection));
        else
            --connection_count_;
    }

    void give_up(beast_call& call, errc why) {
        failure const f = call.connection->lost(why);
        call.connection->drop();
        end_running(call, f);
    }

    /// Without memory to tell it by, the next one still has its turn.
    void end_running(beast_call& call, result<void> const& how) {
        release(call);
        BOOST_TRY {
            end(call, running_, how);
        }
        BOOST_CATCH(...) {
            start_queued();
            BOOST_RETHROW
        }
        BOOST_CATCH_END
        start_queued();
    }

    bool add(in_flight& p, in_flight_list& list, result<void> ok) {
        list.add(p);
        ++pending_;
        if (ok && !deadlines_.add(p)) ok = call_in_flight::not_sent(errc::out_of_memory);
        if (!ok) end(p, list, ok);
        set_timer();
        return ok.has_value();
    }

    /// Takes it out of everything, and tells: later, never from within.
    void end(in_flight& p, in_flight_list& list, result<void> const& how) {
        deadlines_.remove(p);
        list.remove(p);
        bool const last = --pending_ == 0;
        p.end(how);
        if (!last) return;
        BOOST_TRY {
            boost::asio::post(executor_, [self = shared_from_this()] { self->rest(); });
        }
        BOOST_CATCH(...) {
            unset_timer();  // at once, then: it has been told
        }
        BOOST_CATCH_END
    }

    /// With nothing under way the timer is no reason to go on running. But whoever makes one call after the other has begun the next by
    /// now.
    void rest() {
        if (pending_ == 0) unset_timer();
    }

    void unset_timer() {
        armed_ = {UINT64_MAX};
        timer_.cancel();
    }

    void start_queued() {
        while (queue_.first() != nullptr) {
            auto& call = static_cast<beast_call&>(*queue_.first());
            auto connection = connection_for(call.request);
            if (connection == nullptr) return;  // its turn comes when another is over
            queue_.remove(call);
            running_.add(call);
            call.connection = std::move(connection);  // before anything that may throw
            tick const limit{clock_.now().ms + connect_ms_};
            if (!call.connection->open() && limit < call.at) {
                deadlines_.remove(call);
                call.at = limit;
                static_cast<void>(deadlines_.add(call));
                set_timer();
            }
            call.connection->start(call);
        }
    }

    /// One that is open, or one more, or null.
    [[nodiscard]] std::shared_ptr<beast_connection> connection_for(request const& made) {
        auto const serves = [&made](auto const& c) { return c->serves(made); };
        for (auto found = std::find_if(idle_.rbegin(), idle_.rend(), serves); found != idle_.rend();
             found = std::find_if(idle_.rbegin(), idle_.rend(), serves)) {
            auto connection = std::move(*found);
            idle_.erase(std::next(found).base());
            if (connection->usable()) return connection;
            connection->drop();
            --connection_count_;
        }
        if (connection_count_ == max_connections_) {
            if (idle_.empty()) return nullptr;
            idle_.front()->drop();  // to another host, and not used for longest
            idle_.erase(idle_.begin());
            --connection_count_;
        }
        idle_.reserve(connection_count_ + 1);  // so that to keep it takes no memory
        auto made_new = std::make_shared<beast_connection>(executor_, *this, trust_, proxy_, max_header_, made);
        ++connection_count_;
        return made_new;
    }

    /// The timer is set to the earliest deadline, or earlier: calls that end in time leave it as it is.
    void set_timer() {
        deadline_node const* const first = deadlines_.first();
        if (first == nullptr || first->at >= armed_) return;
        armed_ = {UINT64_MAX};  // if what follows throws
        std::uint64_t const now = clock_.now().ms, left = first->at.ms > now ? first->at.ms - now : 0;
        constexpr std::uint64_t day = 86'400'000;
        timer_.expires_after(std::chrono::milliseconds(left < day ? left : day));
        timer_.async_wait([weak = weak_from_this()](boost::system::error_code ec) {
            auto const self = weak.lock();
            if (!ec && self != nullptr) self->on_timer();
        });
        armed_ = first->at;
    }

    void on_timer() {
        armed_ = {UINT64_MAX};
        struct set_again {  // also if there is no memory to tell one of them by
            beast_engine* engine;
            ~set_again() {
                BOOST_TRY {
                    engine->set_timer();
                }
                BOOST_CATCH(...) {  // the next call that begins sets it
                }
                BOOST_CATCH_END
            }
        } const guard{this};
        for (tick const now = clock_.now(); deadlines_.first() != nullptr && deadlines_.first()->at <= now;) {
            auto& p = static_cast<in_flight&>(*deadlines_.first());
            auto const how = p.at_deadline();
            if (how)
                end(p, waits_, how);
            else if (auto& call = static_cast<beast_call&>(p); call.connection != nullptr)
                give_up(call, errc::timed_out);
            else
                end(p, queue_, how);
        }
    }

    boost::asio::any_io_executor executor_;
    bool allow_http_;
    std::uint32_t connect_ms_;
    std::uint32_t whole_ms_;
    std::size_t max_header_;
    std::size_t max_connections_;
    beast_place proxy_;
    beast_trust trust_;
    system_clock clock_{};
    boost::asio::steady_timer timer_;
    tick armed_{UINT64_MAX};  // when the timer comes
    deadlines deadlines_{};
    in_flight_list running_{};
    in_flight_list queue_{};
    in_flight_list waits_{};
    std::vector<std::shared_ptr<beast_connection>> idle_{};  // the last used at the end
    std::size_t connection_count_{};
    std::size_t pending_{};
    std::uint64_t last_id_{};
    bool stopped_{};
};

}  // namespace acs::inline ACS_ABI

#endif
