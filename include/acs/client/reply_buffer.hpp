// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CLIENT_REPLY_BUFFER_HPP
#define ACS_CLIENT_REPLY_BUFFER_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <acs/client/transport.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Takes one answer in memory of a fixed size, for a static variable or the stack. Header fields that find no room are left out; a body
/// that finds none ends the answer.
template <std::size_t Body = 4096, std::size_t Text = 1024, std::size_t Fields = 16>
class reply_buffer {
public:
    constexpr void status(std::uint16_t code) noexcept {
        status_ = code;
        field_count_ = text_size_ = body_size_ = 0;
    }

    constexpr bool field(std::string_view name, std::string_view value) noexcept {
        bool const fits = field_count_ < Fields && name.size() <= Text - text_size_ && value.size() <= Text - text_size_ - name.size();
        if (fits) fields_[field_count_++] = {keep(name), keep(value)};
        return true;
    }

    constexpr bool body(std::string_view piece) noexcept {
        if (piece.size() > Body - body_size_) return false;
        copy_n(piece.data(), piece.size(), body_.data() + body_size_);
        body_size_ += piece.size();
        return true;
    }

    /// The answer, in this object's memory.
    [[nodiscard]] constexpr reply answer() noexcept {
        char const* at = text_.data();  // of this object, if it is a copy of another, too
        for (std::size_t i = 0; i < field_count_; ++i)
            for (std::string_view* const one : {&fields_[i].name, &fields_[i].value}) {
                *one = {at, one->size()};
                at += one->size();
            }
        return {status_, {fields_.data(), field_count_}, {body_.data(), body_size_}};
    }

private:
    constexpr std::string_view keep(std::string_view text) noexcept {
        char* const at = text_.data() + text_size_;
        copy_n(text.data(), text.size(), at);
        text_size_ += text.size();
        return {at, text.size()};
    }

    std::array<char, Body> body_{};
    std::array<char, Text> text_{};
    std::array<acs::field, Fields> fields_{};
    std::size_t body_size_{};
    std::size_t text_size_{};
    std::size_t field_count_{};
    std::uint16_t status_{};
};

}  // namespace acs::inline ACS_ABI

#endif
