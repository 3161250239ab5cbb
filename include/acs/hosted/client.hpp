// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_CLIENT_HPP
#define ACS_HOSTED_CLIENT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/signer.hpp>
#include <acs/signing/unsigned.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/exchange/kinds.hpp>
#include <acs/exchange/policy.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/run.hpp>
#include <acs/client/transport.hpp>
#include <acs/hosted/answer.hpp>
#include <acs/hosted/heap_box.hpp>
#include <acs/hosted/system.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// What goes beyond operation, endpoint and credentials. Views only.
struct client_options {
    prepare_options prepare{};                   ///< further parameters and headers, for every call
    std::size_t max_body = 64U * 1024U * 1024U;  ///< the largest answer taken, in bytes
    retry_policy retry{};                        ///< how often and for how long a call is tried
    call_budget* budget{};                       ///< calls the account may make; it has to outlive the client
};

/// Memory for the requests of one call, which grows to what they take.
class request_heap {
public:
    request_heap() noexcept = default;
    request_heap(request_heap const&) = delete;
    request_heap& operator=(request_heap const&) = delete;

    /// Calls `make(request_memory)` until the memory it asks for is there. Its last result; errc::out_of_memory.
    template <class Make>
    [[nodiscard]] result<request> run(Make make) noexcept {
        for (;;) {
            auto const made = make(memory_);
            if (made || made.error().code != errc::no_space) return made;
            std::size_t const needed = made.error().needed;
            std::string_view const what = made.error().where;
            bool grown = false;
            if (what == "text" && needed > memory_.text.size())
                grown = grow(text_, memory_.text, needed);
            else if (what == "params" && needed > memory_.params.size())
                grown = grow(params_, memory_.params, needed);
            else if (what == "fields" && needed > memory_.fields.size())
                grown = grow(fields_, memory_.fields, needed);
            else
                return made;  // there is no room for something else, such as a provider's token
            if (!grown) return refuse(errc::out_of_memory, "request");
        }
    }

    /// Whether a request can be made of this at all: a call that has to wait for its turn should not wait to say no. Signs nothing.
    template <class Op, signer Signer>
    [[nodiscard]] result<void> check(Op const& op, endpoint const& to, Signer const& who, prepare_options const& options) noexcept {
        auto const checked = run([&](request_memory const& memory) noexcept {
            auto const size = measure(op, to, who, memory, options);
            return size ? result<request>(request{}) : result<request>(size.error());
        });
        return checked ? result<void>() : result<void>(checked.error());
    }

private:
    template <class T>
    [[nodiscard]] static bool grow(std::unique_ptr<T[]>& held, std::span<T>& memory, std::size_t needed) noexcept {
        held.reset(new (std::nothrow) T[needed]);
        memory = {held.get(), held != nullptr ? needed : 0};
        return held != nullptr;
    }

    std::array<field, 16> few_fields_{};  // these three are enough for most calls
    std::array<param, 24> few_params_{};
    std::array<char, 2048> short_text_;  // not cleared: every call would pay for it
    std::unique_ptr<field[]> fields_{};
    std::unique_ptr<param[]> params_{};
    std::unique_ptr<char[]> text_{};
    request_memory memory_{few_fields_, few_params_, short_text_};
};

/// What a machine that has come to its last step, and the box it took answers in, have to say.
template <class Reply, class Machine>
[[nodiscard]] answer<Reply> take_outcome(Machine const& machine, step const& last, heap_box& box) noexcept {
    if (last.what == action::done) return answer<Reply>(box.take(), machine.reply());
    failure const& f = machine.error();
    return f.delivery == delivery::answered ? answer<Reply>(box.take(), f) : answer<Reply>(f);
}

