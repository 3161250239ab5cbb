// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Runs vectors (section 9 of the protocol) against the library.
#ifndef ACS_TESTS_CONFORMANCE_VECTORS_HPP
#define ACS_TESTS_CONFORMANCE_VECTORS_HPP

#include <acs.hpp>
#include <acs/testing/conformance/report.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conformance/document.hpp"
#ifndef ACS_TESTS_WITHOUT_OPENSSL  // of a machine that tests/matrix builds for, which has no OpenSSL
#include "support/rsa.hpp"
#endif

namespace conformance {

using acs::conformance::report;

/// A sink that appends to a string.
struct text_sink {
    std::string text{};
    void write(std::string_view piece) noexcept { text += piece; }
};

template <class Write>
std::string written(Write write) {
    text_sink out;
    write(out);
    return out.text;
}

inline std::vector<acs::param> params_of(pairs const& list, acs::place in = acs::place::query) {
    std::vector<acs::param> params;
    for (auto const& [name, value] : list) params.push_back({name, value, in});
    return params;
}

inline std::vector<acs::field> fields_of(pairs const& list) {
    std::vector<acs::field> fields;
    for (auto const& [name, value] : list) fields.push_back({name, value});
    return fields;
}

/// One case, and what its kind needs of it.
class vector_case {
public:
    vector_case(std::string_view source, report& out) : source_(source), out_(&out) {}

    void run() {
#ifdef ACS_TESTS_WITHOUT_OPENSSL
        if (text_at(source_, "input.algorithm") == "ACS3-RSA-SHA256") return;  // nothing to sign with
#endif
        out_->begin(text("id"));
        std::string const kind = text("kind");
        struct entry {
            std::string_view kind;
            std::string_view inputs;  // every member that the kind may have
            void (vector_case::*run)();
        };
        constexpr std::array<entry, 8> kinds{{
            {"rpc-v1", "method query form access_key_secret params", &vector_case::rpc},
            {"acs3", "algorithm method path query headers body payload_hash access_key_id access_key_secret params", &vector_case::acs3},
            {"roa-v1", "method path query headers body access_key_id access_key_secret", &vector_case::roa},
            {"unsigned", "method path query host action version date nonce body style bearer_token", &vector_case::without_signature},
            {"flatten", "params", &vector_case::flatten},
            {"flat-style", "value", &vector_case::flat_style},
            {"pct", "text", &vector_case::pct},
            {"hash", "function key_base64 body", &vector_case::hash},
        }};
        bool known = false;
        for (entry const& e : kinds)
            if (e.kind == kind) {
                known = true;
                if (inputs_are(e.inputs)) (this->*e.run)();
            }
        if (!known) out_->fail("kind", "unknown: " + kind);
        out_->end();
    }

private:
    [[nodiscard]] std::string text(std::string_view path) const { return text_at(source_, path).value_or(""); }

    bool inputs_are(std::string_view allowed) {
        std::string const words = " " + std::string(allowed) + " ";
        for (auto const& [name, value] : children(at(source_, "input").text))
            if (words.find(" " + name + " ") == std::string::npos) {
                out_->fail("input", "unknown member: " + name);
                return false;
            }
        return true;
    }

    /// Compares, if the case expects that member.
    void expect(std::string_view member, std::string_view got) {
        std::string const path = "expect." + std::string(member);
        if (at(source_, path).kind == acs::json_kind::end) return;
        auto const expected = text_at(source_, path);
        if (!expected) return out_->fail(member, "the vector expects no text");
        ++compared_;
        out_->equal(member, *expected, got);
    }

    void refuse(std::string_view stage, acs::failure const& f) { out_->fail(stage, acs::message(f.code)); }

    void expect_some() {
        if (compared_ == 0) out_->fail("expect", "nothing to compare");
    }

    void rpc() {
        pairs const query = pairs_at(source_, "input.query");
        pairs const form = pairs_at(source_, "input.form");
        std::vector<acs::param> params = params_of(query);
        for (acs::param const& p : params_of(form, acs::place::form)) params.push_back(p);
        acs::sort_params(params);
        std::vector<acs::param> all = params;
        for (acs::param& p : all) p.in = acs::place::query;
        std::string const secret = text("input.access_key_secret");
        std::string const verb = text("input.method");
        expect("canonicalized_query", written([&](auto& out) { acs::write_canonical_query(all, out); }));
        expect("string_to_sign", written([&](auto& out) { acs::write_rpc_string_to_sign(verb, params, out); }));
        expect("signature", acs::rpc_hmac_sha1(acs::credentials{"id", secret}).sign(verb, params).view());
        expect_some();
    }

