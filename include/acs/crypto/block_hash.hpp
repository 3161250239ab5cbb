// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CRYPTO_BLOCK_HASH_HPP
#define ACS_CRYPTO_BLOCK_HASH_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The 32-bit big-endian word at `at`. Pre: four bytes are there.
[[nodiscard]] constexpr std::uint32_t load_big_endian(char const* at) noexcept {
    auto const byte = [at](std::size_t i) { return std::uint32_t{static_cast<std::uint8_t>(at[i])}; };
    return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

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
    constexpr void update(std::string_view text) noexcept {
        if (text.empty()) return;  // which may point to nothing: g++ 12 then warns of a copy from there
        std::size_t const used = static_cast<unsigned>(length_ % block_size);
        length_ += text.size();
        if (used != 0) {
            std::size_t const n = std::min(text.size(), block_size - used);
            std::copy_n(text.data(), n, buffer_.data() + used);
            if (used + n < block_size) return;
            Compression::compress(state_, buffer_.data(), 1);
            text.remove_prefix(n);
        }
        if (std::size_t const blocks = text.size() / block_size; blocks != 0) {
            Compression::compress(state_, text.data(), blocks);
            text.remove_prefix(blocks * block_size);
        }
        std::copy_n(text.data(), text.size(), buffer_.data());
    }

    /// The digest of everything so far. Once, as the last call: the state is used up.
    [[nodiscard]] constexpr digest finish() noexcept {
        std::size_t used = static_cast<unsigned>(length_ % block_size);
        buffer_[used++] = static_cast<char>(0x80);
        if (used > block_size - 8) {
            std::fill_n(buffer_.data() + used, block_size - used, '\0');
            Compression::compress(state_, buffer_.data(), 1);
            used = 0;
        }
        std::fill_n(buffer_.data() + used, block_size - 8 - used, '\0');
        store(static_cast<std::uint32_t>(length_ >> 29), buffer_.data() + block_size - 8);
        store(static_cast<std::uint32_t>(length_) << 3, buffer_.data() + block_size - 4);
        Compression::compress(state_, buffer_.data(), 1);
        digest result{};
        for (std::size_t i = 0; i < state_.size(); ++i) store(state_[i], result.data() + 4 * i);
        return result;
    }

private:
    template <class Byte>
    static constexpr void store(std::uint32_t word, Byte* out) noexcept {
        for (std::size_t i = 4; i-- > 0; word >>= 8) out[i] = static_cast<Byte>(word & 0xFFU);
    }

    state state_ = Compression::initial;
    std::array<char, block_size> buffer_{};  // the front of a block that is not whole yet: length_ % 64 bytes of it
    std::uint64_t length_{};                 // bytes hashed so far
};

}  // namespace acs::inline ACS_ABI

#endif
