// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_SMALL_HASH_HPP
#define ACS_CRYPTO_SMALL_HASH_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/crypto/block_hash.hpp>
#include <acs/crypto/secure.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// The hash that `block_hash` is, in half the code: text goes into the words of a block byte by byte, which need no order of bytes then, no
/// copies, and no other way for whole blocks. `Compression` compresses such a block: `mix(state&, block_words&)`.
template <class Compression>
class small_hash {
    using state = typename Compression::state;

public:
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = sizeof(state);
    using digest = std::array<std::uint8_t, digest_size>;

    constexpr small_hash() noexcept {
        // From a table, where the compiler would put the words into instructions.
        if (std::is_constant_evaluated())
            state_ = Compression::initial;
        else
            copy_bytes(Compression::initial.data(), sizeof(state_), state_.data());
    }

    /// Hashes text on. Any size, below 2^61 bytes in sum. Pre: finish() was not called.
    constexpr void update(std::string_view text) noexcept { update(text.data(), text.size()); }
    ACS_OUTLINE constexpr void update(char const* text, std::size_t size) noexcept {
        for (char const* const end = text + size; text != end; ++text) shift_in(*text);
    }

    /// Hashes one byte on.
    ACS_OUTLINE constexpr void put(char c) noexcept { shift_in(c); }

    /// The digest of everything so far. Once, as the last call: the state is used up.
    [[nodiscard]] ACS_OUTLINE constexpr digest finish() noexcept {
        std::uint64_t const size = length_;
        put(static_cast<char>(0x80));
        while (length_ % block_size != block_size - 8) put(0);
        words_[14] = static_cast<std::uint32_t>(size >> 29);  // in bits
        words_[15] = static_cast<std::uint32_t>(size << 3);
        compress();
        digest result;
        for (std::size_t i = 0; i < state_.size(); ++i) store_big_endian(state_[i], result.data() + 4 * i);
        return result;
    }

private:
    /// There twice: were `put` called for each byte of a text, hashing it would take half as long again.
    ACS_ALWAYS_INLINE constexpr void shift_in(char c) noexcept {
        std::uint32_t& word = words_[static_cast<unsigned>(length_ / 4 % words_.size())];
        word = word << 8 | static_cast<std::uint8_t>(c);
        if (++length_ % block_size == 0) compress();
    }

    /// Leaves nothing of the block, here and on the stack: it may be a key.
    ACS_OUTLINE constexpr void compress() noexcept {
        Compression::mix(state_, words_);
        if (std::is_constant_evaluated()) return;
        wipe_stack<mixing_stack>();
        wipe_bytes(words_.data(), sizeof(words_));
    }

    state state_;
    block_words words_{};
    std::uint64_t length_{};  // bytes hashed so far
};

/// The one that is used.
template <class Compression>
using hash_of = std::conditional_t<ACS_SMALL_CODE, small_hash<Compression>, block_hash<Compression>>;

}  // namespace acs::inline ACS_ABI

#endif
