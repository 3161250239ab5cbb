// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_CLIENT_HPP
#define ACS_HOSTED_CLIENT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/signer.hpp>
#include <acs/signing/unsigned.hpp>
#include <acs/operation/call.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/operation/table.hpp>
#include <acs/operation/untyped.hpp>
#include <acs/client/transport.hpp>
#include <acs/hosted/answer.hpp>
#include <acs/hosted/system.hpp>

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// What goes beyond operation, endpoint and credentials. Views only.
struct client_options {
    prepare_options prepare{};                     ///< further parameters and headers, for every call
    std::size_t max_body = 64U * 1024U * 1024U;    ///< the largest answer taken, in bytes
};

/// Memory for one request that is as large as it takes.
class request_heap {
public:
    /// Calls `make(request_memory)` until the memory it asks for is there. Its last result; errc::out_of_memory.
    template <class Make>
    [[nodiscard]] result<request> run(Make make) noexcept {
        request_memory memory = first_;
        for (;;) {
            auto const made = make(memory);
            if (made || made.error().code != errc::no_space) return made;
            std::size_t const needed = made.error().needed;
            std::string_view const what = made.error().where;
            bool const grown = what == "text" ? grow(text_, memory.text, needed)
                               : what == "params" ? grow(params_, memory.params, needed)
                                                  : grow(fields_, memory.fields, needed);
            if (!grown) return refuse(errc::out_of_memory, "request");
        }
    }

private:
    template <class T>
    [[nodiscard]] static bool grow(std::unique_ptr<T[]>& held, std::span<T>& memory, std::size_t needed) noexcept {
        held.reset(new (std::nothrow) T[needed]);
        memory = {held.get(), held != nullptr ? needed : 0};
        return held != nullptr;
    }

    request_buffer<2048, 24, 32> first_{};  // enough for most calls
    std::unique_ptr<field[]> fields_{};
    std::unique_ptr<param[]> params_{};
    std::unique_ptr<char[]> text_{};
};

/// Makes calls, one at a time, over any transport: prepares, signs with a fresh date and nonce, sends once, and decodes. It views the
/// transport, the endpoint's and the credentials' texts, which have to outlive it; the secret is not kept. Not for use by two threads at
/// once.
///
/// Endpoint and credentials may be results that hold a failure: every call then reports it.
///
///     acs::client client{http, dataworks::endpoint("cn-hangzhou"), acs::credentials_from_environment()};
template <transport Http, signer Signer = acs3_hmac_sha256, clock Clock = system_clock, entropy Entropy = system_entropy>
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

    /// Makes a typed call. The outcome owns the reply. Errors: all of `prepare`, of the transport and of `decode`, of the endpoint and the
    /// credentials; no_entropy, reply_too_large, out_of_memory.
    template <operation Op>
    [[nodiscard]] acs::answer<typename Op::reply> call(Op const& op) noexcept {
        return carry<typename Op::reply>(
            op, [](reply const& answer, std::span<std::byte> arrays) { return decode<Op>(answer, arrays); },
            [](reply const& answer) {
                auto const arrays = measure_arrays<Op>(answer);
                return arrays ? *arrays : std::size_t{0};  // decoding will say what is wrong
            });
    }

    /// Makes an untyped call.
    [[nodiscard]] acs::answer<untyped_reply> call(acs::call const& any) noexcept {
        return carry<untyped_reply>(
            any, [](reply const& answer, std::span<std::byte>) { return decode_untyped(answer); },
            [](reply const&) { return std::size_t{0}; });
    }

private:
    client(Http& http, result<endpoint> const& to, Signer const& kept, result<void> const& who, client_options const& options, Clock clock,
           Entropy entropy) noexcept
        : http_(&http), to_(to), signer_(kept), who_(who), options_(options), clock_(clock), entropy_(entropy) {}

    template <class Reply, class Op, class Decode, class Measure>
    [[nodiscard]] acs::answer<Reply> carry(Op const& op, Decode decode_answer, Measure measure_answer) noexcept {
        if (!to_) return acs::answer<Reply>(to_.error());
        if (!who_) return acs::answer<Reply>(who_.error());
        moment now{.wall = clock_.wall(), .now = clock_.now()};
        if (!entropy_.fill(now.random)) return acs::answer<Reply>(refuse(errc::no_entropy));
        request_heap heap;
        auto const made = heap.run([&](request_memory const& memory) { return prepare(op, *to_, signer_, now, memory, options_.prepare); });
        if (!made) return acs::answer<Reply>(made.error());

        answer_receiver receiver(options_.max_body);
        if (auto const carried = http_->perform(*made, receiver); !carried) {
            failure f = carried.error();
            if (receiver.ran_out_of_memory()) f.code = errc::out_of_memory;
            return acs::answer<Reply>(f);
        }
        answer_receiver::layout held;
        if (!receiver.finish(measure_answer(receiver.peek()), held)) {
            failure f = refuse(errc::out_of_memory, "reply");
            f.delivery = delivery::answered;
            return acs::answer<Reply>(f);
        }
        auto const outcome = decode_answer(held.answer, held.extra);
        return acs::answer<Reply>(std::move(held), outcome);
    }

    Http* http_;
    result<endpoint> to_;
    Signer signer_;
    result<void> who_;
    client_options options_;
    Clock clock_;
    Entropy entropy_;
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
