// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_ACS3_HPP
#define ACS_SIGNING_ACS3_HPP

#include <acs/core/bounded_text.hpp>
#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/signing/acs3_plain.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/mac.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// Who calls, as ACS3 puts it into headers (protocol 2.1). What is empty is not sent.
struct acs3_identity {
    std::string_view access_key_id{};
    std::string_view security_token{};
    std::string_view bearer_token{};
    std::string_view algorithm{};  ///< empty: not signed
    std::string_view type{};       ///< x-acs-signature-type
};

/// A draft that is complete but for what is hashed: the rooms are part of its text.
struct acs3_layout {
    std::span<char> payload_hash{};  ///< for the hash of the body in hex
    std::span<char> signature{};     ///< for the signature in hex
    encoded_parts covered{};         ///< what is signed
};

/// The headers that are signed, but for the caller's own, in canonical order.
inline constexpr auto acs3_field_names = pack_names(
    "content-type host x-acs-accesskey-id x-acs-action x-acs-bearer-token x-acs-content-sha256 x-acs-date x-acs-security-token "
    "x-acs-signature-nonce x-acs-signature-type x-acs-version");

/// Answers are wanted in JSON.
inline constexpr std::string_view accepted_type = "application/json";

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
    d.add_fields(acs3_field_names.data(), values);
}

