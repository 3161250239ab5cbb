// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_ENGINE_HPP
#define ACS_CURL_ENGINE_HPP

#include <acs/curl/easy.hpp>
#include <acs/curl/handle.hpp>
#include <acs/curl/options.hpp>
#include <acs/curl/pending.hpp>
#include <acs/curl/sigpipe_guard.hpp>
#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

namespace acs::inline ACS_ABI {

/// The calls and waits of a `curl_multi`: those that have a connection, those that wait for one, and those that wait for a time; how each
/// begins, and ends once. Knows nothing of who waits for sockets.
class curl_engine {
public:
    explicit curl_engine(curl_options const& options) noexcept : handles_(options), multi_(curl_multi_init()) {
        // By itself libcurl keeps four times as many as there are calls at that moment.
        if (multi_ != nullptr) curl_multi_setopt(get(), CURLMOPT_MAXCONNECTS, static_cast<long>(most_connections()));
    }
    curl_engine(curl_engine const&) = delete;
    curl_engine& operator=(curl_engine const&) = delete;

    /// Ends whatever is under way, as cancelled.
    ~curl_engine() {
        stopped_.store(true, std::memory_order_relaxed);
        end_all();
        while (lanes_ != nullptr) delete std::exchange(lanes_, lanes_->next);
    }

    /// libcurl's handle; null if there was no memory.
    [[nodiscard]] CURLM* get() const noexcept { return multi_.get(); }

    /// Takes a call over. Returns what `cancel` takes.
    std::uint64_t begin(curl_pending_call& call, std::uint32_t timeout_ms) {
        call.at = {clock_.now().ms + curl_handle::timeout(options(), timeout_ms)};
        std::uint64_t const id = call.id = ++last_id_;  // it may be gone soon
        bool const http = options().allow_http;
        add(call, queue_, stopped() ? result<void>(curl_pending_call::not_sent(errc::cancelled)) : check_request(call.request, http));
        start_queued();
        return id;
    }

    /// The same for a wait.
    std::uint64_t begin(in_flight& wait, tick until) {
        wait.at = until;
        std::uint64_t const id = wait.id = ++last_id_;
        add(wait, waits_, stopped() ? result<void>(refuse(errc::cancelled, "curl")) : result<void>());
        return id;
    }

    /// From any thread: marks it.
    void cancel(std::uint64_t id) noexcept {
        std::lock_guard const lock(mutex_);
        auto const is = [id](in_flight const& p) { return p.id == id; };
        for (in_flight_list const* list : {&running_, &queue_, &waits_})
            if (in_flight* const p = list->find(is)) p->cancelled = cancelled_ = true;
    }

