// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// In-place decoding of typed replies. The first byte picks the operation, the second status and headers, the rest is the body.
#include <acs/json/reader.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/untyped.hpp>
#include <acs/operation/write_json.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>
#include <sts/assume_role.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"
#include "support/array_operation.hpp"

namespace fuzz_decode_reply {

namespace {

using fuzz::is_inside;
using fuzz::owned_text;
using fuzz::require;

template <class Op>
std::string written(typename Op::reply const& reply) {
    return fuzz::written([&](auto& out) { acs::write_json<Op>(reply, out); });
}

/// What a reply is written as decodes to the same.
template <class Op>
void check_written(typename Op::reply const& reply) {
    std::string const text = written<Op>(reply);
    std::size_t offset = 0;
    require(acs::check_json(text, offset) == acs::errc::none);
    std::string body = text;
    std::size_t const size = *acs::measure_arrays<Op>({200, {}, body});
    std::unique_ptr<std::byte[]> const memory(new std::byte[size]);
    auto const again = acs::decode<Op>(200, {}, body, std::span(memory.get(), size));
    require(again && written<Op>(*again) == text);
}

/// Every text views the body: when all of it has become one letter, so have they.
template <class Op>
void check_texts(typename Op::reply reply, std::span<char> body) {
    reply.request_id = {};  // may be of a header
    std::fill(body.begin(), body.end(), 'x');
    std::string const text = written<Op>(reply);
    acs::json_reader json(text);
    for (acs::json_token token; json.next(token) == acs::errc::none && token.kind != acs::json_kind::end;)
        require(token.kind != acs::json_kind::string || token.text.find_first_not_of('x') == std::string_view::npos);
}

/// A reply that holds a secret is never written.
void check_secrets(sts::assume_role::reply const& reply, std::string_view body) {
    for (std::string_view const text :
         {reply.assumed_role_user.arn, reply.assumed_role_user.assumed_role_id, reply.credentials.access_key_id,
          reply.credentials.access_key_secret, reply.credentials.security_token, reply.credentials.expiration})
        require(is_inside(text, body));
}

void check_failure(acs::failure const& f, std::uint16_t status, owned_text const& body, std::string_view text, bool is_secret) {
    bool const success = status >= 200 && status < 300;
    require(f.code != acs::errc::no_array_space && f.origin == acs::origin::service && f.status == status);
    require(f.delivery == acs::delivery::answered && f.offset <= text.size());
    for (std::string_view const part : {f.service.message, f.service.host_id, f.service.recommend, f.service.detail})
        require(is_inside(part, body.view()));
    if (f.code == acs::errc::service_refused || f.code == acs::errc::redirected) return;
    require(body.view() == text && f.body == (is_secret && success ? std::string_view() : text));
}

template <class Op>
void check(acs::reply const& head, std::string_view text) {
    constexpr bool is_secret = acs::has_secret_reply<Op>;
    owned_text body(text), fresh(text), brief(text);
    auto const needed = acs::measure_arrays<Op>({head.status, head.fields, body.span()});
    require(body.view() == text);

    // With exactly the memory that is measured, and with one byte less.
    std::size_t const size = needed ? *needed : 0;
    if (size != 0) {
        std::unique_ptr<std::byte[]> const small(new std::byte[size - 1]);
        auto const refused = acs::decode<Op>(head.status, head.fields, body.span(), std::span(small.get(), size - 1));
        require(!refused);
        if (refused.error().code == acs::errc::no_array_space) require(refused.error().needed == size);
        if (refused.error().code != acs::errc::service_refused) require(body.view() == text);
    }
    std::unique_ptr<std::byte[]> const memory(new std::byte[size]), more(new std::byte[size]);
    auto const reply = acs::decode<Op>(head.status, head.fields, fresh.span(), std::span(memory.get(), size));
    auto const in_json = acs::decode_json<Op>({head.status, head.fields, brief.span()}, std::span(more.get(), size));
    require(reply.has_value() == in_json.has_value());
    if (!reply) {
        check_failure(reply.error(), head.status, fresh, text, is_secret);
        require(in_json.error().code == reply.error().code && in_json.error().offset == reply.error().offset);
        acs::errc const code = reply.error().code;
        if (!needed) require(code == needed.error().code || code == acs::errc::wrong_type || code == acs::errc::number_out_of_range);
        return;
    }
    require(needed.has_value());
    if constexpr (is_secret) {
        check_secrets(*reply, fresh.view());
    } else {
        require(written<Op>(*reply) == written<Op>(*in_json));
        check_written<Op>(*reply);
        check_texts<Op>(*reply, fresh.span());
    }
}

/// Any JSON, as it came.
void check_untyped(acs::reply const& head, std::string_view text) {
    owned_text body(text);
    auto const reply = acs::decode_untyped({head.status, head.fields, body.span()});
    if (!reply) return check_failure(reply.error(), head.status, body, text, false);
    require(body.view() == text && is_inside(reply->body, body.view()) && reply->status == head.status);
    std::size_t offset = 0;
    require(reply->body.empty() || acs::check_json(reply->body, offset) == acs::errc::none);
}

/// All operations that there are. Samples in the corpus name them by their place here: new ones go to the end.
template <class... Op>
struct operation_list {
    static constexpr std::array<void (*)(acs::reply const&, std::string_view), sizeof...(Op) + 1> checks{&check<Op>..., &check_untyped};
};
using operations =
    operation_list<acs_tests::list_things, dataworks::create_di_sync_task, dataworks::update_di_sync_task,
                   dataworks::generate_di_sync_task_config_for_creating, dataworks::generate_di_sync_task_config_for_updating,
                   dataworks::query_di_sync_task_config_process_result, sts::assume_role>;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    constexpr std::array<std::uint16_t, 4> statuses{200, 204, 302, 400};
    constexpr std::array<acs::field, 2> fields{{{"x-acs-request-id", "in the header"}, {"content-encoding", "gzip"}}};
    fuzz::input in(data, size);
    auto* const check = operations::checks[in.below(operations::checks.size())];
    unsigned const head = in.byte();
    check({statuses[head % 4], std::span(fields).first(head / 8 % 3), {}}, in.rest());
    return 0;
}

}  // namespace fuzz_decode_reply
