// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Percent-encoding into memory, and a form body pulled in pieces as a transport pulls it. The limit of both is to move as many bytes as
// come out.
#include <acs/encoding/percent.hpp>
#include <acs/message/body.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bodies.hpp"
#include "bench/by_hand.hpp"
#include "bench/rows.hpp"

namespace acs_bench {
namespace {

constexpr std::size_t piece_size = 16 << 10;

/// The text that is encoded, made once.
std::string const& content(std::size_t size) {
    static std::string const small = json_text(1 << 20).substr(0, 1 << 20);
    static std::string const large = json_text(16 << 20).substr(0, 16 << 20);
    return size == small.size() ? small : large;
}

void measure_percent(benchmark::State& state, std::size_t size) {
    std::string const& text = content(size);
    std::string wanted;
    by_hand::append_encoded(wanted, text);
    std::vector<char> room(wanted.size());
    auto const encode = [&] {
        acs::span_sink out(room);
        acs::percent_encode(text, out);
        return out.view().size();
    };
    require(encode() == wanted.size() && std::memcmp(room.data(), wanted.data(), wanted.size()) == 0, "encode/percent");
    measure(state, encode);
    state.counters["bytes"] = as_number(size);
}

void measure_form(benchmark::State& state, std::size_t size) {
    std::array const params{acs::param{"TaskContent", content(size), acs::place::form}};
    acs::request_body const body{std::span<acs::param const>(params)};
    std::vector<char> piece(piece_size);
    std::string wanted, pulled;
    by_hand::append_pair(wanted, {"TaskContent", content(size)});
    acs::body_reader whole(body);
    while (std::size_t const n = whole.read(piece)) pulled.append(piece.data(), n);
    require(pulled == wanted, "encode/form");
    measure(state, [&] {
        acs::body_reader reader(body);
        std::size_t sum = 0;
        while (std::size_t const n = reader.read(piece)) {
            sum += n;
            benchmark::ClobberMemory();
        }
        return sum;
    });
    state.counters["bytes"] = as_number(size);
}

/// Moves what comes out, in pieces of that size or at once.
void measure_copy(benchmark::State& state, std::size_t size, std::size_t piece) {
    std::string encoded;
    by_hand::append_encoded(encoded, content(size));
    std::vector<char> room(piece != 0 ? piece : encoded.size());
    measure(state, [&] {
        for (std::size_t i = 0; i < encoded.size(); i += room.size()) {
            std::memcpy(room.data(), encoded.data() + i, std::min(room.size(), encoded.size() - i));
            benchmark::ClobberMemory();
        }
        return room.data();
    });
    state.counters["bytes"] = as_number(size);
}

}  // namespace

void add_encode_rows() {
    for (std::size_t const size : {1U << 20, 16U << 20}) {
        std::string const label = size == 1U << 20 ? "1m" : "16m";
        add_row("encode/percent-" + label + "/ours", [=](benchmark::State& s) { measure_percent(s, size); });
        add_row("encode/percent-" + label + "/limit", [=](benchmark::State& s) { measure_copy(s, size, 0); });
        add_row("encode/form-" + label + "/ours", [=](benchmark::State& s) { measure_form(s, size); });
        add_row("encode/form-" + label + "/limit", [=](benchmark::State& s) { measure_copy(s, size, piece_size); });
    }
}

}  // namespace acs_bench
