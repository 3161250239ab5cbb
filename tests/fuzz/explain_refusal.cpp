// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any message as the service's answer to fixed signed requests: the first byte chooses the method and the code, the rest is the message; or
// it is what the service would say, garbled on the way, and the rest says how.
#include <acs/encoding/hex.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/error/echo.hpp>
#include <acs/explain/explain.hpp>
#include <acs/explain/write_explanation.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/signing/parts.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"

namespace fuzz_explain_refusal {

namespace {

using fuzz::require;
using fuzz::string_sink;

constexpr std::string_view token = "CAISCanaryToken4Zkq9LmBd7WcanaryXtail";
constexpr acs::credentials who{"LTAI5tCanaryKeyId7Qx2", "CanarySecret8vJw3nRt5yPq", token};
constexpr std::array<std::string_view, 5> codes{"SignatureDoesNotMatch", "IncompleteSignature", "InvalidTimeStamp.Expired",
                                                "InvalidAccessKeyId.NotFound", "Forbidden.RAM"};

/// Whether the text has 8 bytes of the secret in a row.
bool shows(std::string_view text, std::string_view secret) {
    for (std::size_t i = 0; i + 8 <= secret.size(); ++i)
        if (text.find(secret.substr(i, 8)) != std::string_view::npos) return true;
    return false;
}

/// What the service would have calculated from.
std::string signed_text(acs::request const& made, acs::signature_style style) {
    string_sink out;
    acs::signed_parts const parts = acs::prepared_parts_of(made);
    if (style == acs::signature_style::acs3)
        acs::write_canonical_request(parts, out);
    else if (style == acs::signature_style::rpc)
        acs::write_rpc_string_to_sign("POST", made.params, out);
    else
        acs::write_roa_string_to_sign({parts.verb, parts.path, parts.query, made.fields, {}}, out);
    return out.text;
}

/// What the service says, as it arrives: in another form of line ends, bytes changed, put in, taken out or twice.
std::string garbled(std::string_view signed_by_us, acs::signature_style style, fuzz::input& in) {
    constexpr std::array<std::string_view, 4> forms{"\n", "\r\n", "\\n", "\\r\\n"};
    std::string_view const form = forms[in.below(forms.size())];
    std::string text = style == acs::signature_style::acs3 ? "server CanonicalRequest is [" : "server string to sign is:";
    for (char const& c : signed_by_us) text += c == '\n' ? form : std::string_view(&c, 1);
    if (style == acs::signature_style::acs3) text += "]";
    while (!in.empty() && !text.empty()) {
        std::size_t const at = in.number(2) % text.size();
        switch (in.below(5)) {
            case 0: text[at] = static_cast<char>(in.byte()); break;
            case 1: text.insert(at, 1, static_cast<char>(in.byte())); break;
            case 2: text.erase(at, 1 + in.below(40)); break;
            case 3: text.insert(at, text.substr(at, 1 + in.below(40))); break;
            default: text.resize(at); break;
        }
        if (text.size() > 8192) text.resize(8192);
    }
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    fuzz::input in(data + 1, size - 1);
    std::array<acs::param, 3> const params{
        {{"Blank", "a b+c\n%", acs::place::query}, {"Form", "x", acs::place::form}, {"Umlaut", "\xC3\xA4", acs::place::query}}};
    std::array<acs::field, 1> const fields{{{"x-acs-note", "[a] b\\n"}}};
    bool const rpc = data[0] % 3 == 1;
    acs::call const any{.action = "DoIt",
                        .version = "1",
                        .params = params,
                        .style = rpc ? acs::api_style::rpc : acs::api_style::roa,
                        .path = rpc ? "/" : "/v1/a%2Fb"};
    acs::request_buffer<4096, 24, 24> memory;
    acs::prepare_options const options{.fields = fields};
    acs::endpoint const to{.host = "h.example"};
    acs::moment const now{.wall = {1'698'315'752}};
    auto const made = data[0] % 3 == 0 ? acs::prepare(any, to, acs::acs3_hmac_sha256(who), now, memory, options)
                      : rpc            ? acs::prepare(any, to, acs::rpc_hmac_sha1(who), now, memory, options)
                                       : acs::prepare(any, to, acs::roa_hmac_sha1(who), now, memory, options);
    require(made.has_value());
    constexpr std::array<acs::signature_style, 3> styles{acs::signature_style::acs3, acs::signature_style::rpc, acs::signature_style::roa};
    acs::signature_style const style = styles[data[0] % 3];
    bool const edited = data[0] >= 192, as_body = data[0] >= 128 && (!edited || in.coin());
    fuzz::owned_text const owned(edited ? garbled(signed_text(*made, style), style, in) : std::string(in.rest()));
    std::string_view const message = owned.view();

    acs::failure f{};
    f.code = acs::errc::service_refused;
    f.origin = acs::origin::service;
    f.status = 400;
    f.service.code = codes[data[0] / 3 % codes.size()];
    if (as_body)
        f.body = message;
    else
        f.service.message = message;
    f.service.access_denied_detail = message;
    std::array<acs::field, 1> const answer{{{"date", message}}};
    acs::explanation const e = acs::explain(*made, f, {.secret = who.access_key_secret, .fields = answer});
    string_sink words;
    acs::write_explanation(e, words);
    std::string const shown = std::string(e.name) + "\n" + std::string(e.detail) + "\n" + words.text;
    require(!shows(shown, who.access_key_secret) && !shows(shown, who.security_token) && !shows(shown, who.access_key_id));
    for (char const c : words.text) require(c == '\n' || (c >= 0x20 && c < 0x7F));

    std::string const ours = signed_text(*made, e.style);
    if (e.part != acs::text_part::none && e.part != acs::text_part::algorithm && e.part != acs::text_part::request_hash)
        require(e.text_offset <= ours.size() && e.offset <= ours.size());
    // Equal is said only of a message that holds all of what was signed, in one of four forms of line ends, or its hash.
    if (e.why == acs::cause::secret || e.why == acs::cause::signature_form) {
        bool held = f.service.message.empty() && message.size() > ours.size();  // JSON may have escaped any of it
        for (std::string_view const form : {"\n", "\r\n", "\\n", "\\r\\n"}) {
            std::string text;
            for (char const& c : ours) text += c == '\n' ? std::string(form) : std::string(1, c);
            held = held || message.find(text) != std::string_view::npos;
        }
        string_sink hash;
        acs::hex_encode(acs::hash<acs::sha256>(ours), hash);
        require(held || (e.style == acs::signature_style::acs3 && message.find(hash.text) != std::string_view::npos));
    }
    require(acs::without_echo(message).size() <= message.size());
    return 0;
}

}  // namespace fuzz_explain_refusal
