// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What is compared, as functions of either build of the library: with what the CPU offers, and in plain C++.
#ifndef ACS_TESTS_DIFFERENTIAL_LIBRARY_HPP
#define ACS_TESTS_DIFFERENTIAL_LIBRARY_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace acs_differential {

/// A JSON text as what a reader meets in it, in order: one text that readers of any kind can write.
class events {
public:
    void open(char bracket) { text_ += bracket; }
    void name(std::string_view text) { sized('n', text); }
    void string(std::string_view text) { sized('s', text); }
    void integer(std::int64_t value) { text_ += 'i' + std::to_string(value) + ';'; }
    void word(std::string_view text) { text_.append(text) += ';'; }
    /// Every bit of it, but the sign of a zero, which readers of integers do not have.
    void number(double value) {
        std::uint64_t bits = 0;
        if (value != 0) std::memcpy(&bits, &value, sizeof bits);
        text_ += 'd' + std::to_string(bits) + ';';
    }

    [[nodiscard]] std::string const& text() const { return text_; }
    void clear() { text_.clear(); }

private:
    void sized(char kind, std::string_view text) {
        text_ += kind + std::to_string(text.size()) + ':';
        text_.append(text) += ';';
    }
    std::string text_{};
};

/// What ours makes of a JSON text.
struct reading {
    std::string_view code{};    ///< of acs::errc; `none`: it is JSON
    std::size_t offset{};       ///< where, if it is none
    bool number_too_large{};    ///< a number in it is beyond every double
    bool zero_with_exponent{};  ///< a number in it is 0, whatever its exponent
};

struct library {
    reading (*read)(std::string_view json, events& out);
    bool (*accepts)(std::string_view json);  ///< the same verdict alone
    /// The value at a path as JSON source; null data if there is none or the text is not read so far.
    std::string_view (*find)(std::string_view json, std::string_view path);
    std::string (*quoted)(std::string_view text);
    std::array<std::string (*)(std::string_view text), 3> hash;                        ///< SHA-1, SHA-256, SM3
    std::array<std::string (*)(std::string_view key, std::string_view text), 3> hmac;  ///< the same
};

library ours();
library ours_portable();

}  // namespace acs_differential

#endif
