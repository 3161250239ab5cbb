// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_REPEAT_HPP
#define ACS_SIGNING_REPEAT_HPP

#include <acs/core/bounded_text.hpp>
#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/message/field.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/mac.hpp>
#include <acs/signing/marks.hpp>
#include <acs/signing/parts.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// The same request again, as polls and heartbeats are: only date and nonce differ, and so does only the end of what is signed.
namespace acs::inline ACS_ABI {

/// Finds where date and nonce stand in a canonical request.
class moment_finder {
public:
    constexpr void write(std::string_view piece) noexcept { at_ += piece.size(); }
    constexpr void begin_part(text_part what, std::string_view name, std::string_view) noexcept {
        in_ = what != text_part::header                            ? nullptr
              : equal_ignoring_case(name, "x-acs-date")            ? &date_
              : equal_ignoring_case(name, "x-acs-signature-nonce") ? &nonce_
                                                                   : nullptr;
    }
    constexpr void begin_value() noexcept {
        if (in_ != nullptr) *in_ = at_;
    }
    constexpr void end_part() noexcept { in_ = nullptr; }

    [[nodiscard]] constexpr std::size_t date() const noexcept { return date_; }
    [[nodiscard]] constexpr std::size_t nonce() const noexcept { return nonce_; }

private:
    std::size_t at_{};
    std::size_t date_{};
    std::size_t nonce_{};
    std::size_t* in_{};
};

/// Hashes the first bytes of a text, and keeps the rest.
template <hasher H>
class hash_and_keep {
public:
    constexpr hash_and_keep(H& hash, std::size_t size, std::span<char> rest) noexcept : hash_(&hash), size_(size), rest_(rest) {}

    constexpr void write(std::string_view piece) noexcept {
        std::size_t const n = piece.size() < size_ ? piece.size() : size_;
        hash_->update(first(piece, n));
        size_ -= n;
        rest_.write(skip(piece, n));
    }

    [[nodiscard]] constexpr span_sink const& rest() const noexcept { return rest_; }

private:
    H* hash_;
    std::size_t size_;
    span_sink rest_;
};

/// Signs one prepared request again and again, each time with another date and nonce. What stands before the date in the canonical request
/// is hashed once, and nothing is checked, encoded or laid out anew.
///
///     auto const made = acs::prepare(query, endpoint, signer, now, memory);
///     acs::acs3_repeat again(signer, *made, memory.text);
///     if (again) send(*again.next(later));
///
/// Works in the request's own memory: what was made before is changed by the next. Views the request's parts, and the signer, which all
/// have to outlive it. Holds `Room` bytes, room for padding, and a hash.
template <mac M, std::size_t Room = 768>
class acs3_repeat {
public:
    using hasher = typename M::hasher;

    /// `made` was prepared with the signer, in memory of which `text` is the text, and has not been changed since.
    constexpr acs3_repeat(acs3<M> const& signer, request const& made, std::span<char> text) noexcept : signer_(&signer), made_(made) {
        signed_parts const parts = prepared_parts_of(made);
        moment_finder found;
        write_canonical_request(parts, found);
        std::size_t const begin = found.date() / hasher::block_size * hasher::block_size;
        hash_and_keep<hasher> split(begun_, begin, std::span<char>(end_.data(), Room));
        write_canonical_request(parts, split);
        date_ = part_of(text, find_field(made.fields, "x-acs-date"));
        nonce_ = part_of(text, find_field(made.fields, "x-acs-signature-nonce"));
        std::string_view const authorization = find_field(made.fields, "authorization");
        std::size_t const size = 2 * signer.signature_size();
        if (date_.empty() || nonce_.empty() || authorization.size() < size || !split.rest().fits()) return;
        signature_ = part_of(text, skip(authorization, authorization.size() - size));
        date_at_ = found.date() - begin;
        nonce_at_ = found.nonce() - begin;
        end_size_ = split.rest().needed();
    }
    acs3_repeat(acs3<M> const&&, request const&, std::span<char>) = delete;

    /// Whether it can: false if the request was not signed by ACS3 in that memory, or what follows its date takes more than `Room` (a long
    /// session token). Then prepare it anew each time.
    constexpr explicit operator bool() const noexcept { return !signature_.empty(); }

    /// The request with the date and the nonce of that moment. errc::invalid_time, signing_failed. Pre: it can.
    [[nodiscard]] constexpr result<request> next(moment const& now) noexcept {
        ACS_ASSERT(!signature_.empty());
        if (!writable(now.wall)) return refuse(errc::invalid_time, "moment");
        char* const date = end_.data() + date_at_;
        char* const nonce = end_.data() + nonce_at_;
        put_date(now.wall, date);
        put_hex(now.random, nonce);
        hasher hash = begun_;
        auto const digest = finish_behind_blocks(hash, end_.data(), end_size_);
        if (!signer_->sign_into(digest, signature_)) return refuse(errc::signing_failed, acs3<M>::algorithm);
        // Only now, when no key can fail any more; the CPU is busy hashing still, and copies cost no time.
        copy_text({date, date_.size()}, date_.data());
        copy_text({nonce, nonce_.size()}, nonce_.data());
        return made_;
    }

private:
    /// The bytes of memory that a view shows; empty if it is of elsewhere.
    static constexpr std::span<char> part_of(std::span<char> memory, std::string_view view) noexcept {
        for (std::size_t i = 0; i + view.size() <= memory.size(); ++i)
            if (memory.data() + i == view.data()) return memory.subspan(i, view.size());
        return {};
    }

    /// Most repetitions are of the same day, of which only the clock goes on.
    constexpr void put_date(wall_time now, char* out) noexcept {
        std::uint32_t const day = calendar::days(now);
        if (day != day_) {
            day_ = day;
            return calendar::put_iso8601(now, out);
        }
        std::uint32_t const of_day = static_cast<std::uint32_t>(now.seconds) - day * 86'400;
        calendar::put_clock(of_day / 3600, of_day / 60 % 60, of_day % 60, out + clock_at);
    }

    static constexpr std::size_t clock_at = 11;

    acs3<M> const* signer_;
    request made_;
    hasher begun_{};                // of whole blocks before the date
    std::array<char, Room + padding_room<hasher>> end_{};  // the rest of the canonical request
    std::size_t end_size_{};
    std::size_t date_at_{};
    std::size_t nonce_at_{};
    std::uint32_t day_{~std::uint32_t{0}};  // of the date in the request
    std::span<char> date_{};                // these three in the request's memory
    std::span<char> nonce_{};
    std::span<char> signature_{};
};

}  // namespace acs::inline ACS_ABI

#endif
