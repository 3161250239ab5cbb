// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// `counted ROW N` runs a row once with something of size N, for bounds.py, which counts the instructions that are executed inside of
// counted_row(). `counted` alone lists the rows: those that must grow no faster than N, and those that must take the same for every N.
#include <acs.hpp>
#include <acs/testing.hpp>
#include <dataworks.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/array_operation.hpp"

namespace {

using query = dataworks::query_di_sync_task_config_process_result;

constexpr acs::credentials key{"testid", "testsecret"};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr acs::moment now{.wall = {1'698'315'752}};

// What the rows are run on.
std::string text, more;
std::vector<std::string> names;
std::vector<acs::param> params;
std::vector<acs::field> fields;
std::vector<std::byte> arrays(1 << 22);
std::vector<char> room(1 << 22);
std::vector<acs::param> param_slots(1 << 14);
std::vector<acs::field> field_slots(1 << 14);
std::optional<acs::testing::received> request;
bool well = true;

void require(bool good) { well = well && good; }

std::string repeated(std::string_view piece, std::size_t n) {
    std::string all;
    for (std::size_t i = 0; i < n; ++i) all += piece;
    return all;
}

/// `piece` n times, with a number in place of each `#`, between the two others.
std::string listed(std::string_view front, std::string_view piece, std::size_t n, std::string_view back) {
    std::string all(front);
    for (std::size_t i = 0; i < n; ++i) {
        if (i != 0) all += ',';
        for (char const c : piece)
            if (c == '#')
                all += std::to_string(i * 7919 % n + 10000);
            else
                all += c;
    }
    return all += back;
}

void name_them(std::string_view prefix, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) names.push_back(std::string(prefix) + std::to_string(i * 7919 % n + 10000));
}

template <class Op>
acs::errc decode(std::uint16_t status) {
    auto const reply = acs::decode<Op>({status, fields, {text.data(), text.size()}}, arrays);
    return reply ? acs::errc::none : reply.error().code;
}
void decode_query() { require(decode<query>(200) == acs::errc::none); }
void decode_arrays() { require(decode<acs_tests::list_things>(200) == acs::errc::none); }
void decode_refusal() { require(decode<query>(400) == acs::errc::service_refused); }
void decode_anything() { static_cast<void>(decode<query>(500)); }
void check_json() {
    std::size_t offset = 0;
    require(acs::check_json(text, offset) == acs::errc::none);
}

/// Measures only: there is no room for a byte.
void flatten() {
    acs::span_list<acs::param> list{{}};
    acs::span_sink nothing{{}};
    require(acs::flatten("K", text, acs::place::form, list, nothing).error().code == acs::errc::no_space);
}

template <class Signer>
void prepare() {
    acs::request_memory const memory{field_slots, param_slots, room};
    acs::call const any{.action = "A", .version = "2020-05-18", .params = params, .body = more, .content_type = "text/plain"};
    acs::call const plain{.action = "A", .version = "2020-05-18", .params = params};
    Signer const signer(key);
    acs::prepare_options const options{.fields = fields};
    require(more.empty() ? acs::prepare(plain, host, signer, now, memory, options).has_value()
                         : acs::prepare(any, host, signer, now, memory, options).has_value());
}
void acs3() { prepare<acs::acs3_hmac_sha256>(); }
void rpc() { prepare<acs::rpc_hmac_sha1>(); }

void explain() {
    acs::request_memory const memory{field_slots, param_slots, room};
    acs::acs3_hmac_sha256 const signer(key);
    auto const made = acs::prepare(acs::call{"A", "2020-05-18", params}, host, signer, now, memory);
    auto const reply = acs::decode<query>({400, {}, {text.data(), text.size()}});
    if (!made || reply) return require(false);
    std::string out;
    acs::testing::string_sink sink(out);
    acs::write_explanation(acs::explain(*made, reply.error()), sink);
}

void verify() { static_cast<void>(acs::testing::verify_acs3(*request, *acs::testing::parse_authorization(more), key.access_key_secret)); }
void show() { require(acs::without_secrets(text).size() == text.size()); }
void record() {
    acs::testing::recorded_exchange x{};
    x.request.target = "/?AccessKeyId=abcd";
    x.answer.body = text;
    acs::testing::scrubber::scrub(x);
    require(x.answer.body.size() == text.size() / 4 * acs::testing::hidden.size());
}
void compare() { require(!acs::equal_constant_time(text, more)); }

void many_params(std::size_t n) {
    name_them("Name.", n);
    for (std::string const& name : names) params.push_back({name, "a value / of its own", acs::place::query});
}
void many_form_params(std::size_t n) {
    many_params(n);
    for (acs::param& p : params) p.in = acs::place::form;
}
void many_fields(std::size_t n) {
    name_them("x-acs-", n);
    for (std::string const& name : names) fields.push_back({name, "value"});
}

/// A request that was refused, whose echo in the answer is of what was sent.
void echoed(std::size_t n) {
    many_params(n);
    std::string canonical = "POST\\n/\\n" + repeated("Name.1=a%20value&", n);
    text = R"({"Code":"SignatureDoesNotMatch","RequestId":"r","Message":"Specified signature does not match our calculation. )"
           R"(server StringToSign is [ACS3-HMAC-SHA256\n00] server CanonicalRequest is [)" +
           canonical + "]\"}";
}

/// A request whose signature is right, but for the character at n: none at 64.
void signed_but_for(std::size_t n) {
    acs::request_memory const memory{field_slots, param_slots, room};
    auto const made = acs::prepare(acs::call{"A", "2020-05-18"}, host, acs::acs3_hmac_sha256(key), now, memory);
    if (!made) return require(false);
    request = acs::testing::receive("POST", made->target, made->fields, "");
    more = acs::find_field(made->fields, "authorization");
    more[more.size() - 64 + n] ^= 1;
}
void differ_at(std::size_t n) {
    text = more = std::string(64, 'a');
    more[n] = 'b';
}

struct row {
    std::string_view name;
    std::size_t size;  // from which on it is doubled; 0: every N below 64 takes the same
    void (*prepare)(std::size_t n);
    void (*run)();
};

row const rows[] = {
    {"members", 500, [](std::size_t n) { text = listed("{", R"("k#":"v")", n, R"(,"Success":true})"); }, decode_query},
    {"the same member", 500, [](std::size_t n) { text = listed("{", R"("RequestId":"v","Data":{"Status":"s"})", n, "}"); }, decode_query},
    {"depth", 250, [](std::size_t n) { text = R"({"x":)" + repeated("[", n) + repeated("]", n) + "}"; }, decode_query},
    {"depth of objects", 250, [](std::size_t n) { text = repeated(R"({"x":)", n) + "1" + repeated("}", n); }, decode_query},
    {"escapes", 2000,
     [](std::size_t n) { text = R"({"Data":{"TaskContent":")" + repeated(R"(\"\u00e9\ud83d\ude00)", n) + "\"}}"; }, decode_query},
    {"body", 100'000, [](std::size_t n) { text = R"({"Data":{"TaskContent":")" + repeated("x", n) + "\"}}"; }, decode_query},
    {"digits", 2000, [](std::size_t n) { text = R"({"x":)" + repeated("7", n) + "}"; }, check_json},
    {"a name over many values", 1000,
     [](std::size_t n) { text = "{\"" + repeated(R"(\n)", n) + listed("\":[", "1", n, "]}"); }, flatten},
    {"elements", 300,
     [](std::size_t n) {
         text = listed(R"({"Paging":{"Items":[)", R"({"Id":#,"Name":"n","Tags":[{"Key":"k","On":true}],"Labels":["a","b"]})", n, "]}}");
     },
     decode_arrays},
    {"elements in elements", 300,
     [](std::size_t n) { text = listed(R"({"Deep":[[[)", R"(["a","b"])", n, "]]]}"); }, decode_arrays},
    {"decimals", 300, [](std::size_t n) { text = R"({"Ratio":0.)" + repeated("12345678", n) + "e-7}"; }, decode_arrays},
    {"a refusal's message", 20'000,
     [](std::size_t n) { text = R"({"Code":"X","RequestId":"r","Message":")" + repeated("m", n) + "\"}"; }, decode_refusal},
    {"labels of echoes", 500,
     [](std::size_t n) { text = R"({"Code":"X","Message":")" + repeated("server string to sign is:StringToSign is [", n) + "\"}"; },
     decode_refusal},
    {"xml", 1000, [](std::size_t n) { text = "<Error>" + repeated("<a>&lt;</a><!-- -->", n) + "<Code>X</Code></Error>"; }, decode_anything},
    {"xml that opens only", 1000, [](std::size_t n) { text = repeated("<a>", n); }, decode_anything},
    {"xml of comments", 1000, [](std::size_t n) { text = "<Error>" + repeated("<!--", n); }, decode_anything},
    {"html", 1000, [](std::size_t n) { text = "<html>" + repeated("<p>x</p>", n); }, decode_anything},
    {"header fields", 500, [](std::size_t n) { many_fields(n), text = R"({"Code":"X"})"; }, decode_refusal},
    {"parameters", 500, many_params, acs3},
    {"parameters in a form", 500, many_form_params, acs3},
    {"parameters, RPC", 500, many_params, rpc},
    {"headers", 500, many_fields, acs3},
    {"a value to encode", 20'000, [](std::size_t n) { text = repeated("\xe4\xb8\xad /", n), params.push_back({"P", text}); }, acs3},
    {"a body to hash", 200'000, [](std::size_t n) { more = repeated("b", n); }, acs3},
    {"an echo to explain", 300, echoed, explain},
    {"names of secrets", 2000, [](std::size_t n) { text = repeated("x-acs-signature \"", n); }, show},
    {"a secret in what is recorded", 5000, [](std::size_t n) { text = repeated("abcd", n); }, record},
    {"compare", 0, differ_at, compare},
    {"verify", 0, signed_but_for, verify},
};

}  // namespace

/// What is counted is executed in here. By its plain name bounds.py finds it.
extern "C" __attribute__((noinline)) void counted_row(void (*run)()) {
    run();
    __asm__ volatile("" ::: "memory");
}

int main(int argc, char** argv) {
    for (row const& one : rows) {
        if (argc < 3) std::printf("%zu %s\n", one.size, std::string(one.name).c_str());
        if (argc < 3 || one.name != argv[1]) continue;
        one.prepare(std::strtoul(argv[2], nullptr, 10));
        counted_row(one.run);
        return well ? 0 : 1;
    }
    return argc < 3 ? 0 : 2;
}
