// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_WRITE_EXPLANATION_HPP
#define ACS_EXPLAIN_WRITE_EXPLANATION_HPP

#include <acs/core/config.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/text.hpp>
#include <acs/signing/marks.hpp>
#include <acs/explain/explanation.hpp>
#include <acs/explain/words.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

namespace wording {

/// Writes a name or a byte so that it can do no harm: what is not printable ASCII becomes `\xNN`.
template <sink S>
constexpr void write_safe(std::string_view text, S& out) noexcept {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (char const& c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F) {
            out.write({&c, 1});
        } else {
            std::array<char, 4> const shown{'\\', 'x', digits[byte >> 4], digits[byte & 15U]};
            out.write({shown.data(), shown.size()});
        }
    }
}

template <sink S>
constexpr void write_number(std::size_t value, S& out) noexcept {
    out.write(decimal(static_cast<std::int64_t>(value)).view());
}

template <sink S>
constexpr void write_byte(char c, S& out) noexcept {
    out.write("`");
    write_safe({&c, 1}, out);
    out.write("`");
}

/// Writes `Parameter TaskContent`, `The path`, ...
template <sink S>
constexpr void write_part(explanation const& e, S& out) noexcept {
    bool const header = e.part == text_part::header;
    switch (e.part) {
        case text_part::none: out.write("The request"); break;
        case text_part::method: out.write("The method"); break;
        case text_part::path: out.write("The path"); break;
        case text_part::query: out.write("The query"); break;
        case text_part::signed_list: out.write("The list of signed headers"); break;
        case text_part::body_hash: out.write("The hash of the body"); break;
        case text_part::algorithm: out.write("The algorithm"); break;
        case text_part::request_hash: out.write("The hash of the canonical request"); break;
        case text_part::parameter:
        case text_part::header:
            if (e.name.empty()) {
                out.write(header ? "A header" : "A parameter");
                break;
            }
            out.write(header ? "Header " : "Parameter ");
            write_safe(e.name, out);
    }
}

/// The first sentence: what differs.
template <sink S>
constexpr void write_difference(explanation const& e, S& out) noexcept {
    write_part(e, out);
    switch (e.why) {
        case cause::added:
        case cause::moved_to_query: out.write(" was not signed there, and the service has it"); break;
        case cause::missing: out.write(" was signed, and the service does not have it"); break;
        case cause::repeated: out.write(" was signed once, and the service has it twice"); break;
        case cause::renamed:
        case cause::reordered: out.write(" was signed, and the service has another one in its place"); break;
        case cause::cut_off: out.write(" is where the service's text ends"); break;
        default:
            out.write(" differs at byte ");
            write_number(e.offset, out);
            out.write(" of what was signed of it");
    }
    out.write(" (byte ");
    write_number(e.text_offset, out);
    out.write(" of the whole text");
    if (e.shows_bytes) {
        out.write(": ");
        write_byte(e.ours, out);
        out.write(" was signed, the service read ");
        write_byte(e.theirs, out);
    } else if (e.ours_end || e.theirs_end) {
        out.write(e.ours_end ? ", where ours ends" : ", where theirs ends");
    }
    out.write(").");
}

template <sink S>
constexpr void write_clock(explanation const& e, S& out) noexcept {
    out.write("The request's date is ");
    std::int64_t const off = e.ahead_seconds < 0 ? -e.ahead_seconds : e.ahead_seconds;
    out.write(decimal(off).view());
    out.write(e.ahead_seconds < 0 ? " seconds behind the service's clock." : " seconds ahead of the service's clock.");
}

}  // namespace wording

/// Writes an explanation for people: a line each for what differs, the likely cause, and what to do. Nothing at all if there is nothing
/// to explain. No value of the request is in it.
template <sink S>
constexpr void write_explanation(explanation const& e, S& out) noexcept {
    using namespace wording;
    if (e.why == cause::none) return;
    cause_words const words = words_of(e.why);
    bool const equal = e.why == cause::secret || (e.why == cause::signature_form);
    if (e.part != text_part::none) {
        write_difference(e, out);
    } else if (equal) {
        out.write("What was signed and what the service read are the same, byte for byte.");
    } else if (e.why == cause::no_echo) {
        out.write("The service refuses the signature, and does not show what it calculated it from.");
    } else if (e.why == cause::cut_off) {
        out.write("What the service read is the same as what was signed, as far as it is shown.");
    } else if (e.why == cause::clock && e.knows_clock) {
        write_clock(e, out);
    } else if (e.why == cause::endpoint) {
        out.write("The service at ");
        write_safe(e.detail.empty() ? std::string_view("this host") : e.detail, out);
        out.write(" does not know the action");
        out.write(e.name.empty() ? "" : " ");
        write_safe(e.name, out);
        out.write(", or not in this version.");
    } else if (e.why == cause::permission && !e.detail.empty()) {
        out.write("The action that has to be allowed is ");
        write_safe(e.detail, out);
        out.write(".");
    } else {
        out.write("The service refuses the request by its code alone.");
    }
    out.write("\nLikely cause: ");
    out.write(words.likely);
    bool const doubts_secret = e.why == cause::secret || e.why == cause::no_echo || e.why == cause::cut_off;
    if (std::string_view const looks = words_of(e.secret); doubts_secret && !looks.empty()) {
        out.write(" ");
        out.write(looks);
    }
    if (e.why == cause::missing && e.theirs_end) out.write(" It may also be that the message of the service is cut off there.");
    out.write("\nWhat to do: ");
    out.write(words.next);
    out.write("\n");
}

}  // namespace acs::inline ACS_ABI

#endif
