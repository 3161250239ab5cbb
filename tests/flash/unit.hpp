// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What stands around the library in an image whose size is measured.
#ifndef ACS_TESTS_FLASH_UNIT_HPP
#define ACS_TESTS_FLASH_UNIT_HPP

#include <dataworks.hpp>

namespace application {

/// What a board would have: nothing of it is known to the compiler.
struct board {
    acs::acs3_hmac_sha256 key;
    acs::request_memory memory;
    acs::endpoint to;
    acs::moment now;
    acs::reply answer;
    acs::failure lost;
    acs::call_budget* budget;
    acs::rpc_hmac_sha1 const* rpc;
    acs::roa_hmac_sha1 const* roa;
    acs::call const* any;
    void const* input;
    void* output;
};

inline board* volatile given;

}  // namespace application

// The library's templates melt into whoever calls them. So each call of the library stands in a function of its own, in `calls`, which
// is counted as the library's; what else is in `application` is not.
namespace calls {

template <class Op>
[[gnu::noinline]] acs::result<acs::request> sign(Op const& op, acs::endpoint const& to, acs::acs3_hmac_sha256 const& key,
                                                 acs::moment const& now, acs::request_memory const& memory) {
    return acs::prepare(op, to, key, now, memory);
}

template <class Machine>
[[gnu::noinline]] acs::step start(Machine& machine, acs::moment const& now) {
    return machine.start(now);
}
template <class Machine>
[[gnu::noinline]] acs::step on_tick(Machine& machine, acs::moment const& now) {
    return machine.on_tick(now);
}
template <class Machine>
[[gnu::noinline]] acs::step on_no_credentials(Machine& machine) {
    return machine.on_no_credentials();
}
template <class Machine>
[[gnu::noinline]] acs::step on_reply(Machine& machine, acs::reply const& answer, acs::moment const& now) {
    return machine.on_reply(answer, now);
}
template <class Machine>
[[gnu::noinline]] acs::step on_lost(Machine& machine, acs::failure const& why, acs::moment const& now) {
    return machine.on_lost(why, now);
}

}  // namespace calls

namespace application {

/// Nothing of what is looked at can be left out.
template <class T>
void show(T const& result) {
    given->output = const_cast<T*>(&result);
    asm volatile("" ::: "memory");
}

template <class Machine>
void run(Machine& machine) {
    board& b = *given;
    for (acs::step s = calls::start(machine, b.now); !machine.is_over();) {
        if (s.what == acs::action::wait) {
            s = calls::on_tick(machine, b.now);
        } else if (s.what == acs::action::refresh) {
            s = calls::on_no_credentials(machine);
        } else {
            show(machine.request());
            s = b.answer.status != 0 ? calls::on_reply(machine, b.answer, b.now) : calls::on_lost(machine, b.lost, b.now);
        }
    }
    show(machine.error());
}

}  // namespace application

#endif
