// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/marks.hpp>

#include <acs/signing/canonical.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/string_sink.hpp"

namespace test_signing_marks {

namespace {

/// Writes `{part:name|value|` and `}` around the text of each part, and `^` where a value begins.
struct marking_sink {
    std::string text{};

    void write(std::string_view piece) noexcept { text.append(piece); }
    void begin_part(acs::text_part what, std::string_view name, std::string_view value) noexcept {
        text.append("{").append(acs::name(what)).append(":").append(name).append("|").append(value).append("|");
    }
    void begin_value() noexcept { text.append("^"); }
    void end_part() noexcept { text.append("}"); }
};

template <class Writer>
std::string marked(Writer const& writer) {
    marking_sink out;
    writer(out);
    return out.text;
}

constexpr std::array<acs::param, 3> params{{{"a", "1 2"}, {"b", ""}, {"f", "x", acs::place::form}}};
constexpr std::array<acs::field, 4> fields{{{"date", "D"}, {"Host", "h"}, {"x-acs-a", " v "}, {"x-acs-b", "w"}}};

}  // namespace

TEST_CASE("The canonical request says which part it writes, to a sink that asks", "[signing]") {
    acs::signed_parts const parts{"GET", "/p", params, std::span(fields).subspan(1), "00"};
    CHECK(marked([&](auto& out) { acs::write_canonical_request(parts, out); }) ==
          "{method:||GET}\n{path:|/p|/p}\n{query:||{parameter:a|1 2|a=^1%202}&{parameter:b||b=^}}\n"
          "{header:Host|h|host:^h}\n{header:x-acs-a|v|x-acs-a:^v}\n{header:x-acs-b|w|x-acs-b:^w}\n\n"
          "{signed_list:||host;x-acs-a;x-acs-b}\n{body_hash:|00|00}");
}

TEST_CASE("So do the strings to sign of RPC 1.0 and ROA 1.0", "[signing]") {
    CHECK(marked([&](auto& out) { acs::write_rpc_string_to_sign("GET", params, out); }) ==
          "{method:||GET}&{path:|/|%2F}&{parameter:a|1 2|a%3D^1%25202}%26"
          "{parameter:b||b%3D^}%26{parameter:f|x|f%3D^x}");
    CHECK(marked([&](auto& out) {
              acs::write_roa_string_to_sign({"GET", "/p", params, fields, {}}, out);
          }) ==
          "{method:||GET}\n{header:accept||^}\n{header:content-md5||^}\n{header:content-type||^}\n{header:date|D|^D}\n"
          "{header:x-acs-a|v|x-acs-a:^v}\n{header:x-acs-b|w|x-acs-b:^w}\n{path:|/p|/p}?{parameter:a|1 2|a=^1 2}&{parameter:b||b}");
}

TEST_CASE("A sink that does not ask gets the text alone", "[signing]") {
    acs::signed_parts const parts{"GET", "/p", params, std::span(fields).subspan(1), "00"};
    CHECK(acs_tests::written([&](auto& out) { acs::write_canonical_request(parts, out); }) ==
          "GET\n/p\na=1%202&b=\nhost:h\nx-acs-a:v\nx-acs-b:w\n\nhost;x-acs-a;x-acs-b\n00");
}

TEST_CASE("Parts have names", "[signing]") {
    CHECK(name(acs::text_part::none) == "none");
    CHECK(name(acs::text_part::request_hash) == "request_hash");
    CHECK(name(static_cast<acs::text_part>(200)) == "unknown");
}

}  // namespace test_signing_marks
