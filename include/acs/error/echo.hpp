// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_ECHO_HPP
#define ACS_ERROR_ECHO_HPP

#include <acs/core/config.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/message/secret_name.hpp>
#include <acs/error/xml.hpp>

#include <array>
#include <cstddef>
#include <string_view>

// The request that the service repeats when it refuses a signature (protocol 5). It holds the access key id, every parameter and, for
// RPC 1.0, the token.
namespace acs::inline ACS_ABI {

/// What a message repeats. Views the message; null data for what is not there.
struct request_echo {
    std::string_view string_to_sign{};     ///< ACS3: algorithm and hash
    std::string_view canonical_request{};  ///< ACS3
    std::string_view plain{};              ///< RPC 1.0 and ROA 1.0: the string to sign, to the end of the message
    bool closed{};                         ///< whether the end is there, a bracket for ACS3; else the text is cut off
    bool json{};                           ///< JSON escapes are in it still
    bool xml{};                            ///< XML references are in it still
};

namespace echo {

inline constexpr std::string_view string_to_sign_label = "server StringToSign is"sv;
inline constexpr std::string_view canonical_request_label = "server CanonicalRequest is"sv;
inline constexpr std::string_view plain_label = "server string to sign is"sv;

/// What stands behind the label and the mark that opens the text; null data if they are not there.
[[nodiscard]] constexpr std::string_view behind(std::string_view message, std::string_view label, char open) noexcept {
    std::size_t const at = message.find(label);
    if (at == std::string_view::npos) return {};
    message = skip(message, at + label.size());
    while (!message.empty() && message.front() != open && (message.front() == ' ' || message.front() == ':')) message.remove_prefix(1);
    return !message.empty() && message.front() == open ? skip(message, 1) : std::string_view();
}

/// Where something begins that is no text for people, by the look of it: escapes of a string to sign, lines of signed headers.
[[nodiscard]] constexpr std::size_t find_signed_text(std::string_view message) noexcept {
    std::size_t at = message.size();
    for (std::string_view const escape : {std::string_view("%3D"), std::string_view("%26"), std::string_view("&%2F")})
        if (std::size_t const found = message.find(escape); found < at) at = found;
    while (at != message.size() && at != 0 && message[at - 1] != ' ') --at;
    std::size_t line = message.find('\n');
    if (std::size_t const escaped = message.find("\\n"); escaped < line) line = escaped;
    return line < at && message.find("x-acs-", line) != std::string_view::npos ? line : at;
}

/// How far to go over a backslash in JSON: over what it escapes; further than there is, if its escape was cut off.
[[nodiscard]] constexpr std::size_t escape_step(std::string_view text) noexcept {
    bool const cut = text.size() < 6 && text.size() > 1 && text[1] == 'u' && text.find('"') == std::string_view::npos;
    return cut ? 6 : 2;
}

/// The same for an ampersand in XML.
[[nodiscard]] constexpr std::size_t reference_step(std::string_view text) noexcept {
    bool const over = text.find(';') < text.size() || text.find('<') < text.size();
    return over || text.size() >= xml_reference::max_size ? 1 : xml_reference::max_size;
}

}  // namespace echo

/// Finds what a message repeats of the request.
[[nodiscard]] constexpr request_echo find_echo(std::string_view message) noexcept {
    request_echo found{};
    found.plain = echo::behind(message, echo::plain_label, ':');
    found.string_to_sign = echo::behind(message, echo::string_to_sign_label, '[');
    found.closed = found.plain.data() != nullptr;
    std::size_t end = found.string_to_sign.find(']');
    if (end < found.string_to_sign.size()) {
        found.string_to_sign = first(found.string_to_sign, end);
        found.closed = true;
    }
    found.canonical_request = echo::behind(message, echo::canonical_request_label, '[');
    if (found.canonical_request.data() == nullptr) return found;
    end = found.canonical_request.rfind(']');  // header values may hold brackets, so the last one counts
    found.closed = end < found.canonical_request.size();
    if (found.closed) found.canonical_request = first(found.canonical_request, end);
    return found;
}

/// Finds what is repeated in a body that could not be read, such as one that was cut off: its message ends at a quote, or in XML at a tag.
/// An escape or reference in the midst of which it was cut stands for nothing yet, and is left out.
[[nodiscard]] constexpr request_echo find_echo_in_body(std::string_view body) noexcept {
    std::size_t begin = body.size();
    for (std::string_view const label : {echo::string_to_sign_label, echo::canonical_request_label, echo::plain_label})
        if (std::size_t const at = body.find(label); at < begin) begin = at;
    bool const xml = body.find('<') < body.find('{');
    char const closes = xml ? '<' : '"', opens = xml ? '&' : '\\';
    std::size_t end = begin, whole = begin;  // the latter: behind the last byte that stands for something
    while (end < body.size() && body[end] != closes) {
        std::string_view const rest = skip(body, end);
        std::size_t const step = rest.front() != opens ? 1 : xml ? echo::reference_step(rest) : echo::escape_step(rest);
        end += smaller(step, rest.size());
        if (step <= rest.size()) whole = end;
    }
    request_echo found = find_echo({body.data() + begin, whole - begin});
    found.closed = found.closed && end != body.size();
    found.json = !xml;
    found.xml = xml;
    return found;
}

/// A message of the service without the request that some of its errors repeat, even if the words around it are garbled.
[[nodiscard]] constexpr std::string_view without_echo(std::string_view message) noexcept {
    constexpr std::array<std::string_view, 3> labels{echo::string_to_sign_label, echo::canonical_request_label, echo::plain_label};
    for (std::string_view const label : labels)
        if (std::size_t const at = message.find(label); at != std::string_view::npos) message = first(message, at);
    return first(message, echo::find_signed_text(message));
}

namespace echo {

/// How much of the front of a text spells a name, in whatever case, with hyphens and underscores or without; 0 if it does not.
[[nodiscard]] constexpr std::size_t spelt_size(std::string_view text, std::string_view name) noexcept {
    auto const parts = [](char c) { return c == '-' || c == '_'; };
    std::size_t at = 0;
    for (char const c : name) {
        if (parts(c)) continue;
        while (at != 0 && at < text.size() && parts(text[at])) ++at;
        if (at == text.size() || to_lower(text[at]) != to_lower(c)) return 0;
        ++at;
    }
    return at;
}

/// Whether what stands behind a name gives it a value: an equals sign, a colon, a tab, the end of a tag or the next one, behind any quotes,
/// brackets and white space, all of that as it is, percent-encoded as often as may be, or as XML writes it.
[[nodiscard]] constexpr bool gives_value(std::string_view text) noexcept {
    while (!text.empty()) {
        char32_t c = static_cast<unsigned char>(text.front());
        std::size_t size = 1;
        if (c == '%') {
            while (text.size() - size >= 2 && text[size] == '2' && text[size + 1] == '5') size += 2;
            if (text.size() - size < 2) return false;
            c = hex_digit(text[size]) << 4 | hex_digit(text[size + 1]);
            size += 2;
        } else if (xml_reference const reference(text); c == '&' && reference.size != 0) {
            c = reference.code;
            size = reference.size;
        }
        if (c == '=' || c == ':' || c == '<' || c == '>' || c == '\t') return true;
        if (c > 0x7F || std::string_view(" \r\n\"'`\\()[]{}*").find(static_cast<char>(c)) == std::string_view::npos) return false;
        text.remove_prefix(size);
    }
    return false;
}

}  // namespace echo

/// The front of a text of the service's, or of a proxy's, that is fit to be shown: without the request that it repeats, and up to the
/// first name of a secret that a value is given to, as in a target or a table of headers that an HTML page shows.
[[nodiscard]] constexpr std::string_view without_secrets(std::string_view text) noexcept {
    text = without_echo(text);
    for (std::size_t at = 0; at < text.size(); ++at)
        for (std::string_view const name : secret_names) {
            std::string_view const rest = skip(text, at);
            std::size_t const size = echo::spelt_size(rest, name);
            bool const is_tag = at != 0 && text[at - 1] == '<';
            if (size != 0 && (is_tag || echo::gives_value(skip(rest, size)))) return first(text, at);
        }
    return text;
}

}  // namespace acs::inline ACS_ABI

#endif
