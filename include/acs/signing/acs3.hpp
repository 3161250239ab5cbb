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
#include <acs/signing/acs3_layout.hpp>
#include <acs/signing/acs3_plain.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/empty_hash.hpp>
#include <acs/signing/mac.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// The hash of a body, or of the canonical request of a draft that is laid out. One function for both: to begin a hash takes as much code
/// as the rest.
template <hasher H>
[[nodiscard]] ACS_OUTLINE constexpr typename H::digest hash_one(draft const& d, acs3_layout const* request) noexcept {
    std::conditional_t<ACS_SMALL_CODE, common_hash<H>, gathering_hash<H>> hash;
    if (request == nullptr)
        write_body(d, hash);
    else
        write_covered(d, *request, hash);
    return hash.finish();
}

/// Writes the hash of a draft's body in hex, of exactly the room's size.
template <hasher H>
constexpr void write_payload_hash(draft const& d, std::span<char> room) noexcept {
    if constexpr (constant_hasher<H> && !ACS_SMALL_CODE) {
        if (d.body().empty()) return copy_text(empty_hash_text<H>, room.data());
    }
    put_hex(hash_one<H>(d, nullptr), room.data());
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
    [[nodiscard]] constexpr verdict apply(draft& d) const noexcept { return complete(d, true); }

    /// Checks where the draft goes, and when (`check_way`), and completes it. This takes less time than one after the other: the checks
    /// are made while the CPU hashes. Errors of both: errc::invalid_host, invalid_time, and those of `apply`.
    [[nodiscard]] constexpr verdict check_and_apply(draft& d) const noexcept
        requires(!ACS_SMALL_CODE)
    {
        return complete(d, false);
    }

    /// The same in less code: the verdict is made where it lies.
    ACS_OUTLINE constexpr void apply(draft& d, verdict& ok) const noexcept {
        ok = check_credentials(who_.access_key_id, has_secret_, who_.security_token);
        lay_out_and_sign(d, ok);
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
        std::span<char> const room(text.data(), 2 * mac_.size());
        signature made;
        if (sign_into(request_hash, room)) made.write({room.data(), room.size()});
        return made;
    }

    /// The same into exactly its size; false if the key failed, or has signatures of another size now.
    [[nodiscard]] ACS_OUTLINE constexpr bool sign_into(typename hasher::digest const& request_hash, std::span<char> out) const noexcept {
        constexpr std::size_t size = algorithm.size() + 1 + 2 * hasher::digest_size;
        std::array<char, size + text_padding> text;
        copy_text(ACS_SMALL_CODE ? who_.algorithm : algorithm, text.data());  // g++ copies what it knows the size of in a loop
        put_hex_behind('\n', request_hash, text.data() + algorithm.size());
        std::array<std::uint8_t, M::max_size> bytes;
        std::span<std::uint8_t> const made(bytes.data(), mac_.size());
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

    ACS_ALWAYS_INLINE constexpr void lay_out_and_sign(draft& d, verdict& ok) const noexcept {
        acs3_layout layout{};
        if (!ok || !lay_out_acs3(d, who_, 2 * hasher::digest_size, 2 * mac_.size(), layout, ok)) return;
        write_payload_hash<hasher>(d, layout.payload_hash);
        bool const good = sign_into(hash_one<hasher>(d, &layout), layout.signature);
        if (!sure_mac<M> && !good) {
            d.target = {};
            ok = refuse(errc::signing_failed, algorithm);
        }
    }

    [[nodiscard]] constexpr verdict check(draft const& d, bool is_checked) const noexcept {
        verdict ok;
        if (!is_checked || !writable(d.now.wall)) ok = check_way(d);
        if (ok) ok = check_credentials(who_.access_key_id, has_secret_, who_.security_token);
        return ok;
    }

    /// `is_checked`: whether `check_way` was called.
    [[nodiscard]] ACS_OUTLINE constexpr verdict complete(draft& d, bool is_checked) const noexcept {
        if constexpr (constant_hasher<hasher> && !ACS_SMALL_CODE) {
            if (is_plain(d)) return complete_plain(d, is_checked);
        }
        verdict ok = check(d, is_checked);
        lay_out_and_sign(d, ok);
        return ok;
    }

    [[nodiscard]] constexpr verdict complete_plain(draft& d, bool is_checked) const noexcept {
        acs3_plain<M> plain(d, who_.access_key_id, who_.security_token, 2 * mac_.size());
        if (!plain.fits(d) || !writable(d.now.wall)) {
            verdict const ok = check(d, is_checked);
            return ok ? plain.shortage(d) : ok;
        }
        gathering_hash<hasher> canonical;
        plain.begin_canonical(d, canonical);
        canonical.advance();
        plain.end_canonical(d, canonical);
        typename hasher::digest const digest = canonical.finish();
        // The CPU hashes still, and has time for whatever has to be known only before anything is signed.
        if (auto ok = check(d, is_checked); !ok) return ok;
        std::span<char> const room = plain.lay_out(d);
        if (!sign_into(digest, room)) return refuse(errc::signing_failed, algorithm);
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
