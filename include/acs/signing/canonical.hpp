// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_CANONICAL_HPP
#define ACS_SIGNING_CANONICAL_HPP

#include <acs/core/config.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/sort.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/body.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/marks.hpp>

#include <cstddef>
#include <span>
#include <string_view>

// The texts that the signature methods cover, byte for byte, written to any sink: a hash to sign, memory to show. Total over the parts
// they are given; refusing parts that must not be sent is the work of preparing a request.
namespace acs::inline ACS_ABI {

/// What a signature covers. Views only.
struct signed_parts {
    std::string_view verb{};          ///< as sent
    std::string_view path{};          ///< as sent
    std::span<param const> query{};   ///< in canonical order (`sort_params`); parameters that travel in the form are passed over
    std::span<field const> fields{};  ///< the signed fields only, in order (`select_signed_fields`)
    std::string_view payload_hash{};  ///< as in x-acs-content-sha256
};

/// The same of a request that is laid out, where each text stands as it is signed. Views only.
struct encoded_parts {
    std::string_view verb{};
    std::string_view path{};
    std::string_view query{};         ///< without the `?`
    std::span<field const> fields{};  ///< in order, each name once
    std::string_view signed_names{};  ///< as in the authorization
    std::string_view payload_hash{};
    bool lower{};  ///< whether all names are in lower case
};

/// Whether ACS3 covers a header of that name (protocol 2.2).
[[nodiscard]] constexpr bool is_signed_field(std::string_view name) noexcept {
    return starts_with_ignoring_case(name, "x-acs-") || equal_ignoring_case(name, "host") || equal_ignoring_case(name, "content-type");
}

/// Copies the fields that ACS3 covers to `room`, in canonical order. Pre: room is as large as fields.
[[nodiscard]] constexpr std::span<field const> select_signed_fields(std::span<field const> fields, std::span<field> room) noexcept {
    std::size_t n = 0;
    for (field const& f : fields)
        if (is_signed_field(f.name)) room[n++] = f;
    sort_in_place(room.first(n));
    return room.first(n);
}

/// Writes `pct(name)=pct(value)` of the query parameters, joined with `&` (protocol 2.2, 1.3). The same text goes on the wire. Before the
/// first of them, if there is one, stands `before`, unless that is '\0'.
template <sink S>
constexpr void write_canonical_query(std::span<param const> params, S& out, char before = '\0') noexcept {
    if constexpr (ACS_SMALL_CODE && !hears_parts<S>) return write_pairs(params, place::query, before, out);
    for (param const& p : params) {
        if (p.in != place::query) continue;
        char const separator = before;
        before = '&';
        if constexpr (sink_in_memory<S> && !hears_parts<S> && !ACS_SMALL_CODE) {
            // Most names stay as they are, and most values.
            if (p.how == spelling::plain) {
                write_row(out, separator, p.name, "="sv, p.value);
                continue;
            }
            if (percent::run(p.name) == p.name.size()) {
                std::size_t const plain = percent::run(p.value);
                write_row(out, separator, p.name, "="sv, first(p.value, plain));
                percent_encode(skip(p.value, plain), out);
                continue;
            }
        }
        write_piece(separator, out);
        begin_part(out, text_part::parameter, p.name, p.value);
        percent_encode(p.name, out);
        out.write("=");
        begin_value(out);
        percent_encode(p.value, out);
        end_part(out);
    }
}

/// Writes a path as it goes on the wire: what needs encoding is encoded, valid %XX stay, an empty path is `/` (protocol 2.2).
template <sink S>
constexpr void write_canonical_path(std::string_view const& path, S& out) noexcept {
    if (path.empty())
        out.write("/");
    else
        percent_encode_path(path, out);
}

/// Writes `name:value\n` of each signed field; values of one name are joined with `,`. Pre: fields are in order.
template <sink S>
constexpr void write_canonical_fields(std::span<field const> fields, S& out) noexcept {
    bool again = false;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        std::string_view const name = fields[i].name;
        std::string_view const value = trim(fields[i].value);
        bool const more = i + 1 < fields.size() && equal_ignoring_case(name, fields[i + 1].name);
        if (again) {
            out.write(",");
        } else {
            begin_part(out, text_part::header, name, value);
            write_lower(name, out);
            out.write(":");
            begin_value(out);
        }
        out.write(value);
        again = more;
        if (more) continue;
        end_part(out);
        out.write("\n");
    }
}

/// Writes the lower-cased names of the signed fields joined with `;`. `lower`: they are known to be in lower case. Pre: fields are in
/// order.
template <sink S>
constexpr void write_signed_names(std::span<field const> fields, S& out, bool lower = false) noexcept {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i != 0 && equal_ignoring_case(fields[i].name, fields[i - 1].name)) continue;
        if (lower && !ACS_SMALL_CODE) {
            write_row(out, i == 0 ? ""sv : ";"sv, fields[i].name);
            continue;
        }
        if (i != 0) out.write(";"sv);
        write_lower(fields[i].name, out);
    }
}

