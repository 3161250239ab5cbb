// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Headers, targets and messages that others take apart: `Authorization` of both methods, queries, and what the service repeats of a
// request.
#include <acs/error/echo.hpp>
#include <acs/explain/echo_text.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/scrub.hpp>
#include <acs/testing/verify.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"

namespace fuzz_authorization {

namespace {

using fuzz::is_inside;
using fuzz::require;

/// What was taken apart is the text again, put together.
void check_headers(std::string_view text) {
    if (auto const said = acs::testing::parse_authorization(text)) {
        require(!said->algorithm.empty() && !said->access_key_id.empty() && !said->signed_headers.empty() && !said->signature.empty());
        require(std::string(said->algorithm) + " Credential=" + std::string(said->access_key_id) +
                    ",SignedHeaders=" + std::string(said->signed_headers) + ",Signature=" + std::string(said->signature) ==
                text);
        std::array<acs::field, 3> const fields{{{"host", "h"}, {"X-Acs-Date", "d"}, {"authorization", text}}};
        auto const received = acs::testing::receive("GET", "/", fields, {});
        require(received && received->is_acs3());
        static_cast<void>(acs::testing::named_fields(*received, said->signed_headers));
        require(acs::testing::verify_acs3(*received, *said, "secret").has_value());  // whatever it is, it is not signed
    }
    if (auto const said = acs::testing::parse_roa_authorization(text)) {
        require(!said->access_key_id.empty() && !said->signature.empty());
        require("acs " + std::string(said->access_key_id) + ":" + std::string(said->signature) == text);
    }
}

/// A target that is well-formed has one meaning: encoded again, its parameters are the same. Scrubbed, it is well-formed as well.
void check_target(std::string_view text) {
    auto const received = acs::testing::receive("GET", text, {}, {});
    std::string const target(text);
    acs::testing::recorded_request recorded{"https", "GET", "h", target, {{"authorization", target}}, target};
    acs::testing::scrubber::scrub(recorded);
    if (!received) return;
    std::string again = received->path + "?";
    bool is_first = true;
    for (auto const& [name, value] : received->query) {
        fuzz::string_sink pair;
        acs::write_form_pair(name, value, is_first, pair);
        again += pair.text;
        is_first = false;
    }
    auto const same = acs::testing::receive("GET", again, {}, {});
    require(same && same->path == received->path);
    if (std::none_of(received->query.begin(), received->query.end(), [](auto const& p) { return p.first.empty() && p.second.empty(); }))
        require(same->query == received->query);
    auto const clean = recorded.apart();
    require(clean && clean->query.size() == received->query.size());
    for (std::size_t i = 0; i < clean->query.size(); ++i) {
        require(clean->query[i].first == received->query[i].first);
        bool const secret = acs::is_secret_name(clean->query[i].first);
        require(secret ? clean->query[i].second == acs::testing::hidden : clean->query[i].second == received->query[i].second);
    }
}

/// The pieces lie in the message, and what is left without them is its front, which has none left to take out.
void check_echo(std::string_view message) {
    for (acs::request_echo const& echo : {acs::find_echo(message), acs::find_echo_in_body(message)})
        for (std::string_view const part : {echo.string_to_sign, echo.canonical_request, echo.plain}) require(is_inside(part, message));
    for (auto* const without : {&acs::without_echo, &acs::without_secrets}) {
        std::string_view const left = without(message);
        require(left.size() <= message.size() && message.starts_with(left) && without(left) == left);
    }
}

/// Positions go forward, to the end exactly, and each reader ends.
void check_echo_text(std::string_view text, bool json, bool xml, unsigned depth) {
    acs::echo_text const echo(text, json, xml);
    std::string plain;
    std::size_t at = 0;
    while (!echo.at_end(at)) {
        acs::echo_text::unit const unit = echo.at(at);
        std::size_t const next = echo.after(at);
        require(next > at && next <= text.size() && next == at + unit.size);
        // Of line ends only those count that are like the first.
        require(unit.byte == '\n' ? echo.match(at, '\n') == echo.line_end(at) : echo.match(at, unit.byte) == unit.size);
        require(echo.match(at, "no such text of that size") <= text.size() - at);
        plain += unit.byte;
        at = next;
    }
    require(at == text.size() && echo.at(at).size == 0);
    acs::echo_reader reader(echo, 0, text.size(), depth);
    std::string decoded;
    for (int c = reader.next(); c >= 0; c = reader.next()) decoded += static_cast<char>(c);
    require(decoded.size() <= plain.size() && (depth != 0 || decoded == plain));
    require(acs::matches(acs::echo_reader(echo, 0, text.size(), depth), [&](auto& out) { out.write(decoded); }));
    require(!acs::matches(acs::echo_reader(echo, 0, text.size(), depth), [&](auto& out) { out.write(decoded + "x"); }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    unsigned const what = in.byte();
    fuzz::owned_text const text(in.rest());
    switch (what % 4) {
        case 0: check_headers(text.view()); break;
        case 1: check_target(text.view()); break;
        case 2: check_echo(text.view()); break;
        default: check_echo_text(text.view(), (what & 4U) != 0, (what & 128U) != 0, what / 8 % 3); break;
    }
    return 0;
}

}  // namespace fuzz_authorization
