// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Encoding and decoding: what was encoded is decoded to the same, what is decoded is one of the texts that mean it, and memory that is a
// byte too small is left alone. The first two bytes choose how much room a reader of pieces has; the rest is the text.
#include <acs/encoding/base64.hpp>
#include <acs/encoding/form.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/value.hpp>
#include <acs/json/writer.hpp>
#include <acs/message/body.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/input.hpp"

namespace fuzz_encodings {

namespace {

using fuzz::require;
using fuzz::written;

std::span<std::uint8_t const> bytes_of(std::string_view text) { return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()}; }

/// `decode(text, room)` of a text: in room of every size there is an answer, and only room that is enough is touched.
template <class Decode, class Encode>
void check_decoder(std::string_view text, Decode decode, Encode encode) {
    std::vector<std::uint8_t> ample(text.size() + 1, 0xA5);
    acs::result<std::size_t> const size = decode(text, std::span(ample));
    if (!size) {
        require(size.error().code == acs::errc::malformed_text && size.error().offset <= text.size());
        require(std::all_of(ample.begin(), ample.end(), [](std::uint8_t b) { return b == 0xA5; }));
        return;
    }
    require(std::all_of(ample.begin() + static_cast<std::ptrdiff_t>(*size), ample.end(), [](std::uint8_t b) { return b == 0xA5; }));
    std::vector<std::uint8_t> exact(*size);
    acs::result<std::size_t> const again = decode(text, std::span(exact));
    require(again && *again == *size && std::equal(exact.begin(), exact.end(), ample.begin()));
    if (*size != 0) {
        std::vector<std::uint8_t> small(*size - 1, 0xA5);
        acs::result<std::size_t> const refused = decode(text, std::span(small));
        require(!refused && refused.error().code == acs::errc::no_space && refused.error().needed == *size);
        require(std::all_of(small.begin(), small.end(), [](std::uint8_t b) { return b == 0xA5; }));
    }
    require(encode(std::span<std::uint8_t const>(exact)));
}

void check_bytes(std::string_view text) {
    auto const from_base64 = [](std::string_view t, std::span<std::uint8_t> room) { return acs::base64_decode(t, room); };
    auto const from_hex = [](std::string_view t, std::span<std::uint8_t> room) { return acs::hex_decode(t, room); };
    auto const base64 = [](std::span<std::uint8_t const> b) { return written([&](auto& out) { acs::base64_encode(b, out); }); };
    auto const hex = [](std::span<std::uint8_t const> b) { return written([&](auto& out) { acs::hex_encode(b, out); }); };
    auto const lower = [](std::string_view t) {
        std::string all(t);
        std::transform(all.begin(), all.end(), all.begin(), acs::to_lower);
        return all;
    };
    check_decoder(text, from_base64, [&](auto bytes) { return base64(bytes) == text; });
    check_decoder(text, from_hex, [&](auto bytes) { return hex(bytes) == lower(text); });
    auto const same = [&](std::span<std::uint8_t const> decoded) {
        return std::string_view(reinterpret_cast<char const*>(decoded.data()), decoded.size()) == text;
    };
    require(base64(bytes_of(text)).size() == acs::base64_encoded_size(text.size()));
    check_decoder(base64(bytes_of(text)), from_base64, same);
    check_decoder(hex(bytes_of(text)), from_hex, same);
    std::string behind(1 + 2 * text.size(), '\0');
    acs::put_hex_behind(':', bytes_of(text), behind.data());
    require(behind == ":" + hex(bytes_of(text)));
}

void check_percent(std::string_view text) {
    std::string const encoded = written([&](auto& out) { acs::percent_encode(text, out); });
    require(encoded.size() == acs::percent_encoded_size(text) && acs::find_malformed_percent(encoded) == encoded.size());
    for (char const c : encoded) require(c == '%' || acs::is_unreserved(c));
    for (bool const plus : {false, true}) {
        fuzz::string_sink decoded;
        require(acs::percent_decode(encoded, plus, decoded) == acs::errc::none && decoded.text == text);
    }
    std::string const twice = written([&](auto& out) { acs::percent_encode_twice(text, out); });
    require(twice == written([&](auto& out) { acs::percent_encode(encoded, out); }));
    require(twice == written([&](auto& out) { acs::percent_encode_again(encoded, out); }));

    // Any text as one that somebody else encoded.
    fuzz::string_sink decoded;
    bool const good = acs::percent_decode(text, false, decoded) == acs::errc::none;
    require(good == (acs::find_malformed_percent(text) == text.size()) && decoded.text.size() <= text.size());
    std::string const path = written([&](auto& out) { acs::percent_encode_path(text, out); });
    require(written([&](auto& out) { acs::percent_encode_path(path, out); }) == path);
}

void check_json(std::string_view text) {
    std::string const quoted = written([&](auto& out) { acs::write_json_string(text, out); });
    acs::json_reader reader(quoted);
    acs::json_token token;
    require(reader.next(token) == acs::errc::none && token.kind == acs::json_kind::string);
    fuzz::owned_text plain(token.text);
    std::string_view const read(plain.span().data(), acs::json_unescape(token.text, plain.span().data()));
    require(acs::find_invalid_utf8(read) == read.size() && acs::json_equals(token.text, token.escaped, read));
    if (acs::find_invalid_utf8(text) == text.size()) require(read == text);
    std::size_t offset = 0;
    require(acs::check_json(quoted, offset) == acs::errc::none && offset == quoted.size());
}

/// A form and bytes, pulled in pieces of sizes that go round.
void check_body(std::string_view text, std::array<std::size_t, 2> const& rooms) {
    std::size_t const cut = std::min(text.find('='), text.size());
    std::string_view const name = text.substr(0, cut), value = text.substr(std::min(cut + 1, text.size()));
    std::array<acs::param, 4> const params{{{name, value, acs::place::form},
                                            {"left out", "x", acs::place::query},
                                            {value, {}, acs::place::form},
                                            {{}, name, acs::place::form}}};
    for (acs::request_body const& body : {acs::request_body(std::span<acs::param const>(params)), acs::request_body(text)}) {
        std::string const whole = written([&](auto& out) { body.write_to(out); });
        require(whole.size() == body.size() && whole.empty() == body.empty());
        std::string pulled;
        acs::body_reader reader(body);
        std::array<fuzz::owned_text, 2> room{fuzz::owned_text(std::string(rooms[0], ' ')), fuzz::owned_text(std::string(rooms[1], ' '))};
        for (std::size_t i = 0;; i = 1 - i) {
            acs::body_reader copy = reader;
            std::size_t const n = reader.read(room[i].span());
            require(n <= rooms[i] && (n == rooms[i] || pulled.size() + n == whole.size()));
            pulled += room[i].view().substr(0, n);
            require(copy.read(room[i].span()) == n && pulled.ends_with(room[i].view().substr(0, n)));
            if (n == 0) break;
        }
        require(pulled == whole);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    std::array<std::size_t, 2> const rooms{1 + in.below(80), 1 + in.below(80)};
    fuzz::owned_text const text(in.rest());
    check_bytes(text.view());
    check_percent(text.view());
    check_json(text.view());
    check_body(text.view(), rooms);
    return 0;
}

}  // namespace fuzz_encodings
