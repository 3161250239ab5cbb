// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Random requests, signed by the library and by a second implementation that shares nothing with it.
#include <acs/operation/prepare.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/reference_signing.hpp"
#include "support/string_sink.hpp"

namespace test_signing_differential {

namespace reference = acs_tests::reference;

namespace {

class generator {
public:
    explicit generator(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }
    bool coin() { return below(2) == 0; }

    /// Any bytes.
    std::string bytes(std::size_t most) {
        std::string text(below(most + 1), '\0');
        for (char& c : text) c = static_cast<char>(coin() ? "az09-_.~ +*%/&=?#:"[below(18)] : static_cast<char>(below(256)));
        return text;
    }
    /// Bytes that may stand in a header.
    std::string header(std::size_t most) {
        std::string text = bytes(most);
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, '\t');
        return text;
    }
    std::string filled(std::string text) { return text.empty() ? "x" : text; }
    std::string letters(std::size_t most) {
        std::string text(1 + below(most), ' ');
        for (char& c : text) c = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"[below(64)];
        return text;
    }

private:
    std::mt19937 random_;
};

/// A random request as its maker says it, before anyone encodes or orders it.
struct request_parts {
    std::string action, version, host, id, secret, token, path = "/", body, content_type;
    bool has_body{};
    acs::method verb{};
    acs::api_style style{};
    reference::pairs query, form;
    reference::headers extra;
    acs::moment now;
    std::string date, http_date, nonce;

