// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_COMPARE_HPP
#define ACS_EXPLAIN_COMPARE_HPP

#include <acs/core/config.hpp>
#include <acs/core/sink.hpp>
#include <acs/signing/marks.hpp>
#include <acs/explain/echo_text.hpp>

#include <cstddef>
#include <string_view>

namespace acs::inline ACS_ABI {

/// A part of our text, and where it stands in theirs, as long as both are the same before it.
struct text_spot {
    text_part part{};
    std::string_view name{};    ///< of a parameter or header
    std::string_view value{};   ///< as the caller gave it
    std::size_t begin{};        ///< offset in our text
    std::size_t value_begin{};  ///< likewise; `begin` until the value began
    std::size_t end{};          ///< likewise, once it ended
    std::size_t theirs{};       ///< offset in theirs
    std::size_t their_value{};  ///< likewise
    bool in_value{};            ///< the value began
};

/// Where two texts part ways.
struct text_difference {
    bool found{};
    bool inside{};      ///< within a part of ours; else behind it, between two
    bool ours_end{};    ///< there is no more of our text
    bool theirs_end{};  ///< there is no more of theirs
    char ours{};
    char theirs{};
    std::size_t offset{};        ///< in our text
    std::size_t their_offset{};  ///< in theirs
    text_spot at{};              ///< the part within or behind which it lies
    text_spot next{};            ///< the part that follows in ours; `text_part::none` if none does
};

/// A sink that compares what the canonical writers write with a text of the service's, without keeping either.
class compare_sink {
public:
    constexpr explicit compare_sink(echo_text const& theirs) noexcept : theirs_(&theirs) {}

    constexpr void write(std::string_view piece) noexcept {
        for (std::size_t i = 0; i < piece.size() && !d_.found; ++i) {
            std::size_t const size = theirs_->match(d_.their_offset, piece[i]);
            if (size == 0) return part_ways(piece[i]);
            d_.their_offset += size;
            ++d_.offset;
        }
    }

    constexpr void begin_part(text_part part, std::string_view name, std::string_view value) noexcept {
        text_spot const spot{part, name, value, d_.offset, d_.offset, d_.offset, d_.their_offset, d_.their_offset, false};
        if (d_.found) {
            if (d_.next.part == text_part::none) d_.next = spot;
            return;
        }
        d_.at = spot;
        d_.inside = true;
    }
    constexpr void begin_value() noexcept {
        if (d_.found) return;
        d_.at.value_begin = d_.offset;
        d_.at.their_value = d_.their_offset;
        d_.at.in_value = true;
    }
    constexpr void end_part() noexcept {
        if (d_.found) return;
        d_.at.end = d_.offset;
        d_.inside = false;
    }

    /// The first difference, after everything was written.
    [[nodiscard]] constexpr text_difference const& finish() noexcept {
        if (!d_.found && !theirs_->at_end(d_.their_offset)) {
            part_ways('\0');
            d_.ours_end = true;
        }
        return d_;
    }

private:
    constexpr void part_ways(char ours) noexcept {
        d_.found = true;
        d_.ours = ours;
        std::size_t at = d_.their_offset;
        d_.theirs_end = theirs_->at_end(at) || (ours == '\n' && theirs_->ends_in_line_end(at));
        if (!d_.theirs_end) d_.theirs = static_cast<char>(theirs_->next(at, theirs_->size()));
    }

    echo_text const* theirs_;
    text_difference d_{};
};

static_assert(sink<compare_sink>);

}  // namespace acs::inline ACS_ABI

#endif
