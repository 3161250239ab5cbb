// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The functions of `library`, for whichever of the two the including unit is compiled as. They stand in the library's inline namespace
// themselves: two different functions must not share a name.
#ifndef ACS_TESTS_DIFFERENTIAL_OURS_HPP
#define ACS_TESTS_DIFFERENTIAL_OURS_HPP

#include <acs/core/errc.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>
#include <acs/json/find.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/value.hpp>
#include <acs/json/writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include "differential/library.hpp"

namespace acs_differential::inline ACS_ABI {

inline std::string unescaped(acs::json_token const& token) {
    std::string text(token.text);
    if (token.escaped) text.resize(acs::json_unescape(text, text.data()));
    return text;
}

inline reading read_json(std::string_view json, events& out) {
    reading r;
    acs::json_reader reader(json);
    acs::json_token token;
    acs::errc code = acs::errc::none;
    while ((code = reader.next(token)) == acs::errc::none && token.kind != acs::json_kind::end) switch (token.kind) {
            case acs::json_kind::name: out.name(unescaped(token)); break;
            case acs::json_kind::string: out.string(unescaped(token)); break;
            case acs::json_kind::boolean:
            case acs::json_kind::null: out.word(token.text); break;
            case acs::json_kind::number: {
                auto const integer = acs::read_integer(token.text);
                if (integer) {
                    out.integer(*integer);
                    break;
                }
                auto const number = acs::read_double(token.text);
                r.zero_with_exponent = r.zero_with_exponent || (number && *number == 0);
                if (number)
                    out.number(*number);
                else
                    r.number_too_large = true;
                break;
            }
            default: out.open(token.text.front()); break;
        }
    r.code = acs::name(code);
    r.offset = reader.offset();
    return r;
}

inline bool accepts(std::string_view json) {
    std::size_t offset = 0;
    return acs::check_json(json, offset) == acs::errc::none;
}

inline std::string_view find(std::string_view json, std::string_view path) {
    auto const found = acs::find_json(json, path);
    if (!found || found->kind == acs::json_kind::end) return {};
    if (found->kind == acs::json_kind::string) return {found->text.data() - 1, found->text.size() + 2};
    return found->text;
}

struct string_sink {
    std::string text{};
    void write(std::string_view piece) noexcept { text.append(piece); }
};

inline std::string quoted(std::string_view text) {
    string_sink out;
    acs::write_json_string(text, out);
    return out.text;
}

template <class Digest>
std::string bytes_of(Digest const& digest) {
    return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}
template <acs::hasher H>
std::string hash_of(std::string_view text) {
    return bytes_of(acs::hash<H>(text));
}
template <acs::hasher H>
std::string hmac_of(std::string_view key, std::string_view text) {
    return bytes_of(acs::hmac_digest<H>(key, text));
}

inline library this_library() {
    return {read_json,
            accepts,
            find,
            quoted,
            {hash_of<acs::sha1>, hash_of<acs::sha256>, hash_of<acs::sm3>},
            {hmac_of<acs::sha1>, hmac_of<acs::sha256>, hmac_of<acs::sm3>}};
}

}  // namespace acs_differential::inline ACS_ABI

#endif
