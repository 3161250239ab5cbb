// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXCHANGE_CLIENT_TOKEN_HPP
#define ACS_EXCHANGE_CLIENT_TOKEN_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/hex.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// A text by which the service knows a repeated call again (protocol 6.2), held in place: 32 hex digits from the entropy of a moment.
class client_token {
public:
    constexpr client_token() noexcept = default;
    constexpr explicit client_token(moment const& now) noexcept {
        std::array<std::uint8_t, 16> bits = now.random;
        for (std::uint8_t& b : bits) b = static_cast<std::uint8_t>(~b);  // the same moment may sign: the nonce is another text
        text_sink out{text_.data()};
        hex_encode(bits, out);
    }

    /// The token that `view` gave before, in another process perhaps; empty for any other text.
    [[nodiscard]] static constexpr client_token parse(std::string_view text) noexcept {
        client_token token;
        bool good = text.size() == token.text_.size();
        for (char const c : text) good = good && (is_digit(c) || (c >= 'a' && c <= 'f'));
        if (good) copy_n(text.data(), text.size(), token.text_.data());
        return token;
    }

    /// Lives as long as this object; empty if it was made without a moment.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text_.data(), text_[0] != '\0' ? text_.size() : 0}; }

private:
    struct text_sink {
        char* out;
        constexpr void write(std::string_view piece) noexcept {
            for (char const c : piece) *out++ = c;
        }
    };

    std::array<char, 32> text_{};
};

}  // namespace acs::inline ACS_ABI

#endif
