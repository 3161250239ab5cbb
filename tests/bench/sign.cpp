// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// From an operation to the complete signed message, the bytes of its body included.
#include <acs/operation/prepare.hpp>
#include <acs/signing/parts.hpp>
#include <acs/signing/repeat.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/by_hand.hpp"
#include "bench/openssl.hpp"
#include "bench/rows.hpp"
#include "bench/sign.hpp"
#include "bench/sign_cases.hpp"
#include "bench/straight_line.hpp"

namespace acs_bench {
namespace {

/// The same question again with a date and a nonce of its own. RPC 1.0 signs its parameters in order, and nonce and date among the last:
/// nothing of a request is kept but its key.
template <class Signer>
class poll {
public:
    poll(Signer const& signer, acs::request_memory const& memory) : signer_(&signer), memory_(memory) {}
    auto operator()(acs::moment const& now) { return acs::prepare(query_case::operation, to_host, *signer_, now, memory_); }

private:
    Signer const* signer_;
    acs::request_memory memory_;
};

template <>
class poll<acs::acs3_hmac_sha256> {
public:
    poll(acs::acs3_hmac_sha256 const& signer, acs::request_memory const& memory)
        : again_(signer, *acs::prepare(query_case::operation, to_host, signer, moment_at(0), memory), memory.text) {
        require(static_cast<bool>(again_), "query-poll");
    }
    auto operator()(acs::moment const& now) { return again_.next(now); }

private:
    acs::acs3_repeat<acs::hmac_mac<acs::sha256>> again_;
};

template <class Method>
void add_poll_rows(std::string const& at) {
    add_row(at + "ours", [](benchmark::State& state) {
        query_case one;
        typename Method::signer const signer(key);
        request_room room(one.operation, signer, 3);
        std::uint64_t n = 0;
        check_peers<Method>(one, moment_at(7));
        poll<typename Method::signer> next(signer, room);
        auto const poll_once = [&] { return next(moment_at(++n)); };
        auto const polled = poll_once();
        require(polled && same(*polled, by_hand_message<Method, openssl_simple>(one, moment_at(n))), "query-poll");
        measure(state, poll_once);
    });
}

template <class Method>
void add_straight_line_row(std::string const& at) {
    add_row(at + "straight-line", [](benchmark::State& state) {
        query_case one;
        acs::hmac_key<typename Method::hasher> const ready(Method::secret());
        straight_line_message out;
        typename Method::signer const signer(key);
        request_room room(one.operation, signer, 3);
        auto const made = acs::prepare(one.operation, to_host, signer, moment_at(0), room);
        sign_straight_line(ready, one.operation, to_host, key.access_key_id, moment_at(0), out);
        require(made && same(*made, out), "straight-line");
        std::uint64_t const n = 0;
        measure(state, [&] {
            sign_straight_line(ready, one.operation, to_host, key.access_key_id, moment_at(n), out);
            return out.target;
        });
    });
}

template <class Method>
void add_rows_of(std::string const& area) {
    static query_case query;
    static params_case params_5(5), params_20(20), params_100(100);
    static content_case content;
    add_case<Method>(area + "query-typed/", query);
    add_straight_line_row<Method>(area + "query-typed/");
    add_poll_rows<Method>(area + "query-poll/");
    add_peer_rows<Method>(area + "query-poll/", query, true);
    add_case<Method>(area + "params-5/", params_5);
    add_case<Method>(area + "params-20/", params_20);
    add_case<Method>(area + "params-100/", params_100);
    add_case<Method>(area + "content-1m/", content);
}

}  // namespace

void add_sign_rows() {
    add_rows_of<v3_method>("sign/v3/");
    add_rows_of<rpc_method>("sign/rpc/");
}

}  // namespace acs_bench
