// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include "support/curl_worlds.hpp"

#include "transports/adapters.hpp"

namespace acs_transports {

void try_curl(table& out) {
    acs_tests::curl_world one;
    out.add("acs::curl", one);
    acs_tests::curl_multi_world many;
    out.add("acs::curl_multi", many);
}

}  // namespace acs_transports
