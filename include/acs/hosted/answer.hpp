// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_ANSWER_HPP
#define ACS_HOSTED_ANSWER_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <acs/client/transport.hpp>
#include <acs/hosted/heap_block.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string_view>
#include <utility>

namespace acs::inline ACS_ABI {

/// Collects an answer as it comes: the header fields, then the body, in one block.
class answer_receiver {
public:
    /// Takes at most `max_body` bytes of body, and `max_fields` bytes of header fields.
    explicit answer_receiver(std::size_t max_body, std::size_t max_fields = 256 * 1024) noexcept
        : max_body_(max_body), max_fields_(max_fields) {}

    void status(std::uint16_t code) noexcept {
        status_ = code;
        text_.clear();
        field_count_ = 0;
        fields_size_ = 0;
        in_body_ = false;
        out_of_memory_ = false;
        static_cast<void>(text_.reserve(usual_size));  // if the heap gives nothing, who adds to it will say so
    }

    bool field(std::string_view name, std::string_view value) noexcept {
        if (in_body_) return true;  // a trailer
        std::size_t const size = name.size() + value.size() + 2;
        if (size > max_fields_ - fields_size_) return false;
        std::string_view const end{"\0", 1};
        if (!text_.append(without_nul(name), end, without_nul(value), end)) return out_of_memory();
        ++field_count_;
        fields_size_ = text_.size();
        return true;
    }

    bool body(std::string_view piece) noexcept {
        in_body_ = true;
        if (piece.size() > max_body_ - (text_.size() - fields_size_)) return false;
        return text_.append(piece) || out_of_memory();
    }

    /// Uses the memory of an answer that nobody needs any more.
    void reuse(heap_block&& old) noexcept {
        if (old.data() != nullptr) text_ = std::move(old);
    }

    /// Whether the heap gave nothing for an answer, since this was asked or an answer began.
    [[nodiscard]] bool ran_out_of_memory() noexcept { return std::exchange(out_of_memory_, false); }

    /// The answer so far, without its fields.
    [[nodiscard]] reply peek() const noexcept { return {status_, {}, {text_.data() + fields_size_, text_.size() - fields_size_}}; }

    /// An answer in the block that holds it, and `extra` bytes beside, aligned for anything. Moving the block moves none of it.
    struct layout {
        heap_block block{};
        reply answer{};
        std::span<std::byte> extra{};
    };

    /// Hands the answer over; the receiver is empty then. False if the heap gave nothing.
    [[nodiscard]] bool finish(std::size_t extra, layout& out) noexcept {
        std::size_t const fields_at = aligned(text_.size());
        std::size_t const extra_at = aligned(fields_at + field_count_ * sizeof(acs::field));
        if (extra > SIZE_MAX - extra_at || !text_.reserve(extra_at + extra)) return false;
        char const* text = text_.data();
        auto const next = [&text] {
            std::string_view const one(text);
            text += one.size() + 1;
            return one;
        };
        auto* const memory = reinterpret_cast<std::byte*>(text_.data());
        acs::field* first_field = nullptr;
        for (std::size_t i = 0; i < field_count_; ++i) {
            std::string_view const name = next();
            auto* const made = ::new (static_cast<void*>(memory + fields_at + i * sizeof(acs::field))) acs::field{name, next()};
            if (i == 0) first_field = made;
        }
        out.answer = peek();
        out.answer.fields = {first_field, field_count_};
        out.extra = {memory + extra_at, extra};
        out.block = std::move(text_);
        return true;
    }

private:
    static constexpr std::size_t usual_size = 2048;  // most answers come with fewer bytes, and never move then

    /// Each text ends in a NUL. Where a transport lets one pass in it, it ends there: what follows would be taken for other fields.
    [[nodiscard]] static std::string_view without_nul(std::string_view text) noexcept {
        std::size_t const end = text.find('\0');
        return end < text.size() ? first(text, end) : text;
    }

    static constexpr std::size_t aligned(std::size_t size) noexcept {
        return (size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
    }

    bool out_of_memory() noexcept {
        out_of_memory_ = true;
        return false;
    }

    std::size_t max_body_;
    std::size_t max_fields_;
    heap_block text_{};
    std::size_t field_count_{};
    std::size_t fields_size_{};
    std::uint16_t status_{};
    bool in_body_{};
    bool out_of_memory_{};
};

static_assert(answer_sink<answer_receiver>);

/// The outcome of one call: the reply, or a failure. Owns what its texts view, wherever it is moved, and does not let go of them: a
/// temporary answer can't be looked into.
template <class Reply>
class [[nodiscard]] answer {
public:
    /// A failure before there was an answer; `where` is kept too.
    explicit answer(failure const& f) noexcept : outcome_(f) { keep_where(f); }

    /// An answer and what was made of it: a reply, a failure, or the result that is either.
    template <class Outcome>
        requires std::constructible_from<result<Reply>, Outcome const&>
    answer(answer_receiver::layout&& held, Outcome const& outcome) noexcept
        : block_(std::move(held.block)), answered_(held.answer), outcome_(outcome) {}

    [[nodiscard]] explicit operator bool() const noexcept { return outcome_.has_value(); }

    [[nodiscard]] Reply const* operator->() const& noexcept { return &*outcome_; }
    Reply const* operator->() const&& = delete;
    [[nodiscard]] Reply const& operator*() const& noexcept { return *outcome_; }
    Reply const& operator*() const&& = delete;
    [[nodiscard]] failure const& error() const& noexcept { return outcome_.error(); }
    failure const& error() const&& = delete;

    /// HTTP status; 0 without an answer.
    [[nodiscard]] std::uint16_t status() const noexcept { return answered_.status; }
    /// Header fields of the answer, in the order received.
    [[nodiscard]] std::span<field const> fields() const& noexcept { return answered_.fields; }
    std::span<field const> fields() const&& = delete;
    /// The body of the answer; of a typed reply its texts are unescaped in there.
    [[nodiscard]] std::string_view body() const& noexcept { return {answered_.body.data(), answered_.body.size()}; }
    std::string_view body() const&& = delete;

private:
    void keep_where(failure f) noexcept {
        bool const kept = block_.append(f.where);
        f.where = kept ? std::string_view(block_.data(), f.where.size()) : std::string_view();
        outcome_ = f;
    }

    heap_block block_{};
    reply answered_{};
    result<Reply> outcome_;
};

}  // namespace acs::inline ACS_ABI

#endif
