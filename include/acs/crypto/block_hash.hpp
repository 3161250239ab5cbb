// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_BLOCK_HASH_HPP
#define ACS_CRYPTO_BLOCK_HASH_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/text.hpp>
#include <acs/crypto/block_vectors.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// The 32-bit big-endian word at `at`. Pre: four bytes are there.
[[nodiscard]] constexpr std::uint32_t load_big_endian(char const* at) noexcept {
    auto const byte = [at](std::size_t i) { return std::uint32_t{static_cast<std::uint8_t>(at[i])}; };
    return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

/// Overwrites four bytes with the word in big-endian order.
template <class Byte>
constexpr void store_big_endian(std::uint32_t word, Byte* out) noexcept {
#if defined(__GNUC__)
    if constexpr (ACS_SMALL_CODE && std::endian::native == std::endian::little) {
        if (!std::is_constant_evaluated()) {  // two instructions, which g++ does not see in the stores below
            word = __builtin_bswap32(word);
            __builtin_memcpy(out, &word, sizeof(word));
            return;
        }
    }
#endif
    out[0] = static_cast<Byte>(word >> 24);
    out[1] = static_cast<Byte>(word >> 16 & 0xFFU);
    out[2] = static_cast<Byte>(word >> 8 & 0xFFU);
    out[3] = static_cast<Byte>(word & 0xFFU);
}

/// A block of text.
using block_words = std::array<std::uint32_t, 16>;

/// Its words, in big-endian order.
[[nodiscard]] constexpr block_words load_words(char const* block) noexcept {
    block_words words{};
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = load_big_endian(block + 4 * i);
    return words;
}

/// How much of the stack the portable compressions take: a schedule of 16 words, a state, and what a compiler adds.
inline constexpr std::size_t compression_stack = ACS_SMALL_CODE ? 160 : 384;
/// The same without the schedule.
inline constexpr std::size_t mixing_stack = ACS_SMALL_CODE ? 96 : 320;

/// What SHA-1, SHA-256 and SM3 share: 64-byte blocks, 32-bit words in big-endian order, and padding that ends in the bit count.
/// `Compression` says the rest: `using state = std::array<std::uint32_t, N>`, `static constexpr state initial`, and
/// `static constexpr void compress(state&, char const* blocks, std::size_t count) noexcept`.
///
/// Whole blocks are hashed where they are, in the caller's text; only the rest is kept. Holds 64 + 8 + 4 N bytes.
template <class Compression>
class block_hash {
    using state = typename Compression::state;

public:
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = sizeof(state);
    using digest = std::array<std::uint8_t, digest_size>;

    /// Hashes text on. Any size, below 2^61 bytes in sum. Pre: finish() was not called.
    constexpr void update(std::string_view text) noexcept { update(text.data(), text.size()); }
    constexpr void update(char const* data, std::size_t size) noexcept {
        std::string_view text(data, size);
        if (text.empty()) return;  // which may point to nothing: g++ 12 then warns of a copy from there
        std::size_t const used = static_cast<unsigned>(length_ % block_size);
        length_ += text.size();
        if (used != 0) {
            std::size_t const n = smaller(text.size(), block_size - used);
            copy_text(first(text, n), buffer_.data() + used);
            if (used + n < block_size) return;
            Compression::compress(state_, buffer_.data(), 1);
            text.remove_prefix(n);
        }
        // The rest first: what is stored long before it is read again costs the CPU no waiting.
        std::size_t const blocks = text.size() / block_size;
        copy_text(skip(text, blocks * block_size), buffer_.data());
        if (blocks != 0) Compression::compress(state_, text.data(), blocks);
    }

    /// The digest of everything so far. Once, as the last call: the state is used up.
    [[nodiscard]] constexpr digest finish() noexcept {
        compress_end();
        return digest_of(state_);
    }

    /// The same behind a last piece of text, where whole blocks were hashed before. It is padded where it lies, so that everything is
    /// compressed in a row. Pre: behind it is room for `padding_room` bytes, which are overwritten.
    [[nodiscard]] constexpr digest finish(char* last, std::size_t size) noexcept {
        compress_end(last, size);
        return digest_of(state_);
    }
    static constexpr std::size_t padding_room = block_size + 8;

    /// The digest of the one block that `outer` hashed and the digest of everything so far, which is how an HMAC ends: that of `finish`
    /// behind another, but without copies of either that the CPU has to wait for. Once, as the last call.
    [[nodiscard]] constexpr digest finish_behind(block_hash const& outer) noexcept {
        compress_end();
        return put_behind(outer);
    }
    /// The same behind a last piece of text, as in `finish`.
    [[nodiscard]] constexpr digest finish_behind(block_hash const& outer, char* last, std::size_t size) noexcept {
        compress_end(last, size);
        return put_behind(outer);
    }

private:
    [[nodiscard]] constexpr digest put_behind(block_hash const& outer) noexcept {
        buffer_ = end_behind_digest;
        if (std::is_constant_evaluated() || !accelerated::put_words(state_, buffer_)) put_words(buffer_.data());
        state_ = outer.state_;
        Compression::compress(state_, buffer_.data(), 1);
        return digest_of(state_);
    }

    constexpr void put_words(char* out) const noexcept {
        for (std::size_t i = 0; i < state_.size(); ++i) store_big_endian(state_[i], out + 4 * i);
    }

    /// The last block of a text that is one block and a digest, but for the digest.
    static constexpr std::array<char, block_size> end_behind_digest = [] {
        std::array<char, block_size> text{};
        text[digest_size] = static_cast<char>(0x80);
        store_big_endian(8 * (block_size + digest_size), text.data() + block_size - 4);
        return text;
    }();

    /// Hashes what is left, and the padding.
    constexpr void compress_end() noexcept {
        std::size_t const used = static_cast<unsigned>(length_ % block_size);
        pad(used);
        if (used >= block_size - 8) {
            Compression::compress(state_, buffer_.data(), 1);
            buffer_ = {};
        }
        if (std::is_constant_evaluated() || !accelerated::put_length(buffer_, length_ << 3))
            put_length(buffer_.data() + block_size, length_ << 3);
        Compression::compress(state_, buffer_.data(), 1);
    }

    constexpr void compress_end(char* last, std::size_t size) noexcept {
        ACS_ASSERT(length_ % block_size == 0);
        std::size_t const blocks = (size + 8) / block_size + 1;
        fill_zeros(last + size, block_size);
        last[size] = static_cast<char>(0x80);
        put_length(last + blocks * block_size, (length_ + size) << 3);
        Compression::compress(state_, last, blocks);
    }

    [[nodiscard]] static constexpr digest digest_of(state const& words) noexcept {
        digest result;
        std::size_t i = std::is_constant_evaluated() ? 0 : accelerated::store_words(words, result.data());
        for (; i < words.size(); ++i) store_big_endian(words[i], result.data() + 4 * i);
        return result;
    }

    /// Puts the bit that ends the text behind it, and zeros behind that, to the end of the block.
    constexpr void pad(std::size_t used) noexcept {
        if (!std::is_constant_evaluated() && accelerated::pad(buffer_, used)) return;
        buffer_[used] = static_cast<char>(0x80);
        fill_zeros(buffer_.data() + used + 1, block_size - 1 - used);
    }

    /// Overwrites the end of a block with the number of bits.
    static constexpr void put_length(char* end, std::uint64_t bits) noexcept {
        store_big_endian(static_cast<std::uint32_t>(bits >> 32), end - 8);
        store_big_endian(static_cast<std::uint32_t>(bits), end - 4);
    }

    state state_ = Compression::initial;
    std::array<char, block_size> buffer_{};  // the front of a block that is not whole yet: length_ % 64 bytes of it
    std::uint64_t length_{};                 // bytes hashed so far
};

}  // namespace acs::inline ACS_ABI

#endif