    explicit request_parts(generator& g, acs::api_style in_style) : style(in_style) {
        std::array const verbs{acs::method::get, acs::method::post, acs::method::put, acs::method::patch, acs::method::delete_};
        verb = verbs[g.below(verbs.size())];
        action = g.letters(20);
        version = g.filled(g.header(10));
        host = g.coin() ? "dataworks.cn-shanghai.aliyuncs.com" : "localhost:8080";
        id = g.filled(g.header(20));
        secret = g.filled(g.bytes(100));
        if (g.coin()) token = g.filled(g.header(60));
        if (style == acs::api_style::roa) {
            path += g.header(30);
            std::replace_if(
                path.begin(), path.end(), [](char c) { return c == '?' || c == '#'; }, '%');
        }
        std::set<std::string> names;
        for (std::size_t n = g.below(8); n != 0; --n) names.insert(g.filled(g.bytes(12)));
        has_body = style == acs::api_style::roa && verb != acs::method::get && g.coin();
        for (std::string const& name : names)
            (g.coin() || verb == acs::method::get || has_body ? query : form).emplace_back(name, g.bytes(40));
        if (has_body) {
            body = g.bytes(300);
            content_type = g.header(20);
        }
        for (std::size_t n = g.below(3); n != 0; --n) extra["x-acs-test-" + std::to_string(n)] = g.header(20);
        if (g.coin()) extra["x-trace"] = g.header(10);

        for (std::uint8_t& byte : now.random) byte = static_cast<std::uint8_t>(g.below(256));
        nonce = reference::hex({reinterpret_cast<char const*>(now.random.data()), now.random.size()});
        std::time_t const seconds = static_cast<std::time_t>(g.below(0x7FFF'FFFF)) * 64;
        now.wall.seconds = seconds;
        std::tm broken{};
        gmtime_r(&seconds, &broken);
        std::array<char, 40> room{};
        date.assign(room.data(), std::strftime(room.data(), room.size(), "%Y-%m-%dT%H:%M:%SZ", &broken));
        http_date.assign(room.data(), std::strftime(room.data(), room.size(), "%a, %d %b %Y %H:%M:%S GMT", &broken));
    }
};

/// What is on the wire.
struct wire {
    std::string target, body;
    reference::headers fields;
};

template <class Signer>
wire prepared(request_parts const& p, Signer const& signer) {
    std::vector<acs::param> params;
    for (auto const& [name, value] : p.form) params.push_back({name, value, acs::place::form});
    for (auto const& [name, value] : p.query) params.push_back({name, value});
    std::vector<acs::field> extra;
    for (auto const& [name, value] : p.extra) extra.push_back({name, value});
    acs::call any{p.action, p.version, params, p.verb, p.style, p.path};
    if (p.has_body) {
        any.body = p.body;
        any.content_type = p.content_type;
    }
    acs::request_buffer<8192, 24, 24> memory;
    auto const made = acs::prepare(any, {.host = p.host}, signer, p.now, memory, {.fields = extra, .user_agent = {}});
    REQUIRE(made);
    CHECK(made->verb == p.verb);
    CHECK(made->host == p.host);
    wire w{std::string(made->target), acs_tests::written([&](auto& out) { made->body.write_to(out); }), {}};
    for (acs::field const& f : made->fields) CHECK(w.fields.emplace(f.name, f.value).second);
    return w;
}

/// The headers of ACS3 without authorization, and the body.
wire expected_acs3(request_parts const& p, EVP_MD const* md) {
    wire w;
    w.target = reference::pct_path(p.path) + (p.query.empty() ? "" : "?" + reference::joined(p.query));
    w.body = p.has_body ? p.body : reference::joined(p.form);
    w.fields = p.extra;
    w.fields["host"] = p.host;
    w.fields["accept"] = "application/json";
    w.fields["x-acs-action"] = p.action;
    w.fields["x-acs-version"] = p.version;
    w.fields["x-acs-date"] = p.date;
    w.fields["x-acs-signature-nonce"] = p.nonce;
    w.fields["x-acs-content-sha256"] = reference::hex(reference::digest(md, w.body));
    if (!p.form.empty()) w.fields["content-type"] = "application/x-www-form-urlencoded";
    if (!p.content_type.empty()) w.fields["content-type"] = p.content_type;
    if (!p.token.empty()) {
        w.fields["x-acs-accesskey-id"] = p.id;
        w.fields["x-acs-security-token"] = p.token;
    }
    return w;
}

void check_equal(wire const& made, wire const& expected) {
    CHECK(made.target == expected.target);
    CHECK(made.body == expected.body);
    CHECK(made.fields == expected.fields);
}

}  // namespace

TEST_CASE("random ACS3 requests are those of a second implementation", "[signing]") {
    generator g(3);
    for (int round = 0; round < 400; ++round) {
        request_parts const p(g, round % 2 == 0 ? acs::api_style::rpc : acs::api_style::roa);
        bool const sm3 = round % 4 >= 2;
        EVP_MD const* const md = sm3 ? EVP_sm3() : EVP_sha256();
        acs::credentials const who{p.id, p.secret, p.token};
        wire expected = expected_acs3(p, md);
        expected.fields["authorization"] = reference::acs3_authorization(
            sm3 ? "ACS3-HMAC-SM3" : "ACS3-HMAC-SHA256", md, [&](std::string const& text) { return reference::hmac(md, p.secret, text); },
            p.id, std::string(acs::name(p.verb)), p.path, p.query, expected.fields, expected.body);
        INFO("round " << round);
        check_equal(sm3 ? prepared(p, acs::acs3_hmac_sm3(who)) : prepared(p, acs::acs3_hmac_sha256(who)), expected);
    }
}

TEST_CASE("random RPC 1.0 requests are those of a second implementation", "[signing]") {
    generator g(1);
    for (int round = 0; round < 400; ++round) {
        request_parts const p(g, acs::api_style::rpc);
        wire expected;
        expected.fields = p.extra;
        expected.fields["host"] = p.host;
        expected.fields["accept"] = "application/json";
        if (!p.form.empty()) expected.fields["content-type"] = "application/x-www-form-urlencoded";
        expected.body = reference::joined(p.form);
        reference::pairs query = p.query;
        query.insert(query.end(), {{"AccessKeyId", p.id},
                                   {"Action", p.action},
                                   {"Format", "JSON"},
                                   {"SignatureMethod", "HMAC-SHA1"},
                                   {"SignatureNonce", p.nonce},
                                   {"SignatureVersion", "1.0"},
                                   {"Timestamp", p.date},
                                   {"Version", p.version}});
        if (!p.token.empty()) query.emplace_back("SecurityToken", p.token);
        reference::pairs all = query;
        all.insert(all.end(), p.form.begin(), p.form.end());
        std::string const signature = reference::rpc_signature(p.secret, std::string(acs::name(p.verb)), all);
        expected.target = "/?" + reference::joined(query) + "&Signature=" + reference::pct(signature);
        INFO("round " << round);
        check_equal(prepared(p, acs::rpc_hmac_sha1({p.id, p.secret, p.token})), expected);
    }
}

TEST_CASE("random ROA 1.0 requests are those of a second implementation", "[signing]") {
    generator g(2);
    for (int round = 0; round < 400; ++round) {
        request_parts const p(g, acs::api_style::roa);
        wire expected = expected_acs3(p, EVP_sha256());
        expected.fields.erase("x-acs-content-sha256");
        expected.fields.erase("x-acs-date");
        expected.fields["date"] = p.http_date;
        expected.fields["x-acs-signature-method"] = "HMAC-SHA1";
        expected.fields["x-acs-signature-version"] = "1.0";
        expected.fields["authorization"] =
            reference::roa_authorization(p.id, p.secret, std::string(acs::name(p.verb)), p.path, p.query, expected.fields);
        INFO("round " << round << " " << p.http_date);
        check_equal(prepared(p, acs::roa_hmac_sha1({p.id, p.secret, p.token})), expected);
    }
}

}  // namespace test_signing_differential
