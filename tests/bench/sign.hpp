// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The rows of one signing case. `Method` is a signature method with its peer: `v3_method` or `rpc_method`.
#ifndef ACS_TESTS_BENCH_SIGN_HPP
#define ACS_TESTS_BENCH_SIGN_HPP

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
#include "bench/sign_cases.hpp"

namespace acs_bench {

struct v3_method {
    using signer = acs::acs3_hmac_sha256;
    using hasher = acs::sha256;
    static constexpr digest_kind digest = digest_kind::sha256;
    static std::string secret() { return std::string(key.access_key_secret); }

    template <class Crypto, class Case>
    static by_hand::message by_hand_of(Crypto& crypto, Case& one, std::vector<by_hand::pair>& pairs, acs::moment const& now) {
        return by_hand::sign_v3(crypto, frame_of(one.action, dataworks::api_version, now), one.fill(pairs));
    }

    /// The blocks that are hashed with a key that is kept: of the body, unless that is empty, of the canonical request, and of the HMAC.
    static std::size_t blocks(acs::request const& made) {
        std::vector<acs::field> room(made.fields.size());
        acs::count_sink canonical;
        acs::write_canonical_request(acs::parts_of(made, room), canonical);
        std::size_t const body = made.body.empty() ? 0 : blocks_of(made.body.size());
        return body + blocks_of(canonical.needed()) + hmac_blocks_of(signer::algorithm.size() + 1 + 64);
    }
};

struct rpc_method {
    using signer = acs::rpc_hmac_sha1;
    using hasher = acs::sha1;
    static constexpr digest_kind digest = digest_kind::sha1;
    static std::string secret() { return std::string(key.access_key_secret) + '&'; }

    template <class Crypto, class Case>
    static by_hand::message by_hand_of(Crypto& crypto, Case& one, std::vector<by_hand::pair>& pairs, acs::moment const& now) {
        return by_hand::sign_rpc(
            crypto, frame_of(one.action, dataworks::api_version, now), [&](by_hand::rpc_common const& common) -> auto const& {
                return one.fill(pairs, common);
            });
    }

    static std::size_t blocks(acs::request const& made) {
        acs::count_sink text;
        acs::write_rpc_string_to_sign(acs::name(made.verb), made.params, text);
        return hmac_blocks_of(text.needed());
    }
};

template <class Case>
std::size_t params_in(Case const& one) {
    if constexpr (requires { one.params; })
        return one.params.size();
    else
        return 5;
}

inline std::string body_text(acs::request const& made) {
    std::string text;
    std::array<char, 4096> piece;
    acs::body_reader body(made.body);
    while (std::size_t const n = body.read(piece)) text.append(piece.data(), n);
    return text;
}

/// Whether both say the same on the wire.
inline bool same(acs::request const& made, by_hand::message const& peer) {
    return made.target == peer.target && acs::find_field(made.fields, "authorization") == peer.authorization &&
           (peer.body_hash.empty() || acs::find_field(made.fields, "x-acs-date") == peer.date) && body_text(made) == peer.body;
}

template <class Method, class Crypto, class Case>
by_hand::message by_hand_message(Case& one, acs::moment const& now) {
    Crypto crypto(Method::digest, Method::secret());
    std::vector<by_hand::pair> pairs;
    return Method::by_hand_of(crypto, one, pairs, now);
}

template <class Method, class Case>
void check_peers(Case& one, acs::moment const& now) {
    typename Method::signer const signer(key);
    request_room room(one.operation, signer, params_in(one));
    auto const made = acs::prepare(one.operation, to_host, signer, now, room);
    require(made && same(*made, by_hand_message<Method, openssl_simple>(one, now)), "openssl signs another message");
    require(same(*made, by_hand_message<Method, openssl_kept>(one, now)), "openssl-kept signs another message");
}

/// Pulls the body as a transport does, in pieces. The peers have theirs in one string already.
inline std::size_t pull(acs::request const& made, std::vector<char>& piece) {
    std::size_t size = 0;
    acs::body_reader body(made.body);
    while (std::size_t const n = body.read(piece)) {
        size += n;
        benchmark::ClobberMemory();
    }
    return size;
}

/// `ours` with a key that is kept, or made of the credentials each time (`ours-new-key`).
template <class Method, bool Kept, class Case>
void measure_ours(benchmark::State& state, Case& one, bool moves) {
    typename Method::signer const signer(key);
    request_room room(one.operation, signer, params_in(one));
    std::vector<char> piece(16 << 10);
    std::uint64_t n = 0;
    check_peers<Method>(one, moment_at(0));
    measure(state, [&] {
        if (moves) ++n;
        auto made = [&] {
            if constexpr (Kept)
                return acs::prepare(one.operation, to_host, signer, moment_at(n), room);
            else
                return acs::prepare(one.operation, to_host, typename Method::signer(key), moment_at(n), room);
        }();
        if constexpr (Case::has_body) benchmark::DoNotOptimize(pull(*made, piece));
        return made;
    });
}

template <class Method, class Crypto, class Case>
void measure_by_hand(benchmark::State& state, Case& one, bool moves, bool keeps) {
    Crypto crypto(Method::digest, Method::secret());
    std::vector<by_hand::pair> kept;
    std::uint64_t n = 0;
    check_peers<Method>(one, moment_at(0));
    measure(state, [&] {
        std::vector<by_hand::pair> fresh;
        if (moves) ++n;
        return Method::by_hand_of(crypto, one, keeps ? kept : fresh, moment_at(n));
    });
}

/// The compressions that the message needs with a key that is kept, and nothing else.
template <class Method, class Case>
void measure_limit(benchmark::State& state, Case& one) {
    typename Method::signer const signer(key);
    request_room room(one.operation, signer, params_in(one));
    auto const made = acs::prepare(one.operation, to_host, signer, moment_at(0), room);
    require(made.has_value(), "limit");
    std::size_t const blocks = Method::blocks(*made);
    block_run run(Method::digest, blocks);
    while (state.KeepRunningBatch(static_cast<std::int64_t>(run.times()))) run.run();
    state.counters["blocks"] = as_number(blocks);
}

/// All contenders but `ours`. `moves`: each message has a date and a nonce of its own.
template <class Method, class Case>
void add_peer_rows(std::string const& at, Case& one, bool moves) {
    add_row(at + "ours-new-key", [&one, moves](benchmark::State& s) { measure_ours<Method, false>(s, one, moves); });
    add_row(at + "openssl", [&one, moves](benchmark::State& s) { measure_by_hand<Method, openssl_simple>(s, one, moves, false); });
    add_row(at + "openssl-kept", [&one, moves](benchmark::State& s) { measure_by_hand<Method, openssl_kept>(s, one, moves, true); });
    add_row(at + "limit", [&one](benchmark::State& state) { measure_limit<Method>(state, one); });
}

template <class Method, class Case>
void add_case(std::string const& at, Case& one) {
    add_row(at + "ours", [&one](benchmark::State& s) { measure_ours<Method, true>(s, one, false); });
    add_peer_rows<Method>(at, one, false);
}

}  // namespace acs_bench

#endif
