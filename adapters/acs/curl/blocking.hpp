// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_BLOCKING_HPP
#define ACS_CURL_BLOCKING_HPP

#include <acs/curl/easy.hpp>
#include <acs/curl/handle.hpp>
#include <acs/curl/options.hpp>
#include <acs/curl/sigpipe_guard.hpp>
#include <acs/curl/transfer.hpp>
#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <atomic>
#include <cstdint>
#include <memory>

namespace acs::inline ACS_ABI {

/// A blocking transport over libcurl, which keeps its connections. One call at a time; not for use by two threads at once, but for `stop`.
/// libcurl's global state is libcurl's: a program with threads calls `curl_global_init` before it starts them.
///
/// Where libcurl would send a request once more, since a kept connection turned out to be closed, it is stopped: the call fails, and may
/// have run.
class curl {
public:
    explicit curl(curl_options const& options = {}) noexcept : handles_(options), multi_(curl_multi_init()) {}
    curl(curl const&) = delete;
    curl& operator=(curl const&) = delete;

    /// See `acs::transport`. Errors: those of `check_request`, resolve_failed, connect_failed, tls_failed, send_failed, receive_failed,
    /// timed_out, cancelled, request_too_large, reply_too_large, transport_failed, out_of_memory.
    template <answer_sink Sink>
    result<void> perform(request const& made, Sink& sink) noexcept {
        return carry(made, any_sink(sink));
    }

    /// The longest that each call may take from now on, if that is less than `curl_options::timeout_ms`; 0: no less. The drivers tell.
    void limit(std::uint32_t ms) noexcept { limit_ms_ = ms; }

    /// From any thread: the call under way ends at once, with errc::cancelled, and so does every later one.
    void stop() noexcept {
        stopped_.store(true, std::memory_order_relaxed);
        if (multi_ != nullptr) curl_multi_wakeup(multi_.get());
    }

private:
    struct close {
        void operator()(CURLM* multi) const noexcept {
            sigpipe_guard const guard;  // TLS says good-bye
            curl_multi_cleanup(multi);
        }
    };

    [[nodiscard]] curl_options const& options() const noexcept { return handles_.options(); }

    result<void> carry(request const& made, any_sink sink) noexcept {
        if (auto ok = check_request(made, options().allow_http); !ok) return ok;
        if (multi_ == nullptr) return refuse(errc::out_of_memory, "curl");
        sigpipe_guard const guard(curl_handle::may_be_secure(made, options()));
        result<void> const carried = try_once(made, sink, false);
        return !carried && handle_.stale() ? try_once(made, sink, true) : carried;
    }

    result<void> try_once(request const& made, any_sink sink, bool fresh) noexcept {
        std::uint32_t const timeout = curl_handle::timeout(options(), limit_ms_);
        if (auto ok = handle_.aim(made, sink, timeout, handles_, fresh); !ok) return ok;
        if (curl_multi_add_handle(multi_.get(), handle_.get()) != CURLM_OK) return refuse(errc::out_of_memory, "curl");
        result<void> const carried = run(handle_.transfer());
        // Taken out in the midst of a transfer it closes its connection, where one that is only freed leaves it to the next. One that is
        // done and serves no more stays where it is until there is nothing else to do: see `make_ready`.
        if (!carried || curl_easy_source::serves_again()) curl_multi_remove_handle(multi_.get(), handle_.get());
        if (!carried) handle_.forget();
        return carried;
    }

    result<void> run(curl_transfer const& transfer) noexcept {
        int running = 1;
        while (!stopped_.load(std::memory_order_relaxed)) {
            CURLMcode code = curl_multi_perform(multi_.get(), &running);
            int left = 0;
            if (CURLMsg const* const said = curl_multi_info_read(multi_.get(), &left)) return transfer.outcome(said->data.result);
            handles_.make_ready(&handle_.place());
            if (code == CURLM_OK) code = curl_multi_poll(multi_.get(), nullptr, 0, 1000, nullptr);
            if (code != CURLM_OK) return transfer.lost(code == CURLM_OUT_OF_MEMORY ? errc::out_of_memory : errc::transport_failed);
        }
        return transfer.lost(errc::cancelled);
    }

    curl_easy_source handles_;
    std::unique_ptr<CURLM, close> multi_;
    curl_handle handle_{};
    std::uint32_t limit_ms_{};
    std::atomic<bool> stopped_{};
};

static_assert(transport<curl>);

}  // namespace acs::inline ACS_ABI

#endif
