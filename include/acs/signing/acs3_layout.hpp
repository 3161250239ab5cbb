// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_ACS3_LAYOUT_HPP
#define ACS_SIGNING_ACS3_LAYOUT_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/message/body.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/draft.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// A request of ACS3 laid out in the draft's memory, but for what is hashed: twice, where code is to be fast and where it is to be small.
namespace acs::inline ACS_ABI {

/// Who calls, as ACS3 puts it into headers (protocol 2.1). What is empty is not sent.
struct acs3_identity {
    std::string_view access_key_id{};
    std::string_view security_token{};
    std::string_view bearer_token{};
    std::string_view algorithm{};  ///< empty: not signed
    std::string_view type{};       ///< x-acs-signature-type
};

/// The headers that are signed, but for the caller's own, in canonical order; and behind them those that are not.
inline constexpr auto acs3_field_names = pack_names(
    "content-type host x-acs-accesskey-id x-acs-action x-acs-bearer-token x-acs-content-sha256 x-acs-date x-acs-security-token "
    "x-acs-signature-nonce x-acs-signature-type x-acs-version accept authorization user-agent");

/// Answers are wanted in JSON.
inline constexpr std::string_view accepted_type = "application/json"sv;

#if !ACS_SMALL_CODE

/// A draft that is complete but for what is hashed: the rooms are part of its text.
struct acs3_layout {
    std::span<char> payload_hash{};  ///< for the hash of the body in hex
    std::span<char> signature{};     ///< for the signature in hex
    encoded_parts covered{};         ///< what is signed
};

/// Adds them. What is empty is not sent.
constexpr void add_covered_fields(draft& d, acs3_identity const& who, std::size_t hash_size, acs3_layout& layout) noexcept {
    // Hash, date and nonce in a row. Where memory ran out, only how many headers there are counts.
    constexpr std::size_t date_size = 20, nonce_size = 2 * decltype(moment::random){}.size();
    std::span<char> const room = d.text.reserve(hash_size + date_size + nonce_size);
    std::string_view hash{"-", 1}, date = hash, nonce = hash;
    if (!room.empty()) {
        char* const at = room.data() + hash_size;
        layout.payload_hash = room.first(hash_size);
        calendar::put_iso8601(d.now.wall, at);
        put_hex(d.now.random, at + date_size);
        layout.covered.payload_hash = hash = {room.data(), hash_size};
        date = {at, date_size};
        nonce = {at + date_size, nonce_size};
    }
    std::string_view const content_type = content_type_of(d);
    std::array<std::string_view const*, 11> const values{
        &content_type,  &d.to.host,          who.security_token.empty() ? &who.security_token : &who.access_key_id,
        &d.head.action, &who.bearer_token,   &hash,
        &date,          &who.security_token, &nonce,
        &who.type,      &d.head.version};
    d.add_fields(acs3_field_names.data(), values.data(), values.size());
}

/// Writes everything of an ACS3 request (protocol 2.1, 2.6) and leaves room for the hash and the signature, given their sizes in hex.
/// Hashes nothing: memory that is too small is found out before any work is done.
[[nodiscard]] constexpr bool lay_out_acs3(draft& d, acs3_identity const& who, std::size_t hash_size, std::size_t signature_size,
                                          acs3_layout& layout, verdict& why) noexcept {
    std::size_t const target = write_target(d);
    std::size_t const target_end = d.text.needed();
    add_covered_fields(d, who, hash_size, layout);
    if (!d.extras(true, 0, why)) return false;
    layout.covered.fields = d.fields.items();
    d.add_field("accept", 6, accepted_type);
    if (!who.algorithm.empty()) {
        std::size_t const mark = d.text.needed();
        write_row(d.text, who.algorithm, " Credential="sv, who.access_key_id, ",SignedHeaders="sv);
        std::size_t const names = d.text.needed();
        layout.covered.lower = d.extra_fields.empty();  // ours are
        write_signed_names(layout.covered.fields, d.text, layout.covered.lower);
        layout.covered.signed_names = d.text.since(names);
        d.text.write(",Signature="sv);
        layout.signature = d.text.reserve(signature_size);
        d.add_field("authorization", 13, d.text.since(mark));
    }
    if (!d.add_unsigned_fields(why) || !d.has_space(why)) return false;
    d.target = first(d.text.since(target), target_end - target);
    std::size_t const path = path_size(d.target);
    layout.covered.verb = name(d.head.verb);
    layout.covered.path = first(d.target, path);
    layout.covered.query = skip(d.target, path == d.target.size() ? path : path + 1);
    return true;
}

/// Writes the canonical request of a draft that is laid out.
template <sink S>
constexpr void write_covered(draft const&, acs3_layout const& layout, S& out) noexcept {
    write_encoded_request(layout.covered, out);
}

/// Writes the body of a draft.
template <sink S>
constexpr void write_body(draft const& d, S& out) noexcept {
    d.body().write_to(out);
}

#else

/// A draft that is complete but for what is hashed: the rooms are part of its text.
struct acs3_layout {
    std::span<char> payload_hash{};      ///< for the hash of the body in hex
    std::span<char> signature{};         ///< for the signature in hex
    std::span<field const> covered{};    ///< the headers that are signed
};

/// Writes the names of headers, of which each is there once, in lower case and joined with `;`.
ACS_NOINLINE constexpr void write_names(std::span<field const> const& fields, common_sink& out) noexcept {
    char before = '\0';
    for (field const& f : fields) {
        if (before != '\0') out.put(before);
        write_lower(f.name, out);
        before = ';';
    }
}

/// Writes everything of an ACS3 request (protocol 2.1, 2.6) and leaves room for the hash and the signature, given their sizes in hex.
/// Hashes nothing: memory that is too small is found out before any work is done.
[[nodiscard]] constexpr bool lay_out_acs3(draft& d, acs3_identity const& who, std::size_t hash_size, std::size_t signature_size,
                                          acs3_layout& layout, verdict& why) noexcept {
    common_view view(d.text);
    common_sink& out = view;
    std::size_t const target = d.text.needed();
    d.write_path(d.head.path, d.text);
    write_pairs(d.params.items(), place::query, '?', out);
    std::size_t const target_end = d.text.needed();

    // Date, nonce and hash in a row. Where memory ran out, only how many headers there are counts.
    constexpr std::size_t date_size = 20, nonce_size = 2 * decltype(moment::random){}.size();
    ACS_ASSERT(date_size + nonce_size + hash_size <= acs3_field_names.size());
    char const* at = acs3_field_names.data();
    if (char* const room = d.text.claim(date_size + nonce_size + hash_size); room != nullptr) {
        calendar::put_iso8601(d.now.wall, room);
        put_hex(d.now.random, room + date_size);
        layout.payload_hash = {room + date_size + nonce_size, hash_size};
        at = room;
    }
    std::string_view const date{at, date_size}, nonce{at + date_size, nonce_size}, hash{at + date_size + nonce_size, hash_size};
    std::string_view const content_type = content_type_of(d);
    std::string_view authorization;
    constexpr std::size_t signed_count = 11;
    std::array<std::string_view const*, signed_count + 3> const values{
        &content_type,  &d.to.host,          who.security_token.empty() ? &who.security_token : &who.access_key_id,
        &d.head.action, &who.bearer_token,   &hash,
        &date,          &who.security_token, &nonce,
        &who.type,      &d.head.version,     &accepted_type,
        &authorization, &d.user_agent};
    char const* const behind = d.add_fields(acs3_field_names.data(), values.data(), signed_count);
    if (!d.extras(true, 0, why)) return false;
    layout.covered = d.fields.items();
    if (!who.algorithm.empty()) {
        std::size_t const mark = d.text.needed();
        out.write(who.algorithm);
        out.write(" Credential="sv);
        out.write(who.access_key_id);
        out.write(",SignedHeaders="sv);
        write_names(layout.covered, out);
        out.write(",Signature="sv);
        layout.signature = d.text.reserve(signature_size);
        authorization = d.text.fits() ? d.text.since(mark) : hash;
    }
    d.add_fields(behind, values.data() + signed_count, 3);
    if (!d.extras(false, d.fields.needed(), why) || !d.has_space(why)) return false;
    d.target = first(d.text.since(target), target_end - target);
    return true;
}

/// Writes the canonical request of a draft that is laid out (`write_canonical_request`).
constexpr void write_covered(draft const& d, acs3_layout const& layout, common_sink& out) noexcept {
    out.write(name(d.head.verb));
    out.put('\n');
    char behind_path = '\n';  // where no query follows
    for (char c : d.target) {
        if (c == '?') {
            c = '\n';
            behind_path = '\0';
        }
        out.put(c);
    }
    if (behind_path != '\0') out.put(behind_path);
    out.put('\n');
    for (field const& f : layout.covered) {
        write_lower(f.name, out);
        out.put(':');
        out.write(trim(f.value));
        out.put('\n');
    }
    out.put('\n');
    write_names(layout.covered, out);
    out.put('\n');
    out.write({layout.payload_hash.data(), layout.payload_hash.size()});
}

/// Writes the body of a draft.
template <hasher H>
constexpr void write_body(draft const& d, common_hash<H>& out) noexcept {
    if (d.bytes.data() != nullptr) return out.write(d.bytes);
    write_pairs(d.params.items(), place::form, '\0', static_cast<common_sink&>(out));
}

#endif

}  // namespace acs::inline ACS_ABI

#endif
