// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "support/beast_worlds.hpp"

#include "transports/adapters.hpp"

namespace acs_transports {

void try_beast(table& out) {
    acs_tests::beast_world one;
    out.add("acs::beast", one);
    acs_tests::beast_client_world many;
    out.add("acs::beast_client", many);
}

}  // namespace acs_transports
