// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_FLATTEN_HPP
#define ACS_OPERATION_FLATTEN_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/span_list.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/message/param.hpp>
#include <acs/json/number.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// Nested values become parameters: `{"Tag":[{"Key":"k"}]}` is sent as `Tag.1.Key=k` (protocol 0.2).
namespace acs::inline ACS_ABI {

/// Writes what the raw text of a string token stands for.
template <sink S>
constexpr void write_unescaped(json_token const& token, S& out) noexcept {
    std::string_view rest = token.text;
    while (!rest.empty()) {
        std::size_t const plain = token.escaped && rest.find('\\') < rest.size() ? rest.find('\\') : rest.size();
        out.write(first(rest, plain));
        rest.remove_prefix(plain);
        if (rest.empty()) return;
        bool const is_unit = rest[1] == 'u';
        bool const is_pair = is_unit && to_lower(rest[2]) == 'd' && hex_digit(rest[3]) >= 8;  // a low half has a high one before it
        std::size_t const escape = is_pair ? 12 : is_unit ? 6 : 2;
        std::array<char, 12> piece{};
        out.write({piece.data(), json_unescape(first(rest, escape), piece.data())});
        rest.remove_prefix(escape);
    }
}

/// Flattens one JSON value into parameters.
class flattener {
public:
    static constexpr std::size_t max_depth = 64;  ///< objects and arrays may nest this deep in a parameter

    constexpr flattener(std::string_view prefix, std::string_view json, place in, span_list<param>& params, span_sink& text) noexcept
        : prefix_(prefix), json_(json), in_(in), params_(&params), text_(&text) {}

    constexpr errc run() noexcept {
        for (;;) {
            json_token token;
            if (errc const code = json_.next(token); code != errc::none) return code;
            switch (token.kind) {
                case json_kind::end: return errc::none;
                case json_kind::object_end:
                case json_kind::array_end: --depth_; continue;
                case json_kind::name: {
                    count_sink size;
                    write_unescaped(token, size);
                    levels_[depth_ - 1].name = token;
                    levels_[depth_ - 1].name_size = size.needed();
                    continue;
                }
                default: break;
            }
            if (depth_ != 0) ++levels_[depth_ - 1].index;
            if (token.kind == json_kind::object_begin || token.kind == json_kind::array_begin) {
                if (depth_ == max_depth) return errc::json_too_deep;
                levels_[depth_++] = {.is_array = token.kind == json_kind::array_begin};
            } else if (token.kind != json_kind::null) {
                if (errc const code = add(token); code != errc::none) return code;
            }
        }
    }

    /// Where in the JSON `run` failed.
    [[nodiscard]] constexpr std::size_t offset() const noexcept { return too_large_ ? *too_large_ : json_.offset(); }

private:
    struct level {
        bool is_array{};
        std::size_t index{};  // from 1
        json_token name{};
        std::size_t name_size{};  // unescaped
    };

    constexpr errc add(json_token const& token) noexcept {
        std::size_t const name_at = text_->needed();
        text_->write(prefix_);
        bool separate = !prefix_.empty();
        for (level const& one : std::span(levels_).first(depth_)) {
            if (separate) text_->write(".");
            separate = true;
            if (one.is_array)
                text_->write(decimal(static_cast<std::int64_t>(one.index)).view());
            else if (text_->fits())
                write_unescaped(one.name, *text_);
            else
                static_cast<void>(text_->reserve(one.name_size));  // counted once: a long name is not read again for each value
        }
        std::string_view const name = text_->since(name_at);
        std::size_t const value_at = text_->needed();
        std::string_view value = token.text;
        bool const is_integer = token.text.find_first_of(".eE") == std::string_view::npos && token.text != "-0";
        if (token.kind == json_kind::string && token.escaped) {
            write_unescaped(token, *text_);
            value = text_->since(value_at);
        } else if (token.kind == json_kind::number && !is_integer) {
            auto const number = parse_double(token.text);
            if (!number) {
                too_large_ = token.offset;
                return errc::number_out_of_range;
            }
            write_double(*number == 0 ? 0 : *number, *text_);  // never -0
            value = text_->since(value_at);
        }
        params_->push({name, value, in_});
        return errc::none;
    }

    std::string_view prefix_;
    std::optional<std::size_t> too_large_{};  // the offset of a number that no double holds
    json_reader json_;
    place in_;
    span_list<param>* params_;
    span_sink* text_;
    std::array<level, max_depth> levels_{};
    std::size_t depth_{};
};

/// Flattens a JSON value into parameters: members become `prefix.name`, elements `prefix.1`, `prefix.2`; a null adds nothing but keeps
/// its index; what is empty adds nothing. Integers stay exact, other numbers become their shortest decimal. With an empty prefix the
/// value is an object that holds all parameters.
///
/// Names, and values that had to be unescaped, are written to `text`; other values view `json`. Errors: no_space ("params", "text"),
/// errors of `json_reader::next` with offset, json_too_deep, number_out_of_range (above the largest double), wrong_type (no prefix and no
/// object) (protocol 0.2).
[[nodiscard]] constexpr verdict flatten(std::string_view prefix, std::string_view json, place in, span_list<param>& params,
                                             span_sink& text) noexcept {
    std::size_t offset = 0;
    if (errc const code = check_json(json, offset); code != errc::none) return refuse(code, "json", offset);
    json_token token;
    if (prefix.empty() && (json_reader(json).next(token) != errc::none || token.kind != json_kind::object_begin))
        return refuse(errc::wrong_type, "json");
    flattener flat(prefix, json, in, params, text);
    if (errc const code = flat.run(); code != errc::none) return refuse(code, "json", flat.offset());
    if (!params.fits()) return refuse_space("params", params.needed());
    if (!text.fits()) return refuse_space("text", text.needed());
    return {};
}

/// Writes a JSON value with the key of every map in it as `#size#key`, so that dots in keys stay unambiguous. The size is in bytes; a key
/// that is not ASCII is not portable, since the official libraries disagree about it. Errors of `json_reader::next` (protocol 0.4).
template <sink S>
[[nodiscard]] constexpr result<void> write_flat_style(std::string_view json, S& out) noexcept {
    std::size_t offset = 0;
    if (errc const code = check_json(json, offset); code != errc::none) return refuse(code, "json", offset);
    json_reader reader(json);
    json_token token;
    bool separate = false;
    while (reader.next(token) == errc::none && token.kind != json_kind::end) {
        bool const ends = token.kind == json_kind::object_end || token.kind == json_kind::array_end;
        if (separate && !ends) out.write(",");
        separate = true;
        if (token.kind == json_kind::name) {
            count_sink size;
            write_unescaped(token, size);
            out.write("\"#");
            out.write(decimal(static_cast<std::int64_t>(size.needed())).view());
            out.write("#");
            out.write(token.text);
            out.write("\":");
            separate = false;
        } else if (token.kind == json_kind::string) {
            out.write("\"");
            out.write(token.text);
            out.write("\"");
        } else {
            out.write(token.text);
            separate = token.kind != json_kind::object_begin && token.kind != json_kind::array_begin;
        }
    }
    return {};
}

}  // namespace acs::inline ACS_ABI

#endif
