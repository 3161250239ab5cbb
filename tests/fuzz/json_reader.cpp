// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/errc.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/json/find.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "fuzz/input.hpp"
#include "support/without.hpp"

namespace fuzz_json_reader {

namespace {

using fuzz::require;

/// What holds for each token, of any text.
void check_token(acs::json_token const& token, std::string_view text) {
    require(token.offset <= text.size());
    require(token.text.data() >= text.data() && token.text.data() + token.text.size() <= text.data() + text.size());
    if (token.kind == acs::json_kind::number) {
        auto const integer = acs::read_integer(token.text);
        auto const number = acs::read_double(token.text);
        require(number || number.error().code == acs::errc::number_out_of_range);
        // Two ways to one value: an integer that a double holds exactly.
        if (integer && *integer > -(std::int64_t{1} << 53) && *integer < std::int64_t{1} << 53)
            require(*number == static_cast<double>(*integer));
    }
    if (token.kind != acs::json_kind::name && token.kind != acs::json_kind::string) return;
    require(token.escaped == (token.text.find('\\') != token.text.npos));

    std::size_t const size = token.text.size();
    std::unique_ptr<char[]> const in_place(new char[size]), other(new char[size]);
    if (size != 0) std::memcpy(in_place.get(), token.text.data(), size);
    std::size_t const shorter = acs::json_unescape({in_place.get(), size}, in_place.get());
    require(shorter <= size && (token.escaped ? shorter < size : shorter == size));
    require(acs::json_unescape(token.text, other.get()) == shorter);
    std::string_view const plain(in_place.get(), shorter);
    require(plain == std::string_view(other.get(), shorter));
    acs_tests::without const less(acs::cpu::wide);
    require(acs::json_unescape(token.text, other.get()) == shorter);
    require(plain == std::string_view(other.get(), shorter));
    require(acs::json_equals(token.text, token.escaped, plain));
    require(acs::find_invalid_utf8(plain) == shorter);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::owned_text const owned({reinterpret_cast<char const*>(data), size});
    std::string_view const text = owned.view();

    std::size_t offset = 0;
    acs::errc const verdict = acs::check_json(text, offset);
    require(offset <= size && (verdict != acs::errc::truncated_json || offset == size));

    {
        acs_tests::without const less(acs::cpu::wide);
        std::size_t place = 0;
        require(acs::check_json(text, place) == verdict && place == offset);
    }

    acs::json_reader walker(text);
    acs::json_token token;
    std::size_t tokens = 0;
    acs::errc code = acs::errc::none;
    while ((code = walker.next(token)) == acs::errc::none && token.kind != acs::json_kind::end) {
        check_token(token, text);
        require(walker.offset() <= size && walker.offset() > token.offset && walker.depth() <= acs::json_reader::max_depth);
        require(++tokens <= size);
    }
    require(code == verdict && walker.offset() == offset);
    for (int i = 0; i < 2; ++i) require(walker.next(token) == verdict && walker.offset() == offset);  // for ever
    require(code != acs::errc::none || walker.skip_value() == acs::errc::none);

    auto const whole = acs::find_json(text, "");
    if (verdict == acs::errc::none || verdict == acs::errc::trailing_text) require(whole.has_value());
    auto const part = acs::find_json(text, "a.0.b");
    require(part || part.error().offset <= size);
    return 0;
}

}  // namespace fuzz_json_reader
