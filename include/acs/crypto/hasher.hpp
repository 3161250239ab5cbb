// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_HASHER_HPP
#define ACS_CRYPTO_HASHER_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/sink.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// What of `std::copyable` is needed. That asks for more, and g++ takes some milliseconds to answer for each hasher.
template <class H>
concept has_copies = std::is_copy_constructible_v<H> && std::is_move_constructible_v<H> && std::is_copy_assignable_v<H> &&
                     std::is_move_assignable_v<H>;

template <class H>
concept has_block_size = requires {
    typename std::integral_constant<std::size_t, H::block_size>;
    requires H::block_size > 0;
};

template <class H>
concept has_digest = requires {
    typename std::integral_constant<std::size_t, H::digest_size>;
    typename H::digest;
    requires std::same_as<typename H::digest, std::array<std::uint8_t, H::digest_size>>;
};

template <class H>
concept has_update = requires(H& h, std::string_view const text) {
    { h.update(text) } noexcept;
};

template <class H>
concept has_finish = requires(H& h) {
    { h.finish() } noexcept -> std::same_as<typename H::digest>;
};

/// An incremental hash function, ours or one that drives an accelerator:
///
/// - `block_size`, `digest_size`: constants, in bytes, the digest no longer than the block (HMAC needs that);
/// - `digest`: `std::array<std::uint8_t, digest_size>`;
/// - a new one has hashed nothing; a copy continues on its own from where the original was;
/// - `update(std::string_view) noexcept` hashes text on, of any size, the empty one included;
/// - `finish() noexcept -> digest` is called at most once, as the last call; after it an object can only be assigned to or destroyed.
///
/// `check_hasher<H>()` says in words what a type lacks; `tests/conformance/hasher.hpp` checks behaviour.
template <class H>
concept hasher =
    std::default_initializable<H> && has_copies<H> && has_block_size<H> && has_digest<H> && has_update<H> && has_finish<H> && requires {
    requires H::digest_size <= H::block_size;
};

/// Fails to compile with a sentence for the first thing that keeps `H` from being a hasher.
template <class H>
consteval bool check_hasher() {
    static_assert(std::default_initializable<H>, "a hasher needs a default constructor that starts an empty text");
    static_assert(has_copies<H>, "a hasher needs copy construction and copy assignment: HMAC keeps copies of its state");
    static_assert(has_block_size<H>, "a hasher needs: static constexpr std::size_t block_size (in bytes, above 0)");
    static_assert(has_digest<H>,
                  "a hasher needs: static constexpr std::size_t digest_size; using digest = std::array<std::uint8_t, digest_size>");
    static_assert(has_update<H>, "a hasher needs: void update(std::string_view text) noexcept");
    static_assert(has_finish<H>, "a hasher needs: digest finish() noexcept");
    static_assert(hasher<H>, "a hasher's digest_size must not exceed its block_size");
    return true;
}

/// Hashes a digest on.
template <hasher H>
constexpr void update_with(H& h, typename H::digest const& code) noexcept {
    if (std::is_constant_evaluated()) {
        auto const text = std::bit_cast<std::array<char, H::digest_size>>(code);
        h.update(std::string_view(text.data(), text.size()));
    } else {
        h.update(std::string_view(reinterpret_cast<char const*>(code.data()), code.size()));
    }
}

/// A hasher of blocks of 64 bytes that ends with a last piece of text which it pads where it lies, so that nothing is copied: behind the
/// piece is room for `padding_room` bytes, which are overwritten. What was hashed before is whole blocks.
template <class H>
concept pads_in_place = (!has_block_size<H> || H::block_size == 64) && requires(H& h, char* last, std::size_t size) {
    typename std::integral_constant<std::size_t, H::padding_room>;
    { h.finish(last, size) } noexcept;
};

/// How much room to leave behind a text for that; none where it is not done.
template <class H>
inline constexpr std::size_t padding_room = 0;
template <pads_in_place H>
inline constexpr std::size_t padding_room<H> = ACS_SMALL_CODE ? 0 : H::padding_room;

/// The end of a hash, or of an HMAC, of which whole blocks were hashed: behind the last piece are `padding_room<H>` bytes of room.
template <class H>
[[nodiscard]] constexpr auto finish_behind_blocks(H& h, char* last, std::size_t size) noexcept {
    if constexpr (padding_room<H> != 0) {
        return h.finish(last, size);
    } else {
        h.update(std::string_view(last, size));
        return h.finish();
    }
}

/// Hashes what is written to it: canonical text goes from the encoders into a hasher or an `hmac` without ever being stored.
template <has_update H>
class hash_sink {
public:
    /// Views the hasher, which has to outlive this.
    constexpr explicit hash_sink(H& target) noexcept : target_(&target) {}

    constexpr void write(std::string_view piece) noexcept { target_->update(piece); }

private:
    H* target_;
};

/// A hash behind a `common_sink`. One that takes no single bytes by `put(char) noexcept`, as an accelerator does not, gets some at a time.
template <hasher H>
class common_hash final : public common_sink {
public:
    constexpr common_hash() noexcept : common_sink(pass_on) {}

