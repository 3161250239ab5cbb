// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Requests as anybody on the network may send them: lines of method, target and header fields, an empty line, the body.
#include <acs/json/reader.hpp>
#include <acs/testing/gateway.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/input.hpp"

namespace fuzz_verify_request {

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using fuzz::require;
    fuzz::input in(data, size);
    std::string_view const method = in.line(), target = in.line();
    std::vector<acs::field> fields;
    for (std::string_view field = in.line(); !field.empty(); field = in.line()) {
        std::size_t const colon = field.find(':') < field.size() ? field.find(':') : field.size();
        fields.push_back({field.substr(0, colon), field.substr(colon < field.size() ? colon + 1 : colon)});
    }
    std::string_view const text = in.rest();

    acs::testing::gateway gateway;
    gateway.serve<dataworks::query_di_sync_task_config_process_result, dataworks::create_di_sync_task>();
    acs::testing::http_answer const first = gateway.handle(method, target, fields, text);
    require(first.status >= 200 && first.status < 600);
    require(gateway.record().size() == 1);
    std::string const verdict = gateway.record().front().verdict;

    // The answer is JSON, whatever came in, and an accepted request is refused when it comes again.
    std::size_t offset = 0;
    require(acs::check_json(first.body, offset) == acs::errc::none);
    static_cast<void>(gateway.handle(method, target, fields, text));
    std::string const again = gateway.record().back().verdict;
    require(again == "SignatureNonceUsed" || (again == verdict && verdict != "accepted"));

    // Nor does it hold once another byte is signed.
    std::string changed(target);
    changed += changed.find('?') == std::string::npos ? "?Zzz=1" : "&Zzz=1";
    acs::testing::gateway other;
    other.serve<dataworks::query_di_sync_task_config_process_result, dataworks::create_di_sync_task>();
    static_cast<void>(other.handle(method, changed, fields, text));
    require(other.record().front().verdict != "accepted");
    return 0;
}

}  // namespace fuzz_verify_request