    void acs3() {
        std::string const algorithm = text("input.algorithm");
        std::string const secret = text("input.access_key_secret");
        if (algorithm == acs::acs3_hmac_sha256::algorithm)
            acs3_with(acs::hmac_mac<acs::sha256>(secret));
        else if (algorithm == acs::acs3_hmac_sm3::algorithm)
            acs3_with(acs::hmac_mac<acs::sm3>(secret));
#ifndef ACS_TESTS_WITHOUT_OPENSSL
        else if (algorithm == acs_tests::rsa_key::algorithm)
            acs3_with(acs_tests::rsa_key(secret));
#endif
        else
            out_->fail("algorithm", "unknown: " + algorithm);
    }

    template <acs::mac M>
    void acs3_with(M const& key) {
        using hasher = typename M::hasher;
        std::string const id = text("input.access_key_id");
        std::string const verb = text("input.method");
        std::string const path = text("input.path");
        std::string const body = body_at(source_, "input.body").value_or("");
        std::string const hashed = written([&](auto& out) { acs::hex_encode(acs::hash<hasher>(body), out); });
        std::string const payload_hash = text_at(source_, "input.payload_hash").value_or(hashed);
        pairs const query = pairs_at(source_, "input.query");
        pairs const headers = pairs_at(source_, "input.headers");
        std::vector<acs::param> params = params_of(query);
        acs::sort_params(params);
        std::vector<acs::field> const fields = fields_of(headers);
        std::vector<acs::field> room(fields.size());
        acs::signed_parts const parts{verb, path, params, acs::select_signed_fields(fields, room), payload_hash};

        std::string const canonical = written([&](auto& out) { acs::write_canonical_request(parts, out); });
        std::string const names = written([&](auto& out) { acs::write_signed_names(parts.fields, out); });
        auto const signature = acs::acs3<M>(id, key).sign(parts);
        expect("payload_hash", hashed);
        expect("canonical_request", canonical);
        expect("hashed_canonical_request", written([&](auto& out) { acs::hex_encode(acs::hash<hasher>(canonical), out); }));
        expect("signed_headers", names);
        expect("string_to_sign", written([&](auto& out) { acs::write_acs3_string_to_sign<hasher>(M::algorithm, parts, out); }));
        expect("signature", signature.view());
        expect("authorization", std::string(M::algorithm) + " Credential=" + id + ",SignedHeaders=" + names + ",Signature=" +
                                    std::string(signature.view()));
        expect_some();
    }

    void roa() {
        std::string const id = text("input.access_key_id");
        std::string const secret = text("input.access_key_secret");
        std::string const verb = text("input.method");
        std::string const path = text("input.path");
        pairs const query = pairs_at(source_, "input.query");
        pairs const headers = pairs_at(source_, "input.headers");
        std::vector<acs::param> params = params_of(query);
        acs::sort_params(params);
        std::vector<acs::field> fields = fields_of(headers);
        acs::sort_in_place(std::span(fields));
        acs::signed_parts const parts{verb, path, params, fields, {}};
        auto const signature = acs::roa_hmac_sha1(acs::credentials{id, secret}).sign(parts);
        expect("string_to_sign", written([&](auto& out) { acs::write_roa_string_to_sign(parts, out); }));
        expect("signature", signature.view());
        expect("authorization", "acs " + id + ":" + std::string(signature.view()));
        expect_some();
    }

    void without_signature() {
        acs::moment now{};
        auto const date = acs::parse_iso8601(text("input.date"));
        if (!date || !acs::hex_decode(text("input.nonce"), now.random)) return out_->fail("input", "date or nonce is not well-formed");
        now.wall = *date;
        std::string const action = text("input.action"), version = text("input.version"), path = text("input.path"),
                          host = text("input.host");
        auto const body = body_at(source_, "input.body");
        pairs const query = pairs_at(source_, "input.query");
        std::vector<acs::param> const params = params_of(query);
        acs::call call{action, version, params};
        call.style = text("input.style") == "ROA" ? acs::api_style::roa : acs::api_style::rpc;
        call.path = path;
        call.verb = text("input.method") == "GET" ? acs::method::get : acs::method::post;
        if (body) call.body = *body;
        auto const token = text_at(source_, "input.bearer_token");
        std::array<char, 8192> room{};
        acs::request_buffer<0, 32, 64> lists;
        acs::request_memory memory = lists;
        memory.text = room;
        acs::prepare_options const options{.user_agent = {}};
        auto const made = token ? acs::prepare(call, {.host = host}, acs::bearer_token{*token}, now, memory, options)
                                : acs::prepare(call, {.host = host}, acs::anonymous{}, now, memory, options);
        if (!made) return refuse("prepare", made.error());

        std::vector<acs::field> fields(made->fields.begin(), made->fields.end());
        acs::sort_in_place(std::span(fields));
        pairs headers;
        for (acs::field const& f : fields) headers.emplace_back(f.name, f.value);
        pairs sent;
        for (acs::param const& p : made->params) sent.emplace_back(p.name, p.value);
        out_->equal("headers", shown(pairs_at(source_, "expect.headers")), shown(headers));
        out_->equal("query", shown(pairs_at(source_, "expect.query")), shown(sent));
        if (at(source_, "expect.authorization").kind != acs::json_kind::null)
            out_->fail("authorization", "a null was expected of the vector");
    }