    /// Text that comes to the hash itself is hashed where it is.
    constexpr void write(std::string_view text) noexcept {
        if constexpr (capacity != 0) flush();
        hash_.update(text);
    }

    /// The digest of everything written. Once, as the last call.
    [[nodiscard]] constexpr typename H::digest finish() noexcept {
        if constexpr (capacity != 0) flush();
        return hash_.finish();
    }

private:
    static constexpr std::size_t capacity = requires(H& h, char c) { { h.put(c) } noexcept; } ? 0 : 64;

    static constexpr void pass_on(common_sink& self, char c) noexcept {
        auto& own = static_cast<common_hash&>(self);
        if constexpr (capacity == 0) {
            own.hash_.put(c);
        } else {
            if (own.used_ == capacity) own.flush();
            own.room_[own.used_++] = c;
        }
    }
    constexpr void flush() noexcept {
        hash_.update(std::string_view(room_.data(), used_));
        used_ = 0;
    }

    H hash_{};
    std::size_t used_{};
    std::array<char, capacity> room_{};
};

/// A hash of text that comes in many short pieces, such as what is signed: they are gathered, and hashed some blocks at a time. On machines
/// of 32 bits, where the stack is small, nothing is gathered beyond what the hasher itself does.
template <class H>
class gathering_hash {
public:
    using digest = typename H::digest;

    constexpr gathering_hash() noexcept
        requires std::default_initializable<H>
    = default;
    /// Goes on from where a hash is, behind whole blocks; of an `hmac`, from its key.
    template <class Begun>
        requires std::constructible_from<H, Begun const&>
    constexpr explicit gathering_hash(Begun const& begun) noexcept : hash_(begun) {}

    constexpr void write(std::string_view piece) noexcept {
        if constexpr (capacity == 0) {
            hash_.update(piece);  // which may return what it likes
            return;
        }
        if (piece.size() > capacity - used_) flush();
        if (piece.size() > capacity - used_) {
            hash_.update(std::string_view(room_.data() + begin_, used_ - begin_));
            hash_.update(piece);
            used_ = begin_ = 0;
            is_whole_ = false;
        } else {
            copy_text(piece, room_.data() + used_);
            used_ += piece.size();
        }
    }

    /// Where the next `n` bytes go; null if they are too many to be gathered.
    [[nodiscard]] constexpr char* next(std::size_t n) noexcept {
        if (n > capacity - used_) flush();
        return n <= capacity - used_ ? room_.data() + used_ : nullptr;
    }
    constexpr void wrote(std::size_t n) noexcept { used_ += n; }

    /// Hashes whole blocks, but for the last one or two. To be called now and then where the pieces take some work to make: the CPU then
    /// makes the next while it is still busy hashing, and does not have to wait for what was stored just now.
    constexpr void advance() noexcept {
        if constexpr (capacity == 0) return;
        if (used_ - begin_ < 2 * block) return;
        std::size_t const end = begin_ + (used_ - begin_ - block) / block * block;
        hash_.update(std::string_view(room_.data() + begin_, end - begin_));
        begin_ = end;
    }

    /// The digest of everything written. Once, as the last call.
    [[nodiscard]] constexpr digest finish() noexcept {
        if constexpr (padding != 0)
            if (is_whole_) return hash_.finish(room_.data() + begin_, used_ - begin_);
        if constexpr (capacity != 0) hash_.update(std::string_view(room_.data() + begin_, used_ - begin_));
        return hash_.finish();
    }

private:
    static constexpr std::size_t capacity = sizeof(std::size_t) < 8 ? 0 : 512;
    static constexpr std::size_t block = 64;  // of our hashes; others take pieces of any size
    static constexpr std::size_t padding = capacity != 0 ? padding_room<H> : 0;

    /// Hashes what makes up whole blocks.
    constexpr void flush() noexcept {
        std::size_t const end = begin_ + (used_ - begin_) / block * block;
        hash_.update(std::string_view(room_.data() + begin_, end - begin_));
        used_ -= end;
        copy_text({room_.data() + end, used_}, room_.data());
        begin_ = 0;
    }

    H hash_{};
    std::size_t used_{};
    std::size_t begin_{};  // of what is not hashed yet
    bool is_whole_{true};  // whether what was hashed so far is whole blocks
    std::array<char, capacity + padding> room_;
};

/// `h.finish()`, not inlined: in the function that made the state the CPU would wait for what was stored there.
template <hasher H>
[[nodiscard]] ACS_NOINLINE constexpr typename H::digest finish_apart(H& h) noexcept {
    return h.finish();
}

/// The digest of one text.
template <hasher H>
[[nodiscard]] constexpr typename H::digest hash(std::string_view text) noexcept {
    H h;
    h.update(text);
    return ACS_SMALL_CODE ? h.finish() : finish_apart(h);
}

}  // namespace acs::inline ACS_ABI

#endif
