// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any answer as a refusal: JSON, XML, HTML, plain text, nothing. The first line is of bytes that choose status and headers, the second is
// the value of two headers, the rest is the body.
#include <acs/encoding/utf8.hpp>
#include <acs/error/classify.hpp>
#include <acs/error/echo.hpp>
#include <acs/error/envelope.hpp>
#include <acs/error/service_error.hpp>
#include <acs/error/write_failure.hpp>
#include <acs/error/xml.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/writer.hpp>
#include <dataworks/errors.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/input.hpp"

namespace fuzz_refusal {

namespace {

using fuzz::is_inside;
using fuzz::require;

using members = std::array<std::string_view, 8>;

members members_of(acs::service_error const& s) {
    return {s.code, s.message, s.request_id, s.host_id, s.recommend, s.description, s.detail, s.access_denied_detail};
}

/// Both readers of envelopes: after a failure body and error are as they were.
void check_envelopes(std::string_view text) {
    fuzz::owned_text json(text), xml(text), detail(text);
    acs::service_error said{};
    acs::errc const code = acs::decode_envelope(json.span(), said);
    for (std::string_view const member : members_of(said)) {
        require(is_inside(member, json.view()) && (code == acs::errc::none || member.data() == nullptr));
        require(acs::find_invalid_utf8(member) == member.size());  // JSON is UTF-8 all over
    }
    if (code != acs::errc::none) require(json.view() == text);

    bool const read = acs::decode_xml_envelope(xml.span(), said);
    bool any = false;
    for (std::string_view const member : members_of(said)) {
        require(is_inside(member, xml.view()) && (member.data() == nullptr || !member.empty()));
        any = any || !member.empty();
    }
    require(any == read && (read || xml.view() == text));

    acs::access_denied denied{};
    if (acs::decode_access_denied(detail.span(), denied) != acs::errc::none)
        require(detail.view() == text && denied.action.data() == nullptr);
    for (std::string_view const member :
         {denied.action, denied.principal_type, denied.owner_id, denied.display_name, denied.denial, denied.policy_type, denied.diagnostic})
        require(is_inside(member, detail.view()));

    fuzz::owned_text plain(text);
    std::size_t const size = acs::unescape_xml(plain.view(), plain.span().data());
    fuzz::owned_text other(text);
    require(size <= text.size() && acs::unescape_xml(text, other.span().data()) == size);
    require(plain.view().substr(0, size) == other.view().substr(0, size));
}

/// What a failure says of itself holds.
void check_failure(acs::failure const& f, acs::reply const& answer, std::string_view header, std::string_view text) {
    std::string_view const body(answer.body.data(), answer.body.size());
    require(f.origin == acs::origin::service && f.delivery == acs::delivery::answered && f.status == answer.status);
    bool const redirects = f.status >= 300 && f.status < 400;
    bool const encoded = f.code == acs::errc::unsupported_encoding;
    require(encoded || f.code == (redirects ? acs::errc::redirected : acs::errc::service_refused));
    require(f.wait_ms == acs::retry_after_ms(answer.fields) && f.body.data() == body.data() && f.body.size() == body.size());
    members const said = members_of(f.service);
    bool any = false;
    for (std::size_t i = 0; i < said.size(); ++i) {
        bool const in_body = is_inside(said[i], body);
        require(in_body || (i == 0 && said[i].starts_with("HTTP")) || (i == 0 && said[i] == "Unsuccessful") ||
                (i == 2 && is_inside(said[i], header)));
        any = any || (in_body && said[i].data() != nullptr);
    }
    require(any || body == text);

    for (auto const product : {std::span<acs::code_row const>(), std::span<acs::code_row const>(dataworks::error_codes)}) {
        acs::advice const a = acs::advise(f, product);
        require(!acs::hint(a).empty() && (a.wait_ms == f.wait_ms || !acs::classify::refused(f)) &&
                (!a.retry || a.how != acs::remedy::none));
        std::string const line = fuzz::written([&](auto& out) { acs::write_failure(f, out, product); });
        std::size_t offset = 0;
        require(acs::check_json(line, offset) == acs::errc::none);
    }
    std::string_view const shown = acs::without_secrets(f.service.message);
    require(shown.size() <= f.service.message.size() && acs::without_secrets(shown) == shown && acs::without_echo(shown) == shown);
}

/// Written as JSON and as XML and read again, the texts are the same.
void check_again(acs::service_error const& s) {
    constexpr std::array<std::string_view, 7> names{"Code", "Message", "RequestId", "HostId", "Recommend", "Description", "Detail"};
    members const said = members_of(s);
    std::string xml = "<Error>", json = fuzz::written([&](auto&out) {
                                     acs::json_writer writer(out);
                                     writer.begin_object();
                                     for (std::size_t i = 0; i < names.size(); ++i) {
                                         writer.name(names[i]);
                                         writer.string(said[i]);
                                     }
                                     writer.end_object();
                                 });
    bool fits_xml = true, fits_json = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
        xml.append("<").append(names[i]).append(">");
        for (char const c : said[i]) xml += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '>' ? "&#x3E;" : std::string(1, c);
        xml.append("</").append(names[i]).append(">");
        fits_xml = fits_xml && acs::trim(said[i]) == said[i];
        fits_json = fits_json && acs::find_invalid_utf8(said[i]) == said[i].size();
    }
    xml += "</Error>";
    acs::service_error again{};
    bool const any = acs::decode_xml_envelope(xml, again);
    for (std::size_t i = 0; i < names.size() && fits_xml; ++i) require(members_of(again)[i] == said[i] && (any || said[i].empty()));
    require(acs::decode_envelope(json, again) == acs::errc::none);
    for (std::size_t i = 0; i < names.size() && fits_json; ++i) require(members_of(again)[i] == said[i]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    constexpr std::array<std::uint16_t, 12> statuses{100, 200, 204, 302, 308, 400, 403, 404, 418, 429, 500, 503};
    constexpr std::array<std::string_view, 5> types{"", "text/xml;charset=utf-8", "application/XML", "application/json", "text/html"};
    constexpr std::array<std::string_view, 4> encodings{"", "identity", "IDENTITY ", "gzip"};
    std::uint16_t const status = statuses[in.below(statuses.size())];
    std::string_view const type = types[in.below(types.size())], encoding = encodings[in.below(encodings.size())];
    static_cast<void>(in.line());
    fuzz::owned_text const header(in.line());
    fuzz::owned_text const text(in.rest());
    std::array<acs::field, 4> const fields{{{"Content-Type", type},
                                            {"content-encoding", encoding},
                                            {"x-acs-retry-after", header.view()},
                                            {"X-Acs-Request-Id", header.view()}}};

    check_envelopes(text.view());
    fuzz::owned_text brief(text.view()), body(text.view());
    acs::reply const first{status, fields, brief.span()}, second{status, fields, body.span()};
    acs::failure const in_json = acs::json_answer_failure(first), full = acs::answer_failure(second);
    check_failure(in_json, first, header.view(), text.view());
    check_failure(full, second, header.view(), text.view());
    require(!full.service.code.empty() && in_json.code == full.code);
    if (!in_json.service.code.empty()) require(in_json.service.code == full.service.code);
    check_again(full.service);
    return 0;
}

}  // namespace fuzz_refusal
