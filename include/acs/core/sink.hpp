// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_SINK_HPP
#define ACS_CORE_SINK_HPP

#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Takes text in pieces and never fails midway: whoever has bounds goes on counting and is asked once, at the end. Pieces are of any size,
/// where code is to be small mostly single bytes: a sink for which each call is dear gathers them. `put(char) noexcept`, if there is one,
/// takes those.
template <class S>
concept sink = requires(S& s, std::string_view piece) {
    { s.write(piece) } noexcept;
};

/// A sink that can say where the next `n` bytes go; null if they do not fit in a row. `wrote(n)` counts them as written.
template <class S>
concept sink_in_memory = sink<S> && requires(S& s, std::size_t n) {
    { s.next(n) } noexcept -> std::same_as<char*>;
    { s.wrote(n) } noexcept;
};

/// A piece of a row: a text, or a character, of which '\0' is none.
constexpr std::size_t piece_size(std::string_view text) noexcept { return text.size(); }
constexpr std::size_t piece_size(char c) noexcept { return c != '\0' ? 1 : 0; }
ACS_ALWAYS_INLINE constexpr void copy_piece(std::string_view text, char* to) noexcept { copy_text(text, to); }
ACS_ALWAYS_INLINE constexpr void copy_piece(char c, char* to) noexcept {
    if (c != '\0') *to = c;
}
template <sink S>
ACS_NOINLINE constexpr void write_piece(std::string_view text, S& out) noexcept {
    out.write(text);
}
template <sink S>
ACS_NOINLINE constexpr void write_piece(char c, S& out) noexcept {
    if (c != '\0') out.write(std::string_view(&c, 1));
}

/// Writes pieces in a row: one question for room instead of one for each.
template <sink S, class... Piece>
    requires((std::same_as<Piece, std::string_view> || std::same_as<Piece, char>) && ...)
ACS_ALWAYS_INLINE constexpr void write_row(S& out, Piece const&... pieces) noexcept {
    if constexpr (sink_in_memory<S> && !ACS_SMALL_CODE) {
        std::size_t const size = (piece_size(pieces) + ...);
        if (char* to = out.next(size); to != nullptr) {
            ((copy_piece(pieces, to), to += piece_size(pieces)), ...);
            return out.wrote(size);
        }
    }
    (write_piece(pieces, out), ...);
}

/// Writes into memory of the caller's. When that is full it stores nothing more, but `needed()` stays exact.
class span_sink {
public:
    constexpr explicit span_sink(std::span<char> room) noexcept : room_(room) {}

    constexpr void write(std::string_view piece) noexcept { write(piece.data(), piece.size()); }
    ACS_OUTLINE constexpr void write(char const* piece, std::size_t size) noexcept {
        if constexpr (ACS_SMALL_CODE) {
            if (char* const to = claim(size); to != nullptr) copy_text({piece, size}, to);
            return;
        }
        fits_ = fits_ && size <= room_.size() - needed_;
        if (fits_) copy_text({piece, size}, room_.data() + needed_);
        needed_ += size;
    }

    /// Where the next `n` bytes go; null if they do not fit.
    [[nodiscard]] constexpr char* next(std::size_t n) const noexcept {
        return fits_ && n <= room_.size() - needed_ ? room_.data() + needed_ : nullptr;
    }
    /// Counts `n` bytes that were put where `next` said.
    constexpr void wrote(std::size_t n) noexcept { needed_ += n; }

    /// Writes one byte.
    constexpr void put(char c) noexcept {
        if (char* const to = claim(1); to != nullptr) *to = c;
    }

    /// Leaves `n` bytes open, to be filled in later: where they are; null if they do not fit.
    [[nodiscard]] ACS_OUTLINE constexpr char* claim(std::size_t n) noexcept {
        std::size_t const begin = needed_;
        fits_ = fits_ && n <= room_.size() - begin;
        needed_ += n;
        return fits_ ? room_.data() + begin : nullptr;
    }
    /// The same; empty if they do not fit.
    [[nodiscard]] constexpr std::span<char> reserve(std::size_t n) noexcept {
        char* const at = claim(n);
        return {at, at != nullptr ? n : 0};
    }

    /// Whether everything written so far was stored.
    [[nodiscard]] constexpr bool fits() const noexcept { return fits_; }
    /// How many bytes everything written so far takes, stored or not.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return needed_; }
    /// What was stored: all of it, or nothing. Lives as long as the memory given.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return since(0); }
    /// What was written since `needed()` was `mark`: all of it, or nothing.
    [[nodiscard]] constexpr std::string_view since(std::size_t mark) const noexcept {
        return fits_ ? std::string_view(room_.data() + mark, needed_ - mark) : std::string_view();
    }

private:
    std::span<char> room_;
    std::size_t needed_{};
    bool fits_{true};
};

/// Writes one byte.
template <sink S>
constexpr void write_char(char c, S& out) noexcept {
    if constexpr (requires { { out.put(c) } noexcept; })
        out.put(c);
    else
        out.write(std::string_view(&c, 1));
}

/// Any sink, behind one type: what writes to it is there once in a program, whatever the sinks. It takes text byte by byte: of what is
/// signed, half the pieces are single bytes, which take the least code so.
class common_sink {
public:
    constexpr void put(char c) noexcept { put_(*this, c); }
    constexpr void write(std::string_view piece) noexcept { write(piece.data(), piece.size()); }
    ACS_NOINLINE constexpr void write(char const* piece, std::size_t size) noexcept {
        for (char const* const end = piece + size; piece != end; ++piece) put(*piece);
    }

protected:
    using writer = void(common_sink& self, char c) noexcept;
    constexpr explicit common_sink(writer* to_put) noexcept : put_(to_put) {}

private:
    writer* put_;
};

/// That of a sink, which has to outlive it.
template <sink S>
class common_view final : public common_sink {
public:
    constexpr explicit common_view(S& out) noexcept : common_sink(pass_on), out_(&out) {}

private:
    static constexpr void pass_on(common_sink& self, char c) noexcept { write_char(c, *static_cast<common_view&>(self).out_); }

    S* out_;
};

/// Calls `use` with the sink, or where code has to be small with a `common_sink` of it.
template <sink S, class Use>
constexpr void share_code(S& out, Use use) noexcept {
    if constexpr (ACS_SMALL_CODE && !std::same_as<S, common_sink>) {
        common_view<S> view(out);
        use(static_cast<common_sink&>(view));
    } else {
        use(out);
    }
}

/// Counts what would be written.
class count_sink {
public:
    constexpr void write(std::string_view piece) noexcept { count_ += piece.size(); }
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return count_; }

private:
    std::size_t count_{};
};

static_assert(sink<span_sink> && sink<count_sink>);

}  // namespace acs::inline ACS_ABI

#endif