/// Writes the canonical request of ACS3 from what is encoded already, as `write_canonical_request` would.
template <sink S>
constexpr void write_encoded_request(encoded_parts const& parts, S& out) noexcept {
    write_row(out, parts.verb, "\n"sv, parts.path, "\n"sv, parts.query, "\n"sv);
    for (field const& f : parts.fields) {
        if (parts.lower) {
            write_row(out, f.name, ":"sv, trim(f.value), "\n"sv);
            continue;
        }
        write_lower(f.name, out);
        write_row(out, ":"sv, trim(f.value), "\n"sv);
    }
    write_row(out, "\n"sv, parts.signed_names, "\n"sv, parts.payload_hash);
}

/// Writes the canonical request of ACS3 (protocol 2.2):
///
///     METHOD \n
///     CanonicalURI \n
///     CanonicalQuery \n
///     name:value \n        for each signed header
///     \n
///     SignedHeaders \n
///     HashedPayload
template <sink S>
constexpr void write_canonical_request(signed_parts const& parts, S& out) noexcept {
    begin_part(out, text_part::method);
    out.write(parts.verb);
    end_part(out);
    out.write("\n");
    begin_part(out, text_part::path, {}, parts.path);
    write_canonical_path(parts.path, out);
    end_part(out);
    out.write("\n");
    begin_part(out, text_part::query);
    write_canonical_query(parts.query, out);
    end_part(out);
    out.write("\n");
    write_canonical_fields(parts.fields, out);
    out.write("\n");
    begin_part(out, text_part::signed_list);
    write_signed_names(parts.fields, out);
    end_part(out);
    out.write("\n");
    begin_part(out, text_part::body_hash, {}, parts.payload_hash);
    out.write(parts.payload_hash);
    end_part(out);
}

/// Writes the string to sign of RPC 1.0 (protocol 1.3): `METHOD&%2F&` and the encoded canonical query, in which names and values are
/// thus encoded twice. Form parameters take part as well. Pre: params are in canonical order.
template <sink S>
constexpr void write_rpc_string_to_sign(std::string_view verb, std::span<param const> params, S& out) noexcept {
    begin_part(out, text_part::method);
    out.write(verb);
    end_part(out);
    out.write("&");
    begin_part(out, text_part::path, {}, "/");
    out.write("%2F");
    end_part(out);
    out.write("&");
    bool first_pair = true;
    for (param const& p : params) {
        if (!first_pair) out.write("%26");
        first_pair = false;
        begin_part(out, text_part::parameter, p.name, p.value);
        percent_encode_twice(p.name, out);
        out.write("%3D");
        begin_value(out);
        percent_encode_twice(p.value, out);
        end_part(out);
    }
}

/// Writes the string to sign of ROA 1.0 (protocol 3):
///
///     METHOD \n Accept \n Content-MD5 \n Content-Type \n Date \n
///     x-acs-name:value \n  for each such header
///     path?name=value&name
///
/// Tabs and line ends in a value become spaces; name and value of a parameter are not encoded, an empty value leaves its bare name.
/// Pre: `parts.fields` are in order (any other headers may be among them), `parts.query` is in canonical order.
template <sink S>
constexpr void write_roa_string_to_sign(signed_parts const& parts, S& out) noexcept {
    begin_part(out, text_part::method);
    out.write(parts.verb);
    end_part(out);
    out.write("\n");
    for (std::string_view const name :
         {std::string_view("accept"), std::string_view("content-md5"), std::string_view("content-type"), std::string_view("date")}) {
        std::string_view const value = find_field(parts.fields, name);
        begin_part(out, text_part::header, name, value);
        begin_value(out);
        out.write(value);
        end_part(out);
        out.write("\n");
    }
    for (field const& f : parts.fields) {
        if (!starts_with_ignoring_case(f.name, "x-acs-")) continue;
        std::string_view const value = trim(f.value);
        begin_part(out, text_part::header, f.name, value);
        write_lower(f.name, out);
        out.write(":");
        begin_value(out);
        for (char const& c : value)
            out.write(c == '\t' || c == '\n' || c == '\r' || c == '\f' ? std::string_view(" ") : std::string_view(&c, 1));
        end_part(out);
        out.write("\n");
    }
    begin_part(out, text_part::path, {}, parts.path);
    out.write(parts.path);
    end_part(out);
    char separator = '?';
    for (param const& p : parts.query) {
        if (p.in != place::query) continue;
        out.write({&separator, 1});
        separator = '&';
        begin_part(out, text_part::parameter, p.name, p.value);
        out.write(p.name);
        if (!p.value.empty()) {
            out.write("=");
            begin_value(out);
            out.write(p.value);
        }
        end_part(out);
    }
}

}  // namespace acs::inline ACS_ABI

#endif
