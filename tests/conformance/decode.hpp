// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Decodes a body as a typed operation and shows what came of it, as one line of JSON.
#ifndef ACS_TESTS_CONFORMANCE_DECODE_HPP
#define ACS_TESTS_CONFORMANCE_DECODE_HPP

#include <acs.hpp>
#include <dataworks.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/vectors.hpp"

namespace conformance {

struct decoded {
    bool ok{};
    std::string line{};
};

inline std::string failure_line(acs::failure const& f) {
    return written([&](auto& out) {
        out.write(R"({"ok":false,"failure":)");
        acs::write_failure(f, out, dataworks::error_codes, true);
        out.write("}");
    });
}

template <acs::operation Op>
decoded decode_as(acs::reply const& answer) {
    auto const size = acs::measure_arrays<Op>(answer);
    std::vector<std::max_align_t> memory(size ? *size / sizeof(std::max_align_t) + 1 : 0);
    auto const reply = acs::decode<Op>(answer, std::as_writable_bytes(std::span(memory)));
    if (!reply) return {false, failure_line(reply.error())};
    std::string const body = written([&](auto& out) { acs::write_json<Op>(*reply, out); });
    return {true, "{\"ok\":true,\"reply\":" + body + "}"};
}

/// None for an action that has no type.
template <acs::operation... Ops>
std::optional<decoded> decode_one_of(std::string_view action, acs::reply const& answer) {
    std::optional<decoded> done;
    static_cast<void>(((Ops::head.action == action && (done = decode_as<Ops>(answer), true)) || ...));
    return done;
}

inline std::optional<decoded> decode(std::string_view action, acs::reply const& answer) {
    return decode_one_of<dataworks::query_di_sync_task_config_process_result, dataworks::generate_di_sync_task_config_for_creating,
                         dataworks::generate_di_sync_task_config_for_updating, dataworks::create_di_sync_task,
                         dataworks::update_di_sync_task>(action, answer);
}

}  // namespace conformance

#endif
