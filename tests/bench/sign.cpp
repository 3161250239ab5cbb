// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// From an operation to the complete signed message, the bytes of its body included.
#include <acs/operation/prepare.hpp>
#include <acs/signing/parts.hpp>

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

namespace acs_bench {
namespace {

/// The same question again with a date and a nonce of its own. One line to change if more of a request can be kept than its key.
template <class Signer>
auto poll_ours(Signer const& signer, acs::moment const& now, acs::request_memory const& memory) {
    return acs::prepare(query_case::operation, to_host, signer, now, memory);
}

template <class Method>
void add_poll_rows(std::string const& at) {
    add_row(at + "ours", [](benchmark::State& state) {
        query_case one;
        typename Method::signer const signer(key);
        request_room room(one.operation, signer, 3);
        std::uint64_t n = 0;
        check_peers<Method>(one, moment_at(7));
        auto const poll = [&] { return poll_ours(signer, moment_at(++n), room); };
        auto const polled = poll();
        require(polled && same(*polled, by_hand_message<Method, openssl_simple>(one, moment_at(n))), "query-poll");
        measure(state, poll);
    });
}

template <class Method>
void add_rows_of(std::string const& area) {
    static query_case query;
    static params_case params_5(5), params_20(20), params_100(100);
    static content_case content;
    add_case<Method>(area + "query-typed/", query);
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
