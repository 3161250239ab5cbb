// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_IN_FLIGHT_HPP
#define ACS_HOSTED_IN_FLIGHT_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/message/request.hpp>
#include <acs/hosted/any_sink.hpp>
#include <acs/hosted/deadlines.hpp>

#include <cstdint>

// What adapters that carry many calls at once keep of each.
namespace acs::inline ACS_ABI {

/// A call or a wait that is not over. Its deadline is the end of a wait, or of a call's time.
struct in_flight : deadline_node {
    in_flight() noexcept = default;
    in_flight(in_flight const&) = delete;
    in_flight& operator=(in_flight const&) = delete;
    virtual ~in_flight() = default;

    /// Tells whoever waits for it.
    virtual void end(result<void> const& how) = 0;
    /// How it ends when its deadline passes before anything else was done.
    [[nodiscard]] virtual result<void> at_deadline() const noexcept { return {}; }

    std::uint64_t id{};
    in_flight* previous{};
    in_flight* next{};
    bool cancelled{};
};

/// A call: what to send, and where the answer goes.
struct call_in_flight : in_flight {
    call_in_flight(acs::request const& r, any_sink s) noexcept : request(r), sink(s) {}

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
};

/// A list of them, which costs no memory of its own.
class in_flight_list {
public:
    [[nodiscard]] in_flight* first() const noexcept { return first_; }

    void add(in_flight& p) noexcept {
        p.previous = last_;
        p.next = nullptr;
        (last_ != nullptr ? last_->next : first_) = &p;
        last_ = &p;
    }

    void remove(in_flight& p) noexcept {
        (p.previous != nullptr ? p.previous->next : first_) = p.next;
        (p.next != nullptr ? p.next->previous : last_) = p.previous;
    }

    template <class Is>
    [[nodiscard]] in_flight* find(Is is) const noexcept {
        in_flight* p = first_;
        while (p != nullptr && !is(*p)) p = p->next;
        return p;
    }

private:
    in_flight* first_{};
    in_flight* last_{};
};

}  // namespace acs::inline ACS_ABI

#endif
