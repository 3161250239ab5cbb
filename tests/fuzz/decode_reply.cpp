// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// In-place decoding of typed replies. The first byte picks the operation and the status, the rest is the body.
#include <acs/json/reader.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/write_json.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "support/array_operation.hpp"

namespace fuzz_decode_reply {

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

/// The body in memory of exactly its size, so that the sanitizer sees the byte behind it.
class owned_body {
public:
    explicit owned_body(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
        if (size_ != 0) std::memcpy(bytes_.get(), text.data(), size_);
    }
    [[nodiscard]] std::span<char> span() { return {bytes_.get(), size_}; }
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

/// Whether the text is absent, or part of the body.
void require_inside(std::string_view text, std::string_view body) {
    require(text.data() == nullptr || (text.data() >= body.data() && text.data() + text.size() <= body.data() + body.size()));
}

void check_texts(dataworks::create_di_sync_task::reply const& reply, std::string_view body) {
    require_inside(reply.data.status, body);
    require_inside(reply.data.message, body);
}
void check_texts(dataworks::update_di_sync_task::reply const& reply, std::string_view body) {
    require_inside(reply.data.status, body);
    require_inside(reply.data.message, body);
}
void check_texts(dataworks::generation_reply const& reply, std::string_view body) {
    require_inside(reply.data.status, body);
    require_inside(reply.data.message, body);
}
void check_texts(dataworks::query_di_sync_task_config_process_result::reply const& reply, std::string_view body) {
    require_inside(reply.data.status, body);
    require_inside(reply.data.message, body);
    require_inside(reply.data.task_content, body);
}
void check_texts(acs_tests::list_things::reply const& reply, std::string_view body) {
    for (std::string_view const name : reply.names) require_inside(name, body);
    for (auto const& item : reply.paging.items) {
        require_inside(item.name, body);
        for (auto const& tag : item.tags) require_inside(tag.key, body);
        for (std::string_view const label : item.labels) require_inside(label, body);
    }
    for (auto const& level_1 : reply.deep)
        for (auto const& level_2 : level_1)
            for (auto const& level_3 : level_2)
                for (std::string_view const text : level_3) require_inside(text, body);
}

struct string_sink {
    std::string text{};
    void write(std::string_view piece) noexcept { text.append(piece); }
};

template <class Op>
std::string written(typename Op::reply const& reply) {
    string_sink out;
    acs::write_json<Op>(reply, out);
    return out.text;
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

template <class Op>
void check(std::uint16_t status, std::string_view text) {
    owned_body body(text);
    auto const needed = acs::measure_arrays<Op>({status, {}, body.span()});
    require(body.view() == text);

    // With exactly the memory that is measured, and with one byte less.
    std::size_t const size = needed ? *needed : 0;
    if (size != 0) {
        std::unique_ptr<std::byte[]> const small(new std::byte[size - 1]);
        auto const refused = acs::decode<Op>(status, {}, body.span(), std::span(small.get(), size - 1));
        require(!refused);
        if (refused.error().code == acs::errc::no_array_space) require(refused.error().needed == size);
        if (refused.error().code != acs::errc::service_refused) require(body.view() == text);
    }
    owned_body fresh(text);
    std::unique_ptr<std::byte[]> const memory(new std::byte[size]);
    auto const reply = acs::decode<Op>(status, {}, fresh.span(), std::span(memory.get(), size));
    if (reply) {
        require(needed.has_value());
        require_inside(reply->request_id, fresh.view());
        check_texts(*reply, fresh.view());
        check_written<Op>(*reply);
        return;
    }
    acs::failure const& f = reply.error();
    require(f.code != acs::errc::no_array_space && f.origin == acs::origin::service && f.status == status);
    require(f.delivery == acs::delivery::answered && f.offset <= text.size());
    for (std::string_view const part : {f.service.message, f.service.request_id, f.service.host_id, f.service.recommend, f.service.detail})
        require_inside(part, fresh.view());
    if (f.code != acs::errc::service_refused && f.code != acs::errc::redirected) require(fresh.view() == text && f.body == text);
    if (!needed) require(f.code == needed.error().code || f.code == acs::errc::wrong_type || f.code == acs::errc::number_out_of_range);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    constexpr std::array<std::uint16_t, 4> statuses{200, 204, 302, 400};
    std::uint16_t const status = statuses[data[0] / 6U % statuses.size()];
    std::string_view const text(reinterpret_cast<char const*>(data) + 1, size - 1);
    switch (data[0] % 6U) {
        case 0: check<acs_tests::list_things>(status, text); break;
        case 1: check<dataworks::create_di_sync_task>(status, text); break;
        case 2: check<dataworks::update_di_sync_task>(status, text); break;
        case 3: check<dataworks::generate_di_sync_task_config_for_creating>(status, text); break;
        case 4: check<dataworks::generate_di_sync_task_config_for_updating>(status, text); break;
        default: check<dataworks::query_di_sync_task_config_process_result>(status, text); break;
    }
    return 0;
}

}  // namespace fuzz_decode_reply
