// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What proxies and HTTP libraries do to signed requests, for each signature method.
#ifndef ACS_TESTS_SUPPORT_MUTATIONS_HPP
#define ACS_TESTS_SUPPORT_MUTATIONS_HPP

#include <acs/explain/explanation.hpp>
#include <acs/signing/marks.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/refused.hpp"

namespace acs_tests {

using acs::cause;
using acs::text_part;

inline mutation in_target(std::string_view from, std::string_view to, text_part part, std::string_view name, cause why) {
    return {"target: " + std::string(from) + " -> " + std::string(to),
            [from = std::string(from), to = std::string(to)](wire_request& w) { edit(w.target, from, to); }, part, std::string(name), why};
}

inline mutation of_param(std::string_view from, std::string_view to, std::string_view name, cause why) {
    return in_target(from, to, text_part::parameter, name, why);
}

/// A header with another value: `change` gets the old one.
template <class Change>
mutation of_header(std::string name, cause why, Change change) {
    std::string const what = "header " + name + ": " + change("...");
    return {what, [=](wire_request& w) { w.value(name) = change(w.value(name)); }, text_part::header, name, why};
}

/// Parameters in the query, which all methods cover.
inline std::vector<mutation> of_params() {
    return {
        // Each byte class.
        of_param("Alpha=Aa1", "Alpha=Ba1", "Alpha", cause::changed),
        of_param("Alpha=Aa1", "Alpha=AA1", "Alpha", cause::letter_case),
        of_param("Alpha=Aa1", "Alpha=Aa2", "Alpha", cause::changed),
        of_param("Alpha=Aa1", "Alpha=A%FF1", "Alpha", cause::changed),
        of_param("Alpha=Aa1", "Alpha=Aa1%00", "Alpha", cause::extended),
        of_param("Alpha=Aa1", "Alpha=Aa", "Alpha", cause::shortened),
        of_param("Alpha=Aa1", "Alpha=", "Alpha", cause::shortened),
        of_param("Alpha=Aa1", "Alpha", "Alpha", cause::shortened),
        of_param("Alpha=Aa1", "Alpha=Aa11", "Alpha", cause::extended),
        of_param("Alpha=Aa1", "Alpha=Aa1%0A", "Alpha", cause::extended),
        of_param("Alpha=Aa1", "Alpha=Aa1%3Fx", "Alpha", cause::extended),
        of_param("Alpha=Aa1", "Alpha=%20Aa1", "Alpha", cause::white_space),
        of_param("Alpha=Aa1", "Alpha=Bb2", "Alpha", cause::changed),
        of_param("Blank=a%20b", "Blank=a%2Bb", "Blank", cause::plus_for_space),
        of_param("Blank=a%20b", "Blank=a%2520b", "Blank", cause::encoded_twice),
        of_param("Blank=a%20b", "Blank=ab", "Blank", cause::white_space),
        of_param("Blank=a%20b", "Blank=a%09b", "Blank", cause::white_space),
        of_param("Wide=a%20%20b", "Wide=a%20b", "Wide", cause::white_space),
        of_param("Wide=a%20%20b", "Wide=a%2B%2Bb", "Wide", cause::plus_for_space),
        of_param("Plus=a%2Bb", "Plus=a+b", "Plus", cause::space_for_plus),
        of_param("Plus=a%2Bb", "Plus=a%20b", "Plus", cause::space_for_plus),
        of_param("Plus=a%2Bb", "Plus=a%252Bb", "Plus", cause::encoded_twice),
        of_param("Plus=a%2Bb", "Plus=a-b", "Plus", cause::changed),
        of_param("Percent=50%25", "Percent=50%2525", "Percent", cause::encoded_twice),
        of_param("Percent=50%25", "Percent=50", "Percent", cause::shortened),
        of_param("Slash=p%2Fq", "Slash=p%252Fq", "Slash", cause::encoded_twice),
        of_param("Slash=p%2Fq", "Slash=p.q", "Slash", cause::changed),
        of_param("Lines=x%0Ay", "Lines=x%0D%0Ay", "Lines", cause::line_ends),
        of_param("Lines=x%0Ay", "Lines=x%20y", "Lines", cause::white_space),
        of_param("Lines=x%0Ay", "Lines=x", "Lines", cause::shortened),
        of_param("Umlaut=h%C3%A4", "Umlaut=h%E4", "Umlaut", cause::character_set),
        of_param("Umlaut=h%C3%A4", "Umlaut=h%3F", "Umlaut", cause::character_set),
        of_param("Umlaut=h%C3%A4", "Umlaut=h%25C3%25A4", "Umlaut", cause::encoded_twice),
        of_param("Umlaut=h%C3%A4", "Umlaut=ha%CC%88", "Umlaut", cause::character_set),
        of_param("Zip=zz", "Zip=zz%0D", "Zip", cause::extended),
        of_param("Zip=zz", "Zip=zz%5C", "Zip", cause::extended),
        of_param("Zip=zz", "Zip=zz%0A", "Zip", cause::extended),
        of_param("Zip=zz", "Zip=zz%20", "Zip", cause::extended),
        of_param("Empty=", "Empty=x", "Empty", cause::extended),
        of_param("Tag.1.Key=k", "Tag.1.Key=K", "Tag.1.Key", cause::letter_case),
        // Added, taken away, sent twice, renamed.
        of_param("Alpha=", "Aaa=1&Alpha=", "Aaa", cause::added),
        of_param("Alpha=", "Middle=1&Alpha=", "Middle", cause::added),
        of_param("&Zip=zz", "&Zip=zz&Zzz=", "Zzz", cause::added),
        of_param("Alpha=", "tail=1&Alpha=", "tail", cause::added),
        of_param("Alpha=Aa1&", "", "Alpha", cause::missing),
        of_param("&Tag.1.Key=k", "", "Tag.1.Key", cause::missing),
        of_param("&Empty=", "", "Empty", cause::missing),
        of_param("&Zip=zz", "", "Zip", cause::missing),
        of_param("Alpha=Aa1", "Alpha=Aa1&Alpha=Aa1", "Alpha", cause::repeated),
        of_param("Alpha=Aa1", "Alpha=Aa1&Alpha=Zz", "Alpha", cause::repeated),
        of_param("Alpha=Aa1", "Alpha=0&Alpha=Aa1", "Alpha", cause::repeated),
        of_param("Zip=zz", "Zip=zz&Zip=zz", "Zip", cause::repeated),
        of_param("Tag.1.Key=k", "Tag.2.Key=k", "Tag.1.Key", cause::renamed),
        of_param("Tag.1.Key=k", "Tag.1.KEY=k", "Tag.1.Key", cause::letter_case),
        of_param("Tag.1.Key=k", "Tag.1.Keys=k", "Tag.1.Key", cause::renamed),
        of_param("Alpha=", "Alpha%20=", "Alpha", cause::renamed),
    };
}

/// The path, where it is covered.
inline std::vector<mutation> of_path() {
    auto const path = [](std::string_view to, cause why) { return in_target("/v1/a%2Fb/c.d", to, text_part::path, "", why); };
    return {
        path("/v1/a%2fb/c.d", cause::letter_case),
        path("/V1/a%2Fb/c.d", cause::letter_case),
        path("/v1/a/b/c.d", cause::decoded),
        path("/v1/a%252Fb/c.d", cause::encoded_twice),
        path("/v1/a%2Fb/c.d/", cause::trailing_slash),
        path("/v1/a%2Fb/c%2Ed", cause::decoded),
        path("/proxy/v1/a%2Fb/c.d", cause::path_rewritten),
        path("/v1/a%2Fb", cause::path_rewritten),
        path("/v1/a%2Fb/c,d", cause::path_rewritten),
        path("/v2/a%2Fb/c.d", cause::path_rewritten),
        path("//v1/a%2Fb/c.d", cause::path_rewritten),
        path("/", cause::path_rewritten),
    };
}

/// Headers that the two methods with signed headers have in common.
inline std::vector<mutation> of_headers() {
    auto const with = [](std::string_view from, std::string_view to) {
        return [from = std::string(from), to = std::string(to)](std::string text) {
            if (std::size_t const at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
            return text;
        };
    };
    auto const behind = [](std::string_view more) { return [more = std::string(more)](std::string const& text) { return text + more; }; };
    return {
        of_header("content-type", cause::media_type, behind("; charset=utf-8")),
        of_header("content-type", cause::letter_case, with("application", "Application")),
        of_header("content-type", cause::changed, with("urlencoded", "data")),
        of_header("x-acs-action", cause::letter_case, with("DoIt", "doit")),
        of_header("x-acs-action", cause::changed, with("DoIt", "DoThat")),
        of_header("x-acs-version", cause::changed, with("2020-05-18", "2020-05-19")),
        of_header("x-acs-version", cause::shortened, with("2020-05-18", "2020-05")),
        of_header("x-acs-signature-nonce", cause::letter_case, with("3156853299f313e23d16", "3156853299F313E23D16")),
        of_header("x-acs-signature-nonce", cause::changed, with("3156", "3157")),
        of_header("x-acs-accesskey-id", cause::extended, behind("x")),
        of_header("x-acs-note", cause::letter_case, with("Say", "say")),
        of_header("x-acs-note", cause::white_space, with("  ", " ")),
        of_header("x-acs-note", cause::changed, with("twice", "thrice")),
        of_header("x-acs-note", cause::changed, with("[b]", "(b)")),
        of_header("x-acs-note", cause::changed, with("Say", "S\xC3\xA4y")),
        of_header("x-acs-note", cause::encoded_twice, with("Say it  twice, [b]\\n", "Say%20it%20%20twice%2C%20%5Bb%5D%5Cn")),
        of_header("x-acs-note", cause::plus_for_space, with("Say it  twice, ", "Say+it++twice,+")),
        of_header("x-acs-trace", cause::extended, behind("/2")),
        of_header("x-acs-trace", cause::changed, with("t1", "t2")),
        of_header("x-acs-trace", cause::shortened, with("t1", "")),
    };
}

inline std::vector<mutation> joined(std::vector<std::vector<mutation>> lists) {
    std::vector<mutation> all;
    for (auto& list : lists)
        for (mutation& m : list) all.push_back(std::move(m));
    return all;
}

/// A separator inside a value, which ROA 1.0 does not encode.
inline mutation of_separator() { return of_param("Alpha=Aa1", "Alpha=Aa1%26Zed%3D1", "Alpha", cause::extended); }

inline std::vector<mutation> acs3_mutations() {
    auto const sign_also = [](wire_request& w, std::string const& name, std::string const& value) {
        w.fields.emplace_back(name, value);
        edit(w.value("authorization"), "SignedHeaders=", "SignedHeaders=" + name + ";");
    };
    return joined(
        {of_params(),
         of_path(),
         of_headers(),
         {of_separator(),
          {"GET for POST", [](wire_request& w) { w.method = "GET"; }, text_part::method, "", cause::method_changed},
          of_header("host", cause::host_rewritten, [](std::string const& text) { return text + ":443"; }),
          of_header("host", cause::host_rewritten, [](std::string const&) { return std::string("proxy.local"); }),
          of_header("host", cause::host_rewritten, [](std::string const&) { return std::string("API.example.com"); }),
          of_header("x-acs-date", cause::changed, [](std::string const&) { return std::string("2023-10-26T10:22:33Z"); }),
          of_header("x-acs-content-sha256", cause::body_changed, [](std::string const&) { return std::string(64, '0'); }),
          {"a header twice", [](wire_request& w) { w.fields.emplace_back("x-acs-trace", "t2"); }, text_part::header, "x-acs-trace",
           cause::repeated},
          {"a header more, in front", [=](wire_request& w) { sign_also(w, "x-acs-aaa", "1"); }, text_part::header, "x-acs-aaa",
           cause::added},
          {"a header more, last", [=](wire_request& w) { sign_also(w, "x-zzz", "1"); }, text_part::header, "x-zzz", cause::added},
          {"a header more, first",
           [=](wire_request& w) {
               sign_also(w, "accept", "");
               w.erase("accept");
               w.fields.emplace_back("accept", "a");
           },
           text_part::header, "accept", cause::added},
          {"a header less in the list", [](wire_request& w) { edit(w.value("authorization"), "content-type;", ""); }, text_part::header,
           "content-type", cause::missing},
          {"a header less in the list, in the middle", [](wire_request& w) { edit(w.value("authorization"), "x-acs-note;", ""); },
           text_part::header, "x-acs-note", cause::missing},
          {"the algorithm", [](wire_request& w) { edit(w.value("authorization"), "SHA256", "SM3"); }, text_part::algorithm, "",
           cause::algorithm},
          {"a byte of the body", [](wire_request& w) { w.body.back() = '2'; }, text_part::body_hash, "", cause::body_changed},
          {"+ in the body", [](wire_request& w) { edit(w.body, "%20", "+"); }, text_part::body_hash, "", cause::body_changed},
          {"more body", [](wire_request& w) { w.body += "&"; }, text_part::body_hash, "", cause::body_changed},
          {"a line end behind the body", [](wire_request& w) { w.body += "\r\n"; }, text_part::body_hash, "", cause::body_changed},
          {"no body", [](wire_request& w) { w.body.clear(); }, text_part::body_hash, "", cause::body_lost},
          {"form to query", [](wire_request& w) { w.target += "&Form=f%201"; }, text_part::parameter, "Form", cause::moved_to_query},
          {"query to form",
           [](wire_request& w) {
               edit(w.target, "&Slash=p%2Fq", "");
               w.body += "&Slash=p%2Fq";
           },
           text_part::parameter, "Slash", cause::missing},
          {"no query", [](wire_request& w) { w.target.resize(w.target.find('?')); }, text_part::parameter, "Alpha", cause::missing}}});
}

inline std::vector<mutation> rpc_mutations() {
    auto const in_body = [](std::string_view from, std::string_view to, std::string_view name, cause why) {
        return mutation{"body: " + std::string(from) + " -> " + std::string(to),
                        [from = std::string(from), to = std::string(to)](wire_request& w) { edit(w.body, from, to); }, text_part::parameter,
                        std::string(name), why};
    };
    return joined({of_params(),
                   {{"GET for POST", [](wire_request& w) { w.method = "GET"; }, text_part::method, "", cause::method_changed},
                    of_param("Action=DoIt", "Action=Doit", "Action", cause::letter_case),
                    of_param("Format=JSON", "Format=XML", "Format", cause::changed),
                    of_param("Format=JSON", "Format=json", "Format", cause::letter_case),
                    of_param("Timestamp=2023-10-26T10%3A22%3A32Z", "Timestamp=2023-10-26T10%3A22%3A33Z", "Timestamp", cause::changed),
                    of_param("SignatureNonce=3156", "SignatureNonce=3157", "SignatureNonce", cause::changed),
                    of_param("Version=2020-05-18", "Version=2020-05-19", "Version", cause::changed),
                    of_param("&Format=JSON", "", "Format", cause::missing),
                    of_param("&Version=2020-05-18", "", "Version", cause::missing),
                    in_body("f%201", "f%202", "Form", cause::changed),
                    in_body("f%201", "f%2B1", "Form", cause::plus_for_space),
                    in_body("f%201", "f%25201", "Form", cause::encoded_twice),
                    in_body("Form=f%201", "", "Form", cause::missing),
                    in_body("Form=", "More=1&Form=", "More", cause::added),
                    {"another content type", [](wire_request& w) { w.value("content-type") = "text/plain"; }, text_part::parameter, "Form",
                     cause::missing}}});
}

inline std::vector<mutation> roa_mutations() {
    auto const header = [](std::string const& name, std::string const& value, cause why) {
        return mutation{name + ": " + value, [=](wire_request& w) { w.value(name) = value; }, text_part::header, name, why};
    };
    auto const without = [](std::string const& name) {
        return mutation{"no " + name, [=](wire_request& w) { w.erase(name); }, text_part::header, name, cause::missing};
    };
    return joined(
        {of_params(),
         of_path(),
         of_headers(),
         {{"GET for POST", [](wire_request& w) { w.method = "GET"; }, text_part::method, "", cause::method_changed},
          {"PUT for POST", [](wire_request& w) { w.method = "PUT"; }, text_part::method, "", cause::method_changed},
          header("accept", "*/*", cause::changed),
          header("accept", "application/json, text/plain", cause::repeated),
          header("date", "Thu, 26 Oct 2023 10:22:33 GMT", cause::changed),
          header("content-md5", "x", cause::added),
          header("x-acs-signature-method", "hmac-sha1", cause::letter_case),
          header("x-acs-signature-version", "1.1", cause::changed),
          without("accept"),
          without("content-type"),
          without("x-acs-action"),
          without("x-acs-note"),
          without("x-acs-trace"),
          without("x-acs-version"),
          header("x-acs-aaa", "1", cause::added),
          header("x-acs-zzz", "1", cause::added),
          header("x-acs-nnn", "", cause::added),
          {"no query", [](wire_request& w) { w.target.resize(w.target.find('?')); }, text_part::parameter, "Alpha", cause::missing}}});
}

struct method_case {
    acs::signature_style style;
    std::vector<mutation> mutations;
};

inline std::vector<method_case> all_methods() {
    return {{acs::signature_style::acs3, acs3_mutations()},
            {acs::signature_style::rpc, rpc_mutations()},
            {acs::signature_style::roa, roa_mutations()}};
}

inline std::string name_of(acs::signature_style style) {
    return style == acs::signature_style::acs3 ? "ACS3" : style == acs::signature_style::rpc ? "RPC 1.0" : "ROA 1.0";
}

}  // namespace acs_tests

#endif
