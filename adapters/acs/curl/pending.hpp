// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_PENDING_HPP
#define ACS_CURL_PENDING_HPP

#include <acs/curl/handle.hpp>
#include <acs/hosted.hpp>

#include <utility>

namespace acs::inline ACS_ABI {

struct curl_lane;

/// A call of a `curl_multi` that is not over.
struct curl_pending_call : call_in_flight {
    using call_in_flight::call_in_flight;
    curl_lane* lane{};  ///< null while it waits for its turn
};

template <class Done>
struct curl_call_of final : curl_pending_call {
    curl_call_of(acs::request const& r, any_sink s, Done d) noexcept : curl_pending_call(r, s), done(std::move(d)) {}
    void end(result<void> const& how) override { done(how); }
    Done done;
};

template <class Done>
struct curl_wait_of final : in_flight {
    explicit curl_wait_of(Done d) noexcept : done(std::move(d)) {}
    void end(result<void> const& how) override { done(how.has_value()); }
    Done done;
};

/// What one transfer after the other runs on.
struct curl_lane {
    curl_handle handle{};
    curl_pending_call* call{};  ///< null: idle
    curl_lane* next{};          ///< of those that are idle
};

}  // namespace acs::inline ACS_ABI

#endif