/// Writes everything of an ACS3 request (protocol 2.1, 2.6) and leaves room for the hash and the signature, given their sizes in hex.
/// Hashes nothing: memory that is too small is found out before any work is done.
[[nodiscard]] constexpr bool lay_out_acs3(draft& d, acs3_identity const& who, std::size_t hash_size, std::size_t signature_size,
                                          acs3_layout& layout, verdict& why) noexcept {
    using namespace std::string_view_literals;
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
        share_code(d.text, [&layout](auto& any) { write_signed_names(layout.covered.fields, any, layout.covered.lower); });
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

/// A hasher that works in constant expressions, as ours do; one that drives an accelerator does not.
template <class H>
concept constant_hasher = hasher<H> && requires {
    typename std::integral_constant<std::size_t, hash<H>("").size()>;
};

/// The hash of no body, which most calls have: it saves them a compression.
template <constant_hasher H>
inline constexpr std::array<char, 2 * H::digest_size> empty_hash = [] {
    std::array<char, 2 * H::digest_size> text{};
    put_hex(hash<H>(""), text.data());
    return text;
}();

template <constant_hasher H>
inline constexpr std::string_view empty_hash_text{empty_hash<H>.data(), empty_hash<H>.size()};

/// The hash of a body, or of a canonical request. One function for both: to begin a hash takes as much code as the rest.
template <hasher H>
[[nodiscard]] ACS_OUTLINE constexpr typename H::digest hash_one(request_body const* body, encoded_parts const* request) noexcept {
    gathering_hash<H> hash;
    share_code(hash, [body, request](auto& any) {
        if (body != nullptr)
            body->write_to(any);
        else
            write_encoded_request(*request, any);
    });
    return hash.finish();
}

/// Writes the hash of a body in hex, of exactly the room's size.
template <hasher H>
constexpr void write_payload_hash(request_body const& body, std::span<char> room) noexcept {
    if constexpr (constant_hasher<H> && !ACS_SMALL_CODE) {
        if (body.empty()) return copy_text(empty_hash_text<H>, room.data());
    }
    put_hex(hash_one<H>(&body, nullptr), room.data());
}

/// The hash of the canonical request of a draft that is laid out.
template <hasher H>
[[nodiscard]] constexpr typename H::digest hash_request(encoded_parts const& parts) noexcept {
    return hash_one<H>(nullptr, &parts);
}

/// Writes the string to sign of ACS3: the algorithm's name, a line end, and the hash of the canonical request in hex (protocol 2.3).
template <sink S>
constexpr void write_acs3_string_to_sign(std::string_view algorithm, std::span<std::uint8_t const> request_hash, S& out) noexcept {
    out.write(algorithm);
    out.write("\n");
    hex_encode(request_hash, out);
}
template <hasher H, sink S>
constexpr void write_acs3_string_to_sign(std::string_view algorithm, signed_parts const& parts, S& out) noexcept {
    gathering_hash<H> hash;
    write_canonical_request(parts, hash);
    write_acs3_string_to_sign(algorithm, hash.finish(), out);
}

/// The signature method ACS3 (protocol 2), the default of the service, over any key. Built once and kept, an HMAC key costs each call two
/// compressions less. Views the credentials' texts, but for the secret.
template <mac M>
class acs3 {
public:
    using hasher = typename M::hasher;
    static constexpr std::string_view algorithm = M::algorithm;
    using signature = bounded_text<2 * M::max_size>;

    /// With the secret of an access key. An empty one is reported when a request is prepared.
    constexpr explicit acs3(credentials const& who) noexcept requires std::constructible_from<M, std::string_view>
        : mac_(who.access_key_secret),
          who_{.access_key_id = who.access_key_id, .security_token = who.security_token, .algorithm = algorithm},
          has_secret_(!who.access_key_secret.empty()) {}

    /// With a key made ready elsewhere.
    constexpr acs3(std::string_view access_key_id, M const& key, std::string_view security_token = {}) noexcept
        : mac_(key), who_{.access_key_id = access_key_id, .security_token = security_token, .algorithm = algorithm} {}

    /// Completes the draft. errc::missing_access_key, missing_secret, forbidden_character, reserved_name, duplicate_field, no_space,
    /// signing_failed.
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept {
        verdict ok = check_credentials(who_.access_key_id, has_secret_, who_.security_token);
        std::size_t const size = mac_.size();
        if constexpr (constant_hasher<hasher> && !ACS_SMALL_CODE) {
            if (ok && is_plain(d)) {
                acs3_plain plain(d, {algorithm, who_.access_key_id, who_.security_token, empty_hash_text<hasher>, 2 * size});
                return plain.fits(d) ? finish_plain(plain, d) : plain.shortage(d);
            }
        }
        acs3_layout layout{};
        if (!ok || !lay_out_acs3(d, who_, 2 * hasher::digest_size, 2 * size, layout, ok)) return ok;
        write_payload_hash<hasher>(d.body(), layout.payload_hash);
        if (!sign_into(hash_request<hasher>(layout.covered), layout.signature)) {
            d.target = {};
            ok = refuse(errc::signing_failed, algorithm);
        }
        return ok;
    }

    /// The signature of a canonical request in hex; empty if the key failed.
    [[nodiscard]] constexpr signature sign(signed_parts const& parts) const noexcept {
        gathering_hash<hasher> hash;
        write_canonical_request(parts, hash);
        return sign_hash(hash.finish());
    }

    /// The same from the hash of the canonical request.
    [[nodiscard]] constexpr signature sign_hash(typename hasher::digest const& request_hash) const noexcept {
        std::array<char, signature::capacity> text{};
        std::span<char> const room = std::span(text).first(2 * mac_.size());
        signature made;
        if (sign_into(request_hash, room)) made.write({room.data(), room.size()});
        return made;
    }

    /// The same into exactly its size; false if the key failed, or has signatures of another size now.
    [[nodiscard]] ACS_OUTLINE constexpr bool sign_into(typename hasher::digest const& request_hash, std::span<char> out) const noexcept {
        constexpr std::size_t size = algorithm.size() + 1 + 2 * hasher::digest_size;
        std::array<char, size + text_padding> text;
        copy_text(algorithm, text.data());
        put_hex_behind('\n', request_hash, text.data() + algorithm.size());
        std::array<std::uint8_t, M::max_size> bytes;
        std::span<std::uint8_t> const made = std::span(bytes).first(mac_.size());
        if (out.size() != 2 * made.size()) return false;
        bool good = false;
        if constexpr (text_padding != 0)
            good = mac_.mac(text.data(), size, made);
        else
            good = mac_.mac(std::string_view(text.data(), size), made);
        if (good) put_hex(made, out.data());
        return good;
    }

    /// How many bytes a signature has, before it is written in hex.
    [[nodiscard]] constexpr std::size_t signature_size() const noexcept { return mac_.size(); }

private:
    /// Behind a text for a mac that pads it where it lies.
    static constexpr std::size_t text_padding = [] {
        if constexpr (mac_in_place<M>)
            return M::padding_room;
        else
            return std::size_t{0};
    }();

    [[nodiscard]] constexpr verdict finish_plain(acs3_plain const& plain, draft& d) const noexcept {
        gathering_hash<hasher> canonical;
        plain.write_canonical(d, canonical);
        typename hasher::digest const digest = canonical.finish();
        std::span<char> const room = plain.lay_out(d);
        if (!sign_into(digest, room)) return refuse(errc::signing_failed, algorithm);
        plain.add_fields(d, room);
        d.target = plain.target();
        return {};
    }

    M mac_;
    acs3_identity who_;
    bool has_secret_{true};
};

using acs3_hmac_sha256 = acs3<hmac_mac<sha256>>;
using acs3_hmac_sm3 = acs3<hmac_mac<sm3>>;

/// The signature alone, for whoever has a request of their own. See `signed_parts` for what they must hold.
template <mac M>
[[nodiscard]] constexpr typename acs3<M>::signature sign(acs3<M> const& signer, signed_parts const& parts) noexcept {
    return signer.sign(parts);
}

}  // namespace acs::inline ACS_ABI

#endif
