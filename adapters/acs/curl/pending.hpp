// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_PENDING_HPP
#define ACS_CURL_PENDING_HPP

#include <acs/curl/any_sink.hpp>
#include <acs/curl/deadlines.hpp>
#include <acs/curl/handle.hpp>
#include <acs/hosted.hpp>

#include <cstdint>
#include <utility>

namespace acs::inline ACS_ABI {

struct curl_lane;

/// A call or a wait of a `curl_multi` that is not over. Its deadline is the end of a wait, or of the time in the queue.
struct curl_pending : deadline_node {
    curl_pending() noexcept = default;
    curl_pending(curl_pending const&) = delete;
    curl_pending& operator=(curl_pending const&) = delete;
    virtual ~curl_pending() = default;

    /// Tells whoever waits for it.
    virtual void end(result<void> const& how) = 0;
    /// How it ends when its deadline passes.
    [[nodiscard]] virtual result<void> at_deadline() const noexcept = 0;

    std::uint64_t id{};
    curl_pending* previous{};
    curl_pending* next{};
    bool cancelled{};
};

/// A call: what to send, and where the answer goes.
struct curl_pending_call : curl_pending {
    curl_pending_call(acs::request const& r, any_sink s) noexcept : request(r), sink(s) {}

    [[nodiscard]] result<void> at_deadline() const noexcept override { return not_sent(errc::timed_out); }

    /// The failure of a call that nothing was sent of.
    [[nodiscard]] static failure not_sent(errc code) noexcept {
        failure f{};
        f.origin = origin::transport;
        f.code = code;
        return f;
    }

    acs::request request;
    any_sink sink;
    curl_lane* lane{};  ///< null while it waits for its turn
};

template <class Done>
struct curl_call_of final : curl_pending_call {
    curl_call_of(acs::request const& r, any_sink s, Done d) noexcept : curl_pending_call(r, s), done(std::move(d)) {}
    void end(result<void> const& how) override { done(how); }
    Done done;
};

template <class Done>
struct curl_wait_of final : curl_pending {
    explicit curl_wait_of(Done d) noexcept : done(std::move(d)) {}
    void end(result<void> const& how) override { done(how.has_value()); }
    [[nodiscard]] result<void> at_deadline() const noexcept override { return {}; }
    Done done;
};

/// What one transfer after the other runs on.
struct curl_lane {
    curl_handle handle{};
    curl_pending_call* call{};  ///< null: idle
    curl_lane* next{};          ///< of those that are idle
};

/// A list of them, which costs no memory of its own.
class curl_pending_list {
public:
    [[nodiscard]] curl_pending* first() const noexcept { return first_; }

    void add(curl_pending& p) noexcept {
        p.previous = last_;
        p.next = nullptr;
        (last_ != nullptr ? last_->next : first_) = &p;
        last_ = &p;
    }

    void remove(curl_pending& p) noexcept {
        (p.previous != nullptr ? p.previous->next : first_) = p.next;
        (p.next != nullptr ? p.next->previous : last_) = p.previous;
    }

    template <class Is>
    [[nodiscard]] curl_pending* find(Is is) const noexcept {
        curl_pending* p = first_;
        while (p != nullptr && !is(*p)) p = p->next;
        return p;
    }

private:
    curl_pending* first_{};
    curl_pending* last_{};
};

}  // namespace acs::inline ACS_ABI

#endif