/// Makes calls, one at a time, over any transport: prepares, signs, sends, decodes, and tries again where that is safe (`exchange`). It
/// views the transport, the endpoint's and the credentials' texts, which have to outlive it; the secret is not kept. Not for use by two
/// threads at once. What it learns of the server's clock serves the calls that follow.
///
/// Endpoint and credentials may be results that hold a failure: every call then reports it.
///
///     acs::client client{http, dataworks::endpoint("cn-hangzhou"), acs::credentials_from_environment()};
template <transport Http, signer Signer = acs3_hmac_sha256, waiting_clock Clock = system_clock, entropy Entropy = system_entropy>
class client {
public:
    client(Http& http, result<endpoint> const& to, result<credentials> const& who, client_options const& options = {}, Clock clock = {},
           Entropy entropy = {}) noexcept
        : client(http, to, who ? Signer(*who) : Signer(credentials{}), who ? result<void>() : result<void>(who.error()), options, clock,
                 entropy) {}
    client(Http& http, result<endpoint> const& to, bearer_token const& who, client_options const& options = {}, Clock clock = {},
           Entropy entropy = {}) noexcept
        : client(http, to, Signer{who}, result<void>(), options, clock, entropy) {}
    client(Http& http, result<endpoint> const& to, anonymous const&, client_options const& options = {}, Clock clock = {},
           Entropy entropy = {}) noexcept
        : client(http, to, Signer{}, result<void>(), options, clock, entropy) {}
    client(Http& http, result<endpoint> const& to, Signer const& kept, client_options const& options = {}, Clock clock = {},
           Entropy entropy = {}) noexcept
        : client(http, to, kept, result<void>(), options, clock, entropy) {}

    /// Makes a call, typed or not. The outcome owns the reply. Errors: all of `prepare`, of the transport and of `decode`, of the endpoint
    /// and the credentials; no_entropy, reply_too_large, out_of_memory. `failure::history` tells of the attempts. Throws what the
    /// transport throws.
    template <class Op>
    [[nodiscard]] answer<reply_of<Op>> call(Op const& op) {
        unwatched nobody;
        return call(op, nobody);
    }

    /// The same, watched: see `run`.
    template <class Op, class Watch>
    [[nodiscard]] answer<reply_of<Op>> call(Op const& op, Watch& watch) {
        using outcome = answer<reply_of<Op>>;
        if (!to_) return outcome(to_.error());
        if (!who_) return outcome(who_.error());
        request_heap memory;
        if (options_.budget != nullptr)
            if (auto const ok = memory.check(op, *to_, signer_, options_.prepare); !ok) return outcome(ok.error());

        exchange<Op, Signer, request_heap*> machine(op, *to_, signer_, &memory,
                                                    {options_.retry, options_.prepare, {}, options_.budget, clock_offset_});
        std::array<heap_box, 1> boxes{heap_box(options_.max_body)};
        step const last = run(machine, *http_, clock_, entropy_, boxes, watch);
        clock_offset_ = machine.clock_offset();
        return take_outcome<reply_of<Op>>(machine, last, boxes[0]);
    }

private:
    client(Http& http, result<endpoint> const& to, Signer const& kept, result<void> const& who, client_options const& options, Clock clock,
           Entropy entropy) noexcept
        : http_(&http), to_(to), signer_(kept), who_(who), options_(options), clock_(clock), entropy_(entropy) {}

    Http* http_;
    result<endpoint> to_;
    Signer signer_;
    result<void> who_;
    client_options options_;
    Clock clock_;
    Entropy entropy_;
    std::int64_t clock_offset_{};
};

template <class Http, class To, class... More>
client(Http&, To const&, credentials const&, More const&...) -> client<Http, acs3_hmac_sha256>;
template <class Http, class To, class... More>
client(Http&, To const&, result<credentials> const&, More const&...) -> client<Http, acs3_hmac_sha256>;
template <class Http, class To>
client(Http&, To const&, bearer_token const&) -> client<Http, bearer>;
template <class Http, class To>
client(Http&, To const&, anonymous const&) -> client<Http, nobody>;
template <class Http, class To, signer S>
client(Http&, To const&, S const&) -> client<Http, S>;

}  // namespace acs::inline ACS_ABI

#endif
