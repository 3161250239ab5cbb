// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_RECORDING_HPP
#define ACS_TESTING_RECORDING_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/message/request.hpp>
#include <acs/client/transport.hpp>
#include <acs/testing/recorded_exchange.hpp>
#include <acs/testing/scrub.hpp>
#include <acs/testing/transcript.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

namespace acs::testing::inline ACS_ABI {

/// Hands an answer on, and keeps a copy.
template <answer_sink Sink>
class copying_sink {
public:
    copying_sink(Sink& to, http_answer& copy) noexcept : to_(&to), copy_(&copy) {}

    void status(std::uint16_t code) noexcept {
        *copy_ = {code, {}, {}, {}};
        to_->status(code);
    }
    bool field(std::string_view name, std::string_view value) noexcept {
        copy_->fields.emplace_back(name, value);
        return to_->field(name, value);
    }
    bool body(std::string_view piece) noexcept {
        copy_->body.append(piece);
        return to_->body(piece);
    }

private:
    Sink* to_;
    http_answer* copy_;
};

/// A transport that records what another one carries: each request as it was sent, and the answer or the failure. Secrets are taken out
/// before anything is kept. The other transport has to outlive it.
///
///     acs::testing::recording recorder{http};
///     ...                                                       // calls over `recorder`
///     std::string const text = recorder.made().save();          // for `transcript::load` and `replay`
template <transport Http>
class recording {
public:
    explicit recording(Http& http) noexcept : http_(&http) {}

    template <answer_sink Sink>
    result<void> perform(request const& made, Sink& sink) {
        recorded_exchange x{recorded_request::of(made), {}, {}};
        copying_sink<Sink> copy(sink, x.answer);
        result<void> const carried = http_->perform(made, copy);
        if (!carried) {
            x.failure = recorded_failure{carried.error().code, carried.error().delivery, carried.error().status};
            x.answer = {};
        }
        scrubber::scrub(x);
        made_.exchanges.push_back(std::move(x));
        return carried;
    }

    void limit(std::uint32_t ms) requires requires(Http& http) { http.limit(ms); }
    { http_->limit(ms); }

    /// What was recorded so far.
    [[nodiscard]] transcript const& made() const noexcept { return made_; }

private:
    Http* http_;
    transcript made_{};
};

}  // namespace acs::testing::inline ACS_ABI

#endif
