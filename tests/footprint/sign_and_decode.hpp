// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What stands around the library in a unit whose size is measured.
#ifndef ACS_TESTS_FOOTPRINT_SIGN_AND_DECODE_HPP
#define ACS_TESTS_FOOTPRINT_SIGN_AND_DECODE_HPP

#include <dataworks.hpp>

namespace acs_footprint {

/// Carries a request, somewhere else.
acs::result<acs::reply> carry(acs::request const& made);
acs::moment look();

struct world {
    acs::acs3_hmac_sha256 key;
    acs::request_memory memory;
    acs::endpoint to;

    template <class Op>
    bool call(Op const& op) {
        auto const made = acs::prepare(op, to, key, look(), memory);
        if (!made) return false;
        auto const answer = carry(*made);
        return answer && acs::decode<Op>(*answer).has_value();
    }

    template <class Machine>
    bool run(Machine& machine) {
        machine.start(look());
        while (!machine.is_over()) {
            if (machine.due().what == acs::action::wait) {
                machine.on_tick(look());
            } else if (machine.due().what == acs::action::refresh) {
                machine.on_no_credentials();
            } else {
                auto const answer = carry(machine.request());
                answer ? machine.on_reply(*answer, look()) : machine.on_lost(answer.error(), look());
            }
        }
        return machine.due().what == acs::action::done;
    }
};

}  // namespace acs_footprint

#endif