    static std::string shown(pairs const& list) {
        std::string all;
        for (auto const& [name, value] : list) all += name + "=" + value + "\n";
        return all;
    }

    void flatten() {
        std::vector<acs::param> room(4096);
        std::vector<char> text_room(1 << 20);
        acs::span_list<acs::param> params{std::span(room)};
        acs::span_sink text{std::span(text_room)};
        std::string_view const json = at(source_, "input.params").text;
        if (auto const done = acs::flatten({}, json, acs::place::query, params, text); !done) return refuse("flatten", done.error());
        acs::sort_params(params.items());
        pairs flat;
        for (acs::param const& p : params.items()) flat.emplace_back(p.name, p.value);
        out_->equal("flat", shown(pairs_at(source_, "expect.flat")), shown(flat));
    }

    /// Both sides without white space, and with each text written in one way.
    static std::string compact(std::string_view json) {
        return written([&](auto& out) {
            acs::json_writer writer(out);
            acs::json_reader reader(json);
            for (acs::json_token token; reader.next(token) == acs::errc::none && token.kind != acs::json_kind::end;) switch (token.kind) {
                    case acs::json_kind::object_begin: writer.begin_object(); break;
                    case acs::json_kind::object_end: writer.end_object(); break;
                    case acs::json_kind::array_begin: writer.begin_array(); break;
                    case acs::json_kind::array_end: writer.end_array(); break;
                    case acs::json_kind::name: writer.name(unescaped(token)); break;
                    case acs::json_kind::string: writer.string(unescaped(token)); break;
                    default: writer.raw(token.text); break;
                }
        });
    }

    /// The source of the value at a path, with the quotes of a text.
    [[nodiscard]] std::string_view source_at(std::string_view path) const {
        acs::json_token const token = at(source_, path);
        return token.kind == acs::json_kind::string ? std::string_view(token.text.data() - 1, token.text.size() + 2) : token.text;
    }

    void flat_style() {
        text_sink out;
        if (auto const done = acs::write_flat_style(source_at("input.value"), out); !done) return refuse("flat-style", done.error());
        out_->equal("value", compact(source_at("expect.value")), compact(out.text));
    }

    void pct() {
        std::string const plain = text("input.text");
        expect("encoded", written([&](auto& out) { acs::percent_encode(plain, out); }));
        expect_some();
    }

    void hash() {
        std::string const function = text("input.function");
        std::string const key = from_base64(text("input.key_base64"));
        std::string const body = body_at(source_, "input.body").value_or("");
        auto const hex = [&](auto const& digest) { expect("hex", written([&](auto& out) { acs::hex_encode(digest, out); })); };
        if (function == "sha256") return hex(acs::hash<acs::sha256>(body)), expect_some();
        if (function == "sm3") return hex(acs::hash<acs::sm3>(body)), expect_some();
        if (function == "hmac-sha1") return hex(acs::hmac_digest<acs::sha1>(key, body)), expect_some();
        if (function == "hmac-sha256") return hex(acs::hmac_digest<acs::sha256>(key, body)), expect_some();
        if (function == "hmac-sm3") return hex(acs::hmac_digest<acs::sm3>(key, body)), expect_some();
        out_->fail("function", "unknown: " + function);
    }

    std::string_view source_;
    report* out_;
    int compared_{};
};

/// Runs a file: an array of cases, or one case a line.
inline void run_vectors(std::string_view file, std::string_view text, report& out) {
    auto const refuse = [&](std::string_view why) {
        out.begin(file);
        out.fail("file", why);
        out.end();
    };
    std::string_view const trimmed = acs::trim(text);
    std::size_t offset = 0;
    if (!trimmed.empty() && trimmed.front() == '[') {
        if (acs::errc const code = acs::check_json(text, offset); code != acs::errc::none)
            return refuse(std::string(acs::message(code)) + ", at byte " + std::to_string(offset));
        for (auto const& [index, source] : children(text)) vector_case(source, out).run();
        return;
    }
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = text.find('\n', begin) < text.size() ? text.find('\n', begin) : text.size();
        std::string_view const line = acs::trim(text.substr(begin, end - begin));
        if (!line.empty()) {
            if (acs::errc const code = acs::check_json(line, offset); code != acs::errc::none)
                return refuse(std::string(acs::message(code)) + ", at byte " + std::to_string(begin + offset));
            vector_case(line, out).run();
        }
        begin = end + 1;
    }
}

}  // namespace conformance

#endif