    /// From any thread.
    void stop() noexcept { stopped_.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool stopped() const noexcept { return stopped_.load(std::memory_order_relaxed); }

    /// Ends what is to end, after libcurl had its turn, and starts what can start. Goes on where it was if a callback threw.
    void go_on() {
        unfinished_ = true;
        if (stopped()) end_all();
        int left = 0;
        while (CURLMsg const* const said = get() != nullptr ? curl_multi_info_read(get(), &left) : nullptr) {
            CURLcode const code = said->data.result;
            curl_lane* lane = nullptr;
            curl_easy_getinfo(said->easy_handle, CURLINFO_PRIVATE, &lane);
            result<void> const how = lane->handle.transfer().outcome(code);  // of what `go_afresh` leaves nothing
            if (lane->handle.stale() && go_afresh(*lane)) continue;
            end_running(*lane->call, how);
        }
        end_cancelled();
        for (tick const now = clock_.now(); next_deadline() <= now;) {
            auto& p = static_cast<in_flight&>(*deadlines_.first());
            auto const how = p.at_deadline();
            end(p, how ? waits_ : queue_, how);
        }
        start_queued();
        unfinished_ = false;
    }

    /// To be called before one waits.
    void make_ready() noexcept { handles_.make_ready(lanes_ != nullptr ? &lanes_->handle.place() : nullptr); }
    /// Whether a call was started since this was asked last: then libcurl has something to do at once.
    [[nodiscard]] bool take_started() noexcept { return std::exchange(started_, false); }
    /// Whether there ever was a call under TLS.
    [[nodiscard]] bool secure() const noexcept { return secure_; }
    /// Whether a callback threw in the midst of `go_on`.
    [[nodiscard]] bool unfinished() const noexcept { return unfinished_; }
    /// When `go_on` has something to do, whatever libcurl does; the end of time: never.
    [[nodiscard]] tick next_deadline() const noexcept { return deadlines_.first() != nullptr ? deadlines_.first()->at : tick{UINT64_MAX}; }
    /// How many calls and waits are under way.
    [[nodiscard]] std::size_t pending() const noexcept { return pending_; }

private:
    struct close {
        void operator()(CURLM* multi) const noexcept {
            sigpipe_guard const guard;  // TLS says good-bye
            curl_multi_cleanup(multi);
        }
    };

    void add(in_flight& p, in_flight_list& list, result<void> ok) {
        ++pending_;
        {
            std::lock_guard const lock(mutex_);
            list.add(p);
        }
        if (ok && !deadlines_.add(p)) ok = refuse(errc::out_of_memory, "curl");
        if (!ok) end(p, list, ok);
    }

    /// Takes it out of everything, and calls back.
    void end(in_flight& p, in_flight_list& list, result<void> const& how) {
        std::unique_ptr<in_flight> const owner(&p);
        deadlines_.remove(p);
        --pending_;
        {
            std::lock_guard const lock(mutex_);
            list.remove(p);
        }
        p.end(how);
    }

    void end_running(curl_pending_call& call, result<void> const& how) {
        curl_lane& lane = *call.lane;
        {
            sigpipe_guard const guard(secure_);
            curl_multi_remove_handle(get(), lane.handle.get());
        }
        if (!how) lane.handle.forget();
        lane.call = nullptr;
        lane.next = std::exchange(lanes_, &lane);
        end(call, running_, how);
    }

    /// Makes the same call on a new connection.
    [[nodiscard]] bool go_afresh(curl_lane& lane) noexcept {
        sigpipe_guard const guard(secure_);
        curl_multi_remove_handle(get(), lane.handle.get());
        lane.handle.forget();
        started_ = true;
        return aim(*lane.call, lane, true) && curl_multi_add_handle(get(), lane.handle.get()) == CURLM_OK;
    }

    [[nodiscard]] result<void> aim(curl_pending_call const& call, curl_lane& lane, bool fresh) noexcept {
        std::uint64_t const now = clock_.now().ms;
        auto const left = static_cast<std::uint32_t>(call.at.ms > now ? call.at.ms - now : 1);
        auto const ok = lane.handle.aim(call.request, call.sink, left, handles_, fresh);
        if (ok) curl_easy_setopt(lane.handle.get(), CURLOPT_PRIVATE, &lane);
        return ok;
    }

    void start_queued() {
        while (queue_.first() != nullptr) {
            curl_lane* const lane = idle_lane();
            if (lane == nullptr && running_.first() != nullptr) return;  // its turn comes when one of those is over
            auto& call = static_cast<curl_pending_call&>(*queue_.first());
            auto const ok = lane != nullptr ? start(call, *lane) : result<void>(refuse(errc::out_of_memory, "curl"));
            if (ok) continue;
            end(call, queue_, ok);
        }
    }

    [[nodiscard]] result<void> start(curl_pending_call& call, curl_lane& lane) noexcept {
        if (auto ok = aim(call, lane, false); !ok) return ok;
        secure_ = secure_ || curl_handle::may_be_secure(call.request, options());
        sigpipe_guard const guard(secure_);
        if (get() == nullptr || curl_multi_add_handle(get(), lane.handle.get()) != CURLM_OK) return refuse(errc::out_of_memory, "curl");
        started_ = true;
        lanes_ = std::exchange(lane.next, nullptr);
        lane.call = &call;
        call.lane = &lane;
        deadlines_.remove(call);
        std::lock_guard const lock(mutex_);
        queue_.remove(call);
        running_.add(call);
        return {};
    }

    [[nodiscard]] curl_options const& options() const noexcept { return handles_.options(); }
    [[nodiscard]] std::size_t most_connections() const noexcept { return options().max_connections != 0 ? options().max_connections : 1; }

    /// Stays among those that are idle.
    [[nodiscard]] curl_lane* idle_lane() noexcept {
        if (lanes_ == nullptr && lane_count_ < most_connections() && (lanes_ = new (std::nothrow) curl_lane) != nullptr) ++lane_count_;
        return lanes_;
    }

    void end_cancelled() {
        for (;;) {
            std::unique_lock lock(mutex_);
            if (!cancelled_) return;
            auto const is = [](in_flight const& p) { return p.cancelled; };
            in_flight *const running = running_.find(is), *const queued = queue_.find(is), *const waiting = waits_.find(is);
            if (running == nullptr && queued == nullptr && waiting == nullptr) cancelled_ = false;
            lock.unlock();
            end_as_cancelled(running, queued, waiting);
        }
    }

    void end_all() {
        while (pending_ != 0) end_as_cancelled(running_.first(), queue_.first(), waits_.first());
    }

    /// One of them; the others may be gone when it has called back.
    void end_as_cancelled(in_flight* running, in_flight* queued, in_flight* waiting) {
        if (running != nullptr) {
            auto& call = static_cast<curl_pending_call&>(*running);
            return end_running(call, call.lane->handle.transfer().lost(errc::cancelled));
        }
        if (queued != nullptr) return end(*queued, queue_, curl_pending_call::not_sent(errc::cancelled));
        if (waiting != nullptr) end(*waiting, waits_, refuse(errc::cancelled, "curl"));
    }

    system_clock clock_{};
    curl_easy_source handles_;
    std::unique_ptr<CURLM, close> multi_;
    curl_lane* lanes_{};  // those that are idle
    std::size_t lane_count_{};
    std::size_t pending_{};
    std::uint64_t last_id_{};
    deadlines deadlines_{};
    bool unfinished_{};
    bool started_{};
    bool secure_{};
    std::atomic<bool> stopped_{};
    std::mutex mutex_{};  // for what follows, which `cancel` reads
    bool cancelled_{};
    in_flight_list running_{};
    in_flight_list queue_{};
    in_flight_list waits_{};
};

}  // namespace acs::inline ACS_ABI

#endif
