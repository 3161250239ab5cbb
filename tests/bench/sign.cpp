// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// From a typed operation to a signed request: ours, and strings with OpenSSL as one writes them by hand. Both keep what can be kept from
// call to call: the key made ready, digests fetched, contexts made.
#include <acs/operation/prepare.hpp>
#include <acs/signing/rpc.hpp>
#include <dataworks/sync_task_config.hpp>

#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

#include "bench/require.hpp"

namespace {

using acs_bench::require;

constexpr dataworks::query_di_sync_task_config_process_result operation{
    .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 1234567890};
constexpr acs::endpoint endpoint{.host = "dataworks.cn-hangzhou.aliyuncs.com"};
constexpr acs::credentials key{"LTAI5tExampleExampleEx01", "ExampleSecretExampleSecret0123"};
constexpr acs::moment now{.wall = {1'698'315'752}, .random = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};

// The peer.

struct by_hand {
    std::string target, date, nonce, body_hash, authorization;
};

void append_hex(std::string& out, unsigned char const* bytes, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        out += "0123456789abcdef"[bytes[i] / 16];
        out += "0123456789abcdef"[bytes[i] % 16];
    }
}

void append_encoded(std::string& out, std::string_view text) {
    for (char const c : text) {
        bool const plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        out += '%';
        out += "0123456789ABCDEF"[static_cast<unsigned char>(c) / 16];
        out += "0123456789ABCDEF"[static_cast<unsigned char>(c) % 16];
    }
}

class openssl_digest {
public:
    void append_hash(std::string& out, std::string_view text) {
        std::array<unsigned char, 32> digest{};
        EVP_DigestInit_ex2(context_, digest_, nullptr);
        EVP_DigestUpdate(context_, text.data(), text.size());
        EVP_DigestFinal_ex(context_, digest.data(), nullptr);
        append_hex(out, digest.data(), digest.size());
    }

private:
    EVP_MD* digest_ = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* context_ = EVP_MD_CTX_new();
};

class openssl_hmac {
public:
    openssl_hmac(char const* digest, std::string_view secret) {
        std::string name = digest;
        std::array const params{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0), OSSL_PARAM_construct_end()};
        EVP_MAC_init(context_, reinterpret_cast<unsigned char const*>(secret.data()), secret.size(), params.data());
    }
    std::size_t sign(std::string_view text, std::array<unsigned char, 32>& code) {
        std::size_t size = 0;
        EVP_MAC_init(context_, nullptr, 0, nullptr);  // the key stays
        EVP_MAC_update(context_, reinterpret_cast<unsigned char const*>(text.data()), text.size());
        EVP_MAC_final(context_, code.data(), &size, code.size());
        return size;
    }

private:
    EVP_MAC_CTX* context_ = EVP_MAC_CTX_new(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
};

std::string date_text() {
    std::time_t const seconds = now.wall.seconds;
    std::tm broken{};
    gmtime_r(&seconds, &broken);
    std::array<char, 32> room{};
    return {room.data(), std::strftime(room.data(), room.size(), "%Y-%m-%dT%H:%M:%SZ", &broken)};
}

std::string nonce_text() {
    std::string text;
    append_hex(text, now.random.data(), now.random.size());
    return text;
}

void append_pair(std::string& out, std::string_view name, std::string_view value) {
    if (!out.empty()) out += '&';
    append_encoded(out, name);
    out += '=';
    append_encoded(out, value);
}

std::string operation_query() {
    std::string query;
    append_pair(query, "AsyncProcessId", std::to_string(*operation.async_process_id));
    append_pair(query, "ProjectId", std::to_string(*operation.project_id));
    append_pair(query, "TaskType", operation.task_type);
    return query;
}

by_hand sign_v3(openssl_digest& sha256, openssl_hmac& hmac) {
    by_hand made;
    std::string const query = operation_query();
    made.target = "/?" + query;
    made.date = date_text();
    made.nonce = nonce_text();
    sha256.append_hash(made.body_hash, "");
    std::string const names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
    std::string canonical = "POST\n/\n";
    canonical.reserve(600);
    canonical.append(query).append("\nhost:").append(endpoint.host).append("\nx-acs-action:").append(operation.head.action);
    canonical.append("\nx-acs-content-sha256:").append(made.body_hash).append("\nx-acs-date:").append(made.date);
    canonical.append("\nx-acs-signature-nonce:").append(made.nonce).append("\nx-acs-version:").append(operation.head.version);
    canonical.append("\n\n").append(names).append("\n").append(made.body_hash);
    std::string to_sign = "ACS3-HMAC-SHA256\n";
    sha256.append_hash(to_sign, canonical);
    std::array<unsigned char, 32> code{};
    std::size_t const size = hmac.sign(to_sign, code);
    made.authorization = "ACS3-HMAC-SHA256 Credential=";
    made.authorization.append(key.access_key_id).append(",SignedHeaders=").append(names).append(",Signature=");
    append_hex(made.authorization, code.data(), size);
    return made;
}

by_hand sign_rpc(openssl_hmac& hmac) {
    by_hand made;
    made.date = date_text();
    made.nonce = nonce_text();
    std::string query;
    append_pair(query, "AccessKeyId", key.access_key_id);
    append_pair(query, "Action", operation.head.action);
    append_pair(query, "AsyncProcessId", std::to_string(*operation.async_process_id));
    append_pair(query, "Format", "JSON");
    append_pair(query, "ProjectId", std::to_string(*operation.project_id));
    append_pair(query, "SignatureMethod", "HMAC-SHA1");
    append_pair(query, "SignatureNonce", made.nonce);
    append_pair(query, "SignatureVersion", "1.0");
    append_pair(query, "TaskType", operation.task_type);
    append_pair(query, "Timestamp", made.date);
    append_pair(query, "Version", operation.head.version);
    std::string to_sign = "POST&%2F&";
    append_encoded(to_sign, query);
    std::array<unsigned char, 32> code{};
    std::size_t const size = hmac.sign(to_sign, code);
    std::array<unsigned char, 64> base64{};
    int const written = EVP_EncodeBlock(base64.data(), code.data(), static_cast<int>(size));
    append_pair(query, "Signature", {reinterpret_cast<char const*>(base64.data()), static_cast<std::size_t>(written)});
    made.target = "/?" + query;
    return made;
}

template <class Signer>
void ours(benchmark::State& state, Signer const& signer) {
    acs::request_buffer<> memory;
    for (auto _ : state) {
        auto const made = acs::prepare(operation, endpoint, signer, now, memory);
        benchmark::DoNotOptimize(made);
        benchmark::ClobberMemory();
    }
}

void v3_ours(benchmark::State& state) { ours(state, acs::acs3_hmac_sha256(key)); }

void v3_openssl(benchmark::State& state) {
    openssl_digest sha256;
    openssl_hmac hmac("SHA256", key.access_key_secret);
    by_hand const peer = sign_v3(sha256, hmac);
    acs::request_buffer<> memory;
    auto const made = acs::prepare(operation, endpoint, key, now, memory);
    require(made && made->target == peer.target && acs::find_field(made->fields, "authorization") == peer.authorization, "sign/v3");
    for (auto _ : state) benchmark::DoNotOptimize(sign_v3(sha256, hmac));
}

void rpc_ours(benchmark::State& state) { ours(state, acs::rpc_hmac_sha1(key)); }

void rpc_openssl(benchmark::State& state) {
    openssl_hmac hmac("SHA1", std::string(key.access_key_secret) + "&");
    acs::request_buffer<> memory;
    auto const made = acs::prepare(operation, endpoint, acs::rpc_hmac_sha1(key), now, memory);
    require(made && made->target == sign_rpc(hmac).target, "sign/rpc");
    for (auto _ : state) benchmark::DoNotOptimize(sign_rpc(hmac));
}

[[maybe_unused]] auto const* const rows = [] {
    benchmark::RegisterBenchmark("sign/v3/query-typed/ours", v3_ours);
    benchmark::RegisterBenchmark("sign/v3/query-typed/openssl", v3_openssl);
    benchmark::RegisterBenchmark("sign/rpc/query-typed/ours", rpc_ours);
    return benchmark::RegisterBenchmark("sign/rpc/query-typed/openssl", rpc_openssl);
}();

}  // namespace
