// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The query of the main job signed by code that knows it: which parameters and headers there are, in what order, and what each name becomes
// where it is encoded. Nothing is checked, there is room for everything, and no other request can be made so. It hashes and copies with the
// library's own functions: what it takes beyond the limit is what writing these texts costs, what ours takes beyond that is generality.
#ifndef ACS_TESTS_BENCH_STRAIGHT_LINE_HPP
#define ACS_TESTS_BENCH_STRAIGHT_LINE_HPP

#include <acs/core/copy.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/base64.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/operation/prepare.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "bench/sign_cases.hpp"

namespace acs_bench {

/// Writes texts in a row, at best with their sizes known to the compiler.
class pen {
public:
    explicit pen(char* at) : at_(at) {}

    template <std::size_t Size>
    [[gnu::always_inline]] pen& constant(char const (&text)[Size]) {
        return sized<Size - 1>(text);
    }
    template <std::size_t Size>
    [[gnu::always_inline]] pen& sized(char const* text) {
        __builtin_memcpy(at_, text, Size);
        at_ += Size;
        return *this;
    }
    [[gnu::always_inline]] pen& text(std::string_view text) {
        acs::copy_text(text, at_);
        at_ += text.size();
        return *this;
    }
    [[nodiscard]] char* at() const { return at_; }

private:
    char* at_;
};

/// A number's digits.
class digits_of {
public:
    explicit digits_of(std::int64_t value) : size_(acs::count_digits(static_cast<std::uint64_t>(value))) {
        acs::put_digits(static_cast<std::uint64_t>(value), room_.data() + size_);
    }
    [[nodiscard]] std::string_view view() const { return {room_.data(), size_}; }

private:
    std::array<char, 20> room_;
    std::size_t size_;
};

using straight_line_query = dataworks::query_di_sync_task_config_process_result;

/// What is written; the views are of the texts, and of whoever calls.
struct straight_line_message {
    std::array<char, 1024> text;
    std::array<char, 1024> to_sign;
    std::string_view target;
    std::array<acs::field, 9> fields;
};

/// The constants of ACS3 (protocol 2.2, 2.6).
#define ACS_BENCH_NAMES "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
#define ACS_BENCH_EMPTY_HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

[[gnu::noinline]] inline void sign_straight_line(acs::hmac_key<acs::sha256> const& ready, straight_line_query const& op,
                                                 acs::endpoint const& to, std::string_view key_id, acs::moment const& now,
                                                 straight_line_message& out) {
    digits_of const process(*op.async_process_id), project(*op.project_id);
    pen text(out.text.data());
    text.constant("/?AsyncProcessId=").text(process.view()).constant("&ProjectId=").text(project.view());
    text.constant("&TaskType=").text(op.task_type);
    out.target = {out.text.data(), static_cast<std::size_t>(text.at() - out.text.data())};

    pen canonical(out.to_sign.data());
    canonical.constant("POST\n/\n").text(acs::skip(out.target, 2)).constant("\nhost:").text(to.host);
    canonical.constant("\nx-acs-action:QueryDISyncTaskConfigProcessResult\nx-acs-content-sha256:" ACS_BENCH_EMPTY_HASH "\nx-acs-date:");
    constexpr std::size_t early = 192;  // bytes that are there already: the CPU hashes them while it writes the rest
    acs::sha256 hash;
    hash.update({out.to_sign.data(), early});
    char* const date = canonical.at();
    acs::calendar::put_iso8601(now.wall, date);
    canonical = pen(date + 20);
    canonical.constant("\nx-acs-signature-nonce:");
    char* const nonce = canonical.at();
    acs::put_hex(now.random, nonce);
    canonical = pen(nonce + 32);
    canonical.constant("\nx-acs-version:2020-05-18\n\n" ACS_BENCH_NAMES "\n" ACS_BENCH_EMPTY_HASH);
    char* const rest = out.to_sign.data() + early;
    acs::sha256::digest const digest = hash.finish(rest, static_cast<std::size_t>(canonical.at() - rest));

    std::array<char, 81 + acs::padding_room<acs::hmac<acs::sha256>>> to_sign;
    pen(to_sign.data()).constant("ACS3-HMAC-SHA256");
    acs::put_hex_behind('\n', digest, to_sign.data() + 16);

    char const* const hash_text = text.at();
    text.constant(ACS_BENCH_EMPTY_HASH).sized<20>(date).sized<32>(nonce);
    char const* const authorization = text.at();
    text.constant("ACS3-HMAC-SHA256 Credential=").text(key_id);
    text.constant(",SignedHeaders=" ACS_BENCH_NAMES ",Signature=");
    out.fields = {{{"host", to.host},
                   {"x-acs-action", "QueryDISyncTaskConfigProcessResult"},
                   {"x-acs-content-sha256", {hash_text, 64}},
                   {"x-acs-date", {hash_text + 64, 20}},
                   {"x-acs-signature-nonce", {hash_text + 84, 32}},
                   {"x-acs-version", "2020-05-18"},
                   {"accept", "application/json"},
                   {"authorization", {authorization, static_cast<std::size_t>(text.at() - authorization) + 64}},
                   {"user-agent", acs::default_user_agent}}};
    acs::hmac<acs::sha256> code(ready);
    acs::put_hex(code.finish(to_sign.data(), 81), text.at());
}

#undef ACS_BENCH_NAMES
#undef ACS_BENCH_EMPTY_HASH

/// The same by RPC 1.0 (protocol 1.3): what is signed is the query once more, encoded once more.
[[gnu::noinline]] inline void sign_straight_line(acs::hmac_key<acs::sha1> const& ready, straight_line_query const& op,
                                                 acs::endpoint const& to, std::string_view key_id, acs::moment const& now,
                                                 straight_line_message& out) {
    digits_of const process(*op.async_process_id), project(*op.project_id);
    std::array<char, 20> date;
    acs::calendar::put_iso8601(now.wall, date.data());
    std::array<char, 32> nonce;
    acs::put_hex(now.random, nonce.data());

    pen text(out.text.data());
    text.constant("/?AccessKeyId=").text(key_id).constant("&Action=QueryDISyncTaskConfigProcessResult&AsyncProcessId=");
    text.text(process.view()).constant("&Format=JSON&ProjectId=").text(project.view());
    text.constant("&SignatureMethod=HMAC-SHA1&SignatureNonce=").sized<32>(nonce.data());
    text.constant("&SignatureVersion=1.0&TaskType=").text(op.task_type).constant("&Timestamp=").sized<13>(date.data());
    text.constant("%3A").sized<2>(date.data() + 14).constant("%3A").sized<3>(date.data() + 17).constant("&Version=2020-05-18");

    pen to_sign(out.to_sign.data());
    to_sign.constant("POST&%2F&AccessKeyId%3D").text(key_id);
    to_sign.constant("%26Action%3DQueryDISyncTaskConfigProcessResult%26AsyncProcessId%3D").text(process.view());
    to_sign.constant("%26Format%3DJSON%26ProjectId%3D").text(project.view());
    to_sign.constant("%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D").sized<32>(nonce.data());
    to_sign.constant("%26SignatureVersion%3D1.0%26TaskType%3D").text(op.task_type);
    to_sign.constant("%26Timestamp%3D").sized<13>(date.data()).constant("%253A").sized<2>(date.data() + 14);
    to_sign.constant("%253A").sized<3>(date.data() + 17).constant("%26Version%3D2020-05-18");

    acs::hmac<acs::sha1> code(ready);
    std::array<char, 28> signature;
    acs::put_base64(code.finish(out.to_sign.data(), static_cast<std::size_t>(to_sign.at() - out.to_sign.data())), signature.data());
    text.constant("&Signature=");
    char* const end = text.at() + acs::percent::put<3>({signature.data(), signature.size()}, text.at());
    out.target = {out.text.data(), static_cast<std::size_t>(end - out.text.data())};
    out.fields[0] = {"host", to.host};
    out.fields[1] = {"accept", "application/json"};
    out.fields[2] = {"user-agent", acs::default_user_agent};
}

/// Whether it is the library's message.
inline bool same(acs::request const& made, straight_line_message const& other) {
    if (made.target != other.target || made.fields.size() > other.fields.size()) return false;
    for (std::size_t i = 0; i < made.fields.size(); ++i)
        if (made.fields[i].name != other.fields[i].name || made.fields[i].value != other.fields[i].value) return false;
    return true;
}

}  // namespace acs_bench

#endif
