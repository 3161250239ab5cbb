// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What else an application may call on a board: nothing here is measured but the stack below it.
#include "unit.hpp"

namespace calls {

using operation = dataworks::query_di_sync_task_config_process_result;

[[gnu::noinline]] acs::result<acs::request> prepare_call(acs::call const& any, application::board const& b) {
    return acs::prepare(any, b.to, b.key, b.now, b.memory);
}
[[gnu::noinline]] acs::result<acs::request> prepare_rpc(operation const& op, application::board const& b) {
    return acs::prepare(op, b.to, *b.rpc, b.now, b.memory);
}
[[gnu::noinline]] acs::result<acs::request> prepare_roa(operation const& op, application::board const& b) {
    return acs::prepare(op, b.to, *b.roa, b.now, b.memory);
}
[[gnu::noinline]] acs::acs3_repeat<acs::hmac_mac<acs::sha256>> repeat(application::board const& b, acs::request const& made) {
    return acs::acs3_repeat(b.key, made, b.memory.text);
}
[[gnu::noinline]] acs::result<acs::request> repeat_next(acs::acs3_repeat<acs::hmac_mac<acs::sha256>>& again, acs::moment const& now) {
    return again.next(now);
}
[[gnu::noinline]] std::size_t body_read(acs::body_reader& body, std::span<char> room) { return body.read(room); }
[[gnu::noinline]] acs::result<std::size_t> measure(operation const& op, application::board const& b) {
    return acs::measure(op, b.to, b.key, b.memory);
}
[[gnu::noinline]] acs::result<std::size_t> measure_arrays(acs::reply const& answer) { return acs::measure_arrays<operation>(answer); }
[[gnu::noinline]] acs::result<void> check_request(acs::request const& made) { return acs::check_request(made, false); }
[[gnu::noinline]] void write_failure(acs::failure const& why, acs::span_sink& out) { acs::write_failure(why, out); }
[[gnu::noinline]] acs::explanation explain(acs::request const& made, acs::failure const& why) { return acs::explain(made, why); }

}  // namespace calls

extern "C" void _start() {
    using application::show;
    application::board& b = *application::given;
    auto const& op = *static_cast<calls::operation const*>(b.input);
    show(calls::prepare_call(*b.any, b));
    show(calls::prepare_rpc(op, b));
    show(calls::prepare_roa(op, b));
    show(calls::measure(op, b));
    show(calls::measure_arrays(b.answer));
    auto made = calls::sign(op, b.to, b.key, b.now, b.memory);
    if (!made) return;
    show(calls::check_request(*made));
    auto again = calls::repeat(b, *made);
    show(calls::repeat_next(again, b.now));
    acs::body_reader body(made->body);
    show(calls::body_read(body, b.memory.text));
    acs::span_sink out(b.memory.text);
    calls::write_failure(b.lost, out);
    show(calls::explain(*made, b.lost));
}
