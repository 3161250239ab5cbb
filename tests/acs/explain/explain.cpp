// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/explain/explain.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/mutations.hpp"
#include "support/refused.hpp"

namespace test_explain_explain {

using namespace acs_tests;
using acs::signature_style;

namespace {

using acs::secret_fault;

/// Texts of one message, with line ends in another form.
std::string with_line_ends(std::string_view message, std::string_view form) {
    std::string out;
    for (char const& c : message) out += c == '\n' ? std::string(form) : std::string(1, c);
    return out;
}

std::string echo_of_rpc(signed_call const& call) {
    return written([&](auto& out) { acs::write_rpc_string_to_sign("POST", call.made().params, out); });
}

}  // namespace

TEST_CASE("Every change of a signed request is explained by the part that was changed, and how", "[explain]") {
    for (method_case const& method : all_methods()) {
        CHECK(method.mutations.size() >= 60);
        signed_call const call(method.style);
        for (mutation const& m : method.mutations) {
            INFO(name_of(method.style) << ", " << m.what);
            wire_request w = call.wire();
            m.change(w);
            refused_answer const answer(gateway_answer(w));
            CHECK(answer.failure().service.code == "SignatureDoesNotMatch");
            acs::explanation const e = acs::explain(call.made(), answer.failure());
            INFO(words(e));
            CHECK(name(e.part) == name(m.part));
            CHECK(std::string(e.name) == m.name);
            CHECK(name(e.why) == name(m.why));
            CHECK(e.style == method.style);
        }
    }
}

TEST_CASE("Line ends may be real or letters, LF or CR LF: the explanation is the same", "[explain]") {
    for (method_case const& method : all_methods()) {
        signed_call const call(method.style);
        for (mutation const& m : method.mutations) {
            wire_request w = call.wire();
            m.change(w);
            refused_answer const answer(gateway_answer(w));
            for (std::string_view const form : {"\r\n", "\\n", "\\r\\n"}) {
                // The letters \n in our own header, where line ends are letters too, can't be told from one.
                bool const alike = form.front() != '\\' || m.name != "x-acs-note";
                std::string const message = with_line_ends(answer.failure().service.message, form);
                acs::explanation const e = acs::explain(call.made(), mismatch(message));
                INFO(name_of(method.style) << ", " << m.what << ", line ends " << form << "\n" << words(e));
                CHECK(name(e.part) == name(m.part));
                CHECK(std::string(e.name) == m.name);
                if (alike) CHECK(name(e.why) == name(m.why));
            }
        }
    }
}

TEST_CASE("Texts that are the same mean that the secret is wrong", "[explain]") {
    for (signature_style const style : {signature_style::acs3, signature_style::rpc, signature_style::roa}) {
        INFO(name_of(style));
        signed_call const call(style, "Another secret altogether");
        refused_answer const answer(gateway_answer(call.wire()));
        CHECK(answer.failure().service.code == "SignatureDoesNotMatch");
        for (std::string_view const form : {"\n", "\r\n", "\\n", "\\r\\n"}) {
            INFO("line ends " << form);
            std::string const message = with_line_ends(answer.failure().service.message, form);
            acs::explanation const e = acs::explain(call.made(), mismatch(message));
            CHECK(name(e.why) == "secret");
            CHECK(e.part == acs::text_part::none);
            CHECK(words(e).find("your secret") != std::string::npos);
        }
        // The signature itself is not in the text.
        signed_call const right(style);
        wire_request w = right.wire();
        if (style == signature_style::rpc)
            edit(w.target, "&Signature=", "&Signature=A");
        else
            w.value("authorization").back() ^= 1;
        refused_answer const spoilt(gateway_answer(w));
        bool const form_checked = style == signature_style::rpc;
        CHECK(spoilt.failure().service.code == (form_checked ? "IncompleteSignature" : "SignatureDoesNotMatch"));
        CHECK(name(acs::explain(right.made(), spoilt.failure()).why) == (form_checked ? "signature_form" : "secret"));
    }
}

TEST_CASE("A secret in the hints is looked at, and never shown", "[explain]") {
    signed_call const call(signature_style::acs3, "Another secret altogether");
    refused_answer const answer(gateway_answer(call.wire()));
    struct row {
        std::string_view secret;
        secret_fault fault;
        std::string_view said;
    };
    std::string_view const none;
    for (row const& r : {row{none, secret_fault::not_given, "your secret"},
                         row{std::string_view("x", 0), secret_fault::empty, "The secret given is empty."},
                         row{"CanarySecret8vJw3nRt5yPq", secret_fault::none, "looks whole"},
                         row{" CanarySecret8vJw3nRt5yPq", secret_fault::white_space, "white space around it"},
                         row{"CanarySecret8vJw3nRt5yPq ", secret_fault::white_space, "white space around it"},
                         row{"CanarySecret8vJ\tw3nRt5yPq", secret_fault::white_space, "white space around it"},
                         row{"CanarySecret8vJw3nRt5yPq\n", secret_fault::line_end, "ends in a line end"},
                         row{"CanarySecret8vJw3nRt5yPq\r", secret_fault::line_end, "ends in a line end"},
                         row{"CanarySecret8vJw3nRt5yPq\r\n", secret_fault::line_end, "ends in a line end"},
                         row{"'CanarySecret8vJw3nRt5yPq", secret_fault::quotes, "quotes around it"},
                         row{"CanarySecret8vJw3nRt5yPq\"", secret_fault::quotes, "quotes around it"},
                         row{"CanarySecret8vJw3nRt5yPq'", secret_fault::quotes, "quotes around it"},
                         row{"\"CanarySecret8vJw3nRt5yPq\"", secret_fault::quotes, "quotes around it"}}) {
        acs::explanation const e = acs::explain(call.made(), answer.failure(), {.secret = r.secret});
        CHECK(e.secret == r.fault);
        CHECK(name(e.why) == "secret");
        std::string const said = words(e);
        INFO(said);
        CHECK(said.find(r.said) != std::string::npos);
        CHECK_FALSE(shows_canary(said, {canary_secret}));
        // Without an echo it is the first thing to doubt.
        std::string const bare = words(acs::explain(call.made(), mismatch("Specified signature does not match."), {.secret = r.secret}));
        CHECK((r.fault == secret_fault::not_given || bare.find(r.said) != std::string::npos));
    }
}

TEST_CASE("The first byte that differs is told with its place and both bytes, but none of a secret", "[explain]") {
    signed_call const call(signature_style::rpc);
    std::string const ours = echo_of_rpc(call);
    std::string const label = "Specified signature is not matched with our calculation. server string to sign is:";

    std::size_t const at = ours.find("Aa1");
    std::string theirs = ours;
    theirs[at + 1] = 'b';
    std::string message = label + theirs;
    acs::explanation e = acs::explain(call.made(), mismatch(message));
    CHECK(e.offset == 1);
    CHECK(e.text_offset == at + 1);
    CHECK(e.shows_bytes);
    CHECK(e.ours == 'a');
    CHECK(e.theirs == 'b');
    CHECK(words(e).find("Parameter Alpha differs at byte 1 of what was signed of it (byte " + std::to_string(at + 1) +
                        " of the whole text: `a` was signed, the service read `b`).") == 0);

    for (std::string_view const secret : {canary_id, std::string_view("CAISCanary")}) {
        theirs = ours;
        theirs[theirs.find(secret) + 3] = '!';
        message = label + theirs;
        e = acs::explain(call.made(), mismatch(message));
        CHECK((e.name == "AccessKeyId" || e.name == "SecurityToken"));
        CHECK(e.offset == 3);
        CHECK_FALSE(e.shows_bytes);
        CHECK(e.ours == '\0');
        CHECK(e.theirs == '\0');
    }
    // Ours ends, theirs goes on.
    message = label + ours + "x";
    e = acs::explain(call.made(), mismatch(message));
    CHECK(e.name == "Zip");
    CHECK(name(e.why) == "extended");
    CHECK(e.ours_end);
    CHECK_FALSE(e.theirs_end);
    CHECK(e.text_offset == ours.size());
}

TEST_CASE("Dots and slashes that a proxy takes out of a path are recognised", "[explain]") {
    struct row {
        std::string_view ours, theirs;
        acs::cause why;
    };
    for (row const& r : {row{"/a//b", "/a/b", acs::cause::slashes_merged}, row{"/a///b//", "/a/b/", acs::cause::slashes_merged},
                         row{"/a/./b", "/a/b", acs::cause::dot_segments}, row{"/a/../b", "/b", acs::cause::dot_segments},
                         row{"/a/b/", "/a/b", acs::cause::trailing_slash}, row{"/a/b", "/a/b/", acs::cause::trailing_slash},
                         row{"/a/%2B", "/a/+", acs::cause::decoded}})
        for (signature_style const style : {signature_style::acs3, signature_style::roa}) {
            signed_call const call(style, canary_secret, r.ours);
            wire_request w = call.wire();
            edit(w.target, r.ours, r.theirs);
            refused_answer const answer(gateway_answer(w));
            acs::explanation const e = acs::explain(call.made(), answer.failure());
            INFO(r.ours << " " << r.theirs << " " << name_of(style));
            if (style == signature_style::acs3 && r.theirs == "/a/+") {
                CHECK(name(e.part) == "none");  // which the service encodes again
                continue;
            }
            CHECK(name(e.part) == "path");
            CHECK(name(e.why) == name(r.why));
        }
}

TEST_CASE("Of ACS3 either text alone is enough, and both have to agree", "[explain]") {
    signed_call const call(signature_style::acs3, "Another secret altogether");
    std::string const message(refused_answer(gateway_answer(call.wire())).failure().service.message);
    std::size_t const string_at = message.find("server StringToSign"), request_at = message.find("server CanonicalRequest");
    std::string const string_to_sign = message.substr(string_at, request_at - string_at);
    std::string const request = message.substr(request_at);
    auto const why = [&](std::string const& text) {
        acs::explanation const e = acs::explain(call.made(), mismatch(text));
        return std::string(name(e.why)) + " " + std::string(name(e.part));
    };
    CHECK(why(string_to_sign) == "secret none");
    CHECK(why(request) == "secret none");
    CHECK(why(request + " " + string_to_sign) == "secret none");
    CHECK(why(message + " See [the documentation] for more.") == "secret none");
    std::string other = string_to_sign;
    edit(other, "\n", "\n0");
    CHECK(why(other) == "request_hash request_hash");
    CHECK(why(other + request) == "request_hash request_hash");
    other = string_to_sign;
    edit(other, "SHA256", "SHA25X");
    CHECK(why(other + request) == "algorithm algorithm");
    // What follows a hash without a bracket is more of it.
    other = request;
    other.insert(other.rfind(']'), "0");
    CHECK(why(string_to_sign + other) == "body_changed body_hash");
    CHECK(why("") == "no_echo none");
    CHECK(why("Specified signature does not match our calculation.") == "no_echo none");
    CHECK(why(echo_of_rpc(call)) == "no_echo none");
}

TEST_CASE("Of ACS3 with SM3 the string to sign is compared with a hash of that method", "[explain]") {
    std::array<acs::param, 1> const params{{{"Form", "1", acs::place::form}}};
    acs::call const any{.action = "DoIt", .version = "1", .params = params, .style = acs::api_style::roa, .path = "/v1"};
    acs::request_buffer<2048, 16, 16> memory;
    auto const made =
        acs::prepare(any, acs::endpoint{.host = "h.example"}, acs::acs3_hmac_sm3({"id", "secret", {}}), vector_moment, memory);
    REQUIRE(made);
    std::string message =
        "server StringToSign is [" +
        written([&](auto& out) { acs::write_acs3_string_to_sign<acs::sm3>("ACS3-HMAC-SM3", acs::prepared_parts_of(*made), out); }) + "]";
    CHECK(name(acs::explain(*made, mismatch(message)).why) == "secret");
    edit(message, "SM3\n", "SM3\n0");
    CHECK(name(acs::explain(*made, mismatch(message)).why) == "request_hash");
    edit(message, "SM3\n0", "SM4\n");
    CHECK(name(acs::explain(*made, mismatch(message)).why) == "algorithm");
    std::string request =
        "server CanonicalRequest is [" + written([&](auto& out) { acs::write_canonical_request(acs::prepared_parts_of(*made), out); });
    request.replace(request.size() - 64, 64, "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b]");
    CHECK(name(acs::explain(*made, mismatch(request)).why) == "body_lost");
}

TEST_CASE("An authorization that is an algorithm and nothing else is compared as far as it goes", "[explain]") {
    std::array<acs::field, 1> const fields{{{"authorization", "ACS3-HMAC-SHA256"}}};
    acs::explanation const e = acs::explain({.fields = fields}, mismatch("server StringToSign is [ACS3-HMAC-SHA256\n00]"));
    CHECK(name(e.part) == "request_hash");
    CHECK(name(acs::explain({.fields = fields}, mismatch("server StringToSign is [ACS3-HMAC-SM3\n00]")).part) == "algorithm");
}

TEST_CASE("A request without a query, or with a header without a value, gets one on its way", "[explain]") {
    acs::call const any{.action = "DoIt", .version = "1", .style = acs::api_style::roa, .path = "/v1"};
    acs::credentials const who{canary_id, canary_secret, canary_token};
    acs::endpoint const to{.host = "h.example"};
    std::array<acs::field, 1> const fields{{{"x-acs-note", ""}}};
    acs::prepare_options const options{.fields = fields};
    for (signature_style const style : {signature_style::acs3, signature_style::roa}) {
        acs::request_buffer<2048, 16, 16> memory;
        auto const made = style == signature_style::acs3 ? acs::prepare(any, to, who, vector_moment, memory, options)
                                                         : acs::prepare(any, to, acs::roa_hmac_sha1(who), vector_moment, memory, options);
        REQUIRE(made);
        auto const why = [&](std::string_view query, std::string_view note) {
            wire_request w{std::string(name(made->verb)), std::string(made->target) + std::string(query), {}, {}};
            for (acs::field const& f : made->fields) w.fields.emplace_back(f.name, f.value);
            w.value("x-acs-note") = note;
            refused_answer const answer(gateway_answer(w));
            acs::explanation const e = acs::explain(*made, answer.failure());
            return std::string(name(e.why)) + " " + std::string(name(e.part)) + " " + std::string(e.name);
        };
        INFO(name_of(style));
        CHECK(why("?More=1", "") == "added parameter More");
        CHECK(why("?More=1&Other=2", "") == "added parameter More");
        CHECK(why("", "1") == "extended header x-acs-note");
    }
}

TEST_CASE("What is no parameter, nor a header, is not taken for one", "[explain]") {
    auto const why = [](signature_style style, std::string_view from, std::string_view to) {
        signed_call const call(style, "Another secret altogether");
        std::string message(refused_answer(gateway_answer(call.wire())).failure().service.message);
        edit(message, from, to);
        acs::explanation const e = acs::explain(call.made(), mismatch(message));
        return std::string(name(e.why)) + " " + std::string(name(e.part)) + " " + std::string(e.name);
    };
    // Separators of parameters behind a path.
    CHECK(why(signature_style::acs3, "/c.d\n", "/c.d&x\n") == "path_rewritten path ");
    CHECK(why(signature_style::rpc, "&%2F&", "&%2F%26x&") == "path_rewritten path ");
    CHECK(why(signature_style::roa, "/c.d?", "/c.d&x?") == "path_rewritten path ");
    // What begins a query, where no query follows, or in a parameter.
    CHECK(why(signature_style::acs3, "/c.d\n", "/c.d?x\n") == "path_rewritten path ");
    CHECK(why(signature_style::rpc, "&%2F&", "&%2F?x&") == "path_rewritten path ");
    CHECK(why(signature_style::roa, "Alpha=Aa1", "Alpha=Aa1?x=1") == "extended parameter Alpha");
    CHECK(why(signature_style::roa, "=zz", "=zz?x=1") == "extended parameter Zip");
    // A line in front of a path that is no header's.
    CHECK(why(signature_style::roa, "\n/v1/", "\n\n/v1/") == "path_rewritten path ");
    // A separator that nothing follows.
    CHECK(why(signature_style::acs3, "=zz\n", "=zz&\n") == "added parameter ");
    CHECK(why(signature_style::roa, "=zz", "=zz&") == "added parameter ");
    CHECK(why(signature_style::rpc, "%3Dzz", "%3Dzz%26") == "added parameter ");
}

TEST_CASE("What the service repeats of another signature method says nothing", "[explain]") {
    signed_call const acs3(signature_style::acs3, "Another secret altogether");
    std::string const message(refused_answer(gateway_answer(acs3.wire())).failure().service.message);
    for (signature_style const style : {signature_style::rpc, signature_style::roa}) {
        signed_call const call(style);
        CHECK(name(acs::explain(call.made(), mismatch(message)).why) == "no_echo");
        std::string const plain = "server string to sign is:" + message;
        CHECK(name(acs::explain(acs3.made(), mismatch(plain)).why) == "secret");  // in there, too
        CHECK(name(acs::explain(call.made(), mismatch(plain)).part) == "method");
    }
}

namespace {

/// All of it in a constant expression: undefined behaviour would not compile.
constexpr bool explained_at_compile_time() {
    acs::request_buffer<1024, 16, 16> memory;
    std::array<acs::param, 1> const params{{{"Text", "a b", acs::place::query}}};
    acs::call const any{.action = "DoIt", .version = "1", .params = params};
    auto const made =
        acs::prepare(any, acs::endpoint{.host = "h.example"}, acs::rpc_hmac_sha1({"id", "secret", {}}), vector_moment, memory);
    if (!made) return false;
    std::array<char, 1024> room{};
    acs::span_sink text(room);
    text.write("server string to sign is:");
    acs::write_rpc_string_to_sign("POST", made->params, text);
    acs::failure f{};
    f.origin = acs::origin::service;
    f.service.code = "SignatureDoesNotMatch";
    f.service.message = text.view();
    if (acs::explain(*made, f).why != acs::cause::secret) return false;
    std::size_t const at = text.view().find("a%2520b");
    room[at + 3] = '0';  // %2020b
    acs::explanation const e = acs::explain(*made, f);
    return e.part == acs::text_part::parameter && e.name == "Text" && e.offset == 3;
}

static_assert(explained_at_compile_time());

}  // namespace

TEST_CASE("Explaining allocates nothing", "[explain]") {
    for (method_case const& method : all_methods()) {
        signed_call const call(method.style);
        for (mutation const& m : method.mutations) {
            wire_request w = call.wire();
            m.change(w);
            refused_answer const answer(gateway_answer(w));
            acs::count_sink shown;
            no_allocations watch;
            acs::explanation const e = acs::explain(call.made(), answer.failure(), {.secret = canary_secret});
            acs::write_explanation(e, shown);
            watch.check();
            CHECK(shown.needed() > 100);
        }
    }
}

}  // namespace test_explain_explain
